"""The body of a ready-made message: what it may hold, and how it reads as plain text.

It is the simple HTML that Markdown makes: paragraphs, lists, links and emphasis. Anything else is refused, because one
mail program or another would take it out, and its words might go with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

_BLOCKS = ("p", "ul", "ol")
_MAY_HOLD: dict[str, set[str]] = {name: set() for name in (*_BLOCKS, "li", "strong", "em", "br")} | {"a": {"href"}}
_TARGET = re.compile(r"(?:https?://|tel:)[^\s\x00-\x1f\x7f]+")
# What closes the words before it: it must not stand after an address, where mail programs take it for a part of it.
_CLOSES = re.compile(r"(?:[.,;:!?…)\]}»”\"。、，！？：；）」』،؛؟।]|['’](?!\w))+")
_ARE_WORDS = "%‰&@#*/\\"  # characters that Unicode calls punctuation and people read as words


def parsed(body: str) -> LexborNode:
    """Return the element that holds the parsed body; anything that a message may not hold is a ValueError."""
    tree = LexborHTMLParser(f"<main>{body}</main>")
    main = tree.css_first("main")
    if main is None or main.next is not None or "<!" in body:
        raise ValueError("A message may not hold a comment, or an end without a beginning.")
    for node in tree.css("body *, head *"):
        if node == main:
            continue
        if node.tag not in _MAY_HOLD or set(node.attributes) - _MAY_HOLD[node.tag]:
            raise ValueError(f"A message may hold only paragraphs, lists, links and emphasis, not {node.html}")
        if node.tag == "a" and not _TARGET.fullmatch(node.attributes.get("href") or ""):
            raise ValueError(f"A link in a message must have a full web address or a telephone number: {node.html}")
    return main


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _pieces(nodes: Iterable[LexborNode]) -> Iterator[tuple[str, str]]:
    """Give what a paragraph holds in the order of reading: words, web addresses behind them, ends of lines."""
    for node in nodes:
        if node.tag == "-text":
            yield "words", re.sub(r"[ \t\n\f\r]+", " ", node.text_content or "")
        elif node.tag == "br":
            yield "end", ""
        else:
            address = (node.attributes.get("href") or "") if node.tag == "a" else ""
            if not address or node.text(strip=True) != address:  # an address that is its own words is said once
                yield from _pieces(_children(node))
            if address and not address.startswith("tel:"):
                yield "address", address


def _led(words: str) -> list[str]:
    """Return the line that leads to an address, with a colon unless it ends in punctuation of its own ([] for none)."""
    words = words.strip(" ")
    last = words.rstrip("\"'”’»)]}")[-1:]
    closed = bool(last) and unicodedata.category(last) == "Po" and last not in _ARE_WORDS
    return [words if closed else f"{words}:"] if words else []


def _flow(nodes: Iterable[LexborNode]) -> str:
    """Return a paragraph as lines, each web address alone on one."""
    lines, line, waiting = [], "", ""
    for kind, value in _pieces(nodes):
        rest = value
        if waiting:
            if kind == "words" and (closes := _CLOSES.match(value)):
                line, rest = line + closes[0], value[closes.end() :]
            if kind == "words" and not rest:
                continue
            lines += [*_led(line), waiting]
            line, waiting = "", ""
            if kind == "end":
                continue
        if kind == "words":
            line += rest
        elif kind == "address":
            waiting = value
        else:
            lines, line = [*lines, line], ""
    lines += [*_led(line), waiting] if waiting else [line]
    return "\n".join(re.sub(" +", " ", each).strip(" ") for each in lines).strip("\n")


def _blocks(node: LexborNode, indent: str = "") -> list[str]:
    """Return the paragraphs and lists of the body, or of an item of a list."""
    made: list[str] = []
    loose: list[LexborNode] = []  # words that stand in no paragraph of their own
    for child in _children(node):
        if child.tag not in _BLOCKS:
            loose.append(child)
            continue
        made += [_flow(loose), _flow(_children(child)) if child.tag == "p" else _list(child, indent)]
        loose = []
    return [block for block in (*made, _flow(loose)) if block]


def _list(node: LexborNode, indent: str) -> str:
    """Return a list with one item below the other; only an ordered one has numbers."""
    items = ["\n".join(_blocks(item, f"{indent}  ")) for item in _children(node) if item.tag == "li"]
    marks = [f"{n}." if node.tag == "ol" else "-" for n in range(1, len(items) + 1)]
    return "\n".join(f"{indent}{mark} {item}" for mark, item in zip(marks, items, strict=True) if item)


def plain_text(body: str) -> str:
    """Return the body as plain text that every program shows alike.

    A link is its words, and its address on the next line with nothing else on that line: so no program breaks it, or
    takes a full stop into it. (An item of a list that is an address only has it behind its mark.) A telephone link is
    its words only. Lines are as long as their paragraphs.
    """
    return "\n\n".join(_blocks(parsed(body)))
