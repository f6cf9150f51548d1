"""How a leaflet is set: what belongs together stands together wherever a page ends, and nothing is too small or too tight.

Sheets are put together here and set by the templates that the leaflets have; where words stand is read out of the PDF.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import pypdfium2
import pytest

from patientpages.handouts.text import breakable
from patientpages.handouts.typeset import Press
from patientpages.model import Piece, Sheet
from tests.conftest import ROOT

PREVIEW = "Preview: not to be handed out, since these are not the words that are published."
URGENT = "Chest pain? Call 999 now."
CLINIC = "Example Clinic"
LONG_NAME = "The Exampleton and District Community Musculoskeletal Physiotherapy and Rehabilitation Partnership"
MM = 72 / 25.4
CODE = ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'
        '<rect x="1" y="1" width="8" height="8"/></svg>')  # fmt: skip


@pytest.fixture(scope="module")
def press() -> Press:
    """The templates and fonts of the project."""
    return Press(ROOT / "print")


def text(value: str) -> Piece:
    """Return a run of text."""
    return {"t": "text", "v": value}


def par(value: str, **more: bool) -> Piece:
    """Return a paragraph."""
    return {"t": "p", "c": [text(value)], **more}


def points(*values: str) -> Piece:
    """Return a list."""
    return {"t": "ul", "items": [[par(value)] for value in values]}


def around(size: int = 12, **changed: Any) -> dict[str, Any]:
    """Return what stands around a sheet of A4, as the composer of leaflets gives it."""
    words = {"sheet": "Page", "of": "of", "page": "page", "card_use": "Print at 100 %."}
    foot = ["Checked by Test Signatory on 22 November 2026.", "Version of this text: 23CF-GHJM.",
            "The newest text is here: www.example.org/info"]  # fmt: skip
    return {
        "language": "en", "direction": "ltr", "paper": "a4", "size": size, "large": size > 12, "columns": 1,
        "preview": "", "clinic": CLINIC, "phone": "Call us: 01632 960 123", "urgent": URGENT, "words": words,
        "foot": foot, "anchors": [], "accent": "#204050", "danger": "#a01020", "code": CODE, "code_side": 19, **changed,
    }  # fmt: skip


def sheet(pieces: Sequence[Piece], template: str = "handout", **changed: Any) -> Sheet:
    """Return a sheet of these pieces."""
    opening: list[Piece] = [{"t": "h", "level": 1, "id": "", "c": [text("A leaflet")]}] if template == "handout" else []
    return Sheet("x", "A leaflet", template, opening, list(pieces), around(**changed), {})


class Place:
    """Where some words stand: the page, the edges of their box in points from the left and the top, and their size."""

    def __init__(self, page: int, box: tuple[float, float, float, float], tall: float, size: float) -> None:
        left, bottom, right, top = box
        self.page, self.left, self.right, self.top, self.bottom = page, left, right, tall - top, tall - bottom
        self.size = size

    @property
    def column(self) -> tuple[int, bool]:
        """The page, and whether it is in the right half of it."""
        return self.page, self.left > 300


class Look:
    """A PDF, and where its letters stand."""

    def __init__(self, pdf: bytes) -> None:
        self.sheets = 0
        self.letters = ""
        self._at: list[Place] = []
        self.rules: list[tuple[int, float, float, float]] = []  # each line: page, its ends, and how far down it is
        with pypdfium2.PdfDocument(pdf) as document:
            for number, page in enumerate(document, 1):
                self.sheets, tall, layer = number, page.get_height(), page.get_textpage()
                for at in range(layer.count_chars()):
                    size = pypdfium2.raw.FPDFText_GetFontSize(layer.raw, at)
                    letter = chr(pypdfium2.raw.FPDFText_GetUnicode(layer.raw, at))
                    if not letter.isspace():
                        self.letters += letter
                        self._at.append(Place(number, layer.get_charbox(at), tall, size))
                for shape in page.get_objects():
                    left, bottom, right, top = shape.get_bounds()
                    if shape.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH and top - bottom < 2 and right - left > 20:
                        self.rules.append((number, left, right, tall - (top + bottom) / 2))

    def places(self, words: str, page: int = 0) -> list[Place]:
        """Return where each letter of some words stands, at every place where they stand, in order; without spaces."""
        wanted, found, at = words.replace(" ", ""), list[Place](), -1
        while (at := self.letters.find(wanted, at + 1)) >= 0:
            found += self._at[at : at + len(wanted)]
        return [place for place in found if place.page == page or not page]

    def first(self, words: str) -> Place:
        """Return where the first letter of some words stands, which are there once."""
        found = self.places(words)
        assert len(found) == len(words.replace(" ", "")), words
        return found[0]


GROUPS = 12
COLUMNS = [(12, 1), (12, 2), (18, 1)]


def looked(press: Press, made: Sheet) -> Look:
    """Set a sheet, and look at it."""
    return Look(press.pdf(made))


def groups(make: Callable[[str], list[Piece]]) -> list[Piece]:
    """Return many groups, with more and more between them: a page ends at every place of one or another."""
    pieces: list[Piece] = []
    for number in range(GROUPS):
        pieces += [par(f"Line {at}.") for at in range(number % 9)]
        pieces += make(f"{number:02}")
    return pieces


@pytest.mark.parametrize(("size", "columns"), COLUMNS)
def test_a_short_list_stays_with_the_line_that_leads_in_to_it(press: Press, size: int, columns: int) -> None:
    """Heading, lead and every point of a short list are in one column; so is each line of an address."""

    def made(n: str) -> list[Piece]:
        where: Piece = {"t": "p", "c": [text(f"Branch{n}"), {"t": "br"}, text("Street"), {"t": "br"}, text(f"Open{n}")]}
        return [{"t": "h", "level": 2, "id": "", "c": [text(f"Head{n}")]}, par(f"Lead{n}:", lead=True),
                points(*(f"Item{n}{letter}" for letter in "abcd")), where]  # fmt: skip

    pdf = looked(press, sheet(groups(made), size=size, columns=columns))
    for number in range(GROUPS):
        n = f"{number:02}"
        led = {pdf.first(words).column for words in (f"Head{n}", f"Lead{n}", *(f"Item{n}{x}" for x in "abcd"))}
        assert len(led) == 1, n
        assert pdf.first(f"Branch{n}").column == pdf.first(f"Open{n}").column


@pytest.mark.parametrize(("size", "columns", "kind"), [(12, 2, "ul"), (18, 1, "ol")])
def test_a_long_list_does_not_leave_a_point_alone(press: Press, size: int, columns: int, kind: str) -> None:
    """It may break, but the lead stays with the first two points, and the last two stay together."""
    many = 26 if columns == 1 else 32

    def made(n: str) -> list[Piece]:
        listed = points(*(f"Item{n}{at:02}" + " words" * (at % 5) for at in range(many)))
        more = {"numbers": list(range(1, many + 1)), "numbering": "1."} if kind == "ol" else {}
        return [par(f"Lead{n}:", lead=True), {**listed, "t": kind, **more}]

    pdf = looked(press, sheet(groups(made), size=size, columns=columns))
    broken = 0
    for number in range(GROUPS):
        n = f"{number:02}"
        column = [pdf.first(f"Item{n}{at:02}").column for at in range(many)]
        assert pdf.first(f"Lead{n}").column == column[0] == column[1], n
        assert column[-2] == column[-1], n
        tops = [pdf.first(f"Item{n}{at:02}").top for at in range(many)]
        assert all(a < b for a, b, x, y in zip(tops, tops[1:], column, column[1:], strict=False) if x == y)
        broken += column[0] != column[-1]
    assert broken > 2  # lists do break


@pytest.mark.parametrize("kind", ["now", "today"])
def test_what_is_urgent_is_never_cut(press: Press, kind: str) -> None:
    """All points of a list in a box on urgent help are on one page, however long the box is; a short table, too."""
    signs = [f"Sign{at:02}" for at in range(14)]
    box: Piece = {"t": "box", "kind": kind, "title": [text("Now")], "c": [par("Call for:", lead=True), points(*signs)]}
    cells = [[{"c": [par(f"Cell{at}")], "cols": 1, "rows": 1, "head": False}] for at in range(6)]
    table: Piece = {"t": "table", "columns": 1, "head": [], "body": cells}
    for size, columns in COLUMNS:
        for before in (8, 17, 24):
            filler = [par(f"Line {at}.") for at in range(before)]
            pdf = looked(press, sheet([*filler, box, *filler[:4], table], size=size, columns=columns))
            assert len({pdf.first(sign).column for sign in signs}) == 1
            assert len({pdf.first(f"Cell{at}").column for at in range(6)}) == 1


TIED = ["26 November 2026", "01632 960 123", "0800 611 116", "NHS 111", "72 hours", "999 now", "www.example"]


def test_a_number_stands_on_the_line_of_what_it_goes_with(press: Press) -> None:
    """A day, a telephone number, a number with its word and the start of an address are never broken, as others are."""
    pieces = [
        par("x" * letters + f" and so on and on ({tied}). Word word.") for tied in TIED for letters in range(1, 24)
    ]
    pdf = looked(press, sheet(pieces, columns=2))
    for tied in TIED:
        found, length = pdf.places(tied), len(tied.replace(" ", ""))
        assert len(found) >= 23 * length  # the head and the foot have some of them, too
        rows = [{round(place.bottom / 9) for place in found[at : at + length] if place.bottom - place.top > 4}
                for at in range(0, len(found), length)]  # fmt: skip
        assert all(max(row) - min(row) <= 1 for row in rows), tied
    assert len({place.left for place in pdf.places("Word word")}) > 40


def test_points_are_further_from_each_other_than_lines(press: Press) -> None:
    """The white between two points of a list is wider than between two lines of one, with boxes to tick as well."""
    for tick in (False, True):
        listed = {**points("Xa " + "words " * 30 + "Xb", "Xc", "Xd", "Xe"), "tick": tick}
        pdf = looked(press, sheet([listed]))
        starts = [pdf.first(words).bottom for words in ("Xa", "Xc", "Xd", "Xe")]
        wrapped = pdf.first("Xb").bottom - starts[0]
        step = wrapped / round(wrapped / 14.6)  # between lines
        assert starts[2] - starts[1] == pytest.approx(starts[3] - starts[2], abs=0.01)
        assert starts[2] - starts[1] >= step + 0.09 * 12
        assert starts[1] - starts[0] - wrapped == pytest.approx(starts[2] - starts[1], abs=0.3)


@pytest.mark.parametrize("size", [12, 18])
def test_head_and_foot_have_air_and_all_of_a_long_name(press: Press, size: int) -> None:
    """No text touches a rule, a name takes two lines at most, and a preview is told in the size of the text."""
    filler = [par(f"Gjpq{at:03}.") for at in range(90)]
    pdf = looked(press, sheet(filler, size=size, clinic=LONG_NAME, preview=PREVIEW))
    assert pdf.sheets > 2
    for number in range(1, pdf.sheets + 1):
        marks = pdf.places(PREVIEW, number)
        assert len(marks) == len(PREVIEW.replace(" ", ""))
        assert all(mark.size >= size for mark in marks)
        rules = [down for page, left, right, down in pdf.rules if page == number and right - left > 400]
        below_head, above_foot = (
            min(down for down in rules if down > pdf.places("Call us", number)[0].bottom),
            max(rules),
        )
        name = pdf.places(LONG_NAME, number)
        assert len(name) == len(LONG_NAME.replace(" ", ""))
        assert name[-1].bottom - name[0].bottom < 2 * size
        if number > 1:
            assert below_head - pdf.places(URGENT, number)[0].bottom >= 3
        body = pdf.places("Gjpq", number)
        assert body[0].top - below_head >= 5
        assert above_foot - max(place.bottom for place in body) >= 4
        assert pdf.places("Checked by", number)[0].top - above_foot >= 2


def card_sheet(**changed: Any) -> Sheet:
    """Return a card."""
    blanks: list[Piece] = [{"t": "blank", "v": label} for label in ("Day:", "Where:", "Other:")]
    done = [
        {"t": "h", "level": 1, "id": "", "c": [text("I had it")]},
        *blanks,
        par("For a crew:"),
        par("It can harm. " * 9),
    ]
    box: Piece = {"t": "box", "kind": "now", "title": [text("Now")], "c": [points(*(f"Sign {n}" for n in range(8)))]}
    panels = [done, [box], [{**box, "kind": "today"}, par("Any of these. " * 9)]]
    return sheet([{"t": "panel", "c": c} for c in panels], "card", **changed)


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_a_card_can_be_read_and_written_on(press: Press, paper: str) -> None:
    """No letter is under 8.5 points, lines to write on are 8 mm apart, and the line for help stands above the crew's."""
    pdf = looked(press, card_sheet(paper=paper))
    assert pdf.sheets == 1
    assert min(place.size for place in pdf.places("e")) >= 8.5
    assert pdf.places(URGENT)[0].bottom < pdf.places("For a crew")[0].top
    written = sorted({round(down, 1) for _, left, right, down in pdf.rules if 100 < right - left < 240 and down < 200})
    written = [down for down in written if down > pdf.places("I had it")[0].bottom][:3]
    assert [b - a for a, b in pairwise(written)] == pytest.approx([8 * MM] * 2, abs=0.5)
    assert pdf.first("Print at 100 %.").top > max(place.bottom for place in pdf.places("newest"))


