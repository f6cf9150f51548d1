"""The verbs of `patientpages links`: put on record what is published, and look whether what was promised holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from patientpages.build import check
from patientpages.making import Progress
from patientpages.model import PROMISES, SHORT, Entry, EntryKind, Finding, Outcome, Site, urgent_page
from patientpages.project import Inputs
from patientpages.promises import address_named
from patientpages.recording import additions, keep
from patientpages.records import LEDGER, PUBLISHED, add_entries, refused
from patientpages.yamlfile import near

_KINDS = {
    "page": "pages",
    "anchor": "places on pages",
    "short": "short addresses",
    "code": "QR codes",
    "handout": "leaflets",
    "version": "versions of texts",
    "source": "sources",
    "pictures": "sets of pictures",
    "moved": "moves",
    "back": "returns",
    "contact": "way to reach the clinic",
    "around": "set of templates",
}


def record(inputs: Inputs, today: date, say: Progress) -> str:
    """Put everything that the pages serve now on record; return what was done.

    Raises InputError, and records nothing, where a check finds an error or the website is not set.
    """
    outcome, sites = check(inputs, today, say)
    if outcome.errors:
        raise refused(
            f"nothing was recorded: the checks find errors in the pages ({outcome.errors})",
            "See them: patientpages check",
        )
    if not inputs.clinic.website:
        raise refused("nothing was recorded: clinic.yml names no website, so nothing is published yet",
                      'website: "https://www.example.org/patients/"')  # fmt: skip
    added = additions(inputs, sites, today)
    if not added.entries:
        return "nothing new: everything that the pages serve is on record already"
    keep(inputs, added)
    many = Counter(_KINDS[entry.kind] for entry in added.entries)
    lines = ", ".join(f"{number} {what}" for what, number in many.items())
    kept = "Keep records/ with the project (git add records): links rest on it."
    return f"recorded in records/{PUBLISHED}: {lines}.\n{kept}"


def verified(outcome: Outcome, sites: Sequence[Site]) -> tuple[Outcome, str]:
    """Return only what concerns promises, and a line that counts how each is kept."""
    kept = tuple(f for f in outcome.findings if f.code.startswith(("L2", "D")))
    hows = Counter(answer.how for site in sites for answer in site.promises.answers.values())
    many = sum(hows.values())
    if not many:
        return _only(outcome, kept), "no address is on record yet: patientpages links record"
    told = f"{many} addresses are on record: {hows['here']} answer as they are, {hows['moved']} lead on, "
    return _only(outcome, kept), f"{told}{hows['withdrawn']} are withdrawn, {hows['nowhere']} would answer nothing"


def _only(outcome: Outcome, findings: tuple[Finding, ...]) -> Outcome:
    return Outcome(findings, outcome.pages, outcome.topics, outcome.statements, outcome.judged, outcome.checks)


def reason_of(typed: str) -> str:
    """Return a reason as it is recorded; one that nobody could read is refused."""
    reason = " ".join(typed.split())
    if not reason.isprintable():  # a character that no page and no file can hold
        raise refused("--reason holds a character that cannot be shown", 'Plain words: --reason "It had a mistake."')
    if not reason:
        raise refused("--reason is empty", 'Say why: --reason "It had a wrong telephone number."')
    return reason


def withdrawal(inputs: Inputs, today: date, address: str, reason: str, *, back: bool = False) -> Entry:
    """Return the line by which an address is withdrawn, or (`back`) restored; refuse one that cannot be."""
    ledger = inputs.records.ledger
    promised = {e.address: e for e in ledger.of(*PROMISES)}
    gone: dict[str, str] = {e.address: e.kind for e in ledger.of("withdrawn", "restored")}
    shown = {e.address: e.to for e in ledger.of("short")}
    page, mark, anchor = address.partition("#")
    address = f"{address_named(page, inputs)}{mark}{anchor}"
    if address in shown:
        raise refused(f'"{address}" shows the section {shown[address]}', f"Name that: {shown[address]}")
    if address.endswith(("./", f"{SHORT}/")):
        raise refused(f'"{address}" cannot be withdrawn: every other page leads there', "Change what it says.")
    urgent = urgent_page(inputs.standard)
    if not back and urgent and address == f"{urgent}/":
        raise refused(f'"{address}" cannot be withdrawn: urgent help on every page leads there',
                      f'Correct it: patientpages publish --correct {urgent} --reason "..."')  # fmt: skip
    if address not in promised:
        raise refused(f'"{address}" was never published.{near(address, promised)}',
                      'As in records/published.yml: "soreness/", "soreness/#call-us", "go/soreness/"')  # fmt: skip
    if (gone.get(address) == "withdrawn") != back:
        raise refused(f'"{address}" is {"not withdrawn" if back else "withdrawn already"}', "Nothing was changed.")
    kind: EntryKind = "restored" if back else "withdrawn"
    return Entry(kind, address, promised[address].language, today, LEDGER, "", reason_of(reason))


def withdraw(inputs: Inputs, today: date, address: str, reason: str, *, back: bool = False) -> str:
    """Record that an address is withdrawn, or (`back`) restored; return what was done."""
    entry = withdrawal(inputs, today, address, reason, back=back)
    add_entries(inputs.project.root / "records", "records", [entry])
    after = "The next build shows a notice there, with the clinic's phone and urgent help. Take its text out of docs/."
    if back:
        page = entry.address.partition("#")[0].strip("/")
        after = (
            "What is live stays as it is until it is published again: "
            f'patientpages publish --correct {page} --reason "..." (or all of it: make publish)'
        )
    return f"recorded in records/{PUBLISHED}: {entry.address} is {entry.kind}.\n{after}"
