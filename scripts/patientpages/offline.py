"""A copy of the site for a disk: of the pages as they are now (a preview), or of exactly what was published."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from patientpages.build import build, put, replacing
from patientpages.making import Progress
from patientpages.model import Outcome
from patientpages.outputs import for_disk
from patientpages.project import Inputs
from patientpages.published import read_published
from patientpages.targets import refuse_our_own, refuse_served

_WHAT, _HINT = "a copy for a disk, whose links name files,", "--offline --out offline"


def offline(inputs: Inputs, out: Path, today: date, say: Progress) -> Outcome:
    """Build a preview that opens from a disk, and put it in the place of `out` if no error was found."""
    refuse_served(inputs.project, out.resolve(), inputs.project.shown(out), _WHAT, _HINT)
    return build(inputs, out, today, say, finish=for_disk)


def offline_of_published(inputs: Inputs, out: Path) -> str:
    """Put a copy of public/ that opens from a disk in the place of `out`; return what was done.

    Nothing is built and nothing checked anew: InputError where public/ is not exactly what its manifest says.
    """
    public, shown = inputs.project.root / "public", inputs.project.shown(out)
    refuse_served(inputs.project, out.resolve(), shown, _WHAT, _HINT)
    refuse_our_own(inputs.project, out.resolve(), shown)
    files = read_published(public, inputs.project.shown(public))
    with replacing(inputs, out) as stage:
        put(for_disk(files), stage, out)
    return f"a copy of what was published is in {shown}/: open {shown}/index.html"
