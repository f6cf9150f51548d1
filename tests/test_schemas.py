"""The schemas for editors say what the loaders say: of the real files, and of wrong ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from patientpages.folders import default_project
from patientpages.model import InputError
from patientpages.project import load_inputs
from patientpages.schemas import FAMILIES, family_of, generated_schemas
from tests.conftest import ROOT, Workspace, copy_project

FILES = sorted(
    {path for _, globs, _ in FAMILIES.values() for glob in globs for path in ROOT.glob(glob)}
    | set((ROOT / "docs").rglob("[!_]*.md"))
)


def _plain(value: object) -> object:
    """Return YAML's values as JSON has them."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _values(path: Path) -> object:
    text = path.read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # as the program reads them
    return _plain(yaml.load(text.split("---\n")[1] if path.suffix == ".md" else text, loader))


def _schema(name: str) -> Any:
    return json.loads((ROOT / "schemas" / f"{name}.json").read_text(encoding="utf-8"))


def _errors(path: Path, shown: str) -> list[str]:
    name = family_of(shown)
    assert name is not None, shown
    return [error.message for error in Draft202012Validator(_schema(name)).iter_errors(_values(path))]


def test_the_schemas_are_what_the_loaders_ask_for() -> None:
    """Each committed schema, and the editor's settings, are as `patientpages renew` makes them; there is no other."""
    for name, text in generated_schemas().items():
        assert (ROOT / name).read_text(encoding="utf-8") == text, f"{name}: run `patientpages renew`"
    assert {f"schemas/{path.name}" for path in (ROOT / "schemas").iterdir()} | {".vscode/settings.json"} == set(
        generated_schemas()
    )


def _groups(schema: object) -> Iterator[dict[str, Any]]:
    """Yield every schema of a mapping, at any depth."""
    inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    if isinstance(schema, dict) and isinstance(schema.get("properties"), dict):
        yield schema
        inner = [*schema["properties"].values(), schema.get("additionalProperties")]
    for each in inner:
        yield from _groups(each)


def test_every_group_was_seen_from_inside() -> None:
    """No group that a loader asks for stayed unread when the schemas were made: its schema would know no key."""
    for name in FAMILIES:
        assert all(group["properties"] for group in _groups(_schema(name))), name


@pytest.mark.parametrize("name", FAMILIES)
def test_each_schema_is_one(name: str) -> None:
    """It is valid by the rules of draft 2020-12, and it knows at least one key."""
    Draft202012Validator.check_schema(_schema(name))
    assert _schema(name)["properties"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_real_files_hold(path: Path) -> None:
    """Every file of the project that has a schema is right by it; so is the clinic that the tests use."""
    assert _errors(path, path.relative_to(ROOT).as_posix()) == []


def test_no_file_that_people_edit_is_without_a_schema() -> None:
    """Whoever adds a file to standard/ or staff/ gives it a family, and so a schema."""
    for path in (ROOT / "clinic.yml", *(ROOT / "standard").rglob("*.yml"), *(ROOT / "staff").rglob("*.yml")):
        assert family_of(path.relative_to(ROOT).as_posix()), path


def test_the_editor_finds_a_schema_for_each_file_and_only_there() -> None:
    """The patterns in .vscode/settings.json lead each YAML file that people edit to the schema of its own family."""
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    for file in (path for path in FILES if path.suffix == ".yml"):
        found = [name for name, globs in settings.items() if any(file in ROOT.glob(glob) for glob in globs)]
        assert found == [f"./schemas/{family_of(file.relative_to(ROOT).as_posix())}.json"], file
    assert all((ROOT / name).is_file() for name in settings)


WRONG = [
    ("clinic.yml", "profession:", "proffession:"),  # misspelt
    ("clinic.yml", 'phone: "[Your phone number]"', "phone: 01632"),  # a number, not text
    ("clinic.yml", "languages: [en]", "languages: en"),  # a text, not a list
    ("clinic.yml", "languages: [en]", ""),  # missing
    ("clinic.yml", "languages: [en]", "languages: [en, 1]"),
    ("docs/en/soreness.md", "kind: reaction", "knd: reaction"),
    ("docs/en/soreness.md", "kind: reaction", "kind: [reaction]"),
    ("docs/en/soreness.md", "kind: reaction", "kind: reaction\nwaive: [{code: A101, reason: why}]"),
    ("docs/en/soreness.md", "kind: reaction", "kind: reaction\nreview_months: soon"),
    ("docs/en/_words.yml", "skip: Skip to the answer", "skip:"),
    ("standard/topics.yml", "version: 1", "version: first"),
    ("standard/topics.yml", "    home: dry-needling", "    hom: dry-needling"),
    ("standard/topics.yml", "    urgent: line", "    urgent: banner"),
    ("standard/topics.yml", "        optional: true", "        optional: maybe"),
    ("standard/facts.yml", "    kind: duration", "    kind: length"),
    ("standard/facts.yml", "    value: 3\n", "    value: a few\n"),
    ("standard/facts.yml", "{value: 72, unit: hours}", "{value: 72, unit: hour}"),
    ("standard/sources.yml", "    seen: first-hand", "    seen: yes"),
    ("standard/emergency.yml", 'emergency: ["999", "112"]', "emergency: [999, 112]"),
    ("standard/emergency.yml", "checked: 2026-11-22", "checked: last week"),
    ("standard/messages.yml", "moments:\n", "moments:\n  - booked\n"),
    ("standard/en/figures.yml", "why: plain speech}", "whi: plain speech}"),
    ("standard/en/words.yml", "in_short_grade:", "in_short_grad:"),
    ("staff/emails.yml", "  - moment: booked", "  - momnt: booked"),
    ("staff/reader-test.yml", "title:", "titel:"),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A copy to break a line of, and to mend again."""
    return copy_project(tmp_path_factory.mktemp("wrong") / "clone")


@pytest.mark.parametrize(("name", "old", "new"), WRONG, ids=[f"{name}: {new.strip()[:40]}" for name, _, new in WRONG])
def test_what_the_schema_refuses_the_loader_refuses(name: str, old: str, new: str, project: Workspace) -> None:
    """A wrong file is underlined by an editor and named by the command: neither is milder than the other."""
    path = project / name
    right = path.read_text(encoding="utf-8")
    project.edit(name, old, new)
    try:
        assert _errors(path, name)
        try:
            told = load_inputs(default_project(project.path)).languages[0].source_findings
        except InputError as error:
            told = tuple(error.findings)
        assert name in {finding.place.path for finding in told}
    finally:
        path.write_text(right, encoding="utf-8")
