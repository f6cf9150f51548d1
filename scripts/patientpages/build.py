"""The conductor: makes a site, and exchanges it with the one that is there if no error was found."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from patientpages.exchange import ExchangeError, replace_folder, staging
from patientpages.forked import aside
from patientpages.making import Made, Progress, Purpose, make, quietly
from patientpages.model import Artefact, Finding, InputError, Outcome, Place, Site
from patientpages.outputs import (
    coverage_report,
    dossier_report,
    reader_test,
)
from patientpages.project import Inputs
from patientpages.targets import disk_trouble, link_from, refuse_our_own, refuse_served
from patientpages.whole_file import write_files, write_whole

Finish = Callable[[list[Artefact]], list[Artefact]]


def build(
    inputs: Inputs, out: Path, today: date, say: Progress = quietly, *, preview: bool = True, finish: Finish = list
) -> Outcome:
    """Build the site and put it in the place of `out` if no error was found; else change nothing there.

    A preview says so on every page, and search engines may not keep it. What is none is for trying only: it has passed
    no gate, so it may not stand where the preview or the published site stands. `finish` turns the checked files into
    those that are written.
    """
    shown = inputs.project.shown(out)
    refuse_our_own(inputs.project, out.resolve(), shown)
    if not preview:
        what = "pages that look published and are not"
        refuse_served(inputs.project, out.resolve(), shown, what, "--as-if-published --out .build/tried")
    with replacing(inputs, out) as stage:
        site = make(inputs, stage, today, say, "preview" if preview else "trial")
        with aside(lambda: report_on(inputs, site, today, out), site.outcome.pages):
            if not site.outcome.errors:
                prepare(finish(site.files), stage, out)
        if not site.outcome.errors:
            exchange(stage, out)
        return site.outcome


@contextmanager
def replacing(inputs: Inputs, out: Path) -> Iterator[Path]:
    """Give an empty working folder for what will stand at `out`; say in words why it cannot (InputError)."""
    shown = inputs.project.shown(out)
    try:
        with staging(out) as stage:
            yield stage
    except ExchangeError as error:
        raise InputError([Finding("D004", "error", Place(shown), str(error))]) from error
    except OSError as error:
        raise disk_trouble(error, shown) from error


def prepare(files: Iterable[Artefact], stage: Path, out: Path) -> None:
    """Write the files of the site that will stand at `out`."""
    write_files(stage / "site", ((file.path, file.content) for file in files), out.resolve())


def exchange(stage: Path, out: Path) -> None:
    """Put them in its place, in one step."""
    replace_folder(stage / "site", out.resolve())


def put(files: Iterable[Artefact], stage: Path, out: Path) -> None:
    """Write the files, and put them in the place of `out` in one step."""
    prepare(files, stage, out)
    exchange(stage, out)


def report_on(inputs: Inputs, site: Made, today: date, out: Path) -> None:
    """Write the reports on a build, of a failed one as well, and keep what was made for the next one."""
    parts = site.reported()
    site.keep()
    link, standard = link_from(inputs.project.report, out), inputs.standard
    report = coverage_report([part.coverage for part in parts], standard.topics, site.outcome, link, today)
    sheets, first = [part.sheet for part in parts], inputs.languages[0].code
    report |= dossier_report(sheets, standard, first, site.outcome, link, today)
    if inputs.reader_test:
        report |= reader_test(inputs.reader_test, inputs.languages[0].wording.values, link)
    _write_report(inputs, report)


def _write_report(inputs: Inputs, files: dict[str, bytes]) -> None:
    """Write the coverage report, of a failed build as well; it is outside the site."""
    for name, content in files.items():
        write_whole(inputs.project.report / name, content)


def check(
    inputs: Inputs, today: date, say: Progress = quietly, purpose: Purpose = "preview"
) -> tuple[Outcome, list[Site]]:
    """Build into a temporary folder and check it; nothing is exchanged."""
    site = made(inputs, today, say, purpose)
    return site.outcome, site.sites


def made(inputs: Inputs, today: date, say: Progress = quietly, purpose: Purpose = "preview") -> Made:
    """Do as `check` does, and return the files as well."""
    try:
        inputs.project.work.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            prefix="check-", dir=inputs.project.work, ignore_cleanup_errors=True
        ) as folder:
            site = make(inputs, Path(folder), today, say, purpose)
            site.keep()
            return site
    except OSError as error:
        raise disk_trouble(error, inputs.project.shown(inputs.project.work)) from error
