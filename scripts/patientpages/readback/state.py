"""What a PDF's content has said before a sign is painted: where it goes, in which font, and which marks it bears."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from patientpages.readback.fonts import Font
from patientpages.readback.runs import NO_ARTEFACT, Owner

Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Mark:
    """What the marks around a place in the content say of it."""

    owner: Owner | None = None
    artefact: int = NO_ARTEFACT
    backwards: bool = False
    instead: str | None = None  # /ActualText
    language: str = ""


@dataclass
class TextState:
    """The state that decides where the next sign goes."""

    ctm: Matrix = SAME
    font: Font | None = None
    size: float = 1.0
    sign_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    at: Matrix = SAME
    line: Matrix = SAME


def times(a: Matrix, b: Matrix) -> Matrix:
    """Return the matrix that does first `a`, then `b`."""
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def matrix(numbers: Any) -> Matrix:
    """Return the six numbers of a PDF as a matrix."""
    a, b, c, d, e, f = (float(number) for number in numbers)
    return a, b, c, d, e, f
