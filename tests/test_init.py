"""`patientpages init`: asks plainly, by the rules of the file, and keeps what a clinic wrote; all of it or nothing."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

import pytest

from patientpages.clinic.edit import with_value
from tests.conftest import ROOT, Run, Workspace, fingerprint

# An answer to each question, in order; the clinic is no clinic.
_ANSWERS = {
    "name": 'Hill & Dale "Example"', "profession": "", "phone": "01632 960 123", "address": "1 Example Street",
    "hours": "Mon to Fri: 9 to 5", "out_of_hours": "call NHS 111 on 111", "feedback": "pages@example.org",
    "funding": "Example Clinic", "minimum_age": "16", "country": "GB", "region": "scotland",
    "website": "https://www.example.org/patients/", "logo": "", "colour": "#6A2C70", "write": "yes",
}  # fmt: skip


@pytest.fixture
def small(tmp_path: Path) -> Workspace:
    """What `init` reads: clinic.yml, the standard, the style sheet."""
    for part in ("standard", "overrides"):
        shutil.copytree(ROOT / part, tmp_path / part)
    shutil.copy2(ROOT / "clinic.yml", tmp_path / "clinic.yml")
    return Workspace(tmp_path)


def _answer(project: Workspace, monkeypatch: pytest.MonkeyPatch, *lines: str) -> Run:
    """Run `init` with lines on its input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    return project.run("init")


def _text(project: Workspace) -> str:
    return (project / "clinic.yml").read_text(encoding="utf-8")


