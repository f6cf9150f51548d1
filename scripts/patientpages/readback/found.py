"""What a PDF says, once it is read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a PDF says."""

    title: str
    language: str
    sheets: tuple[str, ...]  # of each page all text that is painted, running headers and footers too; a line per block
    html: str  # what the structure tree reads, in its order: h1-h6, p, lists, tables, figure, a[href]
    codes: tuple[str, ...]  # what the QR codes say, page by page
