"""What the verbs have in common: how they are added, the options that most take, where the project is, the day."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from patientpages.folders import Project, default_project
from patientpages.model import Finding, InputError, Outcome, Place
from patientpages.progress import doing
from patientpages.reporters import FORMATS, reported

EXITS = (
    "Exit codes: 0 no error found, 1 errors found, 2 nothing or not everything could be checked (the message says why)."
)
Run = Callable[[argparse.Namespace], int]


def day(text: str) -> date:
    """Return a day that was typed, or say what a day looks like."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is not a day: write it like 2026-11-22') from None


def _inputs() -> argparse.ArgumentParser:
    parent = argparse.ArgumentParser(add_help=False)
    group = parent.add_argument_group("what is read")
    group.add_argument("--docs", type=Path, metavar="DIR", help="the pages, a folder a language (default: docs)")
    group.add_argument("--standard", type=Path, metavar="DIR", help="what pages are held to (default: standard)")
    group.add_argument("--clinic", type=Path, metavar="FILE", help="the clinic's details (default: clinic.yml)")
    group.add_argument("--config", type=Path, metavar="FILE", help="navigation and theme (default: mkdocs.yml)")
    group.add_argument(
        "--today", type=day, metavar="DATE", help="the day to reckon with (default: SOURCE_DATE_EPOCH, else today)"
    )
    return parent


def _report() -> argparse.ArgumentParser:
    parent = argparse.ArgumentParser(add_help=False)
    parent.add_argument(
        "--format", choices=FORMATS, default="terminal", help="how findings are shown (default: terminal)"
    )
    parent.add_argument("--json", action="store_const", const="json", dest="format", help="short for --format json")
    return parent


class Verbs:
    """The parsers of the verbs; `inputs` and `report` are the options that a verb may take beside its own."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._parsers = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
        self.inputs, self.report = _inputs(), _report()

    def add(
        self, name: str, run: Run | None, text: str, more: str = "", *, inputs: bool = True, report: bool = False
    ) -> argparse.ArgumentParser:
        """Add a verb: `text` says in a line what it does, `more` stands below it in its own help."""
        parents = [*([self.inputs] if inputs else []), *([self.report] if report else [])]
        added = self._parsers.add_parser(
            name,
            help=text,
            description=f"{text[0].upper()}{text[1:]}. {more}".strip(),
            epilog=EXITS,
            parents=parents,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if run is not None:
            added.set_defaults(run=run)
        return added


def _root() -> Path:
    """Return the nearest folder upwards that has a mkdocs.yml or a clinic.yml; else this program's own project."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "mkdocs.yml").exists() or (folder / "clinic.yml").exists():
            return folder
    own = Path(__file__).resolve().parents[3]
    if (own / "mkdocs.yml").exists():
        print(f"no project here: working on {own}", file=sys.stderr)
        return own
    return here


_YEARS = range(1980, 2100)  # what is stamped into a site can hold no others


def today_of(args: argparse.Namespace) -> date:
    """Return the day to reckon with; raise InputError where a clock, or who typed the day, is plainly wrong."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    shown = "--today" if args.today else "SOURCE_DATE_EPOCH" if epoch else "the clock of this computer"
    try:
        day = datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now().astimezone().date()
        day = date.fromisoformat(args.today.isoformat()) if args.today else day
        if day.year in _YEARS:
            return day
        message = f"{day.isoformat()} cannot be today"
    except (ValueError, OverflowError, OSError):
        message = f'"{epoch[:40]}" is not a number of seconds since 1970'
    hint = "Set it right, or give the day: --today 2026-11-22"
    raise InputError([Finding("D002", "error", Place(shown, 1, exact=False), message, hint)])


def project_of(args: argparse.Namespace) -> Project:
    """Return the project that the arguments mean."""
    project = default_project(_root())
    given = {
        name: getattr(args, name).absolute() for name in ("docs", "standard", "clinic", "config") if getattr(args, name)
    }
    return replace(project, **given)


def progress(text: str) -> None:
    """Say on a terminal what takes a while ("": it is done)."""
    doing(text)


def report(args: argparse.Namespace, outcome: Outcome, end: str = "") -> int:
    """Print what was found, and on a terminal how it ended; return the exit code."""
    text = reported(outcome, args.format)
    print(f"{text}\n{end}" if end and args.format == "terminal" else text)
    return exit_code(outcome)


def exit_code(outcome: Outcome) -> int:
    """Return 2 where something could not be checked, else 1 for errors."""
    unchecked = any(finding.code.startswith("D") for finding in outcome.findings)
    return 2 if unchecked else int(outcome.errors > 0)
