"""The leaflets on the page for staff: what can be printed."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from patientpages.handoutsfile import CARD
from patientpages.model import HANDOUTS, Printed


def to_print(handouts: Sequence[Printed], words: Mapping[str, str]) -> list[str]:
    """Return the table of leaflets: each in normal and in large print, with its pages and its size."""
    rows: dict[str, list[Printed]] = {}
    for each in handouts:
        if each.codes:
            rows.setdefault(each.name, []).append(each)
    if not rows:
        return [f'<h2 id="{HANDOUTS}">{words["print"]}</h2><p>{words["print_unset"]}</p>']

    def title(each: Printed) -> str:
        return words["card"] if each.name == CARD else html.escape(each.title)

    def link(each: Printed) -> str:
        name = words["large" if each.large else "normal"]
        about = f"{each.sheets} {words['sheets']}, {len(each.pdf) // 1000 + 1} KB"
        label = f"{title(each)}, {name}"
        return f'<a href="../{each.address}" aria-label="{label}">{name}</a> ({about})'

    listed = ""
    for group in rows.values():
        cell = "<br>".join(map(link, group))
        listed += f'<tr><th scope="row">{title(group[0])}</th><td>{cell}</td></tr>'
    head = f'<thead><tr><th scope="col">{words["leaflet"]}</th><th scope="col">{words["pdf"]}</th></tr></thead>'
    return [f'<h2 id="{HANDOUTS}">{words["print"]}</h2><p>{words["print_lead"]}</p>',
            f"<table>{head}<tbody>{listed}</tbody></table>"]  # fmt: skip
