"""topics.yml: the topics, their statements and homes, and the kinds of page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from patientpages.model import Kind, Part, Place, Statement, Topic
from patientpages.yamlfile import Map, Mistakes, near

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def identifier(data: Map, seen: dict[str, Place], what: str) -> str:
    """Read an `id` that must be lower case with hyphens, and stand once."""
    name = data.text("id", example="id: soreness")
    if name and not _ID.fullmatch(name):
        data.mistakes.add(
            data.place_of("id"),
            f'"{name}" cannot be the id of a {what}',
            "Small letters, digits and hyphens: id: sore-spot",
        )
    if name in seen:
        data.mistakes.add(
            data.place_of("id"),
            f'the {what} "{name}" stands twice: it is already on line {seen[name].line}',
            "Give one of them another id, or remove it.",
        )
    elif name:
        seen[name] = data.place_of("id")
    return name


def _parts(data: Map | None) -> tuple[Part, ...]:
    if data is None:
        return ()
    parts = []
    for name in data:
        if data.is_group(name):
            ways = data.group(name)
            assert ways is not None
            texts = ways.texts("any", required=True)
            ways.close()
        else:
            texts = (data.text(name),)
        parts.append(Part(name, texts))
    return tuple(parts)


def _statement(data: Map, seen: dict[str, Place]) -> Statement:
    name = identifier(data, seen, "statement")
    parts = _parts(data.group("parts"))
    at_least = data.whole("at_least", required=False)
    if at_least is not None and not 1 <= at_least <= len(parts):
        data.mistakes.add(
            data.place_of("at_least"), f"at_least is {at_least}, and there are {len(parts)} parts", "at_least: 2"
        )
    statement = Statement(
        name,
        data.text("tells", example="tells: it usually goes within three days"),
        parts,
        at_least,
        data.flag("optional"),
        data.flag("unknown"),
        data.place,
    )
    data.close()
    return statement


def read_topic(data: Map, seen: dict[str, Place], *, home: bool = True) -> Topic:
    """Read a topic; that of messages has no `home` among the pages."""
    name = identifier(data, seen, "topic")
    statements: list[Statement] = []
    ids: dict[str, Place] = {}
    for entry in data.maps("statements"):
        statements.append(_statement(entry, ids))
    page = data.text("home", example="home: soreness") if home else ""
    topic = Topic(
        name,
        data.text("question", example="question: Will I be sore afterwards?"),
        data.text("why", example="why: One sentence: why a patient needs to be told this."),
        page,
        tuple(statements),
        data.place,
    )
    if not any(not s.optional for s in statements):
        data.mistakes.add(data.place, f'the topic "{name}" has no required statement', "Give it at least one.")
    data.close()
    return topic


def _kind(name: str, data: Map) -> Kind:
    kind = Kind(
        name,
        data.texts("pages", required=True),
        data.texts("full"),
        data.texts("short"),
        data.texts("links"),
        data.texts("sections"),
        data.whole("entries", required=False) or 0,
        data.whole("words", required=False),
        data.whole("grade", required=False),
        data.choice("urgent", ("line", "card")),
        data.place_of("pages"),
    )
    data.close()
    if not (kind.full or kind.short or kind.links or kind.sections or kind.entries):
        data.mistakes.add(
            data.place,
            f'the kind "{name}" asks nothing of its pages',
            "Give it full, short, links, sections or entries.",
        )
    return kind


def _unknown_topics(kind: Kind, topics: Iterable[str], mistakes: Mistakes) -> None:
    for asked in (*kind.full, *kind.short):
        if asked not in topics:
            mistakes.add(
                kind.place,
                f'the kind "{kind.id}" asks for the topic "{asked}", which is not in the list.'
                + near(asked, list(topics)),
                "Add the topic, or correct its id.",
            )


def _homes(topics: dict[str, Topic], kinds: dict[str, Kind], mistakes: Mistakes) -> None:
    """Hold that each topic has one home, a page of a kind that covers the topic in full."""
    kind_of: dict[str, Kind] = {}
    for kind in kinds.values():
        for page in kind.pages:
            if page in kind_of:
                mistakes.add(
                    kind.place,
                    f'the page "{page}" is of two kinds: {kind_of[page].id} and {kind.id}',
                    "A page has one kind.",
                )
            kind_of.setdefault(page, kind)
    for topic in topics.values():
        if not topic.home:
            continue
        if topic.home not in kind_of:
            mistakes.add(
                topic.place,
                f'the home of "{topic.id}", "{topic.home}", is a page of no kind.' + near(topic.home, list(kind_of)),
                "Name a page that stands in the pages of a kind.",
            )
        elif topic.id not in kind_of[topic.home].full:
            mistakes.add(
                topic.place,
                f'the home of "{topic.id}" is the page "{topic.home}", whose kind '
                f'"{kind_of[topic.home].id}" does not cover it in full',
                f"Add {topic.id} to its full list.",
            )


def read_topics(data: Map | None, mistakes: Mistakes) -> tuple[dict[str, Topic], dict[str, Kind]]:
    """Return topics and kinds by id."""
    if data is None:
        return {}, {}
    seen: dict[str, Place] = {}
    topics = {topic.id: topic for topic in [read_topic(entry, seen) for entry in data.maps("topics")]}
    kinds: dict[str, Kind] = {}
    groups = data.group("kinds")
    if groups is not None:
        for name in groups:
            entry = groups.group(name)
            if entry is not None:
                kinds[name] = _kind(name, entry)
                _unknown_topics(kinds[name], topics, mistakes)
    data.close()
    _homes(topics, kinds, mistakes)
    asked = {topic for kind in kinds.values() for topic in (*kind.full, *kind.short)}
    for topic in topics.values():
        if topic.id not in asked:
            mistakes.add(
                topic.place, f'no kind of page asks for the topic "{topic.id}"', "Add it to a kind, or remove it."
            )
    return topics, kinds
