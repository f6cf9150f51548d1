"""Text that is painted over other text: each sign is there, and nobody can read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from patientpages.readback.runs import Run

_TALL = 0.7  # of the height of the letters: how far capitals reach from their line
_ASIDE, _UP = 0.3, 0.15  # of the same: how far two texts lie over each other, at least, along their line and across it


@dataclass(frozen=True, slots=True)
class _Box:
    run: Run
    left: float
    right: float
    bottom: float
    top: float


def _boxes(runs: Iterable[Run]) -> Iterator[_Box]:
    """Yield where each run of text has ink; one that does not lie level is left out."""
    for run in runs:
        ends = [at for text, start, end in run.signs if text.strip() and start != end for at in (start, end)]
        if ends and max(y for _, y in ends) - min(y for _, y in ends) < _UP * run.size:
            xs, low = [x for x, _ in ends], min(y for _, y in ends)
            yield _Box(run, min(xs), max(xs), low, low + _TALL * run.size)


def overlaid(runs: Iterable[Run]) -> list[tuple[Run, Run]]:
    """Return the runs of a page that lie over each other, in pairs."""
    boxes = sorted(_boxes(runs), key=lambda box: box.bottom)
    found = []
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            if other.bottom > one.top:
                break
            size = min(one.run.size, other.run.size)
            along = min(one.right, other.right) - max(one.left, other.left)
            across = min(one.top, other.top) - other.bottom
            if along > _ASIDE * size and across > _UP * size:
                found.append((one.run, other.run))
    return found
