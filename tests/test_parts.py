"""What is kept of each page is all that the reports and the search are joined from, and it says nothing of other pages."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urljoin

import pytest
from jinja2 import Environment

from patientpages.build import check
from patientpages.folders import default_project
from patientpages.model import Answer, Outcome, Page, Place, Promises, Site, Waiver
from patientpages.outputs import Moved, collect
from patientpages.outputs.coverage import coverage_report
from patientpages.outputs.coverage_rows import page_coverage
from patientpages.outputs.dossier import dossier_report
from patientpages.outputs.dossier_sheet import PageSheet, page_sheet
from patientpages.outputs.moved import marked
from patientpages.outputs.paper import full_address
from patientpages.outputs.search import PageSearch, joined_script, page_search, search_data
from patientpages.outputs.sheets import escaped
from patientpages.project import load_inputs
from tests.conftest import TODAY, Workspace

DAY = date.fromisoformat(TODAY)
_LINK = "../site"


@pytest.fixture(scope="module")
def checked(built: Workspace) -> tuple[Outcome, Site]:
    """What a check of the built project holds of it."""
    outcome, (site,) = check(load_inputs(default_project(built.path)), DAY)
    return outcome, site


def _codes(page: Page, outcome: Outcome) -> frozenset[str]:
    return frozenset(finding.code for finding in outcome.findings if finding.place.path == page.source.path)


def _alone(page: Page, site: Site) -> Site:
    """Return a site that knows of no other page."""
    name = page.source.name
    verdicts = {key: found for key, found in site.verdicts.items() if key[0] == name}
    return replace(site, pages=(page,), verdicts=verdicts, sign_offs={name: site.sign_offs[name]}, anchors={})


def test_reports_joined_from_kept_parts_are_those_of_the_command(
    built: Workspace, checked: tuple[Outcome, Site]
) -> None:
    """Parts made of each page alone, kept and read again, join into the very files that `build` wrote."""
    outcome, site = checked
    assert built.run("build", "--today", TODAY).code == 0  # whoever shares it may have built it for another folder
    rows, sheets = [], []
    for page in site.pages:
        rows.append(pickle.loads(pickle.dumps(page_coverage(page, _alone(page, site)))))
        sheets.append(pickle.loads(pickle.dumps(page_sheet(page, _alone(page, site), _codes(page, outcome)))))
    report = coverage_report(rows, site.standard.topics, outcome, _LINK, DAY)
    report |= dossier_report(sheets, site.standard, site.language, outcome, _LINK, DAY)
    assert set(report) == {"index.html", "coverage.csv", "coverage.json", "pages.html"}
    for name, content in report.items():
        assert content == (built / "report" / name).read_bytes()
    found = [pickle.loads(pickle.dumps(page_search(page, site.standard))) for page in site.pages]
    script = joined_script(found, site.standard, site.plain, "search/")
    assert script.content == (built / "site/search/search.js").read_bytes()


def test_a_kept_part_is_right_wherever_the_site_stands(checked: tuple[Outcome, Site]) -> None:
    """The way to the site is put in when the parts are joined, as a text of the page and no code."""
    outcome, site = checked
    rows = [page_coverage(page, site) for page in site.pages]
    sheets = [page_sheet(page, site, frozenset()) for page in site.pages]

    def both(link: str) -> str:
        report = coverage_report(rows, site.standard.topics, outcome, link, DAY)
        report |= dossier_report(sheets, site.standard, site.language, outcome, link, DAY)
        return (report["index.html"] + report["pages.html"]).decode()

    here = both(_LINK)
    assert here.count(f'"{_LINK}/') > len(site.pages)
    assert both('../"a & b"') == here.replace(f'"{_LINK}/', '"../&#34;a &amp; b&#34;/')


def test_what_is_not_said_and_what_a_person_asserts_are_told_apart(checked: tuple[Outcome, Site]) -> None:
    """A page without verdicts says nothing; who asserts it by hand is named, as a text; an old assertion is none."""
    _, site = checked
    page = next(page for page in site.pages if page.source.name == "soreness")
    before = page_coverage(page, site)
    assert before.counts[0] > 2
    assert before.counts[1:] == (0, 0)
    names = [line.split(",")[2:4] for line in before.csv.splitlines()]
    waivers = tuple(
        Waiver("T201", 'it is <b>"in a picture"</b>', until, Place(page.source.path), ".".join(name), "Dr <A>")
        for name, until in zip(names, (DAY, DAY - timedelta(1)), strict=False)
    )
    waived = replace(page, source=replace(page.source, waivers=waivers))
    part = page_coverage(waived, replace(site, verdicts={}))
    assert part.counts == (0, 1, before.counts[0] - 1)
    told = "".join(part.table)
    assert (
        f"Asserted by hand: Dr &lt;A&gt;, until {TODAY}: it is &lt;b&gt;&#34;in a picture&#34;&lt;/b&gt;</td>" in told
    )
    assert told.count("Not said (") == before.counts[0] - 1
    assert f'"Dr <A>, until {TODAY}: it is <b>""in a picture""</b>"' in part.csv
    assert "not-said" in part.squares
    assert "by-hand" not in part.squares  # a square is the worst of a topic's statements


def test_a_sheet_follows_the_findings_on_its_page(checked: tuple[Outcome, Site]) -> None:
    """A finding on hard words takes an item away, and the rest of the part stays."""
    _, site = checked
    clean, hard = (page_sheet(site.pages[0], site, frozenset(codes)) for codes in ((), ("R101",)))
    assert "see findings" in "".join(hard.sheet)
    assert "see findings" not in "".join(clean.sheet)
    assert (hard.said, hard.shown, hard.sources) == (clean.said, clean.shown, clean.sources)


def test_what_one_page_says_is_not_told_twice(checked: tuple[Outcome, Site]) -> None:
    """Side by side stand the statements of several pages; each page's number is on the sheet of its facts."""
    outcome, site = checked
    parts = [
        page_sheet(page, site, frozenset()) for page in site.pages if page.source.name in ("soreness", "aftercare")
    ]
    own = {name for part in parts for name, _, _ in part.said}
    both = {name for name, _, _ in parts[0].said} & {name for name, _, _ in parts[1].said}

    def told(*some: PageSheet) -> set[str]:
        text = dossier_report(some, site.standard, site.language, outcome, _LINK, DAY)["pages.html"].decode()
        rows = text.partition('id="twice"')[2].partition("</table>")[0]
        return {name for name in own if f"<td>{name}</td>" in rows}

    assert told(parts[0]) == told(parts[1]) == set()
    assert told(*parts) == both != set()


