"""The phrases proven on their own examples: each says what it should, none says what it should not.

python: load_phrases(...) calls this on every load; a failure is a mistake with file and line.
"""

from __future__ import annotations

from collections.abc import Iterable

from patientpages.model import Block, Place, Statement, Topic, Verdict
from patientpages.read.leads import last_sentence
from patientpages.said.judge import Judge
from patientpages.yamlfile import Mistakes


def blocks_of(text: str, place: Place) -> list[Block]:
    """Turn an example into blocks: lines that begin with a dash are items of a list, under the line before it."""
    blocks: list[Block] = []
    lead = ""
    for line in (raw.strip() for raw in text.split("\n")):
        if line.startswith("- "):
            blocks.append(Block("item", line[2:], place, "", lead))
        elif line:
            blocks.append(Block("paragraph", line, place))
            lead = last_sentence(line)
    return blocks


def _verdict(topic: Topic, statement: Statement, judge: Judge, text: str, place: Place) -> Verdict:
    """Return the verdict on an example, without why."""
    (verdict,) = judge.verdicts(topic, blocks_of(text, place), (statement.id,))
    return verdict


def prove(topic: Topic, statement: Statement, judge: Judge, mistakes: Mistakes) -> None:
    """Hold that every example of a statement is judged as it is meant."""
    phrases = judge.book.statements[topic.id, statement.id]
    name = f"{topic.id}.{statement.id}"
    if not phrases.says or not phrases.says_not:
        mistakes.add(
            phrases.place, f"{name} needs examples that say it and some that do not", "says: [...]\nsays-not: [...]"
        )
    for text, place in phrases.says:
        if not _verdict(topic, statement, judge, text, place).said:
            verdict = judge.one(topic, statement, blocks_of(text, place))
            lacks = sorted({c.rsplit("/", 1)[-1] for part in verdict.parts if not part.said for c in part.lacks})
            why = (
                f"contradicted: {verdict.contradicted}"
                if verdict.contradicted
                else f"missing: {', '.join(lacks) or 'all of it'}"
            )
            mistakes.add(
                place, f'{name}: this example should say it, and is not found ({why}): "{text}"', "Widen a concept."
            )
    for text, place in phrases.says_not:
        verdict = _verdict(topic, statement, judge, text, place)
        if verdict.said:
            ways = "; ".join(part.way for part in verdict.parts if part.said)
            mistakes.add(
                place, f'{name}: this counter-example is taken for saying it (by {ways}): "{text}"', "Narrow that way."
            )


def prove_all(topics: Iterable[Topic], judge: Judge, mistakes: Mistakes) -> None:
    """Hold that every statement of these topics has phrases, and that they do what their examples show."""
    for topic in topics:
        for statement in topic.statements:
            if (topic.id, statement.id) in judge.book.statements:
                prove(topic, statement, judge, mistakes)
            else:
                mistakes.add(statement.place, f"{topic.id}.{statement.id} has no phrases, so it cannot be judged",
                             f"Add it to phrases/{topic.id}.yml.")  # fmt: skip
