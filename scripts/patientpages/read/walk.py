"""Walk the main content of a built page once, in reading order."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from patientpages.model import BlockKind
from patientpages.read.reader import Reader
from patientpages.read.visible import BLOCKS, Attributes, hidden_by, is_skipped, kind_inside


def _leave(reader: Reader, tag: str, attributes: Attributes, kind: BlockKind, hidden: str) -> None:
    if tag in BLOCKS:
        reader.flush(kind, hidden)
        reader.words.append("\n")
    reader.leave(tag, attributes)


def walk(root: LexborNode, reader: Reader) -> None:
    """Visit the content in reading order; a stack of our own, since hostile nesting may be 10,000 deep.

    An element stands on it a second time, with its attributes, below its children: there it is left.
    """
    stack: list[tuple[LexborNode, BlockKind, str, Attributes | None]] = [(root, "paragraph", "", None)]
    while stack:
        node, kind, hidden, left = stack.pop()
        if left is not None:
            _leave(reader, node.tag or "", left, kind, hidden)
            continue
        if node.is_text_node:
            reader.text(node.text_content or "")
            continue
        if node.is_comment_node:
            reader.comment(node.comment_content or "", kind, hidden)
            continue
        tag = node.tag or ""
        if tag == "br":
            reader.text(" ")
            continue
        attributes = node.attributes
        if (attributes and reader.marked(node, attributes)) or is_skipped(tag, attributes):
            continue
        if tag in BLOCKS:
            reader.flush(kind, hidden)
            reader.words.append("\n")
        reader.enter(node, tag, attributes)
        inner = kind_inside(node, tag, attributes, kind)
        concealed = hidden or hidden_by(tag, attributes)
        if tag == "summary":
            concealed = hidden if concealed.startswith("it stands in a box") else concealed
        only = node.child
        if only is not None and only.next is None and only.is_text_node:  # as in most elements
            reader.text(only.text_content or "")
            _leave(reader, tag, attributes, inner, concealed)
        else:
            stack.append((node, inner, concealed, attributes))
            children = [(child, inner, concealed, None) for child in node.iter(include_text=True)]
            children.reverse()
            stack += children
    reader.flush("paragraph", "")
