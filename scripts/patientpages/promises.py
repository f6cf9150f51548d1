"""Where a language of a site stands with the addresses that were promised."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from patientpages.ledger import HOME, answers, page_part, served_by
from patientpages.model import PROMISES, Ledger, Page, Promises
from patientpages.project import Inputs, Language
from patientpages.records import MESSAGE


def promises(inputs: Inputs, language: Language, pages: Iterable[Page]) -> Promises:
    """Return what each address of a language that is on record would answer from these pages."""
    records = inputs.records
    own = Ledger(tuple(e for e in records.ledger.entries if e.language == language.code))
    served = served_by(pages, inputs.standard, inputs.prefix_of(language.code))
    found, troubles = answers(own, served, records.before.get(language.code, {}))
    orphans = Counter(e.language for e in records.ledger.of(*PROMISES) if e.language not in inputs.clinic.languages)
    root = next((e.language for e in records.ledger.of("page") if e.address == HOME), "")
    first = root if root != inputs.clinic.languages[0] else ""
    return Promises(own, served, found, tuple(troubles), _used_by(own), orphans, records.unnamed, first)


def _used_by(ledger: Ledger) -> dict[str, tuple[str, ...]]:
    """Return the messages that ever carried an address, and "a QR code" where one was printed."""
    used: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for entry in ledger.of("version", "code"):
        name = entry.address.removeprefix(MESSAGE)
        for address in entry.to.split() if entry.kind == "code" or name != entry.address else ():
            used[address][f'the message "{name}"' if entry.kind == "version" else "a QR code"] = None
    for entry in ledger.of("short"):  # whoever carries a short address relies on the section that it shows
        for address in (entry.to, page_part(entry.to)):
            used[address] |= used.get(entry.address, {})
    return {address: tuple(names) for address, names in used.items()}


def address_named(name: str, inputs: Inputs) -> str:
    """Return the address of a page that a person named: `soreness`, `fr/soreness` or `docs/en/soreness.md`."""
    named = name.strip().strip("/").removesuffix(".md")
    for language in inputs.languages:
        folder = inputs.project.shown(language.docs)
        if named.startswith(f"{folder}/"):
            named = inputs.prefix_of(language.code) + named.removeprefix(f"{folder}/")
    parts = [part for part in named.removeprefix(f"{inputs.clinic.languages[0]}/").split("/") if part not in ("", ".")]
    if parts and parts[-1] == "index":
        parts.pop()
    return "/".join(parts) + "/" if parts else HOME
