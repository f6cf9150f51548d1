"""What is due to be checked again: as a table, as CSV, and as a calendar file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from icalendar import Calendar, Event

from patientpages.signoff import Due

_HEAD = ("what", "state", "due", "for whom", "sentences changed")


def _row(each: Due) -> tuple[str, ...]:
    return (each.what, each.state, each.day.isoformat() if each.day else "before publishing", each.who,
            str(each.changes or ""))  # fmt: skip


def as_table(found: Sequence[Due], today: date) -> str:
    """Return a table for people: what is due or was never checked first, sources that are not due as one line."""
    shown = [each for each in found if each.state != "source"]
    rows = [_HEAD, *map(_row, shown)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    sources = [each for each in found if each.state == "source" and each.day]
    if sources:
        lines.append(f"{len(sources)} sources; the first is to be looked at again by {sources[0].day}")
    late = [each for each in found if is_due(each)]
    lines.append(f"{today.isoformat()}: {len(late)} due" + (": " + ", ".join(e.what for e in late) if late else ""))
    return "\n".join(lines)


def is_due(each: Due) -> bool:
    """Tell whether somebody must act now: a check is overdue, or what was checked has changed."""
    return each.state in ("overdue", "changed")


def as_csv(found: Sequence[Due]) -> str:
    """Return the same as CSV, every source a row."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(_HEAD)
    writer.writerows(_row(each) for each in found)
    return table.getvalue()


def as_ics(found: Sequence[Due], today: date) -> str:
    """Return a calendar with a whole-day entry for each check that has a day (RFC 5545)."""
    calendar = Calendar()
    calendar.add("prodid", "-//Patient Pages//review//EN")
    calendar.add("version", "2.0")
    for each in found:
        if each.day is None:
            continue
        event = Event()
        event.add("uid", f"{each.what.replace(' ', '-').replace('/', '-')}@review.patientpages.invalid")
        event.add("dtstamp", datetime.combine(today, time(), UTC))
        event.add("dtstart", each.day)
        event.add("summary", f"Check again: {each.what}")
        event.add("description", f"{each.title}\n{each.who}".strip())
        calendar.add_component(event)
    return bytes(calendar.to_ical()).decode()
