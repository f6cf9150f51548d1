"""How hard a page is to read, and how long its sentences, its paragraphs and it itself are."""

from __future__ import annotations

from collections.abc import Iterator

from patientpages.checks.registry import Note
from patientpages.latest import latest
from patientpages.model import BLANK, Block, Kind, Page, Place, Site
from patientpages.plain import (
    Sentence,
    blocks_of_page,
    count_words,
    hardest,
    lengths_of,
    main_sections,
    measure,
    sentences_of,
    texts,
    texts_of,
)

_FEWEST = 30  # words of a section: the grade of fewer says little
_SHORTER = "Take out what no required statement needs, or link to the page that tells more."
_FAR_ABOVE = 1.5  # of the most words of a kind


def _kind(page: Page, site: Site) -> Kind | None:
    return site.standard.kinds.get(page.source.kind)


@latest()
def typed(page: Page) -> tuple[Sentence, ...]:
    """Return the sentences that somebody wrote into a page: what is made from data is not held to them.

    A section of another page is held to them there.
    """
    shared = {insert.place.line for insert in page.source.inserts if insert.kind == "section"}
    listed = any(insert.kind == "sources" for insert in page.source.inserts)
    found = sentences_of(blocks_of_page(page))
    return tuple(s for s in found if s.place.line not in shared and (s.place.exact or not listed))


def hard_to_read(page: Page, site: Site) -> Iterator[Note]:
    """A page, each of its sections and its opening lines are easy enough to read.

    Why: many adults read slowly, and pain makes it harder; the NHS service manual writes for a reading age of 9 to 11.

    Bad: "Prior to commencement of treatment, individuals anticipating complications should notify the practitioner."
    Good: "Tell us before we start if something worries you."
    """
    words, kind = site.plain, _kind(page, site)
    if words is None or kind is None or kind.grade is None:
        return
    blocks = blocks_of_page(page)
    parts: list[tuple[str, Place, list[str], int]] = []
    if not any(block.hidden == BLANK for block in blocks):  # half a page has no grade yet
        parts.append(("the page", page.source.place_of("kind"), texts(sentences_of(blocks)), kind.grade))
    for section in main_sections(page):
        parts.append((f'the section "{section.title}"', section.place, texts_of(section.blocks), kind.grade + 1))
    short = sentences_of(page.in_short or ())
    if short:
        parts.append(("In short", short[0].place, texts(short), words.in_short_grade))
    for name, place, sentences, most in parts:
        counted = measure(sentences, words.syllables)
        is_short = name == "In short"
        if counted.words >= (1 if is_short else _FEWEST) and round(counted.grade, 1) > most:
            without = measure(sentences, words.syllables, words.unavoidable).grade
            worst = "\n".join(f'"{text}" ({why})' for text, _, why in hardest(sentences, words.syllables, 2))
            message = f"{name} has reading grade {counted.grade:.1f} ({without:.1f} without the unavoidable words)"
            yield Note(place, f"{message}; the highest here is {most}", f"Shorten the hardest sentences:\n{worst}")


@latest()
def _lengths(page: Page) -> tuple[tuple[Sentence, int], ...]:
    """Return what somebody wrote into a page, sentence by sentence, each with its number of words."""
    return tuple(zip(typed(page), lengths_of(texts(typed(page))), strict=True))


@latest()
def _many_words(page: Page) -> int:
    return count_words(texts(sentences_of(blocks_of_page(page))))


def sentence_too_long(page: Page, site: Site) -> Iterator[Note]:
    """No sentence is so long that its beginning is forgotten at its end.

    Why: whoever is in pain has lost the beginning by then, and with it what to do.

    Bad: a sentence of 34 words
    Good: two of 15
    """
    if site.plain:
        most = site.plain.sentence_words[1]
        for sentence, many in _lengths(page):
            if many > most:
                yield Note(sentence.place, f'this sentence has {many} words: "{sentence.text}"', "Make two of it.")


def sentence_long(page: Page, site: Site) -> Iterator[Note]:
    """Sentences are short.

    Why: the NHS service manual asks for 20 words at most; longer ones are read twice or not at all.

    Bad: a sentence of 24 words
    Good: two of 12
    """
    if site.plain:
        least, most = site.plain.sentence_words
        for sentence, many in _lengths(page):
            if least < many <= most:
                yield Note(sentence.place, f'this sentence has {many} words: "{sentence.text}"', "Make two of it.")


def paragraph_long(page: Page, site: Site) -> Iterator[Note]:
    """Paragraphs are short.

    Why: a wall of text is passed over, and the warning in it with it.

    Bad: a paragraph of six sentences
    Good: two of three, or a list
    """
    if site.plain is None:
        return
    counts: dict[int, tuple[Block, int]] = {}
    for sentence in typed(page):
        block = sentence.block
        if block.kind == "paragraph":
            counts[id(block)] = block, counts.get(id(block), (block, 0))[1] + 1
    for block, many in counts.values():
        if many > site.plain.paragraph_sentences:
            yield Note(block.place, f"this paragraph has {many} sentences", "Make two of it, or a list.")


def page_far_too_long(page: Page, site: Site) -> Iterator[Note]:
    """A page is not half as long again as its kind may be.

    Why: what is too long is not read to the end, and urgent help is often there.

    Bad: a page about urgent help with 300 words
    Good: one with 150
    """
    kind = _kind(page, site)
    if kind and kind.words:
        many = _many_words(page)
        if many > kind.words * _FAR_ABOVE:
            yield Note(
                page.source.place_of("kind"), f"this page has {many} words; its kind may have {kind.words}", _SHORTER
            )


def page_too_long(page: Page, site: Site) -> Iterator[Note]:
    """A page is no longer than its kind may be.

    Why: each word more is read by fewer people.

    Bad: 480 words where 450 are allowed
    Good: 440
    """
    kind = _kind(page, site)
    if kind and kind.words:
        many = _many_words(page)
        if kind.words < many <= kind.words * _FAR_ABOVE:
            yield Note(
                page.source.place_of("kind"), f"this page has {many} words; its kind may have {kind.words}", _SHORTER
            )
