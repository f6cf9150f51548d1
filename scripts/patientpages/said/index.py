"""Finds the concepts of a topic in a sentence in one pass, however many phrases they have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from patientpages.said.phrases import Phrase, match
from patientpages.said.tokens import Token

Span = tuple[int, int]
Hits = dict[str, list[Span]]
_Element = tuple[frozenset[str], bool, int]  # as phrases.Element: plain values are read from disk much faster
# A concept, the other words that a phrase of it needs, those that it begins with, those that follow at once (None: it
# goes on otherwise), and the phrase.
_Waiting = tuple[str, tuple[frozenset[str], ...], frozenset[str], frozenset[str] | None, tuple[_Element, ...]]


class Words:
    """The tokens of a sentence, and where in it each key stands that a phrase asks for.

    A place is a number where there is but one: thousands of sentences are remembered, and each list costs.
    """

    __slots__ = ("_places", "present", "tokens")

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        places: dict[str, int | list[int]] = {}
        for index, token in enumerate(tokens):
            for key in token.asked:
                where = places.get(key)
                if where is None:
                    places[key] = index
                elif isinstance(where, int):
                    places[key] = [where, index]
                else:
                    where.append(index)
        self._places = places
        self.present = frozenset(places)

    def places(self, key: str) -> Sequence[int]:
        """Return where a key stands that is present."""
        where = self._places[key]
        return (where,) if isinstance(where, int) else where


class Weights:
    """How common the words of phrases are in sentences such as these."""

    def __init__(self, sentences: Iterable[Sequence[Token]]) -> None:
        self._common = Counter(key for tokens in sentences for token in tokens for key in token.asked)
        self._of: dict[frozenset[str], tuple[int, int]] = {}

    def of(self, keys: frozenset[str]) -> tuple[int, int]:
        """Return how often the words of one place of a phrase stand in the sentences, and how many words they are."""
        found = self._of.get(keys)
        if found is None:
            found = self._of[keys] = sum(self._common[key] for key in keys), len(keys)
        return found


def _spans(
    first: frozenset[str], second: frozenset[str] | None, elements: tuple[_Element, ...], words: Words
) -> list[Span]:
    """Return where a phrase stands in a sentence that has all of its words."""
    found, tokens = [], words.tokens
    for begin in first & words.present:
        for start in words.places(begin):
            if second is None:
                end = match(elements, tokens, start + 1, 1)
            elif start + 1 == len(tokens) or second.isdisjoint(tokens[start + 1].asked):
                continue  # most phrases go on with a word: seen at once
            else:
                end = match(elements, tokens, start + 2, 2)
            if end:
                found.append((start, end))
    return found


class Index:
    """Some concepts. A phrase of one word is found by that word; each other one waits at its rarest word.

    It is tried only where all of its words are in the sentence.
    """

    __slots__ = ("_at", "_keys")

    def __init__(self, at: Mapping[str, tuple[Sequence[str], Sequence[_Waiting]]]) -> None:
        self._at, self._keys = at, frozenset(at)

    def __reduce__(self) -> tuple[type[Index], tuple[object]]:
        return Index, (self._at,)

    def find(self, words: Words) -> Hits:
        """Return where each concept stands."""
        hits: dict[str, list[Span]] = {}
        present = words.present
        for key in present & self._keys:
            single, waiting = self._at[key]
            spans = [(at, at + 1) for at in words.places(key)] if single else []
            for name in single:
                hits.setdefault(name, []).extend(spans)
            for name, others, first, second, elements in waiting:
                for needed in others:
                    if needed.isdisjoint(present):
                        break
                else:
                    spans = _spans(first, second, elements, words)
                    if spans:
                        hits.setdefault(name, []).extend(spans)
        return {name: sorted(set(spans)) if len(spans) > 1 else spans for name, spans in hits.items()}


def index_of(concepts: Mapping[str, Sequence[Phrase]], weights: Weights) -> Index:
    """Return the index of these concepts."""
    at: dict[str, tuple[list[str], list[_Waiting]]] = {}
    same: dict[_Element, _Element] = {}  # equal places of phrases are one value: less to keep and to read
    sets: dict[frozenset[str], frozenset[str]] = {}
    for name, phrases in concepts.items():
        for phrase in phrases:
            if len(phrase.elements) == 1:
                for key in phrase.elements[0].keys:
                    at.setdefault(key, ([], []))[0].append(name)
                continue
            plain: list[_Element] = []
            for keys, optional, gap in phrase.elements:
                element = (sets.setdefault(keys, keys), optional, gap)
                plain.append(same.setdefault(element, element))
            needed = sorted((keys for keys, optional, gap in plain if not gap and not optional), key=weights.of)
            second, may_lack, gap = plain[1]
            sure = None if may_lack or gap else second
            entry: _Waiting = (name, tuple(needed[1:]), plain[0][0], sure, tuple(plain))
            for key in needed[0]:
                at.setdefault(key, ([], []))[1].append(entry)
    return Index(at)
