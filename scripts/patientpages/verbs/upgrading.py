"""upgrade: what a newer version asks of a clinic that has pulled it."""

from __future__ import annotations

import argparse

from patientpages.upgrading import as_text, follow, to_do
from patientpages.verbs.common import Verbs, project_of, today_of


def add(verbs: Verbs) -> None:
    """Add this verb."""
    upgraded = verbs.add("upgrade", _upgrade, "after a pull, say what is to be done",
                         "Exit code 1 if an instruction is not on record, or your own files do not agree.")  # fmt: skip
    asked = upgraded.add_mutually_exclusive_group(required=True)
    asked.add_argument("--check", action="store_true", help="say it, change nothing")
    asked.add_argument("--done", action="store_true", help="put on record that every instruction was followed")


def _upgrade(args: argparse.Namespace) -> int:
    project = project_of(args)
    if args.done:
        print(follow(project, today_of(args)))
        return 0
    upgrade = to_do(project)
    print(as_text(upgrade))
    return int(upgrade.due)
