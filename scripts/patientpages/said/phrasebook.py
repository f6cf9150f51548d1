"""All phrases of a language, compiled: concepts, guards, and for each statement its ways of being said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from patientpages.said.index import Hits, Index, Weights, index_of
from patientpages.said.parts import Parts
from patientpages.said.phrases import Compiler, Phrase
from patientpages.said.sense import Sentence
from patientpages.said.tokens import Normaliser, Token
from patientpages.said.ways import GUARDS, StatementPhrases

_DIGIT = re.compile(r"\d")
_MOST = 6_000  # sentences that are remembered: some 30 MB
_CLAIMS = "claims"
_NONE = Index({})
Swap = tuple[str, str, str, str]  # topic, statement, what is replaced, by what


class Concepts(Mapping[str, tuple[Phrase, ...]]):
    """The phrases of each concept. Indexes hold them ready to be found: these are for whoever wants to show them."""

    def __init__(
        self,
        texts: Mapping[str, Sequence[str]],
        normaliser: Normaliser,
        known: Mapping[str, tuple[Phrase, ...]] | None = None,
    ) -> None:
        self.texts, self._compiler = texts, Compiler(normaliser)
        self._known = dict(known or {})

    def __getitem__(self, name: str) -> tuple[Phrase, ...]:
        found = self._known.get(name)
        if found is None:
            texts = self.texts[name]
            found = self._known[name] = tuple(phrase for text in texts for phrase in self._compiler.compile(text))
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


class Phrasebook:
    """The phrases of a language, for any clinic, or for one whose emergency `numbers` are known.

    `emergency` is the number that stands in phrases for the emergency number of any country.
    """

    def __init__(self, parts: Parts, emergency: str, swaps: Sequence[Swap], numbers: tuple[str, ...] | None = None):
        self.emergency, self.swaps, self.parts = emergency, tuple(swaps), parts
        self._numbers = numbers
        self._sentences: dict[str, Sentence] = {}
        self._indexes: dict[str, Index] = {}
        self._clinic: Phrasebook | None = None

    @cached_property
    def normaliser(self) -> Normaliser:
        """What turns a text into tokens."""
        found: Normaliser = self.parts.get("normaliser")
        return found if self._numbers is None else found.reading(self._numbers, self.emergency)

    @cached_property
    def concepts(self) -> Concepts:
        """The phrases of each concept."""
        known: Concepts | None = self.parts.get("concepts")
        return known or Concepts(self.parts.get("texts"), self.parts.get("normaliser"))

    @cached_property
    def statements(self) -> dict[tuple[str, str], StatementPhrases]:
        """How each statement is said, by topic and statement."""
        found: dict[tuple[str, str], StatementPhrases] = self.parts.get("statements")
        return found

    @cached_property
    def rules(self) -> tuple[Any, ...]:
        """The rules of claims (Rule, which knows this module)."""
        found: tuple[Any, ...] = self.parts.get("rules")
        return found

    def for_clinic(self, numbers: Iterable[str]) -> Phrasebook:
        """Return the same phrases for a clinic whose emergency numbers these are; the last one is kept.

        What is remembered of sentences depends on those numbers: without a figure in it, a sentence reads the same.
        """
        asked = tuple(numbers)
        before = self._clinic or self
        if before._numbers != asked:
            self._clinic = Phrasebook(self.parts, self.emergency, self.swaps, asked)
            same = {text: known for text, known in before._sentences.items() if _DIGIT.search(text) is None}
            self._clinic._sentences = same
            return self._clinic
        return before

    def used_by(self, topic: str) -> set[str]:
        """Return the concepts that the ways of a topic ask for, and the guards."""
        if topic == _CLAIMS:
            return {name for name in self.concepts if name.startswith(f"{_CLAIMS}/")}
        found = {*GUARDS}
        for (of, _), phrases in self.statements.items():
            if of == topic:
                for way in (*phrases.opposite, *(way for ways in phrases.parts.values() for way in ways)):
                    found.update(way.all, way.never)
        return found & self.concepts.keys()

    def sentence(self, text: str) -> Sentence:
        """Return what a sentence holds. The last sentences are remembered: a section is read for many topics."""
        found = self._sentences.get(text)
        if found is None:
            if len(self._sentences) >= _MOST:
                self._sentences.clear()
            found = self._sentences[text] = Sentence(self.normaliser.tokens(text), self.index(""))
        return found

    def find(self, topic: str, text: str) -> tuple[Sequence[Token], Hits]:
        """Return the tokens of a sentence, and where in it each concept of a topic stands."""
        sentence = self.sentence(text)
        return sentence.words.tokens, sentence.sense(topic, self.index(topic)).hits

    def index(self, topic: str) -> Index:
        """Return the index of a topic's own concepts that its ways ask for, or ("") of those that topics share."""
        found = self._indexes.get(topic)
        if found is None:
            found = self._indexes[topic] = self.parts.get(f"index:{topic}") or self._made(topic)
        return found

    def _made(self, topic: str) -> Index:
        chosen = sorted(n for n in (self.used_by(topic) if topic else self.concepts) if ("/" in n) == bool(topic))
        if not chosen:  # no topic, or one without phrases: a site has many such sections
            return _NONE
        made = index_of({name: self.concepts[name] for name in chosen}, self._weights)
        self.parts.put(f"index:{topic}", made)
        return made

    @cached_property
    def _weights(self) -> Weights:
        """How common each word is in the examples: a phrase waits at its rarest word."""
        said = (text for phrases in (*self.statements.values(), *self.rules)
                for text, _ in (*phrases.says, *phrases.says_not))  # fmt: skip
        return Weights(self.normaliser.tokens(text) for text in said)

    def packed(self) -> tuple[str, tuple[Swap, ...], dict[str, bytes]]:
        """Return all of it as it is kept, every index ready."""
        for topic in ("", _CLAIMS, *dict.fromkeys(topic for topic, _ in self.statements)):
            self.index(topic)
        return self.emergency, self.swaps, {n: data for n, data in self.parts.packed().items() if n != "concepts"}
