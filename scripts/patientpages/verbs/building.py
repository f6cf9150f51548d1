"""build, check, serve, publish: from the pages to a site."""

from __future__ import annotations

import argparse
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from patientpages.unchanged import Run
from patientpages.verbs.common import Verbs, project_of, report, today_of

_MADE = {False: "preview", True: "trial of a published site (nobody may rely on it)"}


def add(verbs: Verbs) -> None:
    """Add these verbs."""
    made = verbs.add("build", _build, "build the preview and check it",
                     "If an error is found, what was there stays as it was.", report=True)  # fmt: skip
    made.add_argument(
        "--out", type=Path, metavar="DIR", help="where the site goes; replaced as a whole (default: site)"
    )
    made.add_argument(
        "--as-if-published",
        action="store_true",
        help="without the preview's banner and noindex, for trying; needs --out, outside site/ and public/",
    )
    made.add_argument(
        "--offline",
        action="store_true",
        help="a copy that opens from a folder or a USB stick, without a server; a preview as well, unless --published",
    )
    made.add_argument(
        "--published",
        action="store_true",
        help="with --offline: copy exactly what stands in public/ instead; nothing is built",
    )
    checked = verbs.add("check", _check, "check everything, change nothing", "Builds into a temporary folder.",
                        report=True)  # fmt: skip
    checked.add_argument("--site", type=Path, metavar="DIR", help="check this built folder instead, whoever built it")
    served = verbs.add("serve", partial(_loaded, "at_serving", "serve"), "show the pages while you write",
                       "Open the address in a browser; stop with Ctrl+C.")  # fmt: skip
    served.add_argument("--address", default="127.0.0.1:8000", metavar="HOST:PORT", help="default: 127.0.0.1:8000")
    published = verbs.add(
        "publish",
        partial(_loaded, "at_publishing", "publish"),
        "put the pages into public/, through the gate",
        "Refused, with all reasons at once, while a detail of the clinic is missing, a page is not signed or overdue,\n"
        "or a check fails. Else every address is put on record, and rules for the web host stand in hosting/.\n\n"
        "With one of the options below every other page stands exactly as it was published, also while it is being\n"
        "rewritten, or its next check is overdue.",
        report=True,
    )
    parts = published.add_mutually_exclusive_group()
    parts.add_argument(
        "--correct", nargs="+", metavar="PAGE", help="put newly signed words of these pages live; needs --reason"
    )
    parts.add_argument(
        "--withdraw", nargs="+", metavar="PAGE", help="put a notice in the place of these pages; needs --reason"
    )
    parts.add_argument("--contact", action="store_true", help="put a changed phone, address or opening hours live")
    parts.add_argument(
        "--recorded",
        action="store_true",
        help="make what stands published again from records/ alone, as of its day: for a machine that deploys it",
    )
    published.add_argument("--reason", metavar="WORDS", help="why; patients read that of a withdrawal")


def _loaded(module: str, what: str, *given: Any) -> Any:
    """Do what a module of the verbs does; it is loaded only now."""
    return getattr(import_module(f"patientpages.verbs.{module}"), what)(*given)


def _build(args: argparse.Namespace) -> int:
    if args.offline or args.published:
        code: int = _loaded("at_publishing", "offline_copy", args)
        return code
    project = project_of(args)
    out = (args.out or project.root / "site").absolute()
    run = Run(project, today_of(args), ("build", str(args.as_if_published), str(out)), [out, project.report])
    outcome = run.known() or _loaded("at_work", "build", args, project, out, run)
    shown = project.shown(out)
    end = f"{shown}/ is unchanged" if outcome.errors else f"the {_MADE[args.as_if_published]} is in {shown}/"
    return report(args, outcome, end)


def _check(args: argparse.Namespace) -> int:
    project = project_of(args)
    site = args.site.absolute() if args.site else None
    run = Run(project, today_of(args), ("check", str(site)), [site] if site else [])
    return report(args, run.known() or _loaded("at_work", "check", args, project, site, run))
