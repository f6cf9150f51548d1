"""What a clinic types about itself: one line each, shown as it is on every page, so held to be only that."""

from __future__ import annotations

import re
import unicodedata

import yaml

from patientpages.phones import digits_of
from patientpages.yamlfile import Map

LONGEST = 200  # signs: each stands on every page
_FEWEST, _MOST = 5, 15  # digits: the shortest local numbers; E.164
_NOT_PRINTED = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})  # Unicode's general categories
_JOINERS = "\u200c\u200d\u200e\u200f"  # which some scripts need between letters
_CURLY = frozenset("“”„‟«»‘’‚‹›")
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@(?:[\w-]+\.)+[^\W\d_][\w-]+")


def is_placeholder(value: str) -> bool:
    """Tell whether a value is still to be filled in: it stands in square brackets."""
    return value.startswith("[") and value.endswith("]")


def _trouble(text: str) -> tuple[str, str] | None:
    """Return what in a text could not stand on a page, and what to do; None if nothing."""
    if len(text) > LONGEST:
        return f"is {len(text)} signs long, and stands on every page", f"At most {LONGEST} signs."
    if "\n" in text or "\r" in text:
        return "has more than one line", "Write it on one line, with commas."
    for sign in text:
        if unicodedata.category(sign) in _NOT_PRINTED and sign not in _JOINERS:
            return f"has a sign in it that cannot be seen (U+{ord(sign):04X})", "Type the line again, without it."
    if text[:1] in _CURLY and text[-1:] in _CURLY:
        return "stands in the quotes of a word processor, which would be shown", f'Type plain ones: "{text[1:-1]}"'
    if "<" in text or ">" in text:
        return "has < or > in it: pages show it as plain text, never as HTML", "Write it in words."
    return None


def line(data: Map, key: str, example: str, *, required: bool = False) -> str:
    """Return a text of one line ("" if it is absent or wrong)."""
    text = data.text(key, required=required, example=example)
    trouble = _trouble(text)
    if trouble:
        data.mistakes.add(data.place_of(key), f'"{key}" {trouble[0]}', trouble[1])
        return ""
    return text


def phone(data: Map, key: str = "phone") -> str:
    """Return a telephone number as people read it ("" if it is none). It may be followed by words, such as ext 45."""
    example = f'{key}: "01632 960 123"'
    node = data.node(key)
    if node and isinstance(node[1], yaml.ScalarNode) and node[1].tag.endswith((":int", ":float")):
        data.mistakes.add(
            data.place_of(key),
            f'"{key}" needs quotes: read as a number, {node[1].value} loses a 0 at its beginning, or its plus',
            example,
        )
        return ""
    text = line(data, key, example, required=True)
    if not text or is_placeholder(text):
        return text
    digits = re.findall(r"\d", text)  # of every script: those that no telephone dials are told
    wrong = ""
    if not text.isascii() and not all(digit.isascii() for digit in digits):
        wrong = "has digits that a telephone does not dial: write them with 0 to 9"
    elif len(digits) < _FEWEST:
        wrong = "is no telephone number"
    elif len(digits) > _MOST and re.fullmatch(r"[0-9\s()+.-]+", text) and not digits_of(text):
        wrong = f"is no telephone number: it has {len(digits)} digits, and none has more than {_MOST}"
    if wrong:
        data.mistakes.add(data.place_of(key), f'"{text}" {wrong}', example)
        return ""
    return text


def email(data: Map, key: str) -> str:
    """Return an e-mail address ("" if it is none)."""
    example = f'{key}: "pages@example.org"'
    text = line(data, key, example)
    if text and not is_placeholder(text) and not _EMAIL.fullmatch(text):
        data.mistakes.add(data.place_of(key), f'"{text}" is no e-mail address', example)
        return ""
    return text


def age(data: Map, key: str) -> str:
    """Return an age in years as text ("" if it is absent or wrong)."""
    found = data.whole(key, required=False)
    if found is not None and not 1 <= found <= 99:
        data.mistakes.add(data.place_of(key), f'"{key}" should be an age in years, and is {found}', f"{key}: 16")
        return ""
    return "" if found is None else str(found)
