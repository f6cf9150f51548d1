"""What search engines, link previews and a trial of publishing get to see."""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import ROOT, TODAY, Run, Workspace, copy_project, fingerprint

ADDRESS = "https://www.example.org/patients/info/"


def _try(project: Workspace, out: str) -> Run:
    return project.run("build", "--as-if-published", "--out", out, "--today", TODAY)


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trial of the site as it would be published."""
    project = copy_project(tmp_path_factory.mktemp("tried") / "clone")
    shutil.copy2(ROOT / "tests/clinics/example.yml", project / "clinic.yml")
    assert _try(project, "tried").code == 0
    return project / "tried"


def _meta(page: Path) -> dict[str, str]:
    tree = LexborHTMLParser(page.read_text(encoding="utf-8"))
    found = {}
    for node in tree.css("meta"):
        name = node.attributes.get("name") or node.attributes.get("property") or node.attributes.get("itemprop") or ""
        found[name] = node.attributes.get("content") or ""
    for node in tree.css("link[rel=canonical]"):
        found["canonical"] = node.attributes.get("href") or ""
    return found


def test_the_sitemap_has_every_page_that_may_be_found_and_no_other(tried: Path) -> None:
    """Each page by its full address but Search and the page for wrong addresses, which ask to be left out."""
    tree = ElementTree.parse(tried / "sitemap.xml")
    listed = {node.text for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    names = {path.stem for path in (ROOT / "docs/en").glob("*.md")} - {"index", "search"}
    assert listed == {ADDRESS, *(f"{ADDRESS}{name}/" for name in names)}
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (tried / "robots.txt").read_text(encoding="utf-8")
    for page in tried.rglob("*.html"):
        address = ADDRESS + page.relative_to(tried).as_posix().removesuffix("index.html")
        assert (address in listed) == ("robots" not in _meta(page)), page


def test_a_page_says_what_a_link_preview_shows(tried: Path) -> None:
    """Title, description, address and the clinic's name, the same for mail, chat and search engines; no picture."""
    meta = _meta(tried / "soreness/index.html")
    assert meta["og:title"] == meta["name"] == "Will I be sore after dry needling?"
    assert meta["og:description"] == meta["description"]
    assert meta["description"].startswith("How long soreness lasts")
    assert meta["og:url"] == meta["canonical"] == ADDRESS + "soreness/"
    assert meta["og:site_name"] == "Example Clinic"
    assert "og:image" not in meta


@pytest.mark.parametrize(
    ("page", "kind"), [("soreness", "MedicalWebPage"), ("privacy", "WebPage"), ("search", "WebPage")]
)
def test_a_page_that_tells_of_medicine_says_so_and_claims_no_review(page: str, kind: str, tried: Path) -> None:
    """schema.org's type by what the kind of page covers; nothing of a review before a sign-off is on record."""
    text = (tried / page / "index.html").read_text(encoding="utf-8")
    assert f'itemtype="https://schema.org/{kind}"' in text
    assert "eviewed" not in text.split("</head>")[0]


def test_a_preview_asks_to_be_left_out(built: Workspace) -> None:
    """Every page of a preview says noindex and that it is a preview; it has no sitemap and no robots.txt."""
    pages = list((built / "site").rglob("*.html"))
    assert len(pages) > 15
    assert all(_meta(page).get("robots") == "noindex" for page in pages)
    assert all('data-part="preview"' in page.read_text(encoding="utf-8") for page in pages)
    assert not [name for name in ("sitemap.xml", "robots.txt") if (built / "site" / name).exists()]


@pytest.mark.parametrize("out", ["site", "public", "site/within", ".", "elsewhere/Site"])
def test_a_trial_may_not_stand_where_a_site_stands(out: str, project: Workspace) -> None:
    """Pages that look published and are not: never in site/ or public/, nor around them; nothing is written."""
    before = fingerprint(project.path)
    run = _try(project, out)
    assert run.code == 2
    assert "D004" in run.out
    assert fingerprint(project.path) == before


def test_a_trial_without_a_website_has_no_sitemap(project: Workspace) -> None:
    """A sitemap needs full addresses: without one in clinic.yml there is none, and the trial still works."""
    assert _try(project, "tried").code == 0
    assert not (project / "tried/sitemap.xml").exists()
    assert (project / "tried/soreness/index.html").exists()
