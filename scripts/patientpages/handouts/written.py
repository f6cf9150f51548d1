"""The words of pieces in the order in which they are set: what a PDF must read out, no more and no less."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from patientpages.handouts.composing import Made
from patientpages.readback import folded

_INSIDE = ("title", "term", "caption", "head", "body", "items", "c")  # in the order in which templates show them
_SPACE = re.compile(r"[\s\u200b\u2066-\u2069]+")  # and what only tells where lines may end, and which way they run
_MARGIN = 30  # letters that are shown on each side of a difference


def written(pieces: Any) -> Iterator[str]:
    """Yield every word of pieces, those for pictures and the addresses behind links too."""
    if isinstance(pieces, (list, tuple)):
        for each in pieces:
            yield from written(each)
    elif isinstance(pieces, dict):
        kind = pieces.get("t")
        yield pieces["v"] if kind in ("text", "pre", "blank") else pieces["alt"] if kind == "image" else ""
        for name in _INSIDE:
            yield from written(pieces.get(name, ()))
        if kind == "link" and pieces["shown"]:
            yield f" ({pieces['shown']})"


def close(text: str) -> str:
    """Return a text without spaces: a line on paper may end anywhere."""
    return _SPACE.sub("", text)


def _known(text: str, made: Made) -> str:
    """Return a text as it is compared: without spaces, and without the page numbers that follow a link."""
    return re.sub(rf"\({re.escape(close(made.sheet.around['words']['page']))}\d+\)", "", close(folded(text)))


def difference(heard: str, made: Made) -> tuple[str, str]:
    """Return what is written and what is heard where a leaflet first says something else ("", "" if it never does)."""
    said = _known("".join(written([made.sheet.opening, made.sheet.pieces])), made)
    found = _known(heard, made)
    if said == found:
        return "", ""
    at = next(
        (n for n, (one, other) in enumerate(zip(said, found, strict=False)) if one != other), min(len(said), len(found))
    )
    begin = max(at - _MARGIN, 0)
    return said[begin : at + _MARGIN], found[begin : at + _MARGIN]
