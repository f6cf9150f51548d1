"""What takes a while says so on a terminal, on one line that is gone when the report begins; nothing elsewhere."""

from __future__ import annotations

import contextlib
import io

import pytest

from patientpages import progress
from patientpages.cli import main
from patientpages.said import cache
from tests.conftest import TODAY, Workspace


class _Terminal(io.StringIO):
    """A stream that says that somebody looks on."""

    def isatty(self) -> bool:
        """It is a terminal."""
        return True

    def screen(self) -> list[str]:
        """What the lines show in the end, each written over from its beginning."""
        shown = []
        for line in self.getvalue().split("\n"):
            text = ""
            for part in line.split("\r"):
                text = part + text[len(part) :]
            shown.append(text.rstrip())
        return shown


def test_one_line_is_written_over_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shorter text leaves nothing of a longer one, counts are shown, and nothing stays at the end."""
    monkeypatch.setenv("COLUMNS", "60")
    with contextlib.redirect_stderr(_Terminal()) as terminal:
        progress.doing("building pages", 1200, 3400)
        assert terminal.screen() == ["  building pages 1,200 of 3,400 ..."]
        progress.doing("checking")
        assert terminal.screen() == ["  checking ..."]
        progress.doing("x" * 200)
        assert len(terminal.screen()[0]) == 59, "a line that is too long would scroll"
        progress.over()
        assert terminal.screen() == [""]
        progress.over()
    assert "\n" not in terminal.getvalue()


def test_nothing_is_said_where_nobody_looks_on() -> None:
    """Piped into a file, there is no line and no return."""
    with contextlib.redirect_stderr(io.StringIO()) as stream:
        progress.doing("building", 1, 2)
        progress.over()
    assert stream.getvalue() == ""


def test_a_first_check_says_what_it_is_doing(project: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Phrases that are compiled for the first time, pages, files: each with its count; then a clean line."""
    for kept in (project / ".build").glob("*.pickle"):
        kept.unlink()
    monkeypatch.setattr(cache, "_last", {})
    monkeypatch.setenv("COLUMNS", "100")
    out = io.StringIO()
    with (
        contextlib.chdir(project.path),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(_Terminal()) as terminal,
    ):
        assert main(["check", "--today", TODAY]) == 0
    said = [part.strip() for part in terminal.getvalue().split("\r") if part.strip()]
    pages = f"{len([*(project / 'docs/en').rglob('*.md')])} pages"
    for beginning in ("compiling phrases", "trying the phrases", f"building {pages}", f"checking {pages}", "checking"):
        assert any(line.startswith(beginning) for line in said), beginning
    counts = [line.split(": ")[1].split(" of ") for line in said if line.startswith("compiling")]
    assert [int(done.replace(",", "")) for done, _ in counts] == [50 * (n + 1) for n in range(len(counts))]
    assert terminal.screen() == [""]
    assert "0 errors" in out.getvalue()
