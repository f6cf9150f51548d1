"""The sheet for a test with readers: one page to print, its answers from the data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from patientpages.outputs.sheets import sheet_template
from patientpages.reader_test import ReaderTestSheet, filled

_READERS = 6


def reader_test(sheet: ReaderTestSheet, values: Mapping[str, Mapping[str, str]], site_link: str) -> dict[str, bytes]:
    """Return the file of the sheet; `values` are what inserts stand for, by kind and name."""
    text = sheet_template("reader_test.html").render(
        sheet=sheet, site_link=site_link, readers=_READERS, filled=partial(filled, values=values)
    )
    return {"reader-test.html": text.encode()}
