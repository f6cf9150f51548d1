"""A folder that somebody built from these sources, by whatever builder: read, checked, and left as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from patientpages.checks.runner import check_site, fold_undeclared
from patientpages.configured import extras_of, ground_of, shape_of
from patientpages.found import read_built
from patientpages.kept_pages import Shelf
from patientpages.making import Progress, leaflets_of, made_beside, quietly
from patientpages.model import HANDOUTS, Artefact, Finding, InputError, Outcome, Place, Printed, Site
from patientpages.outcome import outcome_of, sent_of, site_of
from patientpages.outputs import collect_folder, declared_copies
from patientpages.project import Inputs
from patientpages.promises import promises
from patientpages.read import hold_sources
from patientpages.signing import codes_of, sign_offs
from patientpages.stamping import moved_from
from patientpages.told import Telling, check_kept
from patientpages.yamlfile import Mistakes


def _compared(own: list[Artefact], made: list[Artefact]) -> list[Artefact]:
    """Give each file of a folder that the pages make its maker, if it is exactly what they make."""
    right = {file.path: file for file in made}
    return [
        replace(file, maker=right[file.path].maker if right[file.path].content == file.content else "")
        if file.path in right
        else file
        for file in own
    ]


def check_folder(inputs: Inputs, folder: Path, today: date, say: Progress = quietly) -> tuple[Outcome, list[Site]]:
    """Check a folder that somebody built from these sources; build nothing, change nothing."""
    shown = inputs.project.shown(folder)
    if not folder.is_dir():
        what = "is a file" if folder.exists() else "does not exist"
        raise InputError(
            [
                Finding(
                    "D003",
                    "error",
                    Place(shown),
                    f"{what}: there is no built site to check",
                    "Name the folder that holds index.html.",
                )
            ]
        )
    mistakes, sites, files, findings = Mistakes(), [], [], []
    tellings, shelf = [], Shelf(inputs.kept, inputs.unchanged)
    roots = {language.code: folder / inputs.prefix_of(language.code) for language in inputs.languages}
    for language in inputs.languages:
        root = roots[language.code]
        say(f"reading {len(language.sources)} pages ({language.code})")
        given, searched = read_built(inputs.standard, language, root, shelf, mistakes)
        pages = tuple(each.page for each in given)
        own = list(collect_folder(root, "", pages, language.docs, inputs.project.overrides))
        standing = promises(inputs, language, pages)
        printed: list[Printed] = []
        if any(file.path.startswith(f"{HANDOUTS}/") for file in own):
            printed, unprinted = leaflets_of(inputs, language, pages, own, today)
            findings += unprinted
        codes = codes_of(pages)
        sent = sent_of(inputs, language, pages, codes)
        readable = (page for page in pages if page.source.name not in language.taken_down)
        past = moved_from(inputs, language, readable, standing)
        built = {f.path: f.content for f in own}
        made = made_beside(inputs, language, pages, built, past, sent, codes, searched, today, printed)
        if len(roots) == 1:
            hold_sources(root, pages, mistakes, (file.path for file in made))
        own = declared_copies(_compared(own, made))
        signed = sign_offs(pages, language.code, inputs.records.signatures, today)
        site = site_of(inputs, language, pages, own, today, standing=standing, sent=sent, sign_offs=signed)
        shape = shape_of(inputs, language, extras_of(inputs, language, preview=True), today)
        telling = Telling(site, given, ground_of(inputs, language, shape, False), shelf)
        findings += [*language.source_findings, *telling.findings(), *check_site(telling.site)]
        sites.append(telling.site)
        tellings.append(telling)
        others = tuple(f"{code}/" for code in roots if code != language.code)
        prefix = inputs.prefix_of(language.code)
        files += [Artefact(prefix + f.path, f.content, f.maker) for f in own if prefix or not f.path.startswith(others)]
    mistakes.stop_if_any()
    say(f"checking {len(files)} files")
    findings += fold_undeclared(check_kept(files, shelf))
    outcome = outcome_of(tellings, findings)
    shelf.write()
    say("")
    return outcome, sites
