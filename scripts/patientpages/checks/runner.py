"""Run the checks: notes become findings, and waivers are applied to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import cast

from patientpages.checks import CHECKS, ON_MESSAGES
from patientpages.checks.registry import Check, FileCheck, MessageCheck, Note, PageCheck, SiteCheck
from patientpages.model import Artefact, Finding, Kind, Page, Place, Severity, Site, Waiver

# Findings about waivers themselves, which no single check can know.
_UNUSED, _EXPIRED, _UNWAIVABLE = "W101", "W102", "W103"
# Never waived: without these a page can harm somebody, or an address dies.
_PROTECTED = ("U", "F", "O", "W", "G", "T107", "T202")


def _severity(check: Check, site: Site) -> Severity:
    if check.severity == "until-published":
        return "error" if site.publishing else "warning"
    return check.severity


def _findings(check: Check, severity: Severity, notes: Iterable[Note]) -> Iterator[Finding]:
    for note in notes:
        yield Finding(check.code, severity, note.where, note.message, note.hint, note.topic, note.statement)


def check_alone(page: Page, site: Site) -> list[Finding]:
    """Run the checks of a page that need nothing of the others; of them, the site may hold nothing."""
    return list(_of_page(page, site, across=False))


def check_across(page: Page, site: Site) -> list[Finding]:
    """Run the checks of a page that look at other pages as well."""
    return list(_of_page(page, site, across=True))


def _of_page(page: Page, site: Site, *, across: bool) -> Iterator[Finding]:
    for check in CHECKS:
        if check.about == "page" and check.across == across:
            yield from _findings(check, _severity(check, site), cast(PageCheck, check.run)(page, site))


def check_page(page: Page, site: Site) -> Iterator[Finding]:
    """Run the checks of one page, its waivers applied."""
    yield from waived(page, [*check_alone(page, site), *check_across(page, site)], site.today)


def waived(page: Page, found: Iterable[Finding], today: date) -> Iterator[Finding]:
    """Yield what was found on a page and its waivers leave, and what is wrong with them."""

    def because(code: str, waiver: Waiver, message: str, hint: str) -> Finding:
        return Finding(code, "error", waiver.place, message, hint)

    left = list(found)
    for waiver in page.source.waivers:
        meant = [finding for finding in left if _means(waiver, finding)]
        if waiver.code.startswith(_PROTECTED):
            yield because(
                _UNWAIVABLE,
                waiver,
                f"{waiver.code} may not be waived: it keeps patients from harm",
                "Mend what it found, and remove the waiver.",
            )
        elif waiver.until < today:
            yield because(
                _EXPIRED,
                waiver,
                f"the waiver of {waiver.code} ended on {waiver.until.isoformat()}",
                "Mend the page, or give the waiver a new reason and day.",
            )
        elif not meant:
            yield because(
                _UNUSED,
                waiver,
                f"nothing is wrong that {waiver.code} would find: this waiver is not used",
                "Remove it.",
            )
        else:
            left = [finding for finding in left if finding not in meant]
    yield from left


def _means(waiver: Waiver, finding: Finding) -> bool:
    of_statement = f"{finding.topic}.{finding.statement}" if finding.statement else ""
    return finding.code == waiver.code and waiver.statement in ("", of_statement)


def check_messages(site: Site) -> Iterator[Finding]:
    """Run the checks of what staff send: their own, and those of a page's words."""
    rules = site.standard.messages
    kind = Kind("message", (), (), (), (), (), 0, rules.words, rules.grade, "line", Place("standard/messages.yml"))
    words = replace(site, standard=replace(site.standard, kinds={**site.standard.kinds, kind.id: kind}))
    for sent in site.messages:
        for check in CHECKS:
            if check.about == "message":
                run = cast(MessageCheck, check.run)
                yield from _findings(check, _severity(check, site), run(sent, site))
            elif check.code in ON_MESSAGES:
                for page in (sent.page, sent.sms_page):
                    yield from _findings(check, _severity(check, site), cast(PageCheck, check.run)(page, words))


def check_site(site: Site) -> Iterator[Finding]:
    """Run the checks of the site as a whole, and of what staff send; those of its pages are apart."""
    yield from check_messages(site)
    for check in CHECKS:
        if check.about == "site":
            yield from _findings(check, _severity(check, site), cast(SiteCheck, check.run)(site))


def check_files(files: Iterable[Artefact]) -> Iterator[Finding]:
    """Run the checks of what will be served, file by file."""
    runs: list[tuple[Check, Callable[[Artefact], Iterator[Note]]]] = [
        (check, cast(FileCheck, check.run)) for check in CHECKS if check.about == "file"
    ]
    for file in files:
        for check, run in runs:
            yield from _findings(check, "error", run(file))


def fold_undeclared(findings: Iterable[Finding], most: int = 5) -> list[Finding]:
    """Tell of a whole folder of undeclared files once: another theme brings a hundred of them."""
    kept: list[Finding] = []
    folders: dict[str, list[Finding]] = {}
    for finding in findings:
        top, _, below = finding.place.path.partition("/")
        (folders.setdefault(top, []) if finding.code == "O102" and below else kept).append(finding)
    for top, found in folders.items():
        if len(found) <= most:
            kept += found
            continue
        message = f"{len(found)} files in this folder were declared by nobody, for example {found[0].place.path}"
        kept.append(replace(found[0], place=Place(f"{top}/", 1, exact=False), message=message))
    return kept


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings by file and line, and drop repeats."""
    unique = dict.fromkeys(findings)
    return sorted(unique, key=lambda f: (f.place.path, f.place.line, f.code, f.message))
