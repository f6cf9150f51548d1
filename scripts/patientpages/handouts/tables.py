"""A table on paper: set as a table where its columns have room, else row by row, each cell with its column's name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from selectolax.lexbor import LexborNode

from patientpages.model import Piece
from patientpages.read import text_of

_GAP = 3  # letters between two columns
_BOLD = 1.15  # how much wider the letters of a header are, at most


def _span(cell: LexborNode, name: str) -> int:
    text = cell.attributes.get(name) or "1"
    return int(text) if text.isdecimal() and 1 <= int(text) <= 50 else 1


def _longest(cells: Iterable[LexborNode]) -> int:
    return max((len(word) for cell in cells for word in text_of(cell).split()), default=0)


def _rows(node: LexborNode) -> tuple[list[list[LexborNode]], list[list[LexborNode]]]:
    """Return the rows that head a table, and the others."""
    head: list[list[LexborNode]] = []
    body: list[list[LexborNode]] = []
    for row in node.css("tr"):
        cells = [cell for cell in row.iter() if cell.tag in ("td", "th")]
        in_head = row.parent is not None and row.parent.tag == "thead"
        (head if in_head or (not body and not head and cells and all(c.tag == "th" for c in cells)) else body).append(
            cells
        )
    return head, body


def table(node: LexborNode, room: int, inside: Callable[[LexborNode], list[Piece]]) -> list[Piece]:
    """Return a table as pieces; `room` is how many letters fit on a line, `inside` makes the pieces of a cell."""
    head, body = _rows(node)
    columns = max((sum(_span(cell, "colspan") for cell in row) for row in (*head, *body)), default=0)
    if not columns:
        return []
    caption = [piece for each in node.css("caption") for piece in inside(each)]
    spans = any(_span(c, "colspan") > 1 or _span(c, "rowspan") > 1 for row in (*head, *body) for c in row)
    needed = _longest(cell for row in (*head, *body) for cell in row) * _BOLD + _GAP
    if columns * needed > room and not spans:
        return [*caption, *_stacked(head, body, inside)]

    def cell(each: LexborNode) -> dict[str, Any]:
        header = each.tag == "th"
        return {"c": inside(each), "cols": _span(each, "colspan"), "rows": _span(each, "rowspan"), "head": header}

    rows = {"head": [[cell(c) for c in row] for row in head], "body": [[cell(c) for c in row] for row in body]}
    return [*caption, {"t": "table", "columns": columns, **rows}]


def _stacked(
    head: list[list[LexborNode]], body: list[list[LexborNode]], inside: Callable[[LexborNode], list[Piece]]
) -> list[Piece]:
    """Return the rows as points of a list: in each, the name of a column stands before what its cell says."""
    names = head[-1] if head else []
    rows = []
    for row in body:
        cells: list[Piece] = []
        for at, cell in enumerate(row):
            name = f"{text_of(names[at])}: " if at < len(names) and text_of(names[at]) else ""
            pieces = inside(cell)
            lead = [{"t": "strong", "c": [{"t": "text", "v": name}]}] if name else []
            if pieces and pieces[0]["t"] == "p":
                pieces = [{"t": "p", "c": [*lead, *pieces[0]["c"]]}, *pieces[1:]]
            elif pieces and lead:
                pieces = [{"t": "p", "c": lead}, *pieces]
            cells += pieces
        rows.append(cells)
    return [{"t": "ul", "items": rows, "start": 1}] if rows else []
