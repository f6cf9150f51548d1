"""What of a page is seen, and in which language an element speaks."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from patientpages.read import classes_of, hidden_because

_LEFT_OUT = frozenset({"script", "style", "template", "noscript", "wbr", "meta", "link"})
_MUTE = frozenset({"nav", "form", "button"})  # of no use on paper, unless somebody wrote words into it


def is_shown(node: LexborNode) -> bool:
    """Tell whether an element is seen on the page."""
    return not hidden_because(node).startswith("it is hidden") and not classes_of(node) & {"headerlink"}


def says_nothing(node: LexborNode) -> bool:
    """Tell whether an element is not seen, or is of no use on paper."""
    tag = node.tag or ""
    if not tag or node.is_comment_node or tag in _LEFT_OUT or not is_shown(node):
        return True
    return tag in _MUTE and not node.text().strip()


def spoken_in(node: LexborNode) -> dict[str, str]:
    """Return the language, and the direction, that an element names, if it does."""
    language = (node.attributes.get("lang") or "").partition("-")[0].lower()
    language = language if language.isascii() and language.isalpha() and len(language) in (2, 3) else ""
    direction = node.attributes.get("dir") or ""
    return {"lang": language, "dir": direction} if language or direction else {}
