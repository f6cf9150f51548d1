"""What a leaflet, a card and a notice are put together from: parts of built pages, and what they tell of themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from patientpages.checks.links import target_of
from patientpages.handouts.illustrations import Illustrations
from patientpages.handouts.leads import leads_of, short_of
from patientpages.handouts.paper import Paper
from patientpages.handouts.pieces import pieces_of
from patientpages.handouts.text import Source, breakable
from patientpages.ledger import address_of
from patientpages.model import Page, Piece, Sheet, Standard, Unprintable
from patientpages.outputs import code_svg, typed

# Points. NHS and RNIB guidance on printed information: at least 12, and 16 to 18 in large print.
NORMAL, LARGE = 12, 18
_LETTERS = {NORMAL: 78, LARGE: 50}  # of wide ones, that fit on a line of A4 or Letter
_CODE = 19  # millimetres of a QR code with its white edge: its modules are 0.4 mm for an address of 60 letters


@dataclass(frozen=True, slots=True)
class Made:
    """A handout before it is set.

    `topics` are those that it must tell, with the page that tells them, `shown` the stretches of pages on it, `codes`
    their versions.
    """

    sheet: Sheet
    pages: tuple[Page, ...]
    topics: tuple[tuple[Page, str], ...]
    shown: tuple[str, ...]  # HTML
    codes: tuple[str, ...]
    address: str  # what its QR code opens ("" while there is no website)
    told: tuple[str, ...]  # lines that stand on every page: who checked it, the version code, the address
    troubles: tuple[tuple[Page, Unprintable], ...]


@dataclass(frozen=True)
class Stock:
    """What handouts of a language are made from: `built` are the pages as readers get them, by file."""

    pages: tuple[Page, ...]
    built: Mapping[str, bytes]
    standard: Standard
    codes: Mapping[str, str]  # the version of each page, by file
    paper: Paper

    @cached_property
    def by_name(self) -> dict[str, Page]:
        """The pages by name."""
        return {page.source.name: page for page in self.pages}

    @cached_property
    def trees(self) -> dict[str, LexborHTMLParser]:
        """The built pages by file, parsed."""
        return {page.file: LexborHTMLParser(self.built[page.file].decode()) for page in self.pages}

    def part(self, page: Page, name: str) -> LexborNode | None:
        """Return what a template has put around a page, by the name of the part."""
        return self.trees[page.file].css_first(f'[data-part="{name}"]')

    def address(self, code: str) -> str:
        """Return the full address of a topic or page ("" while there is no website)."""
        topic = self.standard.topics.get(code)
        page = self.by_name.get(topic.home if topic else code)
        if page is None or not self.paper.root:
            return ""
        return self.paper.root + short_of(page.file, code, self.pages, self.standard)


def text(value: str) -> Piece:
    """Return a run of text."""
    return {"t": "text", "v": value}


def paragraph(*inside: Piece) -> Piece:
    """Return a paragraph."""
    return {"t": "p", "c": list(inside)}


def heading(words: str, level: int = 2, anchor: str = "") -> Piece:
    """Return a heading."""
    return {"t": "h", "level": level, "id": anchor, "c": [text(words)]}


@dataclass
class Composer:
    """Puts one handout together in a size of print; what cannot be printed is collected in `troubles`."""

    stock: Stock
    size: int
    anchors: Collection[str] = ()  # the ids of the headings that it shows
    whole: Collection[str] = ()  # the files of the pages that it shows
    troubles: list[tuple[Page, Unprintable]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pictures = Illustrations(self.stock.paper.docs)

    def pieces(self, page: Page, markup: str) -> list[Piece]:
        """Return HTML of a page as pieces."""
        stock = self.stock
        leads = leads_of(page, self.anchors, self.whole, stock.pages, stock.standard, stock.paper.root)
        source = Source(leads, lambda src: self.pictures.named(page, src), _LETTERS[self.size])
        made = pieces_of(markup, source)
        self.troubles += [(page, trouble) for trouble in source.troubles]
        return made

    def part(self, page: Page, name: str) -> list[Piece]:
        """Return what a template has put around a page, as pieces."""
        node = self.stock.part(page, name)
        return self.pieces(page, node.html or "") if node is not None else []

    def told(self, pages: Iterable[Page], address: str) -> tuple[list[str], str, str]:
        """Return who checked these pages and when next, their versions with the day, and where the newest text is."""
        pages, paper = list(pages), self.stock.paper
        checked = [line for part in ("checked", "next-check") for line in self._agreed(pages, part)]
        codes = [self.stock.codes[page.file] for page in pages]
        one = len(codes) == 1
        version = paper.signing.version(codes[0]) if one else f"{paper.words['versions']} {', '.join(codes)}."
        day = paper.signing.day(max(paper.first_day(code) for code in codes))
        newest = f"{paper.words['newest']} {typed(address)}" if address else ""
        return checked, f"{version} {paper.words['date']} {day}.", newest

    def _agreed(self, pages: Iterable[Page], part: str) -> list[str]:
        """Return what pages say of their check: once if all say the same, else each with its page's title."""
        found = [(page.source.title, self.stock.part(page, part)) for page in pages]
        lines = [(title, " ".join(node.text().split())) for title, node in found if node is not None]
        told = list(dict.fromkeys(line for _, line in lines))
        return told if len(told) == 1 else [f"{title}: {line}" for title, line in lines]

    def about(self, pages: Iterable[Page], address: str) -> list[Piece]:
        """Return all that a handout tells of itself, and how to reach the clinic; the first page stands for it."""
        pages, words = list(pages), self.stock.paper.words
        checked, dated, _ = self.told(pages, address)
        made = [heading(words["about"]), *self.part(pages[0], "general")]
        made += [paragraph(text(line)) for line in (*checked, dated)]
        if address:
            link: Piece = {"t": "link", "here": "", "to": address, "shown": "", "c": [text(typed(address))]}
            made.append(paragraph(text(f"{words['newest']} "), link))
        made += self._sources(pages[0])
        return [*made, heading(words["contact"]), *self.part(pages[0], "footer")]

    def _sources(self, page: Page) -> list[Piece]:
        """Return the short names of a page's sources, and the address of the list that tells what each found."""
        node, paper = self.stock.part(page, "sources"), self.stock.paper
        if node is None:
            return []
        lead = node.text(deep=False).split(":")[0].strip()
        names = [" ".join(link.text().split()) for link in node.css("a")]
        targets = (target_of(page, link.attributes.get("href") or "") for link in node.css("a"))
        listed = next((paper.root + address_of(target[0]) for target in targets if target and paper.root), "")
        more = f" {paper.words['sources']} {typed(listed)}" if listed else ""
        return [paragraph(text(f"{lead}: {'; '.join(names)}.{more}"))]

    def around(self, foot: Iterable[str], address: str, columns: int = 1) -> dict[str, Any]:
        """Return what stands around the text of a handout, on every page of it."""
        paper = self.stock.paper
        return {
            "language": paper.language, "direction": paper.direction, "paper": paper.size, "size": self.size,
            "large": self.size == LARGE, "columns": columns, "preview": paper.preview,
            "clinic": breakable(paper.clinic), "phone": breakable(paper.phone), "urgent": paper.urgent,
            "words": paper.words, "foot": [f for f in foot if f],
            "anchors": sorted(self.anchors), "accent": paper.colours["accent"], "danger": paper.colours["danger"],
            "code": code_svg(address).decode() if address else "", "code_side": _CODE,
        }  # fmt: skip
