"""What stands on every page from the templates and the data: urgent help, who checked, general information."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from patientpages.checks.registry import Note
from patientpages.checks.targets import targets_of
from patientpages.latest import latest
from patientpages.model import Clinic, Page, Place, Site, urgent_page
from patientpages.read import fold
from patientpages.records import code_of
from patientpages.signing import words_signed

_TAG = re.compile(r"<[^>]+>")
_PHONE = re.compile(r"\+?\d[\d ()-]*\d|\d")


def words_at(site: Site, *names: str) -> str:
    """Return words of _words.yml as a reader sees them."""
    known = _told(site.words)
    if names not in known:
        found: object = site.words
        for name in names:
            found = found.get(name, "") if isinstance(found, Mapping) else ""
        known[names] = fold(html.unescape(_TAG.sub("", str(found))))
    return known[names]


@latest()
def _told(words: Mapping[str, object]) -> dict[tuple[str, ...], str]:
    """Return which of these words were asked for, as a reader sees them: every page asks for the same few."""
    return {}


def _missing(page: Page, part: str, site: Site, *names: str) -> bool:
    wanted = words_at(site, *names)
    return not wanted or wanted not in page.parts.get(part, "")


def _top(page: Page) -> Place:
    return Place(page.source.path, 1, exact=False)


@latest()
def _numbers(clinic: Clinic) -> tuple[frozenset[str], str]:
    """Return the digits of every number that a page may name for help, and the one to call in an emergency."""
    row = clinic.emergency
    numbers = [clinic.values.get("phone", "")]
    if row:
        numbers += [*row.numbers, *([row.same_day.number] if row.same_day else [])]
    first = row.numbers[0] if row else ""
    return frozenset(_digits(number.replace("(0)", "")) for number in numbers) - {""}, first


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _wrong_number(text: str, site: Site) -> str:
    """Say what is wrong with the numbers to call in a text of the templates ("" if nothing is)."""
    known, first = _numbers(site.clinic)
    if first and first not in text:
        return f"does not name {first}, the emergency number of the clinic's country"
    row = site.clinic.emergency
    for own in (site.clinic.values.get("phone"), row and row.same_day and row.same_day.name):
        text = text.replace(own or "\0", "")
    for number in _PHONE.findall(text):
        if _digits(number) not in known:
            where = "of the clinic's country" if first else "while clinic.yml names no country"
            return f'names "{number.strip()}", which is no number {where}'
    return ""


def urgent_help_missing(page: Page, site: Site) -> Iterator[Note]:
    """Urgent help, with the number to call, is on every page.

    Why: a patient with a collapsed lung may be reading any page; the number must be in sight.

    Bad: a template without `partials/header.html`
    Good: the urgent line from _words.yml and clinic.yml, visible and never collapsed
    """
    if _missing(page, "urgent", site, "urgent", "line"):
        yield Note(
            _top(page),
            f'the line for urgent help is not on this page: "{words_at(site, "urgent", "line")}"',
            "Keep partials/header.html in overrides/base.html; nothing may hide it.",
        )
        return
    wrong = _wrong_number(page.parts.get("urgent", ""), site)
    if wrong:
        hint = "Write {emergency} in docs/<language>/_words.yml; the number comes from standard/emergency.yml."
        yield Note(_top(page), f"the line for urgent help {wrong}", hint)
    urgent = site.page(urgent_page(site.standard))
    if urgent and not any(file == urgent.file for _, file, _ in targets_of(page)):
        yield Note(
            _top(page),
            f'the line for urgent help does not link to "{urgent.source.name}"',
            "Keep the link in partials/header.html.",
        )


def urgent_card_missing(page: Page, site: Site) -> Iterator[Note]:
    """The full card of urgent help is on the kinds of page that ask for it.

    Why: on the evening after a treatment these are the pages that are open.

    Bad: an aftercare page without the card
    Good: `urgent: card` in standard/topics.yml and partials/urgent-card.html in the template
    """
    kind = site.standard.kinds.get(page.source.kind)
    if kind is not None and kind.urgent == "card":
        for name in ("line", "now", "today", "after"):
            if _missing(page, "urgent-card", site, "urgent", name):
                yield Note(
                    _top(page),
                    f'the card for urgent help does not say: "{words_at(site, "urgent", name)}"',
                    "Keep partials/urgent-card.html in overrides/base.html.",
                )
        wrong = _wrong_number(page.parts.get("urgent-card", ""), site)
        if wrong:
            hint = "Write {emergency} or {same_day} in docs/<language>/_words.yml, never a number."
            yield Note(_top(page), f"the card for urgent help {wrong}", hint)


def checked_line_missing(page: Page, site: Site) -> Iterator[Note]:
    """Every page says who checked it, or that nobody of this clinic has, and when the next check is due.

    Why: a page without it looks as if somebody had checked it, and ages without a sign.

    Bad: a template without `partials/trust.html`
    Good: "Not yet checked by a clinician of this clinic." and a line for the next check
    """
    signed = site.signed_lines.get(page.source.name, {})
    for part, name, own in (("checked", "checked", "unchecked"), ("next-check", "next_check", "next_check")):
        wanted = fold(signed[name]) if name in signed else words_at(site, "trust", own)
        if not wanted or wanted != page.parts.get(part, ""):
            yield Note(
                _top(page),
                f'this line is not on the page: "{wanted}"',
                "Keep partials/trust.html in overrides/base.html; who checked a page comes from records/ only.",
            )


def general_line_missing(page: Page, site: Site) -> Iterator[Note]:
    """Every page says that it is general information.

    Why: a page cannot know the reader's health; it must send them to somebody who does.

    Bad: a template without `partials/trust.html`
    Good: "It does not replace advice from your physiotherapist or doctor."
    """
    if _missing(page, "general", site, "trust", "general"):
        yield Note(
            _top(page),
            f'this line is not on the page: "{words_at(site, "trust", "general")}"',
            "Keep partials/trust.html in overrides/base.html.",
        )


def version_missing(page: Page, site: Site) -> Iterator[Note]:
    """Every page shows the version code of its words.

    Why: when a patient asks about something that they read, the code tells which words those were.

    Bad: a page whose words were edited after it was built
    Good: a page that `patientpages build` has made
    """
    code = code_of(words_signed(page))
    if code not in page.parts.get("version", ""):
        yield Note(_top(page), f"this page does not show the version code of its words, {code}",
                   "Build it with: patientpages build")  # fmt: skip


def number_not_from_data(page: Page, site: Site) -> Iterator[Note]:
    """A link that dials comes from clinic.yml or standard/emergency.yml.

    Why: a typed number ages unseen, and another country's ambulance does not come.

    Bad: `[call us](tel:01632960999)`
    Good: `{{ clinic: phone }}` or `{{ emergency: number }}`
    """
    known, _ = _numbers(site.clinic)
    for link in page.links:
        scheme, _, number = link.href.partition(":")
        if scheme.lower() not in ("tel", "sms"):
            continue
        branches = (_digits(branch.phone.replace("(0)", "")) for branch in site.clinic.branches)
        digits = _digits(number.replace("(0)", ""))
        if digits not in known and digits not in branches:
            message = f'the link "{link.text or link.href}" dials {number}, which is no number of the data'
            yield Note(link.place, message, "Write {{ clinic: phone }} or {{ emergency: number }}.")
