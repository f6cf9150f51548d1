"""The four variants, each a folder of built pages below one root."""

from __future__ import annotations

import html
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlsplit

import yaml
from selectolax.lexbor import LexborHTMLParser, LexborNode
from tests.conftest import ROOT, copy_project

NHSUK = ROOT / "bench" / "node_modules" / "nhsuk-frontend" / "dist" / "nhsuk"
CLINIC = ROOT / "tests" / "clinics" / "example.yml"  # plainly fictitious
PAGE = "aftercare"

# Stock Material with what its sites usually switch on.
_MATERIAL: dict[str, Any] = {
    "theme": {
        "name": "material",
        "custom_dir": "no-templates",
        "favicon": "assets/images/favicon.png",
        "font": False,
        "features": ["navigation.tabs", "navigation.sections", "navigation.top", "navigation.footer", "search.suggest",
                     "search.highlight", "toc.follow"],
        "palette": [
            {"media": "(prefers-color-scheme: light)", "scheme": "default", "primary": "teal",
             "toggle": {"icon": "material/weather-night", "name": "Switch to dark mode"}},
            {"media": "(prefers-color-scheme: dark)", "scheme": "slate", "primary": "teal",
             "toggle": {"icon": "material/weather-sunny", "name": "Switch to light mode"}},
        ],
    },
    "plugins": ["search"],
}  # fmt: skip
_CARDS = {
    "now": ("emergency", "Immediate action required: "),
    "today": ("urgent", "Urgent advice: "),
    "call": ("non-urgent", "Non-urgent advice: "),
}


@dataclass(frozen=True)
class Variant:
    """Pages that are measured: what they are called, where they stand below the root, and the address of the page."""

    name: str
    folder: Path
    prefix: str
    path: str


def _run(command: list[str], folder: Path) -> None:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{(done.stdout + done.stderr).strip()[-2000:]}")


def build_ours(project: Path, out: Path) -> None:
    """Build our pages as they would be published; .build/mkdocs.en.yml of the project is left for other builders."""
    tool = str(Path(sys.executable).parent / "patientpages")
    _run([tool, "build", "--as-if-published", "--out", str(out)], project)


