"""new, topics, explain-said, teach: a page to fill in, what a text says, and what counts as saying it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from patientpages.drafts import as_lines, as_values, judge
from patientpages.model import InputError, nothing
from patientpages.newpage import new_page
from patientpages.reporters import json as json_reporter
from patientpages.reporters import reported
from patientpages.scaffold import kinds_told
from patientpages.teaching import Lesson, explain, teach
from patientpages.verbs.common import Verbs, exit_code
from patientpages.verbs.reading import read


def add(verbs: Verbs) -> None:
    """Add these verbs."""
    made = verbs.add("new", _new, "make a page to fill in, with everything that its kind asks for",
                     "It stands in nav at once, and `check` names each blank until it is filled in.\n"
                     "Without a KIND, the kinds are listed. What is there already is never changed.")  # fmt: skip
    made.add_argument("kind", nargs="?", metavar="KIND", help="such as reaction")
    made.add_argument(
        "name", nargs="?", metavar="NAME", help="such as sore-spots (default: the kind's own, if it is free)"
    )
    made.add_argument("--language", metavar="CODE", help="default: the first language of clinic.yml")
    drafted = verbs.add("topics", _topics, "check drafts against the required topics",
                        "A file needs no front matter and no site.", report=True)  # fmt: skip
    drafted.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a Markdown file")
    drafted.add_argument("--kind", metavar="KIND", help="judge each file as a page of this kind")
    drafted.add_argument(
        "--whole-page", action="store_true", help="judge a text without anchors as a whole; needs --kind"
    )
    said = verbs.add("explain-said", _explain, "show why a draft says a statement, or not")
    said.add_argument("file", type=Path, metavar="FILE", help="a Markdown file")
    said.add_argument("statement", metavar="TOPIC.STATEMENT", help="such as soreness.three-days")
    taught = verbs.add("teach", _teach, "add an example of what says a statement, or a word for it",
                       "Nothing is written if another example would then be judged wrongly.")  # fmt: skip
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


def _new(args: argparse.Namespace) -> int:
    inputs, _ = read(args)
    if args.kind is None:
        print(*kinds_told(inputs.standard), sep="\n")
    else:
        print(new_page(args.kind, args.name, args.language, inputs))
    return 0


def _topics(args: argparse.Namespace) -> int:
    try:
        inputs, today = read(args)
        drafts, outcome = judge([path.absolute() for path in args.files], inputs, today, args.kind, args.whole_page)
    except InputError as error:  # whoever reads the JSON finds the same keys in it
        drafts, outcome = (), nothing(error)
    if args.format == "json":
        values = {
            "pages": as_values(drafts),
            "counts": json_reporter.counts(outcome),
            "findings": json_reporter.findings(outcome),
        }
        print(json.dumps(values, indent=2, ensure_ascii=False))
        return exit_code(outcome)
    if args.format == "terminal" and drafts:
        print(*as_lines(drafts), "", sep="\n")
    print(reported(outcome, args.format))
    return exit_code(outcome)


def _explain(args: argparse.Namespace) -> int:
    inputs, today = read(args)
    text, said = explain(args.file.absolute(), args.statement, inputs, today)
    print(text)
    return 0 if said else 1


def _teach(args: argparse.Namespace) -> int:
    inputs, _ = read(args)
    words = tuple((concept, phrase) for concept, _, phrase in (word.partition("=") for word in args.word))
    print(teach(Lesson(args.statement, args.sentence, not args.says_not, words), inputs.project, inputs))
    return 0
