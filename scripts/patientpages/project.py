"""All inputs of a project read at once: every mistake in them in one go."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from patientpages.clinic import load_clinic
from patientpages.config import extension_options
from patientpages.folders import Project, marks_of_data
from patientpages.handoutsfile import load_handouts
from patientpages.kept import Kept, kept_in
from patientpages.messages import load_messages
from patientpages.mkdocsfile import Honoured, MkDocsFile, load_honoured, load_mkdocs
from patientpages.model import (
    Clinic,
    Figures,
    Finding,
    Handouts,
    InputError,
    Messages,
    PlainWords,
    Records,
    Source,
    Standard,
)
from patientpages.read import hold_carried, read_sources
from patientpages.reader_test import ReaderTestSheet, hold_reader_test, read_reader_test
from patientpages.records import load_records
from patientpages.said import Judge, load_judge
from patientpages.standard import load_standard
from patientpages.standard.figures import read_figures
from patientpages.standard.plain import read_plain
from patientpages.style import page_style
from patientpages.wording import Wording, load_wording
from patientpages.yamlfile import Mistakes, in_order, load


@dataclass(frozen=True, slots=True)
class Language:
    """The inputs of one language."""

    code: str
    docs: Path
    wording: Wording
    sources: tuple[Source, ...]
    source_findings: tuple[Finding, ...]  # what is wrong in front matter that could be read
    homes: dict[str, str]  # topic -> the page that its text stands on
    judge: Judge | None  # None where the language has no phrases yet
    figures: Figures | None
    plain: PlainWords | None
    messages: Messages | None = None  # what staff send in it
    handouts: Handouts | None = None  # what staff print in it
    taken_down: frozenset[str] = frozenset()  # pages that others link to, and that show a notice instead of their text

    @property
    def texts(self) -> dict[str, str]:
        """The pages' texts by the full paths of their files: a build is made of what was read once."""
        return {(self.docs / f"{source.name}.md").absolute().as_posix(): source.text for source in self.sources}

    def options(self, standard: Standard) -> dict[str, object]:
        """Return the options of our Markdown extension for this language."""
        homes = {topic: (self.docs / f"{page}.md").absolute() for topic, page in self.homes.items()}
        return extension_options(self.wording, homes, standard, self.sources, self.plain)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that a build or a check depends on, but the day."""

    project: Project
    standard: Standard
    clinic: Clinic
    mkdocs: MkDocsFile
    honoured: Honoured
    languages: tuple[Language, ...]
    records: Records
    reader_test: ReaderTestSheet | None
    style: str  # the style sheet as it stands in every page
    read_from: bytes = b""  # marks of the data files, from before any of them was read

    @property
    def kept(self) -> Kept:
        """What was made before and can be used again."""
        return kept_in(self.project.work / "kept")

    def unchanged(self) -> bool:
        """Tell whether nobody has written any data file since before they were read."""
        return marks_of_data(self.project) == self.read_from

    def prefix_of(self, language: str) -> str:
        """Return the folder of a language: the first stands at the root for ever."""
        return "" if language == self.clinic.languages[0] else f"{language}/"


def _docs_of(project: Project, language: str, only: bool) -> Path:
    """Return docs/<language>, or the given folder itself where it holds the pages of the only language."""
    nested = project.docs / language
    return project.docs if only and not nested.exists() and (project.docs / "index.md").exists() else nested


def _language(
    project: Project, code: str, standard: Standard, clinic: Clinic, records: Records, mistakes: Mistakes
) -> Language:
    docs = _docs_of(project, code, len(clinic.languages) == 1)
    sources, own = _pages(project, docs)
    # A page that could be read is built and checked; one that could not stops the run.
    mistakes.findings += [finding for finding in own.findings if finding.code.startswith("D")]
    words = docs / "_words.yml"
    wording = load_wording(
        words, project.shown(words), code, project.overrides, standard, clinic, mistakes, records.tests
    )
    homes = {topic.id: topic.home for topic in standard.topics.values()}
    mild = tuple(finding for finding in own.findings if not finding.code.startswith("D"))
    numbers = clinic.emergency.numbers if clinic.emergency else ()
    judge = load_judge(project.standard, project.shown(project.standard), code, standard.judged, numbers, project.work,
                       mistakes)  # fmt: skip
    figures, plain = _figures(project, code, standard, mistakes), _plain(project, code, mistakes)
    first = code == clinic.languages[0]
    sent = project.root / "staff" / ("emails.yml" if first else f"{code}/emails.yml")
    messages = load_messages(sent, project.shown(sent), mistakes)
    printed = sent.with_name("handouts.yml")
    written = project.root / "docs" / code  # what is not published yet may be named, too
    names = {source.name for source in sources}
    names |= {path.relative_to(written).with_suffix("").as_posix() for path in written.rglob("*.md")}
    handouts = load_handouts(printed, project.shown(printed), standard, names, mistakes)
    return Language(code, docs, wording, sources, mild, homes, judge, figures, plain, messages, handouts)


def _plain(project: Project, code: str, mistakes: Mistakes) -> PlainWords | None:
    """Read the list of plain words of a language, if it has one."""
    path = project.standard / code / "words.yml"
    return read_plain(load(path, project.shown(path), mistakes, "the list of plain words")) if path.is_file() else None


def _figures(project: Project, code: str, standard: Standard, mistakes: Mistakes) -> Figures | None:
    """Read the list of figures of a language, if it has one."""
    path = project.standard / code / "figures.yml"
    if not path.is_file():
        return None
    return read_figures(load(path, project.shown(path), mistakes, "the list of figures"), standard.facts)


def _pages(project: Project, docs: Path) -> tuple[tuple[Source, ...], Mistakes]:
    """Read the pages of a language, and what its folder carries into the site."""
    own = Mistakes()
    sources = read_sources(docs, project.shown(docs), own, kept_in(project.work / "kept"))
    hold_carried(docs, project.shown(docs), project.root, own)
    return sources, own


def with_pages(inputs: Inputs, marks: bytes) -> Inputs | None:
    """Return the inputs with their pages read again, while all else is as it was; None where that is not enough.

    `marks` are those of the data files (marks_of_data) from before it was found that all else is as it was.
    """
    languages = []
    for language in inputs.languages:
        sources, own = _pages(inputs.project, language.docs)
        if any(finding.code.startswith("D") for finding in own.findings):
            return None
        languages.append(replace(language, sources=sources, source_findings=tuple(own.findings)))
    return replace(inputs, languages=tuple(languages), read_from=marks)


def load_inputs(project: Project, only: Collection[str] | None = None) -> Inputs:
    """Read everything; raise InputError with every mistake in it.

    `only` some of the clinic's languages are read, if it is given.
    """
    mistakes, before = Mistakes(), marks_of_data(project)
    standard = load_standard(project.standard, project.shown(project.standard), mistakes)
    clinic = load_clinic(project.clinic, project.shown(project.clinic), standard, mistakes)
    if only is not None:
        clinic = replace(clinic, languages=tuple(code for code in clinic.languages if code in only))
    honoured = load_honoured(project.overrides, project.shown(project.overrides), mistakes)
    mkdocs = load_mkdocs(project.config, project.shown(project.config), honoured, mistakes)
    style = page_style(project.overrides, clinic, mkdocs.scheme, mistakes)
    hold_carried(project.overrides / "assets", project.shown(project.overrides / "assets"), project.root, mistakes)
    records = load_records(project.root / "records", "records", mistakes)
    languages = tuple(_language(project, code, standard, clinic, records, mistakes) for code in clinic.languages)
    path = project.root / "staff" / "reader-test.yml"
    sheet = load(path, project.shown(path), mistakes, "the test with readers") if path.is_file() else None
    tasks = read_reader_test(sheet)
    known = [*(p for k in standard.kinds.values() for p in k.pages), *(s.name for s in languages[0].sources)]
    hold_reader_test(tasks, known, languages[0].wording.values, mistakes)
    if mistakes.findings:
        extra = [finding for language in languages for finding in language.source_findings]
        raise InputError(in_order([*mistakes.findings, *extra]))
    return Inputs(project, standard, clinic, mkdocs, honoured, languages, records, tasks, style, before)
