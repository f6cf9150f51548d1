"""How a statement is said: ways, each of concepts that stand together; values that a clinician's files give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from patientpages.model import Place

# Concepts with a meaning of their own for the engine (phrases.yml, "guards").
GUARDS = ("deny", "deny-back", "not-denial", "break", "reject", "claim", "author", "other", "own", "asks", "asked-list",
          "quoting", "goes-on", "takes-back")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """Concepts that say a thing when they stand within so many sentences, none of `never` beside them."""

    all: tuple[str, ...]
    within: int
    never: tuple[str, ...]
    place: Place

    @property
    def text(self) -> str:
        """The way as it is shown to a person."""
        return " + ".join(name.rsplit("/", 1)[-1] for name in self.all)


@dataclass(frozen=True, slots=True)
class StatementPhrases:
    """How one statement is said: ways for each part, ways of its opposite, and examples of both kinds."""

    say: str
    parts: Mapping[str, tuple[Way, ...]]
    opposite: tuple[Way, ...]
    says: tuple[tuple[str, Place], ...]
    says_not: tuple[tuple[str, Place], ...]
    place: Place
