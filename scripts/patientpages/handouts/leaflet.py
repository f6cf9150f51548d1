"""A leaflet: a page, whole, with the sections of others that staff/handouts.yml adds to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from patientpages.handouts.composing import NORMAL, Composer, Made, heading, paragraph, text
from patientpages.handouts.parts import parts_of
from patientpages.handouts.stock import Stock
from patientpages.handouts.told import told_of
from patientpages.model import Handout, Page, Piece, Sheet, urgent_page


def leaflet(handout: Handout, size: int, stock: Stock) -> Made:
    """Return a leaflet in a size of print (points)."""
    whole, standard = stock.by_name[handout.page], stock.standard
    shown = parts_of(handout, stock.pages, stock.built, standard)
    pages = list({page.file: page for page in (whole, *(each.page for each in shown))}.values())
    anchors = {anchor: each.page.file for each in shown for anchor in each.anchors}
    composer = Composer(stock, size, anchors, whole.file)
    opening: list[Piece] = [heading(whole.source.title, 1), urgent_line(stock.paper.urgent)]
    body = [piece for each in shown for piece in composer.pieces(each.page, each.html)]
    if body and body[0].get("kind") == "in-short":
        opening.append(body.pop(0))
    telling = {topic.id for topic in standard.topics.values() if topic.home == urgent_page(standard)}
    if telling & {*handout.also}:
        body += [paragraph(text(stock.paper.elsewhere))] if stock.paper.elsewhere else []
    elif handout.page != urgent_page(standard):
        body += _card(composer, whole)
    address = stock.address(handout.code, whole)
    told = told_of(pages, stock, address)
    # Lines of half the width are the easier to read, and lists leave less white; a table needs the whole width.
    columns = 2 if size == NORMAL and not any(piece["t"] == "table" for piece in _all(body)) else 1
    body += composer.about(pages, told, address)
    topics = tuple((each.page, name) for each in shown for name in each.anchors if name in standard.topics)
    sheet = Sheet(handout.name, whole.source.title, "handout", opening, body,
                  composer.around(told.foot, address, columns), composer.pictures.files)  # fmt: skip
    codes = tuple(stock.codes[page.file] for page in pages)
    return Made(sheet, tuple(pages), topics, tuple(each.html for each in shown), codes, address, told.foot,
                tuple(composer.troubles))  # fmt: skip


def _all(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield pieces with those in them: in boxes, and in the points of lists."""
    for piece in pieces:
        yield piece
        for item in piece.get("items", ()):
            yield from _all(item["c"] if isinstance(item, dict) else item)
        yield from _all(piece.get("c", ()))


def urgent_line(line: str) -> Piece:
    """Return the line on what needs help now, which stands first."""
    return {"t": "box", "kind": "now", "title": [text(line)], "c": []}


def _card(composer: Composer, page: Page) -> list[Piece]:
    """Return the card on when to get help, as a box that stays together."""
    card = composer.stock.part(page, "urgent-card")  # kinds of page with less at stake have a line alone
    title = card.css_first("h2") if card is not None else None
    if card is None or title is None:
        return []
    rest = "".join(node.html or "" for node in card.css("p"))
    return [
        {"t": "box", "kind": "now", "title": [text(" ".join(title.text().split()))], "c": composer.pieces(page, rest)}
    ]
