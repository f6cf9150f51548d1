"""A new page has all that its kind asks for, and nothing is wrong with it but its blanks."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from patientpages.folders import default_project
from patientpages.model import unfit
from patientpages.newpage import new_page, with_page
from patientpages.project import load_inputs
from tests.conftest import ROOT, Run, Workspace, copy_project, fingerprint

KINDS = tuple(k for k in yaml.safe_load((ROOT / "standard/topics.yml").read_text("utf-8"))["kinds"] if k != "not-found")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, dict[str, str]]:
    """A project with a fresh page of every kind, and what the command told of each."""
    project = copy_project(tmp_path_factory.mktemp("scaffold") / "clone")
    inputs = load_inputs(default_project(project.path))  # once: the command reads all of it each time
    return project, {kind: new_page(kind, f"fresh-{kind}", None, inputs) for kind in KINDS}


@pytest.fixture(scope="module")
def checked(filled: tuple[Workspace, dict[str, str]]) -> Run:
    """What the check says of all of them."""
    return filled[0].json("check")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A project for commands that refuse; it must be as it was at the end."""
    workspace = copy_project(tmp_path_factory.mktemp("refused") / "clone")
    before = fingerprint(workspace.path)
    yield workspace
    assert fingerprint(workspace.path) == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_fresh_page_fails_only_for_its_blanks(
    kind: str, filled: tuple[Workspace, dict[str, str]], checked: Run
) -> None:
    """`check` finds blanks on it, and nothing about sections, ids, links, entries, numbers or words; it is in nav."""
    workspace, told = filled
    assert f"docs/en/fresh-{kind}.md is made" in told[kind]
    found = [f["code"] for f in checked.values["findings"] if f["path"] == f"docs/en/fresh-{kind}.md"]
    assert set(found) == {"T107"}
    assert len(found) >= 3, "title, description and In short are blanks on every page"
    nav = (workspace / "mkdocs.yml").read_text("utf-8")
    assert nav.count(f"- fresh-{kind}.md\n") == 1


def test_nothing_else_is_found_for_the_new_pages(checked: Run) -> None:
    """The site with all of them has no other finding: none is left out of the navigation, none takes an address."""
    assert {f["code"] for f in checked.values["findings"]} == {"T107"}


def test_a_page_asks_for_each_thing_that_it_must_say(filled: tuple[Workspace, dict[str, str]]) -> None:
    """What stands on another page is shown from there; what is this page's own has a blank for each statement."""
    workspace, _ = filled
    topics = load_inputs(default_project(workspace.path)).standard.topics
    shown = (workspace / "docs/en/fresh-reaction.md").read_text("utf-8")
    assert "## Will I be sore afterwards? { #soreness }\n\n{{ section: soreness }}\n" in shown
    assert "[Say: soreness is a common side effect]" in shown, "the short form: the first two statements"
    before = (workspace / "docs/en/soreness.md").read_text("utf-8")
    (workspace / "docs/en/soreness.md").unlink()
    other = workspace.run("new", "home", "soreness")
    assert 'the address "soreness" is for a page of kind "reaction"' in other.out
    done = workspace.run("new", "reaction")
    own = (workspace / "docs/en/soreness.md").read_text("utf-8")
    (workspace / "docs/en/soreness.md").write_text(before, "utf-8")
    assert "docs/en/soreness.md is made" in done.out
    for statement in topics["soreness"].required():
        assert f": {statement.tells}]\n" in own.replace("{{", "").replace("}}", "")
    assert "{{ fact: soreness-lasts }}, " in own


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("reaction", "soreness"), "docs/en/soreness.md:1: this page is there already; nothing was changed"),
        (("reaction", "Soreness"), '"Soreness" cannot be the name of a page'),
        (("reaction", "../soreness"), "cannot be the name of a page"),
        (("reaction",), 'every page of kind "reaction" is written: soreness'),
        (("reaction", "404"), '"404" is the address of something that is made'),
        (("reaction", "go"), '"go" is the address of something that is made'),
        (("reaction", "staff.md"), '"staff" is the address of something that is made'),
        (("reaction", "assets/sore"), '"assets" is the address of something that is made'),
        (("reaction", "staff/index"), '"staff" is the address of something that is made'),
        (("reaction", "soreness/index"), "this page is there already; nothing was changed"),
        (("reaction", "x" * 300), '"xxxxxxxxxxxxxxxxxxxx..." has 300 signs, and nobody types that'),
        (("reaction", "/".join("x" * 90)), "has 179 signs"),
        (("reaction", "aftercare"), "this page is there already; nothing was changed"),
        (("not-found",), "is made by a template"),
        (("reacton", "sore"), '"reacton" is not a kind of page. Did you mean "reaction"?'),
        (("reaction", "sore", "--language", "fr"), '"fr" is not a language of clinic.yml'),
    ],
)
def test_what_cannot_be_made_is_refused(arguments: tuple[str, ...], message: str, project: Workspace) -> None:
    """Nothing is overwritten or half made; the message says what would be right."""
    done = project.run("new", *arguments)
    assert done.code == 2
    assert message in done.out.replace("  D002  ", ": ")


