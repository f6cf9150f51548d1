"""A folder that somebody built from these sources, by whatever builder: read, checked, and left as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from patientpages.build import Progress, made_beside, prefix_of, quietly
from patientpages.checks.runner import check_files, check_site, fold_undeclared
from patientpages.model import Artefact, Finding, InputError, Place, Site
from patientpages.outcome import Outcome, outcome_of, site_of
from patientpages.outputs import collect_folder
from patientpages.project import Inputs
from patientpages.read import read_pages
from patientpages.yamlfile import Mistakes


def _compared(own: list[Artefact], made: list[Artefact]) -> list[Artefact]:
    """Take the maker from each file of a folder that should stand beside the pages, and is not what they make."""
    right = {file.path: file.content for file in made}
    makers = {file.maker for file in made if file.path.endswith(".html")}
    return [
        replace(file, maker="")
        if (file.path in right or file.maker in makers) and right.get(file.path) != file.content
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
    roots = {language.code: folder / prefix_of(inputs, language) for language in inputs.languages}
    for language in inputs.languages:
        root = roots[language.code]
        say(f"reading {len(language.sources)} pages ({language.code})")
        pages = read_pages(language.sources, root, language.homes, mistakes, alone=len(roots) == 1)
        own = list(collect_folder(root, "", pages, language.docs, inputs.project.overrides))
        own = _compared(own, made_beside(inputs, language, pages, {f.path: f.content for f in own}))
        site = site_of(inputs, language, pages, (file.path for file in own), today)
        sites.append(site)
        findings += [*language.source_findings, *check_site(site)]
        others = tuple(f"{code}/" for code in roots if code != language.code)
        prefix = prefix_of(inputs, language)
        files += [Artefact(prefix + f.path, f.content, f.maker) for f in own if prefix or not f.path.startswith(others)]
    mistakes.stop_if_any()
    say(f"checking {len(files)} files")
    findings += fold_undeclared(check_files(files))
    outcome = outcome_of(sites, findings)
    inputs.remember()
    return outcome, sites
