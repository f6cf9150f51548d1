"""Who checked a page: recorded by a command, shown on the page, and taken back when its words change."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.conftest import Run, Workspace

DAY = "2026-11-25"
WHO = ("--name", "Test Signatory", "--role", "physiotherapist", "--evidence", "signed paper of 3 May")
UNSIGNED = "Not yet checked by a clinician of this clinic."


def _sign(project: Workspace, *arguments: str, day: str = DAY) -> Run:
    return project.run("sign", *arguments, "--today", day)


def _page(project: Workspace, name: str, day: str = DAY) -> str:
    """Build, and return a page's HTML."""
    done = project.run("build", "--today", day)
    assert done.code == 0, done.out
    return (project / f"site/{name}/index.html").read_text(encoding="utf-8")


def test_a_sign_off_stands_on_its_page_and_on_no_other(project: Workspace) -> None:
    """Name, role, day and the next check are shown on the page that was signed; others stay unchecked."""
    assert _sign(project, "soreness", *WHO, "--next", "2028-05-03").code == 0
    signed = _page(project, "soreness")
    assert "Checked by Test Signatory, physiotherapist, on 25 November 2026." in signed
    assert "Next check due 3 May 2028." in signed
    assert UNSIGNED not in signed
    assert '<meta itemprop="lastReviewed" content="2026-11-25">' in signed
    risks = (project / "site/risks/index.html").read_text(encoding="utf-8")
    assert UNSIGNED in risks
    assert "lastReviewed" not in risks
    assert "Test Signatory" not in risks


def test_the_page_about_these_pages_takes_its_answer_from_the_records(project: Workspace) -> None:
    """ "Can I trust this page?" says that nobody has checked it until a sign-off is on record, then who and when."""
    assert "No clinician of this clinic has checked these pages" in _page(project, "about")
    assert _sign(project, "about", *WHO).code == 0
    text = _page(project, "about")
    assert "Test Signatory, physiotherapist, has checked this page." in text
    assert "It was last checked on 25 November 2026. The next check is due on 25 November 2027." in text
    assert "No clinician of this clinic has checked these pages" not in text


def test_a_name_can_be_kept_off_the_page(project: Workspace) -> None:
    """With --hide-name the page shows the role only; markup in a name or role is shown as text."""
    who = ("--name", "Test Signatory", "--role", "senior <b>physio</b>", "--evidence", "paper")
    assert _sign(project, "soreness", *who, "--hide-name").code == 0
    text = _page(project, "soreness")
    assert "(senior &lt;b&gt;physio&lt;/b&gt;)" in text
    assert "Test Signatory" not in text
    assert "name: Test Signatory" in (project / "records/signed.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("docs/en/soreness.md", "Nothing is well proven to ease soreness.", "Nothing is proven to ease soreness."),
        ("standard/facts.yml", "value: [55, 91]", "value: [55, 92]"),
    ],
    ids=["a sentence", "a fact"],
)
def test_other_words_reopen_a_page(file: str, old: str, new: str, project: Workspace) -> None:
    """A changed sentence or fact: the page says that it has changed, and the review names it and fails."""
    assert _sign(project, "soreness", *WHO).code == 0
    project.edit(file, old, new)
    text = _page(project, "soreness")
    assert "This page has changed since it was checked." in text
    assert "Test Signatory" not in text
    review = project.run("review", "--today", DAY)
    assert review.code == 1
    assert "1 due: soreness" in review.out


def test_the_same_words_stay_signed(project: Workspace) -> None:
    """A new phone number, a new style, a line break and a new word of the templates reopen nothing."""
    assert _sign(project, "soreness", *WHO).code == 0
    for file, old, new in (
        ("clinic.yml", '"[Your phone number]"', '"01632 960 123"'),
        ("overrides/partials/style.css", "margin", "padding: 1px; margin"),
        (
            "docs/en/soreness.md",
            "Most people are sore after dry needling. In",
            "Most people are sore\nafter dry needling. In",
        ),
        ("docs/en/_words.yml", "menu: All pages", "menu: Every page"),
    ):
        project.edit(file, old, new)
    text = _page(project, "soreness")
    assert "01632 960 123" in text
    assert "Every page" in text
    assert "Checked by Test Signatory" in text


def test_words_that_come_back_are_signed_again(project: Workspace) -> None:
    """An edit that is undone restores the sign-off: the words are what was signed."""
    assert _sign(project, "soreness", *WHO).code == 0
    project.edit("docs/en/soreness.md", "Nothing is well proven", "Nothing is proven")
    assert "Test Signatory" not in _page(project, "soreness")
    project.edit("docs/en/soreness.md", "Nothing is proven", "Nothing is well proven")
    assert "Checked by Test Signatory" in _page(project, "soreness")


