"""Have the loaders read the program's own files, look on, and write down what they ask for."""

from __future__ import annotations

import json
import re
import tempfile
from functools import cache
from pathlib import Path

from patientpages.clinic import read_clinic
from patientpages.folders import default_project
from patientpages.project import load_inputs
from patientpages.read import read_source
from patientpages.said import load_phrases
from patientpages.schemas.families import FAMILIES, family_of
from patientpages.schemas.render import Schema, group_schema
from patientpages.schemas.watch import Group, Watched
from patientpages.yamlfile import Mistakes, reading_as

_OWN = Path(__file__).resolve().parents[3]  # the repository that this program stands in
# What no page of ours has: a page that has it shows what its reader asks of it.
_PAGE = """---
title: A page
description: A page.
kind: plan
sources: []
waive: [{code: A101, reason: why, until: 2026-01-01}]
---
Text.
"""
# What clinic.yml leaves empty, as it comes with the project.
_CLINIC = """branches: [{name: North, address: Street}]
emergency_override: {number: "112", confirmed_by: who asked, confirmed_on: 2026-01-01}
"""
# What a file says of its own keys: "#   about      what the number is", "profession: x   # the word that ..."
_LISTED = re.compile(r"^#[ ]{2,}(\w+(?:, \w+)*)[ ]{2,}(\S.*)$", re.MULTILINE)
_BESIDE = re.compile(r"^(\w+):[^\n]*?[ \t]{2,}# (\S.*)$", re.MULTILINE)


def watched(root: Path) -> dict[str, Group]:
    """Return what the loaders ask of each family of files. Raises InputError where the files have mistakes."""
    groups: dict[str, Group] = {name: Group() for name in FAMILIES}

    class Looking(Watched):
        @staticmethod
        def roots(shown: str) -> Group:
            return groups.get(family_of(shown) or "", Group())

    mistakes = Mistakes()
    with reading_as(Looking), tempfile.TemporaryDirectory() as folder:
        inputs = load_inputs(default_project(root))
        for language in inputs.languages:
            words = root / "standard" / language.code
            load_phrases(words, f"standard/{language.code}", inputs.standard.judged, mistakes)
        page = Path(folder) / "page.md"
        page.write_text(_PAGE, encoding="utf-8")
        read_source(page, "docs/en/page.md", "page", mistakes)
        read_clinic(_CLINIC, "clinic.yml", root, inputs.standard, Mistakes())
    mistakes.stop_if_any()
    return groups


def _told(root: Path, name: str) -> dict[str, str]:
    """Return what the comments of a family's files say of its keys."""
    told: dict[str, str] = {}
    for pattern in FAMILIES[name][1]:
        for path in sorted(root.glob(pattern)):
            text = path.read_text(encoding="utf-8")
            told |= {key: words for keys, words in _LISTED.findall(text) for key in keys.split(", ")}
            told |= dict(_BESIDE.findall(text))
    return told


def _schema(root: Path, name: str, group: Group) -> Schema:
    head: Schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": FAMILIES[name][0]}
    return {**head, **group_schema(group, _told(root, name))}


def _settings() -> str:
    """Return the settings of an editor that knows which schema belongs to which file."""
    schemas = {f"./schemas/{name}.json": list(globs) for name, (_, globs, _) in FAMILIES.items() if globs}
    return json.dumps({"yaml.schemas": schemas}, indent=2) + "\n"


@cache
def generated_schemas() -> dict[str, str]:
    """Return schemas/*.json and the settings for VS Code, by their paths from the root."""
    made = {f"schemas/{name}.json": json.dumps(_schema(_OWN, name, group), indent=1, ensure_ascii=False) + "\n"
            for name, group in watched(_OWN).items()}  # fmt: skip
    return made | {".vscode/settings.json": _settings()}
