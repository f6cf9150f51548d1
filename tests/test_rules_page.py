"""Every code is explained, on the command line and in RULES.md, and that page is as the checks are."""

from __future__ import annotations

import re
import shutil

import pytest

from patientpages.checklist import rules, rules_page
from patientpages.checks import CHECKS
from patientpages.checks.elsewhere import ELSEWHERE
from tests.conftest import ROOT, Workspace, copy_project

_CODE = re.compile(r'"([A-Z]\d{3})"')


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """One copy for all that only ask."""
    workspace = copy_project(tmp_path_factory.mktemp("rules") / "clone")
    for made in ("schemas", ".vscode"):
        shutil.copytree(ROOT / made, workspace / made)
    return workspace


def test_the_page_of_rules_is_as_the_checks_are() -> None:
    """RULES.md is what `patientpages renew` writes."""
    page = (ROOT / "RULES.md").read_text(encoding="utf-8")
    assert page == rules_page(), "run `patientpages renew`"


def test_what_is_out_of_date_fails_with_the_command_that_renews_it(project: Workspace) -> None:
    """A page of rules that is missing or was edited is named, with the command; the command mends it."""
    missing = project.run("renew", "--check")
    assert missing.code == 1
    assert missing.out == "RULES.md is not as this program makes it: run `patientpages renew`\n"
    assert not (project / "RULES.md").exists()
    assert project.run("renew").out == "RULES.md is written\n"
    assert (project / "RULES.md").read_bytes() == (ROOT / "RULES.md").read_bytes()
    assert project.run("renew", "--check").code == 0
    project.edit("RULES.md", "### T201", "### T999")
    assert project.run("renew", "--check").code == 1
    assert project.run("renew").code == 0
    assert project.run("renew").out == "everything is up to date\n"


def test_every_code_that_the_program_gives_is_explained() -> None:
    """No finding has a code that nobody can look up, and no rule explains a code that is never given."""
    given: set[str] = set()
    for path in (ROOT / "scripts" / "patientpages").rglob("*.py"):
        if path.name not in ("elsewhere.py", "live_codes.py"):
            given |= set(_CODE.findall(path.read_text(encoding="utf-8")))
    assert given == set(rules())
    assert not {told.code for told in ELSEWHERE} & {check.code for check in CHECKS}


@pytest.mark.parametrize("code", sorted(rules()))
def test_every_rule_says_why_and_shows_bad_and_good(code: str) -> None:
    """Whoever meets a code finds one sentence, the reason, and both examples, each once."""
    section = rules_page().split(f"### {code}: ")[1].split("\n### ")[0].split("\n## ")[0]
    assert [section.count(f"\n**{name}:** ") for name in ("Why", "Bad", "Good")] == [1, 1, 1]
    assert section.split("\n")[0].endswith(".")


def test_a_rule_is_explained_by_its_code(project: Workspace) -> None:
    """A code, in capitals or not, gives its sentence, why, Bad and Good; without a name all are listed."""
    told = project.run("explain", "t201", "D001")
    assert told.code == 0
    assert told.out.startswith("T201  A section says every statement that it must.\n\nWhy: ")
    assert "\n\nD001  A file can be read" in told.out
    everything = project.run("explain").out.splitlines()
    assert [line.split("  ")[0] for line in everything] == sorted(rules())


def test_a_topic_and_a_statement_are_explained_by_their_names(project: Workspace) -> None:
    """A topic shows its home and all that it must tell; a statement that alone, with words that say it."""
    topic = project.run("explain", "soreness")
    assert topic.code == 0
    assert "Its home is docs/en/soreness.md. Also asked of: aftercare." in topic.out
    assert "  soreness.three-days\n      tells: " in topic.out
    one = project.run("explain", "soreness.three-days")
    assert one.code == 0
    assert 'for example: "' in one.out
    assert "soreness.not-soreness" not in one.out


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("T2011", "T201"),
        ("t2o1", ""),
        ("X999", ""),
        ("sorenes", "soreness"),
        ("soreness.three-day", "soreness.three-days"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(project: Workspace, name: str, near: str) -> None:
    """A misspelt name ends with 2, says the likeliest one, and what was asked beside it is still told."""
    done = project.run("explain", "A101", name)
    assert done.code == 2
    assert done.out.startswith("A101  ")
    assert f'"{name}"' in done.err
    assert (f'Did you mean "{near}"?' in done.err) == bool(near)


def test_the_page_of_rules_is_plain_markdown() -> None:
    """No part of an example runs into another: each begins a paragraph, and fences of code are whole."""
    for paragraph in rules_page().split("\n\n"):
        assert paragraph.count("`") % 2 == 0, paragraph
