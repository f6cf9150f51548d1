"""Does each page have what its kind asks for: sections under their fixed ids, links, entries, "In short".

Whether a section *says* its statements is for the matcher; until it exists none is reported as said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from patientpages.checks.registry import Note
from patientpages.checks.targets import targets_of
from patientpages.model import BLANK, Kind, Page, Place, Section, Site, Topic

_IN_SHORT_WORDS = 60
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def asked_of(page: Page, site: Site) -> tuple[Kind | None, tuple[tuple[Topic, bool], ...]]:
    """Return the kind of a page and the topics that it asks for, each with whether the short form is enough."""
    kind = site.standard.kinds.get(page.source.kind)
    if kind is None:
        return None, ()
    topics = site.standard.topics
    full = [(topics[name], False) for name in kind.full if name in topics]
    return kind, (*full, *((topics[name], True) for name in kind.short if name in topics))


def _what_to_write(topic: Topic, short: bool) -> str:
    told = "; ".join(statement.tells for statement in topic.required(short=short))
    return f"## {topic.question} {{ #{topic.id} }}\nand under it, in your own words: {told}."


def missing_section(page: Page, site: Site) -> Iterator[Note]:
    """A page has a section, under its fixed id, for each topic that its kind asks for.

    Why: the list is what a patient must be told; e-mails and leaflets link to that section by its id.

    Bad: a page of kind `reaction` without `{ #soreness }`
    Good: `## Will I be sore afterwards? { #soreness }` with its text
    """
    kind, asked = asked_of(page, site)
    for topic, short in asked:
        if page.section(topic.id) is None and kind is not None:
            place = page.source.place_of("kind")
            yield Note(
                place,
                f'the section "{topic.question}" is missing (#{topic.id}): every page of kind "{kind.id}" needs it. '
                + topic.why,
                _what_to_write(topic, short),
                topic.id,
            )


def _is_empty(section: Section) -> bool:
    return not any(_WORD.search(block.text) for block in section.prose)


def empty_section(page: Page, site: Site) -> Iterator[Note]:
    """A section has text that a patient can see.

    Why: a heading alone, or text in a comment or a closed box, answers nobody.

    Bad: `## Will I be sore? { #soreness }` and then the next heading
    Good: the same heading, and the answer under it
    """
    for section in page.sections:
        if _is_empty(section) and not any(block.hidden == BLANK for block in section.blocks):  # T107 tells of those
            topic = site.standard.topics.get(section.id)
            hint = _what_to_write(topic, False) if topic else "Write the answer under the heading, or remove it."
            yield Note(
                section.place,
                f'there is nothing to read under "{section.title or section.id}"',
                hint,
                section.id if topic else None,
            )


def missing_link(page: Page, site: Site) -> Iterator[Note]:
    """A page links to the pages that its kind asks for.

    Why: the home page is the way in; a way that is missing is an answer that is not found.

    Bad: a home page without a link to get-help-now
    Good: `[I feel unwell now](get-help-now.md)` in the page's own text
    """
    kind = site.standard.kinds.get(page.source.kind)
    if kind is None or not kind.links:
        return
    existing = {p.file: p.source.name for p in site.pages}
    own = (file for link, file, _ in targets_of(page) if link.place.line > 1 or link.place.exact)
    linked = {existing.get(file) for file in own}
    for name in kind.links:
        if name not in linked and name in existing.values():
            yield Note(page.source.place_of("kind"), f'this page does not link to "{name}"', f"[words]({name}.md)")


def missing_other_section(page: Page, site: Site) -> Iterator[Note]:
    """A page has the further sections that its kind asks for.

    Why: these answer questions that patients ask and that no topic covers.

    Bad: a page of kind `questions` without `{ #driving }`
    Good: `## Can I drive home? { #driving }` with its answer
    """
    kind = site.standard.kinds.get(page.source.kind)
    for anchor in kind.sections if kind else ():
        if page.section(anchor) is None:
            yield Note(
                page.source.place_of("kind"),
                f'the section "#{anchor}" is missing',
                f"## A heading {{ #{anchor} }}\nand its text.",
            )


def too_few_entries(page: Page, site: Site) -> Iterator[Note]:
    """A page of reference has its entries.

    Why: an empty glossary or list of sources looks as if there were nothing to explain or to prove.

    Bad: a glossary without terms
    Good: `Trigger point` and `: A sore, tight spot in a muscle.`
    """
    kind = site.standard.kinds.get(page.source.kind)
    if kind is None or not kind.entries:
        return
    blocks = [*page.opening, *(block for section in page.sections if section.level == 2 for block in section.blocks)]
    found = sum(block.kind in ("item", "term", "cell") for block in blocks if block.hidden in ("", BLANK))
    if found < kind.entries:
        yield Note(
            page.source.place_of("kind"),
            f"this page has {found} entries, and its kind asks for {kind.entries} or more",
            "Term\n: What it means, in plain words.",
        )


def no_in_short(page: Page, site: Site) -> Iterator[Note]:
    """A page opens with "In short", of at most 60 words.

    Why: somebody in pain or afraid reads the first lines only; they must hold the answer.

    Bad: a page that opens with its history
    Good: `!!! in-short "In short"` and, indented by four spaces, two or three short sentences
    """
    top = Place(page.source.path, page.source.body_line)
    if page.in_short is None:
        yield Note(
            top,
            'the page does not open with "In short"',
            '!!! in-short "In short"\n\n    Two or three short sentences.',
        )
        return
    text = [block for block in page.in_short if block.kind != "heading"][1:]
    words = sum(len(_WORD.findall(block.text)) for block in text)
    if not words:
        yield Note(top, '"In short" is empty', '!!! in-short "In short"\n\n    Two or three short sentences.')
    elif words > _IN_SHORT_WORDS:
        yield Note(
            page.in_short[0].place,
            f'"In short" has {words} words: at most {_IN_SHORT_WORDS}',
            "Keep the answer; move the rest below.",
        )


def kind_without_page(site: Site) -> Iterator[Note]:
    """Every kind of page has its pages, so that every topic has its home.

    Why: a kind without a page means that its topics are told nowhere, and their short links lead nowhere.

    Bad: no page of kind `risks`
    Good: docs/en/risks.md with `kind: risks`
    """
    names = {page.source.name for page in site.pages}
    for kind in site.standard.kinds.values():
        for name in kind.pages:
            if name not in names and name != "404":
                homeless = [topic.id for topic in site.standard.topics.values() if topic.home == name]
                without = f"; without it these topics have no home: {', '.join(homeless)}" if homeless else ""
                yield Note(
                    kind.place,
                    f'the page "{name}" of kind "{kind.id}" is not written yet{without}',
                    f"Write docs/{site.language}/{name}.md",
                )


def page_at_wrong_address(page: Page, site: Site) -> Iterator[Note]:
    """A fixed address has a page of its kind.

    Why: links and leaflets promise what stands at an address.

    Bad: docs/en/risks.md with `kind: plan`
    Good: docs/en/risks.md with `kind: risks`
    """
    for kind in site.standard.kinds.values():
        if page.source.name in kind.pages and page.source.kind in site.standard.kinds and page.source.kind != kind.id:
            yield Note(
                page.source.place_of("kind"),
                f'the address "{page.source.name}" is for the kind "{kind.id}", and this '
                f'page is of kind "{page.source.kind}"',
                f"kind: {kind.id}",
            )
