"""Hostile text put through a handout without a build for each: a page in a built site is replaced by what a row writes."""

from __future__ import annotations

import shutil
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from patientpages.drafts import render
from patientpages.folders import default_project
from patientpages.handouts import handouts_of, making
from patientpages.handouts.composing import NORMAL
from patientpages.model import Artefact, Finding, Handout, Page, Place, Printed
from patientpages.project import Inputs, load_inputs
from patientpages.read import read_page, read_pages, read_source
from patientpages.readback import ReadBack, read_or_remembered
from patientpages.yamlfile import Mistakes
from tests.conftest import ROOT, TODAY, Workspace

NAME = "hostile"
HEAD = "---\ntitle: Hostile page\ndescription: One sentence.\nkind: plan\nsources: []\n---\n\n"
FIRST = HEAD.count("\n") + 1  # the line of the first words of a row


def png(width: int, height: int) -> bytes:
    """Return a grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    dots = zlib.compress((b"\0" + b"\x40" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", dots) + chunk(b"IEND", b"")


_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 30"{}>{}</svg>'
_RED = '<rect width="50" height="25"/>'
PICTURES: Mapping[str, bytes] = {
    "good.png": png(40, 30),
    "damaged.png": png(40, 30)[:60],
    "heavy.png": png(40, 30) + bytes(600_000),
    "line.png": png(30_000, 1),
    "tall.png": png(30, 1_500),
    "page.png": b"<html>not a picture</html>",
    "empty.png": b"",
    "moving.gif": (
        b"GIF89a\x08\x00\x08\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff"
        + b"\x21\xf9\x04\x04\x0a\x00\x00\x00,\x00\x00\x00\x00\x08\x00\x08\x00\x00\x02\x07\x84\x8f\xa9\xcb\xed\x0f\x63\x00"
        * 2
        + b";"
    ),
    "elsewhere.svg": _SVG.format("", '<image href="https://example.org/x.png" width="9" height="9"/>').encode(),
    "script.svg": _SVG.format("", f"<script>alert(1)</script>{_RED}").encode(),
    "sized.svg": _SVG.format(' width="900000" height="400000"', _RED).encode(),
    "secret.svg": b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    + _SVG.format("", "<text>&x;</text>").encode(),
}


@dataclass(frozen=True)
class Lab:
    """A built site, and what makes handouts of it."""

    inputs: Inputs
    pages: tuple[Page, ...]
    files: tuple[Artefact, ...]

    def set(self, text: str) -> tuple[list[Printed], list[Finding]]:
        """Return the handout of a page with this text (Markdown), in normal print, and what stands in its way."""
        language, mistakes = self.inputs.languages[0], Mistakes()
        path = language.docs / f"{NAME}.md"
        path.write_text(HEAD + text, encoding="utf-8")
        source = read_source(path, f"docs/en/{NAME}.md", NAME, mistakes)
        path.unlink()
        if source is None or mistakes.findings:
            return [], mistakes.findings
        frame = next(file.content.decode() for file in self.files if file.path == "treatment-plan/index.html")
        begin, end = frame.index(">", frame.index("<article")) + 1, frame.index("</article>")
        shown = render(source, self.inputs, language).removeprefix("<main><article>").removesuffix("</article></main>")
        html = f"{frame[:begin]}<h1>Hostile page</h1>{shown}{frame[end:]}"
        page = read_page(source, html, f"{NAME}/index.html", frozenset())
        files = [*self.files, Artefact(page.file, html.encode(), "pages")]
        only = [Handout(NAME, NAME, (), NAME, Place(source.path), {})]
        return handouts_of(self.inputs, language, (page, *self.pages), files, date.fromisoformat(TODAY), preview=True,
                           only=only)  # fmt: skip

    def said(self, printed: list[Printed]) -> ReadBack:
        """Return what the only handout says, as it was read back when it was made."""
        assert len(printed) == 1
        return read_or_remembered(printed[0].pdf, NAME, self.inputs.kept)


def lab_of(online: Workspace, folder: Path, patch: pytest.MonkeyPatch) -> Lab:
    """Return a lab in a copy of a published project, with pictures to show, and fonts for Hebrew and Arabic."""
    shutil.copytree(online.path, folder, ignore=shutil.ignore_patterns("kept"))
    for name, content in PICTURES.items():
        (folder / "docs/en" / name).write_bytes(content)
    for font in (ROOT / "tests/fonts").glob("*.ttf"):
        shutil.copy2(font, folder / "print/fonts")
    inputs, mistakes = load_inputs(default_project(folder)), Mistakes()
    public = folder / "public"
    pages = read_pages(inputs.languages[0].sources, public, inputs.languages[0].homes, mistakes)
    files = tuple(Artefact(page.file, (public / page.file).read_bytes(), "pages") for page in pages)
    patch.setattr(making, "SIZES", {"": NORMAL})
    return Lab(inputs, pages, files)
