"""How hard a text is to read: sentences, words and syllables, Flesch-Kincaid grade and SMOG. Offline, no model.

Formulas:
- Flesch-Kincaid grade: 0.39 words/sentences + 11.8 syllables/words - 15.59
  (Kincaid, Fishburne, Rogers, Chissom: Research Branch Report 8-75, 1975)
- SMOG: 1.0430 sqrt(30 polysyllables/sentences) + 3.1291, for 30 sentences or more
  (McLaughlin: SMOG grading, Journal of Reading 12(8), 1969)
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from patientpages.latest import latest

FORMULAS = (
    "Flesch-Kincaid grade = 0.39 words/sentences + 11.8 syllables/words - 15.59 (Kincaid and others, Research Branch "
    "Report 8-75, 1975). SMOG = 1.0430 sqrt(30 words of 3 or more syllables/sentences) + 3.1291, for 30 sentences or "
    "more (McLaughlin, Journal of Reading 12(8), 1969). Syllables counted by rules, version 1."
)
_FEWEST_FOR_SMOG = 30  # sentences: McLaughlin's own sample size
_POLYSYLLABLE = 3
_MOST, _FEW = 8192, 4  # words, or sentences, that are remembered; lists of words to leave out
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_VOWELS = re.compile(r"[aeiouy]+")
# A silent e inside a word made of two ("someone", "pacemaker", "everything").
_INSIDE = re.compile(
    r"^((?:be)?fore|some|there|where|else|home|life|time|side|care|safe|gate|nose|hope|like|wide|guide|pace|nine|sole|house|eve(?=ry))"
    r"(?=[a-z]{2})"
)
# Endings that are not spoken as a syllable of their own ("hope", "hoped", "hopes", "hopeful"; but "table", "boxes").
_SILENT = (
    (re.compile(r"([^aeiouyl]|[aeiouy]l)e$"), r"\1"),
    (re.compile(r"([^aeiouylhscxzg]|[aeiouy]l|th)es$"), r"\1s"),
    (re.compile(r"([^aeiouytdl]|[aeiouy]l|ll)ed$"), r"\1d"),
    (re.compile(r"([^aeiouy])e(ly|less|ness|ful|fully|ment|ments)$"), r"\1\2"),
)
# Vowels that stand together and are spoken apart ("area", "diet", "going", "usual", "serious").
_APART = re.compile(
    r"ia(?!g)|(?<![cstgnl])io(?=[nlrmtd])|io$|(?<![cstgx])iou|eo(?!u)|[^qg]ua|[^qg]ui(?=ty)|uid|[eoy]ing|iet|(?<![cst])ien(?=[tc])|"
    r"creat|react|area|idea|(?<=[lrdfnvp])ie(?=r|st)|iety|iu[ms]|ism|uous|beyo|oyer|ayer"
)
_TOGETHER = re.compile(r"(?<=[cst])ia(?=[ln])|lia[nr]|eopl|eagu|ique|ngue")


def syllables(word: str, known: Mapping[str, int]) -> int:
    """Return how many syllables an English word has: by a list of exceptions, else by its letters. A number has 2."""
    word = word.lower().replace("’", "'").split("'")[0]
    return known.get(word) or _by_letters(word)


@lru_cache(maxsize=16384)
def _by_letters(word: str) -> int:
    if not word.isalpha():
        return 2
    inside = _INSIDE.match(word)
    base = word[: inside.end(1) - 1] + word[inside.end(1) :] if inside and word[inside.end(1) - 1] == "e" else word
    for pattern, shorter in _SILENT:
        base, changed = pattern.subn(shorter, base, count=1)
        if changed:
            break
    return max(1, len(_VOWELS.findall(base)) + len(_APART.findall(base)) - len(_TOGETHER.findall(base)))


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


class _Spoken(dict[str, int]):
    """How many syllables each word has, as it is written: worked out where it is first met."""

    def __init__(self, known: Mapping[str, int], leave: Collection[str]) -> None:
        super().__init__()
        self._known, self._leave = known, leave

    def __missing__(self, word: str) -> int:
        many = 1 if word.lower() in self._leave else syllables(word, self._known)
        if len(self) >= _MOST:
            self.clear()
        self[word] = many
        return many


class _Tallies(dict[str, tuple[int, int, int]]):
    """Of each sentence its words, their syllables, and how many of them have three or more."""

    def __init__(self, known: Mapping[str, int], leave: Collection[str]) -> None:
        super().__init__()
        self.spoken = _Spoken(known, leave)

    def __missing__(self, sentence: str) -> tuple[int, int, int]:
        each = list(map(self.spoken.__getitem__, _words(sentence)))
        tally = len(each), sum(each), len([many for many in each if many >= _POLYSYLLABLE])
        if len(self) >= _MOST:
            self.clear()
        self[sentence] = tally
        return tally


@latest()
def _by_leave(known: Mapping[str, int]) -> dict[frozenset[str], _Tallies]:
    """Return what was counted with this list of exceptions, by the words that were left out."""
    return {}


def _tallies(known: Mapping[str, int], leave: Collection[str] = ()) -> _Tallies:
    kept, left = _by_leave(known), frozenset(leave)
    if left not in kept:
        if len(kept) >= _FEW:
            kept.clear()
        kept[left] = _Tallies(known, left)
    return kept[left]


@lru_cache(maxsize=2048)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text))


def words_in(text: str) -> list[str]:
    """Return the words and numbers of a text."""
    return list(_words(text))


def count_words(sentences: Iterable[str]) -> int:
    """Return how many words and numbers sentences have."""
    return sum(map(len, map(_words, sentences)))


def measure(sentences: Iterable[str], known: Mapping[str, int], leave: Collection[str] = ()) -> Measure:
    """Measure sentences; words of `leave` (unavoidable ones) are counted as words of one syllable.

    What was counted is remembered for a list of exceptions: once it is read, `known` is not changed.
    """
    tallies = _tallies(known, leave)
    count = words = spoken = hard = 0
    for many, sounds, long in map(tallies.__getitem__, sentences):
        if many:
            count, words, spoken, hard = count + 1, words + many, spoken + sounds, hard + long
    return Measure(count, words, spoken, hard)


def hardest(sentences: Iterable[str], known: Mapping[str, int], most: int = 3) -> list[tuple[str, float, str]]:
    """Return the hardest sentences with their grade and why: how long, and which words are long."""
    tallies, found = _tallies(known), []
    graded = [(sentence, Measure(1, *tallies[sentence]).grade) for sentence in sentences]
    for sentence, grade in sorted(graded, key=lambda each: -each[1])[:most]:
        words = _words(sentence)
        long = [word for word in words if tallies.spoken[word] >= _POLYSYLLABLE]
        why = f"{len(words)} words" + (f"; long words: {', '.join(dict.fromkeys(long))}" if long else "")
        found.append((sentence, grade, why))
    return found
