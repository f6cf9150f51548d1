"""A table of HTML as a grid: where each cell stands, whatever its spans claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from patientpages.handouts.seen import is_shown

_MOST = 1000  # columns that a cell may span, as browsers have it
_GROUPS = ("thead", "tbody", "tfoot")


@dataclass(slots=True)
class Cell:
    """A cell: its element, its first row and column, and how many it spans."""

    node: LexborNode
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table in their order; the first `head` rows are its header."""

    cells: Sequence[Cell]
    head: int
    height: int
    width: int

    def gaps(self, number: int) -> list[int]:
        """Return the columns of a row that no cell covers."""
        covered = {cell.column + along for cell in self.row(number) for along in range(cell.columns)}
        return [column for column in range(self.width) if column not in covered]

    def row(self, number: int) -> list[Cell]:
        """Return the cells that cover a row, from the first column on."""
        covering = [cell for cell in self.cells if cell.row <= number < cell.row + cell.rows]
        return sorted(covering, key=lambda cell: cell.column)


def span(cell: LexborNode, name: str) -> int:
    """Return how many columns or rows a cell claims."""
    text = cell.attributes.get(name) or "1"
    return min(max(int(text), 1), _MOST) if text.isascii() and text.isdecimal() else 1


def _groups(table: LexborNode) -> list[tuple[str, list[LexborNode]]]:
    """Return the rows of a table itself, not of one inside it, in the order in which they are shown."""
    found: list[tuple[str, list[LexborNode]]] = []
    for child in table.iter():
        rows = [child] if child.tag == "tr" else list(child.iter()) if child.tag in _GROUPS else []
        shown = [row for row in rows if row.tag == "tr" and is_shown(row) and is_shown(child)]
        found.append((child.tag or "", shown))
    return sorted(found, key=lambda group: {"thead": 0, "tfoot": 2}.get(group[0], 1))


def _cells(row: LexborNode) -> list[LexborNode]:
    return [cell for cell in row.iter() if cell.tag in ("td", "th") and is_shown(cell)]


def _headed(rows: Sequence[LexborNode]) -> int:
    """Return how many rows head a table without a <thead>: the first, with those into which its cells reach."""
    first = _cells(rows[0]) if rows else []
    is_head = bool(first) and all(cell.tag == "th" for cell in first)
    return min(max(span(cell, "rowspan") for cell in first), len(rows)) if is_head else 0


def grid_of(table: LexborNode) -> Grid:
    """Return the grid of a table. Spans end with the rows of their group, and before what stands in their way."""
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    at = head = 0
    for group, rows in _groups(table):
        head = len(rows) + head if group == "thead" else head or (_headed(rows) if at == 0 else 0)
        for number, row in enumerate(rows, at):
            end = head if number < head else at + len(rows)
            column = 0
            for node in _cells(row):
                while (number, column) in taken:
                    column += 1
                wide, tall = span(node, "colspan"), min(span(node, "rowspan"), end - number)
                wide = next((w for w in range(1, wide) if (number, column + w) in taken), wide)
                cells.append(Cell(node, number, column, tall, wide))
                taken |= {(number + down, column + along) for down in range(tall) for along in range(wide)}
                column += wide
        at += len(rows)
    return _close(cells, head, at)


def _close(cells: Sequence[Cell], head: int, height: int) -> Grid:
    """Return a grid without the columns in which no cell begins: only spans that are too wide have them."""
    begun = sorted({cell.column for cell in cells})
    for cell in cells:
        inside = [column for column in begun if cell.column <= column < cell.column + cell.columns]
        cell.column, cell.columns = begun.index(cell.column), len(inside)
    return Grid(cells, head, height, len(begun))
