"""The test with readers: a sheet made from the data, and a record that the pages speak of."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import Workspace

DAY = "2026-11-25"


def test_the_sheet_has_six_tasks_with_answers_from_the_data(project: Workspace) -> None:
    """Six tasks, some questions, a column a reader; a changed fact and a country change the answers."""
    project.edit("clinic.yml", "country:  ", "country: AU  ")
    project.edit(
        "standard/facts.yml", "value: 3\n    unit: days\n    also: {value: 72, unit: hours}", "value: 4\n    unit: days"
    )
    project.run("build", "--today", DAY)
    sheet = LexborHTMLParser((project / "report/reader-test.html").read_text(encoding="utf-8"))
    rows = [[cell.text() for cell in row.css("td")] for row in sheet.css("table")[0].css("tr")][1:]
    assert len(rows) == 6
    assert all(len(row) == 7 for row in rows)
    assert "Call 000 now" in rows[0][0]
    assert "up to 4 days" in rows[1][0]
    assert "{{" not in (sheet.html or "")
    for link in sheet.css("td a"):
        assert (project / "report" / (link.attributes["href"] or "")).resolve().parent == project.path / "site"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("page: soreness", "page: sorness", 'there is no page "sorness". Did you mean "soreness"?'),
        ("fact: soreness-lasts, short", "fact: sorness", "an insert in this task stands for nothing"),
        ('    answer: "Yes, at any time, without saying why."\n', "", '"answer" is missing'),
    ],
)
def test_a_mistake_in_the_sheet_is_told_with_its_line(old: str, new: str, said: str, project: Workspace) -> None:
    """An unknown page or fact and a task without an answer stop the build, and name the file."""
    project.edit("staff/reader-test.yml", old, new)
    done = project.run("check", "--today", DAY)
    assert done.code == 2
    assert said in done.out
    assert "staff/reader-test.yml:" in done.out


def test_the_pages_say_that_they_were_tested_only_when_it_is_recorded(project: Workspace) -> None:
    """ "Not yet" until a test is on record; then how many people, and when. Other pages' words stay as they were."""
    assert project.run("build", "--today", DAY).code == 0
    about = project / "site/about/index.html"
    assert "No patient has tested these pages." in about.read_text(encoding="utf-8")
    done = project.run("tested", "--people", "6", "--on", "2026-05-03", "--evidence", "six sheets", "--today", DAY)
    assert done.code == 0
    assert project.run("build", "--today", DAY).code == 0
    text = about.read_text(encoding="utf-8")
    assert "6 people who are not clinicians tested these pages on 3 May 2026." in text
    assert "No patient has tested these pages." not in text


def test_a_test_that_nobody_made_is_not_recorded(project: Workspace) -> None:
    """Nobody, a day to come, no evidence: all three are told at once, and nothing is written."""
    before = (project / "records/tested.yml").read_bytes()
    done = project.run("tested", "--people", "0", "--on", "2030-01-01", "--evidence", " ", "--today", DAY)
    assert done.code == 2
    assert all(part in done.out for part in ("nobody has tested", "has not taken place", "--evidence is empty"))
    assert (project / "records/tested.yml").read_bytes() == before
