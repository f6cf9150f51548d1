"""What a patient meets on a page, collected while its main content is walked: blocks, sections, links and words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from patientpages.model import BLANK, CLINIC_MARK, FACT_MARK, Block, BlockKind, Image, Link, Place, Section, Source
from patientpages.read.leads import Leads
from patientpages.read.lines import Locator, line_with
from patientpages.read.visible import (
    Attributes,
    classes_in,
    fold,
    text_of,
)

_SECTION_START, _SECTION_END = re.compile(r"^\s*section: ([\w-]+)\s*$"), "end of section"
_BLANK = re.compile(r"\[(?!\d+\])[^\[\]]*\]")
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_BEGINS = frozenset({"p", "ul", "ol", "table", "h2", "div"})  # behind one of these a box is not the page's answer


@dataclass
class _Open:
    """A section that is being read."""

    id: str
    title: str
    level: int
    automatic: bool
    place: Place
    blocks: list[Block] = field(default_factory=list)

    def close(self) -> Section:
        return Section(self.id, self.title, self.level, self.automatic, self.place, tuple(self.blocks))


class Reader:
    """Walks the main content once, in reading order, and collects blocks, sections, links and words."""

    def __init__(self, source: Source, explicit: frozenset[str]) -> None:
        self.source, self.explicit, self.locator = source, explicit, Locator(source)
        self.leads = Leads()
        self.opening: list[Block] = []
        self.sections: list[_Open] = []
        self.stack: list[_Open] = []
        self.in_short: list[Block] | None = None
        self.links: list[Link] = []
        self.images: list[Image] = []
        self.parts: dict[str, str] = {}
        self.words: list[str] = []
        self._buffer: list[str] = []
        self._typed: list[str] = []
        self._facts: list[str] = []
        self._shared: Place | None = None  # the insert whose text is being read
        self._short = False
        self._begun = False

    def _place(self, text: str) -> Place:
        return self._shared or self.locator.text(text)

    def flush(self, kind: BlockKind, hidden: str) -> None:
        """End a run of text."""
        if not self._buffer:
            return
        seen, written, facts = "".join(self._buffer), "".join(self._typed), tuple(self._facts)
        self._buffer.clear()
        self._typed.clear()
        self._facts.clear()
        text = fold(seen)
        if not text:
            return
        typed = text if written == seen else fold(written)
        lead, row = self.leads.of(kind)
        if typed.startswith("[") and _BLANK.fullmatch(typed):
            hidden = BLANK
        block = Block(kind, text, self._place(typed), hidden, lead, row, typed, facts)
        self.leads.text(kind, text)
        for section in self.stack:
            section.blocks.append(block)
        if not self.stack:
            self.opening.append(block)
        if self._short and self.in_short is not None:
            self.in_short.append(block)

    def heading(self, node: LexborNode, level: int, anchor: str) -> None:
        """Open a section at a heading below the page's title."""
        title = text_of(node)
        place = self._shared or self.locator.anchor(anchor) or self.locator.text(title, move=False)
        while self.stack and self.stack[-1].level >= level:
            self.stack.pop()
        section = _Open(anchor, title, level, bool(anchor) and anchor not in self.explicit, place)
        self.sections.append(section)
        self.stack.append(section)

    def comment(self, text: str, kind: BlockKind, hidden: str) -> None:
        """Follow the marks that the shared-section extension leaves; any other comment is nothing."""
        start = _SECTION_START.match(text)
        if start or text.strip() == _SECTION_END:
            self.flush(kind, hidden)
        if start:
            self._shared = self.locator.insert(start[1])
        elif text.strip() == _SECTION_END:
            self._shared = None

    def enter(self, node: LexborNode, tag: str, attributes: Attributes) -> None:
        """Note what an element is, before its children are read."""
        self.leads.enter(tag)
        if tag in _HEADINGS:
            self.heading(node, int(tag[1]), attributes.get("id") or "")
        elif tag == "a" and "href" in attributes:
            text = text_of(node)
            self.links.append(Link(attributes["href"] or "", text, self._shared or self.locator.text(text, move=False)))
        elif tag == "img":
            alt = (attributes["alt"] or "") if "alt" in attributes else None
            src = attributes.get("src") or ""
            self.images.append(Image(src, alt, self._shared or self._image(src)))
            self.words.append(alt or "")
        if self._begun:
            return
        if self.in_short is None and {"admonition", "in-short"}.issubset(classes_in(attributes)):
            self.in_short, self._short = [], True
        self._begun = tag in _BEGINS

    def _image(self, src: str) -> Place:
        """Return the line that names the picture's file."""
        named = line_with(self.source, src.rsplit("/", 1)[-1])
        return named or Place(self.source.path, self.source.body_line, exact=False)

    def leave(self, tag: str, attributes: Attributes) -> None:
        """Note that an element has ended."""
        if self._short and "in-short" in classes_in(attributes):
            self._short = False
        self.leads.leave(tag)

    def text(self, text: str) -> None:
        """Take in visible text."""
        self.words.append(text)
        if self._buffer or not text.isspace():  # what a run begins with is stripped anyway
            self._buffer.append(text)
            self._typed.append(text)

    def fact(self, node: LexborNode, name: str) -> None:
        """Take in a fact: its words are words of the page, and nobody typed them."""
        text = text_of(node)
        self._buffer.append(text)
        self._typed.append(FACT_MARK)
        self._facts.append(name)
        self.words.append(text)

    def clinic_value(self, node: LexborNode, name: str) -> None:
        """Take in a value of the clinic: it counts by its name, so that a new phone changes no words."""
        self._put_in(node, text_of(node), f"{{{name}}}")

    def from_data(self, node: LexborNode) -> None:
        """Take in an entry of the list of sources: its words are words of the page, and nobody typed them."""
        text = text_of(node)
        self._put_in(node, text, text)

    def _put_in(self, node: LexborNode, text: str, words: str) -> None:
        self._buffer.append(text)
        self._typed.append(CLINIC_MARK)
        self.words.append(words)
        only = node.child
        if only is None or (only.is_text_node and only.next is None):
            return  # no link, as in most
        for link in node.css("a[href]"):
            self.enter(link, "a", link.attributes)

    def marked(self, node: LexborNode, attributes: Attributes) -> bool:
        """Take in an element that a template or an insert has marked; tell whether it was one."""
        if (part := attributes.get("data-part")) is not None:
            self.parts[part] = self.parts.get(part, "") + " " + text_of(node)
        elif (fact := attributes.get("data-fact")) is not None:
            self.fact(node, fact)
        elif attributes.get("data-source") is not None:
            self.from_data(node)
        elif (value := attributes.get("data-clinic")) is not None:
            self.clinic_value(node, value)
        else:
            return False
        return True
