"""A page after something was stamped on it, around its own text: nothing of that text is read again."""

from __future__ import annotations

from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from patientpages.model import Page
from patientpages.read.page import _content, _is_hidden
from patientpages.read.visible import text_of

# What is stamped on pages: the lines of the sign-off, and, inside a text, words that stand for them.
_STAMPED = "[data-part=checked], [data-part=next-check], [data-part=version]"
_MARK = "data-part"
_INSERTED = 'data-clinic="checked.'


def _touched(tree: LexborHTMLParser) -> set[str]:
    """Return the names of the parts that hold something that was stamped."""
    names = set()
    for node in tree.css(_STAMPED):
        at: LexborNode | None = node
        while at is not None:
            names.add(at.attributes.get("data-part") or "")
            at = at.parent
    return names


def restamped(page: Page, before: str, html: str, tree: LexborHTMLParser) -> Mapping[str, str] | None:
    """Return what the parts of the templates say on a stamped page; None where its own text may have changed, too.

    `before` is what the page was read from, `html` the same with what was stamped on it, and `tree` its tree.
    """
    if _INSERTED in html:
        return None
    content = _content(tree)
    if content is None or content.tag != "article" or content.css_first(_STAMPED) is not None:
        return None
    inside = {node.attributes.get("data-part") or "" for node in content.css("[data-part]")}
    parts = {name: text for name, text in page.parts.items() if name in inside}
    # What holds nothing that was stamped says what it said, unless a stamp was put over something that is marked.
    kept = set(page.parts) - _touched(tree) if before.count(_MARK) == html.count(_MARK) else set()
    hidden: dict[int, bool] = {}
    for node in tree.css("[data-part]"):
        name = node.attributes.get("data-part") or ""
        if name in kept and name not in parts:
            parts[name] = page.parts[name]
        elif name not in parts:
            parts[name] = text_of(node) if not _is_hidden(node, hidden) else ""
    return parts
