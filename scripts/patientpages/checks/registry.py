"""What a check is, and what it may say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from patientpages.model import Artefact, Page, Place, Sent, Site

# until-published: a warning in a preview, an error when the site is published.
CheckSeverity = Literal["error", "warning", "until-published"]


@dataclass(frozen=True, slots=True)
class Note:
    """What a check says: where, what is wrong, what right looks like."""

    where: Place
    message: str
    hint: str = ""
    topic: str | None = None
    statement: str | None = None


PageCheck = Callable[[Page, Site], Iterator[Note]]
SiteCheck = Callable[[Site], Iterator[Note]]
FileCheck = Callable[[Artefact], Iterator[Note]]
MessageCheck = Callable[[Sent, Site], Iterator[Note]]


@dataclass(frozen=True, slots=True)
class Check:
    """A check under its code; `about` says what it is given: each page, the whole site, each file, or each message."""

    code: str
    about: Literal["page", "site", "file", "message"]
    severity: CheckSeverity
    run: PageCheck | SiteCheck | FileCheck | MessageCheck
    across: bool = False  # a check of a page that looks at other pages as well

    @property
    def sentence(self) -> str:
        """The first line of its docstring."""
        return (self.run.__doc__ or "").strip().split("\n")[0]


@dataclass(frozen=True, slots=True)
class Told:
    """A code that no check gives, and what `patientpages explain` says of it."""

    code: str
    severity: CheckSeverity
    text: str
