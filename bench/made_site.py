"""A project of as many pages as you like, such as a group of clinics would have: python bench/made_site.py 1000 FOLDER

It is this project (20 pages, unchanged), and further pages in groups of the menu: each of a kind, with all its topics,
statements worded from the examples of standard/<lang>/phrases/, facts, sources, the clinic's details, a shared section,
lists, tables, boxes, a picture, and links to sections of other pages; 600 to 900 words. The same number and seed give
the same bytes. `patientpages build` there must end with no error.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

import yaml
from made_page import KINDS, Plan, Writer

from patientpages.folders import default_project
from patientpages.project import load_inputs

ROOT = Path(__file__).resolve().parents[1]
SEED = 20261126
PLACES = (
    "back",
    "neck",
    "shoulder",
    "elbow",
    "wrist",
    "hip",
    "knee",
    "calf",
    "heel",
    "jaw",
)  # a group of the menu each
_PARTS = ("docs", "standard", "overrides", "print", "records", "staff", "mkdocs.yml")
_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40" width="120" height="40">'
    '<path d="M5 20h90" stroke="#333" stroke-width="2"/><path d="M95 16h20v8h-20z" fill="#777"/></svg>\n'
)


def _kinds() -> str:
    """Return the kinds of the pages that are made, as they stand in topics.yml."""
    kinds = {
        name: {"pages": [], "full": topics, "short": [], "links": [], "sections": ["numbers", "read-more"], "entries": 5,
               "words": 900, "grade": 9, "urgent": "line"}
        for name, topics in KINDS.items()
    }  # fmt: skip
    return "\n" + "".join(f"  {line}\n" for line in yaml.safe_dump(kinds, sort_keys=False).splitlines())


def _nav(plans: Sequence[Plan]) -> str:
    """Return what is added to nav: a group for each place."""
    lines = []
    for place in PLACES:
        files = [f"      - {plan.name}.md\n" for plan in plans if plan.place == place]
        lines += [f"  - {place}:\n", *files] if files else []
    return "".join(lines)


def _put(path: Path, before: str, added: str) -> None:
    """Put a text into a file, in front of a line that must be there."""
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{before!r} must stand once in {path.name}"
    path.write_text(text.replace(before, added + before), encoding="utf-8")


def make_project(target: Path, pages: int, seed: int = SEED) -> None:
    """Make a project of so many pages in a folder that is not there yet: at least the 20 of this project."""
    for part in _PARTS:
        (target / part).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, target / part)
        else:
            shutil.copy2(ROOT / part, target / part)
    shutil.copy2(ROOT / "tests/clinics/example.yml", target / "clinic.yml")
    (target / ".build").mkdir()
    there = sum(1 for _ in (target / "docs/en").rglob("*.md"))
    if pages < there:
        raise ValueError(f"{pages} pages: this project has {there} of its own")
    kinds = list(KINDS)
    plans = [Plan(n, PLACES[n // len(kinds) % len(PLACES)], kinds[n % len(kinds)]) for n in range(pages - there)]
    if not plans:
        return
    writer = Writer(load_inputs(default_project(ROOT)), plans, seed)
    with (target / "standard/topics.yml").open("a", encoding="utf-8") as file:
        file.write(_kinds())
    _put(target / "mkdocs.yml", "  - more:\n", _nav(plans))
    _put(target / "docs/en/_words.yml", "  more: More\n", "".join(f"  {p}: Your {p}\n" for p in PLACES))
    (target / "docs/en/thin-needle.svg").write_text(_PICTURE, encoding="utf-8")
    for plan in plans:
        path = target / f"docs/en/{plan.name}.md"
        path.write_text(writer.page(plan), encoding="utf-8")


def main() -> None:
    """Make a project."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=int, help="how many pages, with the 20 of this project")
    parser.add_argument("folder", type=Path, help="a folder that is not there yet")
    parser.add_argument("--seed", type=int, default=SEED)
    args = parser.parse_args()
    make_project(args.folder, args.pages, args.seed)


if __name__ == "__main__":
    main()
