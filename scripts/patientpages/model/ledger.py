"""What was ever published: addresses that must answer for ever, and where each leads now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from patientpages.model.findings import Place

# The first five are promises, the next four tell what became of one, the others what was published and why. short is
# go/<topic>/, code what a QR code opens, handout a leaflet (PDF).
EntryKind = Literal[
    "page", "anchor", "short", "code", "handout",
    "moved", "back", "withdrawn", "restored",
    "version", "source", "pictures", "around", "contact", "corrected",
]  # fmt: skip
PROMISES: tuple[EntryKind, ...] = ("page", "anchor", "short")  # those that the site itself answers


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of records/published.yml.

    `address` counts from the site's root: "soreness/", "soreness/#call-us", "go/soreness/"; the home page is "./". Of a
    code it is the full address that was printed, and of the version of a message it is "email:evening". `to` is where
    an address led on that day; of a message's version the addresses that it carries, of a page's which words stood
    under which id, of a page's source its file below docs/<language>/, and
    of a handout the versions that it shows. `text` is the version code, the title of a handout, the name of a
    kept source, a hash over pictures or templates, how the clinic is reached, or the reason of a withdrawal or a
    correction.
    """

    kind: EntryKind
    address: str
    language: str
    on: date
    place: Place
    to: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything on record, oldest first."""

    entries: tuple[Entry, ...] = ()

    def of(self, *kinds: EntryKind) -> tuple[Entry, ...]:
        """Return the entries of some kinds, oldest first."""
        return tuple(entry for entry in self.entries if entry.kind in kinds)


@dataclass(frozen=True, slots=True)
class Claim:
    """A `formerly:`: what stood at the address `old` now stands at `new`."""

    old: str
    new: str
    place: Place


@dataclass(frozen=True, slots=True)
class Served:
    """What the pages, as they are now, would answer.

    `words` are those of every page and section by address; `shorts` gives the section that each short address shows.
    """

    words: Mapping[str, str]
    shorts: Mapping[str, str] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody gets who opens an address: the text itself, the way to it, a notice, or nothing."""

    how: Literal["here", "moved", "withdrawn", "nowhere"]
    to: str = ""  # where the text is now; of what is withdrawn, the address that was
    on: date | None = None  # since when it is withdrawn
    reason: str = ""


TroubleKind = Literal["nowhere", "taken", "swapped", "claimed twice", "withdrawn", "unlike", "unknown"]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A promise that would be broken, or a `formerly:` that cannot be right.

    `other` is the address that matters beside `address`: the likeliest successor, who else claims it, what it leads to.
    """

    kind: TroubleKind
    address: str
    other: str = ""
    alike: float = 0.0  # how much of the old text stands there, 0 to 1
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Promises:
    """Where one language of a site stands with what was promised: the ledger, what is served, what each would answer.

    `used_by` names the messages that carry an address, `orphans` counts the addresses of languages that are gone.
    """

    ledger: Ledger = field(default_factory=Ledger)
    served: Served = field(default_factory=lambda: Served({}))
    answers: Mapping[str, Answer] = field(default_factory=dict)
    troubles: tuple[Trouble, ...] = ()
    used_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    orphans: Mapping[str, int] = field(default_factory=dict)
    unnamed: tuple[str, ...] = ()  # files of words that no line of the ledger names
    first: str = ""  # the language that stood at the root, where another does now


WHOLE, TOP = ".", "top"


@dataclass(frozen=True, slots=True)
class Version:
    """The full words of a page or message as they were published. `carries` are the codes of the pages it leads to."""

    code: str
    address: str
    title: str
    language: str
    on: date
    parts: Mapping[str, tuple[str, ...]]  # sentences: of the WHOLE text, of its TOP, and of each section, `#anchor`
    carries: Mapping[str, str] = field(default_factory=dict)  # address -> code
