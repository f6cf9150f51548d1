"""clinic.yml -> a Clinic: the one file that a clinic edits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from patientpages.clinic.logo import logo_of
from patientpages.clinic.texts import age, email, is_placeholder, line, phone
from patientpages.clinic.whereabouts import embedding, overridden, paper_of, row_of, website_of
from patientpages.model import Branch, Clinic, Place, Standard
from patientpages.yamlfile import Map, Mistakes, parse, read_text

# Lines of words that a page may show with {{ clinic: name }}, each with an example.
_LINES = {
    "name": 'name: "The name on your door"',
    "profession": "profession: physiotherapist",
    "address": 'address: "Street, town, postcode"',
    "hours": 'hours: "Monday to Friday, 9 am to 5 pm"',
    "out_of_hours": 'out_of_hours: "call ... on ..."',
    "funding": 'funding: "Who paid for these pages"',
}
_BRANCH = '- {name: "North", address: "Street, town", phone: "01632 960 124", hours: "Tuesday, 9 am to 1 pm"}'
_MOST_BRANCHES = 8  # they stand on every page
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_UNQUOTED = re.compile(r"^\w+:\s#[0-9a-fA-F]{3,8}\b")  # one space; further away it is a note of the file
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


def _colours(data: Map, lines: Sequence[str]) -> dict[str, tuple[str, Place]]:
    """Return the clinic's colours with their places; whether they can be read is held where the papers are known."""
    colours = {}
    for key in ("colour", "colour_dark"):
        asked = data.text(key, required=False, example=f'{key}: "#1f4e5f"')
        if not asked and key in data and _UNQUOTED.match(lines[data.place_of(key).line - 1]):
            data.mistakes.add(data.place_of(key), f"{key} needs quotes: # begins a note here", f'{key}: "#1f4e5f"')
        if asked and not _COLOUR.fullmatch(asked):
            data.mistakes.add(data.place_of(key), f'"{asked}" is not a colour', f'{key}: "#1f4e5f"')
        elif asked:
            colours[key] = asked.lower(), data.place_of(key)
    if "colour_dark" in colours and "colour" not in colours:
        data.mistakes.add(data.place_of("colour_dark"), "colour_dark needs colour beside it", 'colour: "#1f4e5f"')
    return colours


def _branches(data: Map) -> list[tuple[Branch, Place]]:
    """Return the other places of the clinic, each with the line that it begins on."""
    found: list[tuple[Branch, Place]] = []
    for entry in data.maps("branches", required=False, entry=_BRANCH):
        name, address = (line(entry, key, _BRANCH, required=True) for key in ("name", "address"))
        branch = Branch(name, address, phone(entry), line(entry, "hours", _BRANCH))
        entry.close()
        if name and name in (other.name for other, _ in found):
            data.mistakes.add(entry.place, f'two branches are called "{name}"', "Give each a name of its own.")
        found.append((branch, entry.place))
    if len(found) > _MOST_BRANCHES:
        data.mistakes.add(
            data.place_of("branches"),
            f"{len(found)} branches would stand on every page: at most {_MOST_BRANCHES}",
            "Keep those that these patients go to, or give each group of branches a site of its own.",
        )
    return found


def _languages(data: Map) -> tuple[str, ...]:
    listed = data.texts("languages", required=True) or ("en",)
    for place, language in zip(data.places("languages"), listed, strict=False):
        if not _LANGUAGE.fullmatch(language):
            data.mistakes.add(place, f'"{language}" is not a language code', "languages: [en]")
    languages = tuple(language for language in listed if _LANGUAGE.fullmatch(language)) or ("en",)  # no other folder
    if len(set(languages)) < len(languages):
        data.mistakes.add(data.place_of("languages"), "a language stands here twice", "languages: [en, fr]")
    return languages


def read_clinic(text: str, shown: str, root: Path, standard: Standard, mistakes: Mistakes) -> Clinic:
    """Read the text of a clinic.yml; `root` is the folder in which it names its logo."""
    data = parse(text, shown, mistakes)
    if data is None:
        return _nobody(shown)
    values = {key: line(data, key, example, required=key == "name") for key, example in _LINES.items()}
    values |= {
        "phone": phone(data),
        "feedback": email(data, "feedback"),
        "minimum_age": age(data, "minimum_age"),
    }
    languages, website = _languages(data), website_of(data)
    emergency, override = overridden(data, row_of(data, standard))
    colours, branches = _colours(data, text.split("\n")), _branches(data)
    logo, paper = logo_of(data, root), paper_of(data)
    embedded_on = embedding(data)
    data.close()
    places = {key: data.place_of(key) for key in (*values, "country", "website")}
    unset = [key for key, value in values.items() if is_placeholder(value) or (not value and key != "minimum_age")]
    unset += [key for key, known in (("country", emergency), ("website", website)) if not known]
    blank = [at for each, at in branches
             if any(is_placeholder(part) for part in (each.name, each.address, each.phone, each.hours))]  # fmt: skip
    if blank:
        unset.append("branches")
        places["branches"] = blank[0]
    return Clinic(values, languages, website, emergency, tuple(unset), data.place, places, colours,
                  tuple(branch for branch, _ in branches), override, logo, paper, embedded_on)  # fmt: skip


def _nobody(shown: str) -> Clinic:
    """Return a clinic that says nothing, so that the other files are read as well."""
    return Clinic(dict.fromkeys((*_LINES, "phone", "feedback", "minimum_age"), ""), ("en",), "", None, (), Place(shown))


def load_clinic(path: Path, shown: str, standard: Standard, mistakes: Mistakes) -> Clinic:
    """Read clinic.yml, called `shown` in messages; what is wrong goes to `mistakes`."""
    text = read_text(path, shown, mistakes, "the clinic's details")
    if text is not None and not text.strip():
        mistakes.add(Place(shown), "the clinic's details are empty", "Put the file back as it came with the project.",
                     "D001")  # fmt: skip
        text = None
    return _nobody(shown) if text is None else read_clinic(text, shown, path.parent, standard, mistakes)
