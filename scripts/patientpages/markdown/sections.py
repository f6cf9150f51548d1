"""Headings with fixed ids in a Markdown source, and the text that stands under one of them."""

from __future__ import annotations

import re

# What stands in quotes is a value: formerly="old#part" fixes no id.
EXPLICIT_ID = re.compile(r"\{:?(?:[^{}\n\"]|\"[^\"\n]*\")*?#([\w-]+)[^{}\n]*\}|\bid=[\"']([\w-]+)[\"']")
_FORMERLY = re.compile(r"\{:?[^{}\n]*?\bformerly=(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^\s}\"']+))[^{}\n]*\}")
_HEADING = re.compile(r"^(#{1,6})\s+\S")
# The comments between which a shared section stands on a page that shows it.
SECTION_MARK = r"<!-- *(?:section:|end of section)"
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def id_pairs(line: str) -> list[tuple[str, str]]:
    """Return the ids that a line fixes by hand, each as ({ #id }, id="id"), one of which is empty."""
    # Most lines fix none, and looking for two signs is far cheaper than the pattern.
    return EXPLICIT_ID.findall(line) if ("{" in line and "#" in line) or "id=" in line else []


def explicit_ids(text: str) -> frozenset[str]:
    """Return every id that a writer fixed by hand in this text."""
    shown = _COMMENT.sub("", text) if "<!--" in text else text
    return frozenset(first or second for line in shown.split("\n") for first, second in id_pairs(line))


def formerly(line: str) -> tuple[str, tuple[str, ...]]:
    """Return the id that a line fixes, and the old addresses that it takes over: `{ #ease formerly="relief" }`."""
    found, ids = _FORMERLY.search(line) if "formerly=" in line else None, explicit_ids(line)
    return next(iter(ids), ""), tuple((found[1] or found[2] or found[3] or "").split()) if found else ()


def section_body(text: str, anchor: str) -> str | None:
    """Return what stands under the heading `{ #anchor }`, its sub-sections included, or None."""
    level, body = 0, []
    for line in text.split("\n"):
        heading = _HEADING.match(line) if line.startswith("#") else None
        if heading and level and len(heading[1]) <= level:
            break
        if level:
            body.append(line)
        elif heading and anchor in explicit_ids(line):
            level = len(heading[1])
    return "\n".join(body).strip("\n") if level else None
