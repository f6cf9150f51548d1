"""What search engines ask a published site for: sitemap.xml and robots.txt.

A preview has neither: each of its pages says `noindex`, and a robots.txt would keep a search engine from reading that.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from selectolax.lexbor import LexborHTMLParser

from patientpages.model import Artefact

MAKER = "discovery"
FILES = ("sitemap.xml", "robots.txt")
_SITEMAP = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{}</urlset>\n'


def says_noindex(content: bytes) -> bool:
    """Tell whether a page asks search engines to leave it out."""
    robots = LexborHTMLParser(content).css_first("meta[name=robots]")
    return robots is not None and "noindex" in (robots.attributes.get("content") or "")


def discovery(website: str, files: Iterable[str]) -> list[Artefact]:
    """Return both files for the pages that may be found, given as files; none without a website.

    robots.txt counts only at the root of a host: where the pages stand in a folder, search engines do not read it.
    """
    if not website:
        return []
    root = website.rstrip("/") + "/"
    addresses = sorted(root + file.removesuffix("index.html") for file in files)
    lines = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in addresses)
    robots = f"User-agent: *\nDisallow:\n\nSitemap: {root}sitemap.xml\n"
    return [
        Artefact("sitemap.xml", _SITEMAP.format(lines).encode(), MAKER),
        Artefact("robots.txt", robots.encode(), MAKER),
    ]
