"""How much of an old text stands in a new one."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_RUN = 3  # words; runs of one word would find any two texts in one language alike


@lru_cache(maxsize=4096)  # a text is compared with many
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return frozenset(tuple(words[at : at + _RUN]) for at in range(max(len(words) - _RUN + 1, min(len(words), 1))))


def alike(old: str, new: str) -> float:
    """Return the share of the old text's runs of three words that stand in the new one, from 0 to 1.

    This is the containment of A. Broder, "On the resemblance and containment of documents" (1997): a text that was
    merged into a longer one is still all there.
    """
    before = _runs(old)
    return len(before & _runs(new)) / len(before) if before else 0.0