@pytest.mark.parametrize(("name", "fits"), [("x" * 100, True), ("x" * 101, False), ("after/index", True), ("go/index", False),
                                            ("gone", True), ("after/go", True), ("Müde_2.1", True), ("a--b", True),
                                            ("a//b", False), ("", False), ("-a", False), ("a b", False)])  # fmt: skip
def test_new_pages_and_the_check_hold_names_to_one_rule(name: str, fits: bool) -> None:
    """What L210 finds is what `new` refuses: made addresses as the first part, odd signs, more than 100 of them."""
    assert (unfit(name) is None) == fits


def test_a_page_that_cannot_be_written_is_told(project: Workspace) -> None:
    """A file where its folder would be, or a mkdocs.yml that cannot be replaced: neither page nor draft is left behind."""
    (project / "docs/en/after").write_text("", encoding="utf-8")
    done = project.run("new", "reaction", "after/days")
    (project / "docs/en/after").unlink()
    assert done.code == 2
    assert "docs/en/after/days.md" in done.out
    assert "cannot be written" in done.out
    taken = project / f".mkdocs.yml.{os.getpid()}.new"
    taken.mkdir()
    done = project.run("new", "reaction", "sore-spots")
    taken.rmdir()
    assert done.code == 2
    assert "mkdocs.yml" in done.out
    assert not (project / "docs/en/sore-spots.md").exists()


def test_the_kinds_are_told_with_what_they_are_for(project: Workspace) -> None:
    """Without a kind, and with one that is none, each kind stands with the questions that it answers."""
    alone = project.run("new")
    assert alone.code == 0
    assert [line.split()[0] for line in alone.out.splitlines()] == list(KINDS)
    assert "Will I be sore afterwards?" in alone.out
    wrong = project.run("new", "pain")
    assert all(f" {kind} " in wrong.out for kind in KINDS)


NAV = "site_name: x\nnav:\n  - index.md  # home\n  - after:\n      - a.md\n      - b.md\nplugins: []\n"


@pytest.mark.parametrize(
    ("text", "beside", "expected"),
    [
        (NAV, ("a",), NAV.replace("- a.md\n", "- a.md\n      - new.md\n")),
        (NAV, (), NAV.replace("- b.md\n", "- b.md\n      - new.md\n")),
        (NAV, ("index",), NAV.replace("# home\n", "# home\n  - new.md\n")),
        (NAV.replace("b.md", "new.md"), (), NAV.replace("b.md", "new.md")),
        ("nav: [index.md, a.md]\n", (), None),
        ("site_name: x\n", (), None),
        ("nav:\n  - Home: index.md\n", (), None),
    ],
)
def test_a_line_is_added_to_nav_or_is_told(text: str, beside: tuple[str, ...], expected: str | None) -> None:
    """Behind the pages of its kind, comments kept; a nav that has no plain list is left for a person to change."""
    assert with_page(text, "new", beside) == expected


def test_a_nav_that_cannot_be_added_to_is_told(tmp_path: Path) -> None:
    """The page is made all the same, and the line to add is printed."""
    workspace = copy_project(tmp_path / "clone")
    text = (workspace / "mkdocs.yml").read_text("utf-8")
    start, end = text.index("nav:\n"), text.index("# --- The look")
    (workspace / "mkdocs.yml").write_text(text[:start] + "nav: [index.md, soreness.md]\n" + text[end:], "utf-8")
    done = workspace.run("new", "reaction", "sore-spots")
    assert done.code == 0
    assert "Add it to nav in mkdocs.yml: - sore-spots.md" in done.out
    assert (workspace / "docs/en/sore-spots.md").is_file()


def test_the_hooks_for_pre_commit_hold_a_bad_page_back(checked: Run, project: Workspace) -> None:
    """Each hook is ours, runs for the files that it is about, fetches nothing, and fails where its command finds something."""
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    hooks = {hook["id"]: hook for hook in config["repos"][0]["hooks"]}
    for hook in hooks.values():
        assert (hook["language"], hook["pass_filenames"]) == ("system", False)
        assert hook["entry"].startswith(".venv/bin/patientpages ")
    check, renew = hooks["patientpages-check"], hooks["patientpages-renew"]
    for name in ("docs/en/soreness.md", "standard/en/words.yml", "clinic.yml", "staff/emails.yml", "mkdocs.yml"):
        assert re.search(check["files"], name), name
    assert re.search(renew["files"], "scripts/patientpages/checks/blanks.py")
    assert not re.search(check["files"], "README.md")
    assert check["entry"].split()[1:] == ["check"]
    assert checked.code == 1, "so a commit with a page that has blanks is held back"
    assert project.run(*renew["entry"].split()[1:]).code == 1, "a copy without RULES.md is out of date"
