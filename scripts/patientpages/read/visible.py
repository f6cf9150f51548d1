"""What counts as text that a patient can see, and how it is folded."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from patientpages.model import BlockKind

_SPACE = re.compile(r"\s+")
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\xad": ""})
KINDS: dict[str, BlockKind] = {
    "li": "item",
    "dt": "term",
    "dd": "definition",
    "td": "cell",
    "th": "header-cell",
    "caption": "caption",
    "figcaption": "caption",
    "summary": "summary",
    "pre": "code",
    "title": "picture",
    "desc": "picture",
    **{f"h{level}": "heading" for level in range(1, 7)},
}
# Elements that end the run of text before them and start a new one.
BLOCKS = frozenset(
    {
        *KINDS,
        "p",
        "div",
        "section",
        "blockquote",
        "ul",
        "ol",
        "dl",
        "table",
        "thead",
        "tbody",
        "tr",
        "figure",
        "details",
        "aside",
        "header",
        "footer",
        "form",
        "svg",
        "hr",
        "article",
    }
)
_SKIPPED = frozenset({"script", "style", "template", "noscript", "nav", "button"})
# What Material puts into the article around a writer's text.
_THEME_CLASSES = frozenset({"md-content__button", "md-source-file", "headerlink", "md-feedback", "md-tags"})


def fold(text: str) -> str:
    """Fold white space and quotation marks, so that a text is the same however it was typed or laid out."""
    return _SPACE.sub(" ", text.translate(_QUOTES)).strip()


def classes_of(node: LexborNode) -> frozenset[str]:
    """Return the classes of an element."""
    return frozenset((node.attributes.get("class") or "").split())


def kind_inside(node: LexborNode, outer: BlockKind) -> BlockKind:
    """Return the kind of a text that stands directly in this element, which itself stands in `outer`."""
    tag = node.tag or ""
    if tag == "svg" or outer == "picture":
        return "picture"
    if outer == "code":
        return "code"
    if "admonition-title" in classes_of(node):
        return "title"
    if tag == "th" and node.parent and node.parent.parent and node.parent.parent.tag == "tbody":
        return "cell"  # the header of a row is the first thing that the row says
    return KINDS.get(tag, outer)


def hidden_because(node: LexborNode) -> str:
    """Say why a patient may not see an element ("" if they do)."""
    attributes = node.attributes
    style = (attributes.get("style") or "").replace(" ", "").lower()
    if node.tag == "details" and "open" not in attributes:
        return "it stands in a box that is closed until somebody opens it"
    if "hidden" in attributes or "display:none" in style or "visibility:hidden" in style:
        return "it is hidden"
    if attributes.get("aria-hidden") == "true":
        return "it is hidden from screen readers"
    return ""


def is_skipped(node: LexborNode) -> bool:
    """Tell whether an element is no part of what a writer wrote."""
    return node.tag in _SKIPPED or bool(classes_of(node) & _THEME_CLASSES)


def text_of(node: LexborNode) -> str:
    """Return the text inside an element as a reader sees it, folded, a space where a block begins or ends."""
    texts: list[str] = []
    stack: list[LexborNode | str] = [*reversed(list(node.iter(include_text=True)))]
    while stack:  # no recursion: hostile nesting may be 10,000 deep
        child = stack.pop()
        if isinstance(child, str):
            texts.append(child)
        elif child.is_text_node:
            texts.append(child.text(deep=False))
        elif not is_skipped(child) and not hidden_because(child):
            space = " " if child.tag in BLOCKS or child.tag == "br" else ""
            stack += [space, *reversed(list(child.iter(include_text=True))), space]
    return fold("".join(texts))
