"""Addresses inside a page: every section has one that was given by hand and stands once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from patientpages.checks.registry import Note
from patientpages.model import Page, Place, Site


def repeated_id(page: Page, site: Site) -> Iterator[Note]:
    """An id stands once on a page.

    Why: a link to it in an e-mail opens the first place only, which may be the wrong answer.

    Bad: two headings with `{ #soreness }`
    Good: `{ #soreness }` and `{ #soreness-at-night }`
    """
    for anchor, times in Counter(page.ids).items():
        if times > 1:
            places = [section.place for section in page.sections if section.id == anchor]
            where = places[1] if len(places) > 1 else (places or [Place(page.source.path, 1, exact=False)])[0]
            yield Note(
                where, f'the id "{anchor}" stands {times} times on this page', "Give each section an id of its own."
            )


def automatic_id(page: Page, site: Site) -> Iterator[Note]:
    """Every heading has an id that was given by hand.

    Why: an id made from the heading's words changes when somebody betters the words, and links in e-mails die.

    Bad: `## Will I be sore?`
    Good: `## Will I be sore? { #soreness }`
    """
    for section in page.sections:
        if section.automatic or not section.id:
            made = f' (now "{section.id}", made from its words)' if section.id else ""
            yield Note(
                section.place,
                f'the heading "{section.title}" has no fixed id{made}',
                f"## {section.title} {{ #{section.id.split('_')[0] or 'an-id'} }}",
            )
