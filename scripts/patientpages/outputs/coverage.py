"""The coverage report: pages by topics, and behind each square the exact sentence. For a clinician, never published.

`report/index.html` can be read in a browser, printed and signed; coverage.csv and coverage.json hold the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date

from patientpages.model import Outcome
from patientpages.outputs.coverage_rows import FIELDS, STATES, PageCoverage
from patientpages.outputs.sheets import escaped, sheet_template

_NONE = "[]\n}"  # the end of the JSON without statements


def _line(part: PageCoverage, first_language: str) -> str:
    """Return the row of a page in the table of pages and topics."""
    language = f" ({escaped(part.language)})" if part.language != first_language else ""
    return f'<tr><th scope="row">{escaped(part.page)}{language}</th>\n{part.squares}</tr>\n'


def _data(parts: Sequence[PageCoverage], outcome: Outcome) -> str:
    """Return the report as JSON."""
    data = {
        "errors": outcome.errors,
        "warnings": outcome.warnings,
        "counts": {state: sum(part.counts[at] for part in parts) for at, state in enumerate(STATES)},
        "waivers": [{**asdict(waiver), "until": waiver.until.isoformat()} for waiver in outcome.waivers],
        "statements": [],
    }
    text = json.dumps(data, indent=1, ensure_ascii=False)
    if parts:
        text = text.removesuffix(_NONE) + "[\n" + ",\n".join(part.json for part in parts) + "\n ]\n}"
    return text + "\n"


def coverage_report(
    parts: Iterable[PageCoverage], topics: Iterable[str], outcome: Outcome, site_link: str, today: date | None
) -> dict[str, bytes]:
    """Return the files of the report, by name, joined from the parts of all pages in their order.

    `topics` are the ids of all topics of the standard, in its order; `site_link` leads from the report's folder to
    the built pages.
    """
    asked = [part for part in parts if part.json]
    link = escaped(site_link)
    page = sheet_template("coverage.html").render(
        squares="".join(_line(part, asked[0].language) for part in asked),
        tables="".join(link.join(part.table) for part in asked),
        topics=topics, outcome=outcome, today=today.isoformat() if today else "", findings=outcome.findings,
    )  # fmt: skip
    table = ",".join(FIELDS) + "\n" + "".join(part.csv for part in asked)
    return {
        "index.html": page.encode(),
        "coverage.csv": table.encode(),
        "coverage.json": _data(asked, outcome).encode(),
    }
