"""Score the statement matcher on sections that people labelled by hand: precision and recall, statement by statement.

python bench/score_matcher.py                 the two thirds that phrases may be written from
python bench/score_matcher.py --held          the third that is kept for scoring only (chosen by hash of the id)
python bench/score_matcher.py --held --log    the same, and append the figures to bench/scores.log
python bench/score_matcher.py --topic soreness --show      every disagreement, with the section's text
"""

from __future__ import annotations

import argparse
import hashlib
import math
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from markdown import Markdown

from patientpages.model import Section, Source, Standard
from patientpages.read import read_page
from patientpages.said import Judge, load_phrases
from patientpages.standard import load_standard
from patientpages.yamlfile import Mistakes

ROOT = Path(__file__).resolve().parents[1]
_MARKDOWN = Markdown(extensions=["fenced_code", "admonition", "attr_list", "def_list", "sane_lists", "tables"])


@dataclass(frozen=True)
class Case:
    """A labelled section."""

    id: str
    topic: str
    heading: str
    body: str
    said: dict[str, bool]

    @property
    def held(self) -> bool:
        """Whether it is kept for scoring: a third of all, by hash of the id."""
        return int(hashlib.sha256(self.id.encode()).hexdigest(), 16) % 3 == 0


def cases(folder: Path) -> Iterator[Case]:
    """Yield the cases of a folder; a file is named after its topic, perhaps with a writer's letter."""
    for file in sorted(folder.glob("*.yml")):
        for entry in yaml.safe_load(file.read_text(encoding="utf-8")):
            topic = entry["id"].rsplit("-", 1)[0]
            yield Case(entry["id"], topic, entry["heading"], entry["body"], entry["said"])


def section_of(case: Case) -> Section:
    """Turn a case into the section that a reader of the built page would meet."""
    text = f"## {case.heading} {{ #{case.topic} }}\n\n{case.body}"
    source = Source(case.id, f"{case.id}.md", text, 1, "", "", "", (), (), (), {})
    _MARKDOWN.reset()
    page = read_page(
        source, f"<main><article>{_MARKDOWN.convert(text)}</article></main>", "x.html", frozenset({case.topic})
    )
    return next(section for section in page.sections if section.id == case.topic)


def wilson(good: int, total: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927, z = 1.96)."""
    if not total:
        return 0.0, 1.0
    z, p = 1.96, good / total
    middle, half = p + z * z / (2 * total), z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total))
    return (middle - half) / (1 + z * z / total), (middle + half) / (1 + z * z / total)


def _figures(counts: Counter[str]) -> str:
    right, false, missed = counts["right"], counts["false"], counts["missed"]
    shares = []
    for good, total in ((right, right + false), (right, right + missed)):
        low, high = wilson(good, total)
        shares.append(f"{good / total if total else 1:.3f} ({low:.3f} to {high:.3f})")
    return f"precision {shares[0]}, recall {shares[1]}; said and found {right}, found wrongly {false}, missed {missed}"


def _shares(counts: Counter[str]) -> str:
    """Return precision and recall of one statement, each with its interval; "-" where there is nothing to share."""
    right = counts["right"]
    texts = []
    for total in (right + counts["false"], right + counts["missed"]):
        low, high = wilson(right, total)
        texts.append(f"{right / total:.2f} ({low:.2f} to {high:.2f})" if total else "-")
    return f"{texts[0]:19}{texts[1]}"


_SMALL = frozenset(["a", "an", "and", "any", "are", "as", "at", "be", "before", "by", "can", "do", "does", "for", "from", "has", "have", "how", "if", "in", "into", "is", "it", "its", "least", "no", "not", "of", "on", "one", "or", "other", "out", "own", "some", "that", "the", "them", "there", "this", "to", "too", "two", "up", "was", "what", "when", "where", "which", "who", "with", "you", "your"])  # fmt: skip


def keywords(standard: Standard, judge: Judge) -> dict[tuple[str, str], frozenset[str]]:
    """Return the keyword list of each statement: the stems of all content words of standard/topics.yml for it."""
    found = {}
    for topic in standard.topics.values():
        for statement in topic.statements:
            text = " ".join([statement.tells, *(way for part in statement.parts for way in part.ways)]).lower()
            words = [
                token
                for token in judge.book.normaliser.tokens(text)
                if token.form not in _SMALL and token.form.isalpha()
            ]
            found[topic.id, statement.id] = frozenset(token.keys[1] for token in words)
    return found


def baselines(chosen: list[Case], standard: Standard, judge: Judge) -> str:
    """Return the figures of two simple checkers: the section is there; half of the statement's keywords stand in it."""
    lists = keywords(standard, judge)
    heading: Counter[str] = Counter()
    listed: Counter[str] = Counter()
    for case in chosen:
        there = {
            token.keys[1] for block in section_of(case).blocks for token in judge.book.normaliser.tokens(block.text)
        }
        for name, label in case.said.items():
            wanted = lists[case.topic, name]
            heading["right" if label else "false"] += 1
            said = len(wanted & there) * 2 >= len(wanted)
            listed["right" if said and label else "false" if said else "missed" if label else "quiet"] += 1
    fewest = min(len(words) for words in lists.values())
    return f"required heading: {_figures(heading)}\nkeyword list ({fewest} to {max(map(len, lists.values()))} words a statement, half needed): {_figures(listed)}"


