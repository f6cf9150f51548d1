"""What a page weighs for somebody with one bar of signal: HTML with all its CSS, compressed, and nothing beside it."""

from __future__ import annotations

import brotli
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import Workspace

_SCRIPTS = {"search": ["search.js"], "staff": ["staff.js"]}
_CONTENT, _REFERENCE = 6 * 1024, 12 * 1024  # bytes in brotli; reference pages and pages with pictures may be heavier


def test_every_page_is_light(built: Workspace, online: Workspace) -> None:
    """At most 6 KB for a page of text, 12 KB for lists of words and sources and for pages with pictures.

    In a preview of what the project brings, and as a clinic publishes it, with its details and addresses for print;
    there the page for staff is as long as the list of all codes.
    """
    heavy = {}
    pages = sorted((built / "site").rglob("*.html"))
    assert len(pages) > 15
    pages += [page for page in sorted((online / "public").rglob("*.html")) if page.parent.name != "staff"]
    for page in pages:
        content = page.read_bytes()
        large = page.parent.name in ("glossary", "sources") or b"<svg" in content
        # A reference page as a host sends it that compresses beforehand, the others as nginx does it by itself.
        size = len(brotli.compress(content, quality=11 if large else 6))
        if size > (_REFERENCE if large else _CONTENT):
            heavy[page.parent.name] = size
    assert not heavy


def test_a_page_asks_for_nothing_but_its_icon(built: Workspace) -> None:
    """One request beside the page: the icon. No style sheet, font or picture of another file; Search and the page for staff have a script."""
    for page in (built / "site").rglob("*.html"):
        tree = LexborHTMLParser(page.read_text(encoding="utf-8"))
        fetched = [node.attributes.get("href") for node in tree.css("link[rel=stylesheet], link[rel=preload]")]
        fetched += [node.attributes.get("src") for node in tree.css("script, iframe, img, source, video, audio")]
        assert fetched == _SCRIPTS.get(page.parent.name, []), page
        assert len(tree.css("link[rel=icon]")) == 1
