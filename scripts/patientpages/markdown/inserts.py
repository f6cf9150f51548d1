"""What an insert looks like in a source, and where the inserts of a source stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from patientpages.model import Insert, Place

# {{ kind: name }} or {{ kind: name, form }}; anything else between double braces is found by checks.
INSERT = re.compile(r"\{\{\s*(?P<kind>[a-z]+)\s*:\s*(?P<name>[\w-]+)\s*(?:,\s*(?P<form>[a-z]+)\s*)?\}\}")
_BRACES = re.compile(r"\{\{(.*?)\}\}")
CODE_SPAN = re.compile(r"(`+).+?\1")


def find_inserts(text: str, path: str, first_line: int) -> Iterator[Insert]:
    """Yield everything between double braces outside code; a malformed one has an empty kind."""
    for number, line in enumerate(text.split("\n"), first_line):
        if "{" not in line:
            continue
        for braces in _BRACES.finditer(CODE_SPAN.sub("", line) if "`" in line else line):
            match = INSERT.fullmatch(braces.group())
            if match is None:
                yield Insert("", braces.group(1).strip(), Place(path, number))
                continue
            form = f", {match['form']}" if match["form"] else ""
            yield Insert(match["kind"], match["name"] + form, Place(path, number))