def test_what_is_wrong_with_a_request_is_told_at_once_and_nothing_is_recorded(project: Workspace) -> None:
    """Empty details, a day in the past, an unknown page, a page with an error, no page: each is refused, in words."""
    before = (project / "records/signed.yml").read_bytes()
    empty = _sign(project, "soreness", "--name", " ", "--role", "", "--evidence", "x", "--next", "2020-01-01")
    assert empty.code == 2
    assert all(part in empty.out for part in ("--name is empty", "--role is empty", "not after today"))
    unknown = _sign(project, "sorenes", *WHO)
    assert unknown.code == 2
    assert '"sorenes" is no page. Did you mean "soreness"?' in unknown.out
    assert _sign(project, *WHO).code == 2
    assert _sign(project, "soreness", "--all", *WHO).code == 2
    project.edit("docs/en/soreness.md", "Nothing is well proven", "See 4711. Nothing is well proven")
    assert "has errors" in _sign(project, "soreness", *WHO).out
    assert (project / "records/signed.yml").read_bytes() == before


def test_a_role_that_is_not_understood_is_refused_and_one_on_record_can_be_put_right(project: Workspace) -> None:
    """The page that shows who signed would fail: told with --role and roles that pass; a mended sign-off is a new one."""
    before = (project / "records/signed.yml").read_bytes()
    who = ("about", "--name", "Test Signatory", "--evidence", "signed paper of 3 May")
    refused = _sign(project, *who, "--role", "manager")
    assert refused.code == 2
    assert '--role "manager": docs/en/about.md shows who signed' in refused.out
    assert (
        "physiotherapist, physical therapist, doctor, gp, general practitioner, nurse, nurse practitioner"
        in refused.out
    )
    assert (project / "records/signed.yml").read_bytes() == before
    assert _sign(project, *who, "--role", "physiotherapist").code == 0
    project.edit("records/signed.yml", "role: physiotherapist", "role: manager")  # recorded before this was looked at
    mended = _sign(project, *who, "--role", "nurse practitioner")
    assert "1 recorded" in mended.out, mended.out
    check = project.run("check", "--today", DAY)
    assert check.code == 0, check.out
    assert (project / "records/signed.yml").read_text(encoding="utf-8").count("- page: about") == 2


def test_all_pages_in_one_go_and_none_twice(project: Workspace) -> None:
    """--all records every page; the same request again adds nothing."""
    first = _sign(project, "--all", *WHO)
    assert first.code == 0
    pages = len(list((project / "docs/en").glob("[!_]*.md")))
    assert f"{pages} recorded" in first.out
    record = (project / "records/signed.yml").read_bytes()
    assert "0 recorded" in _sign(project, "--all", *WHO).out
    assert (project / "records/signed.yml").read_bytes() == record
    assert project.run("check", "--today", DAY).code == 0


def test_the_review_lists_what_is_due_as_table_csv_and_calendar(project: Workspace) -> None:
    """Before the day exit code 0, after it 1; CSV and calendar hold each page and source with its day."""
    assert _sign(project, "soreness", *WHO, "--next", "2027-02-01").code == 0
    assert project.run("review", "--today", "2027-02-01").code == 0
    late = project.run("review", "--today", "2027-02-02")
    assert late.code == 1
    assert "1 due: soreness" in late.out
    rows = list(csv.DictReader(io.StringIO(project.run("review", "--csv", "--today", DAY).out)))
    mine = next(row for row in rows if row["what"] == "soreness")
    assert (mine["state"], mine["due"], mine["for whom"]) == (
        "checked",
        "2027-02-01",
        "Test Signatory, physiotherapist",
    )
    assert sum(row["what"].startswith("source ") for row in rows) > 30
    calendar = Calendar.from_ical(project.run("review", "--ics", "--today", DAY).out)
    days = {str(event["SUMMARY"]): event.decoded("DTSTART") for event in calendar.walk("VEVENT")}
    assert days["Check again: soreness"] == date(2027, 2, 1)
    assert "Check again: risks" not in days, "a page that was never checked has no day"


def test_a_source_that_is_unused_or_too_old_is_found(project: Workspace) -> None:
    """A listed source that nothing rests on, and one past its day, are findings at their entry."""
    project.edit("docs/en/risks.md", "ghent-cases, ", "")
    text = (project / "standard/sources.yml").read_text(encoding="utf-8")
    line = text[: text.index("  ghent-cases:")].count("\n") + 2  # the first line of its entry
    found = project.json("check").found()
    assert ("F105", "standard/sources.yml", line) in found
    assert not any(code == "F106" for code, _, _ in found)
    old = project.run("check", "--json", "--today", "2029-01-01").found()
    assert sum(code == "F106" for code, _, _ in old) > 30


def test_a_record_that_cannot_be_read_stops_everything(project: Workspace) -> None:
    """An entry without a day or with an unknown key is told with its line; the site is not built without it."""
    path: Path = project / "records/signed.yml"
    path.write_text("version: 1\nsigned:\n- page: soreness\n  language: en\n  nmae: X\n", encoding="utf-8")
    done = project.run("build", "--today", DAY)
    assert done.code == 2
    assert "records/signed.yml:5" in done.out
    assert not (project / "site").exists()
