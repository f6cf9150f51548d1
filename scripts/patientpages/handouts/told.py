"""What a handout tells of its own text: who checked it and until when, its versions, where the newest is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from patientpages.handouts.stock import Stock
from patientpages.model import Page
from patientpages.outputs import typed
from patientpages.said.utterances import sentences


@dataclass(frozen=True, slots=True)
class Told:
    """`checked` has every line in full, for the end of a handout; `foot` is what stands on each page of it."""

    checked: tuple[str, ...]
    dated: str
    foot: tuple[str, ...]


def _lines(pages: Sequence[Page], stock: Stock, part: str) -> dict[str, list[str]]:
    """Return what pages say of their check, each line with the titles of those that say it."""
    found: dict[str, list[str]] = {}
    for page in pages:
        node = stock.part(page, part)
        if node is not None:
            found.setdefault(" ".join(node.text().split()), []).append(page.source.title)
    return found


def _named(lines: dict[str, list[str]]) -> list[str]:
    """Return the lines, each with the titles that it is about where not all pages say the same."""
    return [line if len(lines) == 1 else f"{line} ({'; '.join(titles)})" for line, titles in lines.items()]


def told_of(pages: Sequence[Page], stock: Stock, address: str) -> Told:
    """Return what is told of pages on one handout whose QR code opens `address` ("" while there is no website)."""
    paper, words = stock.paper, stock.paper.words
    checked, following = (_lines(pages, stock, part) for part in ("checked", "next-check"))
    codes = [stock.codes[page.file] for page in pages]
    version = paper.signing.version(codes[0]) if len(codes) == 1 else f"{words['versions']} {', '.join(codes)}."
    dated = f"{version} {words['date']} {paper.signing.day(max(paper.first_day(code) for code in codes))}."
    newest = f"{words['newest']} {typed(address)}" if address else ""
    return Told((*_named(checked), *_named(following)), dated,
                tuple(filter(None, (_short(pages, stock, list(checked), list(following)), dated, newest))))  # fmt: skip


def _short(pages: Sequence[Page], stock: Stock, checked: list[str], following: list[str]) -> str:
    """Return one line on who checked a handout, and the earliest day on which that ends."""
    words = stock.paper.words
    offs = [stock.sign_offs[page.file] for page in pages]
    valid = [(off.signature.next_check, at) for at, off in enumerate(offs) if off.valid and off.signature is not None]
    if len(checked) > 1:
        checked = [words["each_checked"] if len(valid) == len(pages) else words["not_all_checked"]]
    if len(following) > 1 and valid:
        following = [stock.paper.signing.lines(offs[min(valid)[1]])["next_check"]]
    # What to do after that day stands at the end of the handout.
    return " ".join([*checked, *(sentence for line in following for sentence in sentences(line)[:1])])
