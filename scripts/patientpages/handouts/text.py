"""A run of text as it is set: white space folded as a browser does it, and places where a long word may end a line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from patientpages.model import Piece, Unprintable

Inline = dict[str, Any]
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LONG = re.compile(r"\S{24,}")
_BREAK = "\u200b"  # a place where a line may end


@dataclass
class Source:
    """What a page's pieces are made with: where links lead, what its pictures hold, and what was found wrong."""

    link: Callable[[str, str], Piece]  # (href, words) -> where it leads: {"here": id, "to": address, "shown": address}
    picture: Callable[[str], tuple[str, str]]  # src -> (the name of its file, "") or ("", what is wrong with it)
    room: int  # letters that fit on a line
    troubles: list[Unprintable] = field(default_factory=list)

    def wrong(self, what: str, hint: str, near: str) -> None:
        """Note something that cannot be printed."""
        self.troubles.append(Unprintable(what, hint, near))


def breakable(text: str) -> str:
    """Return a text in which a line may end inside a word that would not fit on one."""
    return _LONG.sub(lambda word: _BREAK.join(re.findall(r".{1,8}", word[0])), text)


class Line:
    """A run of text that is being put together: white space is folded as a browser does it."""

    def __init__(self) -> None:
        self.pieces: list[Inline] = []
        self._open = False  # whether the last letter was a space, or nothing came yet

    def text(self, text: str, into: list[Inline]) -> None:
        """Add text to these pieces, which are in this line."""
        folded = _SPACE.sub(" ", text.replace("\xad", ""))
        if folded.startswith(" ") and not self._open:
            folded = folded[1:]
        if folded:
            self._open = not folded.endswith(" ")
            into.append({"t": "text", "v": breakable(folded)})

    def begin(self) -> None:
        """Begin a line: a space at its start is none."""
        self._open = False

    def ended(self) -> list[Inline]:
        """Return the pieces, and begin anew."""
        done, self.pieces, self._open = self.pieces, [], False
        while done and done[-1]["t"] == "br":
            done.pop()
        return done if any(piece["t"] != "text" or piece["v"].strip() for piece in done) else []
