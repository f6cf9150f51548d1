"""clinic.yml -> a Clinic: the one file that a clinic edits."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from patientpages.model import Clinic, Emergency, Place, Standard
from patientpages.yamlfile import Map, Mistakes, load, near

# What a page may show with {{ clinic: name }}; each is a line of clinic.yml.
_SHOWN = ("name", "profession", "phone", "address", "hours", "out_of_hours", "feedback", "funding")
# How patients reach the clinic: what `publish --contact` is for.
CONTACT = ("phone", "address", "hours", "out_of_hours", "feedback")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_UNQUOTED = re.compile(r"^\w+:\s#[0-9a-fA-F]{6}\b")  # one space; further away it is a note of the file
# Letters, digits and - _ . ~ only: what else may be in an address, nobody can type from a leaflet.
_WEBSITE = re.compile(
    r"(?P<scheme>https?)://(?P<host>[\w-]+(?:\.[\w-]+)*)(?P<port>:\d+)?(?P<path>(?:/[\w~-]+(?:\.[\w~-]+)*)*/?)"
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


def is_placeholder(value: str) -> bool:
    """Tell whether a value is still to be filled in: it stands in square brackets."""
    return value.startswith("[") and value.endswith("]")


def _emergency(data: Map, standard: Standard) -> Emergency | None:
    """Return the row of emergency.yml, or None where the country is unset (words then, and no digits)."""
    country = data.text("country", required=False)
    region = data.text("region", required=False)
    if not country or is_placeholder(country):
        return None
    if country not in standard.countries:
        data.mistakes.add(
            data.place_of("country"),
            f'"{country}" is not a country of standard/emergency.yml.{near(country.upper(), list(standard.countries))}',
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


def _website(data: Map) -> str:
    website = data.text("website", required=False)
    found = _WEBSITE.fullmatch(website)
    if website and not is_placeholder(website) and not found:
        data.mistakes.add(
            data.place_of("website"),
            f'"{website}" is not a full web address',
            'website: "https://www.example.org/patients/"',
        )
        return ""
    if found is None or is_placeholder(website):
        return ""
    try:  # as links, QR codes and web hosts need it: müller.example is xn--mller-kva.example
        host = found["host"].encode("idna").decode()
    except UnicodeError:
        data.mistakes.add(data.place_of("website"), f'"{found["host"]}" is not the name of a host', "www.example.org")
        return ""
    return f"{found['scheme']}://{host}{found['port'] or ''}{quote(found['path'] or '')}"


def _embedded_on(data: Map) -> tuple[str, ...]:
    """Return the websites that may show the pages inside their own, as a browser's policy names them: no path."""
    origins = []
    for place, asked in zip(data.places("embedded_on"), data.texts("embedded_on", required=False), strict=False):
        found = _WEBSITE.fullmatch(asked)
        if found is None or found["path"].strip("/"):
            data.mistakes.add(place, f'"{asked}" is not a website by its name alone',
                              "embedded_on: [https://www.example.org]")  # fmt: skip
            continue
        try:
            host = found["host"].encode("idna").decode().lower()
        except UnicodeError:
            data.mistakes.add(place, f'"{found["host"]}" is not the name of a host', "https://www.example.org")
            continue
        origins.append(f"{found['scheme']}://{host}{found['port'] or ''}")
    return tuple(dict.fromkeys(origins))


def _colours(data: Map, lines: list[str]) -> dict[str, tuple[str, Place]]:
    """Return the clinic's colours with their places; whether they can be read is held where the papers are known."""
    colours = {}
    for key in ("colour", "colour_dark"):
        asked = data.text(key, required=False)
        if not asked and key in data and _UNQUOTED.match(lines[data.place_of(key).line - 1]):
            data.mistakes.add(data.place_of(key), f"{key} needs quotes: # begins a note here", f'{key}: "#1f4e5f"')
        if asked and not _COLOUR.fullmatch(asked):
            data.mistakes.add(data.place_of(key), f'"{asked}" is not a colour', f'{key}: "#1f4e5f"')
        elif asked:
            colours[key] = asked.lower(), data.place_of(key)
    if "colour_dark" in colours and "colour" not in colours:
        data.mistakes.add(data.place_of("colour_dark"), "colour_dark needs colour beside it", 'colour: "#1f4e5f"')
    return colours


def load_clinic(path: Path, shown: str, standard: Standard, mistakes: Mistakes) -> Clinic:
    """Read clinic.yml, called `shown` in messages; what is wrong goes to `mistakes`."""
    data = load(path, shown, mistakes, "the clinic's details")
    if data is None:
        return Clinic(dict.fromkeys(_SHOWN, ""), ("en",), "", None, (), Place(shown))
    values = {key: data.text(key, required=key in ("name", "phone")) for key in _SHOWN}
    languages = data.texts("languages", required=True) or ("en",)
    for place, language in zip(data.places("languages"), languages, strict=False):
        if not _LANGUAGE.fullmatch(language):
            data.mistakes.add(place, f'"{language}" is not a language code', "languages: [en]")
    if len(set(languages)) < len(languages):
        data.mistakes.add(data.place_of("languages"), "a language stands here twice", "languages: [en, fr]")
    website = _website(data)
    emergency = _emergency(data, standard)
    embedded_on = _embedded_on(data)
    colours = _colours(data, path.read_text(encoding="utf-8", errors="replace").splitlines())
    data.close()
    unset = [key for key, value in values.items() if is_placeholder(value)]
    if emergency is None:
        unset.append("country")
    if not website:
        unset.append("website")
    return Clinic(values, languages, website, emergency, tuple(unset), data.place,
                  {key: data.place_of(key) for key in (*_SHOWN, "country", "website")}, colours,
                  embedded_on)  # fmt: skip
