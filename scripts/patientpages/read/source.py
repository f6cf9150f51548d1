"""A Markdown file -> Source: its front matter with the line of each key, and its inserts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from patientpages.markdown import CODE_SPAN, find_inserts, formerly
from patientpages.model import Place, Source, Waiver, is_malformed
from patientpages.yamlfile import Map, Mistakes, parse, read_text

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_KNOWN = ("title", "description", "kind", "sources", "review_months", "waive", "formerly", "hide")
_HIDE = ("navigation", "toc", "footer")  # Material's names: all pages, on this page, the pages before and after
# The target of a link: [words](target), href="target" or [name]: target.
_HREF = re.compile(
    r"""\]\(\s*<?([^)\s>]+)|\b(?:href|src)\s*=\s*["']?([^"'\s>]+)|^\s{0,3}\[[^]]+]:\s*<?(\S+?)>?(?:\s|$)"""
)
_MOST = 400_000  # bytes: the whole of a book; a page of the project has some 10,000
# So many of one sign take a Markdown reader minutes, or end it: far more than anybody means.
_RUN = re.compile(r"\[{50}|\*{500}|^(?:[ \t]*>){50}", re.MULTILINE)
# Written in a page these would claim a check that nobody recorded: only the records may say who checked.
_AUTHORITY = re.compile(
    r"(last_?|next_?|date_?)?(review(ed|er|ers|_date|_by)?|checked?(_by|_on)?|approved(_by)?|sign(ed)?_?(off)?(_by)?"
    r"|clinician|author(ity)?|medically_reviewed.*)"
)


def _waivers(front: Map) -> Iterator[Waiver]:
    for entry in front.maps("waive", required=False):
        statement = entry.text("statement", required=False)
        yield Waiver(
            entry.text("code", example="code: A101"),
            entry.text("reason", example="reason: why this is right here"),
            entry.day("until"),
            entry.place,
            statement,
            entry.text("who", required=bool(statement), example="who: the physiotherapist who judged it"),
        )
        entry.close()


def _refuse_authority(front: Map) -> tuple[str, ...]:
    """Note each key that claims a check; return those keys, so that they are not told twice."""
    claims = tuple(k for k in front if k not in _KNOWN and _AUTHORITY.fullmatch(k.lower().replace("-", "_")))
    for key in claims:
        front.mistakes.add(
            front.place_of(key),
            f'"{key}" may not be typed into a page: a reader would take it for a recorded check',
            "Remove the line. Only records/signed.yml says who checked a page and when, and only a command writes it.",
            "F103",
        )
    return claims


def _read_front(front: Map, mistakes: Mistakes) -> dict[str, str]:
    """Read the keys that are plain text, and hold the form of the others."""
    found = {
        "title": front.text("title", example="title: Will I be sore?"),
        "description": front.text("description", example="description: One sentence for search results."),
        "kind": front.text("kind", example="kind: treatment"),
    }
    months = front.whole("review_months", required=False)
    if months is not None and not 1 <= months <= 36:
        mistakes.add(
            front.place_of("review_months"), f"review_months is {months}", "From 1 to 36 months: review_months: 12"
        )
    for place, part in zip(front.places("hide"), front.texts("hide"), strict=False):
        if part not in _HIDE:
            mistakes.add(place, f'our templates do not honour "hide: {part}"', f"hide: [{', '.join(_HIDE)}]")
    return found


def _formerly(front: Map, body: str, shown: str, first: int, mistakes: Mistakes) -> Iterator[tuple[str, str, Place]]:
    """Yield what the page and its sections take over: in the front matter, or behind a heading's id."""
    for place, old in zip(front.places("formerly"), front.texts("formerly"), strict=False):
        yield old, "", place
    fence = False
    if "formerly" not in body and "`" not in body:
        return  # as on almost every page
    for number, line in enumerate(body.split("\n"), first):
        fence ^= line.lstrip().startswith(("```", "~~~"))
        anchor, olds = ("", ()) if fence else formerly(CODE_SPAN.sub("", line) if "`" in line else line)
        if line.count("formerly=") > 1 and olds:
            message = 'only the first "formerly" of a heading is read'
            mistakes.add(Place(shown, number), message, 'All in one: { #new formerly="old other-page#old" }', "F101")
        for old in olds:
            if anchor:
                yield old if "#" in old or old.endswith("/") else f"#{old}", anchor, Place(shown, number)
            else:
                message = f'formerly="{old}" stands without an id: nobody could be led here'
                mistakes.add(Place(shown, number), message, f'## Words {{ #new formerly="{old}" }}', "F101")


