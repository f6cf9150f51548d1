"""What counts as text that a patient can see, and how it is folded."""

from __future__ import annotations

from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from patientpages.model import BlockKind

Attributes = Mapping[str, str | None]  # of an element; None where an attribute has no value

_QUOTES = (("‘", "'"), ("’", "'"), ("“", '"'), ("”", '"'), ("\xad", ""))
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
    if text.isascii():
        if text.isprintable() and "  " not in text:
            return text.strip()  # of what is white space it has single spaces alone
    else:
        for typed, folded in _QUOTES:
            text = text.replace(typed, folded)
    return " ".join(text.split())


def classes_in(attributes: Attributes) -> list[str]:
    """Return the classes that an element's attributes name."""
    return (attributes.get("class") or "").split()


def classes_of(node: LexborNode) -> frozenset[str]:
    """Return the classes of an element."""
    return frozenset(classes_in(node.attributes))


def kind_inside(node: LexborNode, tag: str, attributes: Attributes, outer: BlockKind) -> BlockKind:
    """Return the kind of a text that stands directly in this element, which itself stands in `outer`."""
    if tag == "svg" or outer == "picture":
        return "picture"
    if outer == "code":
        return "code"
    if attributes and "admonition-title" in classes_in(attributes):
        return "title"
    if tag == "th" and node.parent and node.parent.parent and node.parent.parent.tag == "tbody":
        return "cell"  # the header of a row is the first thing that the row says
    return KINDS.get(tag, outer)


def hidden_by(tag: str | None, attributes: Attributes) -> str:
    """Say why a patient may not see an element with this tag and these attributes ("" if they do)."""
    if tag == "details" and "open" not in attributes:
        return "it stands in a box that is closed until somebody opens it"
    if not attributes:
        return ""
    style = (attributes.get("style") or "").replace(" ", "").lower()
    if "hidden" in attributes or "display:none" in style or "visibility:hidden" in style:
        return "it is hidden"
    if attributes.get("aria-hidden") == "true":
        return "it is hidden from screen readers"
    return ""


def hidden_because(node: LexborNode) -> str:
    """Say why a patient may not see an element ("" if they do)."""
    return hidden_by(node.tag, node.attributes)


def is_skipped(tag: str | None, attributes: Attributes) -> bool:
    """Tell whether an element is no part of what a writer wrote."""
    if tag in _SKIPPED:
        return True
    return "class" in attributes and not _THEME_CLASSES.isdisjoint(classes_in(attributes))


def text_of(node: LexborNode) -> str:
    """Return the text inside an element as a reader sees it, folded, a space where a block begins or ends."""
    only = node.child
    if only is None:
        return ""
    if only.next is None and only.is_text_node:
        return fold(only.text_content or "")
    inner = list(node.iter(include_text=True))
    inner.reverse()
    stack: list[LexborNode | str] = [*inner]
    texts: list[str] = []
    while stack:  # no recursion: hostile nesting may be 10,000 deep
        child = stack.pop()
        if isinstance(child, str):
            texts.append(child)
        elif child.is_text_node:
            texts.append(child.text_content or "")
        else:
            tag, attributes = child.tag, child.attributes
            if is_skipped(tag, attributes) or hidden_by(tag, attributes):
                continue
            inner = list(child.iter(include_text=True))
            inner.reverse()
            if tag in BLOCKS or tag == "br":
                texts.append(" ")
                stack.append(" ")
            stack += inner
    return fold("".join(texts))
