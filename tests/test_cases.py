"""Each page of tests/cases/ states at its end the findings that it must have; one too many fails as well.

    <!-- expect: T101 4 -->     the code, and the line

All of them are pages of one site, built once through the command.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from patientpages.checks import CHECKS
from tests.conftest import ROOT, Run, Workspace, copy_project

CASES = sorted((ROOT / "tests" / "cases").glob("*/*.md"))
_EXPECT = re.compile(r"<!-- expect: (\w+) (\d+) -->")


def _name(case: Path) -> str:
    return f"{case.parent.name}--{case.stem}"


@pytest.fixture(scope="session")
def case_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The findings of a site that has every case as a page, beside the project's own pages."""
    project: Workspace = copy_project(tmp_path_factory.mktemp("cases") / "clone")
    shutil.copy2(ROOT / "tests" / "cases" / "needle.svg", project / "docs/en/needle.svg")
    for case in CASES:
        shutil.copy2(case, project / f"docs/en/{_name(case)}.md")
    entries = "".join(f"\n      - {_name(case)}.md" for case in CASES)
    project.edit("mkdocs.yml", "\n      - get-help-now.md", "\n      - get-help-now.md" + entries)
    return project.json("check")


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_a_page_has_exactly_the_findings_that_it_states(case: Path, case_run: Run) -> None:
    """A check finds what it is for, on the right line, and nothing else on the page."""
    path = f"docs/en/{_name(case)}.md"
    expected = Counter((code, int(line)) for code, line in _EXPECT.findall(case.read_text(encoding="utf-8")))
    found = Counter((f["code"], f["line"]) for f in case_run.values["findings"] if f["path"] == path)
    assert found == expected
    assert case.stem.startswith("bad") == bool(expected), "a page named bad- must trip its check, a good one must not"


def test_every_page_check_has_pages_that_trip_it_and_pages_that_do_not() -> None:
    """No check of pages stands without a proof of both kinds (the U checks are proven on altered sites)."""
    folders = {case.parent.name.split("-")[0] for case in CASES}
    page_checks = {check.code for check in CHECKS if check.about == "page" and not check.code.startswith("U")}
    assert page_checks - {"T112"} <= folders, "T112 is proven in test_site_checks.py: it is about fixed addresses"
    for folder in {case.parent for case in CASES if not case.parent.name.startswith("W")}:
        kinds = {case.stem.split("-")[0] for case in CASES if case.parent == folder}
        assert kinds == {"bad", "good"}, folder


def test_a_finding_says_what_right_looks_like(case_run: Run) -> None:
    """Every error on a case has a message and a hint."""
    for finding in case_run.errors():
        assert finding["message"], finding
        assert finding["hint"], finding
