"""Which files have a schema, by where they stand."""

from __future__ import annotations

import re

# name of the schema -> (what its files are, where they stand as an editor's pattern, the same for paths in messages)
FAMILIES: dict[str, tuple[str, tuple[str, ...], str]] = {
    "clinic": ("The clinic's details", ("clinic.yml",), r"clinic\.yml"),
    "page": ("The front matter of a page", (), r"docs/.+\.md"),
    "words": ("The words that templates show", ("docs/*/_words.yml",), r"docs/[\w-]+/_words\.yml"),
    "topics": ("What a patient must be told", ("standard/topics.yml",), r"standard/topics\.yml"),
    "facts": ("Every number", ("standard/facts.yml",), r"standard/facts\.yml"),
    "sources": ("The evidence", ("standard/sources.yml",), r"standard/sources\.yml"),
    "emergency": ("Emergency numbers", ("standard/emergency.yml",), r"standard/emergency\.yml"),
    "messages": ("What messages must say", ("standard/messages.yml",), r"standard/messages\.yml"),
    "claims": ("Claims that may not be made", ("standard/*/claims.yml",), r"standard/[\w-]+/claims\.yml"),
    "figures": ("Figures in a language", ("standard/*/figures.yml",), r"standard/[\w-]+/figures\.yml"),
    "plain-words": ("Plain words", ("standard/*/words.yml",), r"standard/[\w-]+/words\.yml"),
    "phrases": ("The phrases of a language", ("standard/*/phrases.yml",), r"standard/[\w-]+/phrases\.yml"),
    "topic-phrases": ("The phrases of a topic", ("standard/*/phrases/*.yml",), r"standard/[\w-]+/phrases/.+\.yml"),
    "emails": ("What staff send", ("staff/emails.yml", "staff/*/emails.yml"), r"staff/(?:[\w-]+/)?emails\.yml"),
    "handouts": (
        "What staff print",
        ("staff/handouts.yml", "staff/*/handouts.yml"),
        r"staff/(?:[\w-]+/)?handouts\.yml",
    ),
    "reader-test": ("The test with readers", ("staff/reader-test.yml",), r"staff/reader-test\.yml"),
}


def family_of(shown: str) -> str | None:
    """Return the name of the schema for a file, called as in messages; None where it has none."""
    return next((name for name, (_, _, path) in FAMILIES.items() if re.fullmatch(path, shown)), None)
