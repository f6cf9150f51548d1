"""Words that make a page hard: hard and medical words, who does it, links and headings that say nothing.

standard/<lang>/words.yml has the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from patientpages.checks.reading import typed
from patientpages.checks.registry import Note
from patientpages.latest import latest
from patientpages.model import Page, Site
from patientpages.plain import Sentence, texts


@dataclass(frozen=True, slots=True)
class _Read:
    """What somebody wrote into a page: its sentences, these in lower case, and all of them as one text."""

    sentences: tuple[Sentence, ...]
    lower: tuple[str, ...]
    whole: str


@latest()
def _read(page: Page) -> _Read:
    sentences = typed(page)
    lower = tuple(sentence.text.lower() for sentence in sentences)
    return _Read(sentences, lower, "\n".join(lower))


@lru_cache(maxsize=4096)
def _pattern(phrase: str) -> tuple[str, re.Pattern[str]]:
    """Return what every form of a word has, and how it is found in them: assist, assists, assisted, assisting."""
    stem = phrase.removesuffix("e")
    ends = "e|es|ed|ing|s|d" if phrase.endswith("e") else "s|es|ed|ing"
    return stem, re.compile(rf"\b{re.escape(stem)}(?:{ends})?\b")


@latest()
def _stems(plain: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """Return each hard word after what all its forms have, with its plain one."""
    return tuple((_pattern(hard)[0], hard, easy) for hard, easy in plain.items())


def _has(text: str, phrase: str) -> bool:
    stem, pattern = _pattern(phrase)
    return stem in text and pattern.search(text) is not None


def hard_word(page: Page, site: Site) -> Iterator[Note]:
    """No hard word where a plain one does.

    Why: each one costs readers, and nobody is offended by a plain word.

    Bad: "Discontinue medication prior to the procedure."
    Good: "Stop taking it before the treatment."
    """
    if site.plain is None:
        return
    read = _read(page)
    likely = [(hard, easy) for stem, hard, easy in _stems(site.plain.plain) if stem in read.whole]
    for sentence, text in zip(read.sentences, read.lower, strict=True) if likely else ():
        for hard, easy in likely:
            if _has(text, hard):
                yield Note(sentence.place, f'"{hard}" is a hard word: "{sentence.text}"', f"Write: {easy}")


def medical_word_alone(page: Page, site: Site) -> Iterator[Note]:
    """A medical word is said in plain words where a page first uses it.

    Why: a page is often the only one that is read, and a glossary is one more thing to open.

    Bad: "A pneumothorax can happen."
    Good: "A collapsed lung (pneumothorax) can happen."
    """
    if site.plain is None or page.source.kind == "reference":
        return
    read = _read(page)
    for word, companions in site.plain.medical.items():
        if _pattern(word)[0] not in read.whole:
            continue
        for index, sentence in enumerate(read.sentences):
            if not _has(read.lower[index], word):
                continue
            around = " ".join(texts(read.sentences[max(index - 1, 0) : index + 2])).lower()
            if not any(_has(around, companion) for companion in companions):
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
    read, phrases, fine = _read(page), site.plain.passive_instructions, site.plain.passive_fine
    mended = any(each in read.whole for each in fine)  # what stands around a fine phrase may make another one
    likely = phrases if mended else tuple(phrase for phrase in phrases if phrase in read.whole)
    for sentence, text in zip(read.sentences, read.lower, strict=True) if likely else ():
        asked = text
        for each in fine if mended else ():
            asked = asked.replace(each, "")
        for phrase in likely:
            if phrase in asked and _whole(phrase).search(asked):
                yield Note(sentence.place, f'this leaves open who does it ("{phrase}"): "{sentence.text}"',
                           "Say it to the reader: Keep ..., Tell us ..., Ask ...")  # fmt: skip
                break


@lru_cache(maxsize=1024)
def _whole(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(phrase)}\b")


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
