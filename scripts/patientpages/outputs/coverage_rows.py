"""What the coverage report shows of one page: rendered once, from the page and the standard alone, then joined."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from patientpages.checks.topics import asked_of
from patientpages.model import Page, Site, Statement, Topic, Verdict, Waiver
from patientpages.outputs.sheets import escaped

State = Literal["covered", "not said", "asserted by hand"]
STATES: tuple[State, ...] = ("covered", "asserted by hand", "not said")
_SHOWN: dict[State, tuple[str, str]] = {  # class, mark
    "covered": ("covered", "✓"), "asserted by hand": ("by-hand", "✎"), "not said": ("not-said", "✗")
}  # fmt: skip
_WORST_FIRST: tuple[State, ...] = ("not said", "asserted by hand", "covered")
_HEAD = (
    '<h3>{}</h3>\n<table>\n<tr><th scope="col">Topic and statement</th><th scope="col">What it must tell</th>'
    '<th scope="col">Where it is told</th></tr>\n'
)


class Row(NamedTuple):
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


FIELDS = Row._fields
# As json.dumps does with an indent, which is slow.
_TEXT = json.JSONEncoder(ensure_ascii=False).encode
_JSON = ",\n".join(f'   "{field}": %s' for field in FIELDS)


@dataclass(frozen=True, slots=True)
class PageCoverage:
    """The part of a page in the report. It does not depend on where the site stands, nor on other pages."""

    language: str
    page: str
    squares: str  # HTML: its cells in the table of pages and topics, a cell for each topic of the standard
    table: tuple[str, ...]  # HTML: its rows, cut wherever the link to the site belongs
    csv: str  # its lines
    json: str  # its statements, indented, with commas between them
    counts: tuple[int, ...]  # how many of its statements are in each of STATES


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


def _rows(page: Page, site: Site) -> Iterator[Row]:
    """Yield a row for each statement that a page must make."""
    for topic, short in asked_of(page, site)[1]:
        verdicts = site.verdicts.get((page.source.name, topic.id), {})
        for statement in topic.required(short=short):
            yield _row(page, topic, statement, verdicts.get(statement.id), site)


def _square(rows: Sequence[Row]) -> str:
    """Return the cell of a page and a topic: the worst of its statements, "" inside where it is not asked."""
    if not rows:
        return "<td></td>"
    states = {row.state for row in rows}
    state = next(state for state in _WORST_FIRST if state in states)
    page, topic, (style, mark) = escaped(rows[0].page), escaped(rows[0].topic), _SHOWN[state]
    return (
        f'<td class="{style}"><a href="#{escaped(rows[0].language)}-{page}-{topic}" '
        f'title="{page}, {topic}: {state}">{mark}</a></td>'
    )


def _line(row: Row, first: bool) -> tuple[str, ...]:
    """Return the HTML of a row, cut where the link to the site belongs; the `first` of a topic is its anchor."""
    anchor = f' id="{escaped(row.language)}-{escaped(row.page)}-{escaped(row.topic)}"' if first else ""
    cells = (
        f"<tr{anchor}>\n<td>{escaped(row.topic)}.{escaped(row.statement)}</td><td>{escaped(row.tells)}</td>\n"
        f'<td class="{_SHOWN[row.state][0]}">\n'
    )
    place = f"{escaped(row.path)}:{row.line}"
    if row.sentence:
        return f'{cells}“{escaped(row.sentence)}” <a href="', f'/{escaped(row.link)}">{place}</a></td></tr>\n'
    instead = f"Asserted by hand: {escaped(row.by_hand)}" if row.by_hand else f"Not said ({place})"
    return (f"{cells}{instead}</td></tr>\n",)


def _cut(lines: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Join texts that are cut at the same thing."""
    whole: list[list[str]] = [[]]
    for first, *more in lines:
        whole[-1].append(first)
        whole += ([text] for text in more)
    return tuple("".join(texts) for texts in whole)


def page_coverage(page: Page, site: Site) -> PageCoverage:
    """Return the part of one page; of its site only the standard, the day and the verdicts on this page are asked."""
    rows = list(_rows(page, site))
    by_topic: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_topic[row.topic].append(row)
    topics = [by_topic.get(topic, []) for topic in site.standard.topics]
    told: list[tuple[str, ...]] = [(_HEAD.format(escaped(page.source.name)),)]
    told += (_line(row, row is here[0]) for here in topics for row in here)
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows(rows)
    objects = (_JSON % tuple(map(_TEXT, row)) for row in rows)
    return PageCoverage(
        site.language, page.source.name, "".join(map(_square, topics)), _cut([*told, ("</table>\n",)]),
        lines.getvalue(), ",\n".join(f"  {{\n{each}\n  }}" for each in objects),
        tuple(sum(row.state == state for row in rows) for state in STATES),
    )  # fmt: skip
