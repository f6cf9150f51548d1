"""Put a value into the text of clinic.yml: its notes, its order and every other line stay as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import yaml

_PLAIN = re.compile(r"[A-Za-z][A-Za-z-]*")


def _nodes(text: str) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return {str(key.value): (key, value) for key, value in pairs}


def present(text: str, key: str) -> str:
    """Return the value that stands there, as it is typed ("" if there is none, or it is no single value)."""
    found = _nodes(text).get(key)
    if found is None or not isinstance(found[1], yaml.ScalarNode) or found[1].tag.endswith(":null"):
        return ""
    return str(found[1].value).strip()


def without(text: str, keys: Iterable[str]) -> list[str]:
    """Return those of the keys that the text does not have, in their order."""
    there = _nodes(text)
    return [key for key in keys if key not in there]


def lines_again(text: str) -> set[int]:
    """Return the lines, counted from 1, on which a key stands that stood before."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    keys = [key for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
    before: set[str] = set()
    again = set()
    for key in keys:
        if str(key.value) in before:
            again.add(key.start_mark.line + 1)
        before.add(str(key.value))
    return again


def line_of(text: str, key: str) -> int:
    """Return the line that a key stands on, counted from 1 (0 if it is not there)."""
    found = _nodes(text).get(key)
    return found[0].start_mark.line + 1 if found else 0


def _written(key: str, value: str) -> str:
    """Return a value as YAML: a number of years or a plain word as it is, all else in quotes."""
    if not value or (key == "minimum_age" and value.isascii() and value.isdecimal()):
        return value.lstrip("0") or value
    if _PLAIN.fullmatch(value) and yaml.safe_load(value) == value:  # NO would be read as false
        return value
    return json.dumps(value, ensure_ascii=False)


def with_value(text: str, key: str, value: str) -> str:
    """Return the text with another value of a key ("" empties it); a key that is not there is added at the end.

    Raises yaml.YAMLError where the text is no YAML.
    """
    written, found = _written(key, value), _nodes(text).get(key)
    if found is None:
        return f"{text.rstrip()}\n{key}: {written}".rstrip() + "\n"
    start, end = found[1].start_mark.index, found[1].end_mark.index
    begins = text.rindex(":", 0, start) + 1 if start else 0
    head = text[:begins] + (f" {written}" if written else "")
    if text[start:end].endswith("\n"):  # a text of several lines ends where the next line begins
        return f"{head}\n{text[end:]}"
    rest, newline, after = text[end:].partition("\n")
    note = rest.strip()
    if note:  # keep it in its column, if there is room
        column = len(text[: end + rest.index(note)]) - (text.rfind("\n", 0, end) + 1)
        head = (
            head.ljust(head.rfind("\n") + 1 + column) if len(head) - head.rfind("\n") - 1 < column - 1 else f"{head}  "
        )
    return head + note + newline + after
