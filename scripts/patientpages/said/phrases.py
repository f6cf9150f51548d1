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


class Phrase(NamedTuple):
    """A phrase that can be looked for."""

    text: str
    elements: tuple[Element, ...]

    @property
    def first(self) -> frozenset[str]:
        """The keys with which a match can begin."""
        return self.elements[0].keys

    def match(self, tokens: Sequence[Token], start: int, at: int = 0) -> int:
        """Return where a match that begins at `start` ends, or 0."""
        position, elements = start, self.elements
        while at < len(elements):
            element = elements[at]
            if element.gap:
                for skip in range(min(element.gap, len(tokens) - position) + 1):
                    if end := self.match(tokens, position + skip, at + 1):
                        return end
                    if position + skip < len(tokens) and tokens[position + skip].denies:
                        return 0
                return 0
            found = position < len(tokens) and not element.keys.isdisjoint(tokens[position].keys)
            if element.optional:
                if found and (end := self.match(tokens, position + 1, at + 1)):
                    return end
            elif found:
                position += 1
            else:
                return 0
            at += 1
        return position


def _alternative(written: str, normaliser: Normaliser) -> list[str]:
    """Return the keys, one for each word, of one alternative ("don't" is two words)."""
    if written.endswith("*"):
        beginning = normaliser.spelt(written[:-1].lower())
        normaliser.prefixes.add(beginning)
        return [f"{beginning}*"]
    exact = written.endswith("!") and len(written) > 1
    tokens = normaliser.tokens(written.rstrip("!") if exact else written)
    return [token.keys[0] if exact else token.keys[1] for token in tokens]


def _choices(part: str, text: str, normaliser: Normaliser) -> list[tuple[Element, ...]]:
    """Return what may stand at one place of a phrase, each a run of elements."""
    if part in _GAPS:
        return [(Element(frozenset(), gap=_GAPS[part]),)]
    if part == "#":
        return [(Element(frozenset({"#"})),)]
    optional = part.endswith("?") and len(part) > 1
    written = [
        _alternative(choice, normaliser) for choice in part.removesuffix("?" if optional else "").split("/") if choice
    ]
    if not written or not all(written):
        raise PhraseError(f'"{part}" in "{text}" is no word: write sore, sore!, inflam*, call/ring, very? or ~')
    single = frozenset(keys[0] for keys in written if len(keys) == 1)
    found: list[tuple[Element, ...]] = [(Element(single, optional),)] if single else []
    # "cannot" and "e-mail" are two words: a phrase with one of them among others becomes two phrases.
    found += [tuple(Element(frozenset({key})) for key in keys) for keys in written if len(keys) > 1]
    return found if single or not optional else [*found, ()]


def compile_phrase(text: str, normaliser: Normaliser) -> list[Phrase]:
    """Turn what a clinician wrote into a phrase (some words make it several); raises PhraseError."""
    places = [_choices(part, text, normaliser) for part in text.split()]
    if math.prod(map(len, places)) > _MOST_VARIANTS:
        raise PhraseError(f'"{text}" is too many phrases in one: write some of them apart')
    found = []
    for chosen in itertools.product(*places):
        elements = tuple(element for run in chosen for element in run)
        if not elements or elements[0].gap or elements[0].optional or elements[-1].gap or elements[-1].optional:
            raise PhraseError(f'"{text}" must begin and end with a word that has to be there')
        if sum(element.gap > 0 for element in elements) > _MOST_GAPS:
            raise PhraseError(f'"{text}" has more than {_MOST_GAPS} gaps: write two phrases instead')
        found.append(Phrase(text, elements))
    if not _finds_itself(text, found, normaliser):
        raise PhraseError(f'"{text}" can match nothing: no sentence is read in these words')
    return found


def _finds_itself(text: str, phrases: Sequence[Phrase], normaliser: Normaliser) -> bool:
    """Tell whether the words of a phrase, written out, are found by it: they may be read in another form."""
    if "*" in text or not _SPECIAL.search(text):  # a beginning finds at least itself
        return True
    firsts = [part.removesuffix("?").split("/")[0] or part for part in text.split() if part not in _GAPS]
    words = [first.rstrip("*!") or first for first in firsts]
    tokens = normaliser.tokens(" ".join("7" if word == "#" else word for word in words))
    return any(phrase.match(tokens, 0) == len(tokens) for phrase in phrases)
