"""Lists on paper, numbered as a browser numbers them, and lists of terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from selectolax.lexbor import LexborNode

from patientpages.handouts.seen import is_shown
from patientpages.handouts.text import Inline, Source
from patientpages.model import Piece
from patientpages.read import text_of

_MOST = 100_000  # no list of a patient counts further
_KINDS = {"a": "a.", "A": "A.", "i": "i.", "I": "I."}
Inside = Callable[[LexborNode], list[Piece]]


def _is_loose(node: LexborNode) -> bool:
    """Tell whether a part of a list stands outside its points, and says something."""
    return bool(node.text(deep=False).strip()) if node.is_text_node else bool(node.tag) and not node.is_comment_node


def told_loose(node: LexborNode, inside: tuple[str, ...], source: Source) -> None:
    """Tell of what stands in a list outside its points."""
    for child in node.iter(include_text=True):
        if child.tag not in inside and _is_loose(child) and is_shown(child):
            what = "words" if child.is_text_node else f"<{child.tag}>"
            near = child.text(deep=False).strip() if child.is_text_node else text_of(child)
            source.wrong(f"a list holds {what} outside its points", "Put it into a point of the list.", near[:200])
            return


def _number(node: LexborNode, name: str, usual: int, source: Source) -> int:
    """Return a number that the page gives to a list or a point of it."""
    text = (node.attributes.get(name) or "").strip()
    if not text:
        return usual
    if text.isascii() and text.isdecimal() and int(text) <= _MOST:
        return int(text)
    source.wrong(f'a list cannot be numbered from "{text[:40]}" on paper', 'start="7"', f'{name}="{text}')
    return usual


def points(node: LexborNode, inside: Inside, source: Source) -> list[Piece]:
    """Return a list with points or numbers as pieces."""
    told_loose(node, ("li",), source)
    shown = [item for item in node.iter() if item.tag == "li" and is_shown(item)]
    items = [inside(item) for item in shown]
    if not items:
        return []
    if node.tag != "ol":
        return [{"t": "ul", "items": items}]
    step = -1 if "reversed" in node.attributes else 1
    at = _number(node, "start", len(items) if step < 0 else 1, source)
    numbers: list[int] = []
    for item in shown:
        at = _number(item, "value", at, source)
        numbers.append(max(at, 0))
        at += step
    return [
        {
            "t": "ol",
            "items": items,
            "numbers": numbers,
            "numbering": _KINDS.get(node.attributes.get("type") or "", "1."),
        }
    ]


def _pairs(node: LexborNode, source: Source) -> Iterator[LexborNode]:
    """Yield the terms and meanings of a list; HTML may have each pair in a <div>."""
    told_loose(node, ("dt", "dd", "div"), source)
    for child in node.iter():
        if child.tag == "div" and is_shown(child):
            yield from _pairs(child, source)
        elif child.tag in ("dt", "dd") and is_shown(child):
            yield child


def terms(
    node: LexborNode, line_of: Callable[[LexborNode], list[Inline]], inside: Inside, source: Source
) -> list[Piece]:
    """Return a list of terms as pieces; `line_of` makes a term, `inside` what it means."""
    items: list[dict[str, Any]] = []
    for child in _pairs(node, source):
        if child.tag == "dt":
            items.append({"term": line_of(child), "c": []})
        else:
            items += [] if items else [{"term": [], "c": []}]
            items[-1]["c"] += inside(child)
    return [{"t": "terms", "items": items}] if items else []
