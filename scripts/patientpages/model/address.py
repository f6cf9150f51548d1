"""Addresses that links name."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

SHORT = "go"  # the folder of short addresses, one for each topic
STAFF = "staff"  # the folder of what staff send
HANDOUTS = "handouts"  # the folder of what staff print
MADE = (SHORT, STAFF, HANDOUTS, "404", "assets")  # what builds put beside the pages
LONGEST_NAME = 100  # signs: typed from a leaflet, and a file's name on every system
_TYPED = re.compile(r"[^\W_]+(?:(?:-+|_+|\.)[^\W_]+)*")


def page_address(name: str) -> str:
    """Return the address of a page in the site by its name: `after/index` stands at `after`."""
    return name.removesuffix("/index")


def unfit(name: str) -> tuple[str, str] | None:
    """Return why a page may not have a name (a path without .md), and what to do; None where it may."""
    parts = page_address(name).split("/")
    if not all(_TYPED.fullmatch(part) for part in parts):
        return f'"{name[:LONGEST_NAME]}" cannot be an address that people type', "Letters, digits, hyphens: soreness.md"
    if len(name) > LONGEST_NAME:
        return f'"{name[:20]}..." has {len(name)} signs, and nobody types that', f"At most {LONGEST_NAME}: soreness.md"
    if parts[0] in MADE:
        return f'"{parts[0]}" is the address of something that is made', "Give the page another name."
    return None


def is_malformed(href: str) -> bool:
    """Tell whether a link is no address at all, such as `http://[`."""
    try:
        urlsplit(href)
    except ValueError:
        return True
    return False
