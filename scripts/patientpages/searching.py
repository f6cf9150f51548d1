"""The search page's own parts, made before a build: the box, and the list from A to Z.

Both are put in by `{{ search: box }}` and `{{ index: all }}`. The box is hidden until its script is there.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from itertools import groupby

from patientpages.model import IndexEntry, Source

_TAG = re.compile(r"<[^>]*>")
WORDS = ("label", "example", "none", "found", "on")


def box(words: Mapping[str, str]) -> str:
    """Return the search box; `words` are HTML (the group `find` of _words.yml)."""
    said = {name: html.escape(html.unescape(_TAG.sub("", words[name]))) for name in ("none", "found", "on")}
    return (
        '<form class="find-box" role="search" data-part="search" hidden>'
        f'<label for="find">{words["label"]}</label><input id="find" type="search" autocomplete="off" '
        f'autocapitalize="off" spellcheck="false" maxlength="100" aria-describedby="find-example"><p id="find-example">'
        f'{words["example"]}</p><p id="found" role="status" data-none="{said["none"]}" '
        f'data-found="{said["found"]}" data-on="{said["on"]}"></p>'
        '<ol id="results"></ol></form>'
    )


def titles(sources: Iterable[Source]) -> tuple[IndexEntry, ...]:
    """Return the titles of pages as a list, for a language that has no list of its own yet."""
    entries = (IndexEntry(source.title, ((source.name, ""),), (), source.place_of("title")) for source in sources)
    return tuple(sorted(entries, key=lambda entry: entry.term.casefold()))


def _address(page: str, anchor: str) -> str:
    return ("" if page == "index" else f"{page}/") + (f"#{anchor}" if anchor else "")


def from_a_to_z(entries: tuple[IndexEntry, ...]) -> str:
    """Return the list, its terms under their first letters; each leads to the first section that answers it."""
    groups = []
    for letter, found in groupby(entries, key=lambda entry: entry.term[:1].upper()):
        lines = "".join(
            f'<li><a href="../{_address(*entry.at[0])}">{html.escape(entry.term)}</a></li>' for entry in found
        )
        groups.append(f'<p class="letter">{html.escape(letter)}</p><ul>{lines}</ul>')
    return f'<div class="a-to-z">{"".join(groups)}</div>'
