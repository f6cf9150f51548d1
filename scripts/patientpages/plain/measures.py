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

FORMULAS = (
    "Flesch-Kincaid grade = 0.39 words/sentences + 11.8 syllables/words - 15.59 (Kincaid and others, Research Branch "
    "Report 8-75, 1975). SMOG = 1.0430 sqrt(30 words of 3 or more syllables/sentences) + 3.1291, for 30 sentences or "
    "more (McLaughlin, Journal of Reading 12(8), 1969). Syllables counted by rules, version 1."
)
_FEWEST_FOR_SMOG = 30  # sentences: McLaughlin's own sample size
_POLYSYLLABLE = 3
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


def words_in(text: str) -> list[str]:
    """Return the words and numbers of a text."""
    return _WORD.findall(text)


def count_words(sentences: Iterable[str]) -> int:
    """Return how many words and numbers sentences have."""
    return sum(len(words_in(sentence)) for sentence in sentences)


def measure(sentences: Iterable[str], known: Mapping[str, int], leave: Collection[str] = ()) -> Measure:
    """Measure sentences; words of `leave` (unavoidable ones) are counted as words of one syllable."""
    count = words = spoken = hard = 0
    for sentence in sentences:
        found = words_in(sentence)
        if not found:
            continue
        count += 1
        for word in found:
            many = 1 if word.lower() in leave else syllables(word, known)
            words, spoken, hard = words + 1, spoken + many, hard + (many >= _POLYSYLLABLE)
    return Measure(count, words, spoken, hard)


def hardest(sentences: Iterable[str], known: Mapping[str, int], most: int = 3) -> list[tuple[str, float, str]]:
    """Return the hardest sentences with their grade and why: how long, and which words are long."""
    found = []
    for sentence in sentences:
        one = measure([sentence], known)
        long = [word for word in words_in(sentence) if syllables(word, known) >= _POLYSYLLABLE]
        why = f"{one.words} words" + (f"; long words: {', '.join(dict.fromkeys(long))}" if long else "")
        found.append((sentence, one.grade, why))
    return sorted(found, key=lambda each: -each[1])[:most]
