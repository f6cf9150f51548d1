"""What a printed page needs beside its text: where each link leads, as an address that can be typed.

It stands in an attribute that only the style sheet for print shows. So no screen reader speaks it, it is copied with
no text, and it is no word of the page that a signature is over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from patientpages.model import is_malformed
from patientpages.read.visible import text_of

_ATTRIBUTE = "data-at"  # overrides/partials/style.css shows it in print
# But for what is not printed, files to keep, and lists that name one page after the other. The sources of a page stand
# on one page: the last of them is followed by its address.
_LINKS = (
    "a[href]:not(nav a, header a, a[download], .a-to-z a, [data-source] a:not([href^=http]), "
    "[data-part=sources] a:not(:last-of-type):not([href^=http]))"
)
_NEAR = re.compile(r"(?=[^#])(\.\./)?((?:[a-z0-9-]+/)*(?:#[\w-]+)?)")  # most links inside a site, none with dots inside
_CATALOGUED = re.compile(r"10\.\d{4,}/.+|\d{6,}")  # a DOI, or PubMed's number: enough to find a study
_NO_DIGIT = re.compile(r"[^0-9]")
_DOCTYPE = "<!doctype html>"


def typed(address: str) -> str:
    """Return a full web address as people type it: `www.example.org/patients/go/soreness`."""
    return address.partition("://")[2].rstrip("/")


def _mailbox_or_number(href: str, shown: str) -> str:
    """Return whom a link writes to or calls, "" where its own words say it."""
    scheme, _, rest = href.partition(":")
    whom = unquote(rest.partition("?")[0])
    if scheme.lower() == "mailto":
        return "" if whom.lower() in shown.lower() else whom
    return "" if _NO_DIGIT.sub("", whom) in _NO_DIGIT.sub("", shown) else whom


def _elsewhere(href: str, shown: str) -> str:
    """Return an address on another website, "" where the link's own words name it: `DOI 10.1000/182`."""
    path = urlsplit(href).path.strip("/")
    return "" if typed(href) in shown or (_CATALOGUED.fullmatch(path) and path in shown) else typed(href)


def full_address(own: str, href: str) -> str:
    """Return where a link leads from the page at `own`, as urljoin does, which takes its time."""
    near = _NEAR.fullmatch(href)
    return _folder(own, near[1] or "") + near[2] if near else urljoin(own, href)


@lru_cache(maxsize=16)
def _folder(own: str, up: str) -> str:
    return urljoin(own, up or ".")


def _address(node: LexborNode, own: str, root: str, shorts: Mapping[str, str]) -> str:
    """Return what paper shows behind a link of the page at `own`, a full address ("" for nothing)."""
    href = node.attrs["href"] or ""
    if not href or href.startswith("#") or is_malformed(href):
        return ""  # on the same paper; or a finding of its own
    parts = urlsplit(href)
    if parts.scheme in ("tel", "sms", "mailto"):
        return _mailbox_or_number(href, text_of(node))
    if parts.scheme in ("http", "https"):
        return _elsewhere(href, text_of(node))
    if parts.scheme or parts.netloc or not root:
        return ""
    full = full_address(own, href)
    page = full.partition("#")[0]
    if page == own:
        return ""
    short = shorts.get(full, own)
    to = typed(page if short == own else short)  # a short address leads on to the full page, not to itself
    return "" if to in text_of(node) else to


def addressed(text: str, own: str, root: str, shorts: Mapping[str, str], tree: LexborHTMLParser | None = None) -> str:
    """Return the page at `own` with the address behind each link that needs one, and its own beside its version.

    `own`, `root` (where the pages of the language stand) and `shorts` (a full address with its #place -> the short
    address of that place) are full addresses. Where the website is not known (root is "") no address is shown of what
    is inside the site; nor is one ever shown of another place on the same page, which is on the same paper.
    """
    tree = tree or LexborHTMLParser(text)
    # Those of a part of another page, for which they were right.
    before = {node.mem_id: node for node in tree.css(f"a[href][{_ATTRIBUTE}]")}
    for node in tree.css(_LINKS):
        address = _address(node, own, root, shorts)
        if address:
            node.attrs[_ATTRIBUTE] = address
            before.pop(node.mem_id, None)
    for node in before.values():
        del node.attrs[_ATTRIBUTE]
    for node in tree.css("[data-part=version]") if root else ():
        node.attrs[_ATTRIBUTE] = typed(own)
    made = tree.html or ""
    return made.replace("<!DOCTYPE html>", _DOCTYPE, 1) if text.startswith(_DOCTYPE) else made
