"""init, doctor: for whoever sets the site up, and looks after it once a year."""

from __future__ import annotations

import argparse
import sys

from patientpages.doctor import examine, told
from patientpages.setting_up import set_up
from patientpages.verbs.common import Verbs, progress, project_of, today_of


def add(verbs: Verbs) -> None:
    """Add these verbs."""
    verbs.add("init", _init, "ask for the clinic's details, and write them into clinic.yml",
              "Notes and order of the file stay. Nothing is written before you have seen it.")  # fmt: skip
    verbs.add("doctor", _doctor, "list what still stands in the way of publishing, and what to do about it",
              "Changes nothing. Exit code 1 if something stands in the way.")  # fmt: skip


def _init(args: argparse.Namespace) -> int:
    return set_up(project_of(args), input, print, again=sys.stdin.isatty())


def _doctor(args: argparse.Namespace) -> int:
    steps, looked = examine(project_of(args), today_of(args), progress)
    print(told(steps, looked))
    return int(any(step.blocks for step in steps))
