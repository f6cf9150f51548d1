"""A page after something was stamped on it, around its own text: nothing of that text is read again."""

from __future__ import annotations

from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser

from patientpages.model import Page
from patientpages.read.page import _content, _is_hidden
from patientpages.read.visible import text_of

# What is stamped on pages: the lines of the sign-off, and, inside a text, words that stand for them.
_STAMPED = "[data-part=checked], [data-part=next-check], [data-part=version]"
_INSERTED = 'data-clinic="checked.'


def restamped(page: Page, html: str) -> Mapping[str, str] | None:
    """Return what the parts of the templates say on a stamped page; None where its own text may have changed, too."""
    if _INSERTED in html:
        return None
    tree = LexborHTMLParser(html)
    content = _content(tree)
    if content is None or content.tag != "article" or content.css_first(_STAMPED) is not None:
        return None
    inside = {node.attributes.get("data-part") or "" for node in content.css("[data-part]")}
    parts = {name: text for name, text in page.parts.items() if name in inside}
    hidden: dict[int, bool] = {}
    for node in tree.css("[data-part]"):
        name = node.attributes.get("data-part") or ""
        if name not in parts:
            parts[name] = text_of(node) if not _is_hidden(node, hidden) else ""
    return parts
