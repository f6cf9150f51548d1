"""Where in a Markdown source a text of the built page stands.

Python-Markdown keeps no line numbers, so a block is found again by its words: its first run of three words
that stands in the source, where most of its other words follow.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from itertools import chain

from patientpages.markdown import INSERT, id_pairs
from patientpages.model import Place, Source

_WORD = re.compile(r"[^\W_]+")
# The same for text of ASCII alone, which is most of it, at a tenth of the price: small letters and digits, or a space.
_ASCII = bytes(ord(chr(code).lower()) if code < 128 and chr(code).isalnum() else 32 for code in range(256))
_RUN = 3
_FAR = 40  # words of a text that are compared
_MANY = 200  # times that every word of a run stands in a source: looking at each place would take too long
_NOWHERE: list[int] = []
_TRIED = 12  # runs of a text that are looked for, one after the other
# What a source has and a page has not: attribute lists, link targets, tags, inserts.
_MARKUP = re.compile(r"\{:?[^{}\n]*\}|\]\([^)\s]*(?:\s+\"[^\"]*\")?\)|</?[a-zA-Z][^>]*>|<!--.*?-->")


def words_of(text: str) -> list[str]:
    """Split a text into the words that are compared."""
    if text.isascii():
        return text.encode().translate(_ASCII).decode().split()
    return _WORD.findall(text.casefold())


class Locator:
    """Finds the lines of one source; asked in reading order, it tells repeated words apart."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._words: list[str] = []
        self._lines: list[int] = []
        self._cursor = 0
        self._sections: list[tuple[str, int]] = []
        self._asked: dict[str, int] = {}
        self._body = source.text.split("\n")[source.body_line - 1 :]
        for number, line in enumerate(self._body, source.body_line):
            read = line
            if not line:
                continue
            if "{" in line:
                if "{{" in line:
                    self._sections += ((i["name"], number) for i in INSERT.finditer(line) if i["kind"] == "section")
                    read = INSERT.sub(" ", line)
                read = _MARKUP.sub(" ", read)
            elif "<" in line or "](" in line:
                read = _MARKUP.sub(" ", line)
            found = words_of(read)
            self._words += found
            self._lines += [number] * len(found)
        stand: defaultdict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(self._words):
            stand[word].append(at)
        self._stand = dict(stand)  # where each word stands
        self._runs: dict[int, dict[tuple[str, ...], list[int]]] = {}  # the same of runs, by their length: see _MANY
        self._words += [""] * _RUN  # no word: whoever looks ahead need not look for the end

    @cached_property
    def _anchors(self) -> dict[str, list[int]]:
        """The lines on which each id is fixed by hand; "" stands for all such lines."""
        found: dict[str, list[int]] = {}
        for number, line in enumerate(self._body, self._source.body_line):
            for name in {name for pair in id_pairs(line) for name in pair}:
                found.setdefault(name, []).append(number)
        return found

    def anchor(self, name: str) -> Place | None:
        """Return where an id is fixed by hand; asked again for the same id, the next such place."""
        found = self._anchors.get(name)
        self._asked[name] = self._asked.get(name, -1) + 1
        return Place(self._source.path, found[min(self._asked[name], len(found) - 1)]) if found else None

    def insert(self, topic: str) -> Place:
        """Return where the next insert of this shared section stands."""
        for index, (name, line) in enumerate(self._sections):
            if name == topic:
                del self._sections[index]
                return Place(self._source.path, line)
        return Place(self._source.path, self._source.body_line, exact=False)

    def _starts(self, run: list[str]) -> list[int]:
        """Return, in order, where these words stand in the source one behind the other."""
        rarest, fewest = 0, self._stand.get(run[0], _NOWHERE)
        for offset in range(1, len(run)):
            stand = self._stand.get(run[offset], _NOWHERE)
            if len(stand) < len(fewest):
                rarest, fewest = offset, stand
        length = len(run)
        if length == 1 or not fewest:
            return fewest
        words = self._words
        if len(fewest) > _MANY:
            if length not in self._runs:
                runs = self._runs[length] = {}
                for at in range(len(self._lines) - length + 1):
                    runs.setdefault(tuple(words[at : at + length]), []).append(at)
            return self._runs[length].get(tuple(run), _NOWHERE)
        return [at - rarest for at in fewest if at >= rarest and words[at - rarest : at - rarest + length] == run]

    def _agreement(self, wanted: list[str], start: int) -> int:
        """Return how many of these words stand, in this order and close together, in the source from here on."""
        words, agreed, at = self._words, 0, start
        for word in wanted:
            if words[at] == word:
                at += 1
            elif words[at + 1] == word:
                at += 2
            elif words[at + 2] == word:
                at += 3
            else:
                continue
            agreed += 1
        return agreed

    def _best(self, starts: list[int], following: list[str]) -> int:
        """Return the start where most agrees; among equals the next one behind the cursor, else the first of all."""
        behind = bisect_left(starts, self._cursor)
        best, most = -1, -1
        for at in chain(starts[behind:], starts[:behind]):
            agreed = self._agreement(following, at)
            if agreed > most:
                best, most = at, agreed
                if most == len(following):
                    break
        return best

    def text(self, text: str, *, move: bool = True) -> Place:
        """Return the line on which a text of the page starts; `move` on, so that the next is sought behind it.

        Where its first words stand more than once, it is the place where most of what follows agrees, too; among
        equals, the next one behind the text before it.
        """
        wanted = words_of(text)
        for length in (min(_RUN, len(wanted)), 1):
            for offset in range(min(len(wanted) - length + 1, _TRIED)) if length else ():
                starts = self._starts(wanted[offset : offset + length])
                if length == 1 and len(wanted) > 1 and len(starts) != 1:
                    continue  # a single word of many stands for the text only if it is the only such word
                if starts:
                    start = starts[0] if len(starts) == 1 else self._best(starts, wanted[offset : offset + _FAR])
                    if move:
                        self._cursor = max(self._cursor, start + 1)
                    exact = offset == 0 or self._lines[max(start - offset, 0)] == self._lines[start]
                    return Place(self._source.path, self._lines[start], exact)
        nearest = self._lines[self._cursor] if self._cursor < len(self._lines) else self._source.body_line
        return Place(self._source.path, nearest, exact=False)


def line_with(source: Source, text: str) -> Place | None:
    """Return the first line of a source that has this text as it stands, or None."""
    found = source.text.find(text) if text and "\n" not in text else -1
    return Place(source.path, source.text.count("\n", 0, found) + 1) if found >= 0 else None


def place_of_text(source: Source, text: str) -> Place:
    """Return the line of a source that has this text as it stands, else the one where its words begin."""
    return line_with(source, text) or Locator(source).text(text)
