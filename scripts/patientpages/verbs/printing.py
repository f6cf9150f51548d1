"""handout: leaflets as PDF, on demand."""

from __future__ import annotations

import argparse
from pathlib import Path

from patientpages.handing import hand_out
from patientpages.verbs.common import Verbs, progress, report
from patientpages.verbs.reading import read


def add(verbs: Verbs) -> None:
    """Add the verb."""
    added = verbs.add(
        "handout",
        _handout,
        "set leaflets as PDF, in normal and in large print",
        "All of staff/handouts.yml, or those that are named: any page can be one, as it is. Each is read back and\n"
        "held to what its pages say. Without --published each is a preview: its words are those of today, its\n"
        "pages are marked, and its name ends in -preview.\n\n"
        "  patientpages handout --published                  the leaflets of staff/handouts.yml, and the card\n"
        "  patientpages handout soreness risks --published   two pages",
        report=True,
    )
    added.add_argument("names", nargs="*", metavar="NAME", help="a leaflet of staff/handouts.yml, or a page: soreness")
    added.add_argument("--out", type=Path, metavar="DIR", help="the folder for the PDFs (default: handouts)")
    added.add_argument("--published", action="store_true", help="the words that stand published, without the mark")


def _handout(args: argparse.Namespace) -> int:
    inputs, today = read(args)
    days = [entry.on for entry in inputs.records.ledger.entries]
    published = max(days, default=today) if args.published else None
    out = (args.out or inputs.project.root / "handouts").absolute()
    return report(args, *hand_out(inputs, args.names, out, today, progress, published=published))
