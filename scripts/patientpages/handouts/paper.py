"""What all leaflets of a language have in common, from clinic.yml, the words of templates and the records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from patientpages.config import website_of
from patientpages.project import Inputs, Language
from patientpages.signing import SigningWords
from patientpages.style import schemes
from patientpages.wording import RIGHT_TO_LEFT

_SIZES = {"A4": "a4", "Letter": "us-letter"}  # as Typst names them


@dataclass(frozen=True, slots=True)
class Paper:
    """What is the same on every leaflet; all words are plain text. `words` are the group `handout` of _words.yml."""

    language: str
    direction: str
    size: str
    words: Mapping[str, str]
    signing: SigningWords
    colours: Mapping[str, str]
    clinic: str
    phone: str  # with the words before it: "Call us: 01632 960 123"
    urgent: str  # the line on what needs help now, with the country's number
    elsewhere: str  # what to do in another country ("" where no country is named)
    preview: str  # what marks a preview ("" on what is published)
    root: str  # the website's address in this language ("" if unset)
    docs: Path
    first_day: Callable[[str], date]  # on which the words with a version code were first published, or will be


def plain(markup: object) -> str:
    """Return words of templates (HTML) as text."""
    body = LexborHTMLParser(str(markup)).body
    return " ".join(body.text().split()) if body is not None else ""


def paper_of(inputs: Inputs, language: Language, today: date, *, preview: bool) -> Paper:
    """Return what the leaflets of a language have in common."""
    words, clinic = language.wording.words, inputs.clinic
    urgent = words.get("urgent")
    first: dict[str, date] = {}
    for entry in inputs.records.ledger.of("version"):
        first.setdefault(entry.text, entry.on)
    named = {name: plain(text) for name, text in language.wording.group("handout").items()}
    phone = clinic.values.get("phone", "")
    return Paper(
        language.code,
        "rtl" if language.code in RIGHT_TO_LEFT else "ltr",
        _SIZES[clinic.paper],
        named,
        language.wording.signing,
        schemes(inputs.style)["print"],
        clinic.values.get("name", ""),
        f"{plain(words.get('phone_label', ''))} {phone}",
        plain(urgent.get("line", "")) if isinstance(urgent, Mapping) else "",
        plain(urgent.get("elsewhere", "")) if isinstance(urgent, Mapping) and clinic.emergency else "",
        named.get("preview", "") if preview else "",
        website_of(clinic, language.code),
        language.docs,
        lambda code: first.get(code, today),
    )
