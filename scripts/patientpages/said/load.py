"""standard/<lang>/phrases.yml and phrases/*.yml -> Phrasebook; every mistake at once, with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import snowballstemmer

from patientpages.model import Place, Topic
from patientpages.progress import doing
from patientpages.said.phrasebook import GUARDS, Phrasebook, StatementPhrases, Way
from patientpages.said.phrases import Phrase, PhraseError, compile_phrase
from patientpages.said.rules import PREFIX, read_rules
from patientpages.said.tokens import Normaliser
from patientpages.yamlfile import Map, Mistakes, lists, load, near

_OFTEN = 50  # concepts between two words on how far it is
_WINDOW = 2  # sentences: wider windows say more than was written (precision falls), narrower ones miss lists


def _pairs(group: Map | None) -> dict[str, str]:
    return {key: group.text(key) for key in group} if group else {}


def _concepts(group: Map | None, prefix: str, raw: dict[str, tuple[tuple[str, ...], Place]]) -> None:
    """Note the phrases of each concept, to be compiled when all are known."""
    for name in group or ():
        if group is not None:
            raw[prefix + name] = group.texts(name, required=True), group.place_of(name)


def _resolve(name: str, prefix: str, raw: Mapping[str, object]) -> str:
    """Return the full name of a concept: the topic's own first, then the shared one ("" if there is none)."""
    return prefix + name if prefix + name in raw else name if name in raw else ""


class _Loader:
    def __init__(self, mistakes: Mistakes) -> None:
        self.mistakes = mistakes
        self.raw: dict[str, tuple[tuple[str, ...], Place]] = {}
        self.book = Phrasebook(Normaliser("english", {}, {}, {}, {}, frozenset()))
        self.used: set[str] = set()

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
        compiled: dict[str, list[Phrase]] = {}
        for number, (name, (_, place)) in enumerate(self.raw.items(), 1):
            if number % _OFTEN == 0:
                doing("compiling phrases, kept for the next time:", number, len(self.raw))
            compiled[name] = []
            prefix = name.rpartition("/")[0] + "/" if "/" in name else ""
            for text in dict.fromkeys(self._texts(name, prefix)):
                try:
                    compiled[name] += compile_phrase(text, self.book.normaliser)
                except PhraseError as error:
                    self.mistakes.add(place, f"{error}", "See the phrase language in README.")
        self.book.normaliser._known.clear()  # keys of words depend on the beginnings that phrases ask for
        for name, phrases in compiled.items():
            self.book.add(name, phrases, self.raw[name][1])

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


def _examples(data: Map, key: str) -> tuple[tuple[str, Place], ...]:
    return tuple(zip(data.texts(key), data.places(key), strict=False))


def _language(data: Map) -> str:
    """Return the language that words are stemmed in; English where there is no such language."""
    language, known = data.text("language"), snowballstemmer.algorithms()
    if language in known:
        return language
    if language:
        message = f'word endings of "{language}" are not known.{near(language, known)}'
        data.mistakes.add(data.place_of("language"), message, "language: english, or one of: " + ", ".join(known))
    return "english"


def _can_be_looked_for(entry: Map) -> bool:
    """Tell whether what a swap replaces, and what it puts there, are regular expressions."""
    try:
        re.compile(entry.text("replace"), re.IGNORECASE).sub(entry.text("by"), "")
    except (re.error, IndexError, RecursionError, OverflowError) as error:
        entry.mistakes.add(entry.place_of("replace"), f"this cannot be looked for: {error}", 'replace: "call now"')
        return False
    return True


def load_phrases(folder: Path, shown: str, topics: Iterable[Topic], mistakes: Mistakes) -> Phrasebook:
    """Read the phrases of one language for these topics; what is wrong goes to `mistakes`."""
    loader = _Loader(mistakes)
    data = load(folder / "phrases.yml", f"{shown}/phrases.yml", mistakes, "the list of phrases")
    if data is None:
        return loader.book
    data.whole("version")
    spelling, numbers, contractions, endings = (
        _pairs(data.group(name)) for name in ("spelling", "numbers", "contractions", "endings")
    )
    denials = frozenset(data.texts("denials", required=True))
    normaliser = Normaliser(_language(data), spelling, numbers, contractions, endings, denials)
    loader.book = Phrasebook(normaliser, data.text("emergency", example='emergency: "999"'))
    guards = data.group("guards")
    _concepts(guards, "", loader.raw)
    for name in GUARDS:
        if name not in loader.raw:
            mistakes.add(data.place, f'the guard "{name}" is missing', f"{name}: [...]")
    _concepts(data.group("concepts"), "", loader.raw)
    for entry in data.maps("swaps", required=False):
        of, _, statement = entry.text("statement").partition(".")
        if _can_be_looked_for(entry):
            loader.book.swaps.append((of, statement, entry.text("replace"), entry.text("by")))
        entry.close()
    data.close()
    files: list[tuple[Topic, Map]] = []
    for topic in topics:
        path = folder / "phrases" / f"{topic.id}.yml"
        if not path.exists():
            continue
        own = load(path, f"{shown}/phrases/{topic.id}.yml", mistakes, "the phrases of a topic")
        if own is not None:
            _concepts(own.group("concepts", required=False), f"{topic.id}/", loader.raw)
            files.append((topic, own))
    claims = _claim_file(folder, shown, loader)
    loader.compile()
    for topic, own in files:
        _topic(topic, own, loader)
    if claims is not None:
        loader.book.rules = tuple(read_rules(claims, loader.ways, loader.mistakes))
        claims.close()
    return loader.book


def _claim_file(folder: Path, shown: str, loader: _Loader) -> Map | None:
    """Read the words of claims.yml, if the language has one, so that they are compiled with all others."""
    path = folder / "claims.yml"
    data = load(path, f"{shown}/claims.yml", loader.mistakes, "the list of claims") if path.exists() else None
    if data is not None:
        data.whole("version")
        _concepts(data.group("concepts"), PREFIX, loader.raw)
        balance = data.group("balance")
        for name in balance or ():
            entry = balance.group(name) if balance else None
            for key in ("find", "fine", "beside") if entry is not None else ():
                if entry is not None:
                    loader.raw[f"{PREFIX}{name}-{key}"] = entry.texts(key), entry.place_of(key)
    return data


def _topic(topic: Topic, data: Map, loader: _Loader) -> None:
    group = data.group("statements")
    known = {statement.id: statement for statement in topic.statements}
    for name in group or ():
        entry = group.group(name) if group else None
        if entry is None:
            continue
        if name not in known:
            loader.mistakes.add(entry.place, f'"{topic.id}" has no statement "{name}".{near(name, list(known))}', "")
            continue
        parts = entry.group("parts")
        prefix = f"{topic.id}/"
        never = entry.texts("never")
        ways = {part: loader.ways(parts, part, prefix, never) for part in parts or ()} if parts else {}
        for part in known[name].parts:
            if not ways.get(part.id):
                loader.mistakes.add(
                    entry.place, f'the part "{part.id}" of {topic.id}.{name} has no way of being said', ""
                )
        for part_id in ways.keys() - {part.id for part in known[name].parts}:
            loader.mistakes.add(entry.place, f'{topic.id}.{name} has no part "{part_id}"', "")
        loader.book.statements[topic.id, name] = StatementPhrases(
            entry.text("say"), ways, loader.ways(entry, "opposite", prefix),
            _examples(entry, "says"), _examples(entry, "says-not"), entry.place,
        )  # fmt: skip
        entry.close()
    data.close()
