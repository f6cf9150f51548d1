"""Where a clinic is: its country and region choose whom pages say to call, its website where they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote

from patientpages.clinic.texts import is_placeholder, line
from patientpages.model import Emergency, Override, Standard
from patientpages.phones import is_emergency_number
from patientpages.yamlfile import Map, near

# Letters, digits and - _ . ~ only: what else may be in an address, nobody can type from a leaflet.
_WEBSITE = re.compile(
    r"(?P<scheme>https?)://(?P<host>[\w-]+(?:\.[\w-]+)*)(?P<port>:[1-9][0-9]{0,4})?(?P<path>(?:/[\w~-]+(?:\.[\w~-]+)*)*/?)"
)
# Unicode CLDR, supplemental data, paperSize US-Letter; A4 everywhere else.
_LETTER = frozenset({"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"})
_HIGHEST_PORT = 65535  # a port has 16 bits
_OVERRIDE = 'emergency_override: {number: "112", confirmed_by: "who asked", confirmed_on: 2026-11-22}'

_CONFIRMED = 'confirmed_by: "who rang up and asked"'


def _meant(typed: str, countries: Mapping[str, Mapping[str, Emergency]]) -> str:
    """Return ' Did you mean "GB"?' for a country that was typed by its name, its initials or one of its regions."""
    folded = typed.casefold().replace(" ", "-")
    for code, rows in countries.items():
        words = [word for word in rows[""].country.split() if word[:1].isupper()]
        names = {"-".join(words).casefold(), "".join(word[0] for word in words).casefold(), *rows} - {""}
        if len(folded) > 1 and folded in names:
            return f' Did you mean "{code}"' + (f' and region "{folded}"?' if folded in rows else "?")
    return near(typed.upper(), list(countries))


def row_of(data: Map, standard: Standard) -> Emergency | None:
    """Return the row of emergency.yml, or None where the country is unset (words then, and no digits)."""
    country = data.text("country", required=False, example="country: GB")
    region = data.text("region", required=False, example="region: england")
    if not country or is_placeholder(country):
        return None
    if country not in standard.countries:
        data.mistakes.add(
            data.place_of("country"),
            f'"{country}" is not a country of standard/emergency.yml.{_meant(country, standard.countries)}',
            "Known: " + ", ".join(sorted(standard.countries)),
        )
        return None
    rows = standard.countries[country]
    known = [name for name in rows if name]
    if region and region not in rows:
        data.mistakes.add(
            data.place_of("region"),
            f'"{region}" is not a region of {country} in standard/emergency.yml.{near(region, known)}',
            "Known: " + (", ".join(known) or "none: leave region empty"),
        )
    elif known and not region:
        data.mistakes.add(
            data.place_of("country"),
            f"{country} has different advice lines in its regions: say which one",
            "region: one of " + ", ".join(known),
        )
    return rows.get(region, rows[""])


def overridden(data: Map, row: Emergency | None) -> tuple[Emergency | None, Override | None]:
    """Return whom to call with the clinic's own emergency number, if it has one that somebody confirmed."""
    group = data.group("emergency_override", required=False, example=_OVERRIDE)
    if group is None:
        return row, None
    before = len(data.mistakes.findings)
    number = group.text("number", example='number: "112"')
    who = line(group, "confirmed_by", _CONFIRMED, required=True)
    day = group.day("confirmed_on")
    group.close()
    if number and not is_emergency_number(number):
        message = f'"{" ".join(number.split())}" is no number to call: one number, with 0 to 9 and spaces only'
        data.mistakes.add(group.place_of("number"), message, 'number: "112"')
    if "[" in who or "]" in who:
        data.mistakes.add(group.place_of("confirmed_by"), f'"{who}" is still to be filled in', _CONFIRMED)
    if row is None and ("country" not in data or not data.text("country", required=False)):
        data.mistakes.add(
            data.place_of("emergency_override"), "emergency_override needs the country beside it", "country: GB"
        )
    if row is None or len(data.mistakes.findings) > before:
        return row, None
    own = Override(number, row.numbers[0], day, data.place_of("emergency_override"))
    return replace(row, numbers=(number,)), own


def _address(typed: str) -> re.Match[str] | None:
    """Return the parts of a full web address; None where it is none."""
    found = _WEBSITE.fullmatch(typed)
    return found if found and int((found["port"] or ":1")[1:]) <= _HIGHEST_PORT else None


_MOST = 120  # signs of a website address: nobody types more, and the squares of its QR code get too small


def website_of(data: Map) -> str:
    """Return the full web address, its host as links need it ("" if it is unset or wrong)."""
    website = data.text("website", required=False, example='website: "https://www.example.org/patients/"')
    found = _address(website)
    if website and not is_placeholder(website) and not found:
        data.mistakes.add(
            data.place_of("website"),
            f'"{website}" is not a full web address',
            'website: "https://www.example.org/patients/"',
        )
        return ""
    if found is None or is_placeholder(website):
        return ""
    if len(website) > _MOST:
        what = f"the website address has {len(website)} signs, and may have {_MOST}: its QR codes must stay readable"
        data.mistakes.add(data.place_of("website"), what, 'website: "https://www.example.org/patients/"')
        return ""
    try:  # as links, QR codes and web hosts need it: müller.example is xn--mller-kva.example
        host = found["host"].encode("idna").decode()
    except UnicodeError:
        data.mistakes.add(data.place_of("website"), f'"{found["host"]}" is not the name of a host', "www.example.org")
        return ""
    return f"{found['scheme']}://{host}{found['port'] or ''}{quote(found['path'] or '')}"


def embedding(data: Map) -> tuple[str, ...]:
    """Return the websites that may show the pages inside their own, as a browser's policy names them: no path."""
    origins = []
    example = "embedded_on: [https://www.example.org]"
    for place, asked in zip(data.places("embedded_on"), data.texts("embedded_on"), strict=False):
        found = _address(asked)
        if found is None or found["path"].strip("/"):
            data.mistakes.add(place, f'"{asked}" is not a website by its name alone', example)
            continue
        try:
            host = found["host"].encode("idna").decode().lower()
        except UnicodeError:
            data.mistakes.add(place, f'"{found["host"]}" is not the name of a host', example)
            continue
        origins.append(f"{found['scheme']}://{host}{found['port'] or ''}")
    return tuple(dict.fromkeys(origins))


def paper_of(data: Map) -> str:
    """Return what pages are printed on: as it is named, else what is usual in the country."""
    usual = "Letter" if data.text("country", required=False) in _LETTER else "A4"
    return data.choice("paper", ("A4", "Letter"), "Letter" if usual == "Letter" else "A4")
