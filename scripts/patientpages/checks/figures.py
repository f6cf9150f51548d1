"""Figures: every number is a fact with its source, and stands beside its own subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from patientpages.checks.registry import Note
from patientpages.latest import latest
from patientpages.model import BLANK, FACT_MARK, Block, Fact, Figures, Page, Site

_PRONOUN = re.compile(r"(?:it|they|this|that|these|those)\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_RUN = re.compile(r"\w+")
_SHARES = "half|thirds?|quarters?|fortnight|dozens?|double|triple|hundreds|thousands"  # as below, one word of each
_WORDED, _DIGIT, _NOTHING = 1, 2, frozenset({0})
_MOST = 16384  # pieces of texts that are remembered


class _Pieces(dict[str, int]):
    """Of each piece of a text between spaces: has it a word that a figure can begin with (1), has it a digit (2)?

    Most sentences have neither, and need no longer look.
    """

    def __init__(self, words: tuple[str, ...]) -> None:
        super().__init__()
        begun = [_RUN.match(word) for word in words]
        firsts = "|".join(re.escape(run.group()) for run in begun if run)
        whole = rf"\b(?:{firsts}|{_SHARES})\b" if all(begun) and firsts else ""  # "": a figure can begin anywhere
        self._word = re.compile(whole, re.IGNORECASE)

    def __missing__(self, piece: str) -> int:
        found = _WORDED * bool(self._word.search(piece)) + _DIGIT * bool(_DIGITS.search(piece))
        if len(self) >= _MOST:
            self.clear()
        self[piece] = found
        return found


@dataclass(frozen=True, slots=True)
class _Finder:
    """What finds a figure in words, and what may be typed."""

    figure: re.Pattern[str]
    allowed: re.Pattern[str]
    pieces: _Pieces

    def kinds(self, text: str) -> list[re.Pattern[str]]:
        """Return what may find a figure in this text: figures in words, digits."""
        found = set(map(self.pieces.__getitem__, text.split()))
        if found <= _NOTHING:
            return []
        worded, digits = found & {_WORDED, _WORDED | _DIGIT}, found & {_DIGIT, _WORDED | _DIGIT}
        return [*([self.figure] if worded else []), *([_DIGITS] if digits else [])]

    def begun(self, text: str) -> list[str]:
        """Return the pieces between spaces that a figure may begin in: a text without any of them has no figure."""
        return [piece for piece in dict.fromkeys(text.split()) if self.pieces[piece]]


@latest()
def _finder(figures: Figures) -> _Finder:
    return _finder_of(figures.words, figures.units, figures.allowed)


@lru_cache(maxsize=8)
def _finder_of(words: tuple[str, ...], units: tuple[str, ...], texts: tuple[str, ...]) -> _Finder:
    number = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    unit = "|".join(map(re.escape, sorted(units, key=len, reverse=True)))
    amount = rf"(?:a |an )?(?:{number})(?:[ -](?:{number}))*"
    figure = (
        rf"\b{amount}(?: (?:to|or|and|of) {amount})?(?: of)?(?: \w+)?[ -](?:{unit})\b"  # two or three full days
        rf"|\b{amount} (?:in|out of|of every|per) (?:a |every )?{amount}\b"  # one in ten
        rf"|\b(?:half|a third|two thirds|a quarter|three quarters) (?:of|the|our|all)\b"
        rf"|\b(?:fortnight|dozens?|double|triple|hundreds|thousands)\b"
    )
    allowed = "|".join(rf"\b{re.escape(text)}\b" for text in texts) or r"(?!)"
    return _Finder(re.compile(figure, re.IGNORECASE), re.compile(allowed, re.IGNORECASE), _Pieces(words))


def typed_figures(text: str, figures: Figures) -> Iterator[str]:
    """Yield the figures that somebody typed into a text."""
    finder = _finder(figures)
    kinds = finder.kinds(text)
    if not kinds:
        return
    spans = [match.span() for match in finder.allowed.finditer(text)]
    taken: list[tuple[int, int]] = []
    for pattern in kinds:
        for match in pattern.finditer(text):
            start, end = match.span()
            inside = any(a <= start and end <= b for a, b in spans)
            begun = pattern is finder.figure and any(a == start for a, _ in spans)
            if not inside and not begun and not any(a < end and start < b for a, b in taken):
                taken.append((start, end))
                yield text[max(0, start - 12) : end + 12].strip() if pattern is _DIGITS else match.group()


def _likely(text: str, site: Site) -> str:
    """Return the insert that the writer probably means."""
    digits = {
        float(n.replace(",", "")) for n in _DIGITS.findall(text) if n.replace(",", "").replace(".", "", 1).isdigit()
    }
    for fact in site.standard.facts.values():
        if digits & set(fact.value):
            return f"{{{{ fact: {fact.id} }}}} is {fact.about}."
    return "Take it from standard/facts.yml: {{ fact: soreness-lasts }}"


def typed_figure(page: Page, site: Site) -> Iterator[Note]:
    """A number is never typed: it comes from standard/facts.yml or clinic.yml.

    Why: the same question must have the same answer on every page; a typed number is nobody's, and ages unseen.

    Bad: "Soreness goes within four days."
    Good: "Soreness goes within {{ fact: soreness-lasts }}."
    """
    if site.figures is None:
        return
    for key, text in (("title", page.source.title), ("description", page.source.description)):
        for figure in typed_figures(text, site.figures):
            yield Note(
                page.source.place_of(key), f'a figure is typed into the {key}: "{figure}"', "Say it without the number."
            )
    blocks = _blocks(page)
    begun = _finder(site.figures).begun("\n".join([block.typed for _, block in blocks]))
    for _, block in blocks if begun else ():
        if not any(piece in block.typed for piece in begun):
            continue  # most blocks
        for figure in typed_figures(block.typed, site.figures):
            yield Note(block.place, f'a figure is typed: "{figure}"', _likely(figure, site))
    for image in page.images:
        for figure in typed_figures(image.alt or "", site.figures):
            yield Note(image.place, f'a figure is typed into the words of a picture: "{figure}"', _likely(figure, site))


@latest()
def _blocks(page: Page) -> tuple[tuple[str, Block], ...]:
    """Return (title of its section, block) for every block once; the page's own title is checked as front matter."""
    seen: set[int] = set()
    opening = page.opening[1:] if page.opening and page.opening[0].kind == "heading" else page.opening
    titled = [("", block) for block in opening]
    titled += [(section.title, block) for section in page.sections for block in section.blocks]
    found = []
    for title, block in titled:
        if id(block) not in seen and block.hidden != BLANK:
            seen.add(id(block))
            found.append((title, block))
    return tuple(found)


