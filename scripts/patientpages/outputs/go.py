"""`go/<topic>/`: a short address for each topic, with that section whole on a page of its own.

A link in an e-mail must arrive without a `#`, which mail programs and trackers cut off. Its links are written anew for
where it stands. Search engines keep the full page instead. A topic that has gone is still answered: with the section
that has taken it over.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from patientpages.model import SHORT, Artefact, Page, Standard
from patientpages.outputs.shell import address_from, rebase, shell

MAKER = "go"
_KEPT = 64  # of these pages: the live preview makes them at each save
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


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


@lru_cache(_KEPT)
def section_page(
    source: str, here: str, page_title: str, anchor: str, there: str, full_page: str, root: str
) -> tuple[str, str]:
    """Return the title and the page at `there` that shows one section of the built page `source`, "" if it has none.

    `here` is the address of that page from the root of the language, `full_page` the words before the link to it.
    """
    article = LexborHTMLParser(source).css_first("main article")
    title, body = _section(article, anchor) if article is not None else ("", "")
    if not title:
        return "", ""
    inner = LexborHTMLParser(f"<main>{body}</main>")
    kept = {node.attributes.get("id") for node in inner.css("[id]")} | {anchor}
    rebase(inner, here, there, kept)
    main = inner.css_first("main")
    full = address_from(f"#{anchor}", here, there)
    lead = f'<p data-part="full">{full_page} <a href="{full}">{html.escape(page_title)}</a></p>'
    body = f'<div id="{anchor}">{main.inner_html if main is not None else ""}</div>{lead}'
    return title, shell(source, here, there, title, body, root and f"{root}{here}#{anchor}", checked=True)


def short_addresses(
    built: Mapping[str, bytes],
    pages: Iterable[Page],
    standard: Standard,
    words: Mapping[str, str],
    root: str,
    taken_over: Mapping[str, str],
) -> list[Artefact]:
    """Return a page for each topic whose home is there, and `go/` with a list of them.

    `built` are the pages by file, `words` the group `go` of _words.yml (HTML), `root` the website ("" if unset);
    `taken_over` gives the section, `soreness/index.html#soreness`, that answers a short address of the past.
    """
    by_name = {page.source.name: page for page in pages}
    by_file = {page.file: page for page in by_name.values()}
    made, listed = [], []

    def add(name: str, page: Page | None, anchor: str) -> str:
        if page is None or page.file not in built:
            return ""
        there = f"{SHORT}/{name}/"
        here = page.file.removesuffix("index.html")
        title, text = section_page(
            built[page.file].decode(), here, page.source.title, anchor, there, words["full"], root
        )
        if text:
            made.append(Artefact(f"{there}index.html", text.encode(), MAKER))
        return title

    for topic in standard.topics.values():
        if title := add(topic.id, by_name.get(topic.home), topic.id):
            listed.append(f'<li><a href="{topic.id}/">{html.escape(title)}</a></li>')
    for name, target in taken_over.items():
        file, _, anchor = target.partition("#")
        add(name, by_file.get(file), anchor)
    home = by_name.get("index")
    if home is not None and home.file in built:
        inner = f"<p>{words['lead']}</p><ul>{''.join(listed)}</ul>"
        title = html.unescape(words["title"])
        text = shell(built[home.file].decode(), "", f"{SHORT}/", title, inner, root and f"{root}{SHORT}/")
        made.append(Artefact(f"{SHORT}/index.html", text.encode(), MAKER))
    return made
