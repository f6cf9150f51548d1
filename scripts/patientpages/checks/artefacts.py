"""Every file that will be served: made by somebody who says so, calling nobody, running nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from patientpages.checks.registry import Note
from patientpages.latest import latest
from patientpages.model import Artefact, Place

# Attributes that make a browser fetch or send; a plain link (a[href]) does so only when it is followed.
_FETCHING = (
    "src",
    "srcset",
    "poster",
    "data",
    "action",
    "formaction",
    "background",
    "ping",
    "manifest",
    "imagesrcset",
    "xlink:href",
)
_HREF_FETCHES = frozenset({"link", "use", "image", "base", "script", "feimage"})
_STAYS = frozenset({"canonical", "alternate", "prev", "next", "license", "author", "help"})  # of <link rel>
_CSS_URL = re.compile(r"url\(\s*[\"']?([^\"')]*)|@import\s+[\"']([^\"']+)", re.IGNORECASE)
_OTHER_HOST = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_REFRESH = re.compile(r"url\s*=\s*[\"']?(.*)", re.IGNORECASE)
# What an address may not begin with: it runs, or shows what nobody has checked. Browsers read past white space.
_ACTIVE = ("javascript:", "vbscript:", "data:", "file:", "blob:")
_ADDRESSES = frozenset({"href", "xlink:href", "action", "formaction"})
_BLANK = re.compile(r"[\x00-\x20]+")
_INSIDE = "iframe, frame, object, embed, applet, base, form"  # other pages in ours, other roots, words sent somewhere
# The makers of the two pages that have a script, and of those scripts.
SCRIPTS = {"search": "search.js", "staff": "staff.js"}
_TEXT = (".html", ".css", ".svg", ".xml", ".webmanifest", ".json")


# Of a page as its tree is written down again, where each attribute stands as ` name="value"`: values that may matter.
_AFAR = re.compile(r'="[^"]*//')
_RUNS = re.compile(r'="[\x00-\x20]*[jvdfbJVDFB][a-zA-Z\x00-\x20]*:')
_MORE = re.compile(r' (?:style="|http-equiv="[rR])')
_HANDLES = re.compile(r' on[^\s=]*="')


def _may_fetch(written: str) -> bool:
    """Tell whether an attribute other than `href` may fetch from another host; few pages have one."""
    names = tuple(f" {name}" for name in _FETCHING)
    afar = any(written.endswith(names, 0, found.start()) for found in _AFAR.finditer(written))
    return afar or _MORE.search(written) is not None


def _may_run(written: str) -> bool:
    """Tell whether an attribute may be a handler, or an address that runs."""
    names = tuple(f" {name}" for name in _ADDRESSES)
    active = any(written.endswith(names, 0, found.start()) for found in _RUNS.finditer(written))
    return active or _HANDLES.search(written) is not None


@latest(most=1)
def _tree(file: Artefact) -> tuple[LexborHTMLParser, str]:
    """Return a file as a browser reads it, and this tree written down again; each file is looked at by many checks."""
    tree = LexborHTMLParser(file.content.decode("utf-8", errors="replace"))
    return tree, tree.html or ""


def _elsewhere(value: str) -> bool:
    return any(_OTHER_HOST.match(one) for one in value.replace(",", " ").split())


def _fetched(node: LexborNode) -> Iterator[str]:
    attributes = {name.lower(): value or "" for name, value in node.attributes.items()}
    for name in _FETCHING:
        if name in attributes and _elsewhere(attributes[name]):
            yield attributes[name]
    if (node.tag or "").lower() in _HREF_FETCHES and _elsewhere(attributes.get("href", "")):
        relations = set(attributes.get("rel", "").lower().split())
        if not (node.tag == "link" and relations and relations <= _STAYS):
            yield attributes["href"]
    if node.tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
        target = _REFRESH.search(attributes.get("content", ""))
        if target and _elsewhere(target[1]):
            yield target[1]
    if attributes.get("style"):
        yield from _in_css(attributes["style"])


@lru_cache(maxsize=8)  # every page has the same style sheet
def _in_css(text: str) -> tuple[str, ...]:
    found = (match[0] or match[1] for match in _CSS_URL.findall(text))
    return tuple(value for value in found if _elsewhere(value))


def other_host(file: Artefact) -> Iterator[Note]:
    """Nothing on a page is fetched from another host, or sent to one.

    Why: whoever runs that host learns who reads about which illness, and the page breaks when it is away.

    Bad: `<img src="https://example.org/x.png">`
    Good: a picture in docs/en/, linked by its name
    """
    if not file.path.endswith(_TEXT):
        return
    if file.path.endswith(".css"):
        found = list(_in_css(file.content.decode("utf-8", errors="replace")))
    elif file.path.endswith((".html", ".svg")):
        tree, written = _tree(file)
        nodes = tree.css("*" if _may_fetch(written) else "[href]:not(a)")
        found = [value for node in nodes for value in _fetched(node)]
        found += [value for node in tree.css("style") for value in _in_css(node.text())]
    else:
        found = []
    for value in dict.fromkeys(found):
        yield Note(
            Place(file.path, 1, exact=False),
            f"this file fetches from another host: {value[:200]}",
            "Keep a copy in docs/ or overrides/assets/, and name that.",
        )


def undeclared_file(file: Artefact) -> Iterator[Note]:
    """Every file in the site was declared by what made it.

    Why: a file that nobody made on purpose may hold names, notes or another clinic's number.

    Bad: `notes-for-staff.docx` left in the folder
    Good: pages, their pictures, and the files of overrides/assets/
    """
    if not file.maker:
        yield Note(
            Place(file.path, 1, exact=False),
            "nobody declared this file: no page, picture or output of ours made it",
            "Remove it, or keep it out of docs/ and the site's folder.",
        )


def script_on_a_page(file: Artefact) -> Iterator[Note]:
    """A page carries no script; only Search, and the page for staff, have their own.

    Why: a page must work on any phone, and nothing on it may watch its reader.

    Bad: `<script>` in a template, or `onclick=` in a page
    Good: plain HTML and one style sheet
    """
    if file.path.endswith((".html", ".svg")):
        tree, written = _tree(file)
        if file.maker in SCRIPTS:
            tree = LexborHTMLParser(file.content.decode("utf-8", errors="replace"))  # another: this one is changed
            for ours in tree.css(f'script[src="{SCRIPTS[file.maker]}"]'):
                ours.decompose()
        nodes = tree.css("*") if _may_run(written) else []
        handlers = [name for node in nodes for name in node.attributes if name.lower().startswith("on")]
        active = [value for node in nodes for value in _active(node)]
        inside = [] if file.maker in SCRIPTS else [str(node.tag) for node in tree.css(_INSIDE)]
        carried = [
            *(f"the attribute {name}" for name in handlers[:1]),
            *(f'an address that begins with "{value}"' for value in active[:1]),
            *(f"the tag <{tag}>" for tag in inside[:1]),
            *(["a script"] if tree.css_first("script") is not None else []),
        ]
        if carried:
            yield Note(
                Place(file.path, 1, exact=False),
                f"this page carries {carried[0]}",
                "Remove it: pages of ours need no script, no frame and no form.",
            )


def _active(node: LexborNode) -> Iterator[str]:
    """Yield how an address begins that a link or a frame may not have; a picture in the page itself (data:) may."""
    for name, value in node.attributes.items():
        if name.lower() in _ADDRESSES:
            plain = _BLANK.sub("", value or "").lower()
            yield from (start for start in _ACTIVE if plain.startswith(start))


@lru_cache(maxsize=8)
def policy_hash(style: str) -> str:
    """Return what a page's policy knows its style sheet by: base64 of SHA-256 (CSP level 3, hash sources)."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def policy_missing(file: Artefact) -> Iterator[Note]:
    """Each page carries a policy that lets in its own style sheet, its pictures, and nothing else.

    Why: whatever gets onto a page later, by a mistake or by somebody else's hand, cannot run or call anybody.

    Bad: a template without `Content-Security-Policy`, or with the hash of another style sheet
    Good: `default-src 'none'; style-src 'sha256-...'; img-src 'self'; connect-src 'self'` in overrides/base.html
    """
    if not file.path.endswith(".html") or not file.maker:
        return
    tree, _ = _tree(file)
    node = tree.css_first("meta[http-equiv=Content-Security-Policy]")
    rules = [rule.strip() for rule in ((node.attributes.get("content") if node else "") or "").split(";")]
    sheets = " ".join(f"'sha256-{policy_hash(style.text(strip=False))}'" for style in tree.css("style"))
    wanted = {
        "default-src 'none'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        f"style-src {sheets}",
    }
    if file.maker in SCRIPTS:
        wanted.add("script-src 'self'")
    if set(rules) != wanted:
        what = "has no policy" if node is None else "has a policy that lets in more, or not its own style sheet"
        yield Note(Place(file.path, 1, exact=False), f"this page {what}",
                   "Keep the Content-Security-Policy of overrides/base.html; a build works out its hash.")  # fmt: skip
