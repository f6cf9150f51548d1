"""The verbs of `patientpages links`: put on record what is published, and look whether what was promised holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from patientpages.build import Progress, check
from patientpages.config import website_of
from patientpages.ledger import address_of, anchors_of, growth, opening_of
from patientpages.model import PROMISES, SHORT, TOP, WHOLE, Entry, Finding, InputError, Page, Place, Site, Version
from patientpages.outcome import Outcome
from patientpages.outputs import links_of, redirects
from patientpages.project import Inputs
from patientpages.records import MESSAGE, PUBLISHED, VERSIONS, add_entries, add_versions, alone, load_records, shape_of
from patientpages.said.utterances import sentences
from patientpages.signing import codes_of, words_signed
from patientpages.stamping import moved_from
from patientpages.yamlfile import Mistakes, near

_LEDGER = Place(f"records/{PUBLISHED}")
_KINDS = {"page": "pages", "anchor": "places on pages", "short": "short addresses", "code": "QR codes",
          "version": "versions of texts", "moved": "moves", "back": "returns"}  # fmt: skip


def _refuse(message: str, hint: str) -> InputError:
    return InputError([Finding("D006", "error", _LEDGER, message, hint)])


def version_of(page: Page, site: Site, code: str, on: date) -> Version:
    """Return the full words of a page as it is, to be kept."""
    parts = {WHOLE: words_signed(page), TOP: tuple(sentences(opening_of(page)))}
    parts |= {f"#{anchor}": tuple(sentences(text)) for anchor, text in anchors_of(page)}
    return Version(code, address_of(site.prefix + page.file), page.source.title, site.language, on, parts)


def _messages_of(site: Site, on: date) -> Iterator[tuple[Version, str]]:
    """Yield each message, and each SMS, with the addresses that it carries."""
    for sent in site.messages:
        name = sent.message.id
        yield Version(sent.code, f"{MESSAGE}{name}", sent.subject, site.language, on,
                      {WHOLE: words_signed(sent.page)}, sent.links), " ".join(sent.links)  # fmt: skip
        if sent.sms:
            parts = {WHOLE: words_signed(sent.sms_page)}
            yield Version(sent.sms_code, f"{MESSAGE}{name}, SMS", sent.subject, site.language, on, parts,
                          sent.sms_carries), " ".join(sent.sms_carries)  # fmt: skip


def additions(inputs: Inputs, site: Site, on: date) -> tuple[list[Entry], list[Version]]:
    """Return what a publication of these pages adds to the ledger, and the words that it keeps."""
    ledger, root = site.promises.ledger, website_of(inputs.clinic, site.language)
    entries = list(growth(ledger, site.promises.served, site.promises.answers, site.language, on))
    versions: list[Version] = []
    last = {e.address: (e.text, e.to) for e in ledger.of("version")}

    def note(version: Version, to: str) -> None:
        if last.get(version.address) != (version.code, to):
            entries.append(Entry("version", version.address, site.language, on, _LEDGER, to, version.code))
            versions.append(version)

    codes = codes_of(site.pages)
    for page in site.pages:
        version = version_of(page, site, codes[page.file], on)
        note(version, shape_of(version))
    for version, carried in _messages_of(site, on):
        note(version, carried)
    printed = {e.address for e in ledger.of("code")}
    for link in links_of(site.pages, inputs.standard, codes):
        full = root + link.address.removeprefix("./")
        if full not in printed and site.messages:
            entries.append(Entry("code", full, site.language, on, _LEDGER, site.prefix + link.address))
    return entries, versions


def keep(inputs: Inputs, entries: Sequence[Entry], versions: Sequence[Version]) -> None:
    """Put entries and words on record: on the disk before anything that they promise is."""
    root = inputs.project.root / "records"
    with alone(root):
        now = load_records(root, "records", Mistakes()).ledger
        if [e.address for e in now.entries] != [e.address for e in inputs.records.ledger.entries]:
            raise _refuse(
                "another command has written here in the meantime", "Run this one again. Nothing was changed."
            )
        add_versions(root / VERSIONS, f"records/{VERSIONS}", versions)
        add_entries(root, "records", entries)


def record(inputs: Inputs, today: date, say: Progress) -> str:
    """Put everything that the pages serve now on record; return what was done.

    Raises InputError, and records nothing, where a check finds an error or the website is not set.
    """
    outcome, sites = check(inputs, today, say)
    if outcome.errors:
        raise _refuse(
            f"nothing was recorded: the checks find errors in the pages ({outcome.errors})",
            "See them: patientpages check",
        )
    if not inputs.clinic.website:
        raise _refuse("nothing was recorded: clinic.yml names no website, so nothing is published yet",
                      'website: "https://www.example.org/patients/"')  # fmt: skip
    found = [additions(inputs, site, today) for site in sites]
    entries = [entry for added, _ in found for entry in added]
    if not entries:
        return "nothing new: everything that the pages serve is on record already"
    keep(inputs, entries, [version for _, kept in found for version in kept])
    many = Counter(_KINDS[entry.kind] for entry in entries)
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


def withdraw(inputs: Inputs, today: date, address: str, reason: str, *, back: bool = False) -> str:
    """Record that an address is withdrawn, or (`back`) restored; return what was done."""
    ledger = inputs.records.ledger
    promised = {e.address: e for e in ledger.of(*PROMISES)}
    gone: dict[str, str] = {e.address: e.kind for e in ledger.of("withdrawn", "restored")}
    what = "restored" if back else "withdrawn"
    shown = {e.address: e.to for e in ledger.of("short")}
    if address in shown:
        raise _refuse(f'"{address}" shows the section {shown[address]}', f"Name that: {shown[address]}")
    if address.endswith(("./", f"{SHORT}/")):
        raise _refuse(f'"{address}" cannot be withdrawn: every other page leads there', "Change what it says.")
    if address not in promised:
        raise _refuse(f'"{address}" was never published.{near(address, promised)}',
                      'As in records/published.yml: "soreness/", "soreness/#call-us", "go/soreness/"')  # fmt: skip
    if (gone.get(address) == "withdrawn") != back:
        raise _refuse(f'"{address}" is {"not withdrawn" if back else "withdrawn already"}', "Nothing was changed.")
    reason = " ".join(reason.split())
    if not reason.isprintable():  # a character that no page and no file can hold
        raise _refuse("--reason holds a character that cannot be shown", 'Plain words: --reason "It had a mistake."')
    if not reason:
        raise _refuse("--reason is empty", 'Patients read it: --reason "It had a wrong telephone number."')
    entry = Entry("restored" if back else "withdrawn", address, promised[address].language, today, _LEDGER, "", reason)
    add_entries(inputs.project.root / "records", "records", [entry])
    notice = "The next build shows a notice there, with the clinic's phone and urgent help. Take its text out of docs/."
    after = "" if back else f"\n{notice}"
    return f"recorded in records/{PUBLISHED}: {address} is {what}.{after}"


def write_rules(inputs: Inputs, today: date, out: Path, say: Progress) -> str:
    """Write the files that a web host reads, so that typed and moved addresses arrive; return their names."""
    outcome, sites = check(inputs, today, say)
    if outcome.errors:
        raise _refuse(f"nothing was written: the checks find errors in the pages ({outcome.errors})",
                      "See them: patientpages check")  # fmt: skip
    if not inputs.clinic.website:
        raise _refuse("there are no rules for a host yet: clinic.yml names no website",
                      'website: "https://www.example.org/patients/"')  # fmt: skip
    return write_files(rules_of(inputs, sites), out, inputs)


def rules_of(inputs: Inputs, sites: Sequence[Site]) -> dict[str, bytes]:
    """Return the files that a web host reads, by name: for every address that the pages answer."""
    addresses: list[str] = []
    moved: dict[str, str] = {}
    for site, language in zip(sites, inputs.languages, strict=True):
        past = moved_from(inputs, language, site.pages, site.promises)
        whole = {site.prefix + old: site.prefix + new for old, new in past.redirects().items()}
        served = (file for file in site.anchors if file.endswith("index.html"))
        addresses += [a for file in served if (a := address_of(site.prefix + file)) not in whole]
        moved |= whole
    try:
        return redirects(inputs.clinic.website, addresses, moved)
    except ValueError as error:
        raise _refuse(f"no rules can be made for the host: {error}", "Correct that address first.") from error


def write_files(files: Mapping[str, bytes], out: Path, inputs: Inputs) -> str:
    """Write files into a folder; return their names, a line each."""
    out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (out / name).write_bytes(content)
    return "\n".join(inputs.project.shown(out / name) for name in files)
