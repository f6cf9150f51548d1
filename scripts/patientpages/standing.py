"""What stands published, to be built again: each page from its source as it was published, but for those that change.

So one page can be corrected, one withdrawn, or a telephone number changed, while another is half rewritten, or overdue.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from patientpages.handouts.recorded import frozen
from patientpages.ledger import HOME, old_address, taken_down
from patientpages.model import Entry, Finding, InputError, Ledger, NavEntry, Place
from patientpages.project import Inputs, Language, load_inputs
from patientpages.records import LEDGER, SOURCES, last_sources, read_kept, refused
from patientpages.yamlfile import Mistakes, near

Doing = Literal["correct", "contact", "withdraw", "recorded"]  # recorded: nothing, it is made again


@dataclass(frozen=True, slots=True)
class Part:
    """What a publication changes while everything else stands as it was published; `pages` are addresses."""

    do: Doing
    pages: tuple[str, ...] = ()
    reason: str = ""


def live(ledger: Ledger) -> dict[str, Entry]:
    """Return the line of the last source of each page that was published and has not moved, by its address.

    Pages that were withdrawn are among them: others link to them.
    """
    led = {entry.address: entry.to if entry.kind == "moved" else "" for entry in ledger.of("moved", "back")}
    return {address: entry for address, entry in last_sources(ledger).items() if not led.get(address)}


def addresses_of(inputs: Inputs, language: Language) -> dict[str, str]:
    """Return the address of each page of a language as it stands in docs/, with the page's name."""
    prefix = inputs.prefix_of(language.code)
    return {old_address(source.name, HOME, prefix): source.name for source in language.sources}


def hold_named(inputs: Inputs, part: Part) -> None:
    """Refuse what was named and is not there, all of it at once."""
    ledger = inputs.records.ledger
    kept = live(ledger)
    if not kept:
        if ledger.of("version"):
            raise refused("what was published before this version kept no sources to make pages again from",
                          "Publish the whole once: make publish")  # fmt: skip
        raise refused("nothing is published yet, so there is nothing to correct or to make again", "make publish")
    there = {a for language in inputs.languages for a in addresses_of(inputs, language)}
    known = there if part.do == "correct" else kept.keys()
    wrong = [
        Finding(
            "D006",
            "error",
            LEDGER,
            f'no page has the address "{page}".{near(page, known)}',
            "Name pages as their files are named: soreness",
        )
        for page in part.pages
        if page not in known
    ]
    if wrong:
        raise InputError(wrong)


def _pages(inputs: Inputs, language: Language, part: Part) -> Iterator[tuple[str, str]]:
    """Yield (file, text) of each page of a language as it is to stand."""
    kept = live(inputs.records.ledger)
    own = {address: entry for address, entry in kept.items() if entry.language == language.code}
    names = addresses_of(inputs, language)
    named = {names[address] for address in part.pages if address in names} if part.do == "correct" else set()
    mistakes = Mistakes()
    taken = set()
    for source in language.sources:
        if source.name in named:
            yield f"{source.name}.md", source.text
            taken |= {
                old_address(old, HOME, inputs.prefix_of(language.code)) for old, at, _ in source.formerly if not at
            }
            taken.add(old_address(source.name, HOME, inputs.prefix_of(language.code)))
    for address, entry in own.items():
        if address not in taken:
            yield entry.to, read_kept(inputs.project.root / "records" / SOURCES, f"records/{SOURCES}", entry, mistakes)
    mistakes.stop_if_any()


def _nav(tree: object, there: Collection[str]) -> object:
    """Return a navigation with only the pages that are there."""
    if isinstance(tree, list):
        return [kept for item in tree if (kept := _nav(item, there))]
    if isinstance(tree, Mapping):
        return {name: kept for name, inner in tree.items() if (kept := _nav(inner, there))}
    return tree if tree in there else None


def as_published(inputs: Inputs, part: Part, folder: Path) -> Inputs:
    """Return the inputs of a site that stands as it was published, but for what changes; its pages go into a folder.

    Templates, facts and the clinic's details are those of today: whether pages would say other words is held later.
    """
    docs = folder / "docs"
    ledger = inputs.records.ledger
    kept, down = live(ledger), taken_down(ledger).keys() - {*(part.pages if part.do == "correct" else ())}
    listed: dict[str, None] = {}
    codes = []
    for language in inputs.languages:
        target = docs / language.code
        files = dict(_pages(inputs, language, part))
        if not files:
            continue  # a language that was never published
        codes.append(language.code)
        shutil.copytree(language.docs, target, ignore=shutil.ignore_patterns("*.md"))
        for file, text in files.items():
            path = target / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            listed[file] = None
    for address in down & kept.keys():  # one that was taken out of the navigation since stays out of it
        if kept[address].to not in {entry.file for entry in inputs.mkdocs.nav}:
            listed.pop(kept[address].to, None)
    now = load_inputs(replace(inputs.project, docs=docs), codes)
    known = {entry.file: entry for entry in now.mkdocs.nav}
    nav = [entry for file, entry in known.items() if file in listed]
    added = [NavEntry(file, Place("records/published.yml")) for file in listed if file not in known]
    tree = _nav(now.mkdocs.tree, listed)
    tree = [*(tree if isinstance(tree, list) else []), *(entry.file for entry in added)]
    languages = []
    for each in now.languages:
        gone = {e.to.removesuffix(".md") for a, e in kept.items() if e.language == each.code and a in down}
        handouts = frozen(ledger, each.code) or (None if part.do == "recorded" else each.handouts)
        languages.append(replace(each, taken_down=frozenset(gone), handouts=handouts))
    mkdocs = replace(now.mkdocs, nav=(*nav, *added), tree=tree)
    return replace(now, mkdocs=mkdocs, languages=tuple(languages), records=inputs.records)
