"""What tests share: a copy of the project to change, and the command as a person runs it."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from patientpages.cli import main
from patientpages.folders import default_project
from patientpages.project import load_inputs
from patientpages.said import cache as phrases
from tests.served import chromium

ROOT = Path(__file__).resolve().parents[1]
TODAY = "2026-11-22"
SIGN = (
    "sign", "--all", "--name", "Test Signatory", "--role", "physiotherapist", "--evidence", "a test", "--today", TODAY,
)  # fmt: skip
KEPT = ROOT / ".build/kept"  # leaflets and codes that ROOT, or an example clinic, has made before
_PARTS = ("docs", "standard", "overrides", "print", "records", "staff", "clinic.yml", "mkdocs.yml")


@dataclass(frozen=True)
class Run:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def values(self) -> Any:
        """The JSON that it printed."""
        return json.loads(self.out)

    def found(self) -> set[tuple[str, str, int]]:
        """The findings as (code, path, line)."""
        return {(f["code"], f["path"], f["line"]) for f in self.values["findings"]}

    def errors(self) -> list[dict[str, Any]]:
        """The findings that are errors."""
        return [f for f in self.values["findings"] if f["severity"] == "error"]


@dataclass(frozen=True)
class Workspace:
    """A copy of the project in a folder of its own."""

    path: Path

    def __truediv__(self, name: str) -> Path:
        return self.path / name

    def run(self, *arguments: str) -> Run:
        """Run `patientpages` here, as its launcher does but in this process; an exception is always a failure."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.chdir(self.path), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code = main(arguments)
            except SystemExit as end:  # argparse's way to end
                code = end.code if isinstance(end.code, int) else 1
        return Run(code, out.getvalue(), err.getvalue())

    def start(self, *arguments: str, fresh: bool = False) -> Callable[[], Run]:
        """Start `patientpages` here in a process of its own, and return what waits for its end.

        It is forked, so that no second goes into starting Python. A fresh one has nothing of this process's phrases
        and sentences: it reads them from the disk. An exception in it is always a failure.
        """
        fork = get_context("fork")
        ours, theirs = fork.Pipe(duplex=False)

        def run() -> None:
            if fresh:
                phrases._last.clear()
            theirs.send(self.run(*arguments))

        process = fork.Process(target=run)
        process.start()
        theirs.close()

        def end() -> Run:
            assert ours.poll(60), "it does not end"
            done: Run = ours.recv()  # EOFError: it ended with an exception, which it has printed
            process.join()
            assert "Traceback" not in done.out + done.err, done.err
            return done

        return end

    def process(self, *arguments: str) -> Run:
        """Run `patientpages` here in a fresh process of its own, as `start` does."""
        return self.start(*arguments, fresh=True)()

    def json(self, *arguments: str) -> Run:
        """Run a command with --json on a fixed day."""
        return self.run(*arguments, "--json", "--today", TODAY)

    def edit(self, name: str, old: str, new: str) -> int:
        """Replace a text that must be there; return its line."""
        file = self.path / name
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1


def fingerprint(folder: Path) -> str:
    """Return a hash over every path and byte of a folder, but what is kept for the next run, by whatever run."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.name != "kept.sqlite"):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes() if path.is_file() else b"/")
    return digest.hexdigest()


@cache
def _compiled() -> None:
    """Have ROOT's phrases compiled once, so that no copy of the project spends seconds on it."""
    load_inputs(default_project(ROOT))


def copy_project(target: Path) -> Workspace:
    """Copy what a clinic's clone has into a folder."""
    _compiled()
    for part in _PARTS:
        source, place = ROOT / part, target / part
        place.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, place)
        else:
            shutil.copy2(source, place)
    # The phrases that ROOT's own builds have compiled, if any: named by a hash of all that they depend on.
    (target / ".build").mkdir()
    for kept in (ROOT / ".build").glob("*.pickle"):
        shutil.copy2(kept, target / ".build" / kept.name)
    if KEPT.is_dir():
        shutil.copytree(KEPT, target / ".build/kept")
    return Workspace(target)


@pytest.fixture
def project(tmp_path: Path) -> Workspace:
    """A fresh copy of the project."""
    return copy_project(tmp_path / "clone")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A copy of the project with its site built, for tests that only read it."""
    workspace = copy_project(tmp_path_factory.mktemp("built") / "clone")
    done = workspace.run("build", "--today", TODAY)
    assert done.code == 0, done.out
    return workspace


@pytest.fixture(scope="session")
def online(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A project of a fictitious clinic, signed and published, for tests that only read it."""
    project = copy_project(tmp_path_factory.mktemp("online") / "clone")
    shutil.copy2(ROOT / "tests/clinics/example.yml", project / "clinic.yml")
    assert project.run(*SIGN).code == 0
    done = project.run("publish", "--today", TODAY)
    assert done.code == 0, done.out
    shutil.copytree(project / ".build/kept", KEPT, dirs_exist_ok=True)  # so that no other test sets the same anew
    return project


@pytest.fixture
def published(online: Workspace, tmp_path: Path) -> Workspace:
    """A copy of it, to change."""
    shutil.copytree(online.path, tmp_path / "online")
    return Workspace(tmp_path / "online")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a process that need one."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def copy_of() -> Callable[[Workspace, Path], Workspace]:
    """Copy a workspace with all that was made in it."""

    def copy(workspace: Workspace, target: Path) -> Workspace:
        shutil.copytree(workspace.path, target)
        return Workspace(target)

    return copy
