"""What a handout must say, held against what is read back out of its PDF: by the matcher, and word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from patientpages.handouts.composing import Made
from patientpages.handouts.written import close, difference, written
from patientpages.kept import Kept
from patientpages.model import Finding, InputError, Place, Standard
from patientpages.read import text_of
from patientpages.readback import ReadBack, heard, lost, read_or_remembered, said_in
from patientpages.said import Judge

_BOTH_SIDES = 2  # pages of one sheet of paper
_TOLD = 12  # words that are told at once
_NUMBER = re.compile(r"\+?\d(?:[\s()/.-]*\d){4,}")  # what looks like a telephone number


def held(
    pdf: bytes, made: Made, standard: Standard, judge: Judge | None, place: Place, kept: Kept, *, one_sheet: bool
) -> tuple[int, list[Finding]]:
    """Return how many pages a handout has, and what it does not say; `one_sheet` asks for two pages at most."""
    name = made.sheet.name
    try:
        found = read_or_remembered(pdf, f"the leaflet {name}", kept)
        wrong = [*_silent(found, made, standard, judge, place), *_around(found, made, place)]
    except InputError as error:
        return 0, [Finding("H102", "error", _near(made, each.message.partition('"')[2], place), each.message, each.hint)
                   for each in error.findings]  # fmt: skip
    wrong += [*_lost(found, made, place)] or [*_other(found, made, place)]
    if one_sheet and len(found.sheets) > _BOTH_SIDES:
        hint = "Two are one sheet, both sides: take a topic out of `also`, or make a second leaflet."
        wrong.append(Finding("H105", "warning", place, f'the leaflet "{name}" has {len(found.sheets)} pages', hint))
    return len(found.sheets), wrong


def _silent(found: ReadBack, made: Made, standard: Standard, judge: Judge | None, place: Place) -> Iterator[Finding]:
    """Yield each statement that a page tells and the paper does not, or contradicts."""
    sections = [(topic, section) for page, topic in made.topics if (section := page.section(topic))]
    told = said_in(found, [(section.title, topic) for topic, section in sections], f"the leaflet {made.sheet.name}")
    for name, section in sections if judge is not None else ():
        topic = standard.topics[name]
        assert judge is not None
        on_page, on_paper = judge.judge(topic, section.blocks), judge.judge(topic, told[name])
        for statement in topic.statements:
            before, after = on_page.get(statement.id), on_paper.get(statement.id)
            if before and before.said and not (after and after.said):
                what = f'the leaflet "{made.sheet.name}" says less on paper than its page  [{name}.{statement.id}]'
                yield Finding("H102", "error", place, what, "Write that sentence more simply.", name, statement.id)


def _around(found: ReadBack, made: Made, place: Place) -> Iterator[Finding]:
    """Yield what is missing on a page of a handout: each must do alone, when the others are lost."""
    around = made.sheet.around
    wanted = {"the clinic's name": around["clinic"], "the telephone number": around["phone"],
              "the line on urgent help": around["urgent"], "that it is a preview": around["preview"],
              **{f'"{line}"': line for line in made.told}}  # fmt: skip
    many = len(found.sheets)
    for number, sheet in enumerate(found.sheets, 1):
        text = close(sheet)
        for what, line in wanted.items():
            if close(line) not in text:
                yield _lacks(made, place, number, what)
        page = f"{around['words']['sheet']}{number}{around['words']['of']}{many}"
        if close(page) not in text and made.sheet.template == "handout":
            yield _lacks(made, place, number, f"which page it is of {many}")
    wrong = [code for code in found.codes if code != made.address]
    if wrong or (made.address and len(found.codes) < many):
        what = f"its QR code says {wrong[0]}" if wrong else "a QR code cannot be read"
        yield Finding("H104", "error", place, f'the leaflet "{made.sheet.name}": {what}, and not {made.address}',
                      "Choose a shorter website address, or look at print/*.typ.")  # fmt: skip


def _lacks(made: Made, place: Place, number: int, what: str) -> Finding:
    return Finding("H104", "error", place, f'page {number} of the leaflet "{made.sheet.name}" does not show {what}',
                   "Look at print/*.typ, which sets it.")  # fmt: skip


def _pictured(pieces: Any) -> Iterator[str]:
    """Yield the words for each picture of the pages."""
    for each in pieces.values() if isinstance(pieces, dict) else pieces if isinstance(pieces, (list, tuple)) else ():
        yield from _pictured(each)
    if isinstance(pieces, dict) and "file" in pieces:
        yield pieces["alt"]


def _near(made: Made, words: str, place: Place) -> Place:
    """Return the line on which the first of these words stand, which may have lost their spaces; else `place`."""
    first = words.split('"', maxsplit=1)[0].split(" ...", maxsplit=1)[0]
    for page in made.pages:
        for number, line in enumerate(page.source.text.split("\n"), 1):
            if len(first) > 1 and (close(first) in close(line)):
                return Place(page.source.path, number)
    return place


def _other(found: ReadBack, made: Made, place: Place) -> Iterator[Finding]:
    """Yield that a leaflet says more than its pages, or the same in another order, or shows another number."""
    about = f'the leaflet "{made.sheet.name}"'
    around = made.sheet.around
    if made.sheet.template == "handout":
        said, says = difference(heard(found), made)
        if said or says:
            what = f'{about} does not say word for word what its pages say: "{said}" came back as "{says}"'
            yield Finding("H103", "error", place, what, "Look at print/*.typ, which sets it.")
    frame = [around["clinic"], around["phone"], around["urgent"], *around["foot"]]
    known = close("".join([*written([made.sheet.opening, made.sheet.pieces]), *frame]))
    for number in dict.fromkeys(_NUMBER.findall("\n".join(found.sheets))):
        if close(number) not in known:
            yield Finding("H104", "error", place, f"{about} shows a number that is not in its words: {number}",
                          "Look at print/*.typ, which sets it.")  # fmt: skip


def _lost(found: ReadBack, made: Made, place: Place) -> Iterator[Finding]:
    """Yield that words of the pages are not on paper."""
    expected = [made.sheet.title, *_pictured([made.sheet.opening, made.sheet.pieces])]
    for markup in made.shown:
        body = LexborHTMLParser(markup.replace("<details", "<details open")).body
        expected.append(text_of(body) if body is not None else "")
    if gone := lost(expected, found):
        shown = " ".join(gone[:_TOLD]) + (" ..." if len(gone) > _TOLD else "")
        what = f'the leaflet "{made.sheet.name}" has lost words of its pages: {shown}'
        yield Finding("H103", "error", _near(made, shown, place), what,
                      "Look at how that part of the page is written.")  # fmt: skip
