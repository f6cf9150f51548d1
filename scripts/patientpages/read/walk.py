"""Walk the main content of a built page once, in reading order, and collect what a patient meets there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from patientpages.model import BLANK, CLINIC_MARK, FACT_MARK, Block, BlockKind, Image, Link, Place, Section, Source
from patientpages.read.leads import Leads
from patientpages.read.lines import Locator
from patientpages.read.visible import BLOCKS, classes_of, fold, hidden_because, is_skipped, kind_inside, text_of

_SECTION_START, _SECTION_END = re.compile(r"^\s*section: ([\w-]+)\s*$"), "end of section"
_BLANK = re.compile(r"\[(?!\d+\])[^\[\]]*\]")


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
        text, typed, facts = fold("".join(self._buffer)), fold("".join(self._typed)), tuple(self._facts)
        self._buffer.clear()
        self._typed.clear()
        self._facts.clear()
        if not text:
            return
        lead, row = self.leads.of(kind)
        if _BLANK.fullmatch(typed):
            hidden = BLANK
        block = Block(kind, text, self._place(typed), hidden, lead, row, typed, facts)
        self.leads.text(kind, text)
        for section in self.stack:
            section.blocks.append(block)
        if not self.stack:
            self.opening.append(block)
        if self._short and self.in_short is not None:
            self.in_short.append(block)

    def heading(self, node: LexborNode) -> None:
        """Open a section at a heading below the page's title."""
        level = int((node.tag or "h1")[1])
        title = text_of(node)
        anchor = node.attributes.get("id") or ""
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

    def enter(self, node: LexborNode) -> None:
        """Note what an element is, before its children are read."""
        tag, attributes = node.tag or "", node.attributes
        self.leads.enter(tag)
        if tag in ("h2", "h3", "h4", "h5", "h6"):
            self.heading(node)
        if tag == "a" and "href" in attributes:
            text = text_of(node)
            self.links.append(Link(attributes["href"] or "", text, self._shared or self.locator.text(text, move=False)))
        if tag == "img":
            alt = attributes.get("alt") if "alt" in attributes else None
            src = attributes.get("src") or ""
            self.images.append(
                Image(src, "" if "alt" in attributes and alt is None else alt, self._shared or self._image(src))
            )
            self.words.append(alt or "")
        if (
            "admonition" in classes_of(node)
            and "in-short" in classes_of(node)
            and self.in_short is None
            and not self._begun
        ):
            self.in_short, self._short = [], True
        self._begun = self._begun or tag in ("p", "ul", "ol", "table", "h2", "div")

    def _image(self, src: str) -> Place:
        """Return the line that names the picture's file."""
        name = src.rsplit("/", 1)[-1]
        for number, line in enumerate(self.source.text.split("\n"), 1):
            if name and name in line:
                return Place(self.source.path, number)
        return Place(self.source.path, self.source.body_line, exact=False)

    def leave(self, node: LexborNode) -> None:
        """Note that an element has ended."""
        if "in-short" in classes_of(node):
            self._short = False
        self.leads.leave(node.tag or "")

    def text(self, text: str) -> None:
        """Take in visible text."""
        self._buffer.append(text)
        self._typed.append(text)
        self.words.append(text)

    def fact(self, node: LexborNode, name: str) -> None:
        """Take in a fact: its words are words of the page, and nobody typed them."""
        text = text_of(node)
        self._buffer.append(text)
        self._typed.append(FACT_MARK)
        self._facts.append(name)
        self.words.append(text)

    def clinic_value(self, node: LexborNode, name: str) -> None:
        """Take in a value of the clinic: it counts by its name, so that a new phone changes no words."""
        self._buffer.append(text_of(node))
        self._typed.append(CLINIC_MARK)
        self.words.append(f"{{{name}}}")
        for link in node.css("a[href]"):
            self.enter(link)

    def marked(self, node: LexborNode) -> bool:
        """Take in an element that a template or an insert has marked; tell whether it was one."""
        attributes = node.attributes
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

    def from_data(self, node: LexborNode) -> None:
        """Take in an entry of the list of sources: its words are words of the page, and nobody typed them."""
        text = text_of(node)
        self._buffer.append(text)
        self._typed.append(CLINIC_MARK)
        self.words.append(text)
        for link in node.css("a[href]"):
            self.enter(link)


def walk(root: LexborNode, reader: Reader) -> None:
    """Visit the content in reading order; a stack of our own, since hostile nesting may be 10,000 deep."""
    stack: list[tuple[LexborNode, BlockKind, str, bool]] = [(root, "paragraph", "", False)]
    while stack:
        node, kind, hidden, leaving = stack.pop()
        tag = node.tag or ""
        if leaving:
            if tag in BLOCKS:
                reader.flush(kind, hidden)
                reader.words.append("\n")
            reader.leave(node)
            continue
        if node.is_text_node:
            reader.text(node.text(deep=False))
        elif node.is_comment_node:
            reader.comment(node.comment_content or "", kind, hidden)
        elif tag == "br":
            reader.text(" ")
        elif reader.marked(node):
            pass
        elif not is_skipped(node):
            if tag in BLOCKS:
                reader.flush(kind, hidden)
                reader.words.append("\n")
            reader.enter(node)
            inner = kind_inside(node, kind)
            concealed = hidden or hidden_because(node)
            if tag == "summary":
                concealed = hidden if concealed.startswith("it stands in a box") else concealed
            stack.append((node, inner, concealed, True))
            children = list(node.iter(include_text=True))
            stack.extend((child, inner, concealed, False) for child in reversed(children))
    reader.flush("paragraph", "")