@lru_cache(maxsize=4096)
def _begun(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}", re.IGNORECASE)


def _speaks_of(fact: Fact, text: str, figures: Figures) -> bool:
    subjects = figures.subjects.get(fact.id, ())
    return any(_begun(word).search(text) for word in subjects)


def fact_on_another_subject(page: Page, site: Site) -> Iterator[Note]:
    """A fact stands in a sentence about its own subject.

    Why: the right number on the wrong matter is a wrong number.

    Bad: "Bruising came with {{ fact: bleeding }}."
    Good: "Bruising came with {{ fact: bruising }}."
    """
    if site.figures is None:
        return
    blocks = _blocks(page)
    if not any(block.facts for _, block in blocks):
        return
    rows: dict[int, str] = {}
    for _, block in blocks:
        if block.row:
            rows[block.row] = f"{rows.get(block.row, '')} {block.typed}"
    for title, block in blocks:
        if not block.facts:
            continue
        before = title
        for sentence, names in _sentences(block):
            told = f"{block.lead} {rows.get(block.row, '')} {sentence}"
            told += f" {before}" if _PRONOUN.match(sentence) else ""
            for name in names:
                fact = site.standard.facts.get(name)
                if fact is not None and not _speaks_of(fact, told, site.figures):
                    words = ", ".join(site.figures.subjects.get(name, ()))
                    shown = sentence.replace(FACT_MARK, "...")
                    yield Note(
                        block.place,
                        f'the fact "{name}" ({fact.about}) stands in a sentence about something else: "{shown}"',
                        f"Name its subject in that sentence (one of: {words}), or take another fact.",
                    )
            before = f"{title} {sentence}"


def _sentences(block: Block) -> Iterator[tuple[str, list[str]]]:
    """Yield each sentence of a block with the facts that were put into it."""
    names = iter(block.facts)
    for sentence in re.split(r"(?<=[.!?])\s+", block.typed):
        yield sentence, list(islice(names, sentence.count(FACT_MARK)))
