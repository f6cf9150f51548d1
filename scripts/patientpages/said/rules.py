"""The rules of standard/<lang>/claims.yml: claims that may not be made, and words that need something beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from patientpages.model import Place
from patientpages.said.ways import Way
from patientpages.yamlfile import Map, Mistakes

PREFIX = "claims/"
Reach = Literal["sentences", "section"]
_REACHES: tuple[Reach, ...] = ("sentences", "section")


@dataclass(frozen=True, slots=True)
class Rule:
    """A claim that may not be made; or, with a `reach`, words that need something beside them within it."""

    id: str
    find: tuple[Way, ...]
    beside: str  # the concept that must stand within the reach ("" for a claim, which nothing makes right)
    reach: Reach | None
    why: str
    instead: str
    says: tuple[tuple[str, Place], ...]
    says_not: tuple[tuple[str, Place], ...]
    place: Place


def _examples(data: Map, key: str) -> tuple[tuple[str, Place], ...]:
    return tuple(zip(data.texts(key), data.places(key), strict=False))


def read_rules(data: Map, ways: Callable[..., tuple[Way, ...]], mistakes: Mistakes) -> Iterator[Rule]:
    """Yield the rules of the file; `ways` reads ways of saying, as for statements."""
    claims = data.group("claims")
    for name in claims or ():
        entry = claims.group(name) if claims else None
        if entry is not None:
            found = ways(entry, "find", PREFIX, entry.texts("never"))
            yield _rule(name, found, "", None, entry)
    balance = data.group("balance")
    for name in balance or ():
        entry = balance.group(name) if balance else None
        if entry is not None:
            for key in ("find", "fine", "beside"):
                entry.node(key)  # read before, with the words of all concepts
            reach: Reach = entry.choice("within", _REACHES)
            way = Way((f"{PREFIX}{name}-find",), 1, (f"{PREFIX}{name}-fine",), entry.place)
            yield _rule(name, (way,), f"{PREFIX}{name}-beside", reach, entry)


def _rule(name: str, find: tuple[Way, ...], beside: str, reach: Reach | None, entry: Map) -> Rule:
    rule = Rule(name, find, beside, reach, entry.text("why"), entry.text("instead"), _examples(entry, "says"),
                _examples(entry, "says-not"), entry.place)  # fmt: skip
    entry.close()
    return rule
