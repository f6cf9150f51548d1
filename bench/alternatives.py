"""Switch off each alternative of each phrase in turn, and list those that no example needs.

    python bench/alternatives.py                    all topics: a line a topic, and the totals
    python bench/alternatives.py --topic soreness --show      every line and word that no example needs
    python bench/alternatives.py --sections bench/topic-cases --sections bench/practice-cases      also their open sections

An alternative is a line under a concept, or one of the words between slashes in such a line. It is needed if, without
it, some example of a topic's phrases is judged otherwise. One that is not needed is no mistake: it stands for words
that patients' pages use and no example shows yet. `patientpages teach` adds such an example.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from score_matcher import ROOT, cases, section_of

from patientpages.folders import default_project
from patientpages.model import Block, Topic
from patientpages.project import load_inputs
from patientpages.said import Judge
from patientpages.said.index import Hits
from patientpages.said.phrases import Element, Phrase
from patientpages.said.polarity import polarity
from patientpages.said.proof import blocks_of
from patientpages.said.sense import Sense
from patientpages.said.tokens import Token


def spans(phrase: Phrase, tokens: Sequence[Token]) -> set[tuple[int, int]]:
    """Return where in a sentence a phrase stands."""
    return {(start, end) for start in range(len(tokens)) if (end := phrase.match(tokens, start))}


def without_word(phrase: Phrase, key: str) -> Phrase | None:
    """Return a phrase without one of its words between slashes, or None if that leaves a place empty."""
    elements: list[Element] = []
    for element in phrase.elements:
        keys = element.keys - {key}
        if element.keys and not keys:
            return None
        elements.append(element._replace(keys=keys))
    return Phrase(phrase.text, tuple(elements))


class Without(Judge):
    """Judges as if one concept had other phrases than it has."""

    concept = ""
    phrases: tuple[Phrase, ...] = ()

    def _sense(self, topic: str, text: str) -> Sense:
        tokens, hits = self.book.find(topic, text)
        changed: Hits = {name: where for name, where in hits.items() if name != self.concept}
        left = sorted(set().union(*(spans(phrase, tokens) for phrase in self.phrases)))
        if left:
            changed[self.concept] = left
        return Sense(changed, polarity(changed, tokens))


@dataclass
class Tally:
    """The alternatives of a topic: how many lines and words, and which of them no example needs."""

    lines: int = 0
    words: int = 0
    idle_lines: list[str] = field(default_factory=list)
    idle_words: list[str] = field(default_factory=list)


def examples(topic: Topic, judge: Judge) -> Iterator[tuple[Callable[[Judge], bool], list[Block]]]:
    """Yield, for each example of a topic, how to judge it, and its blocks."""
    for statement in topic.statements:
        phrases = judge.book.statements[topic.id, statement.id]
        for text, place in (*phrases.says, *phrases.says_not):
            blocks = blocks_of(text, place)
            yield (lambda by, s=statement, b=blocks: by.one(topic, s, b).said), blocks


def sections(folders: Sequence[Path], topic: Topic) -> Iterator[tuple[Callable[[Judge], bool], list[Block]]]:
    """Yield the same for each statement of the labelled sections that may be looked at."""
    for case in (case for folder in folders for case in cases(folder)):
        if case.topic != topic.id or case.held:
            continue
        blocks = list(section_of(case).blocks)
        for statement in topic.statements:
            yield (lambda by, s=statement, b=blocks: by.one(topic, s, b).said), blocks


def tally(topic: Topic, judge: Judge, concepts: Sequence[str], folders: Sequence[Path] = ()) -> Tally:
    """Switch off every alternative of these concepts in turn and judge the topic's examples again.

    Only an example in which the alternative stands can change, so only those are judged.
    """
    found, other = Tally(), Without(judge.book)
    read = [
        (ask, ask(judge), [judge.book.find(topic.id, r.utterance.full) for r in judge.read(topic.id, blocks)])
        for ask, blocks in (*examples(topic, judge), *sections(folders, topic))
    ]
    for name in concepts:
        phrases = judge.book.concepts[name]
        other.concept = name
        for phrase in phrases:
            rest = tuple(p for p in phrases if p is not phrase)
            here = [
                (ask, said, tokens, where)
                for ask, said, texts in read
                for tokens, hits in texts
                if name in hits and (where := spans(phrase, tokens))
            ]
            found.lines += 1
            other.phrases = rest
            if all(ask(other) == said for ask, said, _, _ in here):
                found.idle_lines.append(f"{name}: {phrase.text}")
            for element in phrase.elements:
                if len(element.keys) < 2:
                    continue
                for key in sorted(element.keys):
                    found.words += 1
                    kept = without_word(phrase, key)
                    other.phrases = (*rest, kept) if kept else rest
                    using = [h for h in here if any(key in t.keys for a, z in h[3] for t in h[2][a:z])]
                    if all(ask(other) == said for ask, said, _, _ in using):
                        found.idle_words.append(f"{name}: {key.lstrip('=')} in {phrase.text}")
    return found


def main() -> None:
    """Print the tallies."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--project", type=Path, default=ROOT, help="the project whose phrases are looked at")
    parser.add_argument("--topic", action="append", help="only this topic (may be given again)")
    parser.add_argument(
        "--sections", type=Path, action="append", default=[], help="a folder whose open sections are examples too"
    )
    parser.add_argument("--show", action="store_true", help="list what no example needs")
    args = parser.parse_args()
    inputs = load_inputs(default_project(args.project))
    judge = inputs.languages[0].judge
    assert judge is not None
    total = Tally()
    print(f"{'topic':24} {'lines':>6} {'idle':>6} {'words':>6} {'idle':>6}")
    for topic in inputs.standard.topics.values():
        if args.topic and topic.id not in args.topic:
            continue
        own = sorted(name for name in judge.book.used_by(topic.id) if name.startswith(f"{topic.id}/"))
        one = tally(topic, judge, own, args.sections)
        print(f"{topic.id:24} {one.lines:6} {len(one.idle_lines):6} {one.words:6} {len(one.idle_words):6}", flush=True)
        for line in (*one.idle_lines, *one.idle_words) if args.show else ():
            print(f"    not needed by any example: {line}")
        total.lines, total.words = total.lines + one.lines, total.words + one.words
        total.idle_lines += one.idle_lines
        total.idle_words += one.idle_words
    print(f"{'all':24} {total.lines:6} {len(total.idle_lines):6} {total.words:6} {len(total.idle_words):6}")


if __name__ == "__main__":
    main()