def _load() -> tuple[Judge, Standard]:
    mistakes = Mistakes()
    standard = load_standard(ROOT / "standard", "standard", mistakes)
    book = load_phrases(ROOT / "standard/en", "standard/en", standard.judged, mistakes)
    for finding in mistakes.findings:
        print(f"{finding.place.path}:{finding.place.line}  {finding.message}", file=sys.stderr)
    return Judge(book), standard


def main() -> None:
    """Score, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, default=ROOT / "bench/topic-cases", help="a folder of labelled sections")
    parser.add_argument("--held", action="store_true", help="the third that is kept for scoring")
    parser.add_argument("--every", action="store_true", help="all cases, whichever third")
    parser.add_argument("--topic", action="append", help="only this topic (may be given again)")
    parser.add_argument("--show", action="store_true", help="show each disagreement")
    parser.add_argument("--baselines", action="store_true", help="also score a heading check and a keyword list")
    parser.add_argument("--log", action="store_true", help="append the figures to bench/scores.log")
    args = parser.parse_args()
    judge, standard = _load()
    total: Counter[str] = Counter()
    rows: dict[tuple[str, str], Counter[str]] = {}
    number = 0
    chosen: list[Case] = []
    for case in cases(args.cases):
        if (args.topic and case.topic not in args.topic) or (not args.every and case.held != args.held):
            continue
        number += 1
        chosen.append(case)
        verdicts = judge.judge(standard.topics[case.topic], section_of(case).blocks)
        for name, label in case.said.items():
            verdict = verdicts.get(name)
            said = verdict is not None and verdict.said
            key = "right" if said and label else "false" if said else "missed" if label else "quiet"
            rows.setdefault((case.topic, name), Counter())[key] += 1
            total[key] += 1
            if args.show and key in ("false", "missed"):
                known = next((s for s in standard.topics[case.topic].statements if s.id == name), None)
                verdict = judge.one(standard.topics[case.topic], known, section_of(case).blocks) if known else None
                print(f"\n=== {case.id}.{name}: {'FOUND, but not said' if said else 'MISSED'}")
                for part in verdict.parts if verdict else ():
                    if said:
                        print(f"    {part.id}: {part.sentence!r}  [{part.way}]")
                    elif not part.said:
                        print(f"    {part.id} not found; nearest {part.nearest!r} lacks {', '.join(part.lacks)}")
                if verdict and verdict.contradicted and not said:
                    print(f"    contradicted by {verdict.contradicted!r}")
                print("    | " + case.body.strip().replace("\n", "\n    | "))
    print("\nstatement                                  right  false missed  quiet   precision (95 %)   recall (95 %)")
    for (topic, name), counts in rows.items():
        numbers = "".join(f"{counts[key]:7}" for key in ("right", "false", "missed", "quiet"))
        print(f"{topic + '.' + name:41}{numbers}   {_shares(counts)}")
    text = f"{number} sections, {sum(total.values())} labels: {_figures(total)}"
    print(f"\n{text}")
    if args.baselines:
        print(baselines(chosen, standard, judge))
    if args.log:
        commit = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        day = subprocess.run(["git", "log", "-1", "--format=%cs"], cwd=ROOT, capture_output=True, text=True, check=True)
        which = "every" if args.every else "held" if args.held else "open"
        with (ROOT / "bench/scores.log").open("a", encoding="utf-8") as log:
            log.write(f"{day.stdout.strip()} {commit.stdout.strip()} {args.cases.name} {which}: {text}\n")


if __name__ == "__main__":
    main()