def test_each_panel_of_a_card_says_that_it_is_a_preview(press: Press) -> None:
    """The mark is on all four panels of both cards, as large as their text, and all is on one sheet."""
    pdf = looked(press, card_sheet(paper="us-letter", preview=PREVIEW, clinic=LONG_NAME))
    found = pdf.places(PREVIEW)
    assert len(found) == 8 * len(PREVIEW.replace(" ", ""))
    assert min(place.size for place in found) >= 8.9
    assert {place.page for place in found} == {1}
    assert pdf.places("Print at 100 %.")[0].page == 1


@pytest.mark.parametrize(("word", "parts"), [
    ("www.exampleton-physiotherapy-partnership.example.org/patients",
     ["www.exampleton-", "physiotherapy-", "partnership.", "example.", "org/", "patients"]),
    ("10.1179/108331913X13844245102034", ["10.1179/", "10833191", "3X138442", "45102034"]),
    ("short-words-stay-whole", ["short-words-stay-whole"]),
])  # fmt: skip
def test_a_long_word_ends_a_line_where_it_has_parts(word: str, parts: list[str]) -> None:
    """After slashes, then hyphens, then dots; anywhere only where there are none, and nothing is lost."""
    assert breakable(word).split("\u200b") == parts
    assert re.sub("\u200b", "", breakable(word)) == word
