"""The sheet for the clinician who signs: page by page how plain it is, what it rests on, and what has changed.

`report/pages.html` can be read, printed and signed; it is never published.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from patientpages.checks.topics import asked_of
from patientpages.model import Citation, Fact, Outcome, Page, SignOff, Site
from patientpages.outputs.sheets import sheet_template
from patientpages.plain import (
    FORMULAS,
    Item,
    Measure,
    blocks_of_page,
    hardest,
    measure,
    sentences_of,
    texts,
    visible_items,
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the report shows of one page."""

    page: Page
    language: str
    standing: SignOff
    limit: int | None  # the highest reading grade of its kind
    measure: Measure
    without: Measure  # the unavoidable words counted as one syllable
    hardest: tuple[tuple[str, float, str], ...]
    items: tuple[Item, ...]

    @property
    def earned(self) -> str:
        """How many of the items that a machine can see are earned, by tool."""
        return ", ".join(
            f"{tool} {sum(i.earned for i in self.items if i.tool == tool)} of {sum(i.tool == tool for i in self.items)}"
            for tool in ("PEMAT", "CDC")
        )


@dataclass(frozen=True, slots=True)
class Number:
    """A fact with its sources and the pages that show it."""

    fact: Fact
    said: str
    sources: tuple[Citation, ...]
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Twice:
    """A statement that several pages make, with the sentence of each: they must not contradict each other."""

    statement: str
    tells: str
    sentences: tuple[tuple[str, str], ...]  # page, sentence


def _sheets(site: Site, outcome: Outcome) -> Iterator[Sheet]:
    plain = site.plain
    for page in site.pages if plain else ():
        found = texts(sentences_of(blocks_of_page(page)))
        codes = frozenset(f.code for f in outcome.findings if f.place.path == page.source.path)
        kind = site.standard.kinds.get(page.source.kind)
        if plain:
            yield Sheet(page, site.language, site.sign_offs[page.source.name], kind.grade if kind else None,
                        measure(found, plain.syllables), measure(found, plain.syllables, plain.unavoidable),
                        tuple(hardest(found, plain.syllables)), tuple(visible_items(page, plain, codes)))  # fmt: skip


def _numbers(site: Site) -> Iterator[Number]:
    shown: dict[str, list[str]] = {}
    said: dict[str, str] = {}
    for page in site.pages:
        for block in blocks_of_page(page):
            for name in block.facts:
                shown.setdefault(name, []).append(page.source.name)
                said.setdefault(name, block.text)
    for fact in site.standard.facts.values():
        cited = tuple(site.standard.citations[key] for key in fact.sources if key in site.standard.citations)
        yield Number(fact, said.get(fact.id, ""), cited, tuple(dict.fromkeys(shown.get(fact.id, ()))))


def _twice(site: Site) -> Iterator[Twice]:
    told: dict[tuple[str, str], list[tuple[str, str]]] = {}
    tells: dict[tuple[str, str], str] = {}
    for page in site.pages:
        for topic, short in asked_of(page, site)[1]:
            for statement in topic.required(short=short):
                verdict = site.verdicts.get((page.source.name, topic.id), {}).get(statement.id)
                if verdict and verdict.said:
                    key = topic.id, statement.id
                    tells[key] = statement.tells
                    told.setdefault(key, []).append((page.source.name, verdict.sentence or ""))
    for (topic_id, name), sentences in told.items():
        if len(sentences) > 1:
            yield Twice(f"{topic_id}.{name}", tells[topic_id, name], tuple(sentences))


def dossier(sites: Sequence[Site], outcome: Outcome, site_link: str) -> dict[str, bytes]:
    """Return the file of the sheet. `site_link` leads from the report's folder to the built pages."""
    used = {key for site in sites for page in site.pages for key in page.source.sources}
    citations = list(sites[0].standard.citations.values()) if sites else []
    text = sheet_template("dossier.html").render(
        sheets=[sheet for site in sites for sheet in _sheets(site, outcome)],
        numbers=[number for site in sites[:1] for number in _numbers(site)],
        twice=[each for site in sites for each in _twice(site)],
        second_hand=[c for c in citations if c.seen == "second-hand" and c.key in used],
        formulas=FORMULAS, outcome=outcome, site_link=site_link, today=sites[0].today.isoformat() if sites else "",
    )  # fmt: skip
    return {"pages.html": text.encode()}
