"""facts.yml and sources.yml: every number once, with its unit, and the evidence that it rests on."""

from __future__ import annotations

from collections.abc import Mapping

from dateutil.relativedelta import relativedelta

from patientpages.model import Citation, Fact, FactKind
from patientpages.yamlfile import Map, Mistakes, near

_UNITS = {
    "duration": ("hours", "days", "weeks", "months", "years"),
    "share": ("people", "treatments"),
    "score": ("points",),
}


def read_citations(data: Map | None) -> dict[str, Citation]:
    """Return the evidence by key."""
    found: dict[str, Citation] = {}
    group = data.group("sources") if data is not None else None
    if data is None or group is None:
        return found
    months = data.whole("review_months") or 0
    for key in group:
        entry = group.group(key)
        if entry is None:
            continue
        checked = entry.day("checked")
        found[key] = Citation(
            key,
            entry.text("citation"),
            entry.text("doi", required=False),
            entry.text("pmid", required=False),
            entry.text("url", required=False),
            entry.text("found", example="found: One or two plain sentences."),
            entry.text("certainty", example="certainty: low"),
            entry.choice("seen", ("first-hand", "second-hand")),
            checked,
            checked + relativedelta(months=months),
            entry.place,
        )
        entry.close()
    data.close()
    return found


def _also(entry: Map) -> tuple[tuple[float, ...], str] | None:
    group = entry.group("also", required=False)
    if group is None:
        return None
    second = group.numbers("value"), group.choice("unit", _UNITS["duration"])
    group.close()
    return second


def _fact(name: str, entry: Map, citations: Mapping[str, Citation]) -> Fact:
    kinds: tuple[FactKind, ...] = ("duration", "share", "score", "count")
    kind = entry.choice("kind", kinds)
    unit = entry.choice("unit", _UNITS[kind]) if kind in _UNITS else entry.text("unit")
    of = entry.whole("of", required=kind in ("share", "score"))
    sources = entry.texts("sources", required=True)
    fact = Fact(
        name,
        entry.text("about", example="about: how long soreness usually lasts"),
        kind,
        entry.numbers("value"),
        unit,
        of,
        _also(entry),
        sources,
        entry.text("certainty", example="certainty: low"),
        entry.place,
    )
    entry.close()
    for key in sources:
        if key not in citations:
            entry.mistakes.add(
                entry.place_of("sources"),
                f'the fact "{name}" rests on "{key}", which is not in sources.yml.{near(key, list(citations))}',
                "Add the source, or correct its key.",
            )
    if fact.of and fact.kind == "share" and fact.value and fact.value[-1] > fact.of:
        entry.mistakes.add(
            entry.place_of("value"), f'the fact "{name}" says {fact.value[-1]:g} of {fact.of}', "value: 55\nof: 100"
        )
    return fact


def read_facts(data: Map | None, citations: Mapping[str, Citation], mistakes: Mistakes) -> dict[str, Fact]:
    """Return the facts by id; each must rest on evidence that is listed."""
    group = data.group("facts") if data is not None else None
    if data is None or group is None:
        return {}
    facts = {}
    for name in group:
        entry = group.group(name)
        if entry is not None:
            facts[name] = _fact(name, entry, citations)
    data.close()
    return facts
