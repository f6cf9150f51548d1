"""The gate for a part of the pages: what must be true while all others stand as they were published."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from patientpages.gate import clinic_blocks, sign_off_blocks
from patientpages.ledger import HOME, address_of, old_address
from patientpages.model import SHORT, Entry, Finding, Page, Place, Site
from patientpages.project import Inputs
from patientpages.recording import around_of, pictures_of
from patientpages.signing import codes_of
from patientpages.standing import Part


def _address(page: Page, site: Site) -> str:
    return address_of(site.prefix + page.file)


def _finding(page: Page, code: str, what: str, hint: str) -> Finding:
    return Finding(code, "error", Place(page.source.path, 1, exact=False), what, hint)


def _says_more(page: Page, site: Site, named: Collection[str], part: Part) -> Finding:
    """Return that a page which is to stand as published would say other words now, and by what, as far as known."""
    shown = {insert.name for insert in page.source.inserts if insert.kind == "section"}
    homes = {topic.home: topic.id for topic in site.standard.topics.values() if topic.id in shown}
    shared = ", ".join(f'"{topic}" of {home}' for home, topic in homes.items() if home in named)
    why = (
        f"it shows the section {shared}"
        if shared
        else "a number in standard/facts.yml has changed, or a shared section"
    )
    together = f"--correct {' '.join([*sorted(named), page.source.name])}"
    hint = f"Have it signed, and name it as well: {together}" if part.do == "correct" else (
        "Take the change back until this is done (git stash), or withdraw or correct this page as well."
    )  # fmt: skip
    return _finding(page, "P103", f"this page would say other words than those that were published: {why}", hint)


# What concerns the whole of the pages, and not one that changes: told, and no reason to keep a correction back.
_ABOUT_ALL = ("F", "L1", "M", "T1", "G")


def weighed(findings: Iterable[Finding], inputs: Inputs, part: Part) -> Iterator[Finding]:
    """Yield findings; what is wrong with a page that stands as it was published is a warning here.

    Never so with urgent help, a promised address, or what a page fetches: these hold on every page.
    """
    named: set[str] = set()
    standing: set[str] = set()
    for language in inputs.languages:
        for source in language.sources:
            address = old_address(source.name, HOME, inputs.prefix_of(language.code))
            (named if address in part.pages else standing).add(source.path)
    for finding in findings:
        stands, about_all = finding.place.path in standing, finding.code.startswith(_ABOUT_ALL)
        if finding.severity == "warning" or finding.code.startswith(("U", "L2", "O", "D")):
            yield finding
        elif finding.code.startswith("H") and part.do == "withdraw":
            what = f"{finding.message}: a notice stands in its place"
            yield replace(finding, severity="warning", message=what)
        elif finding.code.startswith("H"):
            yield finding
        elif stands:
            what = f"in the words that are published: {finding.message}"
            yield replace(finding, severity="warning", message=what)
        elif about_all and finding.place.path not in named:
            yield replace(finding, severity="warning")
        else:
            yield finding


def part_blocks(inputs: Inputs, sites: Iterable[Site], part: Part) -> list[Finding]:
    """Return what stands between a part of the pages and patients.

    Of the pages that are to stand as they were published none may say or show anything else, and each must have been
    signed as it is, whatever day its next check is.
    """
    found = list(clinic_blocks(inputs))
    ledger = inputs.records.ledger
    codes = {entry.address: entry.text for entry in ledger.of("version")}
    pictures = {entry.address: entry.text for entry in ledger.of("pictures")}
    docs = {language.code: language.docs for language in inputs.languages}
    for site in sites:
        named = [page for page in site.readable if _address(page, site) in part.pages]
        found += sign_off_blocks(site, named, ledger)
        now = codes_of(site.readable)
        for page in (page for page in site.readable if page not in named):
            address = _address(page, site)
            if now[page.file] != codes.get(address):
                found.append(_says_more(page, site, {each.source.name for each in named}, part))
            elif not site.sign_offs[page.source.name].valid:
                what = "nobody has signed the words in which this page stands published"
                hint = f"Have it read as it is, then: patientpages sign {page.source.name} ..."
                found.append(_finding(page, "P102", what, hint))
            elif pictures_of(page, docs[site.language]) != pictures.get(address, ""):
                what = "a picture that this page shows is not the one that was published"
                hint = "Put the picture back, or have the page signed and name it as well: --correct"
                found.append(_finding(page, "P103", what, hint))
        found += _still_shown(site)
    return [*found, *_around(inputs, part)]


def _around(inputs: Inputs, part: Part) -> Iterator[Finding]:
    """Yield that templates or their words are not those that were published."""
    last = inputs.records.ledger.of("around")
    if last and last[-1].text != around_of(inputs):
        place = Place("records/published.yml", 1, exact=False)
        what = f"overrides/, print/ or the words in _words.yml have changed since {last[-1].on}"
        if part.do == "recorded":
            yield Finding("P105", "error", place, f"{what}: this would not be what was published",
                          "Use the commit of that day, or publish again where records/ is kept.")  # fmt: skip
        else:
            yield Finding("P107", "warning", place, f"{what}: that goes live on every page as well",
                          "Look at a page or two in public/ before you upload it.")  # fmt: skip


def unrecorded(entries: Sequence[Entry]) -> list[Finding]:
    """Return that a publication which is only to be made again would promise something that is not on record."""
    if not entries:
        return []
    what = f"{len(entries)} lines of this publication are not on record, the first for {entries[0].address}"
    hint = "Publish on the machine on which you keep records/: make publish. Then commit records/, and push it."
    return [Finding("P105", "error", Place("records/published.yml", 1, exact=False), what, hint)]


def _still_shown(site: Site) -> Iterator[Finding]:
    """Yield a warning for each page that shows a section of a page which is withdrawn, and for what is sent of it."""
    topics = site.standard.topics
    for page in site.readable:
        for insert in page.source.inserts:
            topic = topics.get(insert.name) if insert.kind == "section" else None
            if topic and topic.home in site.taken_down:
                what = f'this page shows the section "{topic.id}" of the page {topic.home}, which is withdrawn'
                yield Finding("P104", "warning", insert.place, what, "Withdraw this page too, or correct it.")
    pages = {_address(page, site): page.source.name for page in site.pages}
    leads = pages | {f"{site.prefix}{SHORT}/{topic.id}/": topic.home for topic in topics.values()}
    for sent in site.messages:
        for address in sent.links:
            if leads.get(address) in site.taken_down:
                what = f"this message leads to {address}, which is withdrawn: its readers meet the notice"
                yield Finding("P104", "warning", sent.message.place, what, "Take the link out until the page is back.")


def as_in_docs(findings: Iterable[Finding], inputs: Inputs, folder: Path) -> Iterable[Finding]:
    """Yield findings with the names that pages have in docs/, where a person can open them."""
    ours, theirs = inputs.project.shown(folder / "docs"), inputs.project.shown(inputs.project.docs)
    for finding in findings:
        place, message, hint = finding.place, finding.message, finding.hint
        yield replace(finding, place=replace(place, path=place.path.replace(ours, theirs)),
                      message=message.replace(ours, theirs), hint=hint.replace(ours, theirs))  # fmt: skip
