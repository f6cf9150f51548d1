"""The sentences of a page as a reader meets them: list items, table rows and definitions are sentences, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from patientpages.latest import latest
from patientpages.model import NOT_PROSE, Block, Page, Place, Section
from patientpages.said.utterances import sentences


class Sentence(NamedTuple):
    """A sentence of a page, where it stands, and the block that it is in."""

    text: str
    place: Place
    block: Block


def _parts(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Yield the texts of visible prose; the cells of a table row are one."""
    cells: list[Block] = []
    for block in blocks:
        if block.hidden or block.kind in NOT_PROSE:
            continue
        if cells and block.row != cells[0].row:
            yield ": ".join([cell.text for cell in cells]), cells[0]
            cells = []
        if block.row:
            cells.append(block)
        else:
            yield block.text, block
    if cells:
        yield ": ".join([cell.text for cell in cells]), cells[0]


def sentences_of(blocks: Iterable[Block]) -> list[Sentence]:
    """Return the sentences of blocks, in reading order."""
    return list(_sentences_of(blocks)) if isinstance(blocks, tuple) else _read(blocks)


@latest(most=8)  # of pages: all of one, and its "In short"
def _sentences_of(blocks: tuple[Block, ...]) -> list[Sentence]:
    return _read(blocks)


def _read(blocks: Iterable[Block]) -> list[Sentence]:
    return [Sentence(text, block.place, block) for part, block in _parts(blocks) for text in sentences(part)]


def texts_of(blocks: Iterable[Block]) -> list[str]:
    """Return the words of the sentences of blocks, in reading order."""
    return [text for part, _ in _parts(blocks) for text in sentences(part)]


def texts(found: Sequence[Sentence]) -> list[str]:
    """Return the words of sentences."""
    return [sentence.text for sentence in found]


def main_sections(page: Page) -> list[Section]:
    """Return the sections of the second level: what stands under them belongs to them."""
    return [section for section in page.sections if section.level == 2]


@latest()
def blocks_of_page(page: Page) -> tuple[Block, ...]:
    """Return the blocks of a page, each once: its opening, and its sections."""
    return *page.opening, *(block for section in main_sections(page) for block in section.blocks)
