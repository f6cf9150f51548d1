"""What an edit is given: the inputs to change, and the folder that holds what was kept and made."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.edits.state import State, Tree


@dataclass
class Change:
    """One edit: it changes `tree` and `day`, and what stands in `folder` beside the inputs."""

    chance: Random
    tree: Tree
    day: date
    folder: Path
    states: Sequence[State]  # all that went before
    good: Sequence[int] = ()  # those of them that were built without an error, and are wanted now
    times: dict[str, int] = field(default_factory=dict)  # to be put on files that are written
    touched: dict[str, int] = field(default_factory=dict)  # to be put on files that are not
    verbs: list[tuple[str, ...]] = field(default_factory=list)  # to be run before the build

    def text(self, name: str) -> str:
        """Return a file's text."""
        return self.tree[name].decode()

    def put(self, name: str, text: str) -> None:
        """Give a file another text."""
        self.tree[name] = text.encode()

    def names(self, start: str, end: str = "") -> list[str]:
        """Return the files below a folder."""
        return [name for name in sorted(self.tree) if name.startswith(start) and name.endswith(end)]

    def pages(self) -> list[str]:
        """Return the pages of all languages."""
        return self.names("docs/", ".md")

    def swap(self, name: str, pattern: str, new: Callable[[re.Match[str]], str]) -> str:
        """Replace one of the places of a file where a pattern is found; return what stood there ("": nowhere)."""
        text = self.text(name)
        found = list(re.finditer(pattern, text, re.MULTILINE))
        if not found:
            return ""
        match = self.chance.choice(found)
        instead = new(match)
        if instead == match[0]:
            return ""
        self.put(name, text[: match.start()] + instead + text[match.end() :])
        return f"{name}: {match[0].strip()[:60]!r} -> {instead.strip()[:60]!r}"

    def data(self, name: str, change: Callable[[Any], str]) -> str:
        """Change what a YAML file holds; `change` says what it did ("": nothing)."""
        held = yaml.load(self.text(name), yaml.CSafeLoader)
        said = change(held)
        if said:
            self.put(name, yaml.dump(held, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=120))
        return f"{name}: {said}" if said else ""


Edit = Callable[[Change], str]  # returns what it did; "" where it could do nothing
