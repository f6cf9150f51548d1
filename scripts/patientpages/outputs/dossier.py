"""The sheet for the clinician who signs: page by page how plain it is, what it rests on, and what has changed.

`report/pages.html` can be read, printed and signed; it is never published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from patientpages.model import Citation, Fact, Outcome, Standard
from patientpages.outputs.dossier_sheet import PageSheet
from patientpages.outputs.sheets import escaped, sheet_template
from patientpages.plain import FORMULAS


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
    sentences: str  # HTML: a list item for each page


def _numbers(parts: Sequence[PageSheet], standard: Standard) -> Iterator[Number]:
    pages: defaultdict[str, list[str]] = defaultdict(list)
    said: dict[str, str] = {}
    for part in parts:
        for name, text in part.shown:
            pages[name].append(part.page)
            said.setdefault(name, text)
    for fact in standard.facts.values():
        cited = tuple(standard.citations[key] for key in fact.sources if key in standard.citations)
        yield Number(fact, said.get(fact.id, ""), cited, tuple(pages.get(fact.id, ())))


def _twice(parts: Sequence[PageSheet]) -> Iterator[Twice]:
    told: defaultdict[str, list[str]] = defaultdict(list)
    tells: dict[str, str] = {}
    for part in parts:
        for statement, tell, sentence in part.said:
            tells[statement] = tell
            told[statement].append(sentence)
    for statement, sentences in told.items():
        if len(sentences) > 1:
            yield Twice(statement, tells[statement], "".join(sentences))


def dossier_report(
    parts: Sequence[PageSheet],
    standard: Standard | None,
    language: str,
    outcome: Outcome,
    site_link: str,
    today: date | None,
) -> dict[str, bytes]:
    """Return the file of the sheet, joined from the parts of all pages: language by language, in their order.

    `language` is the first one: the table of numbers tells how its pages put them. `site_link` leads from the report's
    folder to the built pages.
    """
    used = {key for part in parts for key in part.sources}
    citations = standard.citations.values() if standard else ()
    link = escaped(site_link)
    text = sheet_template("dossier.html").render(
        lines="".join(part.line for part in parts),
        sheets="".join(link.join(part.sheet) for part in parts),
        numbers=list(_numbers([part for part in parts if part.language == language], standard)) if standard else [],
        twice=[each for _, own in groupby(parts, lambda part: part.language) for each in _twice(list(own))],
        second_hand=[c for c in citations if c.seen == "second-hand" and c.key in used],
        formulas=FORMULAS, outcome=outcome, today=today.isoformat() if today else "",
    )  # fmt: skip
    return {"pages.html": text.encode()}
