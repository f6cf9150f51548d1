"""standard/<lang>/claims.yml: what may not be claimed, and what needs something beside it; proven on its examples.

A claim is matched like a statement, with the same guards: what is denied, asked or rejected is not claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from patientpages.latest import Latest
from patientpages.model import Block, Place
from patientpages.said.index import Span
from patientpages.said.judge import Judge, Read
from patientpages.said.polarity import counts
from patientpages.said.proof import blocks_of
from patientpages.said.rules import PREFIX, Rule
from patientpages.said.sense import Sense
from patientpages.said.ways import Way
from patientpages.yamlfile import Mistakes


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that claims too much, or lacks what belongs beside it."""

    rule: Rule
    sentence: str
    place: Place


def _claims(sense: Sense, way: Way) -> bool:
    """Tell whether a sentence makes a claim: it holds all words of a way, and its clause denies none of them.

    Stricter than for a statement: "not clearly effective" tells a reader little, and yet claims nothing.
    """
    if not all(name in sense.hits for name in way.all):
        return False
    if any(name in sense.hits for name in (*way.never, f"{PREFIX}unclaimed")):
        return False
    breaks = [start for start, _ in sense.hits.get("break", ())]
    still = sense.hits.get(f"{PREFIX}still-claims", ())
    cues = [c for c in sense.hits.get("deny", ()) if not any(a <= c[0] and c[1] <= b for a, b in still)]

    def denied(span: Span) -> bool:
        for start, end in cues:
            own = start < span[1] and span[0] < end
            low, high = (end, span[0]) if end <= span[0] else (span[1], start)
            if not own and not any(low <= b < high for b in breaks):
                return True
        return False

    # What is rejected or quoted does not count; what else the sentence is about (massage, say) does not matter here.
    polar = replace(sense.polar, denials=(), other=())
    return all(any(not denied(span) and counts(span, polar, [span]) for span in sense.hits[name]) for name in way.all)


def _stands_beside(rule: Rule, reads: Sequence[Read], index: int) -> bool:
    near = reads if rule.reach == "section" else reads[max(0, index - 1) : index + 2]
    return any(rule.beside in read.sense.hits for read in near)


class Claims:
    """Finds what breaks some rules. Only a rule of which all concepts stand in a section is held against it."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        self._by: dict[str, list[tuple[int, Way]]] = {}  # the ways of all rules, by their first concept
        for number, rule in enumerate(self._rules):
            for way in rule.find:
                self._by.setdefault(way.all[0] if way.all else "", []).append((number, way))

    def of(self, reads: Sequence[Read]) -> Iterator[Claim]:
        """Yield each sentence of a section that breaks a rule; a rule about the whole section once."""
        told = [(index, read) for index, read in enumerate(reads) if not read.question]
        present = {name for _, read in told for name in read.sense.hits}
        asked: dict[int, list[Way]] = {}
        for name in present & self._by.keys():
            for number, way in self._by[name]:
                if present.issuperset(way.all):
                    asked.setdefault(number, []).append(way)
        for number in sorted(asked):
            rule, ways = self._rules[number], asked[number]
            for index, read in told:
                if not any(_claims(read.sense, way) for way in ways):
                    continue
                if rule.reach is None or not _stands_beside(rule, reads, index):
                    yield Claim(rule, read.utterance.text, read.utterance.block.place)
                    if rule.reach == "section":
                        break


_TOPIC = PREFIX.rstrip("/")
_RULES: Latest[Claims] = Latest()
_FOUND: Latest[tuple[Claim, ...]] = Latest()


def claims_in(judge: Judge, rules: Iterable[Rule], blocks: Iterable[Block]) -> Iterator[Claim]:
    """Yield each sentence of a section that breaks a rule; a rule about the whole section once."""
    yield from Claims(rules).of(judge.read(_TOPIC, blocks))


def all_claims(judge: Judge, of: object, texts: Callable[[], Iterable[Iterable[Block]]]) -> tuple[Claim, ...]:
    """Return what breaks any rule in the texts of a page; asked again at once for the same page, it is remembered."""

    def found() -> tuple[Claim, ...]:
        rules = _RULES.of((judge.book,), lambda: Claims(judge.book.rules))
        return tuple(claim for blocks in texts() for claim in rules.of(judge.read(_TOPIC, blocks)))

    return _FOUND.of((judge, of), found)


def prove_claims(judge: Judge, rules: Iterable[Rule], mistakes: Mistakes) -> None:
    """Hold that every example of a rule breaks it or keeps it, as it is meant."""
    for rule in rules:
        if not rule.says or not rule.says_not:
            message = f"{rule.id} needs examples that break the rule and some that do not"
            mistakes.add(rule.place, message, "says: [...]\nsays-not: [...]")
        for examples, broken in ((rule.says, True), (rule.says_not, False)):
            for text, place in examples:
                found = next(claims_in(judge, [rule], blocks_of(text, place)), None) is not None
                if found != broken:
                    what = "should break the rule, and is not found" if broken else "is fair, and is taken for a breach"
                    mistakes.add(place, f'{rule.id}: this example {what}: "{text}"', "Widen or narrow its words.")
