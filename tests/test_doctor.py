"""`patientpages doctor`: everything that stands in the way of publishing, in order, each with the one thing to do."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from patientpages import machine
from patientpages.folders import default_project
from patientpages.machine import Step
from patientpages.model import counted
from patientpages.project import load_inputs
from patientpages.yamlfile.mistakes import is_or_are
from tests.conftest import ROOT, TODAY, Workspace, copy_project, fingerprint

DAY = ("--today", TODAY)
SIGN = ("sign", "--all", "--name", "Test Signatory", "--role", "physiotherapist", "--evidence", "a test", *DAY)


@pytest.fixture(scope="module")
def online(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A project of a fictitious clinic, signed and published, its records in git."""
    project = copy_project(tmp_path_factory.mktemp("doctor") / "clone")
    shutil.copy2(ROOT / "tests/clinics/example.yml", project / "clinic.yml")
    shutil.copy2(ROOT / ".gitignore", project / ".gitignore")
    assert project.run(*SIGN).code == 0
    assert project.run("publish", *DAY).code == 0
    _git(project, "init", "-q")
    _git(project, "config", "user.name", "Test")
    _git(project, "config", "user.email", "test@example.org")
    _git(project, "add", "-A")
    _git(project, "commit", "-q", "-m", "Published")
    return project


@pytest.fixture
def later(online: Workspace, copy_of: Callable[[Workspace, Path], Workspace], tmp_path: Path) -> Workspace:
    """A copy of it, to change."""
    return copy_of(online, tmp_path / "clone")


def _git(project: Workspace, *arguments: str) -> None:
    own = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *own, *arguments], cwd=project.path, check=True, capture_output=True)


def _steps(text: str) -> list[str]:
    """Return what stands in the way, in order."""
    return re.findall(r"^\d+\. (.*)\n   -> .+$", text, re.MULTILINE)


def test_a_fresh_clone_is_told_what_to_do_in_order(project: Workspace) -> None:
    """Blanks first, all in one step with their lines; then the pages that nobody has signed; nothing is changed."""
    before = {name: fingerprint(project / name) for name in ("docs", "records", "standard")}
    done = project.run("doctor", *DAY)
    assert done.code == 1
    blanks, unsigned = _steps(done.out)
    lines = (project / "clinic.yml").read_text(encoding="utf-8").splitlines()
    named = re.findall(r"(\w+) \(line (\d+)\)", blanks)
    assert len(named) == 9
    assert all(lines[int(line) - 1].startswith(f"{key}:") for key, line in named)
    assert unsigned.startswith(f"{len(list((project / 'docs/en').glob('*.md')))} pages")
    assert "patientpages init" in done.out
    assert "2 things stand in the way" in done.out
    assert {name: fingerprint(project / name) for name in before} == before
    assert not (project / "public").exists()


def test_a_site_that_is_ready_is_told_so(online: Workspace) -> None:
    """Nothing in the way, nothing else worth doing, and exit code 0."""
    done = online.run("doctor", *DAY)
    assert done.code == 0, done.out
    assert "Nothing stands in the way: patientpages publish" in done.out
    assert "Worth doing" not in done.out


