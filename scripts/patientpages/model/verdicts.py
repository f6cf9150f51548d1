"""Whether a section says a statement, in which sentence, and if not, what comes nearest."""

from __future__ import annotations

from dataclasses import dataclass

from patientpages.model.findings import Place


@dataclass(frozen=True, slots=True)
class PartVerdict:
    """Whether a part is said; if not, the nearest sentence and the concepts that it lacks."""

    id: str
    said: bool
    sentence: str | None
    place: Place | None
    way: str
    nearest: str | None
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a statement is said; `contradicted` is the sentence that says its opposite."""

    statement: str
    said: bool
    parts: tuple[PartVerdict, ...]
    contradicted: str | None
    contradicted_at: Place | None

    @property
    def sentence(self) -> str | None:
        """The first sentence that says it, if it is said."""
        return next((part.sentence for part in self.parts if part.sentence), None) if self.said else None

    @property
    def place(self) -> Place | None:
        """Where that sentence stands."""
        return next((part.place for part in self.parts if part.place), None) if self.said else None
