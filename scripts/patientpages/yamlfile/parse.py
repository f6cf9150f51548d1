"""YAML text -> Map, with the line and the likely reason where that cannot be done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

import yaml

from patientpages.model import Place
from patientpages.yamlfile.map import Map
from patientpages.yamlfile.mistakes import Mistakes, is_or_are, read_text

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAY_BE_ALIAS = re.compile(r"(?:^|[\s,:\[{-])\*\w")
_form: ContextVar[type[Map]] = ContextVar("form", default=Map)
# YAML counts these as ends of lines, and no editor does: every line below would be called by a wrong number.
_NO_LINES = dict.fromkeys(map(ord, "\x85\u2028\u2029"), " ")


def _why_malformed(problem: str) -> str:
    """Explain the commonest ways to break YAML in words of somebody who does not know YAML."""
    if "mapping values are not allowed" in problem:
        return 'A text with a colon in it needs quotes: title: "Soreness: what to expect"'
    if "\\t" in problem or "tab" in problem:
        return "Indent with spaces, not with the tab key."
    if "end of stream" in problem or "quoted scalar" in problem:
        return "A quotation mark or a bracket that was opened is not closed."
    return "Compare with a working entry: indentation, colons, dashes; each quote and bracket that opens is closed."


def _indent(text: str, mark: yaml.Mark | None) -> str:
    """Return what stands before the first word of a line; the parser does not say that it stumbled over a tab."""
    line = text.split("\n")[mark.line] if mark and mark.line <= text.count("\n") else ""
    return repr(line[: len(line) - len(line.lstrip())])


def _alias(text: str) -> int | None:
    """Return the line (from 0) of the first alias (`*name`), or None. An alias may hold itself, without end."""
    if _MAY_BE_ALIAS.search(text):
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.AliasEvent):
                return event.start_mark.line if event.start_mark else 0
    return None


@contextmanager
def reading_as(form: type[Map]) -> Iterator[None]:
    """Have files read as a kind of Map that looks on: what a file may hold is what its reader asks for."""
    token = _form.set(form)
    try:
        yield
    finally:
        _form.reset(token)


def parse(text: str, shown: str, mistakes: Mistakes, first_line: int = 1) -> Map | None:
    """Parse the text of a mapping; `first_line` is where the text starts in its file."""
    text = text if text.isascii() else text.translate(_NO_LINES)
    try:
        alias = _alias(text)
        if alias is not None:
            mistakes.add(
                Place(shown, first_line + alias),
                "this refers to another entry by a name with a star, which is not used here",
                'Write the value out. A text that begins with a star needs quotes: "*star".',
                "D001",
            )
            return None
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        # For a quote that is not closed, the place that helps is where it was opened.
        opened = error.context_mark if "quoted scalar" in (error.context or "") else None
        mark = opened or error.problem_mark or error.context_mark
        problem = error.problem or "it cannot be parsed"
        line = first_line + (mark.line if mark else 0)
        mistakes.add(
            Place(shown, line),
            f"this is not valid YAML: {problem}",
            _why_malformed(f"{error.context} {problem} {_indent(text, mark)}"),
            "D001",
        )
        return None
    except (yaml.YAMLError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error).split("\n")[0]
        mistakes.add(Place(shown, first_line), f"this is not valid YAML: {reason}", "", "D001")
        return None
    if not isinstance(node, yaml.MappingNode):
        mistakes.add(Place(shown, first_line), "this should be a list of names with values", "name: value", "D001")
        return None
    return _form.get()(node, shown, mistakes, first_line)


def load(path: Path, shown: str, mistakes: Mistakes, what: str) -> Map | None:
    """Read and parse a YAML file whose top level is a mapping."""
    text = read_text(path, shown, mistakes, what)
    if text is None:
        return None
    if not text.strip():
        mistakes.add(
            Place(shown), f"{what} {is_or_are(what)} empty", "Put the file back as it came with the project.", "D001"
        )
        return None
    return parse(text, shown, mistakes)
