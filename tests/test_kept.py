"""What is kept between runs: whole or not at all, whatever happens to its file, and whoever else uses it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from patientpages.forked import each
from patientpages.kept import FILE, Kept, digest
from patientpages.read import joined, parted, read_html

_NAMES = [digest(str(number).encode()) for number in range(1200)]


def _filled(folder: Path) -> Kept:
    kept = Kept(folder)
    assert kept.put({name: name * 100 for name in _NAMES})
    return kept


def test_what_was_put_is_there_for_the_next_run(tmp_path: Path) -> None:
    """Twelve hundred rows: another run reads each as it was, one by one and many at once; what was never put is not there."""
    _filled(tmp_path)
    again = Kept(tmp_path)
    assert again.many([*_NAMES, b"never"]) == {name: name * 100 for name in _NAMES}
    assert again.get(_NAMES[7]) == _NAMES[7] * 100
    assert again.get(b"never") is None


def test_two_different_lists_of_parts_never_have_the_same_name() -> None:
    """Where one part ends and the next begins makes a difference."""
    assert len({digest(b"ab", b"c"), digest(b"a", b"bc"), digest(b"abc"), digest(b"abc", b"")}) == 4


def _flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for at in range(5000, len(content), 4096):
        content[at] ^= 1
    path.write_bytes(content)


def _folder(path: Path) -> None:
    path.unlink()
    (path / "inside").mkdir(parents=True)


def _dangling(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere/at-all")


_WAYS: dict[str, Callable[[Path], object]] = {
    "cut": lambda path: os.truncate(path, 5000),
    "emptied": lambda path: path.write_bytes(b""),
    "garbage": lambda path: path.write_bytes(os.urandom(9000)),
    "bits": _flipped,
    "a folder": _folder,
    "a dangling link": _dangling,
    "gone": Path.unlink,
    "gone with its folder": lambda path: shutil.rmtree(path.parent),
}


@pytest.mark.parametrize("spoil", _WAYS.values(), ids=_WAYS)
@pytest.mark.parametrize("in_use", [False, True])
def test_a_spoilt_file_gives_right_rows_or_none(tmp_path: Path, spoil: Callable[[Path], object], in_use: bool) -> None:
    """Whatever was done to the file, before or while it is used: no row is wrong, nothing fails, and it fills again."""
    folder = tmp_path / "kept"
    kept = _filled(folder)
    spoil(folder / FILE)
    kept = kept if in_use else Kept(folder)
    for name in _NAMES[:50]:
        assert kept.get(name) in (None, name * 100)
    assert all(content == name * 100 for name, content in kept.many(_NAMES).items())
    for _ in range(2):  # a file that is found to be broken is put away, and the next is a new one
        kept.put({name: name * 100 for name in _NAMES})
    assert Kept(folder).many(_NAMES) == {name: name * 100 for name in _NAMES}


def test_a_row_of_another_name_is_not_taken_for_ours(tmp_path: Path) -> None:
    """A row whose content was changed, by whatever program, does not count."""
    kept = _filled(tmp_path)
    with sqlite3.connect(tmp_path / FILE) as base:
        base.execute("UPDATE kept SET content = substr(content, 1, 16) || 'other' WHERE name = ?", (_NAMES[0],))
        base.execute("UPDATE kept SET content = 7 WHERE name = ?", (_NAMES[1],))
    assert kept.many(_NAMES[:3]) == {_NAMES[2]: _NAMES[2] * 100}


def test_another_build_that_writes_does_not_spoil_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another process writes for longer than we wait, nothing is kept, nothing is lost, and nothing fails."""
    monkeypatch.setattr("patientpages.kept._WAIT", 0.01)
    kept = _filled(tmp_path)
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert not kept.put({b"new": b"content"})
        assert kept.get(_NAMES[0]) is None
    assert kept.get(_NAMES[0]) == _NAMES[0] * 100
    assert kept.put({b"new": b"content"})


def test_copies_of_a_process_read_for_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that share work each have their own way to the file; the first goes on with its own."""
    monkeypatch.setattr("patientpages.forked.processors", lambda: 3)
    kept = _filled(tmp_path)
    assert kept.get(_NAMES[0])
    assert each(_NAMES, kept.get) == [name * 100 for name in _NAMES]
    assert kept.put({b"new": b"content"})
    assert kept.get(b"new") == b"content"


def test_what_was_not_used_is_forgotten_and_what_may_be_asked_for_is_not(tmp_path: Path) -> None:
    """Far more rows than the run used: those that it used or may still ask for stay."""
    names = [digest(str(number).encode()) for number in range(6000)]
    Kept(tmp_path).put(dict.fromkeys(names, b"content"))
    kept = Kept(tmp_path)
    kept.many(names[:100])
    kept.spare(names[100])
    kept.forget()
    assert set(Kept(tmp_path).many(names)) == set(names[:101])


def test_without_a_place_nothing_is_kept() -> None:
    """No folder, no file: what is asked for is made each time."""
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"content"

    assert [Kept().made((b"x",), make) for _ in range(2)] == [b"content"] * 2
    assert len(made) == 2


def test_the_text_of_a_page_is_read_when_somebody_asks() -> None:
    """A page in two parts is the page that it was; its text is loaded once, and only for what is in it."""
    page = read_html(
        '<main><article><h1>t</h1><p>Open <a href="x">x</a></p><h2 id="a">A</h2><p>b</p></article></main>', "x"
    )
    rest, text = parted(page)
    loads: list[int] = []

    def load() -> bytes:
        loads.append(1)
        return text

    again = joined(page.source, rest, load)
    section = again.section("a")
    assert section is not None
    assert (again.words, again.ids, section.title, again.anchors) == (page.words, page.ids, "A", page.anchors)
    assert not loads
    assert section.blocks == page.sections[0].blocks
    assert (again.opening, again.links, again.in_short, again.images) == (page.opening, page.links, None, ())
    assert len(loads) == 1
    assert not hasattr(again, "nothing")
