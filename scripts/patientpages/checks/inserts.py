"""Inserts: what stands between double braces must be known, since a number is never typed as prose."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from patientpages.checks.registry import Note
from patientpages.markdown import CODE_SPAN, INSERT, SECTION_MARK
from patientpages.model import Insert, Page, Place, Site
from patientpages.yamlfile import near

_EMERGENCY = ("number", "numbers", "department", "same_day", "country")
_FORMS = ("number", "short")
_OWN_LINE = ("section", "sources", "picture", "index", "search")
# How the templates and our extension mark what is no writer's text.
_OUR_MARKS = re.compile(rf"\bdata-(?:part|fact|clinic|source|unknown)\b|{SECTION_MARK}", re.IGNORECASE)


def _problem(insert: Insert, site: Site) -> tuple[str, str] | None:
    """Return what is wrong with an insert and what right looks like, or None."""
    facts, topics = site.standard.facts, site.standard.topics
    name, _, form = insert.name.partition(", ")
    if insert.kind == "fact" and name in facts and form and form not in _FORMS:
        return f'"{form}" is not a form of a fact', f"{{{{ fact: {name}, short }}}} or {{{{ fact: {name}, number }}}}"
    known: dict[str, Collection[str]] = {
        "fact": facts, "clinic": site.clinic.values, "emergency": _EMERGENCY, "section": topics, "sources": ["all"],
        "index": ["all"], "search": ["box"], "checked": ["who", "dates"], "tested": ["result"],
        "picture": site.pictures}  # fmt: skip
    if insert.kind not in known:
        return (
            f'"{{{{ {insert.kind}{": " if insert.kind else ""}{insert.name} }}}}" is not an insert',
            "{{ fact: soreness-lasts }}, {{ clinic: phone }}, {{ emergency: number }} or {{ section: soreness }}",
        )
    if name not in known[insert.kind]:
        names = sorted(site.pictures) if insert.kind == "picture" else known[insert.kind]
        file = {"fact": "standard/facts.yml", "section": "standard/topics.yml"}.get(insert.kind, "clinic.yml")
        return (
            f'there is no {insert.kind} "{name}" in {file}.{near(name, names)}',
            f"Add it to {file}, or correct the name.",
        )
    return None


def unknown_insert(page: Page, site: Site) -> Iterator[Note]:
    """A fact, a clinic value or a shared section that a page asks for exists.

    Why: the patient would read an empty place, or braces, where the number or the telephone should stand.

    Bad: `within {{ fact: sorness-lasts }}`
    Good: `within {{ fact: soreness-lasts }}`
    """
    lines = page.source.text.split("\n") if page.source.inserts else []
    for insert in page.source.inserts:
        problem = _problem(insert, site)
        if problem:
            yield Note(insert.place, *problem)
        elif insert.kind in _OWN_LINE and not INSERT.fullmatch(lines[insert.place.line - 1].rstrip()):
            message = f'"{{{{ {insert.kind}: {insert.name} }}}}" must stand on a line of its own'
            yield Note(
                insert.place, message, "Put it on its own line, from the very left, an empty line before and behind it."
            )
        elif insert.kind == "section":
            home = site.page(site.standard.topics[insert.name].home)
            if home is None or home.section(insert.name) is None:
                yield Note(
                    insert.place,
                    f'the shared section "{insert.name}" has no text yet: its home page does not have it',
                    "Write it on its home page, or write a text of its own here.",
                )
            elif home.source.name == page.source.name:
                yield Note(insert.place, f'this page is the home of "{insert.name}": write its text here', "")
            elif any(i.kind == "section" and _within(i, home, insert.name) for i in home.source.inserts):
                yield Note(
                    insert.place,
                    f'the shared section "{insert.name}" shows another shared section',
                    "Show both sections here, one after the other.",
                )


def _within(insert: Insert, home: Page, topic: str) -> bool:
    """Tell whether an insert of the home page stands inside the section of this topic."""
    section = home.section(topic)
    if section is None:
        return False
    later = [s.place.line for s in home.sections if s.place.line > section.place.line and s.level <= section.level]
    return section.place.line < insert.place.line < min(later, default=10**9)


def mark_of_ours(page: Page, site: Site) -> Iterator[Note]:
    """A page does not carry the marks with which templates and inserts are told from a writer's text.

    Why: text under such a mark is passed over by the checks, though the patient reads it; a number under one looks
    like a fact with a source.

    Bad: `<p data-part="note">Stop your blood thinners.</p>`, or `{ data-fact=soreness-lasts }`
    Good: plain Markdown, and `{{ fact: soreness-lasts }}`
    """
    body = page.source.text.split("\n")[page.source.body_line - 1 :]
    lines = [CODE_SPAN.sub("", line) if "`" in line else line for line in body]
    whole = "\n".join(lines).lower()
    if "data-" not in whole and "<!--" not in whole:  # each mark begins with one of these
        return
    for number, line in enumerate(lines, page.source.body_line):
        mark = _OUR_MARKS.search(line)
        if mark:
            yield Note(
                Place(page.source.path, number),
                f'"{mark.group()}" is a mark that only templates and inserts may set',
                "Remove it; a number comes from {{ fact: soreness-lasts }}, a telephone from {{ clinic: phone }}.",
            )
