"""What the codes of a PDF's font mean: the text and the width of each sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
NAMELESS = "\ufffd"  # stands for a sign of which the PDF does not say what it means


def got(value: Any) -> Any:
    """Return what a PDF's value is, also where it is only named."""
    return value.get_object() if hasattr(value, "get_object") else value


def _text(digits: bytes) -> str:
    raw = bytes.fromhex(digits.decode("ascii"))
    return raw.decode("utf-16-be", errors="replace")


def _after(text: str, steps: int) -> str:
    """Return the text so many signs further on in a range."""
    return text[:-1] + chr(ord(text[-1]) + steps) if text else text


def _meanings(cmap: bytes) -> Iterator[tuple[int, str]]:
    """Yield each code and its text from a ToUnicode table."""
    for kind, body in _BLOCK.findall(cmap):
        entries: list[bytes | list[bytes]] = []
        inside: list[bytes] | None = None
        for digits, opens, closes in _TOKEN.findall(body):
            if opens:
                inside = []
            elif closes and inside is not None:
                entries.append(inside)
                inside = None
            else:
                (entries if inside is None else inside).append(digits)
        width = 2 if kind == b"bfchar" else 3
        for at in range(0, len(entries) - width + 1, width):
            first, last, means = entries[at], entries[at + width - 2], entries[at + width - 1]
            if isinstance(first, list) or isinstance(last, list):
                continue
            begin, end = int(first, 16), int(last, 16)
            for step in range(min(end - begin, 0xFFFF) + 1):
                if isinstance(means, list):
                    if step < len(means):
                        yield begin + step, _text(means[step])
                else:
                    yield begin + step, _after(_text(means), step)


class Font:
    """One font of a PDF: two bytes a sign where it is a composite font, else one."""

    def __init__(self, font: Any) -> None:
        font = got(font)
        self.wide = font.get("/Subtype") == "/Type0"
        table = got(font.get("/ToUnicode"))
        self._texts = dict(_meanings(table.get_data())) if table is not None else {}
        self._latin = table is None and not self.wide
        self._widths: dict[int, float] = {}
        self._other = 0.0
        if self.wide:
            self._composite(got(got(font["/DescendantFonts"])[0]))
        else:
            matrix = got(font.get("/FontMatrix"))
            scale = float(matrix[0]) if matrix else 0.001
            first = int(font.get("/FirstChar", 0))
            for step, width in enumerate(got(font.get("/Widths")) or ()):
                self._widths[first + step] = float(width) * scale
            self._other = 0.0 if self._widths else 0.5

    def _composite(self, font: Any) -> None:
        """Read `/W`: code [width ...], or first last width."""
        self._other = float(font.get("/DW", 1000)) / 1000
        entries = [got(entry) for entry in got(font.get("/W")) or ()]
        at = 0
        while at + 1 < len(entries):
            first, second = int(entries[at]), entries[at + 1]
            if isinstance(second, list):
                self._widths |= {first + step: float(width) / 1000 for step, width in enumerate(second)}
                at += 2
            else:
                self._widths |= dict.fromkeys(range(first, int(second) + 1), float(entries[at + 2]) / 1000)
                at += 3

    def signs(self, shown: bytes) -> Iterator[tuple[str, float, bool]]:
        """Yield text, width (1: as wide as the letters are high) and "is it a space of one byte" of each sign."""
        step = 2 if self.wide else 1
        for at in range(0, len(shown) - step + 1, step):
            code = int.from_bytes(shown[at : at + step], "big")
            text = bytes([code]).decode("cp1252", errors="replace") if self._latin else self._texts.get(code, NAMELESS)
            yield text, self._widths.get(code, self._other), code == 32 and not self.wide
