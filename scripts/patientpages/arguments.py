"""The command line's words: verbs, options and their help."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from patientpages import __version__
from patientpages.reporters import REPORTERS

_ABOUT = """Turn Markdown pages into a site of patient information,
and check that every page tells the patient what it must.

  patientpages build               build the preview into site/, if no error is found
  patientpages check               check everything, change nothing
  patientpages serve               see the pages while you write; findings stand on them
  patientpages topics FILE...      which topics does this draft cover?
  patientpages explain-said FILE soreness.three-days      what says it here, or what is missing
  patientpages teach soreness.three-days "A sentence."    more words that count
  patientpages sign soreness --name ... --role ... --evidence ...      record a clinician's check
  patientpages review              what is due to be checked again
  patientpages links verify        does every address that was ever published still answer?
  patientpages version 7MQ2-XR5C   which words did a patient read?
  patientpages checks T101         what is this check, and why?"""
_EXITS = (
    "Exit codes: 0 no error found, 1 errors found, 2 nothing or not everything could be checked (the message says why)."
)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is not a day: write it like 2026-11-22') from None


class _Verb(Protocol):
    def __call__(
        self, name: str, text: str, more: str = "", parents: Sequence[argparse.ArgumentParser] = ()
    ) -> argparse.ArgumentParser: ...


def _records(verb: _Verb, inputs: argparse.ArgumentParser) -> None:
    """Add the verbs about who checked what, and when."""
    signed = verb(
        "sign",
        "record that a clinician has checked pages",
        "The check itself is made elsewhere, on the sheet in report/pages.html. A changed sentence reopens the page.",
        (inputs,),
    )
    signed.add_argument("pages", nargs="*", metavar="PAGE", help="such as soreness")
    signed.add_argument("--all", action="store_true", help="all pages")
    signed.add_argument("--name", required=True, help="who checked them")
    signed.add_argument("--role", required=True, help="such as physiotherapist")
    signed.add_argument("--registration", default="", help="their registration, as they write it")
    signed.add_argument("--evidence", required=True, help='where the signature is: "signed paper of 3 May"')
    signed.add_argument("--next", type=_day, metavar="DATE", help="the next check (default: in a year)")
    signed.add_argument("--language", metavar="CODE", help="default: the first language of clinic.yml")
    signed.add_argument("--hide-name", action="store_true", help="pages show the role only; the record keeps the name")
    tested = verb(
        "tested",
        "record a test of the pages with readers",
        "The sheet for it is report/reader-test.html. The page about these pages then says that they were tested.",
        (inputs,),
    )
    tested.add_argument("--people", type=int, required=True, help="how many readers")
    tested.add_argument("--on", type=_day, metavar="DATE", help="the day of the test (default: today)")
    tested.add_argument("--evidence", required=True, help='where the sheets are: "six sheets of 3 May"')
    reviewed = verb(
        "review",
        "list what is due to be checked again",
        "Exit code 1 if a check is overdue, or a page has changed since its check.",
        (inputs,),
    )
    shown = reviewed.add_mutually_exclusive_group()
    shown.add_argument("--csv", action="store_true", help="as CSV, for a spreadsheet")
    shown.add_argument("--ics", action="store_true", help="as a calendar file")


def _links(verb: _Verb, inputs: argparse.ArgumentParser) -> None:
    """Add the verbs about addresses and versions that were published."""
    links = verb(
        "links",
        "keep every address that was ever published alive",
        "They are on record in records/published.yml. `check` and `build` verify them, too.",
    ).add_subparsers(dest="action", metavar="ACTION", required=True)

    def action(name: str, text: str, more: str = "") -> argparse.ArgumentParser:
        about = f"{text[0].upper()}{text[1:]}. {more}".strip()
        return links.add_parser(name, help=text, description=about, epilog=_EXITS, parents=[inputs])

    action("verify", "look whether each address still answers, and where it leads")
    action(
        "record",
        "put everything that the pages serve now on record",
        "For whoever publishes by other means than `publish`. Nothing is recorded if a check finds an error.",
    )
    for name, text in (
        ("withdraw", "take an address back: it answers with a notice, the clinic's phone and urgent help"),
        ("restore", "take a withdrawal back"),
    ):
        taken = action(name, text)
        taken.add_argument("address", metavar="ADDRESS", help='as on record: "soreness/" or "soreness/#call-us"')
        taken.add_argument("--reason", required=True, help="in a sentence; patients read it")
    hosts = action("hosts", "write the rules that a web host needs, so that typed and moved addresses arrive")
    hosts.add_argument("--out", type=Path, metavar="DIR", help="where the files go (default: .build/hosting)")
    for name, text in (
        ("version", "print the words behind a version code, and what has changed since"),
        ("recall", "list the messages and QR codes that lead to a version"),
    ):
        read = verb(name, text, "The code stands at the end of each page and message.", (inputs,))
        read.add_argument("code", metavar="CODE", help="such as 7MQ2-XR5C")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="patientpages", description=_ABOUT, epilog=_EXITS, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"patientpages {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    inputs = argparse.ArgumentParser(add_help=False)
    group = inputs.add_argument_group("what is read")
    group.add_argument("--docs", type=Path, metavar="DIR", help="the pages, a folder a language (default: docs)")
    group.add_argument("--standard", type=Path, metavar="DIR", help="what pages are held to (default: standard)")
    group.add_argument("--clinic", type=Path, metavar="FILE", help="the clinic's details (default: clinic.yml)")
    group.add_argument("--config", type=Path, metavar="FILE", help="navigation and theme (default: mkdocs.yml)")
    group.add_argument(
        "--today", type=_day, metavar="DATE", help="the day to reckon with (default: SOURCE_DATE_EPOCH, else today)"
    )
    report = argparse.ArgumentParser(add_help=False)
    report.add_argument(
        "--format", choices=tuple(REPORTERS), default="terminal", help="how findings are shown (default: terminal)"
    )
    report.add_argument("--json", action="store_const", const="json", dest="format", help="short for --format json")

    def verb(
        name: str, text: str, more: str = "", parents: Sequence[argparse.ArgumentParser] = ()
    ) -> argparse.ArgumentParser:
        return verbs.add_parser(
            name,
            help=text,
            description=f"{text[0].upper()}{text[1:]}. {more}".strip(),
            epilog=_EXITS,
            parents=list(parents),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    made = verb(
        "build",
        "build the preview and check it",
        "If an error is found, what was there stays as it was.",
        (inputs, report),
    )
    made.add_argument(
        "--out", type=Path, metavar="DIR", help="where the site goes; replaced as a whole (default: site)"
    )
    made.add_argument(
        "--as-if-published",
        action="store_true",
        help="without the preview's banner and noindex, for trying; needs --out, outside site/ and public/",
    )
    checked = verb("check", "check everything, change nothing", "Builds into a temporary folder.", (inputs, report))
    checked.add_argument("--site", type=Path, metavar="DIR", help="check this built folder instead, whoever built it")
    served = verb(
        "serve", "show the pages while you write", "Open the address in a browser; stop with Ctrl+C.", (inputs,)
    )
    served.add_argument("--address", default="127.0.0.1:8000", metavar="HOST:PORT", help="default: 127.0.0.1:8000")
    drafted = verb(
        "topics",
        "check drafts against the required topics",
        "A file needs no front matter and no site.",
        (inputs, report),
    )
    drafted.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a Markdown file")
    drafted.add_argument("--kind", metavar="KIND", help="judge each file as a page of this kind")
    drafted.add_argument(
        "--whole-page", action="store_true", help="judge a text without anchors as a whole; needs --kind"
    )
    said = verb("explain-said", "show why a draft says a statement, or not", parents=(inputs,))
    said.add_argument("file", type=Path, metavar="FILE", help="a Markdown file")
    said.add_argument("statement", metavar="TOPIC.STATEMENT", help="such as soreness.three-days")
    taught = verb(
        "teach",
        "add an example of what says a statement, or a word for it",
        "Nothing is written if another example would then be judged wrongly.",
        (inputs,),
    )
    taught.add_argument("statement", metavar="TOPIC.STATEMENT", help="such as soreness.three-days")
    taught.add_argument("sentence", metavar="SENTENCE", help="a sentence, in quotes")
    taught.add_argument("--not", action="store_true", dest="says_not", help="the sentence does not say it")
    taught.add_argument(
        "--word",
        action="append",
        default=[],
        metavar="CONCEPT=PHRASE",
        help="a phrase that the concept lacks (may be given again)",
    )
    _records(verb, inputs)
    _links(verb, inputs)
    explained = verb("checks", "list the checks, or explain some")
    explained.add_argument("codes", nargs="*", metavar="CODE", help="such as T101")
    verb(
        "publish",
        "put the pages into public/, through the gate",
        "Refused, with all reasons at once, while a detail of the clinic is missing, a page is not signed or overdue,\n"
        "or a check fails. Else every address is put on record, and rules for the web host stand in hosting/.",
        (inputs, report),
    )
    return parser
