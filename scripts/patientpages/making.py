"""Inputs -> pages -> content checks -> outputs -> artefact checks: everything of a site, not written yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from patientpages.builder import run_mkdocs
from patientpages.checks.runner import check_files, check_site
from patientpages.config import extra, generated, website_of
from patientpages.handouts import as_files, handouts_of
from patientpages.model import Artefact, Finding, Page, Printed, Promises, Site
from patientpages.outcome import Outcome, outcome_of, sent_of, site_of
from patientpages.outputs import (
    beside,
    collect,
    discovery,
    finished,
    links_of,
    says_noindex,
    staff_pages,
)
from patientpages.project import Inputs, Language, default_project
from patientpages.promises import promises
from patientpages.read import hold_sources, read_pages
from patientpages.signing import codes_of
from patientpages.stamping import moved_from, stamp
from patientpages.whole_file import write_whole
from patientpages.yamlfile import Mistakes

Progress = Callable[[str], None]
Purpose = Literal["preview", "trial", "publish"]  # a trial looks published and has passed no gate


def quietly(_: str) -> None:
    """Report no progress."""


def write_config(
    inputs: Inputs, language: Language, site_dir: Path, folder: Path, *, serving: bool = False, preview: bool = True
) -> Path:
    """Write the generated configuration of one language into a folder, and return where it stands."""
    project = inputs.project
    file = folder / f"mkdocs.{language.code}.yml"
    extras = extra(inputs.standard, inputs.clinic, language.wording, language.sources, inputs.style, preview=preview)
    if serving:  # the live preview puts findings with a style of their own on the page, and reloads it by a script
        del extras["style_hash"]
    text = generated(
        inputs.mkdocs,
        language.docs,
        project.overrides,
        file,
        site_dir,
        inputs.clinic,
        language.wording,
        extras,
        language.options(inputs.standard),
    )
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        write_whole(file, text.encode())
    return file


def made_beside(
    inputs: Inputs,
    language: Language,
    pages: tuple[Page, ...],
    built: Mapping[str, bytes],
    standing: Promises,
    today: date,
    handouts: Sequence[Printed] = (),
) -> list[Artefact]:
    """Return what is made from the built pages of a language, beside them; `handouts` are made already.

    What staff send may lead to a page that is taken down: whoever follows the link meets the notice.
    """
    root, wording = website_of(inputs.clinic, language.code), language.wording
    readable = tuple(page for page in pages if page.source.name not in language.taken_down)
    past = moved_from(inputs, language, readable, standing)
    made = beside(built, readable, inputs.standard, language.plain, wording.group("go"), root, past)
    sent = sent_of(inputs, language, pages)
    links = list(links_of(pages, inputs.standard, codes_of(pages)))
    made += [inputs.clinic.logo] if inputs.clinic.logo else []
    made = finished(made, readable, inputs.standard, root)
    staff = staff_pages(built, sent, links, handouts, wording.group("staff"), root, language.code, today, inputs.kept)
    return made + staff + as_files(handouts)


def _built_language(
    inputs: Inputs, language: Language, stage: Path, today: date, purpose: Purpose, say: Progress = quietly
) -> tuple[Site, list[Artefact], list[Finding]]:
    """Build one language below an empty folder, and check its content.

    The configuration stands there too: a build with another clinic.yml, at the same time, must not change it.
    """
    project = inputs.project
    folder = stage / f"built-{language.code}"
    config = write_config(inputs, language, folder, stage, preview=purpose == "preview")
    if project == default_project(project.root):  # for other builders, which know no options of ours
        write_config(inputs, language, project.work / "bare" / language.code, project.work)
    warnings = run_mkdocs(config, folder, today, project.shown(project.config), project.shown(language.docs))
    mistakes = Mistakes()
    pages = read_pages(language.sources, folder, language.homes, mistakes)
    hold_sources(folder, pages, mistakes)
    mistakes.stop_if_any()
    down = tuple(page for page in pages if page.source.name in language.taken_down)
    for page in down:
        (folder / page.file).unlink()
    readable = tuple(page for page in pages if page not in down)
    standing = promises(inputs, language, readable)
    stamp(inputs, language, folder, readable, standing, today)
    unread = tuple(page.source for page in down)
    readable = read_pages(tuple(page.source for page in readable), folder, language.homes, mistakes, unread)
    pages = (*readable, *down)
    files = list(collect(folder, readable, language.docs, project.overrides))
    files = finished(files, readable, inputs.standard, website_of(inputs.clinic, language.code))
    printed: list[Printed] = []
    unprinted: list[Finding] = []
    if purpose == "publish":
        say(f"setting leaflets ({language.code})")
        printed, unprinted = handouts_of(inputs, language, readable, files, today, preview=False)
    built = {file.path: file.content for file in files}
    files += made_beside(inputs, language, pages, built, standing, today, printed)
    site = site_of(inputs, language, pages, files, today, purpose == "publish", standing)
    site = replace(site, handouts=tuple(printed))
    say(f"checking {len(pages)} pages ({language.code})")
    prefix = inputs.prefix_of(language.code)
    moved = [Artefact(prefix + file.path, file.content, file.maker) for file in files]
    hidden = {source.path for source in unread}
    found = [*language.source_findings, *warnings, *check_site(site), *unprinted]
    return site, moved, [finding for finding in found if finding.place.path not in hidden]


def make(
    inputs: Inputs, stage: Path, today: date, say: Progress, purpose: Purpose = "preview"
) -> tuple[Outcome, list[Artefact], list[Site]]:
    """Build every language below an empty folder and check it; return the files, which are not written yet."""
    sites, files, findings = [], [], []
    for language in inputs.languages:
        say(f"building {len(language.sources)} pages ({language.code})")
        site, made, found = _built_language(inputs, language, stage, today, purpose, say)
        sites.append(site)
        files += made
        findings += found
    if purpose != "preview":
        found_by_search = (file.path for file in files if file.maker == "pages" and not says_noindex(file.content))
        files += discovery(inputs.clinic.website, found_by_search)
    say(f"checking {len(files)} files")
    findings += check_files(files)
    outcome = outcome_of(sites, findings)
    inputs.remember()
    say("")
    return outcome, files, sites
