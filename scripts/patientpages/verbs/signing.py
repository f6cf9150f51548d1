"""sign, tested, review: who checked what, and when."""

from __future__ import annotations

import argparse
import sys

from dateutil.relativedelta import relativedelta

from patientpages.build import check
from patientpages.review import as_csv, as_ics, as_table, is_due
from patientpages.signoff import Request, due, record_test, sign
from patientpages.verbs.common import Verbs, day, progress
from patientpages.verbs.reading import read


def add(verbs: Verbs) -> None:
    """Add these verbs."""
    signed = verbs.add(
        "sign",
        _sign,
        "record that a clinician has checked pages",
        "The check itself is made elsewhere, on the sheet in report/pages.html. A changed sentence reopens the page.",
    )
    signed.add_argument("pages", nargs="*", metavar="PAGE", help="such as soreness")
    signed.add_argument("--all", action="store_true", help="all pages")
    signed.add_argument("--name", required=True, help="who checked them")
    signed.add_argument("--role", required=True, help="such as physiotherapist")
    signed.add_argument("--registration", default="", help="their registration, as they write it")
    signed.add_argument("--evidence", required=True, help='where the signature is: "signed paper of 3 May"')
    signed.add_argument("--next", type=day, metavar="DATE", help="the next check (default: in a year)")
    signed.add_argument("--language", metavar="CODE", help="default: the first language of clinic.yml")
    signed.add_argument("--hide-name", action="store_true", help="pages show the role only; the record keeps the name")
    tested = verbs.add(
        "tested",
        _tested,
        "record a test of the pages with readers",
        "The sheet for it is report/reader-test.html. The page about these pages then says that they were tested.",
    )
    tested.add_argument("--people", type=int, required=True, help="how many readers")
    tested.add_argument("--on", type=day, metavar="DATE", help="the day of the test (default: today)")
    tested.add_argument("--evidence", required=True, help='where the sheets are: "six sheets of 3 May"')
    reviewed = verbs.add("review", _review, "list what is due to be checked again",
                         "Exit code 1 if a check is overdue, or a page has changed since its check.")  # fmt: skip
    shown = reviewed.add_mutually_exclusive_group()
    shown.add_argument("--csv", action="store_true", help="as CSV, for a spreadsheet")
    shown.add_argument("--ics", action="store_true", help="as a calendar file")


def _sign(args: argparse.Namespace) -> int:
    inputs, today = read(args)
    if args.all == bool(args.pages):
        print("name the pages that were checked, or give --all: one of the two", file=sys.stderr)
        return 2
    following = args.next or today + relativedelta(years=1)
    language = args.language or inputs.clinic.languages[0]
    request = Request(tuple(args.pages), language, args.name, args.role, args.registration, args.evidence, following,
                      args.hide_name)  # fmt: skip
    print(sign(inputs, today, request, progress))
    return 0


def _tested(args: argparse.Namespace) -> int:
    inputs, today = read(args)
    print(record_test(inputs, today, args.people, args.on or today, args.evidence))
    return 0


def _review(args: argparse.Namespace) -> int:
    inputs, today = read(args)
    found = due(inputs, check(inputs, today, progress)[1], today)
    print((as_csv(found) if args.csv else as_ics(found, today) if args.ics else as_table(found, today)).rstrip())
    return int(any(is_due(each) for each in found))
