"""Judge Markdown files by themselves, without building a site: what a writer asks while writing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from markdown import Markdown

from patientpages.checks import CHECKS, blanks, claims, statements, topics
from patientpages.checks.registry import Note, PageCheck
from patientpages.markdown import explicit_ids
from patientpages.mkdocsfile import EXTENSION
from patientpages.model import (
    Finding,
    Kind,
    Outcome,
    Page,
    Place,
    Section,
    Site,
    Source,
    Statement,
    Topic,
    Verdict,
)
from patientpages.outcome import site_of
from patientpages.project import Inputs, Language
from patientpages.read import read_page, read_source
from patientpages.read.lines import Locator
from patientpages.yamlfile import Mistakes, near

_DRAFT_CHECKS = (topics.missing_section, topics.empty_section, blanks.still_blank, statements.not_said,
                 statements.contradicted, statements.said_where_it_does_not_count, statements.said_elsewhere,
                 claims.over_claim, claims.one_sided)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that was judged: each topic with its section and its verdicts by statement."""

    source: Source
    topics: tuple[tuple[Topic, Section, Mapping[str, Verdict]], ...]


def render(source: Source, inputs: Inputs, language: Language) -> str:
    """Turn the body into HTML with the extensions of mkdocs.yml, as a builder would."""
    names = [name for name, _ in inputs.mkdocs.extensions]
    configs: dict[str, Any] = {name: dict(config) for name, config in inputs.mkdocs.extensions}
    converter = Markdown(
        extensions=[*names, EXTENSION], extension_configs={**configs, EXTENSION: language.options(inputs.standard)}
    )
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


def _sections(page: Page, site: Site, whole_page: bool) -> tuple[tuple[Topic, Section], ...]:
    return tuple(_whole(page, site)) if whole_page else tuple(page.topics(site.standard))


def _findings(draft: Draft, page: Page, site: Site) -> list[Finding]:
    """Return what is wrong with a draft: the sections that its kind asks for, and what its sections do not say."""
    found: list[Finding] = []
    for check in CHECKS:
        if check.run in _DRAFT_CHECKS:
            notes: list[Note] = list(cast(PageCheck, check.run)(page, site))
            found += [Finding(check.code, "error", n.where, n.message, n.hint, n.topic, n.statement) for n in notes]
    if not draft.topics and not found:
        hint = (
            "Give a heading the id of a topic: ## Will I be sore? { #soreness }\n"
            "or judge the whole text: --whole-page --kind KIND"
        )
        place = Place(page.source.path, page.source.body_line)
        message = "no section here has the id of a topic, so nothing could be judged"
        found.append(Finding("D003", "error", place, message, hint))
    return found


def _as_if_asked(page: Page, site: Site, sections: tuple[tuple[Topic, Section], ...]) -> tuple[Page, Site]:
    """Return page and site with these sections asked for, in full unless the page's kind says otherwise."""
    kind = site.standard.kinds.get(page.source.kind)
    named = {*kind.full, *kind.short} if kind else set()
    more = tuple(topic.id for topic, _ in sections if topic.id not in named)
    base = kind or Kind("draft", (), (), (), (), (), 0, None, None, "line", Place(page.source.path))
    asked = replace(base, id="draft", full=(*base.full, *more))
    standard = replace(site.standard, kinds={**site.standard.kinds, "draft": asked})
    others = tuple(s for s in page.sections if s.id not in {topic.id for topic, _ in sections})
    page = replace(page, source=replace(page.source, kind="draft"), sections=(*(s for _, s in sections), *others))
    return page, replace(site, standard=standard, pages=(page,))


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
    drafts: list[Draft] = []
    findings: list[Finding] = []
    required: list[tuple[Draft, str, str]] = []
    for source in sources:
        read = read_page(source, render(source, inputs, language), f"{source.name}.html", explicit_ids(source.text))
        sections = _sections(read, site_of(inputs, language, (read,), (), today), whole_page)
        site = site_of(inputs, language, (replace(read, sections=tuple(s for _, s in sections)),), (), today)
        verdicts = {topic.id: site.verdicts.get((source.name, topic.id), {}) for topic, _ in sections}
        draft = Draft(source, tuple((topic, section, verdicts[topic.id]) for topic, section in sections))
        page, site = _as_if_asked(read, site, sections)
        drafts.append(draft)
        findings += _findings(draft, page, site)
        for topic, short in topics.asked_of(page, site)[1]:
            if topic.id in verdicts:
                required += [(draft, topic.id, statement.id) for statement in topic.required(short=short)]
    judged = sum(any(t.id == topic and name in v for t, _, v in draft.topics) for draft, topic, name in required)
    named = {topic.id for draft in drafts for topic, _, _ in draft.topics}
    outcome = Outcome(tuple(findings), len(drafts), len(named), len(required), judged, len(_DRAFT_CHECKS))
    return tuple(drafts), outcome


def _statement(statement: Statement, verdict: Verdict | None, source: Source) -> dict[str, Any]:
    """Return one statement as plain values: `said` is null where it could not be judged."""
    by_id = {part.id: part for part in verdict.parts} if verdict else {}
    parts = [
        {"id": part.id, "said": by_id[part.id].said, "sentence": by_id[part.id].sentence}
        if part.id in by_id
        else {"id": part.id, "said": None, "sentence": None}
        for part in statement.parts
    ]
    if verdict is None or not verdict.said or verdict.sentence is None:
        said = verdict.said if verdict else None
        return {"said": said, "sentence": None, "line": None, "line_exact": False, "parts": parts}
    place = Locator(source).text(verdict.sentence)
    return {"said": True, "sentence": verdict.sentence, "line": place.line, "line_exact": place.exact, "parts": parts}


def as_values(drafts: tuple[Draft, ...]) -> list[dict[str, Any]]:
    """Return the drafts as plain values, for `topics --json`."""
    return [
        {
            "path": draft.source.path,
            "topics": {
                topic.id: {
                    "line": section.place.line,
                    "statements": {s.id: _statement(s, verdicts.get(s.id), draft.source) for s in topic.statements},
                }
                for topic, section, verdicts in draft.topics
            },
        }
        for draft in drafts
    ]


def as_lines(drafts: tuple[Draft, ...]) -> list[str]:
    """Return the drafts as lines for a terminal: each statement with the sentence that says it."""
    lines: list[str] = []
    for draft in drafts:
        for topic, section, verdicts in draft.topics:
            lines.append(f"{draft.source.path}:{section.place.line}  {topic.id}: {topic.question}")
            for statement in topic.statements:
                verdict = verdicts.get(statement.id)
                mark = "not judged" if verdict is None else "said" if verdict.said else "NOT SAID"
                if statement.optional and mark == "NOT SAID":
                    mark = "not said (optional)"
                sentence = f'  "{verdict.sentence}"' if verdict and verdict.sentence else f"  {statement.tells}"
                lines.append(f"    {mark:19} {statement.id}{sentence}")
    return lines
