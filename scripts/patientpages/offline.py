"""A copy of the site for a disk: of the pages as they are now (a preview), or of exactly what was published."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from patientpages.build import build, put, replacing
from patientpages.making import Progress
from patientpages.model import Finding, InputError, Place
from patientpages.outcome import Outcome
from patientpages.outputs import for_disk
from patientpages.project import Inputs
from patientpages.published import read_published
from patientpages.targets import refuse_our_own


def _refuse_served(inputs: Inputs, out: Path, shown: str) -> None:
    """Refuse the folders that are for a web host: a copy for a disk stands in none of them."""
    for name in ("site", "public"):
        kept = (inputs.project.root / name).resolve()
        if out.is_relative_to(kept) or kept.is_relative_to(out):
            message = f"a copy for a disk may not stand in {name}/, which is for a browser that asks a server"
            raise InputError([Finding("D004", "error", Place(shown), message, "--offline --out offline")])


def offline(inputs: Inputs, out: Path, today: date, say: Progress) -> Outcome:
    """Build a preview that opens from a disk, and put it in the place of `out` if no error was found."""
    _refuse_served(inputs, out.resolve(), inputs.project.shown(out))
    return build(inputs, out, today, say, finish=for_disk)


def offline_of_published(inputs: Inputs, out: Path) -> str:
    """Put a copy of public/ that opens from a disk in the place of `out`; return what was done.

    Nothing is built and nothing checked anew: InputError where public/ is not exactly what its manifest says.
    """
    public, shown = inputs.project.root / "public", inputs.project.shown(out)
    _refuse_served(inputs, out.resolve(), shown)
    refuse_our_own(inputs.project, out.resolve(), shown)
    files = read_published(public, inputs.project.shown(public))
    with replacing(inputs, out) as stage:
        put(for_disk(files), stage, out)
    return f"a copy of what was published is in {shown}/: open {shown}/index.html"
