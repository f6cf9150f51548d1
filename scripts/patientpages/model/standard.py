"""What every page is held to (standard/)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from patientpages.model.findings import Place

FactKind = Literal["duration", "share", "score", "count"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a statement; any one of `ways` is enough to have told it."""

    id: str
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a section must tell; `at_least` of its parts are enough (all of them if None)."""

    id: str
    tells: str
    parts: tuple[Part, ...]
    at_least: int | None
    optional: bool
    unknown: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Topic:
    """A patient's question: its id is its anchor, its short link, its column and its key."""

    id: str
    question: str
    why: str
    home: str
    statements: tuple[Statement, ...]
    place: Place

    def required(self, *, short: bool = False) -> tuple[Statement, ...]:
        """Return the statements that must be said: all but the optional, or the first two in the short form."""
        if short:
            return self.statements[:2]
        return tuple(statement for statement in self.statements if not statement.optional)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a page of this kind must have; `pages` are its fixed addresses."""

    id: str
    pages: tuple[str, ...]
    full: tuple[str, ...]
    short: tuple[str, ...]
    links: tuple[str, ...]
    sections: tuple[str, ...]
    entries: int
    words: int | None
    grade: int | None
    urgent: Literal["card", "line"]
    place: Place


@dataclass(frozen=True, slots=True)
class Fact:
    """A number with its unit and sources. `value` has one number, or the low and the high end of a range."""

    id: str
    about: str
    kind: FactKind
    value: tuple[float, ...]
    unit: str
    of: int | None
    also: tuple[tuple[float, ...], str] | None
    sources: tuple[str, ...]
    certainty: str
    place: Place


@dataclass(frozen=True, slots=True)
class Citation:
    """A piece of evidence: what it found, how sure it is, and whether we read it ourselves."""

    key: str
    citation: str
    doi: str
    pmid: str
    url: str
    found: str
    certainty: str
    seen: Literal["first-hand", "second-hand"]
    checked: date
    due: date  # when it must be looked at again
    place: Place


@dataclass(frozen=True, slots=True)
class SameDay:
    """The line to call for help on the same day. Its number never stands without its name."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Emergency:
    """Whom to call in one country, or in one region of it. No numbers where the country is unset."""

    country: str
    numbers: tuple[str, ...]
    department: str
    text_relay: str
    same_day: SameDay | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What makes a figure in one language, what may be typed all the same, and what each fact must stand beside."""

    units: tuple[str, ...]
    words: tuple[str, ...]
    allowed: tuple[str, ...]
    subjects: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Moment:
    """When staff send a message; `links` are the topics or pages that it must lead to."""

    id: str
    when: str
    links: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class MessageRules:
    """What every message must say (statements, as topic.statement) and link to, and how hard and long it may be.

    A link to a topic of `discloses` may stand only in a sentence that begins with one of `for_everybody`.
    """

    topics: Mapping[str, Topic] = field(default_factory=dict)
    moments: tuple[Moment, ...] = ()
    says: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    discloses: tuple[str, ...] = ()
    for_everybody: tuple[str, ...] = ()
    grade: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class Standard:
    """Everything that pages are held to, by id."""

    topics: Mapping[str, Topic]
    kinds: Mapping[str, Kind]
    facts: Mapping[str, Fact]
    citations: Mapping[str, Citation]
    countries: Mapping[str, Mapping[str, Emergency]]  # country -> region ("" for the whole country) -> numbers
    messages: MessageRules = field(default_factory=MessageRules)

    @property
    def judged(self) -> tuple[Topic, ...]:
        """Every topic that has phrases: those of pages, and those of messages."""
        return (*self.topics.values(), *self.messages.topics.values())


def urgent_page(standard: Standard) -> str:
    """Return the name of the page that says when to get help: the page of kind `urgent` ("" if there is none)."""
    kind = standard.kinds.get("urgent")
    return kind.pages[0] if kind and kind.pages else ""
