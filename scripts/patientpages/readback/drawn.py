"""The pages of a PDF as they are printed: what their QR codes say, and which text is not to be seen."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
import zxingcpp

from patientpages.readback.runs import Run

_DPI = 300
_QR = zxingcpp.barcode_formats_from_str("QRCode")
_DOT = _DPI / 72  # dots in a point
_BELOW, _ABOVE = 0.2, 0.75  # how far signs reach from their line, in heights of the letters
_INK = 60  # of 255: how far dark and light lie apart, at least, where something is painted
_LEAST = 0.06  # of the height of the letters: what is narrower is an accent on another sign


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a page shows: the texts of its QR codes, and the words that stand in the PDF and cannot be seen."""

    codes: tuple[str, ...]
    unseen: tuple[str, ...]


def _is_inked(rows: memoryview, left: float, top: float, right: float, bottom: float) -> bool:
    """Tell whether something is painted in a box, in dots from the upper left corner."""
    assert rows.shape is not None
    height, width = rows.shape
    x0, x1 = max(int(left), 0), min(int(right) + 1, width)
    flat = rows.cast("B")
    darkest, lightest = 255, 0
    lines = range(max(int(top), 0), min(int(bottom) + 1, height), 2)
    middle = len(lines) * 3 // 5  # nearly every sign has ink here: what is looked at first mostly ends the search
    for y in (*lines[middle:], *lines[:middle]):
        line = flat[y * width + x0 : y * width + x1].tobytes()
        if line:
            darkest, lightest = min(darkest, *line), max(lightest, *line)
            if lightest - darkest >= _INK:
                return True
    return False


def _unseen(run: Run, rows: memoryview, corner: tuple[float, float]) -> str:
    """Return the signs of a run that are not to be seen."""
    missing = ""
    for text, (x0, y0), (x1, y1) in run.signs:
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        if length < _LEAST * run.size or all(unicodedata.category(s) in ("Zs", "Cf", "Cc", "Mn") for s in text):
            continue
        up = (-(y1 - y0) / length * run.size, (x1 - x0) / length * run.size)
        xs = [x + up[0] * far for x in (x0, x1) for far in (-_BELOW, _ABOVE)]
        ys = [y + up[1] * far for y in (y0, y1) for far in (-_BELOW, _ABOVE)]
        left, right = ((x - corner[0]) * _DOT for x in (min(xs), max(xs)))
        top, bottom = ((corner[1] - y) * _DOT for y in (max(ys), min(ys)))
        if not _is_inked(rows, left, top, right, bottom):
            missing += text
    return missing


def _codes(rows: memoryview) -> Iterator[str]:
    for found in zxingcpp.read_barcodes(rows, formats=_QR, try_rotate=False, try_invert=False):
        yield found.text


def _rows(bitmap: pypdfium2.PdfBitmap) -> memoryview:
    """Return the dots of a grey picture, row by row, 0 dark to 255 light."""
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    raw = memoryview(bitmap.buffer).cast("B")
    packed = raw if stride == width else b"".join(raw[y * stride : y * stride + width] for y in range(height))
    return memoryview(packed).cast("B", (height, width))


def draw(pdf: bytes, pages: Sequence[Iterable[Run]]) -> list[Drawn]:
    """Draw each page in grey at 300 dpi and look at it. `pages` are the runs that are painted on each."""
    found = []
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page, runs in zip(document, pages, strict=True):
            bitmap = page.render(scale=_DOT, grayscale=True, may_draw_forms=False)
            rows = _rows(bitmap)
            left, _, _, top = page.get_mediabox()
            unseen = (_unseen(run, rows, (left, top)) for run in runs)
            found.append(Drawn(tuple(_codes(rows)), tuple(text for text in unseen if text)))
    finally:
        document.close()
    return found
