"""What a publication puts on record before it is served: addresses, words, sources, how the clinic is reached."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from patientpages.checks.targets import target_of
from patientpages.config import website_of
from patientpages.handouts.recorded import last_of
from patientpages.handoutsfile import CARD, LARGE_ENDS
from patientpages.ledger import HOME, address_of, anchors_of, growth, opening_of, returning
from patientpages.model import TOP, WHOLE, Entry, EntryKind, Page, Site, Version
from patientpages.outputs import links_of
from patientpages.project import Inputs
from patientpages.records import (
    LEDGER,
    MESSAGE,
    SOURCES,
    VERSIONS,
    add_entries,
    add_sources,
    add_versions,
    alone,
    last_sources,
    load_records,
    refused,
    shape_of,
    source_name,
)
from patientpages.said.utterances import sentences
from patientpages.signing import codes_of, words_signed
from patientpages.yamlfile import Mistakes


@dataclass(frozen=True, slots=True)
class Additions:
    """What is added to the ledger, and the words and sources that are kept beside it."""

    entries: tuple[Entry, ...] = ()
    versions: tuple[Version, ...] = ()
    sources: tuple[str, ...] = ()


def version_of(page: Page, site: Site, code: str, on: date) -> Version:
    """Return the full words of a page as it is, to be kept."""
    parts = {WHOLE: words_signed(page), TOP: tuple(sentences(opening_of(page)))}
    parts |= {f"#{anchor}": tuple(sentences(text)) for anchor, text in anchors_of(page)}
    return Version(code, address_of(site.prefix + page.file), page.source.title, site.language, on, parts)


def _messages_of(site: Site, on: date) -> Iterator[tuple[Version, str]]:
    """Yield each message, and each SMS, with the addresses that it carries."""
    for sent in site.messages:
        name = sent.message.id
        yield Version(sent.code, f"{MESSAGE}{name}", sent.subject, site.language, on,
                      {WHOLE: words_signed(sent.page)}, sent.links), " ".join(sent.links)  # fmt: skip
        if sent.sms:
            parts = {WHOLE: words_signed(sent.sms_page)}
            yield Version(sent.sms_code, f"{MESSAGE}{name}, SMS", sent.subject, site.language, on, parts,
                          sent.sms_carries), " ".join(sent.sms_carries)  # fmt: skip


def _additions_of(inputs: Inputs, site: Site, on: date) -> Additions:
    """Return what the pages of one language add."""
    ledger, root = site.promises.ledger, website_of(inputs.clinic, site.language)
    entries = list(growth(ledger, site.promises.served, site.promises.answers, site.language, on))
    versions: list[Version] = []
    sources: list[str] = []
    last = {e.address: (e.text, e.to) for e in ledger.of("version")}
    back = returning(ledger)
    docs = next(language.docs for language in inputs.languages if language.code == site.language)
    shown = {e.address: e.text for e in ledger.of("pictures")}
    kept = {address: (e.text, e.to) for address, e in last_sources(ledger).items()}

    def note(version: Version, to: str) -> None:
        if last.get(version.address) != (version.code, to) or version.address in back:
            entries.append(Entry("version", version.address, site.language, on, LEDGER, to, version.code))
            versions.append(version)

    codes = codes_of(site.pages)
    for page in site.readable:
        version = version_of(page, site, codes[page.file], on)
        note(version, shape_of(version))
        name, file = source_name(page.source.text), f"{page.source.name}.md"
        if kept.get(version.address) != (name, file):
            entries.append(Entry("source", version.address, site.language, on, LEDGER, file, name))
            sources.append(page.source.text)
        if shown.get(version.address, "") != (pictures := pictures_of(page, docs)):
            entries.append(Entry("pictures", version.address, site.language, on, LEDGER, "", pictures))
    for version, carried in _messages_of(site, on):
        note(version, carried)
    printed = {e.address for e in ledger.of("code")}
    for link in links_of(site.pages, inputs.standard, codes):
        full = root + link.address.removeprefix("./")
        if full not in printed and site.messages:
            entries.append(Entry("code", full, site.language, on, LEDGER, site.prefix + link.address))
    entries += _handouts_of(inputs, site, on)
    return Additions(tuple(entries), tuple(versions), tuple(sources))


def _handouts_of(inputs: Inputs, site: Site, on: date) -> Iterator[Entry]:
    """Yield what has changed of the leaflets; one that is asked for no more has no versions from now on."""
    asked = next(language.handouts for language in inputs.languages if language.code == site.language)
    names = {*(item.name for item in asked.items), *([CARD] if asked.card else [])} if asked else set()
    last = last_of(site.promises.ledger, site.language)
    for each in site.handouts:
        address = site.prefix + each.address
        before = last.get(address)
        dropped = PurePosixPath(address).stem.removesuffix(LARGE_ENDS) not in names
        if each.codes or dropped:
            new = Entry("handout", address, site.language, on, LEDGER, " ".join(each.codes), each.made_of)
            if before is None or (before.to, before.text) != (new.to, new.text):
                yield new


def pictures_of(page: Page, docs: Path) -> str:
    """Return a hash over the pictures of a page that stand in the folder of its language ("" without any)."""
    digest = hashlib.sha256()
    shown = [file for image in page.images if (target := target_of(page, image.src)) and (file := docs / target[0])]
    for file in shown:
        digest.update(file.read_bytes() if file.is_file() else b"")
    return digest.hexdigest()[:16] if shown else ""


def around_of(inputs: Inputs) -> str:
    """Return a hash over what stands around the text of pages: templates, style, and their words in each language."""
    digest = hashlib.sha256()
    overrides, prints = inputs.project.overrides, inputs.project.root / "print"
    files = sorted(path for folder in (overrides, prints) for path in folder.rglob("*")
                   if path.is_file() and not path.name.startswith("."))  # fmt: skip
    for path in [*files, *(language.docs / "_words.yml" for language in inputs.languages)]:
        digest.update(path.relative_to(path.parents[1]).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def details_of(inputs: Inputs) -> str:
    """Return what pages show of clinic.yml, a detail a line: what a publication changes there can be told."""
    clinic = inputs.clinic
    lines = [f"{key}: {clinic.values[key]}" for key in clinic.values if clinic.values[key]]
    lines += [
        f"branch: {', '.join(filter(None, (each.name, each.address, each.phone, each.hours)))}"
        for each in clinic.branches
    ]
    if whom := clinic.emergency:
        lines.append(f"emergency: {' or '.join(whom.numbers)}")
        lines += [f"same day: {whom.same_day.number}"] if whom.same_day else []
    lines += [f"website: {clinic.website}"] if clinic.website else []
    return "\n".join(lines)


def additions(inputs: Inputs, sites: Iterable[Site], on: date) -> Additions:
    """Return what a publication of these pages adds."""
    found = [_additions_of(inputs, site, on) for site in sites]
    entries = [entry for each in found for entry in each.entries]
    told: dict[EntryKind, str] = {"contact": details_of(inputs), "around": around_of(inputs)}
    for kind, text in told.items():
        last = inputs.records.ledger.of(kind)
        if not last or last[-1].text != text:
            entries.append(Entry(kind, HOME, inputs.clinic.languages[0], on, LEDGER, "", text))
    return Additions(tuple(entries), tuple(v for each in found for v in each.versions),
                     tuple(s for each in found for s in each.sources))  # fmt: skip


def keep(inputs: Inputs, added: Additions) -> None:
    """Put everything on record: on the disk before anything that it promises is. `inputs` are as they were read."""
    root = inputs.project.root / "records"
    with alone(root):
        now = load_records(root, "records", Mistakes()).ledger
        if [e.address for e in now.entries] != [e.address for e in inputs.records.ledger.entries]:
            what = "another command has written here in the meantime"
            raise refused(what, "Run this one again. Nothing was changed.")
        add_versions(root / VERSIONS, f"records/{VERSIONS}", added.versions)
        add_sources(root / SOURCES, added.sources)
        add_entries(root, "records", added.entries)
