"""After a pull, a clinic is told what to do: by the change log, and by what its own files lack or have too much."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from patientpages.upgrading import instructions
from patientpages.yamlfile import Mistakes
from tests.conftest import ROOT, TODAY, Workspace, copy_project

LOG = """# Changes

## Not released yet

- Something new.
- What you must do: add `paper` to clinic.yml,
  and look at it in print.

## 0.1.0

- What you must do: name the groups of nav.
- Another thing.
"""


@pytest.fixture
def clinic(tmp_path: Path) -> Workspace:
    """A clinic's clone, with a change log of two releases."""
    workspace = copy_project(tmp_path / "clone")
    (workspace / "CHANGELOG.md").write_text(LOG, encoding="utf-8")
    shutil.copytree(ROOT / "schemas", workspace / "schemas")
    return workspace


def test_the_real_change_log_can_be_read_by_both() -> None:
    """Every heading of CHANGELOG.md is a release and every instruction an entry of its own, newest release first."""
    mistakes = Mistakes()
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = list(instructions(text, "CHANGELOG.md", mistakes))
    assert mistakes.findings == []
    assert len(found) == text.lower().count("what you must do") > 0
    assert all(one.release and one.text.endswith(".") for one in found)


def test_a_fresh_clone_has_nothing_to_do(clinic: Workspace) -> None:
    """Without a record the instructions are shown, with the word that they may not be for them, and nothing fails."""
    done = clinic.run("upgrade", "--check")
    assert done.code == 0
    assert "CHANGELOG.md:6  Not released yet: add `paper` to clinic.yml, and look at it in print." in done.out
    assert "CHANGELOG.md:11  0.1.0: name the groups of nav." in done.out
    assert "If you have just cloned the project" in done.out


def test_only_what_is_new_since_the_last_upgrade_is_told(clinic: Workspace) -> None:
    """What was followed goes on record and is not told again; a pull that brings an instruction fails until it is."""
    before = (clinic / "records/upgraded.yml").read_text("utf-8")
    first = clinic.run("upgrade", "--done", "--today", TODAY)
    assert first.out == "2 instructions of CHANGELOG.md on record in records/upgraded.yml\n"
    after = (clinic / "records/upgraded.yml").read_text("utf-8")
    assert after.startswith(before.replace("upgraded: []\n", "upgraded:\n- {on: 2026-11-22, program: "))
    quiet = clinic.run("upgrade", "--check")
    assert (quiet.code, quiet.out[:14]) == (0, "Nothing to do:")
    assert "already; nothing was changed" in clinic.run("upgrade", "--done").out
    assert (clinic / "records/upgraded.yml").read_text("utf-8") == after

    clinic.edit("CHANGELOG.md", "- Something new.\n", "- What you must do: name a logo.\n")
    pulled = clinic.run("upgrade", "--check")
    assert pulled.code == 1
    assert "name a logo." in pulled.out
    assert "name the groups" not in pulled.out
    assert clinic.run("upgrade", "--done", "--today", TODAY).out.startswith("1 instruction ")
    assert (clinic / "records/upgraded.yml").read_text("utf-8").startswith(after), "only ever added to"
    assert clinic.run("upgrade", "--check").code == 0


def test_what_own_files_lack_or_have_too_much_is_told_at_once(clinic: Workspace) -> None:
    """A group that this version needs, a key that it no longer reads and a list that is gone: each with its file."""
    clinic.edit("docs/en/_words.yml", "\nmoved:\n", "\nmovd:\n")
    line = clinic.edit("clinic.yml", "profession:", "slogan: x\nprofession:")
    (clinic / "standard/messages.yml").unlink()
    done = clinic.run("upgrade", "--check")
    assert done.code == 1
    assert f'clinic.yml:{line}  "slogan" is not known here.' in done.out
    assert "standard/messages.yml:1  " in done.out
    assert 'docs/en/_words.yml:1  "moved" is missing: this version shows it' in done.out
    assert '"movd" is not shown by this version. Did you mean "moved"?' in done.out


@pytest.mark.parametrize("name", ["published", "signed", "tested", "upgraded"])
def test_a_record_of_a_newer_version_is_refused_by_name(name: str, clinic: Workspace) -> None:
    """Whoever goes back to an older program is told which file it cannot read, and the file stays as it is."""
    clinic.edit(f"records/{name}.yml", "version: 1\n", "version: 2\n")
    before = (clinic / f"records/{name}.yml").read_bytes()
    done = clinic.run("upgrade", "--check" if name != "upgraded" else "--done")
    assert done.code in (1, 2)
    told = f"records/{name}.yml:{before[: before.index(b'version: 2')].count(10) + 1}"
    assert told in done.out
    assert "was written by a newer version of Patient Pages (format 2; this one knows 1)" in done.out
    assert (clinic / f"records/{name}.yml").read_bytes() == before


def test_every_record_carries_the_version_of_its_format() -> None:
    """No file of records/ could be read by a program that does not know its form."""
    for path in (ROOT / "records").rglob("*.yml"):
        assert "\nversion: 1\n" in f"\n{path.read_text(encoding='utf-8')}", path


@pytest.mark.parametrize("log", ["## Next\n", "## 0.1.0\n\n- Mind what you must do: this.\n"])
def test_a_change_log_that_a_program_cannot_read_is_told(log: str, clinic: Workspace) -> None:
    """A heading that is no release, or an instruction inside another entry, would be passed over: it is an error."""
    (clinic / "CHANGELOG.md").write_text(log, encoding="utf-8")
    done = clinic.run("upgrade", "--check")
    assert done.code == 2
    assert "CHANGELOG.md:" in done.out
