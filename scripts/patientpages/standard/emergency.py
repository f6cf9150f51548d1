"""emergency.yml: whom to call, by country and region. No country is ever a default."""

from __future__ import annotations

from dataclasses import replace

from patientpages.model import Emergency, SameDay
from patientpages.phones import is_emergency_number
from patientpages.yamlfile import Map


def _numbers(data: Map) -> tuple[str, ...]:
    """Return the emergency numbers of a country, the first of which pages say; each is one that can be dialled."""
    listed = data.texts("emergency", required=True)
    for place, number in zip(data.places("emergency"), listed, strict=False):
        if not is_emergency_number(number):
            data.mistakes.add(place, f'"{number}" is no number to call: 0 to 9 and spaces only', 'emergency: ["112"]')
    return listed


def _same_day(data: Map | None) -> SameDay | None:
    if data is None:
        return None
    line = SameDay(data.text("number", example='number: "111"'), data.text("name", example="name: NHS 111"))
    if line.number and not is_emergency_number(line.number):
        message = f'"{line.number}" is no number to call: 0 to 9 and spaces only'
        data.mistakes.add(data.place_of("number"), message, 'number: "111"')
    data.text("hours", required=False)
    data.close()
    return line


def _provenance(data: Map) -> None:
    """Hold that a row says where it was read and on which day."""
    data.text("source")
    data.day("checked")
    data.close()


def _country(data: Map) -> dict[str, Emergency]:
    whole = Emergency(
        data.text("name", example="name: Ireland"),
        _numbers(data),
        data.text("department", example="department: A&E"),
        data.text("text_relay", required=False),
        _same_day(data.group("same_day", required=False)),
    )
    rows = {"": whole}
    regions = data.group("regions", required=False)
    for name in regions or ():
        entry = regions.group(name) if regions else None
        if entry is None:
            continue
        entry.text("name", example="name: Scotland")
        own = _same_day(entry.group("same_day", required=False))
        rows[name] = replace(whole, same_day=own or whole.same_day)
        _provenance(entry)
    _provenance(data)
    return rows


def read_emergency(data: Map | None) -> dict[str, dict[str, Emergency]]:
    """Return for each country its rows by region; "" is the row for the whole country."""
    group = data.group("countries") if data is not None else None
    if data is None or group is None:
        return {}
    countries = {}
    for code in group:
        entry = group.group(code)
        if entry is not None:
            countries[code] = _country(entry)
    data.close()
    return countries
