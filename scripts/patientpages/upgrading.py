"""After a pull: what this version asks of a clinic's own files, and which instructions it has not followed yet."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from patientpages import __version__
from patientpages.folders import Project
from patientpages.model import Finding, InputError, Place
from patientpages.project import load_inputs
from patientpages.records import UPGRADED, add_upgrade, read_upgraded
from patientpages.yamlfile import Mistakes, load, near, read_text

CHANGELOG = "CHANGELOG.md"
UNRELEASED = "Not released yet"
_RELEASE = re.compile(rf"## ({UNRELEASED}|\d+\.\d+\.\d+)\b")
_WORDS = "schemas/words.json"
_MUST = "- What you must do: "


@dataclass(frozen=True, slots=True)
class Instruction:
    """What whoever comes from an earlier version must do, as the change log says it."""

    release: str
    text: str
    place: Place

    @property
    def code(self) -> str:
        """What it is recorded by: a hash of its words, so that one that says something else is new."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What is to be done: instructions that are not on record, and what is wrong with the clinic's own files."""

    left: tuple[Instruction, ...]
    findings: tuple[Finding, ...]
    recorded: bool  # whether anything is on record: else it may be a fresh clone, which has nothing to follow

    @property
    def due(self) -> bool:
        """Whether something must be done before this version can be used."""
        return bool(self.findings or (self.recorded and self.left))


def instructions(text: str, shown: str, mistakes: Mistakes) -> Iterator[Instruction]:
    """Yield each "- What you must do: ..." of a change log, in its order, with the lines that go on under it."""
    release, lines = "", text.split("\n")
    for number, line in enumerate(lines, 1):
        if line.startswith("## "):
            found = _RELEASE.match(line)
            release = found[1] if found else ""
            if found is None:
                mistakes.add(Place(shown, number), "this is not a release", f"## 0.2.0, or ## {UNRELEASED}")
        elif line.startswith(_MUST):
            more = []
            for following in lines[number:]:
                if not following.startswith("  "):
                    break
                more.append(following.strip())
            yield Instruction(release, " ".join([line.removeprefix(_MUST), *more]), Place(shown, number))
        elif "what you must do" in line.lower():
            hint = f"{_MUST}add ..."
            mistakes.add(Place(shown, number), "an instruction stands at the start of its own entry", hint)


def _read(project: Project) -> tuple[list[Instruction], tuple[tuple[str, ...], ...]]:
    mistakes = Mistakes()
    text = read_text(project.root / CHANGELOG, CHANGELOG, mistakes, "the list of changes")
    found = list(instructions(text or "", CHANGELOG, mistakes))
    done = read_upgraded(project.root / "records" / UPGRADED, f"records/{UPGRADED}", mistakes)
    mistakes.stop_if_any()
    return found, done


def _words(project: Project) -> Iterator[Finding]:
    """Yield what each docs/<language>/_words.yml lacks, or has too much, beside the words of this version.

    A build misses a group only when it shows it: that of addresses that have moved, on the day that a page moves.
    """
    schema = json.loads((project.root / _WORDS).read_text(encoding="utf-8")) if (project.root / _WORDS).exists() else {}
    for path in sorted(project.docs.glob("*/_words.yml")) if schema else ():
        shown = project.shown(path)
        data = load(path, shown, Mistakes(), "the words that templates show")
        there = list(data) if data is not None else []
        for name in schema["required"] if data is not None else ():
            if name not in there:
                hint = "Copy it from this version's docs/en/_words.yml, in your language."
                yield Finding("D002", "error", Place(shown), f'"{name}" is missing: this version shows it', hint)
        for name in there:
            if data is not None and name not in schema["properties"]:
                message = f'"{name}" is not shown by this version.{near(name, schema["properties"])}'
                yield Finding("D002", "error", data.place_of(name), message, "Take it out, or correct its name.")


def to_do(project: Project) -> Upgrade:
    """Return what is to be done. Raises InputError where the change log or the record cannot be read."""
    found, done = _read(project)
    followed = {code for codes in done for code in codes}
    findings = list(_words(project))
    try:
        load_inputs(project)
    except InputError as error:
        findings += error.findings
    left = tuple(one for one in found if one.code not in followed)
    return Upgrade(left, tuple(sorted(findings, key=lambda f: (f.place.path, f.place.line))), bool(done))


def as_text(upgrade: Upgrade) -> str:
    """Return what is to be done, in words for whoever looks after the site."""
    lines = []
    for one in upgrade.left:
        lines.append(f"{one.place.path}:{one.place.line}  {one.release}: {one.text}")
    if upgrade.left and not upgrade.recorded:
        lines.append("\nNothing is on record here. If you have just cloned the project, none of this is for you.")
    if upgrade.left:
        lines.append("When it is done, or not for you: patientpages upgrade --done")
    if upgrade.findings:
        lines.append("\nYour own files and what this version reads do not agree:\n")
        for finding in upgrade.findings:
            hint = "".join(f"\n    {line}" for line in finding.hint.splitlines())
            lines.append(f"{finding.place.path}:{finding.place.line}  {finding.message}{hint}")
    return "\n".join(lines).strip() or f"Nothing to do: your files are as version {__version__} reads them."


def follow(project: Project, today: date) -> str:
    """Put on record that every instruction was followed; return what was recorded."""
    found, done = _read(project)
    left = [one.code for one in found if one.code not in {code for codes in done for code in codes}]
    if done and not left:
        return "every instruction is on record already; nothing was changed"
    add_upgrade(Path(project.root / "records"), "records", today, __version__, left)
    many = "1 instruction" if len(left) == 1 else f"{len(left)} instructions"
    return f"{many} of {CHANGELOG} on record in records/{UPGRADED}"