def test_what_would_stop_the_gate_is_found(later: Workspace) -> None:
    """A broken link, a broken promise, an unsigned sentence, a page of public/ edited by hand, records not in git."""
    later.edit("docs/en/soreness.md", "(get-help-now.md", "(get-help.md")
    later.edit("docs/en/soreness.md", "It usually goes", "It mostly goes")
    later.edit("docs/en/dry-needling.md", "{ #good-and-harm }", "{ #good-harm }")
    later.edit("public/risks/index.html", "</title>", " </title>")
    (later / "public/extra.html").write_text("x", encoding="utf-8")
    with (later / "records/tested.yml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    done = later.run("doctor", *DAY)
    assert done.code == 1
    steps = _steps(done.out)
    assert [s for s in steps if "extra.html (added), risks/index.html (changed)" in s]
    assert [s for s in steps if s.startswith("docs/en/soreness.md:") and "get-help" in s]
    assert [s for s in steps if "dry-needling/#good-and-harm" in s]
    assert "changed since its check" in steps[-1], "what is to be signed comes last: each mended sentence reopens it"
    assert "git add records" in done.out.partition("Worth doing")[2]
    assert not [s for s in steps if "records/ has changes" in s]


def test_a_year_later_what_nobody_may_forget_is_named(later: Workspace) -> None:
    """Every page is overdue, in one step; an emergency number of the clinic's own does not stand in the way."""
    with (later / "clinic.yml").open("a", encoding="utf-8") as file:
        file.write('emergency_override: {number: "112", confirmed_by: "Test Signatory", confirmed_on: 2026-11-01}\n')
    done = later.run("doctor", "--today", "2027-11-23")
    assert done.code == 1
    (step,) = _steps(done.out)
    assert "overdue" in step
    assert re.search("112.*999", done.out.partition("Worth doing")[2])


def test_a_clock_before_the_records_is_found(online: Workspace) -> None:
    """The battery of an old computer: its day is before the last publication. On that day itself nothing is wrong."""
    records = load_inputs(default_project(online.path)).records
    (step,) = machine.clock(records, date(2001, 1, 1))
    assert step.blocks
    assert "2026-11-22" in step.what
    assert "2001-01-01" in step.what
    assert not list(machine.clock(records, date.fromisoformat(TODAY)))


def test_records_in_conflict_are_found(later: Workspace) -> None:
    """The marks that git leaves: told with the line, and that the pages were not looked at."""
    with (later / "records/published.yml").open("a", encoding="utf-8") as file:
        file.write("<<<<<<< ours\n=======\n>>>>>>> theirs\n")
    done = later.run("doctor", *DAY)
    assert done.code == 1
    assert "marks of a conflict" in _steps(done.out)[0]
    assert "The pages were not looked at" in done.out


@pytest.mark.parametrize(
    ("gone", "command"),
    [
        ("records/published.yml", "Put it back: git checkout -- records/published.yml"),
        ("records", "Put it back: git checkout -- records"),
        ("clinic.yml", "Put it back: git checkout -- clinic.yml"),
        ("standard/facts.yml", "Put it back: git checkout -- standard/facts.yml"),
    ],
)
def test_what_was_deleted_is_put_back_by_git(gone: str, command: str, later: Workspace) -> None:
    """A deleted file or folder: the one command that brings it back, and never that the deletion is to be committed."""
    path = later / gone
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    done = later.run("doctor", *DAY)
    assert done.code == 1
    assert f"{command}\n" in done.out
    assert "git commit" not in done.out
    if gone == "clinic.yml":
        assert "the clinic's details are missing" in done.out


def test_a_file_of_records_that_nothing_misses_is_put_back_too(later: Workspace) -> None:
    """Deleted beside changes that are not committed: only the deleted file is named, so nothing that is new is lost."""
    with (later / "records/tested.yml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    old = next((later / "records/versions").glob("*"))
    old.unlink()
    (step,) = machine.git(later.path)
    assert (step.do, step.blocks) == (f"git checkout -- records/versions/{old.name}", True)
    _git(later, "rm", "-q", f"records/versions/{old.name}")
    (step,) = machine.git(later.path)
    assert step.do == f"git checkout HEAD -- records/versions/{old.name}"


def test_whom_git_does_not_know_is_told_so(later: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a name git refuses to commit: the two commands. With one there is nothing to say."""
    assert not list(machine.identity(later.path))
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(later.path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(later.path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    _git(later, "config", "--remove-section", "user")
    _git(later, "config", "user.useConfigOnly", "true")
    (step,) = machine.identity(later.path)
    assert 'git config user.name "Your Name", then git config user.email' in step.do
    assert not step.blocks


def test_a_mistake_in_the_clinics_details_is_found(later: Workspace) -> None:
    """Each at its line, with the right form."""
    later.edit("clinic.yml", 'phone: "01632 960 123"', "phone: 1632960123")
    later.edit("clinic.yml", "country: GB", "country: UK")
    done = later.run("doctor", *DAY)
    assert [s.split("  ")[0] for s in _steps(done.out)] == ["clinic.yml:4", "clinic.yml:10"]
    assert '-> phone: "01632 960 123"' in done.out


def _what(steps: list[Step]) -> str:
    return " ".join(step.what for step in steps)


def test_git_is_asked_for_what_it_keeps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No git, no repository, records ignored, not committed, in the middle of a merge, and as they should be."""
    project = Workspace(tmp_path)
    (tmp_path / "records").mkdir()
    (tmp_path / "records/published.yml").write_text("a\n", encoding="utf-8")
    assert "does not keep this folder" in _what(list(machine.git(tmp_path)))
    _git(project, "init", "-q", "-b", "main")
    (step,) = machine.git(tmp_path)
    assert (step.blocks, "not have yet" in step.what) == (False, True)
    (tmp_path / ".gitignore").write_text("records/\n", encoding="utf-8")
    assert "ignore" in _what(list(machine.git(tmp_path)))
    (tmp_path / ".gitignore").unlink()
    _git(project, "add", "-A")
    _git(project, "commit", "-q", "-m", "a")
    assert not list(machine.git(tmp_path))
    for branch, text in (("other", "b\n"), ("main", "c\n")):
        _git(project, "checkout", "-q", *(["-b"] if branch == "other" else []), branch)
        (tmp_path / "records/published.yml").write_text(text, encoding="utf-8")
        _git(project, "commit", "-q", "-a", "-m", text)
    with pytest.raises(subprocess.CalledProcessError):
        _git(project, "merge", "other")
    (step,) = machine.git(tmp_path)
    assert (step.blocks, "merge" in step.what) == (True, True)
    monkeypatch.setenv("PATH", "")
    assert "not installed" in _what(list(machine.git(tmp_path)))


def test_one_thing_is_no_plural() -> None:
    """What is counted or missing is told in the number that it has."""
    assert [counted(number, "warning") for number in (1, 2)] == ["1 warning", "2 warnings"]
    plural = ("the clinic's details", "the words that templates show", "the words of a published version")
    assert {is_or_are(what) for what in plural} == {"are"}
    assert {is_or_are(what) for what in ("the list of facts", "the site's configuration", "the page")} == {"is"}


def test_packages_that_were_not_tested_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is pinned is installed here; another version, or none, is told with how to mend it."""
    assert not list(machine.python())
    monkeypatch.setattr("patientpages.machine.requires", lambda _: ["mkdocs==1.6.1"])
    monkeypatch.setattr("patientpages.machine.version", lambda _: "9.9")
    old, others = machine.python((3, 10, 1))
    assert "Python 3.10.1 is too old" in old.what
    assert "mkdocs (9.9, and 1.6.1 was tested)" in others.what
    assert "bootstrap.py" in others.do


def test_details_that_patients_do_not_see_yet_are_named(published: Workspace) -> None:
    """A new phone in clinic.yml is not live: doctor says which, and the command; it stands in nobody's way."""
    published.edit("clinic.yml", "01632 960 123", "01632 960 777")
    done = published.run("doctor", "--today", TODAY)
    assert done.code == 0, done.out
    assert "clinic.yml has changed since it was published: phone: 01632 960 777" in done.out
    assert "patientpages publish --contact" in done.out
