"""`patientpages topics FILE...`: a draft is judged by itself, without a site."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Workspace

DRAFT = """A note without front matter.

## Will I be sore? { #soreness }

Most people are sore after dry needling.

## Anything else { #something }

Other words.

### What do we not know? { #uncertainty }

Studies are small.
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A draft that somebody is writing, outside the project."""
    file = tmp_path / "draft.md"
    file.write_text(DRAFT, encoding="utf-8")
    return file


def test_every_section_with_the_id_of_a_topic_is_listed(project: Workspace, draft: Path) -> None:
    """Each such section has its line and all its statements; what is said comes with its sentence and line."""
    run = project.json("topics", str(draft))
    assert run.code == 1, run.out
    (page,) = run.values["pages"]
    assert page["path"] == str(draft)
    assert list(page["topics"]) == ["soreness", "uncertainty"]
    assert page["topics"]["soreness"]["line"] == 3
    assert page["topics"]["uncertainty"]["line"] == 11
    statements = page["topics"]["soreness"]["statements"]
    assert list(statements) == ["most-people", "three-days", "not-soreness", "self-care", "medicine-check", "call-us"]
    said = statements["most-people"]
    assert (said["said"], said["line"], said["line_exact"]) == (True, 5, True)
    assert said["sentence"] == "Most people are sore after dry needling."
    missing = statements["call-us"]
    assert (missing["said"], missing["sentence"], missing["line"], missing["line_exact"]) == (False, None, None, False)
    for statement in statements.values():
        assert statement["parts"]
        assert all(part["said"] in (True, False) for part in statement["parts"])
    counts = run.values["counts"]
    assert (counts["pages"], counts["topics"]) == (1, 2)
    assert counts["judged"] == counts["statements"] == 9
    unsaid = {f"{f['topic']}.{f['statement']}" for f in run.errors() if f["code"].startswith("T")}
    assert unsaid == {"soreness.three-days", "soreness.not-soreness", "soreness.self-care", "soreness.medicine-check",
                      "soreness.call-us", "uncertainty.long-term", "uncertainty.exception"}  # fmt: skip


def test_optional_statements_are_listed_too(project: Workspace, tmp_path: Path) -> None:
    """`topics` shows what could be said as well as what must be."""
    file = tmp_path / "a.md"
    file.write_text("## What? { #what-it-is }\n\nA needle.\n", encoding="utf-8")
    statements = project.json("topics", str(file)).values["pages"][0]["topics"]["what-it-is"]["statements"]
    assert "other-names" in statements


def test_a_page_with_a_kind_is_asked_for_its_sections(project: Workspace) -> None:
    """A draft that says what it is gets the findings of that kind."""
    project.edit("docs/en/dry-needling.md", "{ #acupuncture }", "{ #needles }")
    run = project.json("topics", "docs/en/dry-needling.md")
    assert run.code == 1
    assert {(f["code"], f["topic"]) for f in run.errors()} == {("T101", "acupuncture")}


def test_a_whole_text_is_judged_as_a_page_of_a_kind(project: Workspace, tmp_path: Path) -> None:
    """A text without anchors, such as an article from elsewhere, stands for every topic of the kind."""
    file = tmp_path / "article.txt"
    file.write_text("Dry needling\n\nA thin needle goes into a muscle.\n", encoding="utf-8")
    run = project.json("topics", "--whole-page", "--kind", "treatment", str(file))
    assert run.code == 1, run.out
    assert list(run.values["pages"][0]["topics"]) == ["what-it-is", "how-it-works", "acupuncture"]
    needle = run.values["pages"][0]["topics"]["what-it-is"]["statements"]["needle"]
    assert {part["said"] for part in needle["parts"]} == {True, False}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--whole-page"], "Add --kind"),
        (["--whole-page", "--kind", "treatmint"], 'Did you mean "treatment"'),
    ],
)
def test_a_wrong_call_says_what_to_type(arguments: list[str], words: str, project: Workspace, draft: Path) -> None:
    """A missing or misspelt kind is told with the known ones."""
    run = project.json("topics", *arguments, str(draft))
    assert run.code == 2
    assert words in run.out.replace('\\"', '"')


def test_nothing_to_judge_is_not_a_clean_run(project: Workspace, tmp_path: Path) -> None:
    """A draft without the id of a topic is exit 2, with what to write."""
    file = tmp_path / "a.md"
    file.write_text("## Sore? { #sorenes }\n\nYes.\n", encoding="utf-8")
    run = project.json("topics", str(file))
    assert run.code == 2
    assert "nothing could be judged" in run.out


def test_a_file_that_is_not_there_is_told(project: Workspace, draft: Path) -> None:
    """One missing file stops the run: not everything was checked."""
    run = project.json("topics", str(draft), "absent.md")
    assert run.code == 2
    assert run.values["findings"][0]["path"].endswith("absent.md")


def test_the_launcher_does_the_same(draft: Path) -> None:
    """`python scripts/check_topics.py FILE` is the topics check alone."""
    command = [sys.executable, "scripts/check_topics.py", str(draft)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1, done.stderr
    assert "draft.md:3  soreness: Will I be sore afterwards?" in done.stdout
    assert "NOT SAID            call-us" in done.stdout
    assert "9 of 9 statements judged" in done.stdout
