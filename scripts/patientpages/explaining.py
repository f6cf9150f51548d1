"""What a name means: the code of a rule, a topic, or one statement of a topic."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from patientpages.checklist import listed, rules, told
from patientpages.model import Statement, Topic
from patientpages.project import Inputs
from patientpages.yamlfile import near

_CODE = re.compile(r"[A-Za-z]\d+")


def _statement_lines(topic: Topic, statement: Statement, inputs: Inputs) -> list[str]:
    judge = inputs.languages[0].judge
    say = judge.say(topic.id, statement.id) if judge else ""
    lines = [f"  {topic.id}.{statement.id}{'  (not required)' if statement.optional else ''}",
             f"      tells: {statement.tells}"]  # fmt: skip
    if statement.at_least:
        lines.append(f"      at least {statement.at_least} of: {', '.join(part.id for part in statement.parts)}")
    if statement.unknown:
        lines.append("      met only by saying honestly that it is not known")
    return [*lines, f'      for example: "{say}"'] if say else lines


def _head(topic: Topic, inputs: Inputs) -> list[str]:
    kinds = inputs.standard.kinds.values()
    full = [page for kind in kinds if topic.id in kind.full for page in kind.pages if page != topic.home]
    short = [page for kind in kinds if topic.id in kind.short for page in kind.pages]
    where = topic.home and f"Its home is docs/{inputs.languages[0].code}/{topic.home}.md."
    also = (f" Also asked of: {', '.join(full)}." if full else "") + (
        f" Its first two statements are asked of: {', '.join(short)}." if short else ""
    )
    return [f"{topic.id}  {topic.question}", topic.why, *([where + also] if where else [])]


def _topics(names: Iterable[str], inputs: Inputs) -> tuple[list[str], list[str]]:
    """Return what topics and statements mean, and the names that are neither."""
    topics = {topic.id: topic for topic in inputs.standard.judged}
    statements = {f"{topic.id}.{s.id}": (topic, s) for topic in topics.values() for s in topic.statements}
    texts, unknown = [], []
    for name in names:
        if name in topics:
            topic = topics[name]
            lines = [line for s in topic.statements for line in _statement_lines(topic, s, inputs)]
            texts.append("\n".join([*_head(topic, inputs), "", *lines]))
        elif name in statements:
            topic, statement = statements[name]
            texts.append("\n".join([*_head(topic, inputs), "", *_statement_lines(topic, statement, inputs)]))
        else:
            known = [*rules(), *topics, *statements]
            unknown.append(f'"{name}" is no rule, topic or statement.{near(name, known)}')
    return texts, unknown


def explain_names(names: Iterable[str], inputs: Callable[[], Inputs]) -> tuple[str, str]:
    """Return what the names mean (all rules, if none is given), and what is wrong with those that mean nothing.

    `inputs` reads the project, and is called only for a name that is no code of a rule.
    """
    wanted = list(names)
    if not wanted:
        return listed(), ""
    known, texts, unknown, others = rules(), [], [], []
    for name in wanted:
        if name.upper() in known:
            texts.append(told(known[name.upper()]))
        elif _CODE.fullmatch(name):
            unknown.append(
                f'no rule has the code "{name}".{near(name.upper(), known)} `patientpages explain` lists all.'
            )
        else:
            others.append(name)
    if others:
        found, wrong = _topics(others, inputs())
        texts, unknown = texts + found, unknown + wrong
    return "\n\n".join(texts), "\n".join(unknown)
