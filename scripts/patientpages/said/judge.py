"""Judge a section: which statements it says, in which sentence; and why not, with the nearest sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from patientpages.model import Block, PartVerdict, Statement, Topic, Verdict
from patientpages.said.index import Span
from patientpages.said.phrasebook import Phrasebook
from patientpages.said.sense import Sense
from patientpages.said.utterances import Utterance, utterances
from patientpages.said.ways import StatementPhrases, Way

_ALL: Span = (0, 0)  # all of a sentence: what begins here is rejected
_NOWHERE: Span = (-1, -1)  # where the words for the other subject stand that only the sentence before names


class Read(NamedTuple):
    """An utterance that was looked at."""

    utterance: Utterance
    sense: Sense
    question: bool


def _is_open(utterance: Utterance, sense: Sense) -> bool:
    """Tell whether a question asserts nothing.

    "Tell us: are you pregnant?" does ask for an answer, and so does a question in a list under a line such as
    "Call us if:". A list of questions that somebody may ask, and "Tell us if you?", do not.
    """
    if utterance.lead.endswith("?"):
        return True
    if utterance.lead:
        return "asked-list" in sense.hits
    return "asks" not in sense.hits


def _goes_on(sense: Sense, utterance: Utterance, before: Read) -> bool:
    """Tell whether a sentence goes on about the other subject of the one before it: "Acupuncture ... It ..."."""
    if not sense.begins_with("goes-on") or sense.polar.own or before.utterance.block is not utterance.block:
        return False
    return bool(before.sense.polar.other) and not before.sense.polar.own


def _takes_back(sense: Sense, utterance: Utterance, before: Read) -> bool:
    """Tell whether a sentence rejects the one before it: "Some say that it heals. That is simply not true."."""
    return sense.begins_with("takes-back") and before.utterance.block is utterance.block and not before.question


class Judge:
    """Judges sections with one phrasebook."""

    def __init__(self, book: Phrasebook) -> None:
        self.book = book

    def read(self, topic: str, blocks: Iterable[Block]) -> list[Read]:
        """Read the blocks of a section once, for all statements of a topic."""
        found: list[Read] = []
        for utterance in utterances(blocks):
            text, lead, _, question = utterance
            sense = self._sense(topic, f"{lead} {text}" if lead else text)
            if found and _goes_on(sense, utterance, found[-1]):
                sense = Sense(sense.hits, replace(sense.polar, other=(*sense.polar.other, _NOWHERE)))
            if found and _takes_back(sense, utterance, found[-1]):
                before = found[-1].sense
                taken = Sense(before.hits, replace(before.polar, rejected=(*before.polar.rejected, _ALL)))
                found[-1] = found[-1]._replace(sense=taken)
            found.append(Read(utterance, sense, question and _is_open(utterance, sense)))
        return found

    def _sense(self, topic: str, text: str) -> Sense:
        """Return what a sentence holds; bench/alternatives.py has it hold other things, to see what is needed."""
        return self.book.sentence(text).sense(topic, self.book.index(topic))

    def judge(self, topic: Topic, blocks: Iterable[Block]) -> dict[str, Verdict]:
        """Judge every statement of a topic that has phrases; the others have no verdict.

        Why a part is not said is left out: it takes as long as judging, and `one` gives it.
        """
        names = [statement.id for statement in topic.statements]
        return {verdict.statement: verdict for verdict in self.verdicts(topic, blocks, names)}

    def verdicts(self, topic: Topic, blocks: Iterable[Block], names: Collection[str]) -> Iterator[Verdict]:
        """Judge those of these statements of a topic that have phrases, each when it is asked for."""
        reads = _Section(self.read(topic.id, blocks))
        for statement in topic.statements:
            phrases = self.book.statements.get((topic.id, statement.id))
            if phrases is not None and statement.id in names:
                yield self._statement(statement, phrases, reads)

    def one(self, topic: Topic, statement: Statement, blocks: Iterable[Block]) -> Verdict:
        """Judge one statement, which must have phrases, and for each part that is not said find what comes nearest."""
        reads = _Section(self.read(topic.id, blocks))
        phrases = self.book.statements[topic.id, statement.id]
        verdict = self._statement(statement, phrases, reads)
        parts = tuple(
            part if part.said else _with_nearest(part, phrases.parts.get(part.id, ()), reads) for part in verdict.parts
        )
        return replace(verdict, parts=parts)

    def say(self, topic: str, statement: str) -> str:
        """Return example words for a statement ("" if there are none)."""
        phrases = self.book.statements.get((topic, statement))
        return phrases.say if phrases else ""

    def _statement(self, statement: Statement, phrases: StatementPhrases, reads: _Section) -> Verdict:
        parts = tuple(self._part(part.id, phrases.parts.get(part.id, ()), reads) for part in statement.parts)
        enough = statement.at_least or len(parts)
        against_it = (way for way in phrases.opposite if reads.present.issuperset(way.all))
        contradiction = next((hit for way in against_it if (hit := reads.evidence(way))), None)
        said = sum(part.said for part in parts) >= enough and contradiction is None
        against = reads.reads[contradiction[0]].utterance if contradiction else None
        return Verdict(
            statement.id, said, parts, against.text if against else None, against.block.place if against else None
        )

    @staticmethod
    def _part(name: str, ways: Sequence[Way], reads: _Section) -> PartVerdict:
        present = reads.present
        for way in ways:
            evidence = reads.evidence(way) if present.issuperset(way.all) else None
            if evidence:
                utterance = reads.reads[evidence[0]].utterance
                return PartVerdict(name, True, utterance.text, utterance.block.place, way.text, None, ())
        return PartVerdict(name, False, None, None, "", None, ())


class _Section:
    """What was read of a section, and where in it each concept stands."""

    def __init__(self, reads: Sequence[Read]) -> None:
        self.reads = reads
        self._hits = [read.sense.hits for read in reads]
        self._where: dict[str, list[int]] = {}
        self.present: set[str] = set().union(*self._hits)  # the concepts that stand anywhere in it

    def _of(self, name: str) -> list[int]:
        """Return the utterances in which a concept stands."""
        where = self._where.get(name)
        if where is None:
            where = self._where[name] = [index for index, hits in enumerate(self._hits) if name in hits]
        return where

    def evidence(self, way: Way) -> list[int]:
        """Return the utterances that together say it, the one with most of it first; empty if none do.

        A question asserts nothing, but it sets the condition for the answer that follows it.
        """
        reads = self.reads
        if not self.present.issuperset(way.all):
            return []
        wanted = len(frozenset(way.all))
        for last in sorted(set().union(*map(self._of, way.all))):
            read = reads[last]
            if read.question:
                continue
            own = read.sense.counting(way)
            if not own:
                continue
            found, used = set(own), [last]
            first = max(0, last - max(way.within, 1) + 1)
            before = list(range(last - 1, first - 1, -1))
            if way.within == 1 and last and reads[last - 1].question:
                before = [last - 1]
            for index in before:
                more = set(reads[index].sense.counting(way)) - found
                if more:
                    found |= more
                    used.append(index)
            if len(found) == wanted:
                return sorted(used, key=lambda i: (reads[i].question, -len(reads[i].sense.counting(way)), i))
        return []


def _with_nearest(part: PartVerdict, ways: Sequence[Way], section: _Section) -> PartVerdict:
    """Return a part that is not said with the sentence that comes nearest to saying it, and what it lacks."""
    best: tuple[float, str, tuple[str, ...]] | None = None
    for way in ways:
        for read in section.reads:
            here = read.sense.counting(way)
            lacks = tuple(name for name in way.all if name not in here)
            share = len(here) / len(way.all)
            if here and (best is None or share > best[0]):
                best = share, read.utterance.text, lacks
    return replace(part, nearest=best[1], lacks=best[2]) if best else part
