"""The text taken back out of a handout's PDF, by its structure tree: what somebody with a screen reader hears."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import groupby

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdfium2 import PdfiumError

from patientpages.model import Finding, InputError, Place
from patientpages.readback.drawn import draw
from patientpages.readback.fonts import NAMELESS, Font, got
from patientpages.readback.found import ReadBack
from patientpages.readback.markup import markup
from patientpages.readback.overlaid import overlaid
from patientpages.readback.painted import Painter
from patientpages.readback.runs import Owner, Run, joined
from patientpages.readback.tree import Tree

_MOST = 60  # characters of a text that are shown in a message


def _refused(shown: str, messages: Iterable[str]) -> InputError:
    hint = "Each text must be tagged or be an artefact, and be seen: look at print/*.typ for what paints it."
    return InputError([Finding("D001", "error", Place(shown), message, hint) for message in messages])


def _untagged(runs: Iterable[Run], tree: Tree) -> Iterator[str]:
    """Tell of each text that a screen reader does not read, though it is no running header, footer or decoration."""
    for page, loose in groupby(
        (run for run in runs if run.artefact < 0 and run.owner not in tree.heard and run.text.strip()),
        lambda run: run.page,
    ):
        text = joined(list(loose), "")
        yield f'no part of the structure tree reads "{text[:_MOST]}" (page {page + 1})'


def _nameless(runs: Iterable[Run]) -> Iterator[str]:
    pages = sorted({run.page + 1 for run in runs if NAMELESS in run.text})
    if pages:
        yield f"a font does not say which letters its signs are (page {', '.join(map(str, pages))})"


def _laid_over(reader: PdfReader) -> Iterator[str]:
    """Tell of what lies over a page and is no part of its content, such as a note or a field of a form."""
    for number, page in enumerate(reader.pages, 1):
        for annotation in got(page.get("/Annots")) or ():
            kind = str(got(annotation).get("/Subtype", "")).removeprefix("/")
            if kind != "Link":
                yield f"something of the kind {kind} lies over the page, and only links may (page {number})"


def _sheet(runs: Iterable[Run], tree: Tree, language: str) -> str:
    """Return all text of a page, a line for each block."""

    def block(run: Run) -> tuple[int, int, str]:
        number, spoken = tree.heard.get(run.owner, (-1, language)) if run.owner else (-1, language)
        return run.artefact, number, spoken

    lines = (joined(list(group), key[2]).strip() for key, group in groupby(runs, block))
    return "\n".join(line for line in lines if line)


def _painted(reader: PdfReader) -> list[list[Run]]:
    fonts: dict[int, Font] = {}
    return [Painter(reader, number, fonts).page(page) for number, page in enumerate(reader.pages)]


def read_back(pdf: bytes, shown: str = "the handout") -> ReadBack:
    """Read a PDF; `shown` names it in messages.

    Raises InputError, with all mistakes at once, where it is no PDF, has no structure tree, holds text that no part
    of the tree reads and that is no artefact, or text that cannot be seen on the page, or where anything but a link
    lies over a page.
    """
    try:
        return _read(pdf, shown)
    except (
        PyPdfError,
        PdfiumError,
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:
        raise _refused(shown, [f"this PDF cannot be read: {error}"]) from error


def _read(pdf: bytes, shown: str) -> ReadBack:
    reader = PdfReader(BytesIO(pdf), strict=True)
    catalogue = reader.root_object
    if "/StructTreeRoot" not in catalogue:
        raise _refused(shown, ["this PDF has no structure tree: a screen reader cannot tell what it says"])
    language = str(got(catalogue.get("/Lang")) or "")
    pages = _painted(reader)
    runs = [run for page in pages for run in page]
    by_owner: dict[Owner, list[Run]] = {}
    for run in runs:
        if run.owner is not None:
            by_owner.setdefault(run.owner, []).append(run)
    tree = Tree(reader, by_owner, language)
    drawn = draw(pdf, pages)
    unseen = [
        f'"{text[:_MOST]}" stands in the PDF and is not to be seen (page {number})'
        for number, page in enumerate(drawn, 1)
        for text in page.unseen
    ]
    over = [
        f'"{one.text[:_MOST]}" and "{other.text[:_MOST]}" are painted over each other (page {number})'
        for number, page in enumerate(pages, 1)
        for one, other in overlaid(page)
    ]
    messages = [*tree.broken, *_untagged(runs, tree), *_nameless(runs), *_laid_over(reader), *unseen, *over]
    if messages:
        raise _refused(shown, messages)
    title = str(reader.metadata.title or "") if reader.metadata else ""
    sheets = tuple(_sheet(page, tree, language) for page in pages)
    return ReadBack(title, language, sheets, markup(tree.root), tuple(code for page in drawn for code in page.codes))
