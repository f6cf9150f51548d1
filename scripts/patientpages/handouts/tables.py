"""A table on paper: set as a table where its columns have room, else row by row, each cell with its column's name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from selectolax.lexbor import LexborNode

from patientpages.handouts.grid import Cell, Grid, grid_of
from patientpages.model import Piece
from patientpages.read import text_of

_GAP = 3  # letters between two columns
_BOLD = 1.15  # how much wider the letters of a header are, at most
_NOTHING = {"c": [], "cols": 1, "rows": 1, "head": False}
Inside = Callable[[LexborNode], list[Piece]]


def _needed(grid: Grid) -> float:
    """Return how many letters a column must have room for."""
    words = (len(word) / cell.columns for cell in grid.cells for word in text_of(cell.node).split())
    return max(words, default=0) * _BOLD + _GAP


def table(node: LexborNode, room: int, inside: Inside) -> list[Piece]:
    """Return a table as pieces; `room` is how many letters fit on a line, `inside` makes the pieces of a cell."""
    grid = grid_of(node)
    caption = [piece for each in node.iter() if each.tag == "caption" for piece in inside(each)]
    if not grid.cells:
        return caption
    if grid.width * _needed(grid) > room or any(child.tag == "table" for child in node.css("td table, th table")):
        return [*caption, *_stacked(grid, inside)]

    def row(number: int) -> list[dict[str, Any]]:
        made = {cell.column: _cell(cell, inside) for cell in grid.cells if cell.row == number}
        made |= dict.fromkeys(grid.gaps(number), _NOTHING)
        return [made[column] for column in sorted(made)]

    head, body = range(grid.head), range(grid.head, grid.height)
    rows = {"head": [row(number) for number in head], "body": [row(number) for number in body]}
    return [*caption, {"t": "table", "columns": grid.width, **rows}]


def _cell(cell: Cell, inside: Inside) -> dict[str, Any]:
    return {"c": inside(cell.node), "cols": cell.columns, "rows": cell.rows, "head": cell.node.tag == "th"}


def _name(cell: Cell, heads: list[Cell]) -> str:
    """Return the names of the columns that a cell stands in, from the top down."""
    over = [h for h in heads if h.column < cell.column + cell.columns and cell.column < h.column + h.columns]
    return ", ".join(dict.fromkeys(text for head in over if (text := text_of(head.node))))


def _stacked(grid: Grid, inside: Inside) -> list[Piece]:
    """Return the rows as points of a list: in each, the name of a column stands before what its cell says."""
    heads = [cell for cell in grid.cells if cell.row < grid.head]
    named: set[int] = set()
    items: list[list[Piece]] = []
    for number in range(grid.head, grid.height):
        cells: list[Piece] = []
        for cell in grid.row(number):
            named.update(h.node.mem_id for h in heads if h.column < cell.column + cell.columns
                         and cell.column < h.column + h.columns)  # fmt: skip
            cells += _with_name(_name(cell, heads), inside(cell.node))
        items += [cells] if cells else []
    # A header without a cell below it is said by itself.
    alone = [piece for head in heads if head.node.mem_id not in named for piece in inside(head.node)]
    return [*alone, *([{"t": "ul", "items": items, "start": 1}] if items else [])]


def _with_name(name: str, pieces: list[Piece]) -> list[Piece]:
    """Put the name of a column before what a cell says."""
    lead: list[Piece] = [{"t": "strong", "c": [{"t": "text", "v": f"{name}: "}]}] if name else []
    if pieces and pieces[0]["t"] == "p":
        return [{"t": "p", "c": [*lead, *pieces[0]["c"]]}, *pieces[1:]]
    return [{"t": "p", "c": lead}, *pieces] if pieces and lead else pieces
