"""What a host has done to a file: the likeliest story of why its bytes are not those that were published."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from patientpages.verify.fetch import clean

_SPACE = re.compile(rb"<!--.*?-->|[\s\"']|/(?=>)", re.DOTALL)
_TAG = re.compile(rb"(?i)<!doctype html>|</?(?:html|head|body|p|li|tr|td|th|thead|tbody)>")
_AGAIN = "Upload this file again, as it is in public/."
_SHOWN = 70  # letters of what was put in


def scripts_in(page: bytes) -> list[str]:
    """Return the scripts of a page: the address of each, or the start of its code."""
    tree = LexborHTMLParser(page.decode("utf-8", errors="replace"))
    found = []
    for node in tree.css("script"):
        source = node.attributes.get("src")
        found.append(source if source else f'"{_start(node.text().encode())}"')
    return found


def _start(content: bytes) -> str:
    return clean(" ".join(content.decode("utf-8", errors="replace").split()), _SHOWN)


def _minified(page: bytes) -> bytes:
    return _SPACE.sub(b"", _TAG.sub(b"", page)).lower()


def _same(one: bytes, other: bytes) -> int:
    """Return how many bytes two files have in common at their start."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def unlike(size: int) -> tuple[str, str]:
    """Return what is said of a file whose bytes are not all at hand, and what to do about it."""
    return f"its {size} bytes are not those that were published", _AGAIN


def difference(published: bytes | None, live: bytes) -> tuple[str, str]:
    """Return what differs, and what to do about it; `published` is None where only its hash is known."""
    if published is None:
        return unlike(len(live))
    sizes = f"{len(live)} bytes live, {len(published)} published"
    if published.startswith(live):
        return f"it is {'cut short' if live else 'empty'} ({sizes})", _AGAIN
    if live.replace(b"\r\n", b"\n") == published.replace(b"\r\n", b"\n"):
        return f"its line ends are others ({sizes})", "Upload in binary mode, not as text."
    start = _same(published, live)
    end = _same(published[start:][::-1], live[start:][::-1])
    line = live.count(b"\n", 0, start) + 1
    if start + end == len(published):
        many = len(live) - len(published)
        while start and not live.startswith(b"<", start) and live[start - 1] == live[start + many - 1]:
            start -= 1  # the same change, told from where a tag begins
        added = live[start : start + many]
        told = f"{len(added)} bytes were put in at line {line}: {_start(added)}"
        return told, "The host put it in (a banner, statistics, its own tools): turn that off at the host."
    if _minified(published) == _minified(live):
        return (
            f"only spaces, quotes and comments differ ({sizes})",
            "The host makes pages smaller: turn that off there.",
        )
    start = max(live.rfind(mark, 0, start) for mark in (b" ", b"\n", b">")) + 1  # whole words
    rest = re.match(rb"[^\s<]*", live[len(live) - end :])
    end -= len(rest[0]) if rest else 0
    was, now = published[start : len(published) - end], live[start : len(live) - end]
    told = f'from line {line} it says "{_start(now)}" instead of "{_start(was)}" ({sizes})'
    return told, f"{_AGAIN} If it happens again, the host changes it: turn that off there."
