"""staff/handouts.yml -> which leaflets are made, and of what; every mistake in it at once."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from patientpages.model import Handout, Handouts, Place, Standard, unfit
from patientpages.records import known_version
from patientpages.yamlfile import Map, Mistakes, load, near

CARD = "card"
LARGE_ENDS = "-large"  # of the name of a leaflet in large print
# What Windows takes for a device, whatever its ending.
_DEVICES = ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)))


def _unfit(name: str) -> str:
    """Return why a leaflet may not have a name ("" where it may): it is that of a file, on any computer."""
    if name.casefold() in (CARD, *_DEVICES):
        return f'"{name}" is the name of something else'
    if name.casefold().endswith(LARGE_ENDS):
        return f'"{name}" would be the name of {name[: -len(LARGE_ENDS)]} in large print'
    return f'"{name}" names a folder' if "/" in name else (unfit(name) or ("",))[0]


def code_of_page(page: str, standard: Standard) -> str:
    """Return what the QR code of a page opens: its one topic, by the short address, else the page with all of them."""
    own = [topic.id for topic in standard.topics.values() if topic.home == page]
    return own[0] if len(own) == 1 else page


def _handout(entry: Map, standard: Standard, pages: Collection[str], mistakes: Mistakes) -> Handout:
    name = entry.text("handout", example="handout: before-your-visit")
    if wrong := _unfit(name) if name else "":
        mistakes.add(entry.place_of("handout"), wrong, "handout: before-your-visit")
    page, place = entry.text("page", example="page: before-your-visit"), entry.place_of("page")
    if page and page not in pages:
        mistakes.add(place, f'there is no page "{page}".{near(page, pages)}', "Name it as its file is named: soreness")
    also = entry.texts("also")
    places: dict[str, Place] = {}
    for place_of, topic in zip(entry.places("also"), also, strict=False):  # one that is no text is told already
        if topic in places:
            mistakes.add(place_of, f"{topic} stands here twice", "Name it once.")
        places[topic] = place_of
        if topic not in standard.topics:
            what = f'there is no topic "{topic}".{near(topic, standard.topics)}'
            mistakes.add(place_of, what, "The topics are in standard/topics.yml.")
        elif standard.topics[topic].home == page:
            mistakes.add(place_of, f"{topic} stands on {page} itself: all of that page is on the leaflet anyway",
                         "Take it out here.")  # fmt: skip
    code = entry.text("code", required=False) or code_of_page(page, standard)
    if code not in standard.topics and code not in pages:
        what = f'"{code}" is neither a topic nor a page.{near(code, [*standard.topics, *pages])}'
        mistakes.add(entry.place_of("code"), what, "code: prepare")
    places["code"] = entry.place_of("code")
    entry.close()
    return Handout(name, page, tuple(also), code, entry.place_of("handout"), places)


def load_handouts(
    path: Path, shown: str, standard: Standard, pages: Collection[str], mistakes: Mistakes
) -> Handouts | None:
    """Read the handouts of a language; None where there is no such file: nothing is printed in it.

    A page that the standard asks for and that is still to be written may be named: its leaflet comes with it.
    """
    pages = {*pages, *(page for kind in standard.kinds.values() for page in kind.pages)}
    data = load(path, shown, mistakes, "the leaflets that staff hand out") if path.is_file() else None
    if data is None or not known_version(data):
        return None
    items = [_handout(entry, standard, pages, mistakes) for entry in data.maps("handouts")]
    seen: set[str] = set()
    for item in items:
        if item.name.casefold() in seen:
            mistakes.add(item.place, f'there is a second leaflet "{item.name}"', "Give each a name of its own.")
        seen.add(item.name.casefold())
    found = Handouts(tuple(items), data.flag("card"), shown)
    data.close()
    return found
