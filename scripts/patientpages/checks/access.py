"""Can everyone use it: pictures and headings."""

from __future__ import annotations

from collections.abc import Iterator

from patientpages.checks.registry import Note
from patientpages.model import Page, Site


def picture_without_alt(page: Page, site: Site) -> Iterator[Note]:
    """A picture has words for somebody who cannot see it.

    Why: a screen reader reads out the file's name, or nothing, and the patient misses what the picture tells.

    Bad: `![](needle.svg)`
    Good: `![A needle goes through the skin into a muscle](needle.svg)`
    """
    for image in page.images:
        if not (image.alt or "").strip():
            yield Note(
                image.place,
                f'the picture "{image.src}" has no words for somebody who cannot see it',
                "Say what it shows: ![A needle goes through the skin into a muscle](needle.svg)",
            )


def heading_order(page: Page, site: Site) -> Iterator[Note]:
    """Headings go down one level at a time, and the title stands in the front matter.

    Why: people who cannot see the page find their way by its headings; a gap sounds like a missing part.

    Bad: `## Will I be sore?` and then `#### At night`
    Good: `## Will I be sore?` and then `### At night`
    """
    titles = [block for block in page.opening if block.kind == "heading"]
    for block in titles[1:]:
        if block.place.exact:
            yield Note(
                block.place,
                f'"{block.text}" is a second title: the page\'s title stands in its front matter',
                f"Write ## {block.text} {{ #an-id }}, or remove the line.",
            )
    last = 1
    for section in page.sections:
        if section.level > last + 1:
            yield Note(
                section.place,
                f'the heading "{section.title}" goes from level {last} to level {section.level}',
                f"Write it with {'#' * (last + 1)} instead.",
            )
        last = section.level


def heading_without_words(page: Page, site: Site) -> Iterator[Note]:
    """A heading has words.

    Why: an empty heading is announced as "heading" and nothing more.

    Bad: `## { #soreness }`
    Good: `## Will I be sore? { #soreness }`
    """
    for section in page.sections:
        if not section.title:
            yield Note(section.place, "this heading has no words", "## Will I be sore? { #soreness }")
