"""bench/made_site.py makes projects of any size, on which the speed of a build is measured: they are honest, and stay the same."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Workspace, fingerprint

KINDS = 7


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The 20 pages of this project, and one more of each kind."""
    folder = tmp_path_factory.mktemp("made") / "clone"
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "bench")
        importlib.import_module("made_site").make_project(folder, 20 + KINDS)
    return Workspace(folder)


def test_pages_that_are_made_pass_every_check(made: Workspace) -> None:
    """Each has all topics of its kind, and what else pages have; none of the checks finds an error."""
    pages = sorted((made / "docs/en").glob("zone-*.md"))
    assert len(pages) == KINDS
    run = made.json("check")
    assert run.code == 0, run.out
    assert run.values["counts"]["pages"] == 20 + KINDS
    assert not run.values["findings"]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for sign in (
            "{{ fact: ",
            "{{ clinic: ",
            "{{ emergency: ",
            "| --- |",
            "\n- ",
            "\n!!! ",
            "![",
            ".md#",
            "\nsources: [",
            "\nkind: made-",
        ):
            assert sign in text or (sign == "{{ clinic: " and "{{ section: " in text), (page.name, sign)
        assert 550 <= len(text.split()) <= 950, page.name


def test_the_same_number_makes_the_same_bytes(made: Workspace, tmp_path: Path) -> None:
    """Another process, in which sets are in another order, makes the same pages, menu and kinds."""
    again = tmp_path / "again"
    command = [sys.executable, str(ROOT / "bench/made_site.py"), str(20 + KINDS), str(again)]
    subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": "7"}, check=True, timeout=60)
    for part in ("docs/en", "standard"):
        assert fingerprint(made / part) == fingerprint(again / part)
    assert (made / "mkdocs.yml").read_bytes() == (again / "mkdocs.yml").read_bytes()
