"""Plain language: how hard a page is to read, and what makes it so. standard/<lang>/words.yml has the words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from patientpages.checks.registry import Note
from patientpages.model import Block, Kind, Page, Place, PlainWords, Site
from patientpages.plain import Sentence, blocks_of_page, hardest, main_sections, measure, sentences_of, texts, words_in

_FEWEST = 30  # words of a section: the grade of fewer says little
_SHORTER = "Take out what no required statement needs, or link to the page that tells more."
_FAR_ABOVE = 1.5  # of the most words of a kind


def _kind(page: Page, site: Site) -> Kind | None:
    return site.standard.kinds.get(page.source.kind)


def _typed(blocks: Iterable[Block], page: Page) -> list[Sentence]:
    """Return the sentences that somebody wrote into the page: what is made from data is not held to them.

    A section of another page is held to them there.
    """
    shared = {insert.place.line for insert in page.source.inserts if insert.kind == "section"}
    listed = any(insert.kind == "sources" for insert in page.source.inserts)
    found = (s for s in sentences_of(blocks) if s.place.line not in shared)
    return [sentence for sentence in found if sentence.place.exact or not listed]


@lru_cache(maxsize=4096)
def _pattern(phrase: str) -> re.Pattern[str]:
    """Return how a word is found in its usual forms: assist, assists, assisted, assisting."""
    stem = re.escape(phrase.removesuffix("e"))
    return re.compile(rf"\b{stem}(?:e|es|ed|ing|s|d)?\b" if phrase.endswith("e") else rf"\b{stem}(?:s|es|ed|ing)?\b")


def hard_to_read(page: Page, site: Site) -> Iterator[Note]:
    """A page, each of its sections and its opening lines are easy enough to read.

    Why: half of all adults read at the level of a child of eleven or below, and pain makes it harder.

    Bad: "Prior to commencement of treatment, individuals anticipating complications should notify the practitioner."
    Good: "Tell us before we start if something worries you."
    """
    words, kind = site.plain, _kind(page, site)
    if words is None or kind is None or kind.grade is None:
        return
    parts: list[tuple[str, Place, list[Sentence], int]] = [
        ("the page", page.source.place_of("kind"), sentences_of(blocks_of_page(page)), kind.grade)
    ]
    for section in main_sections(page):
        parts.append((f'the section "{section.title}"', section.place, sentences_of(section.blocks), kind.grade + 1))
    short = sentences_of(page.in_short or ())
    if short:
        parts.append(("In short", short[0].place, short, words.in_short_grade))
    for name, place, sentences, most in parts:
        counted = measure(texts(sentences), words.syllables)
        is_short = name == "In short"
        if counted.words >= (1 if is_short else _FEWEST) and round(counted.grade, 1) > most:
            without = measure(texts(sentences), words.syllables, words.unavoidable).grade
            worst = "\n".join(f'"{text}" ({why})' for text, _, why in hardest(texts(sentences), words.syllables, 2))
            message = f"{name} has reading grade {counted.grade:.1f} ({without:.1f} without the unavoidable words)"
            yield Note(place, f"{message}; the highest here is {most}", f"Shorten the hardest sentences:\n{worst}")


def _long_sentences(page: Page, words: PlainWords) -> Iterator[tuple[Sentence, int]]:
    for sentence in _typed(blocks_of_page(page), page):
        yield sentence, len(words_in(sentence.text))


def sentence_too_long(page: Page, site: Site) -> Iterator[Note]:
    """No sentence is so long that its beginning is forgotten at its end.

    Why: somebody in pain keeps about twenty words in mind.

    Bad: a sentence of 34 words
    Good: two of 15
    """
    if site.plain:
        most = site.plain.sentence_words[1]
        for sentence, many in _long_sentences(page, site.plain):
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
        for sentence, many in _long_sentences(page, site.plain):
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
    for sentence in _typed(blocks_of_page(page), page):
        block = sentence.block
        if block.kind == "paragraph":
            counts[id(block)] = block, counts.get(id(block), (block, 0))[1] + 1
    for block, many in counts.values():
        if many > site.plain.paragraph_sentences[0]:
            yield Note(block.place, f"this paragraph has {many} sentences", "Make two of it, or a list.")


def hard_word(page: Page, site: Site) -> Iterator[Note]:
    """No hard word where a plain one does.

    Why: each one costs readers, and nobody is offended by a plain word.

    Bad: "Discontinue medication prior to the procedure."
    Good: "Stop taking it before the treatment."
    """
    if site.plain is None:
        return
    for sentence in _typed(blocks_of_page(page), page):
        text = sentence.text.lower()
        for hard, easy in site.plain.plain.items():
            if _pattern(hard).search(text):
                yield Note(sentence.place, f'"{hard}" is a hard word: "{sentence.text}"', f"Write: {easy}")


def medical_word_alone(page: Page, site: Site) -> Iterator[Note]:
    """A medical word is said in plain words where a page first uses it.

    Why: a page is often the only one that is read, and a glossary is one more thing to open.

    Bad: "A pneumothorax can happen."
    Good: "A collapsed lung (pneumothorax) can happen."
    """
    if site.plain is None or page.source.kind == "reference":
        return
    sentences = _typed(blocks_of_page(page), page)
    for word, companions in site.plain.medical.items():
        for index, sentence in enumerate(sentences):
            if not _pattern(word).search(sentence.text.lower()):
                continue
            around = " ".join(texts(sentences[max(index - 1, 0) : index + 2])).lower()
            if not any(_pattern(companion).search(around) for companion in companions):
                hint = f"Say it in plain words beside it, for example with: {', '.join(companions)}"
                yield Note(sentence.place, f'"{word}" is not explained where this page first uses it', hint)
            break


def passive_instruction(page: Page, site: Site) -> Iterator[Note]:
    """An instruction says who does it.

    Why: "the area should be kept dry" leaves open by whom, and whether it is meant for me.

    Bad: "The area should be kept dry."
    Good: "Keep the area dry."
    """
    if site.plain is None:
        return
    for sentence in _typed(blocks_of_page(page), page):
        text = sentence.text.lower()
        for fine in site.plain.passive_fine:
            text = text.replace(fine, "")
        for phrase in site.plain.passive_instructions:
            if re.search(rf"\b{re.escape(phrase)}\b", text):
                yield Note(sentence.place, f'this leaves open who does it ("{phrase}"): "{sentence.text}"',
                           "Say it to the reader: Keep ..., Tell us ..., Ask ...")  # fmt: skip
                break


def vague_link(page: Page, site: Site) -> Iterator[Note]:
    """The text of a link says where it leads.

    Why: a screen reader reads links out one after the other, without what stands around them.

    Bad: `[here](soreness.md)`
    Good: `[how long soreness lasts](soreness.md)`
    """
    if site.plain:
        for link in page.links:
            if link.text.strip(" .:>").lower() in site.plain.vague_links:
                yield Note(link.place, f'the link "{link.text}" does not say where it leads', "Name what is there.")


def heading_that_says_nothing(page: Page, site: Site) -> Iterator[Note]:
    """A heading asks what the patient asks, or says what stands below.

    Why: readers who hurry read only the headings.

    Bad: `## Introduction`
    Good: `## Will I be sore afterwards?`
    """
    if site.plain:
        for section in page.sections:
            if section.title.strip(" .:").lower() in site.plain.empty_headings:
                yield Note(section.place, f'the heading "{section.title}" says nothing', "Ask the reader's question.")


def page_far_too_long(page: Page, site: Site) -> Iterator[Note]:
    """A page is not half as long again as its kind may be.

    Why: what is too long is not read to the end, and urgent help is often there.

    Bad: a page about urgent help with 300 words
    Good: one with 150
    """
    kind = _kind(page, site)
    if kind and kind.words:
        many = measure(texts(sentences_of(blocks_of_page(page))), {}).words
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
        many = measure(texts(sentences_of(blocks_of_page(page))), {}).words
        if kind.words < many <= kind.words * _FAR_ABOVE:
            yield Note(
                page.source.place_of("kind"), f"this page has {many} words; its kind may have {kind.words}", _SHORTER
            )
