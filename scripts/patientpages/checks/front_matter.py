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
