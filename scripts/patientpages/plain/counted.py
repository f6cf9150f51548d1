"""Counts that come again: each piece of a text between spaces, and each sentence, is counted where it is first met."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from patientpages.plain.spoken import POLYSYLLABLE, syllables, words_in

_MOST = 8192  # pieces, or sentences, that are remembered
_BITS = 30  # of a count among others in one number: no sentence has so many words
_ONE = (1 << _BITS) - 1


class _Pieces(dict[str, int]):
    """Of each piece of a text between spaces its words, their syllables, and how many of them have three or more.

    Pieces come again on every page, and a word never reaches over a space: most sentences are only added up. One number
    holds the three counts, so that one sum adds them.
    """

    def __init__(self, known: Mapping[str, int], leave: Collection[str]) -> None:
        super().__init__()
        self._known, self._leave = known, leave

    def __missing__(self, piece: str) -> int:
        each = [1 if w.lower() in self._leave else syllables(w, self._known) for w in words_in(piece)]
        if len(self) >= _MOST:
            self.clear()
        counts = len(each), sum(each), sum(many >= POLYSYLLABLE for many in each)
        self[piece] = packed = sum(count << (place * _BITS) for place, count in enumerate(counts))
        return packed


def unpacked(tally: int) -> tuple[int, int, int, int]:
    """Return how many sentences, words, syllables and long words a tally, or a sum of tallies, counts."""
    return tally >> 3 * _BITS, tally & _ONE, tally >> _BITS & _ONE, tally >> 2 * _BITS & _ONE


class Tallies(dict[str, int]):
    """Of each sentence that has words, in one number: its words, their syllables, those of three or more, and 1.

    So one sum adds up a text.
    """

    def __init__(self, known: Mapping[str, int], leave: Collection[str]) -> None:
        super().__init__()
        self._pieces = _Pieces(known, leave)

    def __missing__(self, sentence: str) -> int:
        packed = sum(map(self._pieces.__getitem__, sentence.split()))
        if len(self) >= _MOST:
            self.clear()
        self[sentence] = tally = packed | (1 << 3 * _BITS) if packed & _ONE else 0
        return tally


class _Counts(dict[str, int]):
    """How many words each piece of a text between spaces has."""

    def __missing__(self, piece: str) -> int:
        if len(self) >= _MOST:
            self.clear()
        self[piece] = many = len(words_in(piece))
        return many


class Lengths(dict[str, int]):
    """How many words each sentence has."""

    def __init__(self) -> None:
        super().__init__()
        self._counts = _Counts()

    def __missing__(self, sentence: str) -> int:
        if len(self) >= _MOST:
            self.clear()
        self[sentence] = many = sum(map(self._counts.__getitem__, sentence.split()))
        return many
