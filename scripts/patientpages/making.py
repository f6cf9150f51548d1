"""Inputs -> pages -> content checks -> outputs -> artefact checks: everything of a site, not written yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from patientpages.builder import Builder
from patientpages.checks.runner import check_site
from patientpages.config import website_of
from patientpages.configured import Extras, bare_config, extras_of, ground_of, shape_of, write_config
from patientpages.folders import default_project
from patientpages.kept_pages import Shelf
from patientpages.model import HANDOUTS, Artefact, Finding, InputError, Outcome, Page, Place, Printed, Sent, Site
from patientpages.outcome import outcome_of, sent_of, site_of
from patientpages.outputs import (
    Moved,
    PageSearch,
    beside,
    collect,
    discovery,
    finished,
    links_of,
    page_file,
    says_noindex,
    shorts_of,
    staff_pages,
)
from patientpages.project import Inputs, Language
from patientpages.promises import promises
from patientpages.read import hold_sources
from patientpages.records import code_of
from patientpages.rendered import Rendered, Rendering
from patientpages.signing import signatures_of, stands
from patientpages.stamping import Stamping, moved_from
from patientpages.told import Given, Reported, Telling, check_kept
from patientpages.yamlfile import Mistakes

Progress = Callable[[str], None]
Purpose = Literal["preview", "trial", "publish"]  # a trial looks published and has passed no gate


def quietly(_: str) -> None:
    """Report no progress."""


def made_beside(
    inputs: Inputs,
    language: Language,
    pages: tuple[Page, ...],
    built: Mapping[str, bytes],
    past: Moved,
    sent: tuple[Sent, ...],
    codes: Mapping[str, str],
    searched: Sequence[PageSearch],
    today: date,
    handouts: Sequence[Printed] = (),
) -> list[Artefact]:
    """Return what is made from the built pages of a language, beside them; `handouts` are made already.

    `codes` are the versions of the pages by their files. What staff send may lead to a page that is taken down: whoever
    follows the link meets the notice.
    """
    root, wording = website_of(inputs.clinic, language.code), language.wording
    readable = tuple(page for page in pages if page.source.name not in language.taken_down)
    made = beside(built, readable, inputs.standard, language.plain, wording.group("go"), root, past, searched)
    links = list(links_of(pages, inputs.standard, codes))
    made += [inputs.clinic.logo] if inputs.clinic.logo else []
    made = finished(made, readable, inputs.standard, root)
    staff = staff_pages(built, sent, links, handouts, wording.group("staff"), root, language.code, today, inputs.kept)
    return made + staff + [Artefact(each.address, each.pdf, HANDOUTS) for each in handouts]


def leaflets_of(
    inputs: Inputs, language: Language, pages: Iterable[Page], files: Iterable[Artefact], today: date
) -> tuple[list[Printed], list[Finding]]:
    """Return the leaflets of what is published in a language, and what stands in their way."""
    from patientpages.handouts import handouts_of  # noqa: PLC0415 (40 ms, and no preview has leaflets)

    return handouts_of(inputs, language, pages, files, today, preview=False)


@dataclass(frozen=True, slots=True)
class _Built:
    """One language as it was built and checked."""

    site: Site
    files: list[Artefact]
    findings: list[Finding]
    telling: Telling


def _rendered(
    inputs: Inputs, language: Language, stage: Path, today: date, extras: Extras, shape: bytes, shelf: Shelf
) -> tuple[list[Rendered], list[Finding], Path, list[str]]:
    """Render the pages of a language; return them, the builder's warnings, and the folder and names of what is no page.

    The configuration stands below `stage` too: a build with another clinic.yml, at the same time, must not change it.
    """
    project, folder = inputs.project, stage / f"built-{language.code}"
    folder.mkdir(parents=True)
    config = write_config(inputs, language, folder, stage, extras)
    if project == default_project(project.root):
        bare_config(inputs, language, extras)
    builder = Builder(config, folder, today, language.sources, language.texts, inputs.kept,
                      project.shown(project.config), project.shown(language.docs))  # fmt: skip
    mistakes = Mistakes()
    rendering = Rendering(language.sources, language.homes, inputs.standard, builder, shape, shelf)
    rendered, warnings = rendering.pages(mistakes)
    hold_sources(folder, (each.page for each in rendered), mistakes)
    mistakes.stop_if_any()
    return rendered, warnings, folder, builder.others


def _hold_whole(folder: Path, names: Iterable[str]) -> None:
    """Raise InputError where files that were to be read have gone: what was not read is not reported as checked."""
    if not all((folder / name).is_file() for name in names):
        message = "this folder was deleted while it was in use"
        raise InputError([Finding("D004", "error", Place(folder.parent.name), message, "Run the same command again.")])


def _built_language(
    inputs: Inputs, language: Language, stage: Path, today: date, purpose: Purpose, shelf: Shelf, say: Progress
) -> _Built:
    """Build one language below an empty folder, and check its content."""
    root, publishing = website_of(inputs.clinic, language.code), purpose == "publish"
    extras = extras_of(inputs, language, preview=purpose == "preview")
    shape = shape_of(inputs, language, extras, today)
    rendered, warnings, folder, names = _rendered(inputs, language, stage, today, extras, shape, shelf)
    down = [each for each in rendered if each.page.source.name in language.taken_down]
    readable = [each for each in rendered if each.page.source.name not in language.taken_down]
    unstamped = tuple(each.page for each in readable)
    standing = promises(inputs, language, unstamped)
    past = moved_from(inputs, language, unstamped, standing)
    shorts = shorts_of(unstamped, inputs.standard, root)
    stamped = Stamping(inputs, language, readable, past, shorts, today, shelf).pages()
    shown = tuple(each.page for each in stamped)
    pages = (*shown, *(each.page for each in down))
    own = [page_file(each.page, each.html()) for each in stamped]
    others = finished(collect(folder, shown, language.docs, inputs.project.overrides), shown, inputs.standard, root)
    _hold_whole(folder, names)
    files = [*own, *others]
    printed: list[Printed] = []
    unprinted: list[Finding] = []
    if publishing:
        say(f"setting leaflets ({language.code})")
        printed, unprinted = leaflets_of(inputs, language, shown, files, today)
    codes = {each.page.file: each.code for each in stamped} | {d.page.file: code_of(d.sentences) for d in down}
    sent = sent_of(inputs, language, pages, codes)
    built = {file.path: file.content for file in own}
    files += made_beside(
        inputs, language, pages, built, past, sent, codes, [each.searched() for each in stamped], today, printed
    )
    signed = {each.page.source.name: each.sign_off for each in stamped}
    if down:
        signatures = signatures_of(language.code, inputs.records.signatures)
        signed |= {n: stands(d.sentences, signatures.get(n, ()), today) for d in down if (n := d.page.source.name)}
    site = site_of(inputs, language, pages, files, today, publishing, standing, sent=sent, sign_offs=signed)
    site = replace(site, handouts=tuple(printed))
    say(f"checking {len(pages)} pages ({language.code})")
    given = [Given(each.key, each.page) for each in stamped]
    given += [Given(each.key, each.page) for each in down]
    telling = Telling(site, given, ground_of(inputs, language, shape, publishing), shelf)
    found = [*language.source_findings, *warnings, *telling.findings(), *check_site(telling.site), *unprinted]
    hidden = {each.page.source.path for each in down}
    prefix = inputs.prefix_of(language.code)
    moved = [Artefact(prefix + file.path, file.content, file.maker) for file in files]
    return _Built(telling.site, moved, [f for f in found if f.place.path not in hidden], telling)


class Made(NamedTuple):
    """What was made of a project: its files, which are not written yet, and what there is to say of them."""

    outcome: Outcome
    files: list[Artefact]
    sites: list[Site]
    reported: Callable[[], list[Reported]]  # the parts of the pages in the reports
    keep: Callable[[], None]  # keeps what was made for the next run


def make(inputs: Inputs, stage: Path, today: date, say: Progress, purpose: Purpose = "preview") -> Made:
    """Build every language below an empty folder and check it."""
    made, findings, shelf = [], [], Shelf(inputs.kept, inputs.unchanged)
    for language in inputs.languages:
        say(f"building {len(language.sources)} pages ({language.code})")
        built = _built_language(inputs, language, stage, today, purpose, shelf, say)
        made.append(built)
        findings += built.findings
    files = [file for built in made for file in built.files]
    if purpose != "preview":
        found_by_search = (file.path for file in files if file.maker == "pages" and not says_noindex(file.content))
        files += discovery(inputs.clinic.website, found_by_search)
    say(f"checking {len(files)} files")
    findings += check_kept(files, shelf)
    sites = [built.site for built in made]
    outcome = outcome_of([built.telling for built in made], findings)
    say("")

    def reported() -> list[Reported]:
        return [part for built in made for part in built.telling.reported()]

    return Made(outcome, files, sites, reported, shelf.write)
