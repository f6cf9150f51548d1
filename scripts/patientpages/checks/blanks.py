"""Blanks: what a page leaves in [square brackets] is still to be written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from patientpages.checks.registry import Note
from patientpages.model import BLANK, Page, Place, Site
from patientpages.plain import blocks_of_page

_BRACKETS = re.compile(r"\[(?!\d+\])[^\[\]]*\]")  # [1] is a reference
_LONG = 80


def still_blank(page: Page, site: Site) -> Iterator[Note]:
    """A page has no blank in [square brackets].

    Why: what stands there is a note to the writer; a patient would read it, and miss what should stand in its place.

    Bad: "Call us on [number]."
    Good: "Call us on {{ clinic: phone }}."
    """
    source = page.source
    texts: list[tuple[str, str, Place, str | None]] = [
        (text, "", source.place_of(key), None)
        for key, text in (("title", source.title), ("description", source.description))
    ]
    sections = [section for section in page.sections if section.level == 2]
    within = {id(block): section.id for section in sections for block in section.blocks}
    blocks = blocks_of_page(page)
    headed = bool(blocks) and blocks[0].kind == "heading" and id(blocks[0]) not in within  # the title once more
    for block in blocks[headed:]:
        if block.kind not in ("code", "picture"):
            topic = within.get(id(block))
            typed = block.text if block.hidden == BLANK else block.typed or block.text  # clinic.yml has blanks, too
            texts.append((typed, block.hidden, block.place, topic))
    if not any("[" in text or hidden == BLANK for text, hidden, _, _ in texts):
        return
    shared: set[Place] = set()
    for text, hidden, place, topic in texts:
        if hidden == BLANK and place in shared:  # of a section of another page one is told here, and all of them there
            continue
        shared.add(place)
        found = [text] if hidden == BLANK else _BRACKETS.findall(text)
        for blank in found:
            shown = blank if len(blank) <= _LONG else f"{blank[: _LONG - 4].rsplit(' ', 1)[0]} ...]"
            yield Note(place, f"this blank is still to be filled in: {shown}", "Write the text, without the brackets; "
                       "or take the line out, if it only tells what could stand here.",
                       topic if topic in site.standard.topics else None)  # fmt: skip
