"""Numbers to call: what of a text a `tel:` link shows, and the digits that it dials."""

from __future__ import annotations

import html
import re


def digits_of(phone: str) -> str:
    """Return what a `tel:` link needs of a readable number, or "" where the text holds more than one plain number.

    "01632 960 123 ext 45" or "A or B" would dial a wrong number: such a text is shown without a link.
    """
    if not re.fullmatch(r"\+?[\d\s().-]+", phone):
        return ""
    kept = re.sub(r"[^\d+]", "", phone.replace("(0)", ""))
    return kept if re.fullmatch(r"\+?\d{2,15}", kept) else ""


def with_link(text: str, phone: tuple[str, str] | None) -> str:
    """Return a text as HTML, the number in it as a link that dials it."""
    shown, digits = phone or ("", "")
    if not shown or not digits or shown not in text:
        return html.escape(text)
    before, _, after = text.partition(shown)
    return f'{html.escape(before)}<a href="tel:{digits}">{html.escape(shown)}</a>{html.escape(after)}'
