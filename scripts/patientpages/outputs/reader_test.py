"""The sheet for a test with readers: one page to print, its answers from the data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from patientpages.reader_test import ReaderTestSheet, filled

_READERS = 6


def reader_test(sheet: ReaderTestSheet, values: Mapping[str, Mapping[str, str]], site_link: str) -> dict[str, bytes]:
    """Return the file of the sheet; `values` are what inserts stand for, by kind and name."""

    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True)
    environment.filters["filled"] = lambda text: filled(text, values)
    text = environment.get_template("reader_test.html").render(sheet=sheet, site_link=site_link, readers=_READERS)
    return {"reader-test.html": text.encode()}
