"""The pages that are measured: made for ours and for the others, and what our check looks at in them.

scaling/apart.py runs these in a process of its own: memory is counted from what starts a command.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from made_site import make_project

from patientpages.checks.topics import asked_of
from patientpages.folders import default_project
from patientpages.outcome import site_of
from patientpages.plain import blocks_of_page, sentences_of
from patientpages.project import load_inputs
from patientpages.read import read_pages
from patientpages.yamlfile import Mistakes
from scaling.plain import write_hugo, write_material, write_plain


def prepare(work: Path, pages: int) -> None:
    """Make the project, and the same pages for the others."""
    make_project(work / "ours", pages)
    nav = write_plain(work / "ours", work / "plain")
    write_material(work / "plain", nav)
    shutil.copytree(work / "plain", work / "zensical")
    write_hugo(work / "plain")


def looked_at(project: Path) -> str:
    """Tell what our check looks at in a built project: statements, sentences."""
    inputs, mistakes = load_inputs(default_project(project)), Mistakes()
    language = inputs.languages[0]
    pages = read_pages(language.sources, project / "site", language.homes, mistakes)
    mistakes.stop_if_any()
    site = site_of(inputs, language, pages, (), date(2026, 11, 26))
    judged = sum(len(topic.required(short=short)) for page in pages for topic, short in asked_of(page, site)[1])
    sentences = [sentence.text for page in pages for sentence in sentences_of(blocks_of_page(page))]
    return f"{judged:,} statements judged, {len(sentences):,} sentences read ({len(set(sentences)):,} different)"
