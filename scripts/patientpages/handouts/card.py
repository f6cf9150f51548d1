"""The card for a wallet: what somebody shows to an ambulance crew, and the signs that need help."""

from __future__ import annotations

from patientpages.handouts.composing import LARGE, Composer, Made, heading, paragraph, text
from patientpages.handouts.leaflet import urgent_line
from patientpages.handouts.parts import section_of
from patientpages.handouts.stock import Stock
from patientpages.handouts.told import told_of
from patientpages.handoutsfile import CARD
from patientpages.model import Piece, Sheet, urgent_page


def card(size: int, stock: Stock) -> Made | None:
    """Return the card in a size of print (points); None where no page tells when to get help.

    It has four panels, one on top of the other: what was done, the signs for now, the rest, the clinic. In large print
    it is a leaflet.
    """
    page = stock.by_name.get(urgent_page(stock.standard))
    topic = next((t.id for t in stock.standard.topics.values() if page and t.home == page.source.name), "")
    if page is None or not topic:
        return None
    words = stock.paper.words
    shown = section_of(page, stock.built[page.file], topic)
    composer = Composer(stock, size, dict.fromkeys(shown.anchors, page.file), page.file)
    body = composer.pieces(page, shown.html)
    first = next((at for at, piece in enumerate(body) if piece["t"] == "box"), len(body) - 1) + 1
    done: list[Piece] = [heading(words["card"], 1)]
    done += [{"t": "blank", "v": words[name]} for name in ("card_day", "card_where", "card_thinners")]
    done += [paragraph({"t": "strong", "c": [text(words["card_crew"])]}), paragraph(text(words["card_risk"]))]
    address = stock.address(topic, page)
    told = told_of([page], stock, address)
    body += [paragraph(text(stock.paper.elsewhere))] if stock.paper.elsewhere else []
    panels: list[list[Piece]] = [done, body[:first], body[first:]]
    large = size == LARGE  # too large for a wallet: it is a leaflet then
    opening = [done[0], urgent_line(stock.paper.urgent)] if large else []
    pieces = (
        [*done[1:], *body, *composer.about([page], told, address)]
        if large
        else [{"t": "panel", "c": c} for c in panels]
    )
    around = composer.around(told.foot, address)
    sheet = Sheet(CARD, words["card"], "handout" if large else "card", opening, pieces, around, composer.pictures.files)
    return Made(
        sheet,
        (page,),
        ((page, topic),),
        (shown.html,),
        (stock.codes[page.file],),
        address,
        told.foot,
        tuple(composer.troubles),
    )
