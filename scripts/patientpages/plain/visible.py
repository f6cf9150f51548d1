"""What a program can see of PEMAT-P and of the CDC Clear Communication Index: x of y, never an official score.

Items and their numbers: AHRQ, Patient Education Materials Assessment Tool for printable materials; CDC, Clear
Communication Index. Items that need a person's judgement are left out, and those here still need one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from patientpages.model import CLINIC_MARK, Block, Page, PlainWords
from patientpages.plain.measures import count_words, measure
from patientpages.plain.spoken import words_in
from patientpages.plain.texts import Sentence, blocks_of_page, main_sections, sentences_of, texts, texts_of

_LONGEST_SECTION, _LONGEST_LIST, _WIDEST_TABLE, _LONGEST_HEADER = 150, 7, 4, 4  # words, items, columns, words


class Item(NamedTuple):
    """An item, whether the page earns it, and the sentence or element that earns it (or that loses it)."""

    tool: str
    number: int
    what: str
    earned: bool
    shown: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """A page, looked at once for all items."""

    page: Page
    words: PlainWords
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    lower: tuple[str, ...]  # the sentences in lower case
    codes: frozenset[str]  # of the findings on this page

    def first(self, *, begins: tuple[str, ...] = (), holds: tuple[str, ...] = ()) -> str:
        """Return the first sentence that begins with, or holds, one of these."""
        for sentence, text in zip(self.sentences, self.lower, strict=True):
            if begins and text.split(" ", 1)[0].strip(",.") in begins:
                return sentence.text
            for part in holds:
                if part in text:
                    return sentence.text
        return ""

    def lists(self) -> list[list[Block]]:
        """Return the runs of list items under one lead."""
        runs = groupby(self.blocks, key=lambda b: (b.kind, b.lead) if b.kind == "item" else None)
        return [list(run) for key, run in runs if key]


def _titled(seen: _Seen) -> Iterator[Item]:
    page, short = seen.page, seen.page.in_short or ()
    opening = " ".join(block.text for block in short if block.kind != "title")
    yield Item("PEMAT", 1, "the purpose is evident", bool(opening) and len(page.source.title) > 0, page.source.title)
    yield Item("PEMAT", 11, "a summary", bool(opening), opening)
    yield Item("CDC", 1, "one main message", 0 < len(sentences_of(short)) <= 7, opening)
    yield Item("CDC", 2, "the message is at the top", bool(opening), "In short stands before the first heading")
    yield Item("CDC", 3, "the message is set apart", bool(opening), "In short stands in a box of its own")
    yield Item("CDC", 10, "the most important comes first", bool(opening), opening)


def _worded(seen: _Seen) -> Iterator[Item]:
    hard = seen.codes & {"R101", "R105"}
    grade = measure(texts(seen.sentences), seen.words.syllables).grade
    yield Item(
        "PEMAT",
        3,
        "everyday words",
        not hard,
        f"grade {grade:.1f}; no hard word of words.yml" if not hard else "see findings",
    )
    alone = "R106" in seen.codes
    yield Item(
        "PEMAT", 4, "medical words are explained", not alone, "each at its first use here" if not alone else "see R106"
    )
    yield Item("CDC", 7, "words that readers use", not hard and not alone, "as PEMAT 3 and 4")
    passive = "R107" in seen.codes
    yield Item(
        "PEMAT", 5, "active instructions", not passive, "no instruction without a doer" if not passive else "see R107"
    )
    empty = "R109" in seen.codes
    titles = "; ".join(section.title for section in main_sections(seen.page))
    yield Item("PEMAT", 9, "headings that inform", not empty and bool(titles), titles)
    you = next((s.text for s in seen.sentences if any(w.lower() in ("you", "your") for w in words_in(s.text))), "")
    yield Item("PEMAT", 21, "speaks to the reader", bool(you), you)


def _counted(seen: _Seen) -> Iterator[Item]:
    typed = seen.codes & {"N201", "N202", "C102"}
    facts = sorted({fact for block in seen.blocks for fact in block.facts})
    shown = f"facts: {', '.join(facts)}" if facts else "no figures"
    yield Item("PEMAT", 6, "numbers are clear", not typed, shown)
    yield Item("PEMAT", 7, "no sums to do", not typed, "no percentage, no mixed denominators (C102)")
    yield Item("CDC", 15, "whole numbers", not typed, shown)
    yield Item("CDC", 17, "no arithmetic", not typed, "as PEMAT 7")
    yield Item("CDC", 20, "how often, in words and a number", not typed, "each frequency word has its number (C102)")


def _shaped(seen: _Seen) -> Iterator[Item]:
    sizes = [(count_words(texts_of(s.blocks)), s.title) for s in main_sections(seen.page)]
    most, longest = max(sizes, default=(0, ""))
    subs = [s for s in seen.page.sections if s.level > 2]
    fits = most <= _LONGEST_SECTION or bool(subs)
    yield Item(
        "PEMAT",
        8,
        "short sections",
        fits and "R104" not in seen.codes,
        f'"{longest}": {most} words, {len(subs)} headings below',
    )
    yield Item("CDC", 9, "chunks with headings", fits, f"{len(seen.page.sections)} headings")
    lists = seen.lists()
    cue = lists[0][0].text if lists else ""
    yield Item("PEMAT", 12, "visual cues", bool(lists) or bool(seen.page.in_short), cue or "In short stands in a box")
    long = [run for run in lists if len(run) > _LONGEST_LIST]
    shown = f'"{long[0][0].text}" and {len(long[0]) - 1} more' if long else f"{len(lists)} lists"
    yield Item("CDC", 8, f"lists of at most {_LONGEST_LIST}", not long, shown)
    heads = [b for b in seen.blocks if b.kind == "header-cell"]
    if heads:
        fits = len(heads) <= _WIDEST_TABLE and all(len(b.text.split()) <= _LONGEST_HEADER for b in heads)
        yield Item("PEMAT", 19, "simple tables", fits, " | ".join(b.text for b in heads))
    if seen.page.images:
        yield Item(
            "PEMAT", 17, "pictures have words", all(i.alt for i in seen.page.images), seen.page.images[0].alt or ""
        )


def _acting(seen: _Seen) -> Iterator[Item]:
    action = seen.first(begins=seen.words.actions)
    yield Item("PEMAT", 20, "an action for the reader", bool(action), action)
    yield Item("CDC", 5, "a call to action", bool(action), action)
    yield Item("CDC", 12, "what to do is recommended", bool(action), action)
    steps = next((run for run in seen.lists() if run[0].text.split()[0].lower() in seen.words.actions), [])
    yield Item("PEMAT", 22, "actions in steps", bool(steps), "; ".join(b.text for b in steps[:3]))
    contact = next(
        (b.text for b in seen.blocks if not b.hidden and CLINIC_MARK in b.typed and "call" in b.text.lower()), ""
    )
    yield Item("CDC", 14, "when and how to get in touch", bool(contact), contact)
    known, unknown = seen.first(holds=seen.words.known), seen.first(holds=seen.words.unknown)
    yield Item(
        "CDC", 11, "what is known and what is not", bool(known and unknown), " / ".join(filter(None, (known, unknown)))
    )


def visible_items(page: Page, words: PlainWords, codes: frozenset[str]) -> list[Item]:
    """Return the items of one page in order; `codes` are those of the findings on it."""
    blocks = blocks_of_page(page)
    sentences = tuple(sentences_of(blocks))
    seen = _Seen(page, words, blocks, sentences, tuple(sentence.text.lower() for sentence in sentences), codes)
    found = [item for look in (_titled, _worded, _counted, _shaped, _acting) for item in look(seen)]
    return sorted(found, key=lambda item: (item.tool != "PEMAT", item.number))
