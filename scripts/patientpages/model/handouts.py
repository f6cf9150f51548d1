"""Handouts: what is printed, as it is asked for in staff/handouts.yml, and as it is to be set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from patientpages.model.findings import Place

# A piece of a sheet as print/*.typ take it: {"t": kind, ...}, the pieces inside it under "c".
Piece = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Handout:
    """One entry of staff/handouts.yml; `name` is that of its file.

    `also` are topics whose sections stand on other pages: each comes whole, behind what the page itself tells. `code`
    is the topic or page that the QR code opens.
    """

    name: str
    page: str
    also: tuple[str, ...]
    code: str
    place: Place
    places: Mapping[str, Place]  # of each topic in `also`, and of `code`


@dataclass(frozen=True, slots=True)
class Handouts:
    """The file staff/handouts.yml; `card` tells whether the card for a wallet is made."""

    items: tuple[Handout, ...]
    card: bool
    path: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A handout as a PDF. `address` counts from the root of the language; `codes` are the versions of what it shows.

    One that is not made any more has no codes: it is a notice, at the address that leaflets of the past have.
    """

    name: str
    title: str
    address: str
    large: bool
    pdf: bytes
    sheets: int
    codes: tuple[str, ...]
    made_of: str = ""  # as the ledger keeps it


@dataclass(frozen=True, slots=True)
class Unprintable:
    """Something that cannot be put on paper: what it is, what to do, and words near which it stands in the source."""

    what: str
    hint: str
    near: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is set as one PDF: its pieces, and all that stands around them."""

    name: str
    title: str
    template: str  # print/<template>.typ
    opening: Sequence[Piece]  # what stands first, as wide as the page
    pieces: Sequence[Piece]
    around: Mapping[str, Any]  # what the template puts above and below each page
    files: Mapping[str, bytes]  # pictures, by the name under which a piece shows them
