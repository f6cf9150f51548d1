"""A Map that notes what its reader asks for: which keys, in which form, required or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import yaml

from patientpages.yamlfile import Map, Mistakes
from patientpages.yamlfile.map import Choice


@dataclass
class Group:
    """What readers ask of a mapping: `named` keys; or, where they take the keys as they come, `any_key`."""

    named: dict[str, Key] = field(default_factory=dict)
    walked: bool = False
    closed: bool = False

    @property
    def any_key(self) -> bool:
        """Whether the keys are names that the writer gives."""
        return self.walked and not self.closed


@dataclass
class Key:
    """What readers ask of one key."""

    forms: dict[str, None] = field(default_factory=dict)  # names of getters, in the order of asking
    options: dict[str, None] = field(default_factory=dict)  # of a choice
    required: bool = True  # by everybody who asked
    inner: Group = field(default_factory=Group)


class Watched(Map):
    """A Map that looks on. Its group is set by the mapping that it stands in, or by the file that it is all of."""

    roots: Callable[[str], Group]

    def __init__(self, node: yaml.MappingNode, shown: str, mistakes: Mistakes, first_line: int = 1) -> None:
        self.spec, self._quiet, self._last = type(self).roots(shown), False, ""
        super().__init__(node, shown, mistakes, first_line)

    def _note(self, key: str, form: str, required: bool = False, options: tuple[str, ...] = ()) -> Key:
        if self._quiet:
            return Key()
        noted = self.spec.named.setdefault(key, Key())
        noted.forms[form] = None
        noted.options.update(dict.fromkeys(options))
        noted.required = noted.required and required
        return noted

    def __iter__(self) -> Iterator[str]:
        self.spec.walked = True
        return super().__iter__()

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def text(self, key: str, *, required: bool = True, example: str = "") -> str:
        """Note that a text is asked for, and return it."""
        self._note(key, "text", required)
        return super().text(key, required=required, example=example)

    def choice(self, key: str, options: tuple[Choice, ...], default: Choice | None = None) -> Choice:
        """Note that a choice is asked for, and return it."""
        self._note(key, "choice", default is None, options)
        self._quiet = True
        try:
            return super().choice(key, options, default)
        finally:
            self._quiet = False

    def whole(self, key: str, *, required: bool = True) -> int | None:
        """Note that a whole number is asked for, and return it."""
        self._note(key, "whole", required)
        return super().whole(key, required=required)

    def numbers(self, key: str) -> tuple[float, ...]:
        """Note that numbers is asked for, and return it."""
        self._note(key, "numbers", True)
        return super().numbers(key)

    def flag(self, key: str) -> bool:
        """Note that a flag is asked for, and return it."""
        self._note(key, "flag")
        return super().flag(key)

    def day(self, key: str) -> date:
        """Note that a day is asked for, and return it."""
        self._note(key, "day", True)
        return super().day(key)

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Note that a list of texts is asked for, and return it."""
        self._note(key, "texts", required)
        return super().texts(key, required=required)

    def maps(self, key: str, *, required: bool = True, entry: str = "- id: ...") -> Iterator[Map]:
        """Note that a list of groups is asked for, and return it."""
        inner = self._note(key, "maps", required).inner
        for each in super().maps(key, required=required, entry=entry):
            yield self._inside(each, inner)

    def group(self, key: str, *, required: bool = True, example: str = "") -> Map | None:
        """Note that a group is asked for, and return it."""
        inner = self._note(key, "group", required).inner
        found = super().group(key, required=required, example=example)
        return found if found is None else self._inside(found, inner)

    def node(self, key: str) -> tuple[yaml.Node, yaml.Node] | None:
        """Note that the nodes of a key is asked for, and return it."""
        self._note(key, "node")
        self._last = key
        return super().node(key)

    def child(self, node: yaml.MappingNode) -> Map:
        """Return a mapping inside; one that is reached by its node stands in the list that was asked for last."""
        return self._inside(super().child(node), self.spec.named[self._last].inner if self._last else Group())

    @staticmethod
    def _inside(found: Map, inner: Group) -> Map:
        if isinstance(found, Watched):
            found.spec = inner
        return found

    def close(self, known: tuple[str, ...] = ()) -> None:
        """Note that no other key is known."""
        self.spec.closed = True
        super().close(known)
