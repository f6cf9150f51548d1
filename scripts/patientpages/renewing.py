"""What stands in the repository and is made from the program: written again, or compared."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from patientpages.checklist import RULES, rules_page
from patientpages.schemas import generated_schemas
from patientpages.whole_file import write_whole


def generated_files() -> Mapping[str, str]:
    """Return the files that are made from the program, by their path from the project's root."""
    return {RULES: rules_page(), **generated_schemas()}


def stale(root: Path) -> list[str]:
    """Return the files that are not as this program makes them."""
    files = generated_files()
    there = {name: root / name for name in files}
    return [n for n, path in there.items() if not path.is_file() or path.read_text(encoding="utf-8") != files[n]]


def renew(root: Path) -> list[str]:
    """Write what is not as the program makes it; return the names."""
    files = generated_files()
    old = stale(root)
    for name in old:
        write_whole(root / name, files[name].encode())
    return old
