"""What a build keeps from run to run changes how long the next one takes, and nothing that it says or makes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.edits.broken import LEFT_OUT, Toy
from tests.edits.change import Change
from tests.edits.clean import Clean
from tests.edits.disk import WAYS
from tests.edits.doors import Forked, Here, Launched
from tests.edits.history import KINDS, DifferenceError, History
from tests.edits.small import make_small

_BUILD, _JSON, _CHECK, _SITE = ("build",), ("build", "--json"), ("check", "--json"), ("check", "--site", "site", "--json")  # fmt: skip
# Each kind of edit, several before each build: one whose mistake would hide the others comes after them.
_HISTORY: tuple[tuple[tuple[str, ...], str, tuple[tuple[str, ...], ...]], ...] = (
    (("word", "sentence", "item of a list", "shared section", "fact", "style", "menu"), "once", (_JSON,)),
    (("back", "kept file spoilt", "made files changed", "times"), "once", (_BUILD, _SITE)),
    (("words of templates", "template", "heading", "plain words", "sources", "figures", "link", "staff"), "killed", (_JSON,)),
    (("day", "same size and time", "topics", "claims", "phrases"), "once", (_JSON,)),
    (("back", "folder moved", "records"), "once", (_JSON,)),
    (("clinic", "country", "emergency numbers", "picture", "front matter", "page added", "id of a heading", "line ends"), "two at once", (_CHECK,)),
    (("back", "all kept deleted", "languages"), "once", (_BUILD,)),
    (("back", "page renamed", "page deleted"), "once", (_JSON,)),
)  # fmt: skip
# What a builder leaves out -> the kinds of edit by which it is noticed.
_NOTICED = {
    "day": ("day",), "content": ("same size and time",), "site": ("made files changed",), "checksum": ("kept file spoilt",),
    "pages": ("word",), "clinic": ("country",), "logo": ("clinic",), "standard": ("topics",), "facts": ("fact",),
    "templates": ("template",), "records": ("records",), "staff": ("staff",), "menu": ("menu",),
}  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Clean]:
    """The small project, and its answers from fresh folders."""
    folder = tmp_path_factory.mktemp("small")
    make_small(folder / "project", Forked())
    return folder / "project", Clean(folder / "fresh", Forked())


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Clean]:
    """The same for a builder that only hashes: what it makes of fonts is of no interest."""
    folder = tmp_path_factory.mktemp("quick")
    make_small(folder / "project", Toy())
    shutil.rmtree(folder / "project/print")
    return folder / "project", Clean(folder / "fresh", Toy())


@pytest.fixture
def copy(tmp_path: Path) -> Callable[[tuple[Path, Clean]], Path]:
    """Copy a project to change it."""

    def made(base: tuple[Path, Clean]) -> Path:
        shutil.copytree(base[0], tmp_path / "a/project")
        return tmp_path / "a/project"

    return made


def test_each_kind_of_edit_is_answered_as_in_a_fresh_folder(
    small: tuple[Path, Clean], copy: Callable[[tuple[Path, Clean]], Path]
) -> None:
    """A project lives through every kind of edit, in processes of their own; nothing that was kept ever shows."""
    assert {kind for kinds, _, _ in _HISTORY for kind in kinds} == set(KINDS)
    history = History(copy(small), Forked(), small[1], "9")
    steps = [history.step(number, *step) for number, step in enumerate(_HISTORY)]
    assert sum(not step.errors for step in steps) >= 3, "most edits end in a mistake: too little is seen"


def test_one_process_remembers_nothing_wrong(
    small: tuple[Path, Clean], copy: Callable[[tuple[Path, Clean]], Path]
) -> None:
    """The same in one process, as the live preview is: what its modules remember never shows either."""
    history = History(copy(small), Here(), Clean(small[0].parent / "launched", Launched()), "21")
    for kinds in (("word", "fact"), ("back", "day"), ("style", "words of templates"), ("same size and time",)):
        history.step(len(history.states), kinds, "once", (_JSON,))


def test_kept_files_may_be_spoilt_in_any_way(
    small: tuple[Path, Clean], copy: Callable[[tuple[Path, Clean]], Path]
) -> None:
    """Every kept file at once is cut short, emptied, changed, swapped, replaced or deleted: the answer stays right."""
    history = History(copy(small), Forked(), small[1], "5")
    ways = sorted(WAYS)
    for first in range(0, len(ways), 2):
        kept = [path for path in sorted((history.folder / ".build").rglob("*")) if path.is_file()]
        assert kept, "nothing is kept: nothing is tried"
        change = Change(Random(first), {}, history.day, history.folder, ())
        for path in kept:
            WAYS[change.chance.choice(ways[first : first + 2])](change, path)
        history.hold(_JSON)


@pytest.mark.parametrize("left_out", sorted(LEFT_OUT.keys() - {"nothing"}))
def test_a_builder_that_keeps_too_much_is_noticed(
    left_out: str, quick: tuple[Path, Clean], copy: Callable[[tuple[Path, Clean]], Path]
) -> None:
    """A key that leaves something out gives a stale answer, and the harness sees it within some edits of that kind."""
    history = History(copy(quick), Toy(left_out), quick[1], "1")
    with pytest.raises(DifferenceError):
        for number in range(30):
            history.step(number, _NOTICED[left_out], "once", (_BUILD,))


def test_a_builder_that_keeps_what_is_right_is_not(
    quick: tuple[Path, Clean], copy: Callable[[tuple[Path, Clean]], Path]
) -> None:
    """The same builder with a whole key passes every kind of edit, so what is noticed is the fault."""
    history = History(copy(quick), Toy("nothing"), quick[1], "1")
    for number, kind in enumerate(sorted(KINDS, key="languages".__eq__)):  # two languages take twice as long
        history.step(number, (kind,), "once", (_BUILD,))


def test_a_key_of_the_program_that_forgets_a_file_is_noticed(
    small: tuple[Path, Clean], copy: Callable[[tuple[Path, Clean]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real build, with phrases kept under a name that no file decides: an example that nothing finds is not told."""

    def example(change: Change) -> str:
        return change.swap(
            "standard/en/phrases/soreness.yml", r"^    says:\n", lambda it: f"{it[0]}      - It rains.\n"
        )

    monkeypatch.setattr("patientpages.said.proven.key_of", lambda files: "0" * 32)
    history = History(copy(small), Forked(), small[1], "1", {"example": (example, 1)})
    with pytest.raises(DifferenceError, match="exit code: '0' and not '2'"):
        history.step(1, ("example",), "once", (_JSON,))
