"""Words of a sentence in a form that can be compared: contractions opened, spellings and numbers made one, stems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import snowballstemmer

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[,;:()!?.\"“”—–/%]")
_LETTER = re.compile(r"[^\W\d_]")
_MOST = 50_000  # words that are remembered: some ten times those of a large site
_LONGEST = 40  # letters of a word that are looked at: a "word" of a million letters must not take a day


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a punctuation mark: its normal form, and the keys under which phrases look for it.

    `asked` are those of the keys that any phrase asks for. A word that `denies` may not be passed over by a gap in
    a phrase.
    """

    form: str
    keys: tuple[str, ...]
    denies: bool = False
    asked: tuple[str, ...] = ()


def _said_twice(tokens: Sequence[Token]) -> bool:
    """Tell whether a number has just been said again in brackets: "three (3)"."""
    if len(tokens) < len(("three", "(", "3", ")")) or tokens[-3].form != "(":
        return False
    return tokens[-4].form == tokens[-2].form and tokens[-2].form.isdigit()


@dataclass
class Normaliser:
    """Turns text into tokens, for one language. Each distinct word is worked out once.

    `prefixes` are the beginnings that phrases ask for with a star, `vocabulary` all keys that they ask for (None
    while they are compiled), `stems` what stemming gave.
    """

    language: str
    spelling: Mapping[str, str]
    numbers: Mapping[str, str]
    contractions: Mapping[str, str]
    endings: Mapping[str, str]
    denials: frozenset[str]
    prefixes: set[str] = field(default_factory=set)
    vocabulary: frozenset[str] | None = None
    stems: dict[str, str] = field(default_factory=dict)
    _known: dict[str, tuple[Token, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._stem = snowballstemmer.stemmer(self.language).stemWord

    def reading(self, others: Iterable[str], number: str) -> Normaliser:
        """Return a normaliser that reads other numbers as this one."""
        return replace(self, numbers={**self.numbers, **dict.fromkeys(others, number)}, _known={})

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in vars(self).items() if name != "_stem"} | {"_known": {}}

    def __setstate__(self, state: dict[str, object]) -> None:
        vars(self).update(state)
        self.__post_init__()

    def spelt(self, word: str) -> str:
        """Return a lower-case word in the one spelling that phrases and texts are compared in."""
        for old, new in self.spelling.items():
            if old in word:
                return word.replace(old, new)
        return word

    def keys_of(self, word: str) -> tuple[str, ...]:
        """Return the keys of a word: its exact form, its stem, "#" for a number, and known beginnings."""
        if not _LETTER.match(word):
            return (f"={word}", word, "#") if word[0].isdigit() else (f"={word}", word)
        starts = tuple(f"{word[:n]}*" for n in range(2, min(len(word), _LONGEST) + 1) if word[:n] in self.prefixes)
        return (f"={word}", self._stem_of(word[:_LONGEST]), *starts)

    def _stem_of(self, word: str) -> str:
        """Return the stem of a word: slow to work out, so it is kept with the phrases."""
        stem = self.stems.get(word)
        if stem is None:
            if len(self.stems) >= _MOST:
                self.stems.clear()
            stem = self.stems[word] = self._stem(word)
        return stem

    def ready(self, vocabulary: Iterable[str]) -> None:
        """All phrases are compiled: from here on only keys that they ask for are looked at."""
        self.vocabulary = frozenset(vocabulary)
        self._known.clear()

    def _tokens_of(self, raw: str) -> tuple[Token, ...]:
        word = raw.lower().replace("’", "'")
        opened = self.contractions.get(word, word)
        if opened == word and "'" in word:
            for ending, full in self.endings.items():
                if word.endswith(ending):
                    opened = f"{word.removesuffix(ending)} {full}"
                    break
        found = []
        for part in opened.replace("'", " ").split():
            form = self.numbers.get(part, self.spelt(part)).replace(",", "") if part != "," else part
            keys = self.keys_of(form)
            asked = keys if self.vocabulary is None else tuple(key for key in keys if key in self.vocabulary)
            found.append(Token(form, keys, form in self.denials, asked))
        return tuple(found)

    def tokens(self, text: str) -> list[Token]:
        """Return the tokens of a text."""
        out: list[Token] = []
        for raw in _TOKEN.findall(text):
            known = self._known.get(raw)
            if known is None:
                if len(self._known) >= _MOST:
                    self._known.clear()
                known = self._known[raw] = self._tokens_of(raw)
            out.extend(known)
            if raw == ")" and _said_twice(out):
                del out[-3:]
        return out
