"""staff/handouts.yml and the built pages -> PDFs, each read back and held to what it must say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from patientpages.handouts.card import card
from patientpages.handouts.composing import LARGE, NORMAL, Made
from patientpages.handouts.holding import held
from patientpages.handouts.illustrations import BEFORE_NAME
from patientpages.handouts.leaflet import leaflet
from patientpages.handouts.notice import notice
from patientpages.handouts.paper import paper_of
from patientpages.handouts.recorded import as_text, last_of, title_of
from patientpages.handouts.stock import Stock
from patientpages.handouts.typeset import Press, UnsetError
from patientpages.handoutsfile import LARGE_ENDS
from patientpages.kept import Kept
from patientpages.model import HANDOUTS, Artefact, Entry, Finding, Handout, InputError, Page, Place, Printed
from patientpages.project import Inputs, Language
from patientpages.read import place_of_text
from patientpages.signing import codes_of, sign_off

_ENDS = re.compile(r"</(article|main|body|html)\b[^>]*>?", re.IGNORECASE)  # what follows is outside of the page
SIZES = {"": NORMAL, LARGE_ENDS: LARGE}  # what the name of a file ends with


def handouts_of(
    inputs: Inputs, language: Language, pages: Iterable[Page], files: Iterable[Artefact], today: date, *,
    preview: bool, only: Sequence[Handout] | None = None, only_card: bool = False,
) -> tuple[list[Printed], list[Finding]]:  # fmt: skip
    """Make the handouts of a language, or `only` those (and the card), and return what stands in their way.

    `pages` are those that patients can read, `files` their built files. One that was published, and that cannot be made
    now, is a notice.
    """
    asked = language.handouts
    pages = tuple(pages)
    past = _past(inputs, language.code) if only is None else {}
    wanted = list(only if only is not None else asked.items if asked else ())
    with_card = bool(asked and asked.card) and (only is None or only_card)
    missing = [] if asked or only is not None else _missing(inputs, language)
    if not pages or not (wanted or with_card or past):
        return [], missing
    built = {file.path: file.content for file in files}
    paper = paper_of(inputs, language, today, preview=preview)
    signed = {p.file: sign_off(p, language.code, inputs.records.signatures, today) for p in pages}
    stock = Stock(pages, built, inputs.standard, codes_of(pages), signed, paper)
    press = Press(inputs.project.root / "print")
    place = Place(asked.path if asked else "staff/handouts.yml")
    printed: dict[str, Printed] = {}
    findings = missing
    for end, size in SIZES.items():
        jobs = [(leaflet(item, size, stock), item.place, as_text(stock.by_name[item.page].source.title, item))
                for item in wanted if _can_show(item, stock)]  # fmt: skip
        jobs += [(made, place, as_text(made.sheet.title))] if with_card and (made := card(size, stock)) else []
        for made, where, made_of in jobs:
            pdf, sheets, wrong = _one(made, press, inputs, language, where, one_sheet=only is None and size == NORMAL)
            findings += wrong
            name, address = made.sheet.name, f"{HANDOUTS}/{made.sheet.name}{end}.pdf"
            if address in printed:
                raise InputError([Finding("D002", "error", where, f"two leaflets would have the name {name}{end}.pdf",
                                          "Print them one after the other, with another --out.")])  # fmt: skip
            if pdf:
                printed[address] = Printed(name, made.sheet.title, address, size == LARGE, pdf, sheets, made.codes,
                                           made_of)  # fmt: skip
    for address, entry in past.items():
        if address not in printed:
            large = address.endswith(f"{LARGE_ENDS}.pdf")
            sheet = notice(title_of(entry), LARGE if large else NORMAL, stock)
            printed[address] = Printed("", title_of(entry), address, large, press.surely(sheet), 1, (), entry.text)
    return list(printed.values()), list(dict.fromkeys(findings))


def _missing(inputs: Inputs, language: Language) -> list[Finding]:
    """Return that a language has no leaflets while the first one has."""
    first = inputs.languages[0].handouts
    if first is None or language is inputs.languages[0]:
        return []
    own = first.path.replace("handouts.yml", f"{language.code}/handouts.yml")
    return [Finding("H106", "warning", Place(own), f"no leaflets are made in {language.code}",
                    f"Copy {first.path} to {own}; print/fonts/ needs a font with its letters.")]  # fmt: skip


def _one(
    made: Made, press: Press, inputs: Inputs, language: Language, place: Place, *, one_sheet: bool
) -> tuple[bytes, int, list[Finding]]:
    """Set a handout and hold it; return it (empty where it may not be handed out), its pages, and what is wrong."""
    wrong = list(_unprintable(made, place))
    pdf = b"" if wrong else _set(made, press, inputs.kept, place, wrong)
    if not pdf:
        return b"", 0, wrong
    sheets, more = held(pdf, made, inputs.standard, language.judge, place, inputs.kept, one_sheet=one_sheet)
    return b"" if any(finding.severity == "error" for finding in more) else pdf, sheets, more


def _past(inputs: Inputs, language: str) -> dict[str, Entry]:
    """Return the last line of each leaflet that was ever published, by its address from the root of the language."""
    prefix = inputs.prefix_of(language)
    return {at.removeprefix(prefix): entry for at, entry in last_of(inputs.records.ledger, language).items()}


def _can_show(handout: Handout, stock: Stock) -> bool:
    """Tell whether every page of a leaflet can be read: one that was taken down takes its leaflets with it."""
    homes = {stock.standard.topics[topic].home for topic in handout.also}
    return {handout.page, *homes} <= stock.by_name.keys()


def _unprintable(made: Made, place: Place) -> Iterator[Finding]:
    """Yield what cannot be put on paper, each with its line."""
    for page in made.pages:
        if ends := _ENDS.search(page.source.text):
            what = f'on the leaflet "{made.sheet.name}": {ends[0]} ends the page before its last words'
            yield Finding("H101", "error", place_of_text(page.source, ends[0]), what, "Take this tag out.")
    for markup in made.shown:
        for node in LexborHTMLParser(markup).css('[aria-hidden="true"]'):
            if (said := node.text().strip()) and node.css_first("svg") is None and not _in_picture(node):
                what = (
                    f'on the leaflet "{made.sheet.name}": "{said[:60]}" is kept from screen readers, and so from paper'
                )
                place_of = next((place_of_text(p.source, said) for p in made.pages if said in p.source.text), place)
                yield Finding("H101", "error", place_of, what, "Take aria-hidden away, or the words.")
    for page, trouble in made.troubles:
        where = place_of_text(page.source, trouble.near)
        yield Finding("H101", "error", where, f'on the leaflet "{made.sheet.name}": {trouble.what}', trouble.hint)


def _in_picture(node: LexborNode) -> bool:
    """Tell whether a node stands in a picture of ours, whose caption says all that it shows."""
    up: LexborNode | None = node
    while up is not None and up.attributes.get("data-part") != "picture":
        up = up.parent
    return up is not None


def _set(made: Made, press: Press, kept: Kept, place: Place, wrong: list[Finding]) -> bytes:
    """Return a handout as PDF; where it cannot be set, say why, and return nothing."""
    sheet = made.sheet
    data = json.dumps([sheet.title, sheet.template, sheet.opening, sheet.pieces, sheet.around], ensure_ascii=False)
    depends = [*press.inputs, data.encode()]
    for name, content in sheet.files.items():
        depends += [name.encode(), content]
    try:
        return kept.made(depends, lambda: press.pdf(sheet))
    except UnsetError as error:
        wrong += _unset(error, made, place)
        return b""


def _unset(error: UnsetError, made: Made, place: Place) -> Iterator[Finding]:
    about = f'the leaflet "{made.sheet.name}"'

    def where(text: str) -> Place:
        page = next((page for page in made.pages if text in page.source.text), None)
        return place_of_text(page.source, text) if page else place

    for name, why in error.pictures.items():
        file = name.partition(BEFORE_NAME)[2]
        yield Finding("H101", "error", where(file), f"on {about}: the picture {file} cannot be printed: {why}",
                      "Save it anew, as PNG, JPEG or SVG, and look at it.")  # fmt: skip
    if error.reason and not error.pictures:
        near = where("<svg") if "SVG" in error.reason or "narrow" in error.reason else place
        yield Finding("H101", "error", near, f"{about} cannot be set: {error.reason}",
                      "Take out what was written last, or write it more simply.")  # fmt: skip
    for letter in error.missing:
        shown = f'"{letter}" (U+{ord(letter):04X})' if letter.isprintable() else f"U+{ord(letter):04X}"
        yield Finding("H101", "error", where(letter), f"{about} cannot show {shown}: no font has it",
                      "Write it in words, or put a font that has it (TTF or OTF) into print/fonts/.")  # fmt: skip
