"""A run of text as it is set: white space folded as a browser does it, and places where a long word may end a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from patientpages.model import Piece, Unprintable

Inline = dict[str, Any]
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LONG = re.compile(r"[^ \t\r\n\f]{24,}")
_FEW = 24  # letters of a word that fit on any line
_KEPT = "\xa0\u202f"  # spaces at which no line may end
_BREAK = "\u200b"  # a place where a line may end
_ENDS = (f"{_KEPT}/", "-_", ".")  # after which a long word may end a line: the first rather than the next


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


def _in_parts(word: str, ends: Sequence[str] = _ENDS) -> str:
    """Return a word with the places where a line may end.

    After hard spaces, and the slashes of an address; in what is still long after its hyphens, then after its dots; in
    what is still too long for any line, after each eighth letter.
    """
    if len(word) < _FEW and len(ends) < len(_ENDS):
        return word
    if not ends:
        return _BREAK.join(re.findall(r".{1,8}", word))
    return _BREAK.join(_in_parts(part, ends[1:]) for part in re.split(f"(?<=[{re.escape(ends[0])}])", word) if part)


def breakable(text: str) -> str:
    """Return a text in which a line may end inside a word that would not fit on one."""
    return _LONG.sub(lambda word: _in_parts(word[0]), text)


def _texts(pieces: list[Inline]) -> Iterator[Inline]:
    """Yield the runs of text in a line, whatever they stand in; what ends a line is one, too."""
    for piece in pieces:
        if piece["t"] == "text":
            yield piece
        elif "c" in piece and piece["t"] != "break":
            yield from _texts(piece["c"])
        else:
            yield {"v": " "}


def parted(pieces: list[Inline]) -> list[Inline]:
    """Return a line in parts, each a `p`, and between them what stands in it as a block: a picture in bold text."""
    parts: list[Inline] = []
    for piece in pieces:
        inner = parted(piece["c"]) if "c" in piece and piece["t"] != "break" else [piece]
        for part in inner:
            made = {**piece, "c": part["c"]} if part["t"] == "p" else part
            if made["t"] == "break":
                parts.append(made)
            elif parts and parts[-1]["t"] == "p":
                parts[-1]["c"].append(made)
            else:
                parts.append({"t": "p", "c": [made]})
    return parts


def _make_breakable(pieces: list[Inline]) -> None:
    """Let lines end inside long words, also in those that are partly bold, or a link."""
    texts = list(_texts(pieces))
    whole = "".join(text["v"] for text in texts)
    broken = iter(breakable(whole))
    for text in texts:
        made = ""
        for letter in text["v"]:
            while (got := next(broken)) != letter:
                made += got
            made += got
        text["v"] = made


class Line:
    """A run of text that is being put together: white space is folded as a browser does it."""

    def __init__(self) -> None:
        self.pieces: list[Inline] = []
        self._open = False  # whether the last letter was a space, or nothing came yet

    def text(self, text: str, into: list[Inline]) -> None:
        """Add text to these pieces, which are in this line."""
        folded = _SPACE.sub(" ", text.replace("\xad", "").replace(_BREAK, ""))
        if folded.startswith(" ") and not self._open:
            folded = folded[1:]
        if folded:
            self._open = not folded.endswith(" ")
            into.append({"t": "text", "v": folded})

    def begin(self) -> None:
        """Begin a line: a space at its start is none."""
        self._open = False

    def ended(self) -> list[Inline]:
        """Return the pieces, and begin anew."""
        done, self.pieces, self._open = self.pieces, [], False
        while done and done[-1]["t"] == "br":
            done.pop()
        _make_breakable(done)
        return done if any(piece["t"] != "text" or piece["v"].strip() for piece in done) else []
