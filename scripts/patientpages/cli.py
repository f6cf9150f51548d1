"""The verbs: build, check, serve, topics, checks, publish."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn

from dateutil.relativedelta import relativedelta

from patientpages.arguments import parser
from patientpages.build import build, check
from patientpages.checklist import explain_checks
from patientpages.drafts import as_lines, as_values, judge
from patientpages.foreign import check_folder
from patientpages.links import record, verified, withdraw, write_rules
from patientpages.live import serve
from patientpages.model import InputError
from patientpages.outcome import Outcome
from patientpages.project import Project, default_project, load_inputs
from patientpages.publishing import publish
from patientpages.recall import recall, version
from patientpages.reporters import REPORTERS, terminal
from patientpages.reporters import json as json_reporter
from patientpages.review import as_csv, as_ics, as_table, is_due
from patientpages.signoff import Request, due, record_test, sign
from patientpages.teaching import Lesson, explain, teach


def _root() -> Path:
    """Return the nearest folder upwards that has a mkdocs.yml or a clinic.yml; else this program's own project."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "mkdocs.yml").exists() or (folder / "clinic.yml").exists():
            return folder
    own = Path(__file__).resolve().parents[2]
    if (own / "mkdocs.yml").exists():
        print(f"no project here: working on {own}", file=sys.stderr)
        return own
    return here


def _today() -> date:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdecimal() else datetime.now().astimezone().date()


def _project(args: argparse.Namespace) -> Project:
    project = default_project(_root())
    given = {
        name: getattr(args, name).absolute() for name in ("docs", "standard", "clinic", "config") if getattr(args, name)
    }
    return replace(project, **given)


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"  {text} ...", file=sys.stderr)


def _topics(args: argparse.Namespace, project: Project, today: date) -> tuple[str, Outcome]:
    drafts, outcome = judge(
        [path.absolute() for path in args.files], load_inputs(project), today, args.kind, args.whole_page
    )
    if args.format == "json":
        values = {
            "pages": as_values(drafts),
            "counts": json_reporter.counts(outcome),
            "findings": json_reporter.findings(outcome),
        }
        return json.dumps(values, indent=2, ensure_ascii=False), outcome
    report = REPORTERS[args.format](outcome)
    return ("\n".join([*as_lines(drafts), "", report]) if args.format == "terminal" else report), outcome


def _teaching(args: argparse.Namespace) -> int:
    """Run explain-said or teach."""
    project, today = _project(args), args.today or _today()
    inputs = load_inputs(project)
    if args.verb == "explain-said":
        text, said = explain(args.file.absolute(), args.statement, inputs, today)
        print(text)
        return 0 if said else 1
    words = tuple((concept, phrase) for concept, _, phrase in (word.partition("=") for word in args.word))
    print(teach(Lesson(args.statement, args.sentence, not args.says_not, words), project, inputs))
    return 0


def _signing(args: argparse.Namespace) -> int:
    """Run sign, tested or review."""
    project, today = _project(args), args.today or _today()
    inputs = load_inputs(project)
    if args.verb == "sign":
        if args.all == bool(args.pages):
            print("name the pages that were checked, or give --all: one of the two", file=sys.stderr)
            return 2
        day = args.next or today + relativedelta(years=1)
        language = args.language or inputs.clinic.languages[0]
        request = Request(tuple(args.pages), language, args.name, args.role, args.registration, args.evidence, day,
                          args.hide_name)  # fmt: skip
        print(sign(inputs, today, request, _progress))
        return 0
    if args.verb == "tested":
        print(record_test(inputs, today, args.people, args.on or today, args.evidence))
        return 0
    found = due(inputs, check(inputs, today, _progress)[1], today)
    print((as_csv(found) if args.csv else as_ics(found, today) if args.ics else as_table(found, today)).rstrip())
    return int(any(is_due(each) for each in found))


def _links(args: argparse.Namespace) -> int:
    """Run links, version or recall."""
    project, today = _project(args), args.today or _today()
    inputs = load_inputs(project)
    if args.verb in ("version", "recall"):
        sites = check(inputs, today, _progress)[1] if args.verb == "version" else []
        print(version(args.code, inputs, sites) if sites else recall(args.code, inputs))
    elif args.action == "record":
        print(record(inputs, today, _progress))
    elif args.action in ("withdraw", "restore"):
        print(withdraw(inputs, today, args.address, args.reason, back=args.action == "restore"))
    elif args.action == "hosts":
        print(write_rules(inputs, today, (args.out or project.work / "hosting").absolute(), _progress))
    else:
        outcome, told = verified(*check(inputs, today, _progress))
        print(*(terminal.one(finding) for finding in outcome.findings), told, sep="\n")
        return int(outcome.errors > 0)
    return 0


def _run(args: argparse.Namespace) -> tuple[str, Outcome]:
    """Run a verb that reports; return its report and what it found."""
    project, today = _project(args), args.today or _today()
    if args.verb == "serve":
        _serve(project, today, args.address)
    if args.verb == "topics":
        return _topics(args, project, today)
    inputs = load_inputs(project)
    if args.verb == "build":
        out = (args.out or project.root / "site").absolute()
        outcome = build(inputs, out, today, _progress, preview=not args.as_if_published)
        if args.format == "terminal":
            end = (
                f"{project.shown(out)}/ is unchanged"
                if outcome.errors
                else f"the {_MADE[args.as_if_published]} is in {project.shown(out)}/"
            )
            return f"{terminal.report(outcome)}\n{end}", outcome
    elif args.verb == "publish":
        outcome, told = publish(inputs, today, _progress)
        if args.format == "terminal":
            return f"{terminal.report(outcome)}\n{told}", outcome
    elif args.site:
        outcome, _ = check_folder(inputs, args.site.absolute(), today, _progress)
    else:
        outcome, _ = check(inputs, today, _progress)
    return REPORTERS[args.format](outcome), outcome


def _serve(project: Project, today: date, address: str) -> NoReturn:
    """Serve until it is interrupted; the hooks of MkDocs read what they need from the environment."""
    paths = (project.root, project.docs, project.standard, project.clinic, project.config)
    os.environ["PATIENTPAGES_SERVE"] = os.pathsep.join(map(str, paths))
    os.environ["PATIENTPAGES_TODAY"] = today.isoformat()
    serve(project, today, address)
    raise KeyboardInterrupt


_MADE = {False: "preview", True: "trial of a published site (nobody may rely on it)"}
_OTHERS = {"explain-said": _teaching, "teach": _teaching, "sign": _signing, "tested": _signing, "review": _signing,
           "links": _links, "version": _links, "recall": _links}  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit code."""
    try:
        code = _main(argv)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # who was reading has seen enough: `patientpages checks | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _main(argv: Sequence[str] | None) -> int:
    args = parser().parse_args(argv)
    if args.verb == "checks":
        return explain_checks(args.codes)
    try:
        if args.verb in _OTHERS:
            return _OTHERS[args.verb](args)
        text, outcome = _run(args)
    except InputError as error:
        nothing = Outcome(error.findings, 0, 0, 0, 0, 0)
        text = REPORTERS[getattr(args, "format", "terminal")](nothing)
        if args.verb == "topics" and args.format == "json":
            text = json.dumps(
                {"pages": [], "counts": json_reporter.counts(nothing), "findings": json_reporter.findings(nothing)},
                indent=2,
            )
        print(text)
        return 2
    except KeyboardInterrupt:
        print("stopped; nothing was changed", file=sys.stderr)
        return 130
    print(text)
    unchecked = any(finding.code.startswith("D") for finding in outcome.findings)
    return 2 if unchecked else int(outcome.errors > 0)
