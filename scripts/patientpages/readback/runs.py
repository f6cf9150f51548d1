"""Runs of painted text -> the text as it was written: right-to-left writing in order, lines joined."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]
# A marked piece of content, by which the structure tree names it: page, stream (0: the page's own), number there.
Owner = tuple[int, int, int]
NO_ARTEFACT = -1
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})
# What says where a line may end, or which way writing runs, and is no part of a word.
_UNSAID = str.maketrans(
    "", "", "\xad\u200b\u2060\ufeff\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
# A line that ends with one of these may go on in the next without a space.
_BREAKS = ("\xad", "\u200b", "-", "‐", "–", "—", "/")
_GAP = 0.15  # of the height of the letters: a wider gap on a line is a space that was not painted as a sign
_NEXT_LINE = 0.7  # of the same: less is a sign that stands higher or lower on its line


@dataclass(frozen=True, slots=True)
class Run:
    """Signs that are painted in one go. Points are (x, y) in 1/72 inch from the page's corner, y upwards."""

    text: str  # in the order in which it is read
    page: int  # from 0
    owner: Owner | None  # None: no part of the structure tree can name it
    artefact: int  # the number of the running header, footer or decoration that it stands in; -1: in none
    backwards: bool  # painted from its end to its beginning: right-to-left writing
    start: Point  # of its first painted sign, on the line that letters stand on
    end: Point
    size: float  # height of the letters
    language: str = ""  # where the content itself names one
    signs: tuple[tuple[str, Point, Point], ...] = ()  # each painted sign, and where it begins and ends


def is_right_to_left(language: str) -> bool:
    """Tell whether a language (a tag such as `ar` or `he-IL`) is written from right to left."""
    parts = language.casefold().split("-")
    return parts[0] in _RIGHT_TO_LEFT or "arab" in parts[1:] or "hebr" in parts[1:]


def said(text: str) -> str:
    """Return a text without the signs that only tell where a line may end."""
    return text.translate(_UNSAID)


def _offset(before: Run, after: Run) -> tuple[float, float]:
    """Return how far a run begins behind the end of another (0: next to it), and how far above or below its line."""
    (x0, y0), (x1, y1), (x, y) = before.start, before.end, after.start
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    along = ((x1 - x0) / length, (y1 - y0) / length) if length else (1.0, 0.0)
    return (x - x1) * along[0] + (y - y1) * along[1], (y - y1) * along[0] - (x - x1) * along[1]


def _same_line(before: Run, after: Run) -> bool:
    return before.page == after.page and abs(_offset(before, after)[1]) < _NEXT_LINE * max(before.size, after.size)


def _is_written(run: Run, *directions: str) -> bool:
    return any(unicodedata.bidirectional(sign) in directions for sign in run.text)


def _may_be_backwards(run: Run) -> bool:
    """Tell whether a run is right-to-left writing, or signs that can stand in it, such as a space or a bracket."""
    return run.backwards or not _is_written(run, "L", "EN", "AN")


def _goes_on(before: Run, after: Run) -> bool:
    """Tell whether a run stands right of the one before, as parts of right-to-left writing must not."""
    both = _may_be_backwards(before) and _may_be_backwards(after) and _same_line(before, after)
    return both and abs(_offset(before, after)[0]) < _GAP / 3 * max(before.size, after.size)


def without_echoes(runs: Sequence[Run]) -> list[Run]:
    """Take out what an accent on a letter says again: where both are signs of their own, each has the text of both."""
    kept: list[Run] = []
    for index, run in enumerate(runs):
        letters = any(not unicodedata.combining(sign) for sign in run.text)
        echo = letters and all(start == end for _, start, end in run.signs)
        around = [*kept[-1:], *runs[index + 1 : index + 2]] if echo else []
        if not any(run.text in other.text for other in around):
            kept.append(run)
    return kept


def in_order(runs: Sequence[Run], language: str) -> list[int]:
    """Return the places of the runs in the order in which they are read.

    Where a word and the space behind it are of different fonts, right-to-left writing is painted, and tagged, from
    its end to its beginning: each run stands to the right of the one before. Such runs are turned round.
    """
    order: list[int] = []
    at = 0
    while at < len(runs):
        end = at + 1
        while end < len(runs) and _goes_on(runs[end - 1], runs[end]):
            end += 1
        written = [index for index in range(at, end) if runs[index].backwards or _is_written(runs[index], "R", "AL")]
        first, last = (written[0], written[-1]) if written else (end, end - 1)
        if written and is_right_to_left(runs[first].language or language):
            first, last = at, end - 1  # else spaces before and behind belong to the writing around it
        order += [*range(at, first), *range(last, first - 1, -1), *range(last + 1, end)]
        at = end
    return order


def between(before: Run, after: Run, *, one_address: bool = False) -> str:
    """Return what a reader meets between two runs: nothing, or a space where a line or a gap is.

    A space at the end of a line is painted; where it is not, the line was ended by hand, or after a hyphen or the
    like. `one_address`: both show the address that a link leads to, which is broken anywhere.
    """
    if not before.text or before.text[-1].isspace() or after.text[:1].isspace():
        return ""
    if not _same_line(before, after):
        last, first = before.text[-1], after.text[:1]
        wide = unicodedata.east_asian_width(last) in "WF" and unicodedata.east_asian_width(first) in "WF"
        return "" if one_address or wide or before.text.endswith(_BREAKS) else " "
    if before.backwards or after.backwards:
        return ""
    return " " if _offset(before, after)[0] > _GAP * max(before.size, after.size) else ""


def joined(runs: Sequence[Run], language: str) -> str:
    """Return the text of runs that are read as one."""
    text, last = "", None
    for index in in_order(runs, language):
        text += (between(last, runs[index]) if last else "") + runs[index].text
        last = runs[index]
    return said(text)
