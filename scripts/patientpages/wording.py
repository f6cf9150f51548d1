"""docs/<lang>/_words.yml: the words of templates, and how a fact or a number to call is said in a language.

Everything here turns data into words once, before a build, so that templates and Markdown only put in text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from patientpages.asked_words import hold_words
from patientpages.bibliography import LABELS
from patientpages.model import Clinic, Emergency, Fact, ReaderTest, Standard
from patientpages.phones import digits_of, with_link
from patientpages.pictures import PictureWords, read_pictures
from patientpages.signing import SigningWords, read_signing
from patientpages.yamlfile import Map, Mistakes, load, near

RIGHT_TO_LEFT = ("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi")
_BLANK = re.compile(r"\{(\w+)\}")
# What the words of templates may leave blank, beside each line of clinic.yml.
_FILLED = ("emergency", "emergencies", "department", "same_day", "country")


@dataclass(frozen=True, slots=True)
class Wording:
    """One language: `words` for templates (HTML, nested), `values` and `phones` for Markdown."""

    language: str
    words: Mapping[str, object]
    values: Mapping[str, Mapping[str, str]]
    phones: Mapping[str, tuple[str, str]]
    bibliography: Mapping[str, str]  # the labels of the list of sources
    signing: SigningWords
    pictures: PictureWords

    def group(self, name: str) -> dict[str, str]:
        """Return a group of the templates' words (HTML) by name."""
        found = self.words.get(name)
        return {key: str(value) for key, value in found.items()} if isinstance(found, Mapping) else {}


class _Phrases:
    """The phrases of _words.yml that this module fills in; a missing one is a mistake."""

    def __init__(self, data: Map, group: str, names: Iterable[str]) -> None:
        found = data.group(group)
        self._texts = {name: found.text(name) if found else "" for name in names}
        if found:
            found.close()

    def fill(self, phrase: str, /, **blanks: str) -> str:
        return _BLANK.sub(lambda blank: blanks.get(blank[1], blank[0]), self._texts[phrase])


def _figure(value: float, phrases: _Phrases) -> str:
    whole = f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0")
    return whole.replace(",", phrases.fill("thousands"))


def _amount(value: tuple[float, ...], phrases: _Phrases) -> str:
    figures = [_figure(number, phrases) for number in value]
    return phrases.fill("range", low=figures[0], high=figures[1]) if len(figures) == 2 else "".join(figures)


