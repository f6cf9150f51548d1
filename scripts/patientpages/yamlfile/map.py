"""A mapping in a YAML file: one typed getter a form of value, each of which notes what is wrong, and where.

A getter that meets a wrong value returns a harmless stand-in, so that reading goes on to the next mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

import yaml

from patientpages.model import Place
from patientpages.yamlfile.mistakes import Mistakes, near

_TAG = "tag:yaml.org,2002:"
Choice = TypeVar("Choice", bound=str)


class Map:
    """A mapping in a YAML file: typed getters that note what is wrong, and where."""

    def __init__(self, node: yaml.MappingNode, shown: str, mistakes: Mistakes, first_line: int = 1) -> None:
        self._shown, self._first, self.mistakes = shown, first_line, mistakes
        self.place = self.at(node)
        self._values: dict[str, yaml.Node] = {}
        self._keys: dict[str, yaml.Node] = {}
        self._asked: set[str] = set()
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
            if name in self._values:
                message = f'"{name}" stands here twice: it is already on line {self.at(self._keys[name]).line}'
                mistakes.add(self.at(key), message, "Keep one of the two.")
                continue
            self._keys[name], self._values[name] = key, value

    def at(self, node: yaml.Node) -> Place:
        """Return where a node stands."""
        return Place(self._shown, self._first + node.start_mark.line)

    def _wrong(self, key: str, expected: str, example: str = "") -> None:
        self.mistakes.add(self.place_of(key), f'"{key}" should be {expected}', example)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def place_of(self, key: str) -> Place:
        """Return where a key stands, or where the mapping starts."""
        node = self._keys.get(key)
        return self.at(node) if node else self.place

    def _get(self, key: str, required: bool, example: str) -> yaml.Node | None:
        self._asked.add(key)
        node = self._values.get(key)
        empty = node is None or (
            isinstance(node, yaml.ScalarNode) and (node.tag == _TAG + "null" or not str(node.value).strip())
        )
        if empty:
            if required:
                self.mistakes.add(self.place_of(key), f'"{key}" is missing or empty', example)
            return None
        return node

    def text(self, key: str, *, required: bool = True, example: str = "") -> str:
        """Return a text ("" if absent)."""
        node = self._get(key, required, example or f'{key}: "some words"')
        if node is None:
            return ""
        if isinstance(node, yaml.ScalarNode) and node.tag == _TAG + "str":
            return str(node.value).strip()
        if isinstance(node, yaml.ScalarNode):
            # 000 or NO unquoted would be read as 0 or false: for telephone numbers that is dangerous.
            self._wrong(key, f'text: put quotes round it, "{node.value}"', f'{key}: "{node.value}"')
        else:
            self._wrong(key, "one text, not a list or a group", example or f'{key}: "some words"')
        return ""

    def choice(self, key: str, options: tuple[Choice, ...], default: Choice | None = None) -> Choice:
        """Return one of the options."""
        value = self.text(key, required=default is None, example=f"{key}: {options[0]}")
        if value in options:
            return options[options.index(value)]
        if value:
            known = ", ".join(options)
            self.mistakes.add(
                self.place_of(key), f'"{value}" is not a {key}.{near(value, options)}', f"One of: {known}"
            )
        return default if default is not None else options[0]

    def whole(self, key: str, *, required: bool = True) -> int | None:
        """Return a whole number from 0, or None."""
        node = self._get(key, required, f"{key}: 3")
        if node is None:
            return None
        if isinstance(node, yaml.ScalarNode) and node.tag == _TAG + "int" and node.value.isdecimal():
            return int(node.value)
        self._wrong(key, "a whole number", f"{key}: 3")
        return None

    def numbers(self, key: str) -> tuple[float, ...]:
        """Return a number, or the low and high end of a range written [low, high]."""
        node = self._get(key, True, f"{key}: 3")
        if node is None:
            return ()
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        try:
            values = tuple(float(n.value) for n in nodes if isinstance(n, yaml.ScalarNode))
        except ValueError:
            values = ()
        one, two = len(values) == len(nodes) == 1, len(values) == len(nodes) == 2 and values[0] < values[1]
        if one or two:
            return values
        self._wrong(key, "a number, or a range with its lower end first", f"{key}: [6, 12]")
        return ()

    def flag(self, key: str) -> bool:
        """Return true or false (false if absent)."""
        node = self._get(key, False, "")
        if node is None:
            return False
        if isinstance(node, yaml.ScalarNode) and node.tag == _TAG + "bool":
            return node.value.lower() in ("true", "yes", "on")
        self._wrong(key, "true or false", f"{key}: true")
        return False

    def day(self, key: str) -> date:
        """Return a date (the first day of all if it is wrong)."""
        node = self._get(key, True, f"{key}: 2026-11-22")
        if isinstance(node, yaml.ScalarNode):
            try:
                return date.fromisoformat(node.value)
            except ValueError:
                self._wrong(key, "a day that exists, as year-month-day", f"{key}: 2026-11-22")
        elif node is not None:
            self._wrong(key, "a day, as year-month-day", f"{key}: 2026-11-22")
        return date.min

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return a list of texts (empty if absent)."""
        node = self._get(key, required, f"{key}: [one, two]")
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self._wrong(key, "a list", f"{key}: [one, two]")
            return ()
        found = []
        for item in node.value:
            shown = item.value.strip() if isinstance(item, yaml.ScalarNode) else "this"
            if not shown:
                self.mistakes.add(self.at(item), f'an entry of "{key}" is empty', "Write it, or remove the line.")
            elif item.tag == _TAG + "str":
                found.append(shown)
            else:
                message = f'"{shown}" in "{key}" should be text: put quotes round it'
                self.mistakes.add(self.at(item), message, f'- "{shown}"')
        return tuple(found)

    def places(self, key: str) -> tuple[Place, ...]:
        """Return where each item of a list stands."""
        node = self._values.get(key)
        return tuple(map(self.at, node.value)) if isinstance(node, yaml.SequenceNode) else ()

    def maps(self, key: str, *, required: bool = True, entry: str = "- id: ...") -> Iterator[Map]:
        """Yield the groups of a list of groups, of which `entry` is an example."""
        node = self._get(key, required, f"{key}:\n  {entry}")
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            self._wrong(key, "a list of groups, each starting with a dash", f"{key}:\n  {entry}")
            return
        for item in node.value:
            if isinstance(item, yaml.MappingNode):
                yield self.child(item)
            else:
                self.mistakes.add(self.at(item), f'each entry of "{key}" should be a group', entry)

    def child(self, node: yaml.MappingNode) -> Map:
        """Return a mapping inside this one."""
        return type(self)(node, self._shown, self.mistakes, self._first)

    def group(self, key: str, *, required: bool = True, example: str = "") -> Map | None:
        """Return a nested mapping, or None."""
        example = example or f"{key}:\n  name: value"
        node = self._get(key, required, example)
        if node is None:
            return None
        if isinstance(node, yaml.MappingNode):
            return self.child(node)
        self._wrong(key, "a group of names with values", example)
        return None

    def is_group(self, key: str) -> bool:
        """Tell whether a value is itself a mapping."""
        return isinstance(self._values.get(key), yaml.MappingNode)

    def node(self, key: str) -> tuple[yaml.Node, yaml.Node] | None:
        """Return the nodes of a key and its value, counted as asked for."""
        self._asked.add(key)
        return (self._keys[key], self._values[key]) if key in self._values else None

    def plain(self) -> dict[str, object]:
        """Return the whole mapping as plain values, every key counted as asked for."""
        self._asked.update(self._values)
        values: dict[str, object] = {}
        for key, node in self._values.items():
            try:
                values[key] = yaml.SafeLoader("").construct_document(node)
            except (yaml.YAMLError, ValueError, TypeError, AttributeError, KeyError, OverflowError):  # odd days, tags
                self._wrong(key, "plain text, a list or a group", f'{key}: "some words"')
        return values

    def close(self, known: tuple[str, ...] = ()) -> None:
        """Note every key that nobody asked for and that is not `known`: a misspelt key must not pass in silence."""
        names = sorted(self._asked)
        for key in self._values:
            if key not in self._asked and key not in known:
                self.mistakes.add(
                    self.place_of(key), f'"{key}" is not known here.{near(key, names)}', "Known: " + ", ".join(names)
                )
