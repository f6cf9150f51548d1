"""How long all topic checks take on built pages: parsing, splitting, matching, planted faults, each apart.

    python bench/speed.py                 200, 1,000 and 5,000 pages
    python bench/speed.py --pages 1000

Pages are made from the examples of standard/<lang>/phrases/ in several frames, so that every statement comes in at
least 20 wordings; each page has a kind and all its topics. CPU seconds of this process, one run a row.
"""

from __future__ import annotations

import argparse
import html
import itertools
import math
import random
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from wordings import wordings

from patientpages.checks.statements import contradicted, not_said, said_elsewhere, said_where_it_does_not_count
from patientpages.checks.topics import asked_of, empty_section, missing_section
from patientpages.folders import default_project
from patientpages.guard import guard
from patientpages.model import Page, Source
from patientpages.outcome import site_of
from patientpages.project import Inputs, load_inputs
from patientpages.read import read_page
from patientpages.said.utterances import utterances

ROOT = Path(__file__).resolve().parents[1]


def pages(inputs: Inputs, number: int, seed: int = 20261122) -> Iterator[tuple[Source, str]]:
    """Yield (source, built HTML) of pages of every kind in turn."""
    judge, chance = inputs.languages[0].judge, random.Random(seed)
    assert judge is not None
    kinds = [kind for kind in inputs.standard.kinds.values() if kind.full or kind.short]
    filler = "We will go through this with you when you come, and you can ask us about any of it."
    for index, kind in zip(range(number), itertools.cycle(kinds), strict=False):
        parts = [
            f"<h1>Page {'x' * (index % 7)}</h1><div class='admonition in-short'><p>In short</p><p>Some words.</p></div>"
        ]
        for name in (*kind.full, *kind.short):
            topic = inputs.standard.topics[name]
            parts.append(f'<h2 id="{name}">{html.escape(topic.question)}</h2>')
            for statement in topic.statements:
                text = chance.choice(wordings(judge, name, statement.id))
                parts.append(f"<p>{html.escape(text)} {filler}</p>")
        source = Source(f"p{index}", f"docs/en/p{index}.md", "", 1, f"Page {index}", "x", kind.id, (), (), (), {})
        yield source, f"<main><article>{''.join(parts)}</article></main>"


def run(inputs: Inputs, number: int) -> dict[str, float]:
    """Return CPU seconds by step, and what was done."""
    made = list(pages(inputs, number))
    language = inputs.languages[0]
    clock = time.process_time
    started = clock()
    ids = frozenset(inputs.standard.topics)
    read: tuple[Page, ...] = tuple(read_page(source, text, f"{source.name}/index.html", ids) for source, text in made)
    parsed = clock()
    said = [utterances(section.blocks) for page in read for _, section in page.topics(inputs.standard)]
    split = clock()
    site = site_of(inputs, language, read, (), date(2026, 11, 22))
    matched = clock()
    checks = (missing_section, empty_section, not_said, contradicted, said_where_it_does_not_count, said_elsewhere)
    findings = sum(1 for page in read for check in checks for _ in check(page, site))
    checked = clock()
    rows, _ = guard(site)
    guarded = clock()
    judged = sum(len(t.required(short=s)) for page in read for t, s in asked_of(page, site)[1])
    return {
        "pages": number, "parsing": parsed - started, "splitting": split - parsed, "matching": matched - split,
        "findings": checked - matched, "total": checked - started, "faults": guarded - checked,
        "statements": judged, "sentences": sum(map(len, said)), "distinct": len({u.full for s in said for u in s}),
        "found": findings, "planted": sum(row[1] for row in rows),
    }  # fmt: skip


def main() -> None:
    """Run, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, action="append", help="how many pages (may be given again)")
    numbers = parser.parse_args().pages or [200, 1000, 5000]
    print(
        "pages  total  parse  split  match  findings  faults apart | statements sentences (distinct) findings planted"
    )
    rows = []
    for number in numbers:
        inputs = load_inputs(default_project(ROOT))  # afresh: nothing remembered from the row before
        row = run(inputs, number)
        rows.append(row)
        print(
            f"{number:5} {row['total']:6.2f} {row['parsing']:6.2f} {row['splitting']:6.2f} {row['matching']:6.2f} "
            f"{row['findings']:9.2f} {row['faults']:13.2f} | {row['statements']:10} {row['sentences']:9} ({row['distinct']}) "
            f"{row['found']:8} {row['planted']:7}"
        )
    for before, after in itertools.pairwise(rows):
        exponent = math.log(after["total"] / before["total"]) / math.log(after["pages"] / before["pages"])
        print(f"growth from {before['pages']} to {after['pages']} pages: exponent {exponent:.2f}")


if __name__ == "__main__":
    main()
