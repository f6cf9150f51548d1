"""explain, renew: what a rule or a topic is about; what is made from the program."""

from __future__ import annotations

import argparse
import sys

from patientpages.explaining import explain_names
from patientpages.renewing import renew, stale
from patientpages.verbs.common import Verbs, project_of
from patientpages.verbs.reading import read


def add(verbs: Verbs) -> None:
    """Add these verbs."""
    explained = verbs.add("explain", _explain, "list the rules, or explain a rule, a topic or a statement")
    explained.add_argument("names", nargs="*", metavar="NAME", help="such as T201, soreness or soreness.three-days")
    renewed = verbs.add("renew", _renew, "write again what is made from the program: RULES.md",
                        "For whoever changes the program.")  # fmt: skip
    renewed.add_argument("--check", action="store_true", help="write nothing; fail where a file is out of date")


def _explain(args: argparse.Namespace) -> int:
    text, unknown = explain_names(args.names, lambda: read(args)[0])
    if text:
        print(text)
    if unknown:
        print(unknown, file=sys.stderr)
    return 2 if unknown else 0


def _renew(args: argparse.Namespace) -> int:
    root = project_of(args).root
    if args.check:
        for name in (old := stale(root)):
            print(f"{name} is not as this program makes it: run `patientpages renew`")
        return int(bool(old))
    print("\n".join(f"{name} is written" for name in renew(root)) or "everything is up to date")
    return 0
