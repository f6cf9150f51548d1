"""Which pages were withdrawn, and have not been published with their own text since."""

from __future__ import annotations

from patientpages.model import Entry, Ledger


def taken_down(ledger: Ledger) -> dict[str, Entry]:
    """Return the withdrawal of each address that patients cannot read now.

    A restoration alone puts nothing back: the page stays down until it is published again, which notes its version.
    """
    down: dict[str, Entry] = {}
    restored: set[str] = set()
    for entry in ledger.of("withdrawn", "restored", "version"):
        if entry.kind == "withdrawn":
            down[entry.address] = entry
            restored.discard(entry.address)
        elif entry.kind == "restored":
            restored.add(entry.address)
        elif entry.address in restored:
            down.pop(entry.address, None)
            restored.discard(entry.address)
    return down


def returning(ledger: Ledger) -> set[str]:
    """Return the pages that were restored, and have not been published since."""
    gone = {entry.address: entry.kind for entry in ledger.of("withdrawn", "restored")}
    return {address for address in taken_down(ledger) if gone[address] == "restored"}


def corrected_away(ledger: Ledger) -> dict[tuple[str, str], Entry]:
    """Return the correction by which words of a page were replaced, by its address and the code of the words.

    Words that were published again since count as any others.
    """
    gone: dict[tuple[str, str], Entry] = {}
    last: dict[str, str] = {}
    correction: dict[str, Entry] = {}
    for entry in ledger.of("corrected", "version"):
        if entry.kind == "corrected":
            correction[entry.address] = entry
            continue
        before = last.get(entry.address)
        why = correction.pop(entry.address, None)
        if why and before and before != entry.text:
            gone[entry.address, before] = why
        gone.pop((entry.address, entry.text), None)
        last[entry.address] = entry.text
    return gone
