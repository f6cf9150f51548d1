"""Judge Markdown files by themselves, without building a site: what a writer asks while writing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from markdown import Markdown

from patientpages.checks import CHECKS, topics
from patientpages.checks.registry import Note
from patientpages.config import EXTENSION
from patientpages.markdown import explicit_ids
from patientpages.model import Finding, Page, Place, Section, Site, Source, Statement, Topic
from patientpages.outcome import Outcome, site_of
from patientpages.project import Inputs, Language
from patientpages.read import read_page, read_source
from patientpages.yamlfile import Mistakes, near

_DRAFT_CHECKS = (topics.missing_section, topics.empty_section)


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that was judged: each topic with its section, and what is wrong."""

    path: str
    topics: tuple[tuple[Topic, Section], ...]


def _render(source: Source, inputs: Inputs, language: Language) -> str:
    """Turn the body into HTML with the extensions of mkdocs.yml, as a builder would."""
    names = [name for name, _ in inputs.mkdocs.extensions]
    configs: Mapping[str, Any] = {name: dict(config) for name, config in inputs.mkdocs.extensions}
    converter = Markdown(extensions=[*names, EXTENSION], extension_configs={**configs, EXTENSION: language.options()})
    body = "\n".join(source.text.split("\n")[source.body_line - 1 :])
    return f"<main><article>{converter.convert(body)}</article></main>"


def _whole(page: Page, site: Site) -> Iterator[tuple[Topic, Section]]:
    """Take the whole text as the section of every topic that its kind asks for."""
    seen = [*page.opening]
    for section in page.sections:
        seen += [block for block in section.blocks if block not in seen]
    for topic, _ in topics.asked_of(page, site)[1]:
        yield (
            topic,
            Section(topic.id, topic.question, 2, False, Place(page.source.path, page.source.body_line), tuple(seen)),
        )


def _judge(page: Page, site: Site, whole_page: bool) -> tuple[Draft, list[Finding]]:
    found: list[Finding] = []
    if whole_page:
        return Draft(page.source.path, tuple(_whole(page, site))), found
    draft = Draft(page.source.path, tuple(page.topics(site.standard)))
    by_check = {check.run: check for check in CHECKS}
    for run in _DRAFT_CHECKS:
        notes: list[Note] = list(run(page, site))
        found += [Finding(by_check[run].code, "error", n.where, n.message, n.hint, n.topic, n.statement) for n in notes]
    if not draft.topics and not found:
        hint = (
            "Give a heading the id of a topic: ## Will I be sore? { #soreness }\n"
            "or judge the whole text: --whole-page --kind KIND"
        )
        found.append(
            Finding(
                "D003",
                "error",
                Place(page.source.path, page.source.body_line),
                "no section here has the id of a topic, so nothing could be judged",
                hint,
            )
        )
    return draft, found


def judge(
    files: list[Path], inputs: Inputs, today: date, kind: str | None, whole_page: bool
) -> tuple[tuple[Draft, ...], Outcome]:
    """Judge each file; raises InputError where one cannot be read."""
    language, mistakes = inputs.languages[0], Mistakes()
    if whole_page and kind is None:
        mistakes.add(
            Place("--whole-page"),
            "a text without anchors can be judged only as a page of some kind",
            "Add --kind and one of: " + ", ".join(inputs.standard.kinds),
        )
    if kind is not None and kind not in inputs.standard.kinds:
        kinds = list(inputs.standard.kinds)
        mistakes.add(
            Place("--kind"), f'"{kind}" is not a kind of page.{near(kind, kinds)}', "Known: " + ", ".join(kinds), "D002"
        )
    sources = []
    for path in files:
        source = read_source(path, inputs.project.shown(path), path.stem, mistakes, draft=True)
        if source is not None:
            sources.append(replace(source, kind=kind) if kind else source)
    mistakes.stop_if_any()
    drafts, findings, statements = [], [], 0
    for source in sources:
        page = read_page(source, _render(source, inputs, language), f"{source.name}.html", explicit_ids(source.text))
        site = site_of(inputs, language, (page,), (), today)
        draft, found = _judge(page, site, whole_page)
        drafts.append(draft)
        findings += found
        statements += sum(len(topic.required()) for topic, _ in draft.topics)
    judged_topics = {topic.id for draft in drafts for topic, _ in draft.topics}
    return tuple(drafts), Outcome(tuple(findings), len(drafts), len(judged_topics), statements, 0, len(_DRAFT_CHECKS))


def _statement(statement: Statement) -> dict[str, Any]:
    """Return one statement as plain values: `said` is null, since no statement is judged yet."""
    parts = [{"id": part.id, "said": None, "sentence": None} for part in statement.parts]
    return {"said": None, "sentence": None, "line": None, "line_exact": False, "parts": parts}


def as_values(drafts: tuple[Draft, ...]) -> list[dict[str, Any]]:
    """Return the drafts as plain values, for `topics --json`."""
    return [
        {
            "path": draft.path,
            "topics": {
                topic.id: {
                    "line": section.place.line,
                    "statements": {statement.id: _statement(statement) for statement in topic.statements},
                }
                for topic, section in draft.topics
            },
        }
        for draft in drafts
    ]
