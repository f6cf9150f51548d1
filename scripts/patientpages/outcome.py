"""What a run looked at and found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from patientpages.checks import CHECKS
from patientpages.checks.runner import in_order
from patientpages.checks.topics import asked_of
from patientpages.model import Finding, Page, Site
from patientpages.project import Inputs, Language


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found, and how much it looked at."""

    findings: tuple[Finding, ...]
    pages: int
    topics: int
    statements: int  # pairs of a page and a required statement
    judged: int  # how many of them the matcher has judged
    checks: int

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings are warnings."""
        return len(self.findings) - self.errors


def site_of(
    inputs: Inputs,
    language: Language,
    pages: tuple[Page, ...],
    files: Iterable[str],
    today: date,
    publishing: bool = False,
) -> Site:
    """Put together what the checks of one language may look at; `files` are all files of its folder."""
    anchors = dict.fromkeys(files, frozenset[str]()) | {page.file: frozenset(page.ids) for page in pages}
    return Site(
        language.code,
        pages,
        inputs.standard,
        inputs.clinic,
        language.wording.words,
        inputs.mkdocs.nav,
        inputs.mkdocs.options,
        inputs.honoured.theme,
        today,
        publishing,
        anchors,
    )


def outcome_of(sites: Iterable[Site], findings: Iterable[Finding]) -> Outcome:
    """Count what was looked at. No statement is judged yet: none may be reported as said."""
    pages = [(page, site) for site in sites for page in site.pages]
    statements = sum(
        len(topic.required(short=short)) for page, site in pages for topic, short in asked_of(page, site)[1]
    )
    topics = {topic for _, site in pages for topic in site.standard.topics}
    return Outcome(tuple(in_order(findings)), len(pages), len(topics), statements, 0, len(CHECKS))
