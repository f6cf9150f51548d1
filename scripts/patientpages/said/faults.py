"""Guard the guard: plant faults that a checker must notice, made without the matcher, and count those it did not.

Each fault is a section in which nothing, or not everything, is told any more. If the judge still finds all that the
section must say, the checker is asleep, and the run says which phrase is too loose.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from patientpages.model import Block, Place, Section, Source, Statement, Topic
from patientpages.read import read_page
from patientpages.said.judge import Judge
from patientpages.said.proof import blocks_of

_SENTENCE = re.compile(r"(?<=[.!?:])\s+")
_STOP = re.compile(r"[.!:;]+(?=\s|$)|(?<=[\w)])$")


@dataclass(frozen=True, slots=True)
class Fault:
    """A section that was spoilt: what kind of fault, and the statements that it can no longer say."""

    kind: str
    topic: Topic
    blocks: tuple[Block, ...]
    unsaid: tuple[str, ...]  # each of these must be found unsaid
    any_is_enough: bool = False  # or: at least one of them must be


@dataclass(frozen=True, slots=True)
class Survivor:
    """A fault that was not noticed, with the phrases that still found something."""

    kind: str
    topic: str
    statement: str
    sentence: str
    way: str


def _reworded(section: Section, change: Callable[[str], str]) -> tuple[Block, ...]:
    """Return the prose of a section with every text changed, the lines that lead in to lists too."""
    return tuple(replace(b, text=change(b.text), lead=change(b.lead) if b.lead else "") for b in section.prose)


def _as_question(text: str) -> str:
    return _STOP.sub("?", text)


def _as_quotation(text: str) -> str:
    told = (piece for piece in _SENTENCE.split(text) if piece)
    return " ".join(f"Some websites say that {piece[:1].lower()}{piece[1:]}" for piece in told)


def _sealed(section: Section, before: str, after: str) -> tuple[Block, ...]:
    """Return what the reader of a built page makes of the section inside these tags."""
    inner = "".join(f"<p>{html.escape(block.text)}</p>" for block in section.prose)
    source = Source("fault", section.place.path, "", 1, "", "", "", (), (), (), {})
    page = f'<main><article><h2 id="{section.id}">x</h2>{before}{inner}{after}</article></main>'
    read = read_page(source, page, "fault.html", frozenset({section.id}))
    return read.sections[0].blocks


def _counter_examples(topic: Topic, judge: Judge, place: Place) -> Iterator[Fault]:
    for statement in topic.statements:
        phrases = judge.book.statements.get((topic.id, statement.id))
        if phrases and not statement.optional:
            blocks = tuple(b for text, _ in phrases.says_not for b in blocks_of(text, place)[:1])
            # Together they may tell what none tells alone: each stands by itself here.
            for block in blocks:
                yield Fault("counter-example", topic, (block,), (statement.id,))


def _parts_said(topic: Topic, statement: Statement, blocks: Iterable[Block], judge: Judge) -> set[str]:
    """Return the parts of a statement that these blocks say."""
    (verdict,) = judge.verdicts(topic, blocks, (statement.id,))
    return {part.id for part in verdict.parts if part.said}


def _told_by(topic: Topic, statement: Statement, block: Block, judge: Judge) -> set[str]:
    """Return the parts that an item tells by its own words, not by the line that leads in to it."""
    said = _parts_said(topic, statement, [block], judge)
    return said - _parts_said(topic, statement, [replace(block, text="something else")], judge) if said else said


def _without_an_item(topic: Topic, section: Section, required: Sequence[Statement], judge: Judge) -> Iterator[Fault]:
    """Take single items out of lists: a part that only this item told must then be missed."""
    prose = section.prose
    items = [block for block in prose if block.kind == "item"]
    for statement in required if items else ():
        if statement.at_least is not None or len(statement.parts) == 1:
            continue
        told = {id(item): _told_by(topic, statement, item, judge) for item in items}
        without_lists = _parts_said(topic, statement, [block for block in prose if block.kind != "item"], judge)
        for item in items:
            elsewhere = without_lists.union(*(told[id(other)] for other in items if other is not item))
            if told[id(item)] - elsewhere:
                rest = tuple(block for block in prose if block is not item)
                yield Fault("an item of a list removed", topic, rest, (statement.id,))


def _swapped(topic: Topic, section: Section, swaps: Iterable[tuple[str, str, str]]) -> Iterator[Fault]:
    """Swap tiers: "call now" becomes "e-mail us", "today" becomes "next week"."""
    for statement, old, new in swaps:
        blocks = _reworded(section, partial(re.compile(old, re.IGNORECASE).sub, new))
        if blocks != section.prose:
            yield Fault("tiers swapped", topic, blocks, (statement,))


def faults_of(
    topic: Topic, section: Section, others: Mapping[str, Section], judge: Judge, required: Sequence[Statement]
) -> Iterator[Fault]:
    """Yield the faults that can be planted in a section which says all of `required`."""
    names = tuple(statement.id for statement in required)
    yield from _counter_examples(topic, judge, section.place)
    for other in sorted(others):
        if other != topic.id:
            yield Fault("another topic's section", topic, others[other].prose, names, any_is_enough=True)
    yield Fault("turned into questions", topic, _reworded(section, _as_question), names)
    yield Fault("quoted to be rejected", topic, _reworded(section, _as_quotation), names)
    yield Fault("put into a comment", topic, _sealed(section, "<!--", "-->"), names)
    yield Fault(
        "put into a closed box", topic, _sealed(section, "<details><summary>More</summary>", "</details>"), names
    )
    yield from _without_an_item(topic, section, required, judge)
    yield from _swapped(topic, section, ((s, o, n) for t, s, o, n in judge.book.swaps if t == topic.id and s in names))


def plant(faults: Iterable[Fault], judge: Judge) -> tuple[dict[str, list[int]], list[Survivor]]:
    """Judge each fault; return {kind: [planted, found]} and the survivors."""
    counts: dict[str, list[int]] = {}
    survivors: list[Survivor] = []
    for fault in faults:
        count = counts.setdefault(fault.kind, [0, 0])
        count[0] += 1
        still = []
        for verdict in judge.verdicts(fault.topic, fault.blocks, fault.unsaid):
            if verdict.said:
                still.append(verdict)
            elif fault.any_is_enough:
                break
        if not still or (fault.any_is_enough and len(still) < len(fault.unsaid)):
            count[1] += 1
            continue
        for verdict in still:
            part = next(p for p in verdict.parts if p.said)
            survivors.append(Survivor(fault.kind, fault.topic.id, verdict.statement, part.sentence or "", part.way))
    return counts, survivors
