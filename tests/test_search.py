"""Search: what patients type leads to the section that answers it, in a real browser; and without a script there is a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
import yaml
from playwright.sync_api import Browser, Page

from tests.conftest import ROOT, Workspace, copy_project
from tests.served import nginx
from tests.typed import answers, results, results_of

_SETS = sorted((ROOT / "tests/search").glob("*.yml"))


@pytest.fixture(scope="module")
def page(built: Workspace, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The search page of the preview, open in a browser."""
    with nginx(built / "site", tmp_path_factory.mktemp("nginx")) as address:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(address + "search/")
        yield page


@pytest.mark.parametrize("kept", [False, True], ids=["learnt from", "kept apart"])
def test_what_patients_type_leads_to_the_answer(kept: bool, page: Page) -> None:
    """Lay words, misspellings and questions: a section that answers is among the first three for at least 95 of 100.

    Those that the search has learnt from, and those that were kept apart while it was written.
    """
    files = [path for path in _SETS if path.stem.endswith("held") == kept]
    phrases = [each for path in files for each in yaml.safe_load(path.read_text(encoding="utf-8"))["phrases"]]
    assert len(phrases) > 120
    found = results_of(page, [each["phrase"] for each in phrases])
    right = sum(answers(got[:3], each["right"]) for got, each in zip(found, phrases, strict=True))
    assert right / len(phrases) >= 0.95


def test_nonsense_finds_nothing_and_says_so(page: Page) -> None:
    """Letters that are no word lead nowhere, in words that are announced; and what comes next is found again."""
    assert results(page, "xqzvwk") == []
    page.get_by_text("Try another word").wait_for()
    assert results(page, "driving")[0] == "questions/#driving"
    page.get_by_text(re.compile("^Found: [1-8]$")).wait_for()


def test_a_result_opens_its_section_by_keyboard(page: Page) -> None:
    """Type, press Enter, and once more: the section stands there; the way back has the word and what it found."""
    page.get_by_role("searchbox").fill("warfrin")
    page.keyboard.press("Enter")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/is-it-for-me/#blood-thinners")
    page.go_back()
    assert page.get_by_role("searchbox").input_value() == "warfrin"
    assert page.locator("#results a").first.get_attribute("href") == "../is-it-for-me/#blood-thinners"


@pytest.mark.parametrize("phrase", [
    "chest pain", "cant breathe", "can't breathe", "short of breath", "breathing hurts", "heart attack", "stroke", "ambulance",
    "cant pee", "can't walk", "numb between legs", "blue lips", "suicide", "unconscious", "emrgency", "throat swelling",
])  # fmt: skip
def test_a_sign_that_needs_help_now_leads_to_help_first(phrase: str, page: Page) -> None:
    """Whatever sounds like an emergency has the page with the signs and the number as the first answer."""
    assert results(page, phrase)[0] == "get-help-now/#get-help-now"


def test_a_very_long_text_is_cut(page: Page) -> None:
    """Nobody types more than a hundred letters; a paste of thousands must not hold up an old phone."""
    assert page.get_by_role("searchbox").get_attribute("maxlength") == "100"


def test_code_and_data_are_small(built: Workspace) -> None:
    """At most 12 KB in brotli for these pages, and it is fetched by the search page only."""
    script = (built / "site/search/search.js").read_bytes()
    assert len(brotli.compress(script)) <= 12 * 1024
    users = [file for file in (built / "site").rglob("*.html") if b"<script" in file.read_bytes()]
    assert {file.parent.name for file in users} == {"search", "staff"}  # which has one of its own


def test_without_a_script_there_is_a_list(built: Workspace, browser: Browser, tmp_path: Path) -> None:
    """The box stays hidden, and the list from A to Z leads to sections that are there."""
    with nginx(built / "site", tmp_path / "nginx") as address:
        page = browser.new_page(java_script_enabled=False)
        page.goto(address + "search/")
        assert page.locator(".find-box").is_hidden()
        links = page.locator(".a-to-z a")
        assert links.count() > 60
        page.get_by_role("link", name="Alcohol").click()
        assert page.url == address + "questions/#alcohol"


@pytest.mark.parametrize(
    ("old", "new", "code", "path", "says"),
    [
        (
            "get-help-now#get-help-now], also: [bleed",
            "get-help-now#typo], also: [bleed",
            "L107",
            "standard/en/words.yml",
            "#typo",
        ),
        (
            "get-help-now#get-help-now], also: [bleed",
            "get-hlp-now#x], also: [bleed",
            "L107",
            "standard/en/words.yml",
            "get-hlp-now",
        ),
        (
            "  Alcohol: {",
            "  alcohol: {at: [questions#alcohol]}\n  Alcohol: {",
            "D002",
            "standard/en/words.yml",
            "stands here twice",
        ),
        ("at: [questions#alcohol]", "at: []", "D002", "standard/en/words.yml", "leads to no section"),
        ("at: [questions#alcohol]", "at: [questions]", "D002", "standard/en/words.yml", "leads to no section"),
    ],
)
def test_a_line_of_the_list_that_leads_nowhere_is_found(
    old: str, new: str, code: str, path: str, says: str, project: Workspace
) -> None:
    """A section or a page that is not there (the second of a line too), none named, a term twice: told with the file."""
    project.edit("standard/en/words.yml", old, new)
    errors = project.json("check").errors()
    assert {(e["code"], e["path"]) for e in errors} == {(code, path)}
    assert says in errors[0]["message"]


def test_a_script_on_any_other_page_is_found(project: Workspace) -> None:
    """Only the page of the kind search has a script, and only its own."""
    project.edit(
        "overrides/base.html", "{% block extrahead %}", '<script src="search.js"></script>{% block extrahead %}'
    )
    found = {(e["code"], e["path"]) for e in project.json("check").errors()}
    assert ("O103", "soreness/index.html") in found
    assert ("O103", "search/index.html") not in found


def test_a_section_that_changes_is_found_by_its_new_words(browser: Browser, tmp_path: Path) -> None:
    """The data are made from the built sections: a new word of a page is looked up without anybody listing it."""
    project = copy_project(tmp_path / "clone")
    project.edit("docs/en/treatment-plan.md", "- stretching", "- stretching, juggling")
    assert project.run("build").code == 0
    with nginx(project / "site", tmp_path / "nginx") as address:
        page = browser.new_page()
        page.goto(address + "search/")
        assert results(page, "juggling")[0] == "treatment-plan/#treatment-plan"