def _fact_texts(fact: Fact, phrases: _Phrases, units: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Return how a fact is said: in full, `short` (one unit only), and as a bare `number`."""

    def said(value: tuple[float, ...], unit: str) -> str:
        one, other = units.get(unit, (unit, unit))
        amount = _amount(value, phrases)
        name = one if value == (1.0,) and not fact.of else other
        if fact.kind == "share":
            return phrases.fill("share", amount=amount, of=_figure(fact.of or 0, phrases), unit=name)
        if fact.kind == "score":
            return phrases.fill("score", amount=amount, of=_figure(fact.of or 0, phrases), unit=name)
        return phrases.fill("amount", amount=amount, unit=name)

    short = said(fact.value, fact.unit)
    full = phrases.fill("also", first=short, second=said(*fact.also)) if fact.also else short
    return {fact.id: full, f"{fact.id}, short": short, f"{fact.id}, number": _amount(fact.value, phrases)}


def _emergency_texts(row: Emergency | None, phrases: _Phrases) -> dict[str, str]:
    if row is None:
        number, department = phrases.fill("unset_number"), phrases.fill("unset_department")
        numbers, country = number, ""
    else:
        number, department, country = row.numbers[0], row.department, row.country
        numbers = phrases.fill("numbers", first=number, second=row.numbers[1]) if len(row.numbers) > 1 else number
    if row and row.same_day and row.same_day.number in row.same_day.name:
        same_day = phrases.fill("same_day_named", name=row.same_day.name)
    elif row and row.same_day:
        same_day = phrases.fill("same_day", name=row.same_day.name, number=row.same_day.number)
    else:
        # Where no such line exists, "the same day" falls up to emergency care, never down.
        same_day = phrases.fill("same_day_none", department=department, number=number)
    return {"number": number, "numbers": numbers, "department": department, "same_day": same_day, "country": country}


def _phones(clinic: Clinic) -> dict[str, tuple[str, str]]:
    """Return for each value with a number to call what of its text is the link, and the digits to dial."""
    phone, row = clinic.values.get("phone", ""), clinic.emergency
    phones = {"clinic.phone": (phone, digits_of(phone))}
    if row:
        first = row.numbers[0], digits_of(row.numbers[0])
        phones |= {"emergency.number": first, "emergency.numbers": first, "emergency.same_day": first}
        if row.same_day:
            line = row.same_day
            shown = line.name if line.number in line.name else line.number
            phones["emergency.same_day"] = shown, digits_of(line.number)
    return {name: pair for name, pair in phones.items() if pair[1]}


def _clinic_texts(clinic: Clinic, phrases: _Phrases) -> dict[str, str]:
    """Return what a page shows of the clinic: its own words, and its rule on age as a sentence."""
    age = clinic.values.get("minimum_age", "")
    return {**clinic.values, "minimum_age": phrases.fill("minimum_age", age=age) if age else phrases.fill("any_age")}


def _fill_words(data: Map, blanks: Mapping[str, str], leave: tuple[str, ...] = ()) -> dict[str, object]:
    """Return the words as HTML, nested as in the file, with the blanks filled in; `leave` out these groups."""

    def filled(text: str, place_key: str, owner: Map) -> str:
        for blank in _BLANK.findall(text):
            if blank not in blanks:
                owner.mistakes.add(
                    owner.place_of(place_key),
                    f"{{{blank}}} cannot be filled in here.{near(blank, list(blanks))}",
                    "Known: " + ", ".join(f"{{{name}}}" for name in sorted(blanks)),
                )
        return _BLANK.sub(lambda b: blanks.get(b[1], b[0]), html.escape(text, quote=False))

    words: dict[str, object] = {}
    for key in data:
        if key in leave:
            continue
        if data.is_group(key):
            group = data.group(key)
            words[key] = _fill_words(group, blanks) if group else {}
        elif data.places(key):
            words[key] = [filled(text, key, data) for text in data.texts(key)]
        else:
            words[key] = filled(data.text(key), key, data)
    return words


def load_wording(
    path: Path,
    shown: str,
    language: str,
    overrides: Path,
    standard: Standard,
    clinic: Clinic,
    mistakes: Mistakes,
    tests: tuple[ReaderTest, ...] = (),
) -> Wording:
    """Read the words of one language; what is wrong goes to `mistakes`."""
    data = load(path, shown, mistakes, "the words that templates show")
    if data is None:
        return Wording(
            language, {}, {}, {}, dict.fromkeys(LABELS, ""), SigningWords({}, ()), PictureWords({}, {}, {}, "", "", {})
        )
    numbers = _Phrases(data, "numbers", ("range", "share", "score", "amount", "also", "thousands"))
    calling = _Phrases(
        data,
        "emergency",
        ("unset_number", "unset_department", "numbers", "same_day", "same_day_named", "same_day_none"),
    )
    shown_of_clinic = _clinic_texts(clinic, _Phrases(data, "clinic", ("minimum_age", "any_age")))
    units: dict[str, tuple[str, str]] = {}
    group = data.group("units")
    for unit in group if group else ():
        forms = group.group(unit) if group else None
        if forms:
            units[unit] = (forms.text("one"), forms.text("other"))
            forms.close()
    facts: dict[str, str] = {}
    for fact in standard.facts.values():
        facts |= _fact_texts(fact, numbers, units)
    emergency, phones = _emergency_texts(clinic.emergency, calling), _phones(clinic)
    blanks = {name: html.escape(value) for name, value in shown_of_clinic.items()}
    blanks["phone"] = with_link(clinic.values.get("phone", ""), phones.get("clinic.phone"))
    for name, key in zip(_FILLED, ("number", "numbers", "department", "same_day", "country"), strict=True):
        blanks[name] = with_link(emergency[key], phones.get(f"emergency.{key}"))
    listed = data.group("bibliography")
    labels = {name: listed.text(name) if listed else "" for name in LABELS}
    if listed:
        listed.close()
    signing = read_signing(data.group("signing"))
    pictures = read_pictures(data.group("pictures"), standard.facts)
    own = ("numbers", "units", "emergency", "clinic", "bibliography", "signing", "pictures")
    words = _fill_words(data, blanks, own)
    data.close(own)
    hold_words(overrides, words, data)
    values = {
        "fact": facts,
        "clinic": shown_of_clinic,
        "emergency": emergency,
        **signing.values(words.get("trust"), tests),
    }
    return Wording(language, words, values, phones, labels, signing, pictures)
