"""`go/<topic>/`: a short address for each topic, with that section whole on a page of its own.

A link in an e-mail must arrive without a `#`, which mail programs and trackers cut off. The page is the home page of
the topic with nothing in it but the section, so that masthead, urgent help and policy are the same; its links are
written anew for where it stands. Search engines keep the full page instead.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Container, Iterable, Mapping
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from patientpages.model import SHORT, Artefact, Page, Standard, Topic, is_malformed

MAKER = "go"
_LINKS = ("a[href]", "link[href]", "img[src]", "source[src]")
_SKIP = "answer"  # where the skip link leads
_LEFT_OUT = 'nav.steps, meta[itemprop], meta[property^="og:"], meta[name=robots], script'
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


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


def _rebase(tree: LexborHTMLParser, here: str, there: str, own: Container[str | None] = ()) -> None:
    """Write every link of a page `here` as it must read `there`; a bare #anchor of `own`, which comes along, stays."""
    for node in tree.css(", ".join(_LINKS)):
        name = "href" if "href" in node.attributes else "src"
        value = node.attributes.get(name) or ""
        if not (value.startswith("#") and value[1:] in own):
            node.attrs[name] = address_from(value, here, there)


def _section(article: LexborNode, anchor: str) -> tuple[str, str]:
    """Return the words of a section's heading and the HTML under it, down to the next heading of its level or above."""
    heading = article.css_first(f'[id="{anchor}"]')
    if heading is None or heading.tag not in _HEADINGS:
        return "", ""
    level, body, node = _HEADINGS.index(heading.tag), [], heading.next
    while node is not None and not (node.tag in _HEADINGS and _HEADINGS.index(node.tag) <= level):
        body.append(node.html or "")
        node = node.next
    raised = {f"h{level + 1 + n}": f"h{n + 1}" for n in range(1, 6 - level)}  # the section's heading becomes the title
    text = re.sub(r"(</?)(h[1-6])\b", lambda tag: tag[1] + raised.get(tag[2], tag[2]), "".join(body))
    return heading.text(strip=True), text


def _shell(source: str, page: Page, there: str, title: str, inner: str, canonical: str) -> str:
    """Return a page that stands at `there`: what is around the text of the built page `source`, and `inner` in it."""
    here = page.file.removesuffix("index.html")
    tree = LexborHTMLParser(source)
    _rebase(tree, here, there, (_SKIP,))
    for node in tree.css(_LEFT_OUT):
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
    article.inner_html = f"<h1>{html.escape(title)}</h1>{inner}"
    head.insert_child(noindex)
    clinic = name_node.text().rpartition(" - ")[2]
    name_node.inner_html = html.escape(f"{title} - {clinic}")
    return tree.html or ""


def _topic_page(source: str, page: Page, topic: Topic, words: Mapping[str, str], root: str) -> tuple[str, str]:
    """Return the title and the page of a topic, made from the built home page `source` ("" if it is not there)."""
    here, there = page.file.removesuffix("index.html"), f"{SHORT}/{topic.id}/"
    article = LexborHTMLParser(source).css_first("main article")
    title, body = _section(article, topic.id) if article is not None else ("", "")
    if not title:
        return "", ""
    inner = LexborHTMLParser(f"<main>{body}</main>")
    kept = {node.attributes.get("id") for node in inner.css("[id]")} | {topic.id}
    _rebase(inner, here, there, kept)
    main = inner.css_first("main")
    full = address_from(f"#{topic.id}", here, there)
    lead = f'<p data-part="full">{words["full"]} <a href="{full}">{html.escape(page.source.title)}</a></p>'
    body = f'<div id="{topic.id}">{main.inner_html if main is not None else ""}</div>{lead}'
    return title, _shell(source, page, there, title, body, root and f"{root}{here}#{topic.id}")


def short_addresses(
    built: Mapping[str, bytes], pages: Iterable[Page], standard: Standard, words: Mapping[str, str], root: str
) -> list[Artefact]:
    """Return a page for each topic whose home is there, and `go/` with a list of them.

    `built` are the pages by file, `words` the group `go` of _words.yml (HTML), `root` the website ("" if unset).
    """
    by_name = {page.source.name: page for page in pages}
    made, listed = [], []
    for topic in standard.topics.values():
        page = by_name.get(topic.home)
        if page is None or page.file not in built:
            continue
        title, text = _topic_page(built[page.file].decode(), page, topic, words, root)
        if text:
            made.append(Artefact(f"{SHORT}/{topic.id}/index.html", text.encode(), MAKER))
            listed.append(f'<li><a href="{topic.id}/">{html.escape(title)}</a></li>')
    home = by_name.get("index")
    if home is not None and home.file in built and made:
        inner = f"<p>{words['lead']}</p><ul>{''.join(listed)}</ul>"
        title = html.unescape(words["title"])
        text = _shell(built[home.file].decode(), home, f"{SHORT}/", title, inner, root and f"{root}{SHORT}/")
        made.append(Artefact(f"{SHORT}/index.html", text.encode(), MAKER))
    return made
