"""Record a sign-off that a clinician made elsewhere, and list what is due to be checked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dateutil.relativedelta import relativedelta

from patientpages.build import made
from patientpages.making import Progress
from patientpages.model import Finding, InputError, Page, Place, ReaderTest, Signature, SignState, Site
from patientpages.project import Inputs
from patientpages.records import SIGNED, TESTED, add_signatures, add_test
from patientpages.signing import sign_off, words_signed
from patientpages.signing_trial import faults, roles
from patientpages.yamlfile import near


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks to have recorded; `pages` is empty for all."""

    pages: tuple[str, ...]
    language: str
    name: str
    role: str
    registration: str
    evidence: str
    next_check: date
    hide_name: bool


@dataclass(frozen=True, slots=True)
class Due:
    """A page or a source with the day on which it must be looked at again (None: it was never checked)."""

    what: str
    title: str
    state: SignState | str
    day: date | None
    who: str
    changes: int


def _refuse(messages: Sequence[tuple[str, str]], file: str = SIGNED) -> None:
    if messages:
        place = Place(f"records/{file}")
        raise InputError([Finding("D005", "error", place, message, hint) for message, hint in messages])


def _chosen(site: Site, request: Request) -> list[Page]:
    """Return the pages that are meant; a name that is none is refused."""
    names = [page.source.name for page in site.pages]
    wanted = [name.removesuffix(".md").rsplit(f"docs/{site.language}/", 1)[-1].strip("/") for name in request.pages]
    _refuse([
        (f'"{name}" is no page.{near(name, names)}', "Name pages as in docs/: soreness, or give --all.")
        for name in wanted if name not in names
    ])  # fmt: skip
    return [page for page in site.pages if page.source.name in wanted or not wanted]


def _signature(page: Page, site: Site, request: Request, today: date) -> Signature:
    name, role, number, paper = (
        " ".join(text.split()) for text in (request.name, request.role, request.registration, request.evidence)
    )
    return Signature(page.source.name, site.language, name, role, number, paper, today, request.next_check,
                     request.hide_name, words_signed(page), Place(f"records/{SIGNED}"))  # fmt: skip


def _details(signature: Signature) -> tuple[object, ...]:
    """Return what makes another sign-off of the same words a new one."""
    return (signature.name, signature.role, signature.registration, signature.evidence, signature.next_check,
            signature.signed_on, signature.hide_name)  # fmt: skip


def _misread(inputs: Inputs, found: Sequence[Finding], request: Request, site: Site) -> list[tuple[str, str]]:
    """Return how the pages that show the sign-off would fail with it, and what to give instead."""
    language = next(each for each in inputs.languages if each.code == site.language)
    known = roles(language)
    hint = "Give --role as patients know it" + (f"; understood are, for example: {known}." if known else ".")
    return [
        (f'--role "{request.role}": {finding.place.path} shows who signed, and would fail ({finding.code}): '
         f"{finding.message}", hint)
        for finding in found
    ]  # fmt: skip


def sign(inputs: Inputs, today: date, request: Request, say: Progress) -> str:
    """Record the sign-off over the words that are on the pages now; return what was done.

    Nothing is recorded if anything is wrong: an empty name, an unknown page, a day in the past, a page with an error,
    a page that would have one once it shows this sign-off. A line with other details is a new sign-off: whatever is
    wrong with the last one can be put right.
    """
    wrong = [
        (f"--{what} is empty", f'Give it, for example: --{what} "{example}"')
        for what, text, example in (
            ("name", request.name, "Test Signatory"),
            ("role", request.role, "physiotherapist"),
            ("evidence", request.evidence, "signed paper of 3 May"),
        )
        if not text.strip()
    ]
    if request.next_check <= today:
        later = (today + relativedelta(years=1)).isoformat()
        wrong.append((f"the next check on {request.next_check} is not after today", f"Give a later day: {later}"))
    _refuse(wrong)
    # Without any sign-off on record: what is wrong with the last one must not keep the next one out.
    unsigned = replace(inputs, records=replace(inputs.records, signatures=()))
    outcome, files, sites, *_ = made(unsigned, today, say)
    site = next((site for site in sites if site.language == request.language), None)
    if site is None:
        known = ", ".join(site.language for site in sites)
        _refuse([(f'there are no pages in the language "{request.language}"', f"Known: {known}")])
        return ""
    pages = _chosen(site, request)
    failing = {finding.place.path for finding in outcome.findings if finding.severity == "error"}
    _refuse([
        (f"{page.source.path} has errors, and a page with errors is not signed", "See them: patientpages check")
        for page in pages if page.source.path in failing
    ])  # fmt: skip
    new, told = [], []
    for page in pages:
        standing, wanted = (
            sign_off(page, site.language, inputs.records.signatures, today),
            _signature(page, site, request, today),
        )
        if standing.state == "checked" and standing.signature and _details(standing.signature) == _details(wanted):
            told.append(f"{page.source.name}: is signed already, in these words, with the same details")
            continue
        new.append(wanted)
        told.append(f"{page.source.name}: recorded, {len(wanted.sentences)} sentences")
    _refuse(_misread(inputs, faults(unsigned, site, files, new, today), request, site))
    if new:
        add_signatures(inputs.project.root / "records", "records", new)
    return "\n".join([*told, f"{len(new)} recorded in records/{SIGNED}. The next build shows it on the pages."])


def record_test(inputs: Inputs, today: date, people: int, day: date, evidence: str) -> str:
    """Record a test with readers; return what was done."""
    wrong = []
    if people < 1:
        wrong.append((f"--people is {people}: nobody has tested the pages", "Give how many readers: --people 6"))
    if day > today:
        wrong.append((f"the test on {day} has not taken place yet", "Give its day: --on 2026-05-03"))
    if not evidence.strip():
        wrong.append(("--evidence is empty", 'Say where the sheets are: --evidence "six sheets of 3 May"'))
    _refuse(wrong, TESTED)
    test = ReaderTest(day, people, evidence.strip(), Place(f"records/{TESTED}"))
    add_test(inputs.project.root / "records", "records", test)
    return f"recorded in records/{TESTED}. The next build shows it on the page about these pages."


def due(inputs: Inputs, sites: Sequence[Site], today: date) -> list[Due]:
    """Return every page and every source, the most urgent first."""
    found = []
    for site in sites:
        for page in site.pages:
            standing = site.sign_offs[page.source.name]
            signature = standing.signature
            who = f"{signature.name}, {signature.role}" if signature else ""
            name = page.source.name if len(sites) == 1 else f"{site.language}/{page.source.name}"
            day = today if standing.state == "changed" else signature.next_check if signature else None
            found.append(Due(name, page.source.title, standing.state, day, who,
                             len(standing.added) + len(standing.removed)))  # fmt: skip
    for citation in inputs.standard.citations.values():
        state = "overdue" if today > citation.due else "source"
        found.append(Due(f"source {citation.key}", citation.citation, state, citation.due, "", 0))
    return sorted(found, key=lambda each: (each.day is None, each.day or today, each.what))
