"""What build and check do where it is not known already; loading it takes half of a short run."""

from __future__ import annotations

import argparse
from pathlib import Path

from patientpages.build import build as build_site
from patientpages.build import check as check_all
from patientpages.folders import Project
from patientpages.foreign import check_folder
from patientpages.model import Outcome
from patientpages.project import load_inputs
from patientpages.verbs.common import progress, today_of


def build(args: argparse.Namespace, project: Project, out: Path, data: bytes) -> Outcome:
    """Build into `out`; `data` is the hash of what is read."""
    return build_site(load_inputs(project, data=data), out, today_of(args), progress, preview=not args.as_if_published)


def check(args: argparse.Namespace, project: Project, site: Path | None, data: bytes) -> Outcome:
    """Check everything, or a folder that was built."""
    inputs, today = load_inputs(project, data=data), today_of(args)
    return (check_folder(inputs, site, today, progress) if site else check_all(inputs, today, progress))[0]
