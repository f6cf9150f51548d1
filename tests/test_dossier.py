"""The sheet to sign: every page with its grade, every number with its source, what changed, what is second-hand."""

from __future__ import annotations

import yaml
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.conftest import Workspace

DAY = "2026-11-25"


def _sheet(project: Workspace) -> LexborHTMLParser:
    return LexborHTMLParser((project / "report/pages.html").read_text(encoding="utf-8"))


def _rows(node: LexborNode | None) -> list[list[str]]:
    assert node is not None
    return [[cell.text(strip=True) for cell in row.css("th, td")] for row in node.css("tr")]


def _after(sheet: LexborHTMLParser, heading: str) -> list[list[str]]:
    """Return the rows of the table that follows a heading."""
    node = sheet.css_first(heading)
    while node is not None and node.tag != "table":
        node = node.next
    return _rows(node)


def _items(sheet: LexborHTMLParser, page: str) -> dict[str, list[str]]:
    """Return what a machine sees of a page, by item."""
    node = sheet.css_first(f"#en-{page}")
    while node is not None and node.tag != "details":
        node = node.next
    return {row[0]: row[1:] for row in _rows(node and node.css_first("table"))[1:]}


def test_every_page_stands_on_the_sheet_with_its_grade(built: Workspace) -> None:
    """Each page has a row: not checked, its grade beside the highest allowed, and what a machine can see."""
    rows = {row[0]: row for row in _rows(_sheet(built).css_first("table"))[1:]}
    assert set(rows) == {path.stem for path in (built / "docs/en").glob("[!_]*.md")}
    assert rows["get-help-now"][1] == "never checked"
    grade, _, most = rows["get-help-now"][3].partition(" ")
    assert float(grade) <= float(most.strip("()")) == 4
    assert "PEMAT" in rows["soreness"][7]


def test_every_number_has_its_source_and_its_pages(built: Workspace) -> None:
    """Each fact is a row with how sure it is and the keys of its sources; soreness stands on three pages."""
    rows = {row[0]: row for row in _after(_sheet(built), "#numbers")[1:]}
    facts = yaml.safe_load((built / "standard/facts.yml").read_text(encoding="utf-8"))["facts"]
    assert set(rows) == set(facts)
    assert rows["soreness-lasts"][4] == "martin-pintado-2018"
    assert {"soreness", "aftercare"} <= set(rows["soreness-lasts"][5].split(", "))
    assert "3 days" in rows["soreness-lasts"][2]


def test_what_two_pages_say_stands_side_by_side(built: Workspace) -> None:
    """The statements that several pages make are listed with the sentence of each page."""
    rows = {row[0]: row[2] for row in _after(_sheet(built), "#twice")[1:]}
    assert "risks:" in rows["get-help-now.symptoms"]
    assert "get-help-now:" in rows["get-help-now.symptoms"]


def test_second_hand_sources_are_listed(built: Workspace) -> None:
    """The clinician sees which sources nobody here has read, and not those that were."""
    text = _sheet(built).html or ""
    listed = text.partition('id="second-hand"')[2]
    assert "ghent-cases" in listed
    assert "chys-2023" not in listed


def test_a_machine_sees_what_a_page_lacks(project: Workspace) -> None:
    """A list of eight and a table of five columns lose their items, which the same page without them has."""
    assert project.run("build", "--today", DAY).code == 0
    before = _items(_sheet(project), "soreness")
    assert before["CDC 8"][1] == "yes"
    items = "".join(f"- ask us ({word})\n" for word in ("a", "b", "c", "d", "e", "f", "g", "h"))
    table = "\n| A | B | C | D | E |\n| --- | --- | --- | --- | --- |\n| a | b | c | d | e |\n"
    path = project / "docs/en/soreness.md"
    path.write_text(path.read_text(encoding="utf-8") + f"\nYou can:\n\n{items}{table}", encoding="utf-8")
    project.run("build", "--today", DAY)
    after = _items(_sheet(project), "soreness")
    assert after["CDC 8"][1] == "no"
    assert after["PEMAT 19"][1] == "no"
    assert before["PEMAT 11"] == after["PEMAT 11"]


def test_what_changed_since_a_sign_off_is_shown(project: Workspace) -> None:
    """The sentence that went and the one that came stand on the sheet; a failed build says that it failed."""
    who = ("--name", "Test Signatory", "--role", "physiotherapist", "--evidence", "paper", "--today", DAY)
    assert project.run("sign", "soreness", *who).code == 0
    project.edit(
        "docs/en/soreness.md", "Nothing is well proven to ease soreness.", "Nothing is proven to ease soreness."
    )
    assert project.run("build", "--today", DAY).code == 0
    sheet = _sheet(project)
    assert any("Nothing is well proven" in node.text() for node in sheet.css("del"))
    assert any("Nothing is proven" in node.text() for node in sheet.css("ins"))
    assert not sheet.css(".failed")
    project.edit("docs/en/risks.md", "Yes. Serious harm", "Yes. It cures you. Serious harm")
    assert project.run("build", "--today", DAY).code == 1
    assert _sheet(project).css(".failed")
