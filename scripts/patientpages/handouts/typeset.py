"""Pieces -> a PDF that a screen reader can read (PDF/UA-1), by Typst: the same pieces give the same bytes.

Only fonts of the project are used. A letter that none of them has is told, all of them at once: it would be a blank.
"""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typst

from patientpages.model import Finding, InputError, Place, Sheet

_NO_GLYPH = re.compile(r"the text `\"(.+?)\"` could not be displayed", re.DOTALL)
_MOST_MISSING = 40  # letters that are told at once


class UnsetError(Exception):
    """A sheet that cannot be set: the letters that no font has, or what else the typesetter says."""

    def __init__(self, missing: tuple[str, ...], reason: str = "") -> None:
        super().__init__(reason or f"no font has {' '.join(missing)}")
        self.missing, self.reason = missing, reason


class Press:
    """The templates and fonts of a project's folder print/."""

    def __init__(self, folder: Path) -> None:
        fonts = folder / "fonts"
        for needed in (folder / "handout.typ", folder / "card.typ", folder / "pieces.typ", fonts):
            if not needed.exists():
                what = f"{needed.relative_to(folder.parent)} is missing: no leaflet can be set without it"
                raise InputError([Finding("D001", "error", Place(folder.name), what, "git checkout -- print")])
        self._fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)])
        # By the alphabet: what we ship comes first, and what a clinic adds stands in where that has no letter.
        self.families = self._fonts.families()
        self._templates = {path.name: path.read_bytes() for path in sorted(folder.glob("*.typ"))}
        self.inputs = (version("typst").encode(), *self._templates.values(),
                       *(path.read_bytes() for path in sorted(fonts.iterdir())))  # fmt: skip

    def pdf(self, sheet: Sheet) -> bytes:
        """Return a sheet as a PDF. Raises UnsetError with every letter that no font has."""
        around = {**sheet.around, "fonts": self.families}
        data: Any = {"title": sheet.title, "around": around, "opening": sheet.opening, "pieces": sheet.pieces}
        text = json.dumps(data, ensure_ascii=False)
        missing: list[str] = []
        while True:
            try:
                made = self._compiled(text, sheet)
            except typst.TypstError as error:
                found = _NO_GLYPH.search(str(error))
                if found is None or len(missing) >= _MOST_MISSING:
                    raise UnsetError(tuple(missing), "" if missing else str(error)) from error
                missing += [letter for letter in found[1] if letter in text and letter not in missing]
                for letter in found[1]:
                    text = text.replace(letter, "?")
                continue
            if missing:
                raise UnsetError(tuple(missing))
            return made

    def _compiled(self, data: str, sheet: Sheet) -> bytes:
        main = f"{sheet.template}.typ"
        files = {name: content for name, content in self._templates.items() if name != main}
        # Any: the stubs of typst 0.15.2 do not know yet that a document may come as several files.
        source: Any = {"main.typ": self._templates[main], **files, **sheet.files}
        given = {"sheet": data}
        made: bytes = typst.compile(source, font_paths=self._fonts, ignore_system_fonts=True, sys_inputs=given,
                                    pdf_standards=["ua-1"], timestamp=0)  # fmt: skip
        return made
