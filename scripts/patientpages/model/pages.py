"""What patients read: sources, pages and their parts, and a site with all that its checks may look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from patientpages.model.findings import Place
from patientpages.model.standard import Standard, Topic


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that a person has decided to live with, why, and until when.

    With a `statement` (topic.statement) it says that `who` has judged that the page does say it.
    """

    code: str
    reason: str
    until: date
    place: Place
    statement: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Insert:
    """A `{{ kind: name }}` in a source: a fact, a clinic value or a shared section."""

    kind: str
    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class Source:
    """A Markdown file of `docs/<lang>/`. `name` is its path there without `.md`."""

    name: str
    path: str
    text: str
    body_line: int  # the line on which the text after the front matter starts
    title: str
    description: str
    kind: str
    sources: tuple[str, ...]
    waivers: tuple[Waiver, ...]
    inserts: tuple[Insert, ...]
    keys: Mapping[str, Place]  # where each front-matter key stands
    # What stood elsewhere and stands here now: the old address as written, the id of the place here ("" for the page).
    formerly: tuple[tuple[str, str, Place], ...] = ()

    def place_of(self, key: str) -> Place:
        """Return where a front-matter key stands, or the top of the file."""
        return self.keys.get(key, Place(self.path))


BlockKind = Literal[
    "heading",
    "title",
    "paragraph",
    "item",
    "term",
    "definition",
    "cell",
    "header-cell",
    "caption",
    "summary",
    "picture",
    "code",
]


# What stands in Block.typed for a fact or a clinic value that was put in.
FACT_MARK, CLINIC_MARK = "\ufffc", "\ufffb"
# Why a text that stands in [square brackets], all of it, counts as not there.
BLANK = "it is a blank in [square brackets] that is still to be filled in"
# What never says anything by itself: a heading, the title of a box, a term, the words of a picture, code.
NOT_PROSE: frozenset[BlockKind] = frozenset({"heading", "title", "term", "header-cell", "summary", "picture", "code"})


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text as a reader meets it.

    `hidden` says why a patient may not see it ("" if they do). `lead` is what is read before it: the line that
    leads in to its list, its column's header, its term. Cells of one table row share a `row` (0 elsewhere).
    """

    kind: BlockKind
    text: str
    place: Place
    hidden: str = ""
    lead: str = ""
    row: int = 0
    typed: str = ""  # the text with a mark for each fact and clinic value that was put in
    facts: tuple[str, ...] = ()  # the facts that were put in


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and all that stands under it, down to the next heading of its level or above.

    `automatic` is True where the builder made the id up from the heading's words.
    """

    id: str
    title: str
    level: int
    automatic: bool
    place: Place
    blocks: tuple[Block, ...]

    @property
    def prose(self) -> tuple[Block, ...]:
        """The blocks that a patient can see and that are more than headings, titles of boxes, pictures or code."""
        return tuple(b for b in self.blocks if not b.hidden and b.kind not in NOT_PROSE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page's own text or of a template part; `href` as written in the built page."""

    href: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of a page's own text; `alt` is None where the attribute is missing."""

    src: str
    alt: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Page:
    """A source and the built page that a reader gets from it, parsed once, however many checks read it."""

    source: Source
    file: str  # path in the built site
    sections: tuple[Section, ...]
    opening: tuple[Block, ...]  # what stands before the first section
    in_short: tuple[Block, ...] | None
    ids: tuple[str, ...]  # every id of the document, in order, repeats included
    links: tuple[Link, ...]
    images: tuple[Image, ...]
    parts: Mapping[str, str]  # text of each template part, by name
    words: str
    anchors: tuple[str, ...] = ()  # the ids in the writer's own text, which links may name

    def section(self, anchor: str) -> Section | None:
        """Return the section with this anchor, or None."""
        return next((s for s in self.sections if s.id == anchor), None)

    def topics(self, standard: Standard) -> Iterator[tuple[Topic, Section]]:
        """Yield the topics that this page has a section for, with that section."""
        for section in self.sections:
            if section.id in standard.topics:
                yield standard.topics[section.id], section
