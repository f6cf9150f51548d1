"""Short addresses: each topic whole on a page of its own, for links in e-mails that lose what stands behind a #."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import urldefrag, urljoin
from urllib.request import urlopen

import pytest
import yaml
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.conftest import ROOT, TODAY, Workspace, copy_project
from tests.served import nginx

PREFIX = "/patients/info/"
TOPICS = {
    topic["id"]: topic["home"]
    for topic in yaml.safe_load((ROOT / "standard/topics.yml").read_text(encoding="utf-8"))["topics"]
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it would be published, in a folder of a host."""
    home = tmp_path_factory.mktemp("go")
    project = copy_project(home / "clone")
    shutil.copy2(ROOT / "tests/clinics/example.yml", project / "clinic.yml")
    folder = home / "host/patients/info"
    assert project.run("build", "--as-if-published", "--out", str(folder), "--today", TODAY).code == 0
    return folder


@pytest.fixture(scope="module")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a real server gives it out."""
    with nginx(site.parents[1], tmp_path_factory.mktemp("nginx"), PREFIX) as address:
        yield address


def _tree(file: Path) -> LexborHTMLParser:
    return LexborHTMLParser(file.read_text(encoding="utf-8"))


def _words(nodes: list[LexborNode]) -> str:
    return " ".join(" ".join(node.text(separator=" ") for node in nodes).split())


def _section(tree: LexborHTMLParser, topic: str) -> list[LexborNode]:
    """Return the heading of a topic on its home page and what stands under it."""
    heading = tree.css_first(f"#{topic}")
    assert heading is not None
    found, node = [heading], heading.next
    while node is not None and not (node.tag in ("h1", "h2", "h3") and (node.tag or "") <= (heading.tag or "")):
        found.append(node)
        node = node.next
    return found


@pytest.mark.parametrize("topic", TOPICS)
def test_a_short_address_shows_its_section_whole(topic: str, site: Path) -> None:
    """Heading and every word under it as on the home page, then the way to the full page; nothing left out."""
    home = "index.html" if TOPICS[topic] == "index" else f"{TOPICS[topic]}/index.html"
    article = _tree(site / f"go/{topic}/index.html").css_first("article")
    assert article is not None
    full = article.css_first("[data-part=full]")
    assert full is not None
    full.decompose()
    assert _words([article]) == _words(_section(_tree(site / home), topic))


def test_every_link_of_every_short_address_answers(site: Path, address: str) -> None:
    """Over a real server in a sub-folder: each page, icon and picture is there, and so is the place that is named."""
    pages: dict[str, str] = {}
    wrong = []
    for file in sorted(site.glob("go/**/*.html")):
        here = address + file.relative_to(site).as_posix().removesuffix("index.html")
        for node in _tree(file).css("a[href], link[rel=icon]"):
            url, anchor = urldefrag(urljoin(here, node.attributes.get("href") or ""))
            if not url.startswith(address):
                assert url.startswith("tel:"), url
                continue
            if url not in pages:
                with urlopen(url, timeout=5) as answer:
                    pages[url] = answer.read().decode()
            if anchor and f'id="{anchor}"' not in pages[url]:
                wrong.append(f"{here} -> {url}#{anchor}")
    assert len(pages) > 45
    assert not wrong


def test_search_engines_keep_the_full_page(site: Path) -> None:
    """Every short address asks to be left out, names the section as the one to keep, and is not in the sitemap."""
    files = list(site.glob("go/**/*.html"))
    assert len(files) == len(TOPICS) + 1
    for file in files:
        tree = _tree(file)
        assert [node.attributes["content"] for node in tree.css("meta[name=robots]")] == ["noindex"]
        (canonical,) = (node.attributes["href"] for node in tree.css("link[rel=canonical]"))
        topic = file.parent.name
        if topic in TOPICS:
            assert canonical == f"https://www.example.org/patients/info/{TOPICS[topic]}/#{topic}".replace("index/", "")
    assert "/go/" not in (site / "sitemap.xml").read_text(encoding="utf-8")


def test_urgent_help_is_in_sight(address: str, browser: Browser) -> None:
    """On a small phone the emergency number stands in the first screen, and can be tapped; no final slash is needed."""
    context = browser.new_context(viewport={"width": 390, "height": 664})
    page = context.new_page()
    page.goto(address + "go/soreness")
    assert page.url == address + "go/soreness/"
    box = page.locator('a[href="tel:999"]').first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 664
    assert page.get_by_role("heading", level=1).inner_text() == "Will I be sore, and for how long?"
    context.close()


def test_headings_stay_in_order(site: Path) -> None:
    """The section's heading is the page's title, and what stood below it moves up by as much: no level is left out."""
    for file in site.glob("go/*/index.html"):
        levels = [int((node.tag or "h0")[1]) for node in _tree(file).css("main h1, main h2, main h3, main h4")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), file


@pytest.mark.parametrize("file", ["go/soreness/index.html", "go/cures/index.html"])
def test_a_short_address_that_its_page_does_not_make_is_found(file: str, built: Workspace, tmp_path: Path) -> None:
    """In a folder that is checked: one that was altered, and one of a topic that there is not."""
    folder = Path(shutil.copytree(built / "site", tmp_path / "site"))
    assert built.json("check", "--site", str(folder)).errors() == []
    text = (folder / "go/soreness/index.html").read_text(encoding="utf-8")
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).write_text(text.replace("3 days", "3 weeks"), encoding="utf-8")
    assert [(e["code"], e["path"]) for e in built.json("check", "--site", str(folder)).errors()] == [("O102", file)]
