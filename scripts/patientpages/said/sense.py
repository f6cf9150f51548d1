"""What a sentence holds: its words, what counts in it, and for each topic where its concepts stand."""

from __future__ import annotations

from collections.abc import Sequence

from patientpages.said.index import Hits, Index, Span, Words
from patientpages.said.polarity import Polarity, counts, polarity
from patientpages.said.tokens import Token
from patientpages.said.ways import Way


class Sense:
    """What a sentence holds for one topic: where its concepts stand, and which of them count for each way."""

    __slots__ = ("_counted", "hits", "polar")

    def __init__(self, hits: Hits, polar: Polarity) -> None:
        self.hits, self.polar = hits, polar
        self._counted: dict[int, dict[str, list[Span]]] = {}

    def begins_with(self, guard: str) -> bool:
        """Tell whether the sentence begins with words of a guard."""
        return guard in self.hits and self.hits[guard][0][0] == 0

    def counting(self, way: Way) -> dict[str, list[Span]]:
        """Return the concepts of a way that stand here and count. Asked again for a sentence, it is remembered."""
        found = self._counted.get(id(way))
        if found is None:
            found = self._counted[id(way)] = self._counting(way)
        return found

    def _counting(self, way: Way) -> dict[str, list[Span]]:
        hits = self.hits
        here = {name: hits[name] for name in way.all if name in hits}
        if not here or any(name in hits for name in way.never):
            return {}
        if self.polar.plain:
            return here
        ours = [span for name in way.all for span in hits.get(name, ())]
        found = {name: [s for s in spans if counts(s, self.polar, ours)] for name, spans in here.items()}
        return {name: spans for name, spans in found.items() if spans}


class Sentence:
    """A sentence that was read: what all topics share of it, and what it holds for each topic that asked."""

    __slots__ = ("_senses", "polar", "shared", "words")

    def __init__(self, tokens: Sequence[Token], shared: Index) -> None:
        self.words = Words(tokens)
        self.shared = shared.find(self.words)
        self.polar = polarity(self.shared, tokens)
        self._senses: dict[str, Sense] = {}

    def sense(self, topic: str, index: Index) -> Sense:
        """Return what it holds for a topic, whose concepts are in this index."""
        found = self._senses.get(topic)
        if found is None:
            found = self._senses[topic] = Sense(self.shared | index.find(self.words), self.polar)
        return found
