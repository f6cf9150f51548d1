"""Material's vocabulary in our templates: what is honoured does what it says, and what is not is told."""

from __future__ import annotations

import re
import shutil

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.conftest import ROOT, Workspace


def _built(project: Workspace, page: str = "risks") -> LexborHTMLParser:
    run = project.run("build")
    assert run.code == 0, run.out
    return LexborHTMLParser((project / f"site/{page}/index.html").read_text(encoding="utf-8"))


def _one(tree: LexborHTMLParser, selector: str) -> LexborNode:
    (node,) = tree.css(selector)
    return node


def test_a_page_with_three_sections_lists_them_behind_its_answer(built: Workspace) -> None:
    """On this page: every section of the second level by its own words, right behind "In short"; two are too few."""
    tree = LexborHTMLParser((built / "site/risks/index.html").read_text(encoding="utf-8"))
    contents = _one(tree, ".in-short + .contents")
    links = {link.attributes["href"]: link.text() for link in contents.css("a")}
    assert links == {f"#{node.attributes['id']}": node.text() for node in tree.css("article > h2")}
    home = LexborHTMLParser((built / "site/index.html").read_text(encoding="utf-8"))
    assert len(home.css("article > h2")) == 2
    assert not home.css(".contents")


@pytest.mark.parametrize(("part", "selector"), [("navigation", ".menu"), ("footer", "nav.steps")])
def test_a_page_can_hide_what_material_hides(part: str, selector: str, project: Workspace) -> None:
    """`hide:` at the top of a page takes away the list of all pages, or the pages before and after; only there."""
    project.edit("docs/en/risks.md", "kind: risks", f"kind: risks\nhide: [{part}]")
    assert not _built(project).css(selector)
    other = LexborHTMLParser((project / "site/soreness/index.html").read_text(encoding="utf-8"))
    assert other.css(selector)


def test_a_page_can_hide_its_list_of_sections(project: Workspace) -> None:
    """`hide: [toc]` leaves the list unseen (by a rule of the style sheet, which is there)."""
    project.edit("docs/en/risks.md", "kind: risks", "kind: risks\nhide: [toc]")
    tree = _built(project)
    assert _one(tree, "body").attributes["class"] == "no-toc"
    assert re.search(r"\.no-toc \.contents\{display:none", _one(tree, "style").text())


def test_what_cannot_be_hidden_is_told(project: Workspace) -> None:
    """An unknown part is a finding with its line; right values are named."""
    line = project.edit("docs/en/risks.md", "kind: risks", "kind: risks\nhide: [tags]") + 1
    (error,) = project.json("check").errors()
    assert (error["path"], error["line"]) == ("docs/en/risks.md", line)
    assert "navigation, toc, footer" in error["hint"]


@pytest.mark.parametrize("option", ["logo: logo.svg", "icon: {logo: material/hand-heart}"])
def test_the_logo_stands_in_one_place(option: str, project: Workspace) -> None:
    """Material's own options for it are told with where to say it: clinic.yml (test_clinic_yml.py)."""
    line = project.edit("mkdocs.yml", "  favicon:", f"  {option}\n  favicon:")
    (error,) = project.json("check").errors()
    assert (error["code"], error["path"], error["line"]) == ("M101", "mkdocs.yml", line)
    assert "clinic.yml: logo" in error["hint"]


def test_a_missing_style_sheet_is_told(project: Workspace) -> None:
    """No traceback: the file is named."""
    (project / "overrides/partials/style.css").unlink()
    run = project.process("build")
    assert "overrides/partials/style.css" in run.out
    assert run.code == 2


def test_a_language_from_right_to_left_is_laid_out_so(project: Workspace) -> None:
    """Hebrew pages say their direction, and English ones beside them do not; the days keep the order of their line."""
    shutil.copytree(project / "docs/en", project / "docs/he")
    project.edit("clinic.yml", "languages: [en]", "languages: [en, he]")
    assert project.run("build").code == 0
    assert '<html lang="he" dir="rtl"' in (project / "site/he/soreness/index.html").read_text(encoding="utf-8")
    assert "dir=" not in (project / "site/soreness/index.html").read_text(encoding="utf-8").split("<head>")[0]


def test_an_option_that_is_not_honoured_says_where_to_say_it(project: Workspace) -> None:
    """Material's colours stand in clinic.yml, its fonts nowhere: the finding names line and the other place."""
    line = project.edit("mkdocs.yml", "  favicon:", "  palette: {primary: teal}\n  font: {text: Roboto}\n  favicon:")
    found = {e["line"]: e["hint"] for e in project.json("check").errors() if e["code"] == "M101"}
    assert found == {line: "The colour stands in clinic.yml: colour.", line + 1: found[line + 1]}
    assert "nothing is fetched" in found[line + 1]


def test_a_scheme_that_material_does_not_know_is_told(project: Workspace) -> None:
    """A misspelt scheme would leave the site in both in silence."""
    line = project.edit("mkdocs.yml", "  favicon:", "  palette: {scheme: slat}\n  favicon:")
    (error,) = project.json("check").errors()
    assert (error["path"], error["line"]) == ("mkdocs.yml", line)
    assert "slate" in error["message"] + error["hint"]


def test_a_page_shows_all_pages_in_the_patients_order(built: Workspace) -> None:
    """The list of all pages has the groups of mkdocs.yml by their words, and marks the page that is open."""
    tree = LexborHTMLParser((built / "site/risks/index.html").read_text(encoding="utf-8"))
    assert [node.text() for node in tree.css(".menu h3")] == [
        "Before you decide",
        "Your visit",
        "After your visit",
        "More",
    ]
    links = tree.css(".menu a")
    assert len(links) == len(list((ROOT / "docs/en").glob("*.md")))
    assert _one(tree, ".menu [aria-current=page]").text() == "What are the risks of dry needling?"


def test_sources_are_named_short_and_lead_to_what_they_found(built: Workspace) -> None:
    """At the foot of a page each source by author and year, linked to its entry, which is there."""
    tree = LexborHTMLParser((built / "site/soreness/index.html").read_text(encoding="utf-8"))
    links = {link.text(): link.attributes["href"] for link in tree.css("[data-part=sources] a")}
    assert links["Brady 2014"] == "../sources/#brady-2014"
    assert (
        links["Dry needling: a scoping review of adverse outcomes 2025"] == "../sources/#adverse-outcomes-review-2025"
    )
    sources = LexborHTMLParser((built / "site/sources/index.html").read_text(encoding="utf-8"))
    ids = {node.attributes["id"] for node in sources.css("li[id]")}
    assert {(href or "").partition("#")[2] for href in links.values()} <= ids


def test_a_large_site_lists_one_page_of_each_group(project: Workspace) -> None:
    """Above 60 pages the list would be longer than the text: it has the first page of each group."""
    home = (project / "docs/en/privacy.md").read_text(encoding="utf-8")
    names = [f"extra-{number}" for number in range(45)]
    for name in names:
        (project / f"docs/en/{name}.md").write_text(home, encoding="utf-8")
    entries = "".join(f"      - {name}.md\n" for name in names)
    project.edit("mkdocs.yml", "      - privacy.md\n", "      - privacy.md\n" + entries)
    project.run("build", "--today", "2026-11-22")
    tree = LexborHTMLParser((project / "site/risks/index.html").read_text(encoding="utf-8"))
    assert [link.attributes["href"] for link in tree.css(".menu a")] == [
        "..", "../dry-needling/", "../before-your-visit/", "../aftercare/", "../questions/"]  # fmt: skip
