"""Words that make a page hard: hard and medical words, who does it, links and headings that say nothing.

standard/<lang>/words.yml has the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from patientpages.checks.reading import typed
from patientpages.checks.registry import Note
from patientpages.model import Page, Site
from patientpages.plain import blocks_of_page, texts


@lru_cache(maxsize=4096)
def _pattern(phrase: str) -> re.Pattern[str]:
    """Return how a word is found in its usual forms: assist, assists, assisted, assisting."""
    stem = re.escape(phrase.removesuffix("e"))
    return re.compile(rf"\b{stem}(?:e|es|ed|ing|s|d)?\b" if phrase.endswith("e") else rf"\b{stem}(?:s|es|ed|ing)?\b")


def hard_word(page: Page, site: Site) -> Iterator[Note]:
    """No hard word where a plain one does.

    Why: each one costs readers, and nobody is offended by a plain word.

    Bad: "Discontinue medication prior to the procedure."
    Good: "Stop taking it before the treatment."
    """
    if site.plain is None:
        return
    for sentence in typed(blocks_of_page(page), page):
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
    sentences = typed(blocks_of_page(page), page)
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
    for sentence in typed(blocks_of_page(page), page):
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
