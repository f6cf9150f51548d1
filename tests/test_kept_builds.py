"""What a build keeps from run to run changes how long the next one takes, and nothing that it says or makes."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from pkgutil import resolve_name
from random import Random
from typing import Any

import pytest

from patientpages.folders import data_of, default_project
from patientpages.grounds import files_below
from patientpages.kept import Kept
from patientpages.live import Live
from patientpages.model import Page, Source
from tests.edits.broken import LEFT_OUT, Toy
from tests.edits.change import Change, Edit
from tests.edits.clean import Clean
from tests.edits.disk import WAYS
from tests.edits.doors import Forked, Resident
from tests.edits.history import KINDS, DifferenceError, History
from tests.edits.small import make_small
from tests.edits.state import DAYS, State, read_inputs

_BUILD, _JSON, _CHECK, _SITE = ("build",), ("build", "--json"), ("check", "--json"), ("check", "--site", "site", "--json")  # fmt: skip
_BENCH = {"languages"}  # takes too long here; python -m tests.edits has it
# Each kind of edit, several before each build: one whose mistake would hide the others comes after them.
_HISTORY: tuple[tuple[tuple[str, ...], str, tuple[tuple[str, ...], ...]], ...] = (
    (("word", "sentence", "item of a list", "shared section", "style", "menu", "logo"), "once", (_JSON,)),
    (("back", "kept file spoilt", "made files changed", "times"), "once", (_BUILD, _SITE)),
    (("fact", "words of templates", "template", "heading", "plain words", "sources", "figures", "link", "staff"), "killed", (_BUILD,)),
    (("day", "same size and time", "topics", "claims", "phrases", "emergency numbers"), "once", (_CHECK,)),
    (("clinic", "country", "picture", "front matter", "page added", "page renamed", "page deleted", "id of a heading", "line ends"), "two at once", (_BUILD,)),
)  # fmt: skip
# The same for a process that goes on: memory that outlives what it stands for shows here.
_LIVED = (
    ("word", "fact", "style", "words of templates"),
    ("back", "all kept deleted", "day", "same size and time", "folder moved", "records"),
)
# What a builder leaves out -> the kinds of edit by which it is noticed.
_NOTICED = {
    "day": ("day",), "content": ("same size and time",), "site": ("made files changed",), "checksum": ("kept file spoilt",),
    "pages": ("word",), "clinic": ("country",), "logo": ("logo",), "standard": ("topics",), "facts": ("fact",),
    "templates": ("template",), "records": ("records",), "staff": ("staff",), "menu": ("menu",),
}  # fmt: skip


Base = tuple[Path, Clean]  # a project, and its answers from fresh folders


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Base:
    """The small project, built once with nothing kept."""
    folder = tmp_path_factory.mktemp("small")
    make_small(folder / "project", Forked())
    clean = Clean(folder / "fresh", Forked())
    state = State(read_inputs(folder / "project"), DAYS[0], {})
    return clean.first(state, (*_BUILD, "--today", DAYS[0].isoformat())), clean


@pytest.fixture(scope="module")
def quick(small: Base, tmp_path_factory: pytest.TempPathFactory) -> Base:
    """The same for a builder that only hashes: what it makes of fonts and phrases is of no interest."""
    folder = tmp_path_factory.mktemp("quick")
    shutil.copytree(small[0], folder / "project", ignore=shutil.ignore_patterns("print", ".build", "site", "report"))
    return folder / "project", Clean(folder / "fresh", Toy())


@pytest.fixture
def copy(tmp_path: Path) -> Callable[[Base], Path]:
    """Copy a project to change it."""

    def made(base: Base) -> Path:
        shutil.copytree(base[0], tmp_path / "a/project")
        return tmp_path / "a/project"

    return made


@pytest.fixture
def resident() -> Iterator[Resident]:
    """One process for all commands of a test."""
    process = Resident()
    yield process
    process.close()


def test_each_kind_of_edit_is_answered_as_in_a_fresh_folder(small: Base, copy: Callable[[Base], Path]) -> None:
    """A project lives through every kind of edit, in processes of their own; nothing that was kept ever shows."""
    tried = {kind for kinds in (*(kinds for kinds, _, _ in _HISTORY), *_LIVED) for kind in kinds}
    assert tried == set(KINDS) - _BENCH
    history = History(copy(small), Forked(), small[1], "9")
    steps = [history.step(number, *step) for number, step in enumerate(_HISTORY)]
    assert sum(not step.errors for step in steps) >= 2, "most edits end in a mistake: too little is seen"


def test_one_process_remembers_nothing_wrong(small: Base, copy: Callable[[Base], Path], resident: Resident) -> None:
    """The same in one process, as the live preview is: what its modules remember never shows either."""
    history = History(copy(small), resident, small[1], "21")
    for kinds in _LIVED:
        history.step(len(history.states), kinds, "once", (_BUILD,))


def test_kept_files_may_be_spoilt_in_any_way(small: Base, copy: Callable[[Base], Path]) -> None:
    """Every kept file at once is cut short, changed, replaced or deleted: the answer stays right."""
    history = History(copy(small), Forked(), small[1], "5")
    for number in range(2):
        kept = [path for path in sorted((history.folder / ".build").rglob("*")) if path.is_file()]
        assert {path.name.split("-")[0] for path in kept} >= {"kept.sqlite", "phrases"}, "too little is kept to try it"
        change = Change(Random(number), {}, history.day, history.folder, ())
        for at, path in enumerate(kept):
            WAYS[sorted(WAYS)[(at + 3 * number) % len(WAYS)]](change, path)
        (history.folder / "report/index.html").write_text("not ours", encoding="utf-8")  # so that there is work to do
        history.hold(_JSON)


@pytest.mark.parametrize("way", sorted(WAYS))
def test_a_spoilt_store_gives_what_was_kept_or_nothing(way: str, tmp_path: Path) -> None:
    """However the file is spoilt, what is found in it is right, and it can be used again."""
    rows = {bytes([at]) * 16: bytes([at]) * 2000 for at in range(60)}
    for chance in range(6):
        folder = tmp_path / f"{chance}/.build/kept"
        assert Kept(folder).put(rows)
        (folder.parent / "other").write_bytes(b"another")
        WAYS[way](Change(Random(chance), {}, DAYS[0], tmp_path / str(chance), ()), folder / "kept.sqlite")
        found = Kept(folder).many(list(rows))
        assert found.items() <= rows.items()
        again = Kept(folder)
        assert again.put(rows)
        assert Kept(folder).many(list(rows)) == rows


def test_every_input_is_looked_at(small: Base, copy: Callable[[Base], Path]) -> None:
    """A change in a file of any folder of inputs, or in the logo alone, is a change of what a run depends on."""
    project = default_project(copy(small))
    before = data_of(project)
    one_of_each = {f"{Path(name).parent} {Path(name).suffix}": name for name in read_inputs(project.root)}
    for name in {*one_of_each.values(), "clinic.yml", "mkdocs.yml", "logo.svg"}:
        content = (project.root / name).read_bytes()
        (project.root / name).write_bytes(content + b"\n")
        assert data_of(project) != before, name
        (project.root / name).write_bytes(content)
    assert data_of(project) == before
    page, other = project.docs / "en/about.md", project.root.parent / "about.md"
    page.rename(other)
    page.symlink_to(other)
    assert data_of(project) != before, "a link in the place of a file, which may not be there, holds the same"


def test_a_file_that_changes_while_the_preview_reads_pages_is_noticed(
    small: Base, copy: Callable[[Base], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is made of the old rules may not be kept as an answer of the new ones; the next save reads the new ones."""
    project = default_project(copy(small))
    live = Live(project, DAYS[0], tmp_path, "127.0.0.1:8000", "/")
    assert live._inputs().unchanged()
    real, rules = resolve_name("patientpages.project._pages"), project.standard / "en/claims.yml"

    def slowly(*arguments: Any) -> Any:
        monkeypatch.undo()
        read = real(*arguments)
        rules.write_text(f"{rules.read_text(encoding='utf-8')}\n# more\n", encoding="utf-8")
        return read

    monkeypatch.setattr("patientpages.project._pages", slowly)
    before = live._inputs()
    assert not before.unchanged()
    after = live._inputs()
    assert after.unchanged()
    assert after.standard is not before.standard


