"""What a publication puts on record before it is served: addresses, words, sources, how the clinic is reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from patientpages.clinic import CONTACT
from patientpages.config import website_of
from patientpages.ledger import HOME, address_of, anchors_of, growth, opening_of
from patientpages.model import TOP, WHOLE, Entry, Finding, InputError, Page, Place, Site, Version
from patientpages.outputs import links_of
from patientpages.project import Inputs
from patientpages.records import (
    MESSAGE,
    PUBLISHED,
    SOURCES,
    VERSIONS,
    add_entries,
    add_sources,
    add_versions,
    alone,
    last_sources,
    load_records,
    shape_of,
    source_name,
)
from patientpages.said.utterances import sentences
from patientpages.signing import codes_of, words_signed
from patientpages.yamlfile import Mistakes

LEDGER = Place(f"records/{PUBLISHED}")


@dataclass(frozen=True, slots=True)
class Additions:
    """What is added to the ledger, and the words and sources that are kept beside it."""

    entries: tuple[Entry, ...] = ()
    versions: tuple[Version, ...] = ()
    sources: tuple[str, ...] = ()


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


def _additions_of(inputs: Inputs, site: Site, on: date) -> Additions:
    """Return what the pages of one language add."""
    ledger, root = site.promises.ledger, website_of(inputs.clinic, site.language)
    entries = list(growth(ledger, site.promises.served, site.promises.answers, site.language, on))
    versions: list[Version] = []
    sources: list[str] = []
    last = {e.address: (e.text, e.to) for e in ledger.of("version")}
    kept = {address: (e.text, e.to) for address, e in last_sources(ledger).items()}

    def note(version: Version, to: str) -> None:
        if last.get(version.address) != (version.code, to):
            entries.append(Entry("version", version.address, site.language, on, LEDGER, to, version.code))
            versions.append(version)

    codes = codes_of(site.pages)
    for page in site.pages:
        version = version_of(page, site, codes[page.file], on)
        note(version, shape_of(version))
        name, file = source_name(page.source.text), f"{page.source.name}.md"
        if kept.get(version.address) != (name, file):
            entries.append(Entry("source", version.address, site.language, on, LEDGER, file, name))
            sources.append(page.source.text)
    for version, carried in _messages_of(site, on):
        note(version, carried)
    printed = {e.address for e in ledger.of("code")}
    for link in links_of(site.pages, inputs.standard, codes):
        full = root + link.address.removeprefix("./")
        if full not in printed and site.messages:
            entries.append(Entry("code", full, site.language, on, LEDGER, site.prefix + link.address))
    return Additions(tuple(entries), tuple(versions), tuple(sources))


def contact_of(inputs: Inputs) -> str:
    """Return how patients reach the clinic, a detail a line."""
    clinic = inputs.clinic
    lines = [f"{key}: {clinic.values[key]}" for key in CONTACT if clinic.values.get(key)]
    lines += [
        f"branch: {', '.join(filter(None, (each.name, each.address, each.phone, each.hours)))}"
        for each in clinic.branches
    ]
    return "\n".join(lines)


def additions(inputs: Inputs, sites: Iterable[Site], on: date) -> Additions:
    """Return what a publication of these pages adds."""
    found = [_additions_of(inputs, site, on) for site in sites]
    last = inputs.records.ledger.of("contact")
    entries = [entry for each in found for entry in each.entries]
    if not last or last[-1].text != contact_of(inputs):
        entries.append(Entry("contact", HOME, inputs.clinic.languages[0], on, LEDGER, "", contact_of(inputs)))
    return Additions(tuple(entries), tuple(v for each in found for v in each.versions),
                     tuple(s for each in found for s in each.sources))  # fmt: skip


def keep(inputs: Inputs, added: Additions) -> None:
    """Put everything on record: on the disk before anything that it promises is. `inputs` are as they were read."""
    root = inputs.project.root / "records"
    with alone(root):
        now = load_records(root, "records", Mistakes()).ledger
        if [e.address for e in now.entries] != [e.address for e in inputs.records.ledger.entries]:
            what = "another command has written here in the meantime"
            raise InputError([Finding("D006", "error", LEDGER, what, "Run this one again. Nothing was changed.")])
        add_versions(root / VERSIONS, f"records/{VERSIONS}", added.versions)
        add_sources(root / SOURCES, added.sources)
        add_entries(root, "records", added.entries)
