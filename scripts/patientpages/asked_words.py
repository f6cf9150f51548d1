"""Which words a _words.yml must have: those that templates show, and those in pages that we make ourselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from patientpages.yamlfile import Map

_TEMPLATE_WORD = re.compile(r"\bwords\.([a-z_]+(?:\.[a-z_]+)*)")
# What outputs/ put into pages that no template shows, by group.
_MADE = {
    "go": "title lead full",
    "messages": "version pages",
    "staff": "title lead alarm unset moment subject paste email email_plain sms characters open draft copy copied "
    "failed discloses topics topic address code lists",
    "moved": "title lead part parts withdrawn_title withdrawn withdrawn_part since why ask",
}


def _asked(overrides: Path) -> Iterator[tuple[str, str]]:
    """Yield (word as a dotted name, what shows it)."""
    for template in sorted(overrides.rglob("*.html")):
        for name in _TEMPLATE_WORD.findall(template.read_text(encoding="utf-8")):
            yield name, f"{template.relative_to(overrides).as_posix()} shows it"
    for group, names in _MADE.items():
        for name in names.split():
            yield f"{group}.{name}", "a page that the build makes shows it"


def hold_words(overrides: Path, words: Mapping[str, object], data: Map) -> None:
    """Note each word that something shows and that is not in the file."""
    for name, why in _asked(overrides):
        found: object = words
        for step in name.split("."):
            found = found.get(step) if isinstance(found, Mapping) else None
        if found is None:
            data.mistakes.add(
                data.place, f'"{name}" is missing, and {why}', f"Add it: {name.replace('.', ': ')}: some words"
            )
