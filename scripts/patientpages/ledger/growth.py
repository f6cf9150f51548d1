"""What a publication adds to the ledger: nothing that is there is ever changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from patientpages.model import PROMISES, Answer, Entry, EntryKind, Ledger, Place, Served

_HERE = Place("records/published.yml")


def growth(ledger: Ledger, served: Served, found: Mapping[str, Answer], language: str, on: date) -> Iterator[Entry]:
    """Yield the entries for what is served now: new promises, and where the old ones lead from today."""
    promised = {(e.kind, e.address): e.to for e in ledger.of(*PROMISES)}
    led = {e.address: e.to for e in ledger.of("moved", "back")}

    def entry(kind: EntryKind, address: str, to: str = "") -> Entry:
        return Entry(kind, address, language, on, _HERE, to)

    for address in served.words:
        kind: EntryKind = "anchor" if "#" in address else "page"
        if (kind, address) not in promised:
            yield entry(kind, address)
    for address, section in served.shorts.items():
        if promised.get(("short", address)) != section:
            yield entry("short", address, section)
    for address, answer in found.items():
        if answer.how == "moved" and led.get(address, "") != answer.to and address not in served.shorts:
            yield entry("moved", address, answer.to)
        elif answer.how == "here" and led.get(address):
            yield entry("back", address)
