"""The pictures that are made from facts, for paper: what a style sheet gives them on a page stands in the drawing."""

from __future__ import annotations

from typing import Any

from selectolax.lexbor import LexborNode

from patientpages.read import classes_of, text_of

_MOST = 4  # days that have a name
_KINDS = ("array", "line", "needle")


def drawing(figure: LexborNode) -> dict[str, Any]:
    """Return a picture of ours: its kind, its drawing (SVG), and the words that stand around the drawing."""
    svg = figure.css_first("svg")
    holder = figure.css_first(".needle")
    kind = "needle" if holder is not None else next((k for k in _KINDS if svg and k in classes_of(svg)), "array")
    labels = [text_of(span) for span in figure.css(".needle > span, .days > span")]
    labels = labels or [span.text(strip=True) for span in figure.css(".needle > span, .days > span")]
    if kind == "line" and len(labels) > _MOST:  # no room for more below the line
        labels = [labels[0], *[""] * (len(labels) - 2), labels[-1]]
    return {"kind": kind, "svg": _inked(svg) if svg is not None else "", "labels": labels}


def _inked(svg: LexborNode) -> str:
    """Return a drawing in black on white."""
    markup = svg.html or ""
    markup = markup.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="#000"', 1)
    return markup.replace('class="hole"', 'stroke="#fff"').replace('class="steel"', 'stroke="#000"')
