"""Pieces -> a PDF that a screen reader can read (PDF/UA-1), by Typst: the same pieces give the same bytes.

Only fonts of the project are used. A letter that none of them has is told, all of them at once: it would be a blank.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typst

from patientpages.handouts.bidi import isolated
from patientpages.model import Finding, InputError, Place, Sheet

# The typesetter writes a letter that may be mistaken, such as a Hebrew one in Latin text, as \u{5e9}.
_NO_GLYPH = re.compile(r"the text `\"(.+?)\"` could not be displayed", re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
# Typst 0.15.2 forgets what was of no use in ten documents; else it keeps some 150 MB for each leaflet.
_AGES = 11
_OURS = "Atkinson Hyperlegible Next"
_MOST_MISSING = 40  # letters that are told at once
_PROBE = b"""#set document(title: "x")
#set text(font: json(bytes(sys.inputs.fonts)), fallback: false)
#for letter in json(bytes(sys.inputs.letters)) [#letter \\ ]
"""
_PICTURE = b"""#import "pieces.typ": piece
#set document(title: "x")
#piece((t: "image", file: sys.inputs.name, alt: "x"), none)
"""
_NONE: Mapping[str, str] = {}


class UnsetError(Exception):
    """A sheet that cannot be set: the letters that no font has, or what else the typesetter says, of which pictures."""

    def __init__(self, missing: tuple[str, ...], reason: str = "", pictures: Mapping[str, str] = _NONE) -> None:
        super().__init__(reason or f"no font has {' '.join(missing)}")
        self.missing, self.reason, self.pictures = missing, reason, pictures


class Press:
    """The templates and fonts of a project's folder print/."""

    def __init__(self, folder: Path) -> None:
        fonts = folder / "fonts"
        for needed in (folder / "handout.typ", folder / "card.typ", folder / "pieces.typ", fonts):
            if not needed.exists():
                what = f"{needed.relative_to(folder.parent)} is missing: no leaflet can be set without it"
                raise InputError([Finding("D001", "error", Place(folder.name), what, "git checkout -- print")])
        self._fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)])
        # What a clinic adds stands in where the font that we ship has no letter.
        self.families = sorted(self._fonts.families(), key=lambda name: (name != _OURS, name))
        self._templates = {path.name: path.read_bytes() for path in sorted(folder.glob("*.typ"))}
        self.inputs = (version("typst").encode(), *self._templates.values(),
                       *(path.read_bytes() for path in sorted(fonts.iterdir()) if path.is_file()))  # fmt: skip

    def pdf(self, sheet: Sheet) -> bytes:
        """Return a sheet as a PDF. Raises UnsetError with every letter that no font has, or with what else is wrong."""
        # From right to left the other way round: a space from another font than its words turns their order in the PDF.
        rtl = sheet.around["direction"] == "rtl"
        around = {**sheet.around, "fonts": self.families[::-1] if rtl else self.families}
        data: Any = {"title": sheet.title, "around": around, "opening": sheet.opening, "pieces": sheet.pieces}
        text = json.dumps(isolated(data) if rtl else data, ensure_ascii=False)
        try:
            return self._compiled(text, sheet)
        except typst.TypstError as error:
            unknown = _unknown(error)
            if not unknown:
                raise UnsetError((), _told(error), self._faults(sheet)) from error
            raise UnsetError(self._missing(text) or (unknown,)) from error

    def surely(self, sheet: Sheet) -> bytes:
        """Return a sheet as a PDF also where no font has some of its letters, which are question marks then.

        For a notice: that a page was taken down must not wait for the name of a street. Raises UnsetError otherwise.
        """
        try:
            return self.pdf(sheet)
        except UnsetError as error:
            if not error.missing:
                raise
            text = json.dumps([sheet.title, sheet.opening, sheet.pieces, sheet.around], ensure_ascii=False)
            for letter in error.missing:
                text = text.replace(letter, "?")
            title, opening, pieces, around = json.loads(text)
            return self.surely(replace(sheet, title=title, opening=opening, pieces=pieces, around=around))

    def _faults(self, sheet: Sheet) -> dict[str, str]:
        """Return the pictures of a sheet that cannot be shown, and why."""
        found: dict[str, str] = {}
        for name, content in sheet.files.items():
            try:
                _compiled(
                    {**self._templates, "main.typ": _PICTURE, name: content}, "main.typ", self._fonts, {"name": name}
                )
            except typst.TypstError as error:
                found[name] = _told(error)
        return found

    def _missing(self, text: str) -> tuple[str, ...]:
        """Return the letters of a text that no font has; a small document with each of them once is set for it."""
        letters = sorted({letter for letter in text if not letter.isascii()})
        missing: list[str] = []
        while letters and len(missing) < _MOST_MISSING:
            given = {"letters": json.dumps(letters, ensure_ascii=False), "fonts": json.dumps(self.families)}
            try:
                _compiled({"main.typ": _PROBE}, "main.typ", self._fonts, given)
                break
            except typst.TypstError as error:
                unknown = _unknown(error)
                found = [letter for letter in letters if letter in unknown]
                if not found:
                    break
                missing += found
                letters = [letter for letter in letters if letter not in found]
        return tuple(missing)

    def _compiled(self, data: str, sheet: Sheet) -> bytes:
        files = {**self._templates, **sheet.files}
        return _compiled(files, f"{sheet.template}.typ", self._fonts, {"sheet": data})


def _compiled(files: Mapping[str, bytes], main: str, fonts: typst.Fonts, given: dict[str, str]) -> bytes:
    """Return what these files make; they stand in a folder, since pictures in memory would have to be text."""
    try:
        with tempfile.TemporaryDirectory(prefix="sheet-") as folder:
            for name, content in files.items():
                Path(folder, name).write_bytes(content)
            made = typst.compile(str(Path(folder, main)), root=folder, font_paths=fonts, ignore_system_fonts=True,
                                 sys_inputs=given, pdf_standards=["ua-1"], timestamp=0)  # fmt: skip
    finally:
        for _ in range(_AGES):
            typst.compile(b"", font_paths=fonts, ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


def _unknown(error: typst.TypstError) -> str:
    """Return the letters that the typesetter says no font has ("" if it says something else)."""
    found = _NO_GLYPH.search(str(error))
    return _ESCAPED.sub(lambda each: chr(int(each[1], 16)) if each[1] else each[2], found[1]) if found else ""


def _told(error: typst.TypstError) -> str:
    """Return the first line of what the typesetter says."""
    return str(error).partition("\n")[0].removeprefix("assertion failed: ")
