"""Growing the vocabulary: explain why a draft says a statement or not, and teach a new example or a new word."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from patientpages.drafts import judge
from patientpages.folders import Project
from patientpages.model import Finding, InputError, Place, Statement, Topic, Verdict
from patientpages.project import Inputs
from patientpages.said import Judge, load_phrases, prove_all
from patientpages.said.proof import blocks_of
from patientpages.standard import load_standard
from patientpages.yamlfile import Mistakes, near

_SHOWN_PHRASES = 8


def _stop(place: str, message: str, hint: str) -> InputError:
    return InputError([Finding("D002", "error", Place(place), message, hint)])


def named(name: str, inputs: Inputs) -> tuple[Topic, Statement, Judge]:
    """Return the statement called topic.statement; raises InputError with the likeliest name."""
    topics, (topic, _, statement) = inputs.standard.topics, name.partition(".")
    language = inputs.languages[0].judge
    if language is None:
        raise _stop("standard", "there are no phrases for this language yet", "Write standard/<language>/phrases.yml.")
    known = [f"{t.id}.{s.id}" for t in topics.values() for s in t.statements]
    if name not in known:
        hint = "Write topic.statement, for example soreness.three-days"
        raise _stop("standard/topics.yml", f'there is no statement "{name}".{near(name, known)}', hint)
    return topics[topic], next(s for s in topics[topic].statements if s.id == statement), language


def _short(name: str) -> str:
    return name.rsplit("/", 1)[-1]


def _words_of(name: str, judge: Judge) -> str:
    phrases = [phrase.text for phrase in judge.book.concepts[name][:_SHOWN_PHRASES]]
    more = len(judge.book.concepts[name]) - len(phrases)
    return ", ".join(phrases) + (f" and {more} more" if more > 0 else "")


def verdict_lines(verdict: Verdict, judge: Judge) -> list[str]:
    """Return, part by part, what was found, or what comes nearest and what it lacks."""
    lines = []
    for part in verdict.parts:
        if part.said:
            lines.append(f'  said      {part.id}: "{part.sentence}" (by {part.way})')
            continue
        lines.append(f"  NOT SAID  {part.id}" + (f': the nearest sentence is "{part.nearest}"' if part.nearest else ""))
        for name in part.lacks:
            lines.append(f"            it lacks {_short(name)}, for example: {_words_of(name, judge)}")
    if verdict.contradicted:
        lines.append(f'  OPPOSITE  "{verdict.contradicted}"')
    return lines


def explain(file: Path, name: str, inputs: Inputs, today: date) -> tuple[str, bool]:
    """Say why a draft says a statement or not; return the text and whether it does."""
    topic, statement, language = named(name, inputs)
    drafts, _ = judge([file], inputs, today, None, False)
    for found, section, _ in drafts[0].topics:
        if found.id == topic.id:
            verdict = language.one(topic, statement, section.blocks)
            said = "said" if verdict.said else "NOT said"
            head = f"{drafts[0].source.path}:{section.place.line}  {name} is {said}: {statement.tells}"
            return "\n".join([head, *verdict_lines(verdict, language)]), verdict.said
    raise _stop(
        inputs.project.shown(file),
        f"there is no section #{topic.id} in this file",
        f"## {topic.question} {{ #{topic.id} }}",
    )


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is to be taught: a sentence that says a statement (or does not), and words for concepts."""

    name: str
    sentence: str
    says: bool
    words: tuple[tuple[str, str], ...]  # (concept, phrase)


def _with_item(text: str, node: yaml.SequenceNode, item: str) -> str:
    """Return the text with an item put at the end of a list, in the list's own style."""
    quoted = json.dumps(item, ensure_ascii=False)
    if node.flow_style:
        end = node.end_mark.index - 1
        return f"{text[:end].rstrip()}{', ' if node.value else ''}{quoted}{text[end:]}"
    last = node.value[-1]
    end = text.find("\n", last.end_mark.index - 1)
    end = len(text) if end < 0 else end
    return f"{text[:end]}\n{' ' * node.start_mark.column}- {quoted}{text[end:]}"


def _find(text: str, *names: str) -> yaml.Node | None:
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    for name in names:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        node = next((value for key, value in pairs if key.value == name), None)
    return node


def _changed(lesson: Lesson, folder: Path, topic: Topic, statement: Statement) -> dict[str, str]:
    """Return the files that the lesson changes, with their new text."""
    own, shared = f"phrases/{topic.id}.yml", "phrases.yml"
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in (own, shared)}
    before = dict(texts)
    for concept, phrase in lesson.words:
        for name in (own, shared):
            node = _find(texts[name], "concepts", concept)
            if isinstance(node, yaml.SequenceNode):
                texts[name] = _with_item(texts[name], node, phrase)
                break
        else:
            raise _stop(own, f'there is no concept "{concept}" for {topic.id}', "Name one that explain-said shows.")
    node = _find(texts[own], "statements", statement.id, "says" if lesson.says else "says-not")
    if not isinstance(node, yaml.SequenceNode):
        raise _stop(own, f"{lesson.name} has no list of examples to add to", "says: [...]")
    texts[own] = _with_item(texts[own], node, lesson.sentence)
    return {name: text for name, text in texts.items() if text != before[name]}


def teach(lesson: Lesson, project: Project, inputs: Inputs) -> str:
    """Add an example, and words if there are any; refuse (InputError) what would make another example wrong."""
    topic, statement, language = named(lesson.name, inputs)
    folder = project.standard / inputs.languages[0].code
    verdict = language.one(topic, statement, blocks_of(lesson.sentence, Place("example")))
    changed = _changed(lesson, folder, topic, statement)
    with tempfile.TemporaryDirectory() as temporary:
        trial = Path(temporary) / "trial"
        shutil.copytree(folder, trial)
        for name, text in changed.items():
            (trial / name).write_text(text, encoding="utf-8")
        mistakes = Mistakes()
        topics = load_standard(project.standard, project.shown(project.standard), mistakes).judged
        book = load_phrases(trial, project.shown(folder), topics, mistakes)
        if not mistakes.findings:
            prove_all(topics, Judge(book), mistakes)
    if mistakes.findings:
        about = "\n".join(verdict_lines(verdict, language))
        advice = f"Nothing was written. As it stands, the checker sees:\n{about}"
        if lesson.says and not verdict.said:
            advice += (
                f'\nAdd the word that a concept lacks: patientpages teach {lesson.name} "..." --word CONCEPT="phrase"'
            )
        first = mistakes.findings[0]
        raise InputError([*mistakes.findings[:-1], Finding(first.code, "error", mistakes.findings[-1].place,
                                                           mistakes.findings[-1].message, advice)])  # fmt: skip
    for name, text in changed.items():
        draft = folder / f"{name}.new"
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(folder / name)
    files = ", ".join(project.shown(folder / name) for name in changed)
    return f'learnt: {lesson.name} {"is" if lesson.says else "is not"} said by "{lesson.sentence}"\nwritten to {files}'
