"""What a leaflet shows: a built page, and behind it sections of other pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from patientpages.model import Handout, Page, Standard

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch of HTML from a built page; `anchors` are the ids of its headings."""

    page: Page
    html: str
    anchors: tuple[str, ...]


def article_of(built: bytes) -> LexborNode | None:
    """Return what a built page says, without what templates put around it."""
    return LexborHTMLParser(built.decode()).css_first("main article")


def _sections(article: LexborNode) -> list[tuple[str, int, list[LexborNode]]]:
    """Return the opening of a page (id "", level 0) and each of its sections, in order: each node in just one."""
    found: list[tuple[str, int, list[LexborNode]]] = [("", 0, [])]
    title = article.css_first("h1")  # stands on every leaflet by itself; another one is a heading like any other
    for node in article.iter(include_text=True):
        if (title is not None and node.mem_id == title.mem_id) or node.attributes.get("data-part") == "contents":
            continue
        if node.tag in _HEADINGS:
            found.append((node.attributes.get("id") or "", _HEADINGS.index(node.tag) + 1, []))
        found[-1][2].append(node)
    return found


def _whole(article: LexborNode, anchor: str) -> list[LexborNode]:
    """Return the nodes of a section with those below it."""
    nodes: list[LexborNode] = []
    level = 0
    for name, own, inside in _sections(article):
        if level and own <= level:
            break
        if name == anchor or level:
            level = level or own
            nodes += inside
    return nodes


def _shown(page: Page, nodes: Iterable[LexborNode]) -> Shown:
    markup = "".join(node.html or "" for node in nodes)
    ids = (node.attributes.get("id") or "" for node in LexborHTMLParser(markup).css("h2, h3, h4, h5, h6"))
    return Shown(page, markup, tuple(name for name in ids if name))


def section_of(page: Page, built: bytes, anchor: str) -> Shown:
    """Return a section of a built page, with those below it."""
    article = article_of(built)
    return _shown(page, _whole(article, anchor) if article is not None else [])


def parts_of(handout: Handout, pages: Iterable[Page], built: Mapping[str, bytes], standard: Standard) -> list[Shown]:
    """Return what a leaflet shows, in order; each stretch with the page that it is from.

    Nothing of the page is left out for what another tells in full: its short text may hold a warning of its own.
    """
    by_name = {page.source.name: page for page in pages}
    page = by_name[handout.page]
    article = article_of(built[page.file])
    own = [node for _, _, nodes in _sections(article) for node in nodes] if article is not None else []
    homes = [(by_name[standard.topics[topic].home], topic) for topic in handout.also]
    return [_shown(page, own), *(section_of(home, built[home.file], topic) for home, topic in homes)]
