"""What publish does, and build --offline; no other verb needs it loaded."""

from __future__ import annotations

import argparse
import sys

from patientpages.offline import offline, offline_of_published
from patientpages.publishing import publish as publish_all
from patientpages.publishing import publish_part
from patientpages.standing import Doing, Part
from patientpages.verbs.common import progress, report
from patientpages.verbs.reading import read


def offline_copy(args: argparse.Namespace) -> int:
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


def publish(args: argparse.Namespace) -> int:
    """Publish all, or a part."""
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
        return report(args, *publish_all(inputs, today, progress))
    if do == "recorded" and not args.today:
        today = max((entry.on for entry in inputs.records.ledger.entries), default=today)
    part = Part(do, tuple(args.correct or args.withdraw or ()), args.reason or "")
    return report(args, *publish_part(inputs, part, today, progress))
