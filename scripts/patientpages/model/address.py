"""Addresses that links name."""

from __future__ import annotations

from urllib.parse import urlsplit

SHORT = "go"  # the folder of short addresses, one for each topic
STAFF = "staff"  # the folder of what staff send


def is_malformed(href: str) -> bool:
    """Tell whether a link is no address at all, such as `http://[`."""
    try:
        urlsplit(href)
    except ValueError:
        return True
    return False
