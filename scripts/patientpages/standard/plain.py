"""words.yml of a language: what is hard to read, and plain words for it."""

from __future__ import annotations

from patientpages.model import IndexEntry, PlainWords
from patientpages.yamlfile import Map


def _limits(data: Map, key: str) -> tuple[int, int]:
    """Return a pair of limits, the lower one first."""
    found = data.numbers(key)
    if len(found) != 2 or not 0 < found[0] < found[1]:
        data.mistakes.add(data.place_of(key), f'"{key}" must be two numbers, the lower one first', f"{key}: [20, 30]")
        return 1, 2
    return int(found[0]), int(found[1])


def _pairs(data: Map, key: str) -> dict[str, str]:
    group = data.group(key)
    return {name.lower(): group.text(name) for name in group} if group else {}


def _index(data: Map) -> tuple[IndexEntry, ...]:
    """Return the list from A to Z in its order; whether an address is there is held on the page that shows it."""
    group = data.group("index", required=False)
    entries: list[IndexEntry] = []
    for term in group if group else ():
        line = group.group(term) if group else None
        if line is None:
            continue
        at = tuple((page, anchor) for page, _, anchor in (each.partition("#") for each in line.texts("at")))
        if not at or not all(anchor for _, anchor in at):
            line.mistakes.add(line.place, f'"{term}" leads to no section', f"{term}: {{at: [questions#alcohol]}}")
        if any(entry.term.casefold() == term.casefold() for entry in entries):
            line.mistakes.add(line.place, f'"{term}" stands here twice', "Make one line of the two.")
        entries.append(IndexEntry(term, at, line.texts("also"), line.place))
        line.close()
    return tuple(sorted(entries, key=lambda entry: entry.term.casefold()))


def read_plain(data: Map | None) -> PlainWords | None:
    """Return the words; a limit or a list that is wrong is a mistake with its line."""
    if data is None:
        return None
    data.whole("version")
    spoken = data.group("syllables")
    medical = data.group("medical")
    words = PlainWords(
        {name.lower(): spoken.whole(name) or 1 for name in spoken} if spoken else {},
        tuple(word.lower() for word in data.texts("unavoidable")),
        _limits(data, "sentence_words"),
        data.whole("paragraph_sentences") or 0,
        data.whole("in_short_grade") or 0,
        _pairs(data, "plain"),
        {name.lower(): medical.texts(name, required=True) for name in medical} if medical else {},
        frozenset(text.lower() for text in data.texts("vague_links")),
        frozenset(text.lower() for text in data.texts("empty_headings")),
        data.texts("passive_instructions"),
        data.texts("passive_fine"),
        data.texts("actions", required=True),
        data.texts("known", required=True),
        data.texts("unknown", required=True),
        tuple(word.lower() for word in data.texts("skipped")),
        _index(data),
    )
    data.close()
    return words
