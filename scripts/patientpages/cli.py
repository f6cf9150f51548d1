"""The command line: patientpages VERB."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence

from patientpages import __version__
from patientpages.model import InputError, nothing
from patientpages.progress import over
from patientpages.reporters import reported
from patientpages.verbs import groups_for
from patientpages.verbs.common import EXITS, Verbs

_ABOUT = """Turn Markdown pages into a site of patient information,
and check that every page tells the patient what it must.

  patientpages init                asks for the clinic's details and fills in clinic.yml
  patientpages doctor              what still stands in the way of publishing?
  patientpages build               build the preview into site/, if no error is found
  patientpages check               check everything, change nothing
  patientpages serve               see the pages while you write; findings stand on them
  patientpages new KIND NAME       a page to fill in
  patientpages topics FILE...      which topics does this draft cover?
  patientpages explain-said FILE soreness.three-days      what says it here, or what is missing
  patientpages teach soreness.three-days "A sentence."    more words that count
  patientpages sign soreness --name ... --role ... --evidence ...      record a clinician's check
  patientpages review              what is due to be checked again
  patientpages handout PAGE        a leaflet of it, as PDF, in normal and in large print
  patientpages links verify        does every address that was ever published still answer?
  patientpages verify https://www.example.org/patients/   is what is live what was published?
  patientpages version 7MQ2-XR5C   which words did a patient read?
  patientpages explain T101        what is this rule, and why?"""


def parser(verb: str = "") -> argparse.ArgumentParser:
    """Return the parser of a verb's group, or of the whole command line."""
    whole = argparse.ArgumentParser(
        prog="patientpages", description=_ABOUT, epilog=EXITS, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    whole.add_argument("--version", action="version", version=f"patientpages {__version__}")
    verbs = Verbs(whole)
    for group in groups_for(verb):
        group.add(verbs)
    return whole


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit code."""
    gc.set_threshold(50_000, 20, 50)  # little of what is made is in circles: to look for them took a fifth of a run
    given = list(sys.argv[1:] if argv is None else argv)
    args = parser(given[0] if given else "").parse_args(given)
    try:
        code = _run(args)
        sys.stdout.flush()
        if argv is None:  # the process ends here: to give back its memory piece by piece took a tenth of a large build
            sys.stderr.flush()
            os._exit(code)
        return code
    except BrokenPipeError:  # who was reading has seen enough: `patientpages explain | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(args: argparse.Namespace) -> int:
    """Run a verb; what could not be read is told as its findings."""
    try:
        code: int = args.run(args)
        return code
    except InputError as error:
        over()
        print(reported(nothing(error), getattr(args, "format", "terminal")))
        return 2
    except KeyboardInterrupt:
        over()
        print("stopped. Nothing is half done: run the same command again.", file=sys.stderr)
        return 130