def test_a_word_of_half_of_all_pages_is_no_word_to_look_for(checked: tuple[Outcome, Site]) -> None:
    """What nine of twenty pages have may be looked for, what ten have is common."""
    _, site = checked
    words = [" ".join(["all", *["ten"] * (at < 10), *["nine"] * (at < 9)]) for at in range(20)]
    parts = [PageSearch(f"p{at}", f"p{at}/", "", "", (), found) for at, found in enumerate(words)]
    assert search_data(parts, site.standard, None)["common"] == "all ten"


def test_texts_are_escaped_as_the_templates_do() -> None:
    """What is put together without a template is the same HTML as with one."""
    text = "".join(map(chr, range(1, 300))) + "&amp; <b> ' \u2028 \U0001f600"
    assert escaped(text) == Environment(autoescape=True).from_string("{{ text }}").render(text=text)


def test_a_report_on_nothing_is_a_report() -> None:
    """Where nothing could be looked at the files are there, and their tables are empty."""
    outcome = Outcome((), 0, 0, 0, 0, 0)
    report = coverage_report([], (), outcome, _LINK, None) | dossier_report([], None, "", outcome, _LINK, None)
    assert report["coverage.csv"].decode().count("\n") == 1
    assert b'"statements": []' in report["coverage.json"]


def test_what_old_places_leave_on_a_page_can_be_held_against_what_they_left_before() -> None:
    """It is () where nothing stood, else a value that can be hashed; with the text it makes the page."""
    answers = {
        "soreness/#old": Answer("moved", "soreness/#new"),
        "soreness/#gone": Answer("withdrawn", on=date(2026, 1, 2), reason="out of <date>"),
        "risks/": Answer("moved", "soreness/"),
    }
    words = {name: f"({name})" for name in ("withdrawn_part", "part", "since", "why", "ask")}
    past = Moved([], Promises(answers=answers), "", words, date.isoformat)
    assert past.marks("aftercare/index.html") == ()
    assert marked("<article></article>", ()) == "<article></article>"
    assert marked("<p>none</p>", (("new", "<span></span>"),)) == "<p>none</p>"
    marks = past.marks("soreness/index.html")
    assert hash(marks) != hash(())
    text = '<article><h2 class="a" id="new">New</h2></article>'
    assert (
        marked(text, marks)
        == past.left_in(text, "soreness/index.html")
        == (
            '<article><h2 class="a" id="new"><span id="old" data-part="moved"></span>New</h2>'
            '<aside class="moved" data-part="moved"><p id="gone">(withdrawn_part) (since) 2026-01-02. (why) out of '
            "&lt;date&gt; (ask)</p></aside>\n</article>"
        )
    )


def test_files_are_collected_in_one_order_and_from_one_folder(checked: tuple[Outcome, Site], tmp_path: Path) -> None:
    """Each file with its maker, folder by folder; links are followed to a file and never to another folder."""
    _, site = checked
    docs, overrides, built, outside = (tmp_path / name for name in ("docs", "own", "built", "outside"))
    for name in ("docs/index.md", "docs/x.svg", "own/assets/icon.svg", "outside/secret.txt", "built/a-b/c.txt",
                 "built/a/c.txt", "built/soreness/index.html", "built/search/index.html", "built/404.html",
                 "built/assets/icon.svg", "built/assets/y.css", "built/sitemap.xml"):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (built / "x.svg").symlink_to(docs / "x.svg")
    (built / "linked").symlink_to(outside)
    (built / "nowhere").symlink_to(tmp_path / "nowhere")
    assert [(file.path, file.maker, file.content.decode()) for file in collect(built, site.pages, docs, overrides)] == [
        ("404.html", "pages", "built/404.html"),
        ("a/c.txt", "", "built/a/c.txt"),
        ("a-b/c.txt", "", "built/a-b/c.txt"),
        ("assets/icon.svg", "assets", "built/assets/icon.svg"),
        ("assets/y.css", "", "built/assets/y.css"),
        ("search/index.html", "search", "built/search/index.html"),
        ("soreness/index.html", "pages", "built/soreness/index.html"),
        ("x.svg", "pictures", "docs/x.svg"),
    ]


@pytest.mark.parametrize("own", ["", "soreness/", "go/soreness/", "a//b/", "x.html"])
def test_a_link_leads_where_a_browser_goes(own: str) -> None:
    """The quick way for links between pages agrees with the rules of the web, and leaves to those what it does not know."""
    here = f"https://www.example.org/patients/{own}"
    steps = ("", "../", "./", "a/", "a-1/", "..", "B", "a.b/", "//", "../../")
    ends = ("", "#x", "#", "#é-1", "?q#x", "#a/b")
    for href in (one + two + end for one in steps for two in steps for end in ends):
        if href:
            assert full_address(here, href) == urljoin(here, href), href