def test_all_answers_fill_the_file_and_every_note_stays(small: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line that was not asked for is as it was, notes stand in their column, and the next step is named."""
    before = _text(small).splitlines()
    done = _answer(small, monkeypatch, *_ANSWERS.values())
    assert done.code == 0, done.out
    after = _text(small).splitlines()
    assert len(after) == len(before)
    changed = {new.partition(":")[0]: (old, new) for old, new in zip(before, after, strict=True) if old != new}
    assert changed.keys() == {key for key, answer in _ANSWERS.items() if answer and key != "write"}
    assert changed["name"][1] == 'name: "Hill & Dale \\"Example\\""'
    assert changed["phone"][1].startswith('phone: "01632 960 123"  ')
    for key in ("phone", "minimum_age", "country", "colour"):
        old, new = changed[key]
        assert old.index("# ") == new.index("# "), key
        assert old.partition("# ")[2] == new.partition("# ")[2], key
    assert "patientpages doctor" in done.out
    assert "- name:" in done.out
    assert "+ name:" in done.out, "what is overwritten is shown first"


def test_the_number_that_pages_will_say_is_shown(small: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistaken country is seen at once: the number of it, of its region, and of an override."""
    assert "Pages will say: call 999, and for help on the same day NHS 24, 111." in _answer(
        small, monkeypatch, *_ANSWERS.values()).out  # fmt: skip
    there = {**_ANSWERS, "country": "AU", "region": "https://www.example.org/patients/", "website": ""}
    small.edit(
        "clinic.yml",
        "emergency_override:  ",
        'emergency_override: {number: "112", confirmed_by: "A", confirmed_on: 2026-11-01}',
    )
    told = _answer(small, monkeypatch, *there.values()).out
    assert "Pages will say: call 112 (your emergency_override; listed is 000)" in told
    assert "In which region" not in told


def test_another_country_takes_its_region_along(small: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """From Scotland to Ireland: the region that Ireland does not have is emptied."""
    assert _answer(small, monkeypatch, *_ANSWERS.values()).code == 0
    keep = {key: "" for key in _ANSWERS if key != "region"} | {"country": "IE"}
    assert _answer(small, monkeypatch, *keep.values()).code == 0
    assert "\ncountry: IE  " in _text(small)
    assert "\nregion:    " in _text(small)


def test_return_alone_keeps_everything(small: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing changed is nothing written: not a byte, also of a file with Windows line ends."""
    (small / "clinic.yml").write_bytes((small / "clinic.yml").read_bytes().replace(b"\n", b"\r\n"))
    before = (small / "clinic.yml").read_bytes()
    done = _answer(small, monkeypatch, *[""] * 13)
    assert done.code == 0, done.out
    assert (small / "clinic.yml").read_bytes() == before
    assert _answer(small, monkeypatch, *_ANSWERS.values()).code == 0
    after = (small / "clinic.yml").read_bytes()
    assert after.count(b"\r\n") == after.count(b"\n") == before.count(b"\n")


@pytest.mark.parametrize(
    ("key", "answer", "words"),
    [
        ("name", "<b>Clinic</b>", "never as HTML"),
        ("name", "-", "may not be empty"),
        ("name", "Caf\udce9", "cannot be seen"),
        ("phone", "call us", "no telephone number"),
        ("feedback", "nobody", "no e-mail address"),
        ("minimum_age", "sixteen", "whole number"),
        ("country", "UK", 'Did you mean "GB"'),
        ("region", "cornwall", "Known: england"),
        ("website", "www.example.org", "full web address"),
        ("logo", "../logo.svg", "outside this project"),
        ("colour", "#7fb8c9", "The nearest that can be read"),
    ],
)
def test_a_wrong_answer_in_a_file_of_answers_changes_nothing(
    key: str, answer: str, words: str, small: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the rules of the file, at once: the answers behind it would go to other questions."""
    before = _text(small)
    done = _answer(small, monkeypatch, *(_ANSWERS | {key: answer}).values())
    assert done.code == 2
    assert words in done.out
    assert f'"{key}"' in done.out.splitlines()[-1]
    assert _text(small) == before


_ASKED = [key for key in _ANSWERS if key != "write"]


@pytest.mark.parametrize("key", [*_ASKED, "languages", "branches", "paper", "emergency_override", "embedded_on"])
def test_a_line_that_is_missing_holds_no_other_question_up(
    key: str, small: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file without a key, whichever it is: all is asked and written; what is asked for and answered is put in."""
    kept = [line for line in _text(small).splitlines(keepends=True) if not line.startswith(f"{key}:")]
    (small / "clinic.yml").write_text("".join(kept).replace("#  - {", "   # {"), encoding="utf-8")
    done = _answer(small, monkeypatch, *_ANSWERS.values())
    assert done.code == 0, done.out
    assert "is missing" not in done.out
    assert (f"\n{key}:" in f"\n{_text(small)}") == bool(_ANSWERS.get(key))


@pytest.mark.parametrize("key", ["name", "phone"])
def test_what_is_missing_is_told_where_it_is_asked(key: str, small: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Return alone at a question whose line is missing: it is told there, and for no other key."""
    (small / "clinic.yml").write_text(
        "".join(line for line in _text(small).splitlines(keepends=True) if not line.startswith(f"{key}:")), "utf-8"
    )
    before = _text(small)
    done = _answer(small, monkeypatch, *(_ANSWERS | {key: ""}).values())
    assert done.code == 2
    assert f'"{key}" is missing or empty' in done.out
    assert f'Correct the answer for "{key}"' in done.out
    assert _text(small) == before


@pytest.mark.parametrize("key", ["name", "phone", "languages", "colour"])
def test_a_key_that_stands_twice_is_told_before_anything_is_asked(
    key: str, small: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of the two would be answered and the other would count: both lines are named, and nothing is changed."""
    lines = _text(small).splitlines()
    first = next(number for number, line in enumerate(lines, 1) if line.startswith(f"{key}:"))
    (small / "clinic.yml").write_text("\n".join([*lines, lines[first - 1]]) + "\n", encoding="utf-8")
    before = _text(small)
    done = _answer(small, monkeypatch, *_ANSWERS.values())
    assert done.code == 2
    assert f"clinic.yml:{len(lines) + 1} " in done.out
    assert f'"{key}" stands here twice: it is already on line {first}' in done.out
    assert "What is your clinic called?" not in done.out
    assert _text(small) == before


@pytest.mark.parametrize("many", [0, 5, 14])
def test_the_end_of_the_answers_changes_nothing(many: int, small: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before, among and behind the questions (at "Write it?"): said so; without any answer, how to give some."""
    before = _text(small)
    done = _answer(small, monkeypatch, *list(_ANSWERS.values())[:many])
    assert done.code == 2
    assert "Nothing was changed" in done.out
    assert ("< answers.txt" in done.out) == (many == 0)
    assert _text(small) == before


def test_no_is_no(small: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sees the changes and does not want them."""
    before = _text(small)
    assert _answer(small, monkeypatch, *(_ANSWERS | {"write": "no"}).values()).code == 1
    assert _text(small) == before


def test_a_file_that_changed_meanwhile_is_not_overwritten(small: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor saved it while the questions were answered: what was saved stays."""
    lines = iter(_ANSWERS.values())

    def reply(_: str) -> str:
        answer = next(lines)
        if answer == "yes":
            small.edit("clinic.yml", "profession: physiotherapist", "profession: osteopath      ")
        return answer

    monkeypatch.setattr("patientpages.verbs.setting_up.input", reply, raising=False)
    done = small.run("init")
    assert done.code == 2
    assert "changed while you answered" in done.out
    assert "profession: osteopath" in _text(small)
    assert '01632 960 123"    ' not in _text(small)


def test_a_file_that_is_no_yaml_is_told(small: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is asked about a file that cannot be read."""
    small.edit("clinic.yml", 'name: "[Name of your clinic]"', 'name: "[Name of your clinic]')
    done = _answer(small, monkeypatch, *_ANSWERS.values())
    assert done.code == 2
    assert "D001" in done.out


def test_a_wrong_answer_in_a_terminal_is_asked_again(small: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason and the right form, then the same question; what is right in the end is written."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    lines = list(_ANSWERS.values())
    lines[2:3] = ["call us", "1", "01632 960 123"]
    monkeypatch.setattr(sys, "stdin", Terminal("\n".join(lines) + "\n"))
    done = small.run("init")
    assert done.code == 0, done.out
    assert done.out.count("is no telephone number") == 2
    assert 'phone: "01632 960 123" ' in _text(small)


@pytest.mark.parametrize("many", [0, 5, 14])
def test_ctrl_c_changes_nothing(many: int, small: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the first question, among them, and at "Write it?": said so, exit code 130, no draft left behind."""
    lines = iter([*_ANSWERS.values()][:many])

    def reply(_: str) -> str:
        for answer in lines:
            return answer
        raise KeyboardInterrupt

    before = fingerprint(small.path)
    monkeypatch.setattr("patientpages.verbs.setting_up.input", reply, raising=False)
    done = small.run("init")
    assert done.code == 130
    assert done.out.endswith("\nNothing was changed.\n")
    assert "stopped" in done.err
    assert fingerprint(small.path) == before


@pytest.mark.parametrize(
    ("text", "key", "value", "result"),
    [
        ("a: 1\nb:\nc: 3\n", "b", "Word", "a: 1\nb: Word\nc: 3\n"),
        ("a: 1\nb: x # note\n", "b", "", "a: 1\nb: # note\n"),
        ("a: |\n  one\n  two\nb: 2\n", "a", "one, two", 'a: "one, two"\nb: 2\n'),
        ("a: [1,\n  2] # note\nb: 2\n", "a", "NO", 'a: "NO" # note\nb: 2\n'),
        ("a: 'it''s' # don't\n", "a", "#1f4e5f", 'a: "#1f4e5f"  # don\'t\n'),
        ("# only a note\na: 1", "new", "x y", '# only a note\na: 1\nnew: "x y"\n'),
        ("minimum_age: 16\n", "minimum_age", "018", "minimum_age: 18\n"),
    ],
)
def test_a_value_is_put_in_and_nothing_else(text: str, key: str, value: str, result: str) -> None:
    """Empty values, lists, texts of several lines, keys that are not there: the other lines stay, and so do notes."""
    new = with_value(text, key, value)
    assert " ".join(new.split()) == " ".join(result.split())
    assert new.count("\n") == result.count("\n")
