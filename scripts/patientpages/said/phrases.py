"""The phrase language: what a clinician writes, and how it is found among the words of a sentence.

    sore                 any form of the word: sore, soreness
    sore!                this form only
    inflam*              any word that begins so
    call/ring/phone      one of these words
    very?                may be left out
    call ~ ambulance     up to three words between (~~ up to seven), within the sentence
    within # days        # is any number; number words count as numbers

No phrase can take long: a gap is at most seven words, and a phrase holds at most three.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from patientpages.said.tokens import Normaliser, Token

_GAPS = {"~": 3, "~~": 7}
_MOST_GAPS = 3
_SPECIAL = re.compile(r"[^\w\s/~]")
_MOST_VARIANTS = 16


class PhraseError(ValueError):
    """A phrase that cannot be used; the message says why and what right looks like."""


class Element(NamedTuple):
    """One place in a phrase: any of these keys, perhaps left out; or a gap of at most so many words."""

    keys: frozenset[str]
    optional: bool = False
    gap: int = 0


def match(elements: Sequence[tuple[frozenset[str], bool, int]], tokens: Sequence[Token], position: int, at: int) -> int:
    """Return where a match of the elements from `at` on ends that begins at this position of a sentence, or 0."""
    length, count = len(tokens), len(elements)
    while at < count:
        wanted, optional, gap = elements[at]
        at += 1
        if gap:
            following, may_lack, further = elements[at]
            sure = not may_lack and not further
            for here in range(position, min(position + gap, length) + 1):
                if (not sure or (here < length and not following.isdisjoint(tokens[here].asked))) and (
                    end := match(elements, tokens, here, at)
                ):
                    return end
                if here < length and tokens[here].denies:
                    return 0
            return 0
        found = position < length and not wanted.isdisjoint(tokens[position].asked)
        if optional:
            if found and (end := match(elements, tokens, position + 1, at)):
                return end
        elif found:
            position += 1
        else:
            return 0
    return position


class Phrase(NamedTuple):
    """A phrase that can be looked for."""

    text: str
    elements: tuple[Element, ...]

    def match(self, tokens: Sequence[Token], start: int) -> int:
        """Return where a match that begins at `start` ends, or 0."""
        return match(self.elements, tokens, start, 0)


class Compiler:
    """Turns what a clinician wrote into phrases. What stands at a place of many phrases is worked out once."""

    def __init__(self, normaliser: Normaliser) -> None:
        self._normaliser = normaliser
        self._keys: dict[str, list[str]] = {}
        self._places: dict[str, list[tuple[Element, ...]]] = {}

    def _alternative(self, written: str) -> list[str]:
        """Return the keys, one for each word, of one alternative ("don't" is two words)."""
        if written.endswith("*"):
            beginning = self._normaliser.spelt(written[:-1].lower())
            self._normaliser.prefixes.add(beginning)
            return [f"{beginning}*"]
        exact = written.endswith("!") and len(written) > 1
        tokens = self._normaliser.tokens(written.rstrip("!") if exact else written)
        return [token.keys[0] if exact else token.keys[1] for token in tokens]

    def _keys_of(self, written: str) -> list[str]:
        found = self._keys.get(written)
        if found is None:
            found = self._keys[written] = self._alternative(written)
        return found

    def _choices(self, part: str) -> list[tuple[Element, ...]]:
        """Return what may stand at one place of a phrase, each a run of elements; empty if it is no word."""
        if part in _GAPS:
            return [(Element(frozenset(), gap=_GAPS[part]),)]
        if part == "#":
            return [(Element(frozenset({"#"})),)]
        optional = part.endswith("?") and len(part) > 1
        choices = part.removesuffix("?" if optional else "").split("/")
        written = [self._keys_of(choice) for choice in choices if choice]
        if not written or not all(written):
            return []
        single = frozenset(keys[0] for keys in written if len(keys) == 1)
        found: list[tuple[Element, ...]] = [(Element(single, optional),)] if single else []
        # "cannot" and "e-mail" are two words: a phrase with one of them among others becomes two phrases.
        found += [tuple(Element(frozenset({key})) for key in keys) for keys in written if len(keys) > 1]
        return found if single or not optional else [*found, ()]

    def _at(self, part: str, text: str) -> list[tuple[Element, ...]]:
        found = self._places.get(part)
        if found is None:
            found = self._places[part] = self._choices(part)
        if not found:
            raise PhraseError(f'"{part}" in "{text}" is no word: write sore, sore!, inflam*, call/ring, very? or ~')
        return found

    def compile(self, text: str) -> list[Phrase]:
        """Turn what a clinician wrote into a phrase (some words make it several); raises PhraseError."""
        places = [self._at(part, text) for part in text.split()]
        if math.prod(map(len, places)) > _MOST_VARIANTS:
            raise PhraseError(f'"{text}" is too many phrases in one: write some of them apart')
        found = []
        for chosen in itertools.product(*places):
            elements = tuple(itertools.chain.from_iterable(chosen))
            if not elements or elements[0].gap or elements[0].optional or elements[-1].gap or elements[-1].optional:
                raise PhraseError(f'"{text}" must begin and end with a word that has to be there')
            if "~" in text and sum(element.gap > 0 for element in elements) > _MOST_GAPS:
                raise PhraseError(f'"{text}" has more than {_MOST_GAPS} gaps: write two phrases instead')
            found.append(Phrase(text, elements))
        if not self._finds_itself(text, found):
            raise PhraseError(f'"{text}" can match nothing: no sentence is read in these words')
        return found

    def _finds_itself(self, text: str, phrases: Sequence[Phrase]) -> bool:
        """Tell whether the words of a phrase, written out, are found by it: they may be read in another form."""
        if "*" in text or not _SPECIAL.search(text):  # a beginning finds at least itself
            return True
        firsts = [part.removesuffix("?").split("/")[0] or part for part in text.split() if part not in _GAPS]
        words = [first.rstrip("*!") or first for first in firsts]
        tokens = self._normaliser.tokens(" ".join("7" if word == "#" else word for word in words))
        return any(phrase.match(tokens, 0) == len(tokens) for phrase in phrases)


def compile_phrase(text: str, normaliser: Normaliser) -> list[Phrase]:
    """Turn one phrase that a clinician wrote into a phrase (some words make it several); raises PhraseError."""
    return Compiler(normaliser).compile(text)
