"""What a run may not overlook because its inputs hold the same, and what it may not keep because somebody wrote meanwhile."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from patientpages.rendered import Rendering
from patientpages.stamping import Stamping
from patientpages.whole_file import write_files
from tests.conftest import TODAY, Workspace, copy_project

_ELSEWHERE = (
    '<svg xmlns="http://www.w3.org/2000/svg"><title>a</title><image href="https://tracker.example.org/a.png"/></svg>'
)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A project that was built and checked once."""
    project = copy_project(tmp_path_factory.mktemp("unchanged") / "clone")
    for verb in ("build", "check"):
        assert project.run(verb, "--today", TODAY).code == 0
    return project


@pytest.fixture
def while_running(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Callable[[], object]]]:
    """Do what is put into this list in the middle of the next run, when its pages are made and not read again yet."""
    waiting: list[Callable[[], object]] = []
    real = Stamping.pages

    def pages(self: Any) -> Any:
        while waiting:
            waiting.pop()()
        return real(self)

    monkeypatch.setattr(Stamping, "pages", pages)
    yield waiting
    assert not waiting, "the run did not come by"


def test_a_stage_that_is_deleted_is_told_and_never_green(
    once: Workspace, while_running: list[Callable[[], object]]
) -> None:
    """.build/ is deleted while a check runs: it says so, exit code 2, and the next check finds what there is to find."""
    picture = once / "docs/en/bad.svg"
    picture.write_text(_ELSEWHERE, encoding="utf-8")
    while_running.append(lambda: shutil.rmtree(once / ".build", ignore_errors=True))
    run = once.run("check", "--today", TODAY)
    assert (run.code, "D004" in run.out) == (2, True), run.out
    assert {f["code"] for f in once.json("check", "--today", TODAY).errors()} == {"O101"}
    picture.unlink()


def test_what_was_changed_and_changed_back_is_not_kept(once: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A template is saved with a draft while a build runs, and saved back before it ends: no later page has the draft."""
    template, page = once / "overrides/partials/trust.html", once / "docs/en/about.md"
    whole, text = template.read_text(encoding="utf-8"), page.read_text(encoding="utf-8")
    page.write_text(text + "\nTell us what is not clear.\n", encoding="utf-8")
    made = Rendering.pages

    def with_draft(self: Any, mistakes: Any) -> Any:
        template.write_text(whole.replace("<aside", "DRAFT <aside"), encoding="utf-8")
        try:
            return made(self, mistakes)
        finally:
            template.write_text(whole, encoding="utf-8")

    with monkeypatch.context() as patched:
        patched.setattr(Rendering, "pages", with_draft)
        once.run("build", "--today", TODAY)
    assert once.run("build", "--today", TODAY).code == 0
    assert "DRAFT" not in (once / "site/about/index.html").read_text(encoding="utf-8")
    page.write_text(text, encoding="utf-8")


def test_an_editors_lock_and_a_pipe_are_no_hindrance(once: Workspace) -> None:
    """A link that leads nowhere, as Emacs leaves one beside an unsaved file, and a pipe: the build ends as without."""
    for lock in (once / "standard/.#facts.yml", once / "overrides/partials/.#style.css"):
        lock.symlink_to("somebody@example.org.1:2")
        assert once.run("build", "--today", TODAY).code == 0
        lock.unlink()
    os.mkfifo(once / "standard/pipe")
    assert once.run("build", "--today", TODAY).code == 0
    (once / "standard/pipe").unlink()


def test_a_link_to_the_same_bytes_is_not_the_page(once: Workspace, tmp_path: Path) -> None:
    """A page is replaced by a link to a copy of it outside of the project: refused, as in a fresh folder."""
    page = once / "docs/en/about.md"
    whole = page.read_bytes()
    (tmp_path / "about.md").write_bytes(whole)
    page.unlink()
    page.symlink_to(tmp_path / "about.md")
    run = once.run("build", "--today", TODAY)
    assert (run.code, "D001" in run.out) == (2, True), run.out
    page.unlink()
    page.write_bytes(whole)


def test_a_program_beside_the_configuration_is_seen(once: Workspace) -> None:
    """A program in the project's folder has the name of an extension: refused, though no file that is read has changed."""
    assert once.run("build", "--today", TODAY).code == 0
    (once / "admonition.py").write_text("raise SystemExit\n", encoding="utf-8")
    run = once.run("build", "--today", TODAY)
    assert (run.code, "D002" in run.out) == (2, True), run.out
    (once / "admonition.py").unlink()


def test_findings_name_the_folder_that_was_given(once: Workspace) -> None:
    """The same pages in another folder: their findings stand there, and not where they stood before."""
    page = once / "docs/en/about.md"
    whole = page.read_bytes()
    page.write_bytes(whole + b"\n[x](nowhere.md)\n")
    first = once.json("check", "--today", TODAY)
    shutil.copytree(once / "docs", once / "copied")
    second = once.json("check", "--today", TODAY, "--docs", "copied")
    shutil.rmtree(once / "copied")
    page.write_bytes(whole)
    assert {f["path"] for f in first.errors()} == {"docs/en/about.md"}
    assert {f["path"] for f in second.errors()} == {"copied/en/about.md"}


def test_a_site_that_nobody_could_read_is_made_again(once: Workspace) -> None:
    """A build gives its files the permissions of new ones, also where nothing else has changed."""
    assert once.run("build", "--today", TODAY).code == 0
    usual = (once / "site/index.html").stat().st_mode
    (once / "site/index.html").chmod(0o600)
    assert once.run("build", "--today", TODAY).code == 0
    assert (once / "site/index.html").stat().st_mode == usual


def test_a_logo_that_is_drawn_anew_is_on_the_next_preview(once: Workspace) -> None:
    """The logo's file changes and clinic.yml does not: the build has the new one, and a spoilt one is refused."""
    logo = once / "logo.svg"
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h{}v9z"/></svg>'
    logo.write_text(drawing.format(9), encoding="utf-8")
    clinic = once / "clinic.yml"
    whole = clinic.read_text(encoding="utf-8")
    clinic.write_text(whole.replace("\nlogo:", "\nlogo: logo.svg", 1), encoding="utf-8")
    assert once.run("build", "--today", TODAY).code == 0
    logo.write_text(drawing.format(5), encoding="utf-8")
    assert once.run("build", "--today", TODAY).code == 0
    assert "h5v9z" in next((once / "site").rglob("*logo*.svg")).read_text(encoding="utf-8")
    logo.write_text("<svg><script/></svg>", encoding="utf-8")
    assert once.run("build", "--today", TODAY).code == 2
    clinic.write_text(whole, encoding="utf-8")
    logo.unlink()


def test_the_live_folder_is_never_written_through_another_name(tmp_path: Path) -> None:
    """A file that is as it was is the old file by a second name; one that comes twice leaves the old one as it was."""
    before = tmp_path / "site"
    before.mkdir()
    (before / "a.html").write_bytes(b"A")
    (before / "b.html").write_bytes(b"B")
    (before / "c.html").write_bytes(b"C")
    os.link(before / "c.html", tmp_path / "somebody's copy")
    write_files(tmp_path / "new", [("a.html", b"A"), ("a.html", b"other"), ("b.html", b"B"), ("c.html", b"C")], before)
    assert [(before / name).read_bytes() for name in ("a.html", "b.html", "c.html")] == [b"A", b"B", b"C"]
    new = tmp_path / "new"
    assert (new / "a.html").read_bytes() == b"other"
    assert (new / "b.html").samefile(before / "b.html")
    assert not (new / "c.html").samefile(before / "c.html")
