"""Front matter: what a page says of itself. Its form is held when the source is read."""

from __future__ import annotations

from collections.abc import Iterator

from patientpages.checks.registry import Note
from patientpages.model import Page, Site
from patientpages.yamlfile import near


def unknown_kind(page: Page, site: Site) -> Iterator[Note]:
    """The kind of a page is one of those in standard/topics.yml.

    Why: a page of no known kind is asked for nothing, so a missing warning on it would not be noticed.

    Bad: `kind: treatmnt`
    Good: `kind: treatment`
    """
    kind = page.source.kind
    if kind and kind not in site.standard.kinds:
        yield Note(
            page.source.place_of("kind"),
            f'"{kind}" is not a kind of page.{near(kind, list(site.standard.kinds))}',
            "Known: " + ", ".join(sorted(site.standard.kinds)),
        )


def unknown_source(page: Page, site: Site) -> Iterator[Note]:
    """A source that a page names is listed in standard/sources.yml.

    Why: a reader who follows it must arrive at a real study, and the clinician who signs must find it.

    Bad: `sources: [brady-2104]`
    Good: `sources: [brady-2014]`
    """
    for key in page.source.sources:
        if key not in site.standard.citations:
            yield Note(
                page.source.place_of("sources"),
                f'the source "{key}" is not in standard/sources.yml.' + near(key, list(site.standard.citations)),
                "Add it there, or correct the key.",
            )


def unused_source(site: Site) -> Iterator[Note]:
    """A source that is listed has a page or a fact that rests on it.

    Why: one that nothing uses was forgotten when a page changed, or its facts are still to be told.

    Bad: an entry of standard/sources.yml that no page and no fact names
    Good: `sources: [brady-2014]` on the page that tells what it found
    """
    used = {key for page in site.pages for key in page.source.sources}
    used |= {key for fact in site.standard.facts.values() for key in fact.sources}
    for citation in site.standard.citations.values():
        if citation.key not in used:
            message = f'no page and no fact rests on the source "{citation.key}"'
            yield Note(citation.place, message, "Name it on the page that tells what it found, or take it out.")


def source_too_old(site: Site) -> Iterator[Note]:
    """A source has been looked at again within the months that standard/sources.yml gives.

    Why: evidence ages: a newer review may have turned what a page says around.

    Bad: `checked: 2023-01-10` with `review_months: 24`, in 2026
    Good: a day within the last two years, after somebody has looked for newer studies
    """
    for citation in site.standard.citations.values():
        if site.today > citation.due:
            message = f'the source "{citation.key}" was to be looked at again by {citation.due.isoformat()}'
            yield Note(citation.place, message, "Look for newer studies, change what has changed, and set checked.")
