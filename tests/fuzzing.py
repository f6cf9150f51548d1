"""Spoilt copies of every file that a person edits, and the reader of each: what tests/test_fuzz.py and bench/fuzz.py share.

An input is a number: the same number is the same file spoilt in the same way.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from random import Random

from patientpages.clinic import load_clinic
from patientpages.drafts import judge
from patientpages.folders import default_project
from patientpages.messages import load_messages
from patientpages.mkdocsfile import load_honoured, load_mkdocs
from patientpages.model import InputError
from patientpages.project import Inputs, load_inputs
from patientpages.read import read_source
from patientpages.reader_test import hold_reader_test, read_reader_test
from patientpages.records import load_records
from patientpages.said import load_phrases
from patientpages.standard import load_standard
from patientpages.standard.figures import read_figures
from patientpages.standard.plain import read_plain
from patientpages.wording import load_wording
from patientpages.yamlfile import Mistakes, load
from tests.conftest import ROOT, TODAY, copy_project

_VALUES = ("", "[]", "{}", "null", "true", "1", "-1", "1e999", ".nan", "2026-13-45", "2026-11-22", "[[1], {a: b}]", "{a: [b]}",
           "!!binary aGk=", "!!set {a, b}", "!!python/name:os.system", "!!int x", "!!float y", "!!timestamp z", "&a [*a]", "*a",
           '"', "'", "|", ">-", "- x", "? x", ": x", "@x", "`x`", "%x", "x: y: z", "#x", "..", "../..", "/etc/passwd", "http://[",
           "[x", "{{ fact: nosuch }}", "{{ clinic: }}", "\u0000", "\u202e\u2066", "\U0001f9d1\u200d", "é" * 40, "x" * 5000, "９９９")  # fmt: skip
_MARKDOWN = ("{{", "}}", "{{ section: soreness }}", "{{ picture: x }}", "<div>", "</div></main>", "<!--", "-->", "```", "~~~", "!!! now",
             "    !!! in-short \"x\"", "| a | b |\n|---|", "[x](", "![](x.svg)", "[^1]", "# ", "####### x", "## X { #soreness }",
             "## X { #x formerly=\"a#b c/\" }", "{ #x .y z=\"", "&#0;", "&#xD800;", "<script>", "***", "___", "\\", "term\n:   x")  # fmt: skip
_BYTES = (
    b"\x00",
    b"\xff",
    b"\xfe\xff",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\r",
    b"\x1b[2J",
    b"\x85",
    b"\xe2\x80\xa8",
    b"\t",
    b"\x7f",
)
_ENTRY = re.compile(r"^(\s*(?:- )?[\"']?[\w .-]+[\"']?:)(.*)$")


def _block(lines: list[str], start: int) -> int:
    """Return where the block ends that begins on a line: the lines below it that are indented further."""
    depth = len(lines[start]) - len(lines[start].lstrip())
    end = start + 1
    while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > depth):
        end += 1
    return end


def _structural(lines: list[str], chance: Random, odd: tuple[str, ...]) -> None:
    """Spoil one entry: take it out, repeat it, move it, give it another value or key, another depth, a torn end."""
    start = chance.randrange(len(lines))
    end = _block(lines, start)
    way, line = chance.randrange(10), lines[start]
    if way == 0:
        del lines[start:end]
    elif way == 1:
        lines[start:start] = lines[start:end]
    elif way == 2:
        block = lines[start:end]
        del lines[start:end]
        lines[(at := chance.randint(0, len(lines))) : at] = block
    elif way in (3, 4, 5):
        entry = _ENTRY.match(line)
        value = chance.choice(odd)
        lines[start : end if chance.random() < 0.5 else start + 1] = [f"{entry[1]} {value}" if entry else value]
    elif way == 6:
        lines[start] = line.replace(":", chance.choice(("x:", " :", "::", "", ": - ")), 1)
    elif way == 7:
        lines[start] = chance.choice((" ", "  ", "\t", "-")) + line if chance.random() < 0.5 else line[1:]
    elif way == 8:
        lines[start] = line[: chance.randint(0, len(line))]
    else:
        lines[start] = line + chance.choice(odd)


def spoil(text: str, chance: Random, *, page: bool = False) -> bytes:
    """Return a file spoilt in one to four ways; half of the long ones are cut to a part first."""
    lines = text.split("\n")
    if len(lines) > 80 and chance.random() < 0.7:
        first = chance.randrange(len(lines) - 40)
        lines = lines[: chance.choice((0, 3, 8))] + lines[first : first + chance.randint(5, 60)]
    odd = _VALUES + _MARKDOWN if page else _VALUES
    for _ in range(chance.choice((1, 1, 2, 4))):
        _structural(lines, chance, odd)
        lines = lines or [""]
    data = "\n".join(lines).encode("utf-8", "surrogatepass")
    way, at = chance.random(), chance.randint(0, len(data))
    if way < 0.05:
        return data[:at]
    if way < 0.15:
        return data[:at] + chance.choice(_BYTES) + data[at:]
    if way < 0.18:
        return data[:at] + chance.randbytes(chance.randint(1, 30)) + data[at + 5 :]
    return data


@dataclass(frozen=True)
class Target:
    """A file that a person edits: its text, and how it is read, with a weight of how often it is tried."""

    name: str
    text: str
    read: Callable[[Mistakes], object]
    weight: int


class Fuzzed:
    """A project whose files are spoilt one after the other."""

    def __init__(self, folder: Path) -> None:
        project = copy_project(folder)
        shutil.copy2(ROOT / "tests/clinics/example.yml", project / "clinic.yml")
        for verb in (("links", "record"), ("sign", "soreness", "--name", "A B", "--role", "physiotherapist", "--evidence", "paper"),
                     ("tested", "--people", "5", "--evidence", "sheets")):  # fmt: skip
            done = project.run(*verb, "--today", TODAY)
            assert done.code == 0, done.out + done.err
        self.root = project.path
        self.inputs = load_inputs(default_project(self.root))
        self.targets = tuple(self._targets())

    def _targets(self) -> Iterable[Target]:
        root, inputs = self.root, self.inputs
        standard, clinic, overrides = inputs.standard, inputs.clinic, root / "overrides"

        def target(name: str, weight: int, read: Callable[[Path, str, Mistakes], object]) -> Target:
            return Target(name, (root / name).read_text(encoding="utf-8"), partial(read, root / name, name), weight)

        def sheet(path: Path, shown: str, mistakes: Mistakes) -> None:
            read = read_reader_test(load(path, shown, mistakes, "the test with readers"))
            hold_reader_test(read, ["soreness"], inputs.languages[0].wording.values, mistakes)

        yield target("clinic.yml", 20, lambda path, shown, m: load_clinic(path, shown, standard, m))
        yield target("mkdocs.yml", 15, lambda path, shown, m: load_mkdocs(path, shown, inputs.honoured, m))
        yield target("overrides/honours.yml", 5, lambda path, shown, m: load_honoured(path.parent, "overrides", m))
        yield target(
            "docs/en/_words.yml",
            8,
            lambda path, shown, m: load_wording(path, shown, "en", overrides, standard, clinic, m),
        )
        for page in sorted((root / "docs/en").glob("*.md")):
            name = f"docs/en/{page.name}"
            yield target(name, 2, lambda path, shown, m: read_source(path, shown, path.stem, m))
            yield target(name, 1, lambda path, _, __: _judged(path, inputs))
        for file in ("topics", "facts", "sources", "emergency", "messages"):
            yield target(f"standard/{file}.yml", 2, lambda path, _, m: load_standard(path.parent, "standard", m))
        yield target(
            "standard/en/words.yml",
            4,
            lambda path, shown, m: read_plain(load(path, shown, m, "the list of plain words")),
        )
        yield target(
            "standard/en/figures.yml",
            4,
            lambda path, shown, m: read_figures(load(path, shown, m, "the list of figures"), standard.facts),
        )
        soreness = [standard.topics["soreness"]]
        for file in ("phrases.yml", "claims.yml", "phrases/soreness.yml"):
            yield target(
                f"standard/en/{file}", 1, lambda *a: load_phrases(root / "standard/en", "standard/en", soreness, a[2])
            )
        yield target("staff/emails.yml", 8, load_messages)
        yield target("staff/reader-test.yml", 6, sheet)
        for file in ("published", "signed", "tested", "sources"):
            if (root / f"records/{file}.yml").exists():
                yield target(f"records/{file}.yml", 4, lambda path, _, m: load_records(path.parent, "records", m))

    def try_one(self, seed: int) -> tuple[str, int]:
        """Spoil a file and read it; return its name and how many mistakes were found. Raises what the reader raises."""
        chance = Random(seed)
        target = chance.choices(self.targets, [target.weight for target in self.targets])[0]
        path, data = self.root / target.name, spoil(target.text, chance, page=target.name.endswith(".md"))
        path.write_bytes(data)
        mistakes = Mistakes()
        try:
            target.read(mistakes)
        except InputError as error:
            mistakes.findings += error.findings
        finally:
            path.write_text(target.text, encoding="utf-8", newline="\n")
        lines = len(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")) + 1
        for finding in mistakes.findings:
            place = finding.place
            there = (self.root / place.path).exists() or (self.root / place.path).parent.is_dir()
            assert there, f"{target.name}: {finding} stands in no file"
            assert finding.message, finding
            assert place.path != target.name or 1 <= place.line <= lines, f"{finding}: {target.name} has {lines} lines"
        return target.name, len(mistakes.findings)


def _judged(path: Path, inputs: Inputs) -> None:
    """Read a page's Markdown, and hold its sections to what they must say."""
    judge([path], inputs, date.fromisoformat(TODAY), None, False)
