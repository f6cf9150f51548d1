"""Where in a Markdown source a text of the built page stands.

Python-Markdown keeps no line numbers, so a block is found again by its words: its first run of three words
that stands in the source, where most of its other words follow.
"""

from __future__ import annotations

import re

from patientpages.markdown import EXPLICIT_ID, INSERT
from patientpages.model import Place, Source

_WORD = re.compile(r"[^\W_]+")
_RUN = 3
_FAR = 40  # words of a text that are compared
# What a source has and a page has not: attribute lists, link targets, tags, inserts.
_MARKUP = re.compile(r"\{:?[^{}\n]*\}|\]\([^)\s]*(?:\s+\"[^\"]*\")?\)|</?[a-zA-Z][^>]*>|<!--.*?-->")


def words_of(text: str) -> list[str]:
    """Split a text into the words that are compared."""
    return _WORD.findall(text.casefold())


class Locator:
    """Finds the lines of one source; asked in reading order, it tells repeated words apart."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._words: list[str] = []
        self._lines: list[int] = []
        self._runs: dict[tuple[str, ...], list[int]] = {}
        self._cursor = 0
        self._sections: list[tuple[str, int]] = []
        self._asked: dict[str, int] = {}
        lines = source.text.split("\n")[source.body_line - 1 :]
        for number, line in enumerate(lines, source.body_line):
            for insert in INSERT.finditer(line):
                if insert["kind"] == "section":
                    self._sections.append((insert["name"], number))
            found = words_of(_MARKUP.sub(" ", INSERT.sub(" ", line)))
            self._words += found
            self._lines += [number] * len(found)
        for length in range(1, _RUN + 1):
            for start in range(len(self._words) - length + 1):
                self._runs.setdefault(tuple(self._words[start : start + length]), []).append(start)

    def anchor(self, name: str) -> Place | None:
        """Return where an id is fixed by hand; asked again for the same id, the next such place."""
        lines = self._source.text.split("\n")[self._source.body_line - 1 :]
        found = [
            number
            for number, line in enumerate(lines, self._source.body_line)
            if any(name in pair for pair in EXPLICIT_ID.findall(line))
        ]
        self._asked[name] = self._asked.get(name, -1) + 1
        return Place(self._source.path, found[min(self._asked[name], len(found) - 1)]) if found else None

    def insert(self, topic: str) -> Place:
        """Return where the next insert of this shared section stands."""
        for index, (name, line) in enumerate(self._sections):
            if name == topic:
                del self._sections[index]
                return Place(self._source.path, line)
        return Place(self._source.path, self._source.body_line, exact=False)

    def _agreement(self, wanted: list[str], start: int) -> int:
        """Return how many of these words stand, in this order and close together, in the source from here on."""
        agreed, at = 0, start
        for word in wanted[:_FAR]:
            ahead = self._words[at : at + _RUN]
            if word in ahead:
                agreed, at = agreed + 1, at + ahead.index(word) + 1
        return agreed

    def text(self, text: str, *, move: bool = True) -> Place:
        """Return the line on which a text of the page starts; `move` on, so that the next is sought behind it.

        Where its first words stand more than once, it is the place where most of what follows agrees, too; among
        equals, the next one behind the text before it.
        """
        wanted = words_of(text)
        for length in (min(_RUN, len(wanted)), 1):
            for offset in range(min(len(wanted) - length + 1, 12)) if length else ():
                starts = self._runs.get(tuple(wanted[offset : offset + length]), ())
                if length == 1 and len(wanted) > 1 and len(starts) != 1:
                    continue  # a single word of many stands for the text only if it is the only such word
                if starts:
                    following = wanted[offset:]
                    start = (
                        max(starts, key=lambda at: (self._agreement(following, at), at >= self._cursor, -at))
                        if len(starts) > 1
                        else starts[0]
                    )
                    if move:
                        self._cursor = max(self._cursor, start + 1)
                    exact = offset == 0 or self._lines[max(start - offset, 0)] == self._lines[start]
                    return Place(self._source.path, self._lines[start], exact)
        nearest = self._lines[self._cursor] if self._cursor < len(self._lines) else self._source.body_line
        return Place(self._source.path, nearest, exact=False)


def place_of_text(source: Source, text: str) -> Place:
    """Return the line of a source that has this text as it stands, else the one where its words begin."""
    for number, line in enumerate(source.text.split("\n"), 1):
        if text and text in line:
            return Place(source.path, number)
    return Locator(source).text(text)
