"""A section -> what it utters, sentence by sentence, as a person reads it.

A list item is read with the line that leads in to its list, a table row with its headers, a definition with its term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from patientpages.model import NOT_PROSE, Block

# A sentence ends at a stop that is followed by a space and something that can begin one; not after "e.g." or "Dr.".
_END = re.compile(r"[.!?…](?P<space>[\"'”’)\]]*\s+)(?=[\"'“‘(\[]*[^\W_])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|dr|mr|mrs|ms|prof|st|tel|ext|fig|cf|ca)|\b[A-Z])\.$", re.IGNORECASE
)
_LONGEST = 8  # signs: no abbreviation with its stop is longer
# A title that was typed as a paragraph: so many words in all, and those longer than this begin with a capital.
_FEWEST, _MOST, _SHORT = 3, 14, 3
_STOPS = ".!?:…;,"
_COUNTED = re.compile(r"\bno\.$", re.IGNORECASE)


class Utterance(NamedTuple):
    """A sentence: `lead` is read before it and counts with it; `block` is where it stands."""

    text: str
    lead: str
    block: Block
    question: bool

    @property
    def full(self) -> str:
        """The sentence with what leads in to it."""
        return f"{self.lead} {self.text}" if self.lead else self.text


def sentences(text: str) -> list[str]:
    """Split a text into sentences."""
    return list(_sentences(text))


@lru_cache(maxsize=8192)  # a section is read for each topic, and again for each fault that is planted in it
def _sentences(text: str) -> tuple[str, ...]:
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        piece = text[start : end.start("space")].strip()
        if piece.endswith("."):
            tail, after = max(0, len(piece) - _LONGEST), text[end.end() : end.end() + 1]
            if _ABBREVIATION.search(piece, tail) or (after.isdigit() and _COUNTED.search(piece, tail)):
                continue
        if piece:
            found.append(text[start : end.end()].strip())
        start = end.end()
    rest = text[start:].strip()
    return (*found, rest) if rest else tuple(found)


def _is_title(block: Block) -> bool:
    """Tell whether a paragraph is a title that nobody marked as one: no stop, and Its Long Words Begin Large."""
    if block.kind != "paragraph" or block.text[-1:] in _STOPS or block.text.rstrip("\"'”’)")[-1:] in _STOPS:
        return False
    words = block.text.split()
    long = [word for word in words if len(word) > _SHORT]
    large = sum(word[:1].isupper() for word in long)
    return _FEWEST <= len(words) <= _MOST and len(long) >= _FEWEST and large >= 0.8 * len(long)


def _rows(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Group the cells of a table row; every other block stands alone."""
    row: list[Block] = []
    for block in blocks:
        if row and block.row != row[0].row:
            yield row
            row = []
        if block.row:
            row.append(block)
        else:
            yield [block]
    if row:
        yield row


def utterances(blocks: Iterable[Block]) -> list[Utterance]:
    """Return what the visible prose among these blocks utters, in reading order."""
    found: list[Utterance] = []
    for group in _rows(b for b in blocks if not b.hidden and b.kind not in NOT_PROSE and not _is_title(b)):
        block = group[0]
        if block.row:
            text = ", ".join(f"{cell.lead}: {cell.text}" if cell.lead else cell.text for cell in group)
            found.append(Utterance(text, "", block, text.rstrip().endswith("?")))
            # "It isn't real: Wrong. Your pain is real.": what the last cell goes on to say stands on its own, too
            found += [Utterance(s, "", group[-1], s.endswith("?")) for s in _sentences(group[-1].text)[1:]]
            continue
        lead = block.lead
        for sentence in _sentences(block.text):
            question = "?" in sentence and sentence.rstrip("\"'”’) ").endswith("?")
            found.append(Utterance(sentence, lead, block, question))
            if block.kind != "definition":
                lead = ""
    return found
