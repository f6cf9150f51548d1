"""An emergency number of the clinic's own, in the place of the one in standard/emergency.yml."""

from __future__ import annotations

from collections.abc import Iterator

from patientpages.checks.registry import Note
from patientpages.model import Site


def number_overridden(site: Site) -> Iterator[Note]:
    """An emergency number that the clinic has put in the place of the listed one is named at every build.

    Why: a wrong number for an ambulance costs a life, and nobody looks again at what a build does not mention.

    Bad: `emergency_override` that everybody has forgotten
    Good: a row in standard/emergency.yml with its source; or the override, read again each time
    """
    own = site.clinic.override
    if own is None or site.prefix:  # once for the site, not for each language
        return
    if own.number == own.instead_of:
        yield Note(own.place, f"emergency_override gives {own.number}, which standard/emergency.yml gives as well",
                   "Remove emergency_override.")  # fmt: skip
        return
    yield Note(
        own.place,
        f"pages say to call {own.number}, and standard/emergency.yml says {own.instead_of}: "
        f"confirmed on {own.confirmed_on.isoformat()}",
        "Dial neither to try. If it still holds, leave it; better, correct the row with its source.",
    )


def confirmed_in_the_future(site: Site) -> Iterator[Note]:
    """An emergency number of the clinic's own was confirmed on a day that has been.

    Why: a day to come shows that nobody has confirmed the number yet, or that the year is mistyped.

    Bad: `confirmed_on: 2062-11-22`
    Good: `confirmed_on: 2026-11-22`, the day on which somebody asked
    """
    own = site.clinic.override
    if own and not site.prefix and own.confirmed_on > site.today:
        yield Note(own.place, f"emergency_override was confirmed on {own.confirmed_on.isoformat()}, which is to come",
                   f"confirmed_on: {site.today.isoformat()}, or the day on which somebody asked")  # fmt: skip
