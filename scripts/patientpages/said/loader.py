"""Collects what the files of a language say, and compiles its concepts when all are known."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from patientpages.model import Place
from patientpages.progress import doing
from patientpages.said.parts import Parts
from patientpages.said.phrasebook import Concepts, Phrasebook, Swap
from patientpages.said.phrases import Compiler, Phrase, PhraseError
from patientpages.said.rules import Rule
from patientpages.said.tokens import Normaliser
from patientpages.said.ways import StatementPhrases, Way
from patientpages.yamlfile import Map, Mistakes, lists, near

_OFTEN = 50  # concepts between two words on how far it is
_WINDOW = 2  # sentences: wider windows say more than was written (precision falls), narrower ones miss lists


def note_concepts(group: Map | None, prefix: str, raw: dict[str, tuple[tuple[str, ...], Place]]) -> None:
    """Note the phrases of each concept, to be compiled when all are known."""
    for name in group or ():
        if group is not None:
            raw[prefix + name] = group.texts(name, required=True), group.place_of(name)


def _resolve(name: str, prefix: str, raw: Mapping[str, object]) -> str:
    """Return the full name of a concept: the topic's own first, then the shared one ("" if there is none)."""
    return prefix + name if prefix + name in raw else name if name in raw else ""


class Loader:
    """What was read of the files of a language so far."""

    def __init__(self, mistakes: Mistakes) -> None:
        self.mistakes = mistakes
        self.raw: dict[str, tuple[tuple[str, ...], Place]] = {}
        self.normaliser = Normaliser("english", {}, {}, {}, {}, frozenset())
        self.emergency = ""
        self.swaps: list[Swap] = []
        self.statements: dict[tuple[str, str], StatementPhrases] = {}
        self.rules: tuple[Rule, ...] = ()
        self.concepts = Concepts({}, self.normaliser)
        self.used: set[str] = set()

    @property
    def book(self) -> Phrasebook:
        """All that was read."""
        parts = Parts()
        for name in ("normaliser", "concepts", "statements", "rules"):
            parts.put(name, getattr(self, name))
        parts.put("texts", self.concepts.texts)
        return Phrasebook(parts, self.emergency, self.swaps)

    def _texts(self, name: str, prefix: str, seen: tuple[str, ...] = ()) -> list[str]:
        """Return the phrases of a concept, those of the concepts that it takes in (`@other`) among them."""
        texts: list[str] = []
        for text in self.raw[name][0]:
            if not text.startswith("@"):
                texts.append(text)
                continue
            other = _resolve(text[1:], prefix, self.raw)
            if not other or other in seen:
                self.mistakes.add(self.raw[name][1], f'"{name}" takes in "{text}", which is not a concept')
                continue
            self.used.add(other)
            texts += self._texts(other, other.rpartition("/")[0] + "/" if "/" in other else "", (*seen, name))
        return texts

    def compile(self) -> None:
        """Compile all concepts, longest beginnings known first."""
        compiler, texts = Compiler(self.normaliser), {}
        known: dict[str, tuple[Phrase, ...]] = {}
        for number, (name, (_, place)) in enumerate(self.raw.items(), 1):
            if number % _OFTEN == 0:
                doing("compiling phrases, kept for the next time:", number, len(self.raw))
            found: dict[str, list[Phrase]] = {}
            prefix = name.rpartition("/")[0] + "/" if "/" in name else ""
            for text in dict.fromkeys(self._texts(name, prefix)):
                try:
                    found[text] = compiler.compile(text)
                except PhraseError as error:
                    self.mistakes.add(place, f"{error}", "See the phrase language in README.")
            texts[name], known[name] = tuple(found), tuple(chain.from_iterable(found.values()))
        # Keys of words depend on the beginnings that phrases ask for.
        self.normaliser.ready(key for phrases in known.values() for p in phrases for e in p.elements for key in e.keys)
        self.concepts = Concepts(texts, self.normaliser, known)

    def ways(self, data: Map, key: str, prefix: str, never: tuple[str, ...] = ()) -> tuple[Way, ...]:
        """Read ways of saying: [concept, concept], or {all: [...], within: 1, never: [...]}."""
        found = []
        for entry, place in lists(data, key):
            if isinstance(entry, Map):
                names, within = entry.texts("all", required=True), entry.whole("within", required=False) or _WINDOW
                shut = (*entry.texts("never"), *never)
                entry.close()
            else:
                names, within, shut = entry, _WINDOW, never
            full = tuple(self._concept(name, prefix, place) for name in names)
            found.append(Way(full, within, tuple(self._concept(name, prefix, place) for name in shut), place))
        return tuple(found)

    def _concept(self, name: str, prefix: str, place: Place) -> str:
        full = _resolve(name, prefix, self.raw)
        if not full:
            known = [n.rsplit("/", 1)[-1] for n in self.raw if "/" not in n or n.startswith(prefix)]
            self.mistakes.add(place, f'"{name}" is not a concept.{near(name, known)}', "Add it under concepts.")
        self.used.add(full)
        return full
