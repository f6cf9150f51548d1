"""links, version, recall: what was published, and whether it still answers."""

from __future__ import annotations

import argparse
from pathlib import Path

from patientpages.build import check
from patientpages.hosting import write_rules
from patientpages.links import record, verified, withdraw
from patientpages.recall import recall, version
from patientpages.reporters import terminal
from patientpages.verbs.common import EXITS, Run, Verbs, progress
from patientpages.verbs.reading import read


def add(verbs: Verbs) -> None:
    """Add these verbs."""
    links = verbs.add(
        "links",
        None,
        "keep every address that was ever published alive",
        "They are on record in records/published.yml. `check` and `build` verify them, too.",
        inputs=False,
    ).add_subparsers(dest="action", metavar="ACTION", required=True)

    def action(name: str, run: Run, text: str, more: str = "") -> argparse.ArgumentParser:
        about = f"{text[0].upper()}{text[1:]}. {more}".strip()
        added = links.add_parser(name, help=text, description=about, epilog=EXITS, parents=[verbs.inputs])
        added.set_defaults(run=run)
        return added

    action("verify", _verify, "look whether each address still answers, and where it leads")
    action(
        "record",
        _record,
        "put everything that the pages serve now on record",
        "For whoever publishes by other means than `publish`. Nothing is recorded if a check finds an error.",
    )
    for name, text in (
        ("withdraw", "take an address back: it answers with a notice, the clinic's phone and urgent help"),
        ("restore", "take a withdrawal back"),
    ):
        taken = action(name, _withdraw, text)
        taken.add_argument("address", metavar="ADDRESS", help='as on record: "soreness/" or "soreness/#call-us"')
        taken.add_argument("--reason", required=True, help="in a sentence; patients read it")
    hosts = action("hosts", _hosts, "write the rules that a web host needs, so that typed and moved addresses arrive")
    hosts.add_argument("--out", type=Path, metavar="DIR", help="where the files go (default: .build/hosting)")
    for name, run, text in (
        ("version", _version, "print the words behind a version code, and what has changed since"),
        ("recall", _recall, "list the messages and QR codes that lead to a version"),
    ):
        told = verbs.add(name, run, text, "The code stands at the end of each page and message.")
        told.add_argument("code", metavar="CODE", help="such as 7MQ2-XR5C")


def _verify(args: argparse.Namespace) -> int:
    outcome, told = verified(*check(*read(args), progress))
    print(*(terminal.one(finding) for finding in outcome.findings), told, sep="\n")
    return int(outcome.errors > 0)


def _record(args: argparse.Namespace) -> int:
    print(record(*read(args), progress))
    return 0


def _withdraw(args: argparse.Namespace) -> int:
    print(withdraw(*read(args), args.address, args.reason, back=args.action == "restore"))
    return 0


def _hosts(args: argparse.Namespace) -> int:
    inputs, today = read(args)
    print(write_rules(inputs, today, (args.out or inputs.project.work / "hosting").absolute(), progress))
    return 0


def _version(args: argparse.Namespace) -> int:
    inputs, today = read(args)
    print(version(args.code, inputs, check(inputs, today, progress)[1]))
    return 0


def _recall(args: argparse.Namespace) -> int:
    print(recall(args.code, read(args)[0]))
    return 0