def test_links_that_lead_in_circles_are_followed_once(tmp_path: Path) -> None:
    """Two links to the folder above them have an end; each is named, since it may not be there."""
    (tmp_path / "docs/en").mkdir(parents=True)
    for name in "ab":
        (tmp_path / "docs/en" / name).symlink_to("..")
    (tmp_path / "docs/en/c.md").write_text("one page", encoding="utf-8")
    assert files_below(tmp_path / "docs") == [f"{tmp_path}/docs/en/{name}" for name in ("a", "b", "c.md")]


@pytest.mark.parametrize("left_out", sorted(LEFT_OUT.keys() - {"nothing"}))
def test_a_builder_that_keeps_too_much_is_noticed(left_out: str, quick: Base, copy: Callable[[Base], Path]) -> None:
    """A key that leaves something out gives a stale answer, and the harness sees it within some edits of that kind."""
    history = History(copy(quick), Toy(left_out), quick[1], "1")
    history.twice = False
    with pytest.raises(DifferenceError):
        for number in range(30):
            history.step(number, _NOTICED[left_out], "once", (_BUILD,))


def test_a_builder_that_keeps_what_is_right_is_not(quick: Base, copy: Callable[[Base], Path]) -> None:
    """The same builder with a whole key passes every kind of edit, so what is noticed is the fault."""
    history = History(copy(quick), Toy("nothing"), quick[1], "1")
    for number, kind in enumerate(sorted(KINDS.keys() - _BENCH)):
        history.step(number, (kind,), "once", (_BUILD,))


