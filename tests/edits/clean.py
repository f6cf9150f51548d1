"""What a build says and makes in a fresh folder, where nothing is kept: the right answer."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.edits.doors import Done, Door
from tests.edits.state import State, Tree, digest, read_inputs, read_tree, write_tree

Hashes = dict[str, str]  # path -> hash of the content


def hashes(tree: Tree) -> Hashes:
    """Return a hash for each file."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in tree.items()}


@dataclass(frozen=True)
class Answer:
    """What a command said, and the folders as it left them; None where a folder is not there."""

    done: Done
    inputs: Hashes
    site: Hashes | None
    report: Hashes | None


def answer_in(folder: Path, done: Done) -> tuple[Answer, Tree]:
    """Return what stands in a folder after a command, and the inputs in full."""
    made = [hashes(read_tree(folder / part)) if (folder / part).exists() else None for part in ("site", "report")]
    inputs = read_inputs(folder)
    return Answer(done, hashes(inputs), *made), inputs


class Clean:
    """Answers from fresh folders. One that was asked for before is remembered: the same input gives the same bytes.

    Compiled phrases take most of the time, so they are carried from one fresh folder to the next while nothing below
    standard/ has changed: known by a hash of our own, and only ever made where nothing was kept.
    """

    def __init__(self, folder: Path, door: Door) -> None:
        self._folder, self._door, self._numbers = folder, door, count(1)
        self._known: dict[str, tuple[Answer, Tree]] = {}
        self.runs = 0

    def answer(self, state: State, arguments: Sequence[str], site: Tree | None) -> tuple[Answer, Tree]:
        """Return what a command says and leaves; `site` is what stands there before, for a command that reads it."""
        key = self._key(state, arguments, site)
        if key not in self._known:
            folder = self.run(state, arguments, site)
            self._known[key] = folder[1], folder[2]
            shutil.rmtree(folder[0])
        return self._known[key]

    def first(self, state: State, arguments: Sequence[str]) -> Path:
        """Run a command in a fresh folder, remember its answer, and return the folder: where a history can begin."""
        folder, answer, tree = self.run(state, arguments, None)
        self._known[self._key(state, arguments, None)] = answer, tree
        return folder

    @staticmethod
    def _key(state: State, arguments: Sequence[str], site: Tree | None) -> str:
        return f"{state.name} {' '.join(arguments)} {digest(site) if site is not None else ''}"

    def run(self, state: State, arguments: Sequence[str], site: Tree | None) -> tuple[Path, Answer, Tree]:
        """Run a command in a fresh folder, which is left for who wants to look."""
        self.runs += 1
        folder = self._folder / f"clean-{next(self._numbers)}"
        folder.mkdir(parents=True)
        write_tree(folder, state.tree, {})
        if site is not None:
            write_tree(folder / "site", site, {})
        standard = digest({name: content for name, content in state.tree.items() if name.startswith("standard/")})
        trusted = self._folder / "phrases" / standard
        if trusted.is_dir():
            shutil.copytree(trusted, folder / ".build")
        done = self._door.start(folder, arguments).end()
        if not trusted.is_dir():
            made = list((folder / ".build").glob("phrases-*"))
            if made:
                trusted.mkdir(parents=True)
            for path in made:
                shutil.copy2(path, trusted)
        return folder, *answer_in(folder, done)
