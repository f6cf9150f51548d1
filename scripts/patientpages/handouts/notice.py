"""What stands at the address of a leaflet that is not made any more: whoever opens it must not rely on an old copy."""

from __future__ import annotations

from patientpages.handouts.composing import Composer, heading, paragraph, text
from patientpages.handouts.leaflet import urgent_line
from patientpages.handouts.stock import Stock
from patientpages.model import Piece, Sheet
from patientpages.outputs import typed


def notice(title: str, size: int, stock: Stock) -> Sheet:
    """Return the notice for a leaflet with this title, in a size of print (points)."""
    words, root = stock.paper.words, stock.paper.root
    page = stock.by_name.get("index", stock.pages[0])
    composer = Composer(stock, size)
    lead = [text(f"{words['gone']} ")]
    link: Piece = {"t": "link", "here": "", "to": root, "shown": "", "c": [text(typed(root))]}
    body = [paragraph(*lead, link), heading(words["contact"]), *composer.part(page, "footer")]
    opening = [heading(f"{title}: {words['gone_title']}", 1), urgent_line(stock.paper.urgent)]
    around = composer.around((f"{words['newest']} {typed(root)}",), root)
    return Sheet("notice", title, "handout", opening, body, around, composer.pictures.files)
