"""A copy for a disk: every link of every page arrives from file://, the search finds, and nothing is asked for."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import TODAY, Workspace, fingerprint

DAY = ("--today", TODAY)


@pytest.fixture(scope="module")
def disks(online: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A published project, with a copy of what was published in usb/ and one of a preview in preview-usb/."""
    project = Workspace(tmp_path_factory.mktemp("offline") / "clone")
    shutil.copytree(online.path, project.path)
    done = project.run("build", "--offline", "--published", "--out", "usb", *DAY)
    assert (done.code, done.out.strip()) == (0, "a copy of what was published is in usb/: open usb/index.html")
    done = project.run("build", "--offline", "--out", "preview-usb", *DAY)
    assert done.code == 0, done.out
    assert done.out.endswith("the preview for a disk is in preview-usb/: open preview-usb/index.html\n")
    return project


@pytest.fixture
def tab(browser: Browser) -> Iterator[tuple[Page, list[str], list[str]]]:
    """A page of a browser without a network, what it asked for, and what it complained of."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page, asked, said
    context.close()


def _ids(file: Path) -> set[str]:
    return {node.attributes.get("id") or "" for node in LexborHTMLParser(file.read_text(encoding="utf-8")).css("[id]")}


def test_every_link_of_every_page_arrives_from_a_disk(tab: tuple[Page, list[str], list[str]], disks: Workspace) -> None:
    """In Chromium, from file://: links lead to files and places that exist, pictures show, no policy is broken.

    No page asks for anything but itself, and every page of the website is there but the one for wrong addresses.
    """
    page, asked, said = tab
    disk = disks / "usb"
    files = sorted(disk.rglob("*.html"))
    served = {p.relative_to(disks / "public") for p in (disks / "public").rglob("*.html")}
    assert {file.relative_to(disk) for file in files} == served - {Path("404.html")}
    places = {file: _ids(file) for file in files}
    followed = pictures = 0
    for file in files:
        asked.clear()
        page.goto(file.as_uri())
        links: list[str] = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
        widths: list[int] = page.eval_on_selector_all("img", "all => all.map(i => i.naturalWidth)")
        assert all(widths), file
        pictures += len(widths)
        for link in links:
            parts = urlsplit(link)
            if parts.scheme != "file":
                assert parts.scheme in ("https", "mailto", "tel"), (file, link)
                continue
            target = Path(unquote(parts.path))
            assert target.is_file(), (file, link)
            assert target.is_relative_to(disk), (file, link)
            assert not parts.fragment or unquote(parts.fragment) in places[target], (file, link)
            followed += 1
        assert [address for address in asked if not address.startswith("data:")] == [file.as_uri()]
    assert not said
    assert followed > 20 * len(files)
    assert pictures > 20  # the codes on the page for staff


@pytest.mark.parametrize("copy", ["usb", "preview-usb"])
def test_the_search_finds_from_a_disk(copy: str, disks: Workspace, tab: tuple[Page, list[str], list[str]]) -> None:
    """A patient's words, misspelt, lead to the section; a tap arrives there."""
    page, asked, said = tab
    disk = disks / copy
    page.goto((disk / "search/index.html").as_uri())
    page.fill(".find-box input", "sorenes")
    page.click("#results a >> nth=0")
    assert page.url.startswith((disk / "soreness/index.html").as_uri() + "#")
    assert page.locator("main h1").inner_text()
    assert all(address.startswith(("file:", "data:")) for address in asked)
    assert not said


def test_staff_copy_from_a_disk(disks: Workspace, tab: tuple[Page, list[str], list[str]]) -> None:
    """The buttons of the page for staff are there and say what they copied; its addresses are those of the website."""
    page, _, said = tab
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto((disks / "usb/staff/index.html").as_uri())
    page.click("button[data-copy=address-soreness]")
    page.locator("#copied:not(:empty)").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "https://www.example.org/patients/info/go/soreness/"
    assert not said


def test_what_a_copy_says_of_itself(disks: Workspace) -> None:
    """The banner stays on a preview and is not on what was published; neither has the website's own addresses of pages."""
    pages = {
        name: (disks / name / "soreness/index.html").read_text(encoding="utf-8") for name in ("usb", "preview-usb")
    }
    assert "These pages are not published" in pages["preview-usb"]
    assert "These pages are not published" not in pages["usb"]
    assert "Checked by Test Signatory, physiotherapist" in pages["usb"]
    for name, text in pages.items():
        assert "canonical" not in text
        assert "og:url" not in text
        assert text.count('content="noindex"') == 1
        assert "'self'" not in text
        left_out = ("404.html", "sitemap.xml", "robots.txt", "manifest.json", "search/search.js", "staff/staff.js")
        assert not [file for file in left_out if (disks / name / file).exists()]


def test_the_same_copy_twice_is_the_same(disks: Workspace) -> None:
    """Made again from the same publication, not a byte differs; what was published is untouched."""
    before = fingerprint(disks / "usb"), fingerprint(disks / "public")
    assert disks.run("build", "--offline", "--published", "--out", "usb", *DAY).code == 0
    assert (fingerprint(disks / "usb"), fingerprint(disks / "public")) == before


@pytest.mark.parametrize(
    ("how", "says"),
    [("changed", "soreness/index.html (changed)"), ("missing", "soreness/index.html"), ("added", "extra.html"),
     ("no manifest", "nothing is published here"), ("no json", "no manifest of ours"), ("other", "no manifest of ours"),
     ("empty", "names no file")],
)  # fmt: skip
def test_only_exactly_what_was_published_is_copied(
    how: str, says: str, disks: Workspace, tmp_path: Path, copy_of: Callable[[Workspace, Path], Workspace]
) -> None:
    """A file that somebody changed, took away or added, or a manifest that is none: refused, and nothing is written."""
    project = copy_of(disks, tmp_path / "clone")
    public = project / "public"
    if how == "changed":
        project.edit("public/soreness/index.html", "usually", "rarely")
    elif how == "missing":
        (public / "soreness/index.html").unlink()
    elif how == "added":
        (public / "extra.html").write_text("<p>Added.</p>", encoding="utf-8")
    elif how == "no manifest":
        shutil.rmtree(public)
    else:
        text = {
            "no json": "{",
            "other": "[]",
            "empty": json.dumps({"format": 1, "published": "2026-11-22", "files": {}, "headers": {}}),
        }
        (public / "manifest.json").write_text(text[how], encoding="utf-8")
    before = fingerprint(project / "usb")
    done = project.run("build", "--offline", "--published", "--out", "usb", *DAY)
    assert done.code == 2
    assert says in done.out
    assert fingerprint(project / "usb") == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("--offline",), "--out"), (("--offline", "--out", "public"), "may not stand in public/"),
     (("--offline", "--out", "site"), "may not stand in site/"), (("--published", "--out", "usb"), "--offline"),
     (("--offline", "--published", "--out", "public/usb"), "may not stand in public/"),
     (("--offline", "--as-if-published", "--out", "usb"), "--as-if-published"),
     (("--offline", "--published", "--out", "docs"), "holds what it is made from")],
)  # fmt: skip
def test_where_a_copy_may_not_go(arguments: tuple[str, ...], says: str, disks: Workspace) -> None:
    """Without a place, over what a web host is given, over the sources, or as a trial: refused, and nothing changes."""
    before = [fingerprint(disks / name) for name in ("public", "docs", "usb")]
    done = disks.run("build", *arguments, *DAY)
    assert done.code == 2
    assert says in done.out + done.err
    assert [fingerprint(disks / name) for name in ("public", "docs", "usb")] == before
    assert not (disks / "site").exists()
