"""What most verbs begin with: everything of the project is read."""

from __future__ import annotations

import argparse
from datetime import date

from patientpages.project import Inputs, load_inputs
from patientpages.verbs.common import project_of, today_of


def read(args: argparse.Namespace) -> tuple[Inputs, date]:
    """Read everything of the project that the arguments mean; raise InputError with every mistake in it."""
    return load_inputs(project_of(args)), today_of(args)
