"""The text of a page as plain tuples, which are written and read several times faster than what they stand for."""

from __future__ import annotations

import marshal
from collections.abc import Iterable
from typing import TypeAlias

from patientpages.model import Block, BlockKind, Image, Link, Place, Section

_At: TypeAlias = tuple[str, int, bool]
_Block: TypeAlias = tuple[BlockKind, str, _At, str, str, int, str, tuple[str, ...]]
Texts: TypeAlias = tuple[
    tuple[Block, ...], tuple[Block, ...] | None, tuple[Link, ...], tuple[Image, ...], tuple[tuple[Block, ...], ...]
]


def _at(place: Place) -> _At:
    return place.path, place.line, place.exact


def flat(
    opening: Iterable[Block], in_short: Iterable[Block] | None, links: Iterable[Link], images: Iterable[Image],
    sections: Iterable[Section],
) -> bytes:  # fmt: skip
    """Return the text of a page as bytes. A block stands in it once, however many sections hold it."""
    blocks: list[_Block] = []
    known: dict[int, int] = {}

    def numbers(among: Iterable[Block]) -> tuple[int, ...]:
        found = []
        for block in among:
            number = known.get(id(block))
            if number is None:
                number = known[id(block)] = len(blocks)
                blocks.append((block.kind, block.text, _at(block.place), block.hidden, block.lead, block.row,
                               block.typed, block.facts))  # fmt: skip
            found.append(number)
        return tuple(found)

    held = numbers(opening), None if in_short is None else numbers(in_short), [numbers(s.blocks) for s in sections]
    linked = [(link.href, link.text, _at(link.place)) for link in links]
    shown = [(image.src, image.alt, _at(image.place)) for image in images]
    return marshal.dumps((blocks, held, linked, shown))


def unflat(content: bytes) -> Texts:
    """Return what `flat` was given: opening, in_short, links, images, and the blocks of each section."""
    blocks, (opening, in_short, sections), linked, shown = marshal.loads(content)
    places: dict[_At, Place] = {}

    def place(at: _At) -> Place:
        found = places.get(at)
        if found is None:
            found = places[at] = Place(*at)
        return found

    made = [
        Block(kind, text, place(at), hidden, lead, row, typed, facts)
        for kind, text, at, hidden, lead, row, typed, facts in blocks
    ]
    return (
        tuple([made[at] for at in opening]),
        None if in_short is None else tuple([made[at] for at in in_short]),
        tuple([Link(href, text, place(at)) for href, text, at in linked]),
        tuple([Image(src, alt, place(at)) for src, alt, at in shown]),
        tuple([tuple([made[at] for at in section]) for section in sections]),
    )
