"""What a structure tree tells a reader, as simple HTML, which the reader of built pages takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from patientpages.readback.runs import between, in_order, said
from patientpages.readback.tree import Node, Words

# What a list's /ListNumbering says of the marks that are painted before its items.
_UNMARKED = frozenset({"/None", "/Description", ""})
_DOTTED = frozenset({"/Disc", "/Circle", "/Square", "/Unordered"})
_TEXT_ONLY = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})


def _pieces(words: Sequence[Words], language: str) -> Iterator[tuple[str, str]]:
    """Yield each text with the address that it leads to, in the order in which they are read."""
    last: Words | None = None
    linked = ""  # what has been read of the link that is open
    for index in in_order([each.run for each in words], language):
        here = words[index]
        same = last is not None and last.href == here.href
        shown = (linked if same else "") + here.run.text
        if last is not None:
            space = between(last.run, here.run, one_address=same and bool(here.href) and shown in here.href)
            yield space, here.href if same else ""
        linked = shown
        yield here.run.text, here.href
        last = here


def _inline(words: Sequence[Words], language: str) -> str:
    """Return the words of a block, or of a part of it, as HTML."""
    parts: list[tuple[str, str]] = []  # text, address
    for text, href in _pieces(words, language):
        if parts and parts[-1][1] == href:
            parts[-1] = (parts[-1][0] + text, href)
        elif text:
            parts.append((text, href))
    shown = ((escape(said(text), quote=False), href) for text, href in parts)
    return "".join(f'<a href="{escape(href)}">{text}</a>' if href else text for text, href in shown)


def _inside(node: Node) -> str:
    """Return what stands in a block."""
    html, words = "", list[Words]()
    for child in [*node.children, None]:
        if isinstance(child, Words):
            words.append(child)
            continue
        html += _inline(words, node.language)
        words.clear()
        if child is not None:
            html += markup(child, node.language)
    return html


def _figure(node: Node) -> str:
    """Return a picture: what it is said to show, the words that are painted in it, its caption."""
    alt = node.attributes.get("alt", "")
    words = [child for child in node.children if isinstance(child, Words)]
    drawn = f"<svg><text>{_inline(words, node.language)}</text></svg>" if words else ""
    rest = "".join(markup(child, node.language) for child in node.children if isinstance(child, Node))
    return f'<figure><img alt="{escape(alt)}">{drawn}{rest}</figure>'


def _list(node: Node) -> tuple[str, str]:
    """Return the element of a list, and what stands in it; a list of terms has terms where others have marks."""
    numbering = node.attributes.get("numbering", "")
    items = [child for child in node.children if isinstance(child, Node)]
    if numbering in _UNMARKED and any(item.label and _inside(item.label).strip() for item in items):
        pairs = ((_inside(item.label) if item.label else "", _inside(item)) for item in items)
        return "dl", "".join(f"<dt>{term}</dt><dd>{meaning}</dd>" for term, meaning in pairs)
    return ("ul" if numbering in _UNMARKED | _DOTTED else "ol"), _inside(node)


def markup(node: Node, language: str = "") -> str:
    """Return a block as HTML; `language` is that of the block around it."""
    tag = node.tag
    if tag == "figure":
        return _figure(node)
    tag, inside = _list(node) if tag == "ul" else (tag, _inside(node))
    blocks = [child for child in node.children if isinstance(child, Node)]
    if tag in _TEXT_ONLY and blocks:
        tag = "div"  # HTML ends a paragraph where a block begins
    names = "".join(
        f' {name}="{escape(node.attributes[name])}"'
        for name in ("scope", "colspan", "rowspan")
        if name in node.attributes
    )
    told = f' lang="{escape(node.language)}"' if node.language != language else ""
    return f"<{tag}{names}{told}>{inside}</{tag}>"
