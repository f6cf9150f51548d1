"""The words of a text, and how many syllables each has: by rules, offline, no model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

POLYSYLLABLE = 3
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


def words_in(text: str) -> list[str]:
    """Return the words and numbers of a text."""
    return _WORD.findall(text)
