"""The same pages for a disk: what a browser can open from a folder or a USB stick, without any server.

From a disk a folder does not open its index.html, a policy's 'self' names nothing, and nothing can be fetched. So links
name files, pictures and scripts stand in the page itself, and the policy lets in just those.
"""

from __future__ import annotations

import base64
import posixpath
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from patientpages.checks.artefacts import policy_hash
from patientpages.model import Artefact, is_malformed
from patientpages.outputs.compressed import is_copy
from patientpages.outputs.discovery import FILES
from patientpages.outputs.pages import NOT_FOUND
from patientpages.outputs.search import FILE as SEARCH_SCRIPT
from patientpages.outputs.search import from_disk

_POLICY = "meta[http-equiv=Content-Security-Policy]"
_ABSOLUTE = 'link[rel=canonical], meta[property="og:url"]'  # where the page stands on the website, not here
_KINDS = {".svg": "svg+xml", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif", ".webp": "webp",
          ".avif": "avif", ".ico": "x-icon"}  # fmt: skip
_ROBOTS = '<meta name="robots" content="noindex">'  # a copy that somebody puts on a website stays out of searches


def _inside(href: str, here: str) -> str:
    """Return the path of what a link of the file `here` leads to, from the top folder ("" for another host)."""
    if is_malformed(href):
        return ""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or parts.path.startswith("/") or not parts.path:
        return ""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(here), unquote(parts.path)))
    return "" if path == "." else path


def _named(href: str, here: str, files: Mapping[str, bytes]) -> str:
    """Return a link with the file that a server would answer with for it."""
    if is_malformed(href) or urlsplit(href).scheme or href.startswith(("/", "#")):
        return href
    parts = urlsplit(href)
    path = _inside(href, here)
    if not parts.path or path in files or posixpath.join(path, "index.html") not in files:
        return href
    return parts._replace(path=posixpath.join(parts.path, "index.html"), query="").geturl()


def _as_data(name: str, content: bytes) -> str:
    kind = _KINDS.get(posixpath.splitext(name)[1].lower(), "octet-stream")
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def _node(markup: str, name: str) -> LexborNode:
    node = LexborHTMLParser(markup).css_first(name)
    assert node is not None
    return node


def _take_scripts_in(tree: LexborHTMLParser, here: str, files: Mapping[str, bytes]) -> list[str]:
    """Put each script of a page at its end, where all that it looks for is there; return their hashes."""
    hashes = []
    for node in tree.css("script[src]"):
        path = _inside(node.attributes.get("src") or "", here)
        if path in files and tree.body is not None:
            code = files[path].decode()
            code = (from_disk(code) if posixpath.basename(path) == SEARCH_SCRIPT else code).replace("</", "<\\/")
            tree.body.insert_child(_node(f"<script>{code}</script>", "script"))
            hashes.append(policy_hash(code))
            node.decompose()
    return hashes


def _take_pictures_in(tree: LexborHTMLParser, here: str, files: Mapping[str, bytes]) -> None:
    for node in tree.css("img[src], link[rel=icon][href]"):
        name = "src" if node.tag == "img" else "href"
        path = _inside(node.attributes.get(name) or "", here)
        if path in files:
            node.attrs[name] = _as_data(path, files[path])


def _policy(rules: str, hashes: list[str]) -> str:
    """Return a page's policy for a disk: pictures in the page, scripts by their hash, and nothing is connected to."""
    kept = [rule.strip() for rule in rules.split(";")]
    kept = [rule for rule in kept if not rule.startswith(("connect-src", "script-src"))]
    kept = ["img-src data:" if rule.startswith("img-src") else rule for rule in kept]
    scripts = " ".join(f"'sha256-{each}'" for each in hashes)
    return "; ".join([*kept, f"script-src {scripts}"] if hashes else kept)


def _page(text: str, here: str, files: Mapping[str, bytes]) -> str:
    tree = LexborHTMLParser(text)
    for node in tree.css(_ABSOLUTE):
        node.decompose()
    hashes = _take_scripts_in(tree, here, files)
    _take_pictures_in(tree, here, files)
    for node in tree.css("a[href]"):
        node.attrs["href"] = _named(node.attributes.get("href") or "", here, files)
    for node in tree.css(_POLICY):
        node.attrs["content"] = _policy(node.attributes.get("content") or "", hashes)
    if tree.css_first("meta[name=robots]") is None and tree.head is not None:
        tree.head.insert_child(_node(_ROBOTS, "meta"))
    return tree.html or ""


def for_disk(files: Iterable[Artefact]) -> list[Artefact]:
    """Return the files of a site as they can be opened from a disk, without what only a server is asked for."""
    given = list(files)
    contents = {file.path: file.content for file in given}
    left_out = {*FILES, NOT_FOUND}
    scripts = {
        f.path for f in given if f.path.endswith(".js") and f"{posixpath.dirname(f.path)}/index.html" in contents
    }
    return [
        Artefact(file.path, _page(file.content.decode(), file.path, contents).encode(), file.maker)
        if file.path.endswith(".html")
        else file
        for file in given
        if posixpath.basename(file.path) not in left_out and file.path not in scripts and not is_copy(file.path)
    ]
