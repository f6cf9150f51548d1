"""A project lives through edits; after each, what it says and makes is held against a fresh folder."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.edits.change import Change, Edit
from tests.edits.clean import Answer, Clean, Hashes, answer_in
from tests.edits.data import DATA
from tests.edits.disk import DISK
from tests.edits.doors import Done, Door
from tests.edits.pages import PAGES
from tests.edits.state import DAYS, State, Tree, read_inputs, read_tree, times_of, write_tree

KINDS: Mapping[str, tuple[Edit, int]] = PAGES | DATA | DISK
WAYS = ("once", "two at once", "killed")
_BUILD, _JSON, _CHECK, _SITE = ("build",), ("build", "--json"), ("check", "--json"), ("check", "--site", "site", "--json")  # fmt: skip
_COMMANDS: tuple[tuple[Sequence[tuple[str, ...]], int], ...] = (
    ((_BUILD,), 4), ((_JSON,), 4), ((_JSON, _JSON), 1), ((_BUILD, _CHECK), 1), ((_CHECK,), 1), ((_CHECK, _JSON), 1), ((_JSON, _SITE), 1), ((_SITE,), 1),
)  # fmt: skip
_REFUSED = "another build of site is at work"


class DifferenceError(AssertionError):
    """What was kept shows: the project says or makes something else than a fresh folder does."""


@dataclass(frozen=True)
class Step:
    """What an edit was (or two at once), how the project was run, and whether a build found errors."""

    kinds: tuple[str, ...]
    what: str
    way: str
    errors: bool


def _first(name: str, ours: Hashes, right: Hashes, before: Hashes | None, *, whole: bool) -> str:
    """Return the first file of a folder that is not as it should be; not `whole`: others may stay that were there."""
    for path in sorted(ours.keys() | right.keys()):
        if path not in ours:
            return f"{name}/{path} is missing"
        if path not in right:
            if whole or (before or {}).get(path) != ours[path]:
                return f"{name}/{path} should not be there"
        elif ours[path] != right[path]:
            return f"{name}/{path} differs"
    return ""


def difference(ours: Answer, right: Answer, before: Answer) -> str:
    """Return what is wrong with an answer ("": nothing). `before` is how the folders stood before the command."""
    for part, mine, theirs in (("exit code", ours.done.code, right.done.code), ("output", ours.done.out, right.done.out), ("messages", ours.done.err, right.done.err)):  # fmt: skip
        if mine != theirs:
            return f"{part}: {_line(str(mine), str(theirs))}"
    site = right.site if right.site is not None else before.site
    return (
        _first("site", ours.site or {}, site or {}, None, whole=True)
        or _first(
            "report", ours.report or {}, right.report or before.report or {}, before.report, whole=right.report is None
        )
        or _first(".", ours.inputs, right.inputs, None, whole=True)
    )


def _line(mine: str, right: str) -> str:
    pairs = zip([*mine.splitlines(), "(end)"], [*right.splitlines(), "(end)"], strict=False)
    return next((f"{a[:300]!r} and not {b[:300]!r}" for a, b in pairs if a != b), "line ends")


class History:
    """One project and its edits: the same base, seed and number give the same edits."""

    def __init__(self, folder: Path, door: Door, clean: Clean, seed: str, kinds: Mapping[str, tuple[Edit, int]] = KINDS) -> None:  # fmt: skip
        self.folder, self.door, self.clean, self.seed, self.kinds = folder, door, clean, seed, kinds
        tree = read_inputs(folder)
        self.day = DAYS[0]
        self.states = [State(tree, self.day, times_of(folder, tree))]
        self.failing = False
        self.twice = True  # whether an answer that is not right is held against a second fresh folder
        self.last = "the first build"  # what the last edit did
        self._good: list[int] = []  # the states that were built without an error
        self._seconds = 1.0  # that a build takes, for those that are killed
        self._run(self._state(), _BUILD)

    def _state(self) -> State:
        return State(self.states[-1].tree, self.day, {})

    def step(
        self, number: int, kinds: Sequence[str] = (), way: str = "", verbs: Sequence[tuple[str, ...]] = ()
    ) -> Step:
        """Make an edit, or one of each kind that is named, and run commands.

        Raises DifferenceError where an answer is not right.
        """
        chance = Random(f"{self.seed}/{number}")
        change = Change(chance, dict(self.states[-1].tree), self.day, self.folder, self.states, self._good if self.failing else ())  # fmt: skip
        if not kinds and self.failing and chance.random() < 0.6:
            kinds = ("back",)
        made = [self._edit(change, kind) for kind in kinds or ("",) * chance.choice((1, 1, 1, 1, 2))]
        way = way or chance.choices(WAYS, (84, 8, 8))[0]
        verbs = verbs or chance.choices([verbs for verbs, _ in _COMMANDS], [weight for _, weight in _COMMANDS])[0]
        self.last = f"{', '.join(': '.join(one) for one in made)} ({way})"
        try:
            self._write(change)
            if way == "killed":
                self._kill(chance)
            if way == "two at once":
                self._two()
            for verb in (*change.verbs, *verbs):
                self._run(self._state(), verb)
        except DifferenceError as error:
            raise DifferenceError(f"{self.last}\n  {error}") from None
        return Step(tuple(kind for kind, _ in made), self.last, way, self.failing)

    def _edit(self, change: Change, wanted: str) -> tuple[str, str]:
        """Make an edit of a kind, or of any; return its kind, and what it did."""
        kind = wanted
        for _ in range(20):
            kind = wanted or change.chance.choices(list(self.kinds), [weight for _, weight in self.kinds.values()])[0]
            if what := self.kinds[kind][0](change):
                return kind, what
        return kind, "nothing could be done"

    def hold(self, *verbs: tuple[str, ...]) -> None:
        """Run commands with all as it is; raise DifferenceError where an answer is not right."""
        for verb in verbs or (_BUILD,):
            self._run(self._state(), verb)

    def _write(self, change: Change) -> None:
        """Put an edit onto the disk."""
        self.folder, self.day = change.folder, change.day
        write_tree(self.folder, change.tree, self.states[-1].tree, change.times)
        for name, at in change.touched.items():
            os.utime(self.folder / name, ns=(at, at))
        self._remember(change.tree)

    def _remember(self, tree: Tree) -> None:
        self.states.append(State(tree, self.day, times_of(self.folder, tree)))

    def _run(self, state: State, verb: tuple[str, ...]) -> None:
        """Run a command here and in a fresh folder."""
        arguments = (*verb, "--today", self.day.isoformat())
        before = answer_in(self.folder, Done(0, "", ""))[0]
        site = read_tree(self.folder / "site") if verb[1:2] == ("--site",) and before.site is not None else None
        began = time.monotonic()
        done = self.door.start(self.folder, arguments).end()
        if verb[0] == "build":
            self._seconds = time.monotonic() - began
        right, tree = self.clean.answer(state, arguments, site)
        self._hold(done, right, before, arguments, site)
        self.failing = right.done.code != 0
        if not self.failing and verb[0] == "build":
            self._good.append(len(self.states) - 1)
        if tree != state.tree:  # a command has put something on record
            self._remember(tree)

    def _hold(self, done: Done, right: Answer, before: Answer, arguments: Sequence[str], site: Tree | None) -> None:
        ours, _ = answer_in(self.folder, done)
        wrong = difference(ours, right, before)
        if not wrong:
            return
        if not self.twice:
            raise DifferenceError(f"{' '.join(arguments)}: {wrong}")
        folder, again, _ = self.clean.run(self._state(), arguments, site)
        told = f"{' '.join(arguments)}: {wrong}\n  here {self.folder}\n  fresh {folder}"
        if difference(again, right, right):
            told += (
                "\n  two fresh folders differ as well: this is no stale answer, but one that changes from run to run"
            )
        raise DifferenceError(told)

    def _kill(self, chance: Random) -> None:
        """Start a build and kill it somewhere: the site is the old one or the new one, and the next build is right."""
        arguments = ("build", "--today", self.day.isoformat())
        before = answer_in(self.folder, Done(0, "", ""))[0]
        self.door.start(self.folder, arguments).kill(self._seconds * chance.uniform(0.1, 1.0), alone=chance.random() < 0.5)  # fmt: skip
        after = answer_in(self.folder, Done(0, "", ""))[0]
        right = self.clean.answer(self._state(), arguments, None)[0].site
        if (after.site or {}) not in ((before.site or {}), right):
            raise DifferenceError(
                f"a build that was killed left a site that is neither the old nor the new: {self.folder}"
            )

    def _two(self) -> None:
        """Run two builds at once: one of them may be refused; each other answer is right."""
        arguments = ("build", "--today", self.day.isoformat())
        before = answer_in(self.folder, Done(0, "", ""))[0]
        running = [self.door.start(self.folder, arguments) for _ in range(2)]
        done = [build.end() for build in running]
        answered = [one for one in done if not (one.code == 2 and _REFUSED in one.out)]
        if not answered:
            raise DifferenceError(f"two builds at once were both refused: {done[0].out}")
        right = self.clean.answer(self._state(), arguments, None)[0]
        for one in answered:
            self._hold(one, right, before, arguments, None)
