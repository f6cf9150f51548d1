"""What a leaflet, a card and a notice are put together from: parts of built pages, and what they tell of themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from patientpages.checks.targets import target_of
from patientpages.handouts.illustrations import Illustrations
from patientpages.handouts.leads import leads_of
from patientpages.handouts.pieces import pieces_of
from patientpages.handouts.stock import Stock
from patientpages.handouts.text import Source, breakable
from patientpages.handouts.told import Told
from patientpages.ledger import address_of
from patientpages.model import Page, Piece, Sheet, Unprintable
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
    told: tuple[str, ...]  # the lines that stand on every page
    troubles: tuple[tuple[Page, Unprintable], ...]


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
    anchors: Mapping[str, str] = field(default_factory=dict)  # the headings that it shows: id -> file of their page
    whole: str = ""  # the file of the page that it shows
    troubles: list[tuple[Page, Unprintable]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pictures = Illustrations(self.stock.paper.docs)

    def pieces(self, page: Page, markup: str) -> list[Piece]:
        """Return HTML of a page as pieces."""
        stock = self.stock
        leads = leads_of(page, self.anchors, self.whole, stock.pages, stock.standard, stock.paper.root)
        source = Source(leads, lambda src: self.pictures.named(page, src), _LETTERS[self.size])
        made = [self._placed(piece, page) for piece in pieces_of(markup, source)]
        self.troubles += [(page, trouble) for trouble in source.troubles]
        return made

    def _placed(self, piece: Piece, page: Page) -> Piece:
        """Return a heading without its id where the same topic is told in full further on: links mean that one."""
        elsewhere = piece["t"] == "h" and self.anchors.get(piece["id"], page.file) != page.file
        return {**piece, "id": ""} if elsewhere else piece

    def part(self, page: Page, name: str) -> list[Piece]:
        """Return what a template has put around a page, as pieces."""
        node = self.stock.part(page, name)
        return self.pieces(page, node.html or "") if node is not None else []

    def about(self, pages: Sequence[Page], told: Told, address: str) -> list[Piece]:
        """Return all that a handout tells of itself, and how to reach the clinic; the first page stands for it."""
        words = self.stock.paper.words
        made = [heading(words["about"]), paragraph(text(words["general"]))]
        made += [paragraph(text(line)) for line in (*told.checked, told.dated)]
        if address:
            link: Piece = {"t": "link", "here": "", "to": address, "shown": "", "c": [text(typed(address))]}
            made.append(paragraph(text(f"{words['newest']} "), link))
        made += self._sources(pages)
        return [*made, heading(words["contact"]), *self.part(pages[0], "footer")]

    def _sources(self, pages: Sequence[Page]) -> list[Piece]:
        """Return where all that these pages rest on is told, and what each source found; a name would not say."""
        root, words = self.stock.paper.root, self.stock.paper.words
        parts = [(page, node) for page in pages if (node := self.stock.part(page, "sources")) is not None]
        links = ((page, link.attributes.get("href") or "") for page, node in parts for link in node.css("a"))
        target = next((found for page, href in links if (found := target_of(page, href))), None)
        if target is None or not root:
            return [piece for page, _ in parts for piece in self.part(page, "sources")]
        to = root + address_of(target[0])
        link: Piece = {"t": "link", "here": "", "to": to, "shown": "", "c": [text(typed(to))]}
        return [paragraph(text(f"{words['sources']} "), link)]

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
