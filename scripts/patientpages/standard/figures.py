"""figures.yml of a language: what makes a figure there, what may be typed, and the subject of each fact."""

from __future__ import annotations

from collections.abc import Mapping

from patientpages.model import Fact, Figures
from patientpages.yamlfile import Map, near


def read_figures(data: Map | None, facts: Mapping[str, Fact]) -> Figures | None:
    """Return the list; every fact must have its subject, and every subject its fact."""
    if data is None:
        return None
    data.whole("version")
    allowed = []
    for entry in data.maps("allowed", required=False):
        allowed.append(entry.text("text"))
        entry.text("why", example="why: plain speech")
        entry.close()
    subjects: dict[str, tuple[str, ...]] = {}
    group = data.group("subjects")
    for name in group or ():
        if group is not None:
            subjects[name] = group.texts(name, required=True)
            if name not in facts:
                data.mistakes.add(
                    group.place_of(name),
                    f'there is no fact "{name}" in facts.yml.{near(name, list(facts))}',
                    "Correct it.",
                )
    for name in facts:
        if name not in subjects:
            data.mistakes.add(
                data.place_of("subjects"), f'the fact "{name}" has no subject', f"{name}: [words of its sentence]"
            )
    figures = Figures(data.texts("units", required=True), data.texts("words", required=True), tuple(allowed), subjects)
    data.close()
    return figures
