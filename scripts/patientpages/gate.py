"""The gate: what must be true before pages stand in public/, where patients read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from patientpages.ledger import address_of, corrected_away, taken_down
from patientpages.model import Finding, Ledger, Page, Place, Site
from patientpages.project import Inputs
from patientpages.signing import codes_of

_UNSET = {"country": "country: GB", "website": 'website: "https://www.example.org/patients/"'}


def clinic_blocks(inputs: Inputs) -> Iterator[Finding]:
    """Yield a finding for each detail of the clinic that patients would read as a blank."""
    for key in inputs.clinic.placeholders:
        place = inputs.clinic.places.get(key, inputs.clinic.place)
        yield Finding("P101", "error", place, f'"{key}" is still to be filled in: nothing is published with a blank',
                      _UNSET.get(key, f'{key}: "..."'))  # fmt: skip


_TOLD = {
    "never checked": "no clinician has checked this page: it is not published",
    "changed": "this page has changed since its check: its new words are not published",
    "overdue": "the next check of this page is overdue: no new publication until it is signed; what is live stays",
}


def _void(page: Page, site: Site, ledger: Ledger) -> str:
    """Say why the sign-off of a page does not count any more ("" if it does): its words were taken back since."""
    signature, address = site.sign_offs[page.source.name].signature, address_of(site.prefix + page.file)
    down = taken_down(ledger).get(address)
    if signature and down and signature.signed_on < down.on:
        return f"this page was signed before it was withdrawn on {down.on} ({down.text})"
    away = corrected_away(ledger).get((address, codes_of([page])[page.file]))
    if signature and away and signature.signed_on <= away.on:
        return f"these are the words that were corrected away on {away.on} ({away.text})"
    return ""


def sign_off_blocks(site: Site, pages: Iterable[Page], ledger: Ledger) -> Iterator[Finding]:
    """Yield a finding for each of these pages whose words no clinician has signed, or whose next check is overdue."""
    for page in pages:
        what = _TOLD.get(site.sign_offs[page.source.name].state) or _void(page, site, ledger)
        if what:
            hint = (
                f"When a clinician has signed the sheet in report/pages.html: patientpages sign {page.source.name} ..."
            )
            yield Finding("P102", "error", Place(page.source.path, 1, exact=False), what, hint)


def _unjudged(inputs: Inputs) -> Iterator[Finding]:
    """Yield a warning for each language of which nobody can check what its pages say."""
    for language in inputs.languages:
        if language.judge is None:
            what = f"what the pages in {language.code} tell was not checked: there are no phrases for that language"
            hint = f"Whoever signs them must read every page against the English. Phrases: standard/{language.code}/"
            yield Finding("P108", "warning", inputs.clinic.places.get("languages", inputs.clinic.place), what, hint)


def blocks(inputs: Inputs, sites: Iterable[Site]) -> list[Finding]:
    """Return everything but failed checks that stands between these pages and patients."""
    ledger = inputs.records.ledger
    signed = (f for site in sites for f in sign_off_blocks(site, site.pages, ledger))
    return [*clinic_blocks(inputs), *signed, *_unjudged(inputs)]
