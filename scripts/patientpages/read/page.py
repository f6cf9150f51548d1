"""(source, built HTML) -> Page: what a patient meets, whoever built it. Each page is parsed once."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from patientpages.model import Link, Page, Place, Source
from patientpages.read.reader import Reader
from patientpages.read.visible import fold, hidden_because, text_of
from patientpages.read.walk import walk

_LONG, _MANY = 500, 64  # signs of a part that is worth remembering, and parts
_KNOWN: dict[str, str] = {}  # the texts of such parts by their HTML


def _content(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the element that holds the page's own text, in our templates or in another theme's."""
    for selector in ("main article", "main", "[role=main]", "article", "body"):
        found = tree.css_first(selector)
        if found is not None:
            return found
    return tree.root


def _is_hidden(node: LexborNode | None, known: dict[int, bool]) -> bool:
    """Tell whether an element, or one that it stands in, is hidden; `known` are the answers of this document so far."""
    asked: list[int] = []
    hidden = False
    while node is not None and node.tag != "html":
        before = known.get(node.mem_id)
        asked.append(node.mem_id)
        hidden = before if before is not None else bool(hidden_because(node))
        if hidden or before is not None:
            break
        node = node.parent
    known.update(dict.fromkeys(asked, hidden))
    return hidden


def _said(node: LexborNode, known: dict[str, str]) -> str:
    """Return the text of a part: one such as the menu is the same on many pages. What it says follows from its HTML."""
    html = node.html or ""
    if len(html) < _LONG:
        return text_of(node)
    text = known.get(html)
    if text is None:
        if len(known) >= _MANY:
            known.clear()
        text = known[html] = text_of(node)
    return text


def ids_of(html: bytes) -> frozenset[str]:
    """Return every id of a built page that has no source, such as a short address."""
    return frozenset(node.attributes.get("id") or "" for node in LexborHTMLParser(html).css("[id]"))


def _anchors(content: LexborNode) -> Iterator[str]:
    """Yield the ids of a page's own text: those of templates and of old addresses are no promise."""
    left_out = {node.attributes.get("id") for node in content.css("[data-part] [id], [data-part][id]")}
    for node in content.css("[id]"):
        anchor = node.attributes.get("id") or ""
        if anchor and anchor not in left_out and node.mem_id != content.mem_id:
            yield anchor


def read_page(source: Source, html: str, file: str, explicit: frozenset[str]) -> Page:
    """Read one built page. `explicit` are the ids that writers fixed by hand in what this page shows."""
    tree = LexborHTMLParser(html)
    reader = Reader(source, explicit)
    content = _content(tree)
    if content is not None:
        walk(content, reader)
    own = {link.href for link in reader.links}
    top = Place(source.path, 1, exact=False)
    for node in tree.css("a[href]"):
        href = node.attributes.get("href") or ""
        if href not in own:
            reader.links.append(Link(href, text_of(node), top))
            own.add(href)
    hidden: dict[int, bool] = {}
    for node in tree.css("[data-part]"):
        name = node.attributes.get("data-part") or ""
        if name not in reader.parts:
            reader.parts[name] = _said(node, _KNOWN) if not _is_hidden(node, hidden) else ""
    return Page(
        source,
        file,
        tuple(section.close() for section in reader.sections),
        tuple(reader.opening),
        tuple(reader.in_short) if reader.in_short is not None else None,
        tuple(node.attributes.get("id") or "" for node in tree.css("[id]")),
        tuple(reader.links),
        tuple(reader.images),
        reader.parts,
        fold("".join(reader.words)),
        tuple(_anchors(content)) if content is not None else (),
    )


def read_html(html: str, shown: str) -> Page:
    """Read HTML that no Markdown source stands behind, such as what a PDF says; every place is the top of `shown`."""
    return read_page(Source(shown, shown, "", 1, "", "", "", (), (), (), {}), html, shown, frozenset())
