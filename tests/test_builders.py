"""Whoever builds: stock Material, and Zensical with its own or with our templates, give the same topic findings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from patientpages.folders import Project, default_project
from patientpages.project import load_inputs
from patientpages.read import read_pages
from patientpages.yamlfile import Mistakes
from tests.conftest import Run, Workspace, copy_project

# A configuration at the project's root that takes ours and changes only the templates.
_CONFIGS: dict[str, dict[str, Any]] = {
    "mkdocs-stock-material": {"theme": {"custom_dir": "no-templates"}},
    "zensical-stock": {"theme": {"custom_dir": None}},
    "zensical-our-templates": {"theme": {"custom_dir": "overrides"}},
}


def _build(project: Workspace, name: str) -> Path:
    """Build with another builder from the generated configuration, and return the folder."""
    out = project / f".build/{name}"
    config: dict[str, Any] = {"INHERIT": ".build/mkdocs.en.yml", "docs_dir": "docs/en", "site_dir": f".build/{name}"}
    (project / f"{name}.yml").write_text(yaml.safe_dump(config | _CONFIGS[name]), encoding="utf-8")
    (project / "no-templates").mkdir(exist_ok=True)
    tool = "mkdocs" if name.startswith("mkdocs") else "zensical"
    command = [str(Path(sys.executable).parent / tool), "build", "-f", f"{name}.yml"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        command, cwd=project.path, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def _topic_findings(run: Run) -> set[tuple[Any, ...]]:
    keys = ("code", "path", "line", "line_exact", "message", "hint", "topic", "statement")
    return {tuple(f[key] for key in keys) for f in run.values["findings"] if f["code"].startswith("T")}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A project whose pages lack things: a section, the text of another, "In short", a link."""
    project = copy_project(tmp_path_factory.mktemp("faulty") / "clone")
    project.edit("docs/en/dry-needling.md", "{ #acupuncture }", "{ #something-else }")
    file = project / "docs/en/trigger-points.md"
    text = file.read_text(encoding="utf-8")
    start, end = text.index("{ #trigger-debate }"), text.index("## What does this mean")
    file.write_text(text[:start] + "{ #trigger-debate }\n\n<!-- to be written -->\n\n" + text[end:], encoding="utf-8")
    project.edit("docs/en/treatment-plan.md", '!!! in-short "In short"', '!!! note "In short"')
    home = project / "docs/en/index.md"
    home.write_text(
        home.read_text(encoding="utf-8").replace("get-help-now.md#get-help-now", "soreness.md#soreness"),
        encoding="utf-8",
    )
    assert project.json("build").code == 1  # which leaves the generated configuration that the others inherit
    return project


@pytest.mark.parametrize("name", _CONFIGS)
def test_the_same_topic_findings_under_every_builder(name: str, faulty: Workspace) -> None:
    """Each fault is found on the built page, whoever built it, with the same words, file and line."""
    ours = _topic_findings(faulty.json("check"))
    assert {row[0] for row in ours} >= {"T101", "T102", "T103", "T106"}
    assert _topic_findings(faulty.json("check", "--site", str(_build(faulty, name)))) == ours


@pytest.mark.parametrize("name", _CONFIGS)
def test_a_page_says_the_same_words_under_every_builder(name: str, built: Workspace) -> None:
    """words(page), on which signatures will stand, does not depend on the builder or its templates."""
    theirs = words_in(_build(built, name), default_project(built.path))
    assert theirs == words_in(built / "site", default_project(built.path))
    assert "{clinic.phone}" in theirs["soreness"]
    assert "55 to 91 in 100 people" in theirs["soreness"]


def words_in(folder: Path, project: Project) -> dict[str, str]:
    """Return what each page of a built folder says."""
    language, mistakes = load_inputs(project).languages[0], Mistakes()
    pages = read_pages(language.sources, folder, language.homes, mistakes)
    assert not mistakes.findings
    return {page.source.name: page.words for page in pages}
