"""The house keeps its order: imports run one way, and modules stay small."""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
from pathlib import Path

from patientpages.cli import parser
from patientpages.verbs import GROUPS, groups_for
from tests.conftest import ROOT

PACKAGE = ROOT / "scripts" / "patientpages"
# Each room may use those before it.
ORDER = (
    "latest", "model", "whole_file", "kept", "grounds", "folders", "forked", "kept_pages", "yamlfile",
    "progress", "phones", "standard", "clinic", "ledger", "records",
    "bibliography", "markdown", "read", "said", "readback", "plain", "signing", "pictures", "searching",
    "asked_words", "wording", "mailing", "messages", "reader_test", "style", "checks", "guard",
    "mkdocsfile", "handoutsfile", "config", "project", "configured", "promises", "outputs", "told", "outcome", "handouts",
    "templates", "rendering", "lean", "builder", "rendered", "found", "stamping", "exchange", "targets", "making", "build", "foreign",
    "hosting", "recording",
    "links", "standing", "gate", "part_gate", "manifest", "published", "publishing", "handing", "machine",
    "doctor", "offline", "verify", "recall", "unchanged", "signing_trial", "signoff", "review", "drafts",
    "teaching", "scaffold", "newpage", "checklist", "explaining", "schemas", "renewing", "upgrading",
    "setting_up", "reporters", "live", "verbs", "cli", "__main__",
)  # fmt: skip


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        found |= {name.split(".")[1] for name in names if name.startswith("patientpages.")}
        if isinstance(node, ast.ImportFrom) and node.module == "patientpages":
            found |= {alias.name for alias in node.names} & set(ORDER)
    return found


def test_imports_run_one_way() -> None:
    """No module imports from a room that stands after its own."""
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        room = _room(path)
        if room == "__init__":
            continue
        assert room in ORDER, f"{room} has no place in the order of imports"
        later = {name for name in _imports(path) if ORDER.index(name) > ORDER.index(room)}
        wrong += [f"{path.relative_to(PACKAGE)} imports {name}" for name in later]
    assert not wrong


def test_the_order_names_only_rooms_that_are_there() -> None:
    """The list above is the house as it is: a room that has gone would make the first test pass in silence."""
    assert set(ORDER) == {_room(path) for path in PACKAGE.rglob("*.py")} - {"__init__"}


def test_modules_stay_small() -> None:
    """A module has one job: at most 220 lines."""
    long = {p.name: n for p in PACKAGE.rglob("*.py") if (n := len(p.read_text(encoding="utf-8").splitlines())) > 220}
    assert not long


def test_each_verb_is_loaded_with_its_group() -> None:
    """What the command line loads for a verb is the group that has it, and no group has a verb that is not listed."""
    for group, verbs in GROUPS.items():
        for verb in verbs:
            assert [module.__name__ for module in groups_for(verb)] == [f"patientpages.verbs.{group}"]
            listed = next(a for a in parser(verb)._actions if isinstance(a, argparse._SubParsersAction))
            assert tuple(listed.choices) == verbs
    assert len(groups_for("--help")) == len(groups_for("bulid")) == len(GROUPS)


def test_a_draft_is_checked_without_what_builds_publishes_and_asks() -> None:
    """`topics` loads neither MkDocs nor what reads PDFs, asks hosts or writes calendars: it answers while one types."""
    code = "from patientpages.cli import parser; parser('topics'); import sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT / "scripts"
    )
    assert not {"mkdocs", "pypdf", "typst", "urllib3", "icalendar"} & set(done.stdout.split())
