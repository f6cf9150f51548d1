"""The pages that are measured. Each of these runs in a process of its own: memory is counted from what starts a command."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any


def apart(function: Callable[..., Any], *arguments: object) -> Any:
    """Run a function of this module in a fresh process, and return what it returns."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(function, arguments)


def prepare(work: Path, pages: int) -> None:
    """Make the project, and the same pages for the others."""
    from made_site import make_project  # noqa: PLC0415 (its memory would be counted as that of every command)

    from scaling.plain import write_hugo, write_material, write_plain  # noqa: PLC0415

    make_project(work / "ours", pages)
    nav = write_plain(work / "ours", work / "plain")
    write_material(work / "plain", nav)
    shutil.copytree(work / "plain", work / "zensical")
    write_hugo(work / "plain")


def looked_at(project: Path) -> str:
    """Tell what our check looks at in a built project: statements, sentences."""
    from patientpages.checks.topics import asked_of  # noqa: PLC0415 (as above)
    from patientpages.folders import default_project  # noqa: PLC0415
    from patientpages.outcome import site_of  # noqa: PLC0415
    from patientpages.plain import blocks_of_page, sentences_of  # noqa: PLC0415
    from patientpages.project import load_inputs  # noqa: PLC0415
    from patientpages.read import read_pages  # noqa: PLC0415
    from patientpages.yamlfile import Mistakes  # noqa: PLC0415

    inputs, mistakes = load_inputs(default_project(project)), Mistakes()
    language = inputs.languages[0]
    pages = read_pages(language.sources, project / "site", language.homes, mistakes)
    mistakes.stop_if_any()
    site = site_of(inputs, language, pages, (), date(2026, 11, 26))
    judged = sum(len(topic.required(short=short)) for page in pages for topic, short in asked_of(page, site)[1])
    sentences = [sentence.text for page in pages for sentence in sentences_of(blocks_of_page(page))]
    return f"{judged:,} statements judged, {len(sentences):,} sentences read ({len(set(sentences)):,} different)"
