"""What a web server says with each file: who may embed it, how long it may be kept, what kind it is, and compressed.

Nothing here changes from build to build, or a host would have to be set up again for each: what a page's own style and
scripts are known by stands in that page (its `<meta>` policy). A `<meta>` cannot say who may embed a page, so that is
a second policy, sent by the server; a browser holds a page to both.

Every file is asked for again each time (`no-cache`), and sent again only if it has changed: no name here changes with
what the file holds, and advice that was corrected must not live on in a browser.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from patientpages.outputs.compressed import TEXT

TYPES = {
    "text/html": "html",
    "text/css": "css",
    "text/javascript": "js",
    "text/plain": "txt",
    "text/csv": "csv",
    "text/calendar": "ics",
    "application/json": "json",
    "application/manifest+json": "webmanifest",
    "application/xml": "xml",
    "application/pdf": "pdf",
    "message/rfc822": "eml",
    "font/woff2": "woff2",
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/jpeg": "jpg jpeg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/avif": "avif",
    "image/x-icon": "ico",
}
# What browsers ask about and pages of ours never use. Not clipboard-write: the page for staff copies texts.
_NEVER = ("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
          "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
          "publickey-credentials-get", "screen-wake-lock", "usb", "xr-spatial-tracking")  # fmt: skip


class Kind(NamedTuple):
    """A type of file: whether its letters are UTF-8 and need saying, and whether it is worth compressing."""

    name: str
    ends: tuple[str, ...]
    says_charset: bool
    packs: bool


def kinds() -> list[Kind]:
    """Return the types; JSON and drawings say for themselves how their letters are written."""
    found = []
    for name, ends in TYPES.items():
        packs = f".{ends}" in TEXT
        found.append(Kind(name, tuple(ends.split()), name.startswith("text/") or name == "application/xml", packs))
    return found


def headers(embedded_on: Sequence[str]) -> dict[str, str]:
    """Return the headers that go with each file, by name; `embedded_on` are the websites that may embed pages."""
    found = {"Content-Security-Policy": f"frame-ancestors {' '.join(embedded_on) or chr(39) + 'none' + chr(39)}"}
    if not embedded_on:  # it cannot name another website
        found["X-Frame-Options"] = "DENY"
    return found | {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in _NEVER),
        "Cache-Control": "no-cache",
    }
