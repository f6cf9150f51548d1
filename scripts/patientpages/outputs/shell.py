"""Pages of ours that no source makes: what is around the text of a built page, with other text in it.

So masthead, urgent help, policy and the line on who checked are the same as on every page, from the same templates.
"""

from __future__ import annotations

import html
import posixpath
from collections.abc import Container
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from patientpages.model import is_malformed

_LINKS = ("a[href]", "link[href]", "img[src]", "source[src]")
_SKIP = "answer"  # where the skip link leads
_CHECKED = ", ".join(f".trust [data-part={part}]" for part in ("checked", "next-check", "version", "sources"))
_LEFT_OUT = 'nav.steps, meta[itemprop], meta[property^="og:"], meta[name=robots], script'


def address_from(href: str, here: str, there: str) -> str:
    """Return a link of the page `here` as it must read on the page `there`; both are addresses from the site's root.

    `address_from("../risks/#harm", "soreness/", "go/soreness/")` is `../../risks/#harm`.
    """
    if is_malformed(href):
        return href  # a finding of the page that it comes from
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or href.startswith("/"):
        return href
    path = posixpath.normpath(posixpath.join("/", here, parts.path)) if parts.path else "/" + here.rstrip("/")
    relative = posixpath.relpath(path, "/" + there)
    folder = parts.path.endswith("/") or parts.path in ("", ".", "..") or parts.path.endswith(("/.", "/.."))
    rest = (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
    return relative + ("/" if folder else "") + rest


def rebase(tree: LexborHTMLParser, here: str, there: str, own: Container[str | None] = ()) -> None:
    """Write every link of a page `here` as it must read `there`; a bare #anchor of `own`, which comes along, stays."""
    for node in tree.css(", ".join(_LINKS)):
        name = "href" if "href" in node.attributes else "src"
        value = node.attributes.get(name) or ""
        if not (value.startswith("#") and value[1:] in own):
            node.attrs[name] = address_from(value, here, there)


def shell(
    source: str,
    here: str,
    there: str,
    title: str,
    inner: str,
    canonical: str,
    *,
    checked: bool = False,
    script: str = "",
) -> str:
    """Return a page that stands at `there`: what is around the text of a built page, and `inner` in it.

    `source` is the built page that stands at `here`; both addresses count from the root of the language. What that page
    says of its check is left out, unless it is true of `inner` as well (`checked`). A `script` beside it is let in.
    """
    tree = LexborHTMLParser(source)
    rebase(tree, here, there, (_SKIP,))
    for node in tree.css(_LEFT_OUT if checked else f"{_LEFT_OUT}, {_CHECKED}"):
        node.decompose()
    for node in tree.css("[aria-current]"):  # the full page is in the list of all pages, this one is not
        del node.attrs["aria-current"]
    for node in tree.css("link[rel=canonical]"):
        if canonical:
            node.attrs["href"] = canonical
        else:
            node.decompose()
    article, head, name_node = tree.css_first("main article"), tree.css_first("head"), tree.css_first("title")
    noindex = LexborHTMLParser('<meta name="robots" content="noindex">').css_first("meta")
    if article is None or head is None or name_node is None or noindex is None:
        return ""
    for node in tree.css("meta[http-equiv=Content-Security-Policy]") if script else ():
        node.attrs["content"] = f"{node.attributes.get('content')}; script-src 'self'"
        added = LexborHTMLParser(f'<script src="{script}" defer></script>').css_first("script")
        if added is not None:
            head.insert_child(added)
    article.inner_html = f"<h1>{html.escape(title)}</h1>{inner}"
    head.insert_child(noindex)
    clinic = name_node.text().rpartition(" - ")[2]
    name_node.inner_html = html.escape(f"{title} - {clinic}")
    return tree.html or ""
