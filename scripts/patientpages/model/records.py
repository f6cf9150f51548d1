"""What was signed: who checked which page, in which words, on what day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from patientpages.model.findings import Place
from patientpages.model.ledger import Ledger

SignState = Literal["never checked", "checked", "changed", "overdue"]


@dataclass(frozen=True, slots=True)
class Signature:
    """A sign-off that a clinician made elsewhere, over the sentences of a page as they were."""

    page: str
    language: str
    name: str
    role: str
    registration: str
    evidence: str
    signed_on: date
    next_check: date
    hide_name: bool
    sentences: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class ReaderTest:
    """A test of the pages with readers: on what day, with how many people, and where its sheets are."""

    tested_on: date
    people: int
    evidence: str
    place: Place


@dataclass(frozen=True, slots=True)
class Records:
    """What has been promised and done: sign-offs and tests with readers, oldest first."""

    signatures: tuple[Signature, ...] = ()
    tests: tuple[ReaderTest, ...] = ()
    ledger: Ledger = field(default_factory=Ledger)
    # By language: the words that each address had when it was last published.
    before: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unnamed: tuple[str, ...] = ()  # files of words that no line of the ledger names


@dataclass(frozen=True, slots=True)
class SignOff:
    """Where a page stands: its last signature, and the sentences that have come and gone since."""

    state: SignState
    signature: Signature | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether the words on the page are those that were signed, whatever the day."""
        return self.state in ("checked", "overdue")
