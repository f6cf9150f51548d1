"""build, check, serve, publish: from the pages to a site."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from pathlib import Path

from patientpages.build import build, check
from patientpages.foreign import check_folder
from patientpages.live import in_the_way, serve
from patientpages.offline import offline, offline_of_published
from patientpages.publishing import publish, publish_part
from patientpages.standing import Doing, Part
from patientpages.verbs.common import Verbs, progress, project_of, read, report, today_of

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
    served = verbs.add("serve", _serve, "show the pages while you write",
                       "Open the address in a browser; stop with Ctrl+C.")  # fmt: skip
    served.add_argument("--address", default="127.0.0.1:8000", metavar="HOST:PORT", help="default: 127.0.0.1:8000")
    published = verbs.add(
        "publish",
        _publish,
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


def _offline(args: argparse.Namespace) -> int:
    """Make a copy for a disk; say which options do not go together."""
    wrong = "--as-if-published goes with neither --offline nor --published" if args.as_if_published else ""
    wrong = wrong or ("" if args.offline else "--published needs --offline beside it")
    if wrong or not args.out:
        print(f"{wrong or 'a copy for a disk needs a place'}: build --offline --out DIR", file=sys.stderr)
        return 2
    inputs, today = read(args)
    out = args.out.absolute()
    if args.published:
        print(offline_of_published(inputs, out))
        return 0
    outcome, shown = offline(inputs, out, today, progress), inputs.project.shown(out)
    done = f"the preview for a disk is in {shown}/: open {shown}/index.html"
    return report(args, outcome, f"{shown}/ is unchanged" if outcome.errors else done)


def _build(args: argparse.Namespace) -> int:
    if args.offline or args.published:
        return _offline(args)
    inputs, today = read(args)
    project = inputs.project
    out = (args.out or project.root / "site").absolute()
    outcome = build(inputs, out, today, progress, preview=not args.as_if_published)
    shown = project.shown(out)
    end = f"{shown}/ is unchanged" if outcome.errors else f"the {_MADE[args.as_if_published]} is in {shown}/"
    return report(args, outcome, end)


def _check(args: argparse.Namespace) -> int:
    inputs, today = read(args)
    if args.site:
        return report(args, check_folder(inputs, args.site.absolute(), today, progress)[0])
    return report(args, check(inputs, today, progress)[0])


def _publish(args: argparse.Namespace) -> int:
    do: Doing | None = (
        "correct" if args.correct else "withdraw" if args.withdraw else "contact" if args.contact
        else "recorded" if args.recorded else None
    )  # fmt: skip
    if (do in ("correct", "withdraw")) != (args.reason is not None):
        print(
            f'say why: publish --{do} PAGE --reason "..."'
            if do in ("correct", "withdraw")
            else "--reason goes with --correct or --withdraw",
            file=sys.stderr,
        )
        return 2
    inputs, today = read(args)
    if do is None:
        return report(args, *publish(inputs, today, progress))
    if do == "recorded" and not args.today:
        today = max((entry.on for entry in inputs.records.ledger.entries), default=today)
    part = Part(do, tuple(args.correct or args.withdraw or ()), args.reason or "")
    return report(args, *publish_part(inputs, part, today, progress))


def _serve(args: argparse.Namespace) -> int:
    """Serve until it is interrupted."""
    project, today = project_of(args), today_of(args)
    if reason := in_the_way(args.address):
        print(reason, file=sys.stderr)
        return 2
    with suppress(KeyboardInterrupt):
        serve(project, today, args.address)
    print("stopped", file=sys.stderr)
    return 130
