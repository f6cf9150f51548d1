"""A small project with everything in it that a kept answer may depend on, so that five hundred builds take minutes.

It is this project with the pages and topics of `_PAGES` alone: a shared section, facts, pictures, sources, anchors,
messages, a waiver, a page that was another once, a sign-off and published addresses.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import ROOT
from tests.edits.doors import Door
from tests.edits.state import DAYS, PARTS

SIGNED = ("--name", "Test Signatory", "--role", "physiotherapist", "--evidence", "a test")
_PAGES = ("index", "soreness", "aftercare", "get-help-now", "before-your-visit", "search", "glossary", "sources", "about")  # fmt: skip
_LINK = re.compile(r"\[([^\]\n]*)\]\(([\w-]+)\.md(?:#[\w-]+)?\)")
_SECTION = re.compile(r"^\{\{ section: ([\w-]+) \}\}\n", re.MULTILINE)
_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40"><path d="M5 20h30" stroke="#333"/></svg>\n'


def copy_parts(target: Path) -> None:
    """Copy what a clinic's clone has into a folder that is not there yet, with an example clinic."""
    for part in PARTS:
        (target / part).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, target / part)
        elif (ROOT / part).exists():
            shutil.copy2(ROOT / part, target / part)
    shutil.copy2(ROOT / "tests/clinics/example.yml", target / "clinic.yml")


def _yaml(path: Path, change: Callable[[Any], None]) -> None:
    """Change what a YAML file holds."""
    data = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    change(data)
    path.write_text(
        yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=120), encoding="utf-8"
    )


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def make_small(target: Path, door: Door) -> None:
    """Make the small project in a folder that is not there yet; it builds without an error."""
    copy_parts(target)
    topics: set[str] = set()

    def standard(data: Any) -> None:
        data["topics"] = [topic for topic in data["topics"] if topic["home"] in _PAGES]
        topics.update(topic["id"] for topic in data["topics"])
        known = topics | set(_PAGES)
        data["kinds"] = {name: kind for name, kind in data["kinds"].items() if set(kind["pages"]) <= set(_PAGES)}
        for kind in data["kinds"].values():
            for part in ("full", "short", "links"):
                kind[part] = [name for name in kind[part] if name in known]

    _yaml(target / "standard/topics.yml", standard)
    for path in (target / "standard/en/phrases").glob("*.yml"):
        if path.stem not in topics and path.stem != "message":
            path.unlink()
    _pages(target, topics)
    _staff(target, topics | set(_PAGES))
    record(target, door)


def record(target: Path, door: Door) -> None:
    """Put addresses and sign-offs on record, and give a section another id, as a project has it that is in use."""
    for verb in (("links", "record"), ("sign", "--all", *SIGNED)):
        done = door.start(target, (*verb, "--today", DAYS[0].isoformat())).end()
        assert done.code == 0, done.out + done.err
    _edit(target / "docs/en/soreness.md", "{ #ease-soreness }", '{ #ease-it formerly="ease-soreness" }')
    words = target / "standard/en/words.yml"
    words.write_text(words.read_text(encoding="utf-8").replace("#ease-soreness", "#ease-it"), encoding="utf-8")
    for name in (".build", "report", "site"):
        shutil.rmtree(target / name, ignore_errors=True)


def _pages(target: Path, topics: set[str]) -> None:
    """Keep the pages that are wanted, with no link to others, and give them what a kept answer may depend on."""
    for path in (target / "docs/en").glob("*.md"):
        if path.stem not in _PAGES:
            path.unlink()
            continue
        text = path.read_text(encoding="utf-8")
        text = _LINK.sub(lambda link: link[0] if link[2] in _PAGES else link[1], text)
        path.write_text(_SECTION.sub(lambda it: it[0] if it[1] in topics else "", text), encoding="utf-8")
    lines = (target / "mkdocs.yml").read_text(encoding="utf-8").splitlines(keepends=True)
    named = re.compile(r"\s+- ([\w-]+)\.md\n")
    kept = [line for line in lines if not (found := named.fullmatch(line)) or found[1] in _PAGES]
    (target / "mkdocs.yml").write_text("".join(kept).replace("  - deciding:\n", ""), encoding="utf-8")
    waiver = "\nwaive:\n  - {code: A101, reason: it only decorates, until: 2027-06-30}"
    _edit(target / "docs/en/aftercare.md", "\nkind: aftercare", "\nkind: aftercare" + waiver)
    _edit(
        target / "docs/en/aftercare.md",
        "\n## Will I be",
        "\nRead [what is not soreness](soreness.md#not-soreness).\n\n![](thin-needle.svg)\n\n## Will I be",
    )
    (target / "docs/en/thin-needle.svg").write_text(_PICTURE, encoding="utf-8")
    (target / "logo.svg").write_text(_PICTURE, encoding="utf-8")
    with (target / "clinic.yml").open("a", encoding="utf-8") as clinic:
        clinic.write('logo: "logo.svg"\n')


def _staff(target: Path, known: set[str]) -> None:
    """Keep the messages, leaflets and questions about what is kept."""

    def moments(data: Any) -> None:
        data["moments"] = [moment for moment in data["moments"] if set(moment["links"]) <= known - {"needle-fear"}]
        kept.update(moment["id"] for moment in data["moments"])
        data["discloses"] = []

    def emails(data: Any) -> None:
        data["messages"] = [message for message in data["messages"] if message["moment"] in kept]

    def handouts(data: Any) -> None:
        for handout in data["handouts"]:
            handout["also"] = [topic for topic in handout.get("also", ()) if topic in known]

    def tasks(data: Any) -> None:
        data["tasks"] = [task for task in data["tasks"] if task["page"] in known]

    def words(data: Any) -> None:
        for entry in data["index"].values():
            entry["at"] = [at for at in entry["at"] if at.split("#")[0] in _PAGES]
        data["index"] = {name: entry for name, entry in data["index"].items() if entry["at"]}

    kept: set[str] = set()
    _yaml(target / "standard/messages.yml", moments)
    _yaml(target / "staff/emails.yml", emails)
    _yaml(target / "staff/handouts.yml", handouts)
    _yaml(target / "staff/reader-test.yml", tasks)
    _yaml(target / "standard/en/words.yml", words)
