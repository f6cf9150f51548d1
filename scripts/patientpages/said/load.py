"""standard/<lang>/phrases.yml and phrases/*.yml -> Phrasebook; every mistake at once, with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import snowballstemmer

from patientpages.model import Place, Topic
from patientpages.said.loader import Loader, note_concepts
from patientpages.said.phrasebook import Phrasebook
from patientpages.said.rules import PREFIX, read_rules
from patientpages.said.tokens import Normaliser
from patientpages.said.ways import GUARDS, StatementPhrases
from patientpages.yamlfile import Map, Mistakes, load, near


def _pairs(group: Map | None) -> dict[str, str]:
    return {key: group.text(key) for key in group} if group else {}


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
    loader = Loader(mistakes)
    data = load(folder / "phrases.yml", f"{shown}/phrases.yml", mistakes, "the list of phrases")
    if data is None:
        return loader.book
    data.whole("version")
    spelling, numbers, contractions, endings = (
        _pairs(data.group(name)) for name in ("spelling", "numbers", "contractions", "endings")
    )
    denials = frozenset(data.texts("denials", required=True))
    loader.normaliser = Normaliser(_language(data), spelling, numbers, contractions, endings, denials)
    loader.emergency = data.text("emergency", example='emergency: "999"')
    guards = data.group("guards")
    note_concepts(guards, "", loader.raw)
    for name in GUARDS:
        if name not in loader.raw:
            mistakes.add(data.place, f'the guard "{name}" is missing', f"{name}: [...]")
    note_concepts(data.group("concepts"), "", loader.raw)
    for entry in data.maps("swaps", required=False):
        of, _, statement = entry.text("statement").partition(".")
        if _can_be_looked_for(entry):
            loader.swaps.append((of, statement, entry.text("replace"), entry.text("by")))
        entry.close()
    data.close()
    files: list[tuple[Topic, Map]] = []
    for topic in topics:
        path = folder / "phrases" / f"{topic.id}.yml"
        if not path.exists():
            continue
        own = load(path, f"{shown}/phrases/{topic.id}.yml", mistakes, "the phrases of a topic")
        if own is not None:
            note_concepts(own.group("concepts", required=False), f"{topic.id}/", loader.raw)
            files.append((topic, own))
    claims = _claim_file(folder, shown, loader)
    loader.compile()
    for topic, own in files:
        _topic(topic, own, loader)
    if claims is not None:
        loader.rules = tuple(read_rules(claims, loader.ways, loader.mistakes))
        claims.close()
    return loader.book


def _claim_file(folder: Path, shown: str, loader: Loader) -> Map | None:
    """Read the words of claims.yml, if the language has one, so that they are compiled with all others."""
    path = folder / "claims.yml"
    data = load(path, f"{shown}/claims.yml", loader.mistakes, "the list of claims") if path.exists() else None
    if data is not None:
        data.whole("version")
        note_concepts(data.group("concepts"), PREFIX, loader.raw)
        balance = data.group("balance")
        for name in balance or ():
            entry = balance.group(name) if balance else None
            for key in ("find", "fine", "beside") if entry is not None else ():
                if entry is not None:
                    loader.raw[f"{PREFIX}{name}-{key}"] = entry.texts(key), entry.place_of(key)
    return data


def _topic(topic: Topic, data: Map, loader: Loader) -> None:
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
        loader.statements[topic.id, name] = StatementPhrases(
            entry.text("say"), ways, loader.ways(entry, "opposite", prefix),
            _examples(entry, "says"), _examples(entry, "says-not"), entry.place,
        )  # fmt: skip
        entry.close()
    data.close()
