"""How hard a text is to read: sentences, words and syllables, Flesch-Kincaid grade and SMOG. Offline, no model.

Formulas:
- Flesch-Kincaid grade: 0.39 words/sentences + 11.8 syllables/words - 15.59
  (Kincaid, Fishburne, Rogers, Chissom: Research Branch Report 8-75, 1975)
- SMOG: 1.0430 sqrt(30 polysyllables/sentences) + 3.1291, for 30 sentences or more
  (McLaughlin: SMOG grading, Journal of Reading 12(8), 1969)
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from operator import itemgetter

from patientpages.latest import latest
from patientpages.plain.counted import Lengths, Tallies, unpacked
from patientpages.plain.spoken import POLYSYLLABLE, syllables, words_in

FORMULAS = (
    "Flesch-Kincaid grade = 0.39 words/sentences + 11.8 syllables/words - 15.59 (Kincaid and others, Research Branch "
    "Report 8-75, 1975). SMOG = 1.0430 sqrt(30 words of 3 or more syllables/sentences) + 3.1291, for 30 sentences or "
    "more (McLaughlin, Journal of Reading 12(8), 1969). Syllables counted by rules, version 1."
)
_FEWEST_FOR_SMOG = 30  # sentences: McLaughlin's own sample size
_FEW = 4  # lists of words to leave out that are remembered


@dataclass(frozen=True, slots=True)
class Measure:
    """The counts of a text, and what the formulas make of them."""

    sentences: int
    words: int
    syllables: int
    polysyllables: int

    @property
    def grade(self) -> float:
        """The Flesch-Kincaid grade (0 for no text)."""
        if not self.words or not self.sentences:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    @property
    def smog(self) -> float | None:
        """SMOG, or None for fewer than 30 sentences."""
        if self.sentences < _FEWEST_FOR_SMOG:
            return None
        return 1.0430 * math.sqrt(30 * self.polysyllables / self.sentences) + 3.1291


@latest()
def _by_leave(known: Mapping[str, int]) -> dict[frozenset[str], Tallies]:
    """Return what was counted with this list of exceptions, by the words that were left out."""
    return {}


def _tallies(known: Mapping[str, int], leave: Collection[str] = ()) -> Tallies:
    kept, left = _by_leave(known), frozenset(leave)
    if left not in kept:
        if len(kept) >= _FEW:
            kept.clear()
        kept[left] = Tallies(known, left)
    return kept[left]


@lru_cache(maxsize=4096)
def _grade(tally: int) -> float:
    """Return the grade of a single sentence: many are counted alike."""
    return Measure(*unpacked(tally)).grade


_LENGTHS = Lengths()


def lengths_of(sentences: Iterable[str]) -> list[int]:
    """Return how many words and numbers each sentence has."""
    return list(map(_LENGTHS.__getitem__, sentences))


def count_words(sentences: Iterable[str]) -> int:
    """Return how many words and numbers sentences have."""
    return sum(lengths_of(sentences))


def measure(sentences: Iterable[str], known: Mapping[str, int], leave: Collection[str] = ()) -> Measure:
    """Measure sentences; words of `leave` (unavoidable ones) are counted as words of one syllable.

    What was counted is remembered for a list of exceptions: once it is read, `known` is not changed.
    """
    tallies = _tallies(known, leave)
    return Measure(*unpacked(sum(map(tallies.__getitem__, sentences))))


def hardest(sentences: Iterable[str], known: Mapping[str, int], most: int = 3) -> list[tuple[str, float, str]]:
    """Return the hardest sentences with their grade and why: how long, and which words are long."""
    tallies, found = _tallies(known), []
    graded = [(sentence, _grade(tallies[sentence])) for sentence in sentences]
    for sentence, grade in nlargest(most, graded, key=itemgetter(1)):  # of two alike the first
        words = words_in(sentence)
        long = [word for word in words if syllables(word, known) >= POLYSYLLABLE]
        why = f"{len(words)} words" + (f"; long words: {', '.join(dict.fromkeys(long))}" if long else "")
        found.append((sentence, grade, why))
    return found
