"""facts.yml -> drawings: a number and its picture cannot disagree.

    {{ picture: sore-people }}     one hundred marks, one for each person (round) or treatment (square)
    {{ picture: soreness-lasts }}  a line that falls over some days
    {{ picture: needle }}          a needle in a muscle; no fact, and no scale

Python-Markdown puts them in. They tell by shape and not by colour, so that they hold in print, in the dark, and for
somebody who sees no colour; the words below say the same, and a screen reader hears only those.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass

from patientpages.model import Fact
from patientpages.yamlfile import Map, near

_SIDE, _STEP, _MARKS = 10, 10, 100  # marks a row, their distance in the drawing, marks in all
_FULL, _HOLE, _DOT = 7.6, 4.4, 1.8  # widths of a mark that counts, of the hole that makes a ring, of one that does not
LABELS = ("array", "array_range", "line")
NEEDLE = ("needle", "skin", "muscle", "caption")


@dataclass(frozen=True, slots=True)
class PictureWords:
    """Captions (with {unit}, {label}, {said}) and, for each fact that is drawn, what it is a picture of."""

    captions: Mapping[str, str]
    labels: Mapping[str, str]
    units: Mapping[str, str]  # what one mark stands for
    day: str  # "Day {number}"
    apart: str  # what a line over some days is not about
    needle: Mapping[str, str]  # the words of the drawing of a needle


def read_pictures(group: Map | None, facts: Mapping[str, Fact]) -> PictureWords:
    """Read the group `pictures` of _words.yml; a label must be that of a fact that can be drawn."""
    if group is None:
        return PictureWords({}, {}, {}, "", "", {})
    labels, units, needle = group.group("labels"), group.group("units"), group.group("needle")
    named = {name: labels.text(name) for name in labels} if labels else {}
    for name in named:
        if labels and (name not in facts or not drawable(facts[name])):
            can = [fact.id for fact in facts.values() if drawable(fact)]
            labels.mistakes.add(labels.place_of(name), f'no picture can be made of "{name}".{near(name, can)}',
                                "A share of at least 1 in 100, or days.")  # fmt: skip
    words = PictureWords(
        {name: group.text(name) for name in LABELS},
        {name: label for name, label in named.items() if name in facts and drawable(facts[name])},
        {name: units.text(name) for name in units} if units else {},
        group.text("day"),
        group.text("apart"),
        {name: needle.text(name) if needle else "" for name in NEEDLE},
    )
    if needle:
        needle.close()
    group.close()
    return words


def shares(fact: Fact) -> tuple[int, int] | None:
    """Return how many of one hundred marks count surely, and at most; None where fewer than 1 in 100 would.

    Rounded to whole marks, halves up: 47 to 160 in 1,000 are 5 to 16 in 100.
    """
    if fact.kind != "share" or not fact.of or not fact.value or fact.value[0] * _MARKS < fact.of:
        return None
    low, high = (int(value * _MARKS / fact.of + 0.5) for value in (fact.value[0], fact.value[-1]))
    return low, high


def drawable(fact: Fact) -> bool:
    """Tell whether there is a picture for a fact: shares of at least 1 in 100, and durations in days."""
    days = fact.kind == "duration" and fact.unit == "days"
    return shares(fact) is not None or (days and bool(fact.value) and fact.value[-1] >= 1)


def _marks(first: int, last: int) -> str:
    """Return a path with a point for each mark from the first up to the last; a stroke makes them dots or squares."""
    points = ((index % _SIDE, index // _SIDE) for index in range(first, last))
    return "".join(f"M{x * _STEP + 5} {y * _STEP + 5}h0" for x, y in points)


def _array(fact: Fact, low: int, high: int) -> str:
    cap = "round" if fact.unit == "people" else "square"
    size = _SIDE * _STEP
    paths = [f'<path d="{_marks(0, high)}" stroke-width="{_FULL}"/>'] if high else []
    if high > low:
        paths.append(f'<path class="hole" d="{_marks(low, high)}" stroke-width="{_HOLE}"/>')
    if high < _MARKS:
        paths.append(f'<path d="{_marks(high, _MARKS)}" stroke-width="{_DOT}"/>')
    opening = f'<svg class="array" viewBox="0 0 {size} {size}" stroke-linecap="{cap}" aria-hidden="true">'
    return f"{opening}{''.join(paths)}</svg>"


def _line(fact: Fact, words: PictureWords) -> str:
    """Draw a line that falls to the ground at the end of the last day: what is usual, at no scale of pain."""
    days = int(fact.value[-1])
    width, ground, left = 240, 96, 6
    step = (width - 2 * left) / days
    curve = f"M{left} 14C{left + step * 0.6:.0f} 20 {left + step * 1.1:.0f} {ground - 18} {width - left} {ground}"
    ticks = "".join(f"M{left + step * day:.0f} {ground}v6" for day in range(days + 1))
    names = "".join(f"<span>{html.escape(words.day.replace('{number}', str(day + 1)))}</span>" for day in range(days))
    drawing = (
        f'<svg class="line" viewBox="0 0 {width} {ground + 7}" aria-hidden="true"><path d="{curve}" stroke-width="4"/>'
        f'<path d="M{left} {ground}H{width - left}{ticks}" stroke-width="1.5"/></svg>'
    )
    return f'{drawing}<p class="days" aria-hidden="true">{names}</p>'


def picture(fact: Fact, said: str, words: PictureWords) -> str:
    """Return a figure for a fact that is `drawable`; `said` is how the fact is said."""
    part = shares(fact)
    if part:
        drawing = _array(fact, *part)
        caption = words.captions["array_range" if part[0] < part[1] else "array"]
    else:
        drawing, caption = _line(fact, words), words.captions["line"]
    blanks = {"label": words.labels.get(fact.id, ""), "said": said, "unit": words.units.get(fact.unit, fact.unit)}
    for name, text in blanks.items():
        caption = caption.replace(f"{{{name}}}", text)
    apart = "" if part else f'<p class="apart">{html.escape(words.apart)}</p>'
    return _figure(drawing, caption, apart)


def needle(words: PictureWords) -> str:
    """Return the drawing of a needle that goes through skin into muscle, with its names beside the parts.

    It shows the order of the layers and no measures: how deep they lie differs from body to body.
    """
    fibres = "".join(f"M4 {y}C45 {y - 7} 110 {y + 7} 176 {y}" for y in range(88, 150, 9))
    names = "".join(f"<span>{html.escape(words.needle[name])}</span>" for name in ("needle", "skin", "muscle"))
    drawing = (
        f'<div class="needle" aria-hidden="true">{names}<svg viewBox="0 0 180 152">'
        f'<path d="M4 45H176M4 53H176" stroke-width="2"/><path d="{fibres}" stroke-width="2.5"/>'
        '<path class="steel" d="M90 30V112" stroke-width="1.2"/>'
        '<path class="steel" d="M90 6V30" stroke-width="5"/></svg></div>'
    )
    return _figure(drawing, words.needle["caption"])


def pictures(facts: Mapping[str, Fact], said: Mapping[str, str], words: PictureWords) -> dict[str, str]:
    """Return every picture that a page can show, by name."""
    made = {name: picture(facts[name], said.get(name, ""), words) for name in words.labels}
    return made | ({"needle": needle(words)} if words.needle else {})


def _figure(drawing: str, caption: str, more: str = "") -> str:
    return f'<figure data-part="picture">{drawing}<figcaption>{html.escape(caption)}{more}</figcaption></figure>'