def build_material(project: Path, out: Path) -> None:
    """Build the same Markdown with stock Material: our extension for facts and sections, none of our templates."""
    (project / "no-templates").mkdir()
    words = yaml.safe_load((project / ".build/mkdocs.en.yml").read_text(encoding="utf-8"))["extra"]["words"]["groups"]
    nav = yaml.safe_load((project / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    # The names of groups are in our templates' words: stock Material takes them from the navigation.
    named = [
        {words.get(key, key): pages for key, pages in item.items()} if isinstance(item, dict) else item for item in nav
    ]
    config = {"INHERIT": ".build/mkdocs.en.yml", "docs_dir": "docs/en", "site_dir": str(out), "nav": named, **_MATERIAL}
    (project / "stock.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    _run([str(Path(sys.executable).parent / "mkdocs"), "build", "--quiet", "-f", "stock.yml"], project)


def _inner(nodes: Iterable[LexborNode]) -> str:
    return "".join(node.html or "" for node in nodes)


def _card(box: LexborNode) -> str:
    """Return one of our boxes as the component that nhsuk-frontend has for it."""
    children = list(box.iter())
    title, rest = children[0].text(strip=True), _inner(children[1:])
    known = (box.attributes.get("class") or "").split()
    kind = next((name for name in known if name in _CARDS), "")
    if not kind:
        return f'<div class="nhsuk-inset-text"><p><strong>{html.escape(title)}</strong></p>{rest}</div>'
    name, hidden = _CARDS[kind]
    return (
        f'<div class="nhsuk-card nhsuk-card--care nhsuk-card--care--{name}"><div class="nhsuk-card__heading-container">'
        f'<h3 class="nhsuk-card__heading"><span role="text"><span class="nhsuk-u-visually-hidden">{hidden}</span>'
        f'{html.escape(title)}</span></h3><span class="nhsuk-card--care__arrow" aria-hidden="true"></span></div>'
        f'<div class="nhsuk-card__content">{rest}</div></div>'
    )


def _as_nhsuk(article: LexborNode) -> str:
    """Return the article of a page of ours with the components of nhsuk-frontend."""
    parts = []
    for node in article.iter():
        if "admonition" in (node.attributes.get("class") or "").split():
            parts.append(_card(node))
        elif node.tag == "nav":
            links = "".join(
                f'<li class="nhsuk-contents-list__item"><a class="nhsuk-contents-list__link" href="{link.attributes["href"]}">'
                f"{html.escape(link.text(strip=True))}</a></li>"
                for link in node.css("a")
            )
            parts.append(
                '<nav class="nhsuk-contents-list" aria-label="On this page">'
                f'<h2 class="nhsuk-u-visually-hidden">On this page</h2><ol class="nhsuk-contents-list__list">{links}</ol></nav>'
            )
        else:
            parts.append(node.html or "")
    text = "".join(parts).replace("<figure ", '<figure class="nhsuk-image" ')
    return text.replace("<figcaption>", '<figcaption class="nhsuk-image__caption">')


def _items(part: str, links: list[tuple[str, str]]) -> str:
    link = "nhsuk-footer__list-item-link" if part == "nhsuk-footer__list" else f"{part}-link"
    return "\n".join(
        f'<li class="{part}-item"><a class="{link}" href="{html.escape(href)}">{html.escape(text)}</a></li>'
        for text, href in links
    )


def _logo() -> str:
    """Return the logo that the header of nhsuk-frontend has by default."""
    header = json.loads((NHSUK / "components/header/fixtures.json").read_text(encoding="utf-8"))["fixtures"][0]["html"]
    logo = LexborHTMLParser(header).css_first("svg")
    assert logo
    return logo.html or ""


def build_nhsuk(ours: Path, out: Path) -> None:
    """Write one page: the article of ours in the page template of nhsuk-frontend, with its style sheet and script."""
    tree = LexborHTMLParser((ours / PAGE / "index.html").read_text(encoding="utf-8"))
    article, description = tree.css_first("article"), tree.css_first("meta[name=description]")
    assert article and description
    links = [(link.text(strip=True), f"/nhsuk/{PAGE}/") for link in tree.css("nav.menu a")]
    page = Template((ROOT / "bench/front_end/nhsuk.html").read_text(encoding="utf-8")).substitute(
        title=html.escape(tree.css_first("h1").text(strip=True)),
        clinic="Example Clinic",
        logo=_logo(),
        description=html.escape(description.attributes["content"] or ""),
        navigation=_items("nhsuk-header__navigation", links[:6]),
        support=_items("nhsuk-footer__list", links[6:]),
        article=_as_nhsuk(article),
    )
    (out / PAGE).mkdir(parents=True)
    (out / PAGE / "index.html").write_text(page, encoding="utf-8")
    shutil.copytree(NHSUK / "assets", out / "assets")
    for name in ("nhsuk-frontend.min.css", "nhsuk-frontend.min.js"):
        shutil.copy2(NHSUK / name, out / name)


def build_blank(out: Path) -> None:
    """Write the least page: a title, an icon, a sentence. It shows what a page costs before it says anything."""
    out.mkdir(parents=True)
    (out / "icon.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>'
    )
    (out / "index.html").write_text(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A blank page</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="icon.svg" type="image/svg+xml"></head><body><p>One sentence.</p></body></html>'
    )


def build_all(work: Path, root: Path) -> list[Variant]:
    """Build the variants below `root`; ours stands at the path of its own address, for links of its page for wrong ones."""
    prefix = urlsplit(yaml.safe_load(CLINIC.read_text(encoding="utf-8"))["website"]).path
    project, ours = copy_project(work / "project").path, root / prefix.strip("/")
    shutil.copy2(CLINIC, project / "clinic.yml")
    ours.parent.mkdir(parents=True, exist_ok=True)
    build_ours(project, ours)
    build_material(project, root / "material")
    build_nhsuk(ours, root / "nhsuk")
    build_blank(root / "blank")
    return [
        Variant("ours", ours, prefix, f"{prefix}{PAGE}/"),
        Variant("material", root / "material", "/material/", f"/material/{PAGE}/"),
        Variant("nhsuk", root / "nhsuk", "/nhsuk/", f"/nhsuk/{PAGE}/"),
        Variant("blank", root / "blank", "/blank/", "/blank/"),
    ]
