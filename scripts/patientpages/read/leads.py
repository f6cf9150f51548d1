"""What is read before a text: the line that leads in to a list, a column's header, a term."""

from __future__ import annotations

import re

from patientpages.model import BlockKind

_LAST_SENTENCE = re.compile(r"(?:.*[.!?][\"'”’)]*\s+)?(\S.*)$", re.DOTALL)
_LEADING: frozenset[BlockKind] = frozenset({"paragraph", "title", "summary", "item", "definition"})
_FOLLOWED = frozenset({"ul", "ol", "li", "table", "tr", "td", "th"})
_MOST = 400  # characters of all the lines that lead in: lists nested a thousand deep must not read them all


def last_sentence(text: str) -> str:
    """Return the last sentence of a text, without the colon at its end."""
    found = _LAST_SENTENCE.match(text)
    return (found[1] if found else text).rstrip(": ")


class Leads:
    """Follows lists, tables and definitions while a page is read."""

    def __init__(self) -> None:
        self._lists: list[str] = []
        self._items: list[str] = []  # the text of each open item, for the lists inside it
        self._last: tuple[BlockKind, str] | None = None
        self._term = ""
        self._headers: list[str] = []
        self._column = self._row = 0

    def enter(self, tag: str) -> None:
        """An element begins."""
        if tag not in _FOLLOWED:
            return
        if tag in ("ul", "ol"):
            inside = self._items[-1] if self._items else ""
            before = self._last[1] if self._last and self._last[0] in _LEADING and not inside else ""
            outer = self._lists[-1] if self._lists else ""
            lead = f"{outer} {last_sentence(inside)}".strip() if inside else last_sentence(before)
            self._lists.append(lead if len(lead) <= _MOST else outer)
        elif tag == "li":
            self._items.append("")
        elif tag == "table":
            self._headers, self._last = [], None
        elif tag == "tr":
            self._row += 1
            self._column = 0
        elif tag in ("td", "th"):
            self._column += 1

    def leave(self, tag: str) -> None:
        """An element ends."""
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            self._last = None
        elif tag == "li" and self._items:
            self._items.pop()

    def of(self, kind: BlockKind) -> tuple[str, int]:
        """Return what leads in to a text of this kind here, and the table row that it stands in (0: none)."""
        if kind == "item":
            return (self._lists[-1] if self._lists else ""), 0
        if kind == "definition":
            return self._term, 0
        if kind == "cell":
            header = self._headers[self._column - 1] if 0 < self._column <= len(self._headers) else ""
            return header, self._row
        if kind == "paragraph" and self._last and self._last[0] == "paragraph" and self._last[1].endswith(":"):
            return last_sentence(self._last[1]), 0  # a list that was typed as a paragraph: "(i) ...; (ii) ..."
        return "", 0

    def text(self, kind: BlockKind, text: str) -> None:
        """A text has been read."""
        if kind == "item" and self._items and not self._items[-1]:
            self._items[-1] = text
        if kind == "header-cell":
            self._headers += [""] * (self._column - len(self._headers))
            self._headers[self._column - 1] = text
        if kind == "term":
            self._term = text
        self._last = (kind, text)
