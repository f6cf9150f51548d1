"""All phrases of a language, compiled: concepts, guards, and for each statement its ways of being said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from patientpages.model import Place
from patientpages.said.phrases import Phrase
from patientpages.said.tokens import Normaliser, Token

# Concepts with a meaning of their own for the engine (phrases.yml, "guards").
GUARDS = ("deny", "deny-back", "not-denial", "break", "reject", "claim", "author", "other", "own", "asks", "asked-list",
          "quoting", "goes-on", "takes-back")  # fmt: skip
Span = tuple[int, int]
_DIGIT = re.compile(r"\d")
Hits = dict[str, list[Span]]


@dataclass(frozen=True, slots=True)
class Way:
    """Concepts that say a thing when they stand within so many sentences, none of `never` beside them."""

    all: tuple[str, ...]
    within: int
    never: tuple[str, ...]
    place: Place

    @property
    def text(self) -> str:
        """The way as it is shown to a person."""
        return " + ".join(name.rsplit("/", 1)[-1] for name in self.all)


@dataclass(frozen=True, slots=True)
class StatementPhrases:
    """How one statement is said: ways for each part, ways of its opposite, and examples of both kinds."""

    say: str
    parts: Mapping[str, tuple[Way, ...]]
    opposite: tuple[Way, ...]
    says: tuple[tuple[str, Place], ...]
    says_not: tuple[tuple[str, Place], ...]
    place: Place


class _Text:
    """The tokens of a sentence, where in it each key stands, and where each concept that topics share."""

    __slots__ = ("positions", "shared", "tokens")

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.shared: Hits = {}
        self.positions: dict[str, list[int]] = {}
        for index, token in enumerate(tokens):
            for key in token.keys:
                self.positions.setdefault(key, []).append(index)


class _Index:
    """Finds some concepts in a sentence in one pass.

    Each phrase waits at its rarest word; it is tried only where all of its words are in the sentence.
    """

    def __init__(self, concepts: Mapping[str, Sequence[Phrase]], common: Mapping[str, int]) -> None:
        self._waiting: dict[str, list[tuple[str, Phrase, tuple[frozenset[str], ...]]]] = {}
        for name, phrases in concepts.items():
            for phrase in phrases:
                needed = [e.keys for e in phrase.elements if not e.gap and not e.optional]
                rarest = min(needed, key=lambda keys: sum(common[key] for key in keys))
                others = tuple(
                    sorted((k for k in needed if k is not rarest), key=lambda k: sum(common[key] for key in k))
                )
                for key in rarest:
                    self._waiting.setdefault(key, []).append((name, phrase, others))

    def find(self, text: _Text) -> Hits:
        """Return where each concept stands."""
        hits: dict[str, set[Span]] = {}
        present = text.positions.keys()
        for key in present & self._waiting.keys():
            for name, phrase, others in self._waiting[key]:
                for keys in others:
                    if keys.isdisjoint(present):
                        break
                else:
                    for first in phrase.first & present:
                        for start in text.positions[first]:
                            end = phrase.match(text.tokens, start)
                            if end:
                                hits.setdefault(name, set()).add((start, end))
        return {name: sorted(spans) for name, spans in hits.items()}


@dataclass
class Phrasebook:
    """The phrases of a language."""

    normaliser: Normaliser
    emergency: str = ""  # the number that stands in phrases for the emergency number of any country
    concepts: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    statements: dict[tuple[str, str], StatementPhrases] = field(default_factory=dict)
    swaps: list[tuple[str, str, str, str]] = field(default_factory=list)  # topic, statement, what is replaced, by what
    _indexes: dict[str, _Index] = field(default_factory=dict)
    rules: tuple[Any, ...] = ()  # of claims (Rule, which knows this module)
    remembered: dict[str, dict[Any, Any]] = field(default_factory=dict)  # what a judge has worked out of sentences
    _texts: dict[str, _Text] = field(default_factory=dict)
    _clinics: dict[tuple[str, ...], Phrasebook] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, object]:
        """Leave out what was remembered of sentences."""
        return vars(self) | {"_texts": {}, "remembered": {}, "_indexes": {}, "_clinics": {}}

    def add(self, name: str, phrases: Sequence[Phrase], place: Place) -> None:
        """Add a concept."""
        self.concepts[name] = tuple(phrases)
        self.places[name] = place

    def for_clinic(self, numbers: Iterable[str]) -> Phrasebook:
        """Return the same phrases for a clinic whose emergency numbers these are; the last one is kept.

        What is remembered of sentences depends on those numbers: it goes with them.
        """
        key = tuple(numbers)
        if key not in self._clinics:
            before = next(iter(self._clinics.values()), self)
            self._clinics.clear()
            normaliser = self.normaliser.reading(key, self.emergency)
            texts, remembered = before._without_digits()
            self._clinics[key] = replace(
                self, normaliser=normaliser, _texts=texts, remembered=remembered, _clinics={}, _indexes=before._indexes
            )
        return self._clinics[key]

    def _without_digits(self) -> tuple[dict[str, _Text], dict[str, dict[Any, Any]]]:
        """Return what is remembered of sentences without a figure: no number to call changes how they are read."""

        def same(text: str) -> bool:
            return _DIGIT.search(text) is None

        texts = {text: read for text, read in self._texts.items() if same(text)}
        remembered = {
            name: {key: value for key, value in known.items() if same(key if isinstance(key, str) else key[-1])}
            for name, known in self.remembered.items()
        }
        return texts, remembered

    @cached_property
    def _common(self) -> Counter[str]:
        """How often each word stands in phrases: what is common there is common in sentences."""
        return Counter(key for phrases in self.concepts.values() for p in phrases for e in p.elements for key in e.keys)

    def used_by(self, topic: str) -> set[str]:
        """Return the concepts that the ways of a topic ask for, and the guards."""
        ways = [
            way
            for (of, _), phrases in self.statements.items()
            if of == topic
            for way in (*phrases.opposite, *(way for ways in phrases.parts.values() for way in ways))
        ]
        if topic == "claims":
            return {name for name in self.concepts if name.startswith("claims/")}
        return {*GUARDS, *(name for way in ways for name in (*way.all, *way.never))} & self.concepts.keys()

    def find(self, topic: str, text: str) -> tuple[list[Token], Hits]:
        """Return the tokens of a sentence, and where in it each concept of a topic stands."""
        read = self._texts.get(text)
        if read is None:
            read = self._texts[text] = _Text(self.normaliser.tokens(text))
            read.shared = self._index_of("").find(read)
        return read.tokens, read.shared | self._index_of(topic).find(read)

    def _index_of(self, topic: str) -> _Index:
        """Return the index of a topic's own concepts that its ways ask for, or ("") of those that topics share."""
        index = self._indexes.get(topic)
        if index is None:
            own = self.used_by(topic) if topic else self.concepts.keys()
            chosen = {name: self.concepts[name] for name in own if ("/" in name) == bool(topic)}
            index = self._indexes[topic] = _Index(chosen, self._common)
        return index
