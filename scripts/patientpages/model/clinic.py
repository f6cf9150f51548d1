"""What a clinic says of itself in clinic.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from patientpages.model.findings import Artefact, Place
from patientpages.model.standard import Emergency


@dataclass(frozen=True, slots=True)
class Branch:
    """Another place of the clinic; `hours` may be empty, where they are those of the clinic."""

    name: str
    address: str
    phone: str
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Override:
    """An emergency number of the clinic's own, in the place of the one in standard/emergency.yml.

    Who confirmed it stands in clinic.yml and is not kept here: a name cannot reach a page that nobody carries there.
    """

    number: str
    instead_of: str
    confirmed_on: date
    place: Place


@dataclass(frozen=True, slots=True)
class Clinic:
    """What the clinic says of itself. `values` are what a page can show, by name."""

    values: Mapping[str, str]
    languages: tuple[str, ...]
    website: str
    emergency: Emergency | None
    placeholders: tuple[str, ...]
    place: Place
    places: Mapping[str, Place] = field(default_factory=dict)  # where each line of clinic.yml stands
    colours: Mapping[str, tuple[str, Place]] = field(default_factory=dict)  # colour, colour_dark: #rrggbb
    branches: tuple[Branch, ...] = ()
    override: Override | None = None
    logo: Artefact | None = None  # as it is served
    paper: str = "A4"  # or Letter: what pages are printed on
    embedded_on: tuple[str, ...] = ()  # websites that may show pages inside their own: https://www.example.org
