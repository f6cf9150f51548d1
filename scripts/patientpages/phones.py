"""Numbers to call: what of a text a `tel:` link shows, and the digits that it dials."""

from __future__ import annotations

import html
import re

# 0 to 9 and no other digits: Python's \d has those of every script, and a telephone dials none of them.
_READABLE = re.compile(r"\+?[0-9\s().-]+")
_DIALLED = re.compile(r"\+?[0-9]{2,15}")
_SHORT = re.compile(r"[0-9]+(?: [0-9]+)*")


def digits_of(phone: str) -> str:
    """Return what a `tel:` link needs of a readable number, or "" where the text holds more than one plain number.

    "01632 960 123 ext 45" or "A or B" would dial a wrong number: such a text is shown without a link.
    """
    if not _READABLE.fullmatch(phone):
        return ""
    kept = re.sub(r"[^0-9+]", "", phone.replace("(0)", ""))
    return kept if _DIALLED.fullmatch(kept) else ""


def is_emergency_number(number: str) -> bool:
    """Tell whether a text is dialled as it stands: digits from 0 to 9 with spaces between, and no country code."""
    return bool(_SHORT.fullmatch(number) and digits_of(number))


def with_link(text: str, phone: tuple[str, str] | None) -> str:
    """Return a text as HTML, the number in it as a link that dials it."""
    shown, digits = phone or ("", "")
    if not shown or not digits or shown not in text:
        return html.escape(text)
    before, _, after = text.partition(shown)
    return f'{html.escape(before)}<a href="tel:{digits}">{html.escape(shown)}</a>{html.escape(after)}'
