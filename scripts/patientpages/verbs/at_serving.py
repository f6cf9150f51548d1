"""What serve does; no other verb needs it loaded."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress

from patientpages.live import in_the_way
from patientpages.live import serve as serve_live
from patientpages.verbs.common import project_of, today_of


def serve(args: argparse.Namespace) -> int:
    """Serve until it is interrupted."""
    project, today = project_of(args), today_of(args)
    if reason := in_the_way(args.address):
        print(reason, file=sys.stderr)
        return 2
    with suppress(KeyboardInterrupt):
        serve_live(project, today, args.address)
    print("stopped", file=sys.stderr)
    return 130