def _swap(name: str, old: str, new: str) -> Edit:
    return lambda change: change.swap(name, f"^{old}", lambda _: new)


def _by_hand(change: Change) -> str:
    (change.folder / "site/index.html").write_text("not ours", encoding="utf-8")
    return "site/index.html: another"


_EDITS = {
    "template": _swap("overrides/base.html", " *</main>\n", "</main>\n{{ page.title }} 6\n"),
    "figures": lambda change: change.data(
        "standard/en/figures.yml", lambda held: str(held["allowed"].clear() or "none allowed")
    ),
    "shared section": _swap("docs/en/soreness.md", "Most people", "As a rule, most people"),
    "id": _swap("docs/en/soreness.md", "### .* { #not-soreness }", "### What else? { #else }"),
    "example": _swap("standard/en/phrases/soreness.yml", "    says:\n", "    says:\n      - It rains.\n"),
    "by hand": _by_hand,
}
# A key of the program, or what goes into one, that stays as it was at first, and the edit that it then forgets.
_FORGETS = {
    "patientpages.making.shape_of": "template",
    "patientpages.making.ground_of": "figures",
    "patientpages.rendered.SharedSections.of": "shared section",
    "patientpages.told.Telling._is_fine": "id",
    "patientpages.said.proven.key_of": "example",
    "patientpages.unchanged.data_of": "template",
    "patientpages.unchanged.Run._state": "by hand",
}


def _as_at_first(key: str, folder: Path) -> Callable[..., Any]:
    """Return a function that gives its first answer about a page ever after, also in other processes."""
    real: Callable[..., Any] = resolve_name(key)

    def answer(*arguments: Any) -> Any:
        page = next((each.path for each in arguments if isinstance(each, Source)), "")
        page = page or next((each.source.path for each in arguments if isinstance(each, Page)), "")
        file = folder / sha256(page.encode()).hexdigest()
        if not file.exists():
            file.write_bytes(pickle.dumps(real(*arguments)))
        return pickle.loads(file.read_bytes())

    return answer


@pytest.mark.parametrize("key", sorted(_FORGETS))
def test_a_key_of_the_program_that_forgets_something_is_noticed(
    key: str, small: Base, copy: Callable[[Base], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real build, with a key that stays the same: what was kept shows, and the harness sees it."""
    edit = _FORGETS[key]
    (tmp_path / "first").mkdir()
    monkeypatch.setattr(key, _as_at_first(key, tmp_path / "first"))
    history = History(copy(small), Forked(), small[1], "1", {edit: (_EDITS[edit], 1)})
    history.twice = False
    with pytest.raises(DifferenceError) as noticed:
        history.step(1, (edit,), "once", (_BUILD,))
    assert "nothing could be done" not in str(noticed.value)
