"""What a run looks at, and what it found in all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from patientpages.checks import CHECKS
from patientpages.checks.runner import in_order
from patientpages.config import website_of
from patientpages.messages import sent_from
from patientpages.model import Artefact, Finding, Outcome, Page, Promises, Sent, SignOff, Site
from patientpages.project import Inputs, Language
from patientpages.read import ids_of
from patientpages.signing import sign_offs as signed_off
from patientpages.told import Telling


def site_of(
    inputs: Inputs,
    language: Language,
    pages: tuple[Page, ...],
    files: Iterable[Artefact],
    today: date,
    publishing: bool = False,
    standing: Promises | None = None,
    *,
    sent: tuple[Sent, ...] = (),
    sign_offs: Mapping[str, SignOff] | None = None,
) -> Site:
    """Put together what the checks of one language may look at; `files` are all files of its folder.

    `standing` is None where no whole site is looked at, and so no promise can be held against it; `sent` is what staff
    send then. With `sign_offs` given by page, the pages are not read, and their verdicts are put in later.
    """
    anchors = {page.file: frozenset(page.ids) for page in pages}
    for file in files:
        if file.path not in anchors:
            anchors[file.path] = ids_of(file.content) if file.path.endswith(".html") else frozenset()
    judge = language.judge
    verdicts = {
        (page.source.name, topic.id): judge.judge(topic, section.blocks)
        for page in (pages if sign_offs is None else ())
        for topic, section in page.topics(inputs.standard)
        if judge is not None
    }
    if sign_offs is None:
        sign_offs = signed_off(pages, language.code, inputs.records.signatures, today)
    return Site(
        language.code,
        pages,
        inputs.standard,
        inputs.clinic,
        language.wording.words,
        inputs.mkdocs.nav,
        inputs.mkdocs.groups,
        inputs.mkdocs.options,
        inputs.honoured.theme,
        inputs.honoured.instead,
        today,
        publishing,
        anchors,
        language.figures,
        judge,
        verdicts,
        language.plain,
        frozenset(language.wording.pictures.labels) | {"needle"},
        sign_offs,
        inputs.prefix_of(language.code),
        standing or Promises(),
        sent,
        language.messages.path if standing and language.messages else "",
        {name: language.wording.signing.lines(found) for name, found in sign_offs.items()},
        taken_down=language.taken_down,
    )


def sent_of(inputs: Inputs, language: Language, pages: tuple[Page, ...], codes: Mapping[str, str]) -> tuple[Sent, ...]:
    """Return what staff send in a language, with links to its pages as they are; `codes` by the pages' files."""
    root, prefix = website_of(inputs.clinic, language.code), inputs.prefix_of(language.code)
    return sent_from(language.messages, language.wording, inputs.standard, pages, root, prefix, codes)


def outcome_of(tellings: Sequence[Telling], findings: Iterable[Finding]) -> Outcome:
    """Count what was looked at: a statement is judged where its section is there and its language has phrases.

    `tellings` have checked the pages of each language. The checker itself is tried here too, on every run: faults are
    planted, and survivors are findings.
    """
    guards = [telling.guarded() for telling in tellings]
    findings = [*findings, *(finding for _, survivors in guards for finding in survivors)]
    planted: dict[str, tuple[int, int]] = {}
    for rows, _ in guards:
        for kind, many, found in rows:
            before = planted.get(kind, (0, 0))
            planted[kind] = before[0] + many, before[1] + found
    sites = [telling.site for telling in tellings]
    pages = [(page, site) for site in sites for page in site.pages]
    known = [told for telling in tellings for told in telling.told.values()]
    topics = {topic for site in sites if site.pages for topic in site.standard.topics}
    return Outcome(tuple(in_order(findings)), len(pages), len(topics), sum(told.asked for told in known),
                   sum(told.judged for told in known), len(CHECKS),
                   tuple((kind, *counts) for kind, counts in planted.items()),
                   tuple(w for page, site in pages for w in page.source.waivers if w.until >= site.today),
                   sum(len(site.messages) for site in sites),
                   sum(len(site.promises.answers) for site in sites))  # fmt: skip