def _refuse_malformed_links(text: str, shown: str, mistakes: Mistakes) -> None:
    """Note each link that is no address: builders stop at one, and do not say where it stands."""
    for number, line in enumerate(text.split("\n"), 1):
        if "](" not in line and "]:" not in line and "href" not in line and "src" not in line:
            continue
        for inline, typed, reference in _HREF.findall(line):
            href = inline or typed or reference
            if is_malformed(href):
                hint = "[words](https://www.example.org/) or [words](name-of-the-page.md)"
                mistakes.add(Place(shown, number), f"this link is no address: {href[:200]}", hint, "D001")


def _is_text(text: str, shown: str, mistakes: Mistakes) -> bool:
    """Note what no editor writes into a page, and return whether there is none of it."""
    for found, what in (
        (text.find("\0"), "a byte that is no letter (NUL)"),
        (_first(_RUN, text) if _may_run(text) else -1, "too many of one sign"),
    ):
        if found >= 0:
            place = Place(shown, text.count("\n", 0, found) + 1)
            mistakes.add(place, f"{what} stands on this line", "Write the line again, or put the file back.", "D001")
            return False
    return True


def _may_run(text: str) -> bool:
    """Tell whether a text may have so many of one sign: what is counted in no time, before lines are looked at."""
    return "[" * 50 in text or "*" * 500 in text or text.count(">") >= 50


def _first(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.search(text)
    return match.start() if match else -1


def read_source(path: Path, shown: str, name: str, mistakes: Mistakes, *, draft: bool = False) -> Source | None:
    """Read one file; what is wrong goes to `mistakes`, and None means that it cannot be used at all.

    A `draft` needs no front matter.
    """
    text = read_text(path, shown, mistakes, "the page", _MOST)
    if text is None or not _is_text(text, shown, mistakes):
        return None
    match = _FRONT.match(text)
    body = text[match.end() :] if match else text
    body_line = text[: len(text) - len(body.lstrip("\n"))].count("\n") + 1
    if not text.strip() or (not draft and not body.strip()):
        mistakes.add(Place(shown), "the page is empty", "Write it, or remove the file and its line in nav.", "D001")
        return None
    if match is None and not draft:
        began = text.startswith("---")
        mistakes.add(
            Place(shown),
            "the front matter that begins here does not end" if began else "the page has no front matter",
            "Close it with a line of its own:\n---"
            if began
            else "Start the file with:\n---\ntitle: Will I be sore?\ndescription: One sentence.\n"
            "kind: reaction\nsources: []\n---",
            "D001",
        )
        return None
    _refuse_malformed_links(text, shown, mistakes)
    own = Mistakes("F101")
    front = parse(match[1], shown, own, 2) if match and match[1].strip() else None
    texts = {"title": "", "description": "", "kind": ""}
    sources: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    keys: dict[str, Place] = {}
    found: tuple[tuple[str, str, Place], ...] = ()
    if front is not None:
        claims = _refuse_authority(front)
        texts = _read_front(front, own)
        sources, waivers = front.texts("sources"), tuple(_waivers(front))
        keys = {key: front.place_of(key) for key in front}
        found = tuple(_formerly(front, body.lstrip("\n"), shown, body_line, own))
        front.close(claims)
    elif match and not draft and not own.findings:
        own.add(Place(shown), "the front matter is empty", "title, description, kind and sources go there.")
    if not draft:
        mistakes.findings += own.findings
        if front is not None and "sources" not in keys:
            mistakes.add(
                front.place, '"sources" is missing', "sources: [a key of standard/sources.yml], or sources: []", "F101"
            )
    return Source(
        name,
        shown,
        text,
        body_line,
        texts["title"],
        texts["description"],
        texts["kind"],
        sources,
        waivers,
        tuple(find_inserts(body.lstrip("\n"), shown, body_line)),
        keys,
        found,
    )
