"""The generated configuration, which carries our data to any builder.

`.build/mkdocs.<lang>.yml` INHERITs mkdocs.yml and adds the clinic's details and words as `extra`, and the
facts as options of our Markdown extension: MkDocs and Zensical both honour these, and neither needs a hook.
"""

from __future__ import annotations

import html
import os
from collections.abc import Mapping
from pathlib import Path

import yaml

from patientpages.bibliography import bibliography, link_of, short_of
from patientpages.checks.artefacts import policy_hash
from patientpages.mkdocsfile import EXTENSION, MkDocsFile
from patientpages.model import Clinic, PlainWords, Source, Standard, urgent_page
from patientpages.phones import digits_of, with_link
from patientpages.pictures import pictures
from patientpages.searching import WORDS, box, from_a_to_z, titles
from patientpages.wording import RIGHT_TO_LEFT, Wording

SEARCH = "search"  # the kind of the page that may carry a script
_WHOLE_MENU = 60  # pages: above it, the list of all pages on every page would outgrow their text


def extension_options(
    wording: Wording,
    homes: Mapping[str, Path],
    standard: Standard,
    sources: tuple[Source, ...],
    plain: PlainWords | None,
) -> dict[str, object]:
    """Return the options of our Markdown extension; `homes` gives the source of each topic's home page."""
    words = wording.group("find")
    find = {name: words.get(name, "") for name in WORDS}
    return {
        "values": {kind: dict(values) for kind, values in wording.values.items()},
        "phones": {name: list(pair) for name, pair in wording.phones.items()},
        "contents": html.unescape(str(wording.words.get("contents", ""))),
        "homes": {topic: path.as_posix() for topic, path in homes.items()},
        "made": {
            "sources": {"all": bibliography(standard, sources, wording.bibliography)},
            "search": {"box": box(find)},
            "index": {"all": from_a_to_z(plain.index if plain else titles(sources))},
            "picture": pictures(standard.facts, wording.values["fact"], wording.pictures),
        },
    }


def _lists_sources(source: Source) -> bool:
    return any(insert.kind == "sources" for insert in source.inserts)


def extra(
    standard: Standard,
    clinic: Clinic,
    wording: Wording,
    sources: tuple[Source, ...],
    style: str,
    *,
    preview: bool = True,
) -> dict[str, object]:
    """Return what templates may read as `config.extra`; a preview says on every page that it is one."""
    phone = with_link(clinic.values.get("phone", ""), wording.phones.get("clinic.phone"))
    fixed = {page for kind in standard.kinds.values() for page in kind.pages}
    cited = {key for source in sources for key in source.sources if key in standard.citations}
    return {
        "preview": preview,
        "style": style,
        "style_hash": policy_hash(style),
        "whole_menu": len(sources) <= _WHOLE_MENU,
        "medical": [kind.id for kind in standard.kinds.values() if kind.full],
        "words": wording.words,
        "clinic": dict(clinic.values),
        "phone": phone,
        "branches": [
            {
                "name": each.name,
                "address": each.address,
                "hours": each.hours,
                "phone": with_link(each.phone, (each.phone, digits_of(each.phone))),
            }
            for each in clinic.branches
        ],
        "logo": clinic.logo.path if clinic.logo else "",
        "urgent_page": urgent_page(standard),
        "search": next((source.name for source in sources if source.kind == SEARCH), ""),
        "emergency_known": clinic.emergency is not None,
        "cards": [kind.id for kind in standard.kinds.values() if kind.urgent == "card"],
        "citations": {
            key: {"short": short_of(standard.citations[key]), "link": link_of(standard.citations[key])[0]}
            for key in sorted(cited)
        },
        "sources_page": next((s.name for s in sources if s.name in fixed and _lists_sources(s)), ""),
    }


def website_of(clinic: Clinic, language: str) -> str:
    """Return the full address at which the pages of a language will stand, with its final slash ("" if unset)."""
    website = clinic.website.rstrip("/") + "/" if clinic.website else ""
    return f"{website}{language}/" if website and language != clinic.languages[0] else website


def generated(
    mkdocs: MkDocsFile,
    docs: Path,
    overrides: Path,
    config_file: Path,
    site_dir: Path,
    clinic: Clinic,
    wording: Wording,
    extras: Mapping[str, object],
    options: Mapping[str, object],
) -> str:
    """Return the text of the generated configuration that will stand at `config_file`."""

    def relative(path: Path) -> str:
        try:
            return Path(os.path.relpath(path, config_file.parent)).as_posix()
        except ValueError:  # another drive on Windows
            return path.as_posix()

    language = wording.language
    website = website_of(clinic, language)
    direction = {"direction": "rtl"} if language.partition("-")[0] in RIGHT_TO_LEFT else {}
    data = {
        "INHERIT": relative(mkdocs.path),
        "site_name": clinic.values.get("name", ""),
        **({"site_url": website} if website else {}),
        "docs_dir": relative(docs),
        "site_dir": relative(site_dir),
        "use_directory_urls": True,
        **({"nav": mkdocs.tree} if mkdocs.tree else {}),
        "theme": {"language": language, "custom_dir": relative(overrides), **direction},
        "extra": dict(extras),
        "markdown_extensions": [
            *({name: dict(config)} for name, config in mkdocs.extensions),
            {EXTENSION: dict(options)},
        ],
    }
    header = "# Made from mkdocs.yml, clinic.yml and standard/ by every build: an edit here is lost.\n"
    fast = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # in C where PyYAML has it: a tenth of a build's time
    return header + yaml.dump(data, Dumper=fast, allow_unicode=True, sort_keys=False, width=1000)
