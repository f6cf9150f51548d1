"""Python-Markdown's last steps with the tree of a page, without what our pages have no use for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias
from xml.etree import ElementTree
from xml.etree.ElementTree import HTML_EMPTY

from markdown.extensions.toc import TocTreeprocessor
from markdown.serializers import RE_AMP, to_xhtml_string
from markdown.treeprocessors import UnescapeTreeprocessor
from markdown.util import STX

_RAW = frozenset({"script", "style"})
_Write: TypeAlias = Callable[[str], None]


class QuickToc(TocTreeprocessor):
    """Makes the list of contents only where a page asks for it with its marker."""

    _asked = True

    def run(self, doc: ElementTree.Element) -> None:
        """Give headings their ids, and collect them."""
        marker = self.marker
        self._asked = bool(marker) and any(marker in (each.text or "") for each in doc.iter())
        super().run(doc)

    def build_toc_div(self, toc_list: list[Any]) -> ElementTree.Element:
        """Return the list of contents."""
        return super().build_toc_div(toc_list) if self._asked else ElementTree.Element("div")

    def replace_marker(self, root: ElementTree.Element, elem: ElementTree.Element) -> None:
        """Put the list where the marker stands."""
        if self._asked:
            super().replace_marker(root, elem)


class QuickUnescape(UnescapeTreeprocessor):
    """Looks for escaped signs only in a text that has the sign with which they begin."""

    def unescape(self, text: str) -> str:
        """Return a text without escapes."""
        return super().unescape(text) if STX in text else text


class _UnusualError(Exception):
    """An element of a kind that is left to Python-Markdown."""


def to_xhtml(element: ElementTree.Element) -> str:
    """Return the XHTML of an element, as Python-Markdown's own serialiser writes it."""
    parts: list[str] = []
    try:
        _write(element, parts.append)
    except (_UnusualError, RecursionError):
        return to_xhtml_string(element)
    return "".join(parts)


def _escaped(text: str) -> str:
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    return text.replace("<", "&lt;").replace(">", "&gt;")


def _write(element: ElementTree.Element, write: _Write) -> None:
    tag, text, tail = element.tag, element.text, element.tail
    if type(tag) is not str:
        raise _UnusualError  # such as a comment
    began = f"<{tag}{_attributes(element)}" if element.attrib else f"<{tag}"
    name = tag.lower()
    if name in HTML_EMPTY:
        write(f"{began} />")
    else:
        write(f"{began}>")
        if text:
            write(text if name in _RAW else _escaped(text))
        for child in element:
            _write(child, write)
        write(f"</{tag}>")
    if tail:
        write(_escaped(tail))


def _attributes(element: ElementTree.Element) -> str:
    found = []
    for name, value in sorted(element.items()):
        if type(value) is not str or type(name) is not str:
            raise _UnusualError  # such as an attribute without a value
        shown = _escaped(value).replace('"', "&quot;")
        found.append(f' {name}="{shown}"')
    return "".join(found)
