"""The coverage report: pages by topics, and behind each square the exact sentence. For a clinician, never published.

`report/index.html` can be read in a browser, printed and signed; coverage.csv and coverage.json hold the same.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from patientpages.checks.topics import asked_of
from patientpages.model import Outcome, Page, Site, Statement, Topic, Verdict, Waiver
from patientpages.outputs.sheets import sheet_template

State = Literal["covered", "not said", "asserted by hand", "not asked"]


@dataclass(frozen=True, slots=True)
class Row:
    """One statement that one page must make: whether it does, in which sentence, or who says so by hand."""

    language: str
    page: str
    topic: str
    statement: str
    tells: str
    state: State
    sentence: str
    path: str
    line: int
    link: str
    by_hand: str


def _by_hand(page: Page, topic: Topic, statement: Statement, site: Site) -> Waiver | None:
    """Return the waiver in which a person asserts that the page says it, if it still runs."""
    name = f"{topic.id}.{statement.id}"
    return next((w for w in page.source.waivers if w.statement == name and w.until >= site.today), None)


def _row(page: Page, topic: Topic, statement: Statement, verdict: Verdict | None, site: Site) -> Row:
    said = verdict is not None and verdict.said
    waiver = None if said else _by_hand(page, topic, statement, site)
    state: State = "covered" if said else "asserted by hand" if waiver else "not said"
    by_hand = f"{waiver.who}, until {waiver.until.isoformat()}: {waiver.reason}" if waiver else ""
    section = page.section(topic.id)
    place = (verdict.place if verdict and said else None) or (
        section.place if section else page.source.place_of("kind")
    )
    sentence = (verdict.sentence or "") if verdict and said else ""
    link = f"{page.file}#{topic.id}"
    return Row(site.language, page.source.name, topic.id, statement.id, statement.tells, state, sentence, place.path,
               place.line, link, by_hand)  # fmt: skip


def rows_of(site: Site) -> Iterator[Row]:
    """Yield a row for each statement that each page must make."""
    for page in site.pages:
        for topic, short in asked_of(page, site)[1]:
            verdicts = site.verdicts.get((page.source.name, topic.id), {})
            for statement in topic.required(short=short):
                yield _row(page, topic, statement, verdicts.get(statement.id), site)


def _square(rows: Sequence[Row]) -> State:
    """Return the state of a page and a topic: the worst of its statements."""
    if not rows:
        return "not asked"
    states = {row.state for row in rows}
    return "not said" if "not said" in states else "asserted by hand" if "asserted by hand" in states else "covered"


def coverage(sites: Sequence[Site], outcome: Outcome, site_link: str) -> dict[str, bytes]:
    """Return the files of the report. `site_link` leads from the report's folder to the built pages."""
    rows = [row for site in sites for row in rows_of(site)]
    table = io.StringIO()
    writer = csv.DictWriter(table, fieldnames=list(Row.__slots__), lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)
    pages = list(dict.fromkeys((row.language, row.page) for row in rows))
    topics = list(sites[0].standard.topics.values()) if sites else []
    squares: dict[tuple[tuple[str, str], str], list[Row]] = {(page, topic.id): [] for page in pages for topic in topics}
    for row in rows:
        squares[(row.language, row.page), row.topic].append(row)
    page = sheet_template("coverage.html").render(
        rows=rows, pages=pages, topics=topics, squares=squares, square=_square, outcome=outcome, site_link=site_link,
        today=sites[0].today.isoformat() if sites else "", findings=outcome.findings,
    )  # fmt: skip
    counts = {state: sum(row.state == state for row in rows) for state in ("covered", "asserted by hand", "not said")}
    data = {
        "errors": outcome.errors,
        "warnings": outcome.warnings,
        "counts": counts,
        "waivers": [{**asdict(waiver), "until": waiver.until.isoformat()} for waiver in outcome.waivers],
        "statements": [asdict(row) for row in rows],
    }
    text = json.dumps(data, indent=1, ensure_ascii=False) + "\n"
    return {"index.html": page.encode(), "coverage.csv": table.getvalue().encode(), "coverage.json": text.encode()}
