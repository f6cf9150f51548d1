"""The parts of bench/RESULTS.md: each command replaces its own, under its heading, and leaves the others as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "RESULTS.md"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table: words in the first column, figures in the others."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def put_section(heading: str, body: str, file: Path = RESULTS) -> None:
    """Put a section of the second level into a file, in the place of the one with that heading or at the end."""
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    section = f"## {heading}\n\n{body.strip()}\n"
    found = re.search(rf"^## {re.escape(heading)}\n.*?(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    if found:
        after = text[found.end() :]
        new = text[: found.start()] + section + (f"\n{after}" if after else "")
    else:
        new = f"{text.rstrip()}\n\n{section}" if text.strip() else section
    file.write_text(new, encoding="utf-8")
