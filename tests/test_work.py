"""How much a run does: what has not changed is not rendered, read or checked again, and work is shared where it pays."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from patientpages import forked, lean, rendered, stamping, told
from tests.conftest import TODAY, Workspace, copy_project


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A project that was built once."""
    project = copy_project(tmp_path_factory.mktemp("work") / "clone")
    assert project.run("build", "--today", TODAY).code == 0
    return project


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Count the pages that are rendered, read, stamped and checked, in this process."""
    count: Counter[str] = Counter()

    def watch(owner: Any, name: str, what: str) -> None:
        real = getattr(owner, name)

        def counting(*args: Any, **kwargs: Any) -> Any:
            count[what] += 1
            return real(*args, **kwargs)

        monkeypatch.setattr(owner, name, counting)

    watch(lean.Lean, "page", "rendered")
    watch(rendered, "read_page", "read")
    watch(stamping, "finish_page", "finished")
    watch(told, "check_alone", "checked")
    watch(told, "guard", "faults planted")
    yield count


def test_nothing_is_done_again(work: Workspace, counted: Counter[str]) -> None:
    """Built again, checked, and built for another folder: no page is rendered, read, finished or checked again."""
    for command in (["build"], ["check"], ["build", "--out", "elsewhere"]):
        assert work.run(*command, "--today", TODAY).code == 0
    assert not counted


def test_a_changed_page_is_the_only_one(work: Workspace, counted: Counter[str]) -> None:
    """One sentence more on a page without topics: that page is rendered, read and checked, no other, and no fault planted."""
    page = work / "docs/en/accessibility.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nTell us what is not clear.\n", encoding="utf-8")
    assert work.run("build", "--today", TODAY).code == 0
    assert counted == {"rendered": 1, "read": 1, "finished": 1, "checked": 1}
    assert "Tell us what is not clear." in (work / "site/accessibility/index.html").read_text(encoding="utf-8")


def test_a_page_that_shows_a_section_changes_with_it(work: Workspace, counted: Counter[str]) -> None:
    """A sentence more in a shared section: its home and each page that shows it are made again, and no other."""
    before = {path: path.read_bytes() for path in (work / "site").glob("*/index.html")}
    home = work / "docs/en/soreness.md"
    text = home.read_text(encoding="utf-8")
    home.write_text(text.replace("{ #soreness }\n", "{ #soreness }\n\nTell us what is not clear.\n"), encoding="utf-8")
    shows = [p for p in (work / "docs/en").glob("*.md") if "{{ section: soreness }}" in p.read_text(encoding="utf-8")]
    assert shows
    assert work.run("build", "--today", TODAY).code == 0
    assert counted["rendered"] == counted["checked"] == len(shows) + 1
    assert counted["faults planted"] == 1
    changed = {path.parent.name for path, content in before.items() if path.read_bytes() != content}
    assert {"soreness", *(path.stem for path in shows)} <= changed
    home.write_text(text, encoding="utf-8")


def test_another_phrase_is_checked_everywhere_and_renders_nothing(work: Workspace, counted: Counter[str]) -> None:
    """A comment in standard/en/words.yml: every page is checked again, none is rendered."""
    assert work.run("build", "--today", TODAY).code == 0
    counted.clear()
    words = work / "standard/en/words.yml"
    words.write_text(words.read_text(encoding="utf-8") + "# one more line\n", encoding="utf-8")
    assert work.run("build", "--today", TODAY).code == 0
    pages = len(list((work / "docs/en").glob("[!_]*.md")))
    assert counted == {"checked": pages, "faults planted": 1}


def _twice(value: int) -> tuple[int, int]:
    return value * 2, os.getpid()


def test_shared_work_comes_back_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three processes share a hundred values: the answers are those of one process, in order; of few, nothing is shared."""
    monkeypatch.setattr(forked, "processors", lambda: 3)
    found = forked.each(range(100), _twice)
    assert [value for value, _ in found] == [2 * value for value in range(100)]
    assert len({process for _, process in found}) == 3
    assert {process for _, process in forked.each(range(40), _twice)} == {os.getpid()}


def test_what_a_process_could_not_do_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that dies in the middle loses nothing: its share is done by the first one."""
    monkeypatch.setattr(forked, "processors", lambda: 2)
    own = os.getpid()

    def dies(value: int) -> int:
        if os.getpid() != own and value > 50:
            os._exit(9)
        return value + 1

    assert forked.each(range(100), dies) == list(range(1, 101))


def test_a_fault_in_shared_work_is_told_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """What fails in another process fails here as well, with its own error; no process is left."""
    monkeypatch.setattr(forked, "processors", lambda: 2)
    started: list[int] = []
    real = os.fork

    def fork() -> int:
        process = real()
        started.append(process)
        return process

    monkeypatch.setattr(os, "fork", fork)

    def fails(value: int) -> int:
        return 1 // (value - 71)

    with pytest.raises(ZeroDivisionError):
        forked.each(range(100), fails)
    assert len(started) == 1
    with pytest.raises(ChildProcessError):
        os.waitpid(started[0], os.WNOHANG)


def test_a_large_site_is_the_same_however_many_share_it(
    work: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shared between two processes from the second page on, a build from nothing makes the same files and report."""
    assert work.run("build", "--today", TODAY).code == 0
    shared = copy_project(tmp_path / "clone")
    for path in sorted((work / "docs").rglob("*")):
        if path.is_file():
            (shared.path / path.relative_to(work.path)).write_bytes(path.read_bytes())
    (shared / "standard/en/words.yml").write_bytes((work / "standard/en/words.yml").read_bytes())
    (shared / ".build/kept/kept.sqlite").unlink(missing_ok=True)
    monkeypatch.setattr(forked, "processors", lambda: 2)
    monkeypatch.setattr(forked, "_FEW", 1)
    assert shared.run("build", "--today", TODAY).code == 0
    for folder in ("site", "report"):
        made, wanted = (
            {p.relative_to(x.path).as_posix(): p.read_bytes() for p in (x / folder).rglob("*") if p.is_file()}
            for x in (shared, work)
        )
        assert made == wanted


def test_an_extension_that_nobody_knows_keeps_nothing(work: Workspace, counted: Counter[str]) -> None:
    """An extension that may read any file: every page is rendered and checked at each build, and nothing is skipped."""
    config = (work / "mkdocs.yml").read_text(encoding="utf-8")
    (work / "mkdocs.yml").write_text(
        config.replace("  - sane_lists\n", "  - sane_lists\n  - pymdownx.b64\n"), encoding="utf-8"
    )
    pages = len(list((work / "docs/en").glob("[!_]*.md")))
    for _ in range(2):
        counted.clear()
        assert work.run("build", "--today", TODAY).code == 0
        assert counted["rendered"] == counted["checked"] == pages
    (work / "mkdocs.yml").write_text(config, encoding="utf-8")
