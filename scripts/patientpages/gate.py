"""The gate: what must be true before pages stand in public/, where patients read them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from patientpages.ledger import HOME, address_of, old_address
from patientpages.model import Entry, Finding, Page, Place, Site
from patientpages.project import Inputs
from patientpages.signing import codes_of
from patientpages.standing import Part

_UNSET = {"country": "country: GB", "website": 'website: "https://www.example.org/patients/"'}


def _clinic_blocks(inputs: Inputs) -> Iterator[Finding]:
    """Yield a finding for each detail of the clinic that patients would read as a blank."""
    for key in inputs.clinic.placeholders:
        place = inputs.clinic.places.get(key, inputs.clinic.place)
        yield Finding("P101", "error", place, f'"{key}" is still to be filled in: nothing is published with a blank',
                      _UNSET.get(key, f'{key}: "..."'))  # fmt: skip


def _sign_off_blocks(site: Site, pages: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for each of these pages whose words no clinician has signed, or whose next check is overdue."""
    told = {"never checked": "no clinician has checked this page", "changed": "this page has changed since its check",
            "overdue": "the next check of this page is overdue"}  # fmt: skip
    for page in (p for p in site.pages if p.source.name in pages):
        state = site.sign_offs[page.source.name].state
        if state in told:
            place = Place(page.source.path, 1, exact=False)
            hint = (
                f"When a clinician has signed the sheet in report/pages.html: patientpages sign {page.source.name} ..."
            )
            yield Finding("P102", "error", place, f"{told[state]}: it is not published", hint)


def blocks(inputs: Inputs, sites: Iterable[Site]) -> list[Finding]:
    """Return everything but failed checks that stands between these pages and patients."""
    return [
        *_clinic_blocks(inputs),
        *(f for site in sites for f in _sign_off_blocks(site, {p.source.name for p in site.pages})),
    ]


def _address(page: Page, site: Site) -> str:
    return address_of(site.prefix + page.file)


def _says_more(page: Page, site: Site, named: Collection[str]) -> Finding:
    """Return that a page which is to stand as published would say other words now, and by what, as far as known."""
    shown = {insert.name for insert in page.source.inserts if insert.kind == "section"}
    homes = {topic.home: topic.id for topic in site.standard.topics.values() if topic.id in shown}
    shared = ", ".join(f'"{topic}" of {home}' for home, topic in homes.items() if home in named)
    why = (
        f"it shows the section {shared}"
        if shared
        else "a number in standard/facts.yml has changed, or a shared section"
    )
    hint = f"Have it signed, and name it as well: --correct {' '.join([*sorted(named), page.source.name])}"
    what = f"this page would say other words than those that were published: {why}"
    return Finding("P103", "error", Place(page.source.path, 1, exact=False), what, hint)


# What concerns the whole of the pages, and not one that changes: told, and no reason to keep a correction back.
_ABOUT_ALL = ("F", "L1", "M", "T1")


def weighed(findings: Iterable[Finding], inputs: Inputs, part: Part) -> Iterator[Finding]:
    """Yield findings; what is wrong with a page that stands as it was published is a warning here.

    Never so with urgent help, a promised address, or what a page fetches: these hold on every page. That lists and
    menus still name a page that is withdrawn is left out: whoever opens it meets the notice.
    """
    named: set[str] = set()
    standing: set[str] = set()
    for language in inputs.languages:
        for source in language.sources:
            address = old_address(source.name, HOME, inputs.prefix_of(language.code))
            (named if address in part.pages else standing).add(source.path)
    down = any(language.taken_down for language in inputs.languages)
    mild = (*_ABOUT_ALL, "E") if down else _ABOUT_ALL  # a message may lead to what is withdrawn: to its notice
    for finding in findings:
        stands, about_all = finding.place.path in standing, finding.code.startswith(mild)
        if finding.severity == "warning" or finding.code.startswith(("U", "L2", "O", "D")):
            yield finding
        elif stands:
            what = f"in the words that are published: {finding.message}"
            yield replace(finding, severity="warning", message=what)
        elif about_all and finding.place.path not in named:
            if not down or finding.code.startswith("E"):
                yield replace(finding, severity="warning")
        else:
            yield finding


def part_blocks(inputs: Inputs, sites: Iterable[Site], part: Part) -> list[Finding]:
    """Return what stands between a part of the pages and patients.

    Of the pages that are to stand as they were published none may say other words, whatever day their next check is.
    """
    found = list(_clinic_blocks(inputs))
    last = {entry.address: entry.text for entry in inputs.records.ledger.of("version")}
    for site in sites:
        named = {p.source.name for p in site.pages if _address(p, site) in part.pages}
        found += _sign_off_blocks(site, named)
        codes = codes_of(site.pages)
        for page in site.pages:
            if page.source.name not in named and codes[page.file] != last.get(_address(page, site)):
                found.append(_says_more(page, site, named))
        found += _still_shown(site, inputs)
    return found


def unrecorded(entries: Sequence[Entry]) -> list[Finding]:
    """Return that a publication which is only to be made again would promise something that is not on record."""
    if not entries:
        return []
    what = f"{len(entries)} lines of this publication are not on record, the first for {entries[0].address}"
    hint = "Publish on the machine on which you keep records/: make publish. Then commit records/, and push it."
    return [Finding("P105", "error", Place("records/published.yml", 1, exact=False), what, hint)]


def _still_shown(site: Site, inputs: Inputs) -> Iterator[Finding]:
    """Yield a warning for each page that shows a section of a page which is withdrawn."""
    down = next(language.taken_down for language in inputs.languages if language.code == site.language)
    for page in site.pages:
        for insert in page.source.inserts:
            topic = site.standard.topics.get(insert.name) if insert.kind == "section" else None
            if topic and topic.home in down:
                what = f'this page shows the section "{topic.id}" of the page {topic.home}, which is withdrawn'
                yield Finding("P104", "warning", insert.place, what, "Withdraw this page too, or correct it.")
