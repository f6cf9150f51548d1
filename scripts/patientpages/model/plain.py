"""What makes a page hard to read, in one language (standard/<lang>/words.yml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from patientpages.model.findings import Place


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A line of the list from A to Z: a term, where it is told (page, anchor), and what else people type for it."""

    term: str
    at: tuple[tuple[str, str], ...]
    also: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class PlainWords:
    """`sentence_words`: warned of above the first, wrong above the second. All words are in lower case."""

    syllables: Mapping[str, int]  # of words that are not spoken as they are written
    unavoidable: tuple[str, ...]
    sentence_words: tuple[int, int]
    paragraph_sentences: int  # at most
    in_short_grade: int
    plain: Mapping[str, str]  # hard words, each with a plain one
    medical: Mapping[str, tuple[str, ...]]  # and the plain words of which one must stand beside it at first
    vague_links: frozenset[str]
    empty_headings: frozenset[str]
    passive_instructions: tuple[str, ...]
    passive_fine: tuple[str, ...]
    actions: tuple[str, ...]  # first words of sentences that ask the reader to do something
    known: tuple[str, ...]
    unknown: tuple[str, ...]
    skipped: tuple[str, ...]  # words that a search does not look for
    index: tuple[IndexEntry, ...]  # from A to Z
