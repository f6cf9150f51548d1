"""What each published leaflet was made of, as the ledger keeps it: it stays so until the whole is published again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePosixPath

from patientpages.handoutsfile import CARD, LARGE_ENDS
from patientpages.model import Entry, Handout, Handouts, Ledger
from patientpages.records import LEDGER


def as_text(title: str, handout: Handout | None = None) -> str:
    """Return what a line of the ledger says of a leaflet; None stands for the card."""
    made = {"page": handout.page, "also": list(handout.also), "code": handout.code} if handout else {}
    return json.dumps({"title": title, **made}, ensure_ascii=False)


def title_of(entry: Entry) -> str:
    """Return the title of a leaflet on record."""
    return str(json.loads(entry.text)["title"])


def last_of(ledger: Ledger, language: str) -> Mapping[str, Entry]:
    """Return the last line of each leaflet that was ever published in a language, by its address."""
    return {entry.address: entry for entry in ledger.of("handout") if entry.language == language}


def frozen(ledger: Ledger, language: str) -> Handouts | None:
    """Return the leaflets that stand published; None where none ever was. One that was dropped has no versions."""
    last = last_of(ledger, language)
    standing = {PurePosixPath(address).stem: json.loads(entry.text) for address, entry in last.items() if entry.to}
    items = tuple(
        Handout(name, made["page"], tuple(made["also"]), made["code"], LEDGER, {})
        for name, made in standing.items()
        if not name.endswith(LARGE_ENDS) and name != CARD
    )
    return Handouts(items, CARD in standing, LEDGER.path) if last else None
