"""Built and served: addresses of the past, after random histories, asked of a real web server in a sub-folder."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin
from urllib.request import urlopen

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.conftest import ROOT, Workspace, copy_project
from tests.histories import OPERATIONS, World
from tests.served import nginx

PREFIX = "/patients/info/"
ADDRESS = f"https://www.example.org{PREFIX}"
PHONE = "01632 960 123"


@pytest.fixture
def small(tmp_path: Path) -> Workspace:
    """A project with our templates and data, and no pages but a home page: each test writes its own."""
    project = copy_project(tmp_path / "clone")
    shutil.copy2(ROOT / "tests/clinics/example.yml", project / "clinic.yml")
    for page in (project / "docs/en").glob("*.md"):
        page.unlink()
    for part in ("standard/en", "staff"):
        shutil.rmtree(project / part)
    standard = project / "standard/messages.yml"
    standard.write_text("version: 1\ngrade: 5\nwords: 220\nsays: []\nmoments: []\n", encoding="utf-8")
    return project


def _heading(text: str, anchor: str, formerly: list[str]) -> str:
    old = f' formerly="{" ".join(dict.fromkeys(formerly))}"' if formerly else ""
    return f"## {text} {{ #{anchor}{old} }}"


def _write(world: World, project: Workspace) -> None:
    """Write the pages of a world as Markdown, each topic with the page that it stands on as its home."""
    docs = project / "docs/en"
    for page in docs.glob("*.md"):
        page.unlink()
    short = '!!! in-short "In short"\n\n    '
    for name, kind, other in (("index", "home", "get-help-now"), ("get-help-now", "urgent", "index")):
        front = f"---\ntitle: Page {name}\ndescription: A page.\nkind: {kind}\nsources: []\n---\n\n"
        (docs / f"{name}.md").write_text(f"{front}{short}[Go to {other}]({other}.md)\n", encoding="utf-8")
    topics, kinds = [], {"home": _kind("index", [], "get-help-now"), "urgent": _kind("get-help-now", [])}
    homes = {short.split("/")[1]: section.partition("/")[0] for short, section in world.served().shorts.items()}
    for name, sheet in world.pages.items():
        lines = [f"---\ntitle: Page {name}\ndescription: A page.\nkind: k{name}\nsources: []",
                 f"formerly: {sorted({*sheet.formerly})}\n---\n", f"{short}Read on.\n\n{' '.join(sheet.words)}. [Go home](index.md)\n"]  # fmt: skip
        for anchor, part in sheet.parts.items():
            lines += [_heading(f"Part {anchor}", anchor, part.formerly), "", f"{' '.join(part.words)}.", ""]
        (docs / f"{name}.md").write_text("\n".join(lines), encoding="utf-8")
        own = [anchor for anchor, home in homes.items() if home == name]
        kinds[f"k{name}"] = _kind(name, own)
        topics += [{"id": anchor, "question": "What?", "home": name, "why": "Because.",
                    "statements": [{"id": "it", "tells": "it", "parts": {"it": "it"}}]} for anchor in own]  # fmt: skip
    data = {"version": 1, "topics": topics, "kinds": kinds}
    (project / "standard/topics.yml").write_text(yaml.safe_dump(data), encoding="utf-8")
    nav = ["index.md", "get-help-now.md", *(f"{name}.md" for name in world.pages)]
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8")) | {"nav": nav}
    (project / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")


def _kind(page: str, topics: list[str], link: str = "index") -> dict[str, object]:
    return {
        "pages": [page],
        "full": topics,
        "short": [],
        "links": [link],
        "sections": [],
        "entries": 0,
        "urgent": "line",
    }


def _publish(world: World, project: Workspace, out: Path) -> None:
    """Publish a world: withdraw what its editor withdrew, record its addresses, and build it."""
    world.hold(world.publish())
    _write(world, project)
    day = ("--today", world.day.isoformat())
    on_record = (project / "records/published.yml").read_text(encoding="utf-8")
    for address in dict.fromkeys(entry.address for entry in world.ledger.of("withdrawn")):
        if f'kind: "withdrawn", language: "en", address: "{address}"' not in on_record:
            done = project.run("links", "withdraw", address, "--reason", "It had a mistake in it.", *day)
            assert done.code == 0, done.out
    done = project.run("links", "record", *day)
    assert done.code == 0, project.run("check", *day).out
    done = project.run("build", "--as-if-published", "--out", str(out), *day)
    assert done.code == 0, done.out


def _get(url: str) -> LexborHTMLParser:
    try:
        with urlopen(urldefrag(url)[0], timeout=5) as answer:
            return LexborHTMLParser(answer.read())
    except HTTPError as error:
        raise AssertionError(f"{url}: {error.code}") from error


def _place(tree: LexborHTMLParser, anchor: str) -> LexborNode:
    node = tree.css_first(f"[id='{anchor}']") if anchor else tree.css_first("article")
    assert node is not None, anchor
    return node


def _words_at(tree: LexborHTMLParser, anchor: str) -> str:
    """Return what is read at a place: a section down to the next heading of its level, or the top of the page."""
    node = _place(tree, anchor)
    if not anchor:
        return node.text(separator=" ")
    while node.parent is not None and node.tag not in ("h1", "h2", "h3", "p", "li", "div"):
        node = node.parent
    found = [node.text(separator=" ")]
    follow = node.next if node.tag in ("h1", "h2", "h3") else None
    while follow is not None and follow.tag not in ("h1", "h2"):
        found.append(follow.text(separator=" "))
        follow = follow.next
    return " ".join(found)


def _hold(world: World, root: str) -> None:
    """Ask the server for every address that was ever published, and follow the one link that it may show."""
    urgent = "tel:999"
    for address in world.truth:
        url = urljoin(root, address)
        tree = _get(url)
        assert tree.css_first(f'a[href="{urgent}"]') is not None, f"{address}: urgent help is not in sight"
        anchor = urldefrag(url)[1]
        said = _words_at(tree, anchor)
        wanted = [text for text in world.texts_of(address) if text]
        if "We have taken" in said:
            assert PHONE in said
            assert "It had a mistake in it." in said
            continue
        if not any(text in said for text in wanted):
            links = _place(tree, anchor).css("a[href]")
            assert links, f"{address} shows {said[:80]}"
            there = urljoin(url, links[0].attributes["href"])
            assert there.startswith(root)
            assert there != url
            said = _words_at(_get(there), urldefrag(there)[1])
        assert not wanted or any(text in said for text in wanted), f"{address} shows {said[:200]}"


@pytest.mark.parametrize("seed", range(25))
def test_after_a_random_history_every_address_answers(seed: int, small: Workspace, tmp_path: Path) -> None:
    """Three publications, some changes between them, all built: no 404, no wrong section, at most one link to follow."""
    world = World(seed)
    out = tmp_path / "host/patients/info"
    _publish(world, small, out)
    for _ in range(2):
        for _ in range(world.chance.randint(2, 5)):
            world.chance.choice(OPERATIONS)(world)
        _publish(world, small, out)
    with nginx(tmp_path / "host", tmp_path / "nginx", PREFIX) as root:
        _hold(world, root)
