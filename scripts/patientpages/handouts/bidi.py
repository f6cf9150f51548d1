"""Numbers and addresses in text that runs from right to left: they run from left to right, as one, as they are dialled.

Without a mark the groups of `01632 960 123` would stand as `123 960 01632` (Unicode Standard Annex 9: a European number
after right-to-left letters takes their direction, and so do the spaces between its groups).
"""

from __future__ import annotations

import re
from typing import Any

_FIRST, _LAST = "\u2066", "\u2069"  # left-to-right isolate, and its end
# A telephone number or a range, a version code, an address.
_RUN = re.compile(r"\+?\d[\d\s()/.:-]*\d|[2-9A-Z]{4}-[2-9A-Z]{4}|(?:[\w-]+\.)+\w[\w./#?&=%-]*")
_TEXTS = ("v", "shown", "clinic", "phone", "urgent", "preview")


def isolated(data: Any) -> Any:
    """Return what is to be set, with every number, code and address in it marked as one run from left to right."""
    if isinstance(data, dict):
        return {name: _marked(value) if name in _TEXTS and isinstance(value, str)
                else [_marked(line) for line in value] if name == "foot" else isolated(value)
                for name, value in data.items()}  # fmt: skip
    return [isolated(each) for each in data] if isinstance(data, (list, tuple)) else data


def _marked(text: str) -> str:
    return _RUN.sub(lambda run: f"{_FIRST}{run[0]}{_LAST}", text)
