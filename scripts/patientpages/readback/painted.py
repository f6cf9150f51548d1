"""A page of a PDF -> the runs of text that are painted on it: what they say, where, and which mark they bear."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import dist
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

from patientpages.readback.fonts import Font, got
from patientpages.readback.runs import NO_ARTEFACT, Point, Run, without_echoes
from patientpages.readback.state import SAME, Mark, TextState, matrix, times

_DEEPEST = 20  # drawings inside drawings


@dataclass
class Painter:
    """Follows the content of one page and notes each run of text."""

    reader: PdfReader
    number: int
    fonts: dict[int, Font]  # by the number of the font's object: shared by all pages
    runs: list[Run] = field(default_factory=list)
    _artefacts: int = 0
    _waiting: list[Run] = field(default_factory=list)  # painted inside an /ActualText
    _state: TextState = field(default_factory=TextState)
    _marks: list[Mark] = field(default_factory=lambda: [Mark()])

    def page(self, page: PageObject) -> list[Run]:
        """Return the runs of a page, in the order in which they are painted."""
        content = page.get_contents()
        if content is not None:
            self._follow(content, got(page.get("/Resources")) or {}, 0, 0)
        return without_echoes(self.runs)

    def _follow(self, content: Any, resources: Any, stream: int, depth: int) -> None:
        saved: list[TextState] = []
        base = len(self._marks)
        for operands, operator in ContentStream(content, self.reader).operations:
            name = operator.decode("latin-1")
            if name == "q":
                saved.append(replace(self._state))
            elif name == "Q" and saved:
                self._state = saved.pop()
            elif name == "cm":
                self._state.ctm = times(matrix(operands), self._state.ctm)
            elif name in ("BDC", "BMC"):
                self._open(operands, resources, stream)
            elif name == "EMC" and len(self._marks) > base:
                self._close()
            elif name == "Do":
                self._draw(got((got(resources.get("/XObject")) or {}).get(operands[0])), resources, depth)
            else:
                self._text(name, operands, resources)

    def _draw(self, drawing: Any, resources: Any, depth: int) -> None:
        """Follow a drawing that the page shows; what it says belongs to the mark around it, if it has none itself."""
        if drawing is None or drawing.get("/Subtype") != "/Form" or depth >= _DEEPEST:
            return
        kept = replace(self._state)
        self._state.ctm = times(matrix(got(drawing.get("/Matrix")) or SAME), self._state.ctm)
        reference = getattr(drawing, "indirect_reference", None)
        own = got(drawing.get("/Resources")) or resources
        self._follow(drawing, own, int(reference.idnum) if reference else 0, depth + 1)
        self._state = kept

    def _open(self, operands: Any, resources: Any, stream: int) -> None:
        tag, mark = str(operands[0]), self._marks[-1]
        held = got(operands[1]) if len(operands) > 1 else {}
        if isinstance(held, str):
            held = got((got(resources.get("/Properties")) or {}).get(held)) or {}
        if tag == "/Artifact":
            self._artefacts += 1
            mark = replace(mark, owner=None, artefact=self._artefacts)
        elif tag == "/ReversedChars":
            mark = replace(mark, backwards=True)
        if "/MCID" in held:
            mark = replace(mark, owner=(self.number, stream, int(held["/MCID"])), artefact=NO_ARTEFACT)
        if "/Lang" in held:
            mark = replace(mark, language=str(got(held["/Lang"])))
        if "/ActualText" in held and mark.instead is None:
            mark = replace(mark, instead=str(got(held["/ActualText"])))
            self._waiting.clear()
        self._marks.append(mark)

    def _close(self) -> None:
        mark = self._marks.pop()
        if mark.instead is not None and self._marks[-1].instead is None and self._waiting:
            first = self._waiting[0]
            end = max((run.end for run in self._waiting), key=lambda at: dist(first.start, at))
            signs = tuple(sign for run in self._waiting for sign in run.signs)
            self.runs.append(replace(first, text=mark.instead, end=end, signs=signs))
            self._waiting.clear()

    def _text(self, name: str, operands: Any, resources: Any) -> None:
        state = self._state
        if name == "BT":
            state.at = state.line = SAME
        elif name == "Tf":
            font = (got(resources.get("/Font")) or {}).get(operands[0])
            state.font, state.size = self._font(font), float(operands[1])
        elif name in ("Td", "TD"):
            state.leading = -float(operands[1]) if name == "TD" else state.leading
            self._next(float(operands[0]), float(operands[1]))
        elif name == "Tm":
            state.at = state.line = matrix(operands)
        elif name == "T*":
            self._next(0, -state.leading)
        elif name in ("Tj", "TJ"):
            self._show(operands[0] if name == "TJ" else [operands[0]])
        elif name in ("'", '"'):
            if name == '"':
                state.word_space, state.sign_space = float(operands[0]), float(operands[1])
            self._next(0, -state.leading)
            self._show([operands[-1]])
        elif name == "Tz":
            state.stretch = float(operands[0]) / 100
        elif name in _NUMBERS:
            setattr(state, _NUMBERS[name], float(operands[0]))

    def _font(self, font: Any) -> Font | None:
        if font is None:
            return None
        named = getattr(font, "indirect_reference", None) or font
        key = getattr(named, "idnum", id(font))
        if key not in self.fonts:
            self.fonts[key] = Font(font)
        return self.fonts[key]

    def _next(self, right: float, up: float) -> None:
        self._state.at = self._state.line = times((1, 0, 0, 1, right, up), self._state.line)

    def _show(self, parts: Any) -> None:
        """Note a run, and move on behind it."""
        state, mark = self._state, self._marks[-1]
        if state.font is None:
            return
        whole = times(state.at, state.ctm)

        def point(along: float) -> Point:
            return along * whole[0] + state.rise * whole[2] + whole[4], along * whole[1] + state.rise * whole[
                3
            ] + whole[5]

        along, signs, reach = 0.0, [], (0.0, 0.0)
        for part in parts:
            if isinstance(part, (int, float)):
                along -= float(part) / 1000 * state.size * state.stretch
                continue
            raw = part if isinstance(part, bytes) else part.original_bytes
            for text, width, space in state.font.signs(raw):
                after = along + width * state.size * state.stretch
                signs.append((text, point(along), point(after)))
                reach = min(reach[0], along), max(reach[1], after)  # an accent is painted back over its letter
                along = after + (state.sign_space + (state.word_space if space else 0)) * state.stretch
        state.at = times((1, 0, 0, 1, along, 0), state.at)
        if signs:
            said = [sign[0] for sign in signs]
            text = "".join(reversed(said) if mark.backwards else said)
            size = abs(state.size) * (whole[2] ** 2 + whole[3] ** 2) ** 0.5
            owner, artefact, backwards = mark.owner, mark.artefact, mark.backwards
            begin, end = point(reach[0]), point(reach[1])
            run = Run(text, self.number, owner, artefact, backwards, begin, end, size, mark.language, tuple(signs))
            (self.runs if mark.instead is None else self._waiting).append(run)


_NUMBERS = {"Tc": "sign_space", "Tw": "word_space", "TL": "leading", "Ts": "rise"}
