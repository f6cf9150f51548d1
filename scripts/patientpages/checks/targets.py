"""Where the links of a page lead inside the site."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from patientpages.latest import latest
from patientpages.model import Link, Page, is_malformed

_BESIDE = re.compile(r"\.\./(?:[\w-]+/)*(?:[\w-]+\.\w+)?")


@lru_cache(maxsize=4096)
def _inner(href: str) -> tuple[str, str] | None:
    """Return (path as written, anchor) of a link that may lead inside the site, or None for any other."""
    if is_malformed(href):
        return None
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or href.startswith("/"):
        return None
    return parts.path, unquote(parts.fragment)


def _file(folder: str, written: str) -> str:
    """Return which file of the site a path leads to from a folder."""
    path = posixpath.normpath(posixpath.join(folder, unquote(written)))
    if written.endswith("/") or path == "." or "." not in path.rsplit("/", 1)[-1]:
        path = posixpath.normpath(posixpath.join(path, "index.html"))
    return path


@lru_cache(maxsize=4096)
def _beside(written: str) -> str | None:
    """Return which file `../` and more leads to from a folder of the first level, or None where that may depend on it.

    The menu has a hundred such links on each page.
    """
    if not _BESIDE.fullmatch(written):
        return None
    return _file("folder", written)


def target_of(page: Page, href: str) -> tuple[str, str] | None:
    """Return (file in the site, anchor) of a link inside the site, or None for any other link."""
    return _target(page.file, posixpath.dirname(page.file), href)


def _target(here: str, folder: str, href: str) -> tuple[str, str] | None:
    inner = _inner(href)
    if inner is None:
        return None
    written, anchor = inner
    if not written:
        return here, anchor
    file = _beside(written) if "/" not in folder and folder not in ("", ".", "..") else None
    return file or _file(folder, written), anchor


@latest()
def targets_of(page: Page) -> tuple[tuple[Link, str, str], ...]:
    """Return each link of a page that leads inside the site, with its file and anchor, in their order."""
    here, folder = page.file, posixpath.dirname(page.file)
    found = ((link, _target(here, folder, link.href)) for link in page.links)
    return tuple((link, *target) for link, target in found if target is not None)
