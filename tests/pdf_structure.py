"""What a tagged PDF must have so that a screen reader can read it (PDF/UA-1), asked of the file's objects with pikepdf.

It knows nothing of how handouts are made or read back: a second opinion.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Object, Page, Pdf

_PAINTS = frozenset(
    {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "BI", "INLINE IMAGE"}
)
_HOLDS = {
    "/L": {"/LI", "/L", "/Caption"},
    "/LI": {"/Lbl", "/LBody"},
    "/Table": {"/TR", "/THead", "/TBody", "/TFoot", "/Caption"},
    "/THead": {"/TR"},
    "/TBody": {"/TR"},
    "/TFoot": {"/TR"},
    "/TR": {"/TH", "/TD"},
}
_STANDS_IN = {
    "/LI": {"/L"},
    "/LBody": {"/LI"},
    "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
    "/TD": {"/TR"},
    "/TH": {"/TR"},
}


def structure_faults(pdf: Pdf, title: str, language: str) -> list[str]:
    """Say, a line each, what a PDF lacks to be read by a screen reader; [] if it lacks nothing."""
    root = pdf.Root
    faults = list(_document(pdf, title, language))
    if "/StructTreeRoot" not in root:
        return [*faults, "no structure tree"]
    elements = list(_elements(root.StructTreeRoot))
    faults += _headings(elements)
    faults += _nesting(elements)
    faults += _pictures_and_headers(elements)
    for number, page in enumerate(pdf.pages, 1):
        faults += (f"page {number}: {fault}" for fault in _page(pdf, page))
    return faults


def _document(pdf: Pdf, title: str, language: str) -> Iterator[str]:
    root = pdf.Root
    if not bool(root.get("/MarkInfo", Dictionary()).get("/Marked", False)):
        yield "not marked as tagged"
    if str(root.get("/Lang", "")) != language:
        yield f"its language is {root.get('/Lang', '')!s}, not {language}"
    if not bool(root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False)):
        yield "a window shows its file's name, not its title"
    if str(pdf.docinfo.get("/Title", "")) != title:
        yield f"its title is {pdf.docinfo.get('/Title', '')!s}, not {title}"
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        if metadata.get("dc:title") != title:
            yield "its metadata has another title"
        if metadata.get("pdfuaid:part") != "1":
            yield "it does not claim PDF/UA-1"


def _kids(element: Object) -> Iterator[Any]:
    kids = element.get("/K")
    yield from [] if kids is None else list(kids.as_list()) if isinstance(kids, pikepdf.Array) else [kids]


def _elements(root: Object) -> Iterator[tuple[Object, str, str]]:
    """Yield each element of the tree in reading order, its standard type and that of the element that it stands in."""
    roles = root.get("/RoleMap", Dictionary())

    def kind(element: Object) -> str:
        name = str(element.get("/S", ""))
        return str(roles.get(name, name))

    stack: list[tuple[Object, str]] = [(kid, "") for kid in reversed(list(_kids(root)))]
    while stack:
        element, parent = stack.pop()
        if isinstance(element, Dictionary) and "/S" in element:
            yield element, kind(element), parent
            stack += [(kid, kind(element)) for kid in reversed(list(_kids(element)))]


def _headings(elements: list[tuple[Object, str, str]]) -> Iterator[str]:
    levels = [int(kind[2:]) for _, kind, _ in elements if kind[:2] == "/H" and kind[2:].isdigit()]
    if not levels or levels[0] != 1:
        yield "it does not begin with a heading of the first level"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}"


def _nesting(elements: list[tuple[Object, str, str]]) -> Iterator[str]:
    for element, kind, parent in elements:
        if parent in _HOLDS and kind not in _HOLDS[parent]:
            yield f"{kind} stands in {parent}"
        if kind in _STANDS_IN and parent not in _STANDS_IN[kind]:
            yield f"{kind} stands in {parent or 'nothing'}"
        inside = {str(kid.get("/S", "")) for kid in _kids(element) if isinstance(kid, Dictionary)}
        if kind == "/LI" and "/LBody" not in inside:
            yield "an item of a list has no body"


def _attributes(element: Object) -> Iterator[Object]:
    held = element.get("/A")
    yield from [] if held is None else list(held.as_list()) if isinstance(held, pikepdf.Array) else [held]


def _pictures_and_headers(elements: list[tuple[Object, str, str]]) -> Iterator[str]:
    for element, kind, _ in elements:
        if kind in ("/Figure", "/Formula") and not str(element.get("/Alt", "")).strip():
            yield f"a {kind[1:]} has no words for those who do not see it"
        if kind == "/TH" and not any("/Scope" in held for held in _attributes(element)):
            yield "a header of a table does not say what it heads"
    kinds = {kind for _, kind, _ in elements}
    if "/Table" in kinds and "/TH" not in kinds:
        yield "a table has no headers"


def _fonts(resources: Object) -> Iterator[Object]:
    yield from (font for _, font in resources.get("/Font", Dictionary()).items())
    for _, drawing in resources.get("/XObject", Dictionary()).items():
        if "/Resources" in drawing:
            yield from _fonts(drawing.Resources)


def _page(pdf: Pdf, page: Page) -> Iterator[str]:
    if page.obj.get("/Tabs") != Name.S:
        yield "the tab key does not follow the structure"
    for font in _fonts(page.obj.get("/Resources", Dictionary())):
        name = str(font.get("/BaseFont", font.get("/Subtype")))
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        files = {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.get("/FontDescriptor", Dictionary()).keys())
        if not files and font.get("/Subtype") != Name.Type3:
            yield f"the font {name} is not in the file"
        if "/ToUnicode" not in font:
            yield f"the font {name} does not say which letters its signs are"
    for link in page.obj.get("/Annots", pikepdf.Array()).as_list():
        if link.get("/Subtype") != Name.Link or "/StructParent" not in link or not str(link.get("/Contents", "")):
            yield "a link has no words, or is in no structure"
    yield from _marks(pdf, page)


def _marks(pdf: Pdf, page: Page) -> Iterator[str]:
    """Tell what is painted outside all marks, and each marked piece that the tree does not hold."""
    held = _parents(pdf.Root.StructTreeRoot, int(page.obj.get("/StructParents", -1)))
    open_marks: list[bool] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            operands = list(instruction.operands)
            number = operands[1].get("/MCID") if len(operands) > 1 and isinstance(operands[1], Dictionary) else None
            open_marks.append(number is not None or operands[0] == Name.Artifact)
            if number is not None and (int(number) >= len(held) or not isinstance(held[int(number)], Dictionary)):
                yield f"marked piece {number} is in no element"
        elif operator == "EMC":
            open_marks.pop()
        elif operator in _PAINTS and not any(open_marks):
            yield f"something is painted outside all marks ({operator})"


def _parents(root: Object, number: int) -> list[Any]:
    """Return the element of each marked piece of a page, from the tree's own index."""
    numbers = root.get("/ParentTree", Dictionary()).get("/Nums", pikepdf.Array()).as_list()
    for key, value in zip(numbers[::2], numbers[1::2], strict=False):
        if int(key) == number:
            return list(value.as_list()) if isinstance(value, pikepdf.Array) else []
    return []
