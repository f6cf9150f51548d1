"""Who checked a page: its sign-off is held against its words, and put on the page.

Templates always say that nobody has checked the page; only here, after a build and from the records, is that line
replaced. So another builder, or a preview, can never claim a check that nobody made.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from patientpages.model import Page, ReaderTest, Signature, SignOff
from patientpages.records import code_of
from patientpages.said.utterances import sentences
from patientpages.yamlfile import Map

_LINES = {"checked": "checked", "next-check": "next_check", "version": "version"}
_PART = re.compile(r'(<p data-part="(checked|next-check|version)">).*?(</p>)', re.DOTALL)
_INSERT = re.compile(r'(<span data-clinic="checked\.(who|dates)">).*?(</span>)', re.DOTALL)
_NEEDED = ("checked", "checked_role", "next_check", "changed", "who", "who_role", "dates", "day", "tested", "version")


@dataclass(frozen=True, slots=True)
class SigningWords:
    """The words for a sign-off in one language; `months` are the names of the twelve."""

    texts: Mapping[str, str]
    months: tuple[str, ...]

    def day(self, day: date) -> str:
        """Return a day as people write it."""
        month = self.months[day.month - 1] if len(self.months) == 12 else f"{day.month}"
        return self._fill("day", day=str(day.day), month=month, year=str(day.year))

    def version(self, code: str) -> str:
        """Return the line that names the version of a page's words."""
        return self._fill("version", code=code)

    def _fill(self, phrase: str, /, **blanks: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda blank: blanks.get(blank[1], blank[0]), self.texts.get(phrase, ""))

    def values(self, trust: object, tests: Sequence[ReaderTest]) -> dict[str, dict[str, str]]:
        """Return what `{{ checked: who }}` and its like stand for before a sign-off is held against the words."""

        def plain(name: str) -> str:
            return html.unescape(str(trust.get(name, ""))) if isinstance(trust, Mapping) else ""

        result = plain("untested")
        if tests:
            result = self._fill("tested", day=self.day(tests[-1].tested_on), people=str(tests[-1].people))
        return {"checked": {name: plain(name) for name in ("who", "dates")}, "tested": {"result": result}}

    def lines(self, sign_off: SignOff) -> dict[str, str]:
        """Return what a page says of its sign-off, by place; empty where the templates' own line stays."""
        signature = sign_off.signature
        if sign_off.state == "changed":
            return {"checked": self.texts.get("changed", "")}
        if signature is None or not sign_off.valid:
            return {}
        blanks = {"name": signature.name, "role": signature.role, "day": self.day(signature.signed_on),
                  "next": self.day(signature.next_check)}  # fmt: skip
        end = "_role" if signature.hide_name else ""
        return {
            "checked": self._fill(f"checked{end}", **blanks),
            "next_check": self._fill("next_check", **blanks),
            "who": self._fill(f"who{end}", **blanks),
            "dates": self._fill("dates", **blanks),
        }


def read_signing(group: Map | None) -> SigningWords:
    """Read the group `signing` of _words.yml."""
    if group is None:
        return SigningWords({}, ())
    words = SigningWords({name: group.text(name) for name in _NEEDED}, group.texts("months", required=True))
    if len(words.months) != 12:
        group.mistakes.add(
            group.place_of("months"), "there should be twelve months", "months: [January, February, ...]"
        )
    group.close()
    return words


def words_signed(page: Page) -> tuple[str, ...]:
    """Return what a signature is over: words(page), sentence by sentence. A new phone changes none of it."""
    return tuple(sentences(page.words))


def codes_of(pages: Iterable[Page]) -> dict[str, str]:
    """Return the version code of each page's words, by its file."""
    return {page.file: code_of(words_signed(page)) for page in pages}


def signatures_of(language: str, signatures: Iterable[Signature]) -> dict[str, list[Signature]]:
    """Return the signatures on record for a language, oldest first, by the names of their pages."""
    found: dict[str, list[Signature]] = {}
    for signature in signatures:
        if signature.language == language:
            found.setdefault(signature.page, []).append(signature)
    return found


def sign_off(page: Page, language: str, signatures: Iterable[Signature], today: date) -> SignOff:
    """Return where a page stands: by the last signature over exactly its words, else by the last one of all."""
    own = signatures_of(language, signatures).get(page.source.name, [])
    return stands(words_signed(page) if own else (), own, today)


def sign_offs(pages: Iterable[Page], language: str, signatures: Iterable[Signature], today: date) -> dict[str, SignOff]:
    """Return where each page stands, by its name."""
    own = signatures_of(language, signatures)
    return {
        name: stands(words_signed(page) if name in own else (), own.get(name, ()), today)
        for page in pages
        if (name := page.source.name)
    }


def stands(words: tuple[str, ...], own: Sequence[Signature], today: date) -> SignOff:
    """Return where a page with these words (see words_signed) stands by its own signatures."""
    if not own:
        return SignOff("never checked")
    same = [s for s in own if s.sentences == words]
    if same:
        return SignOff("overdue" if today > same[-1].next_check else "checked", same[-1])
    last = own[-1]
    return SignOff("changed", last, tuple(w for w in words if w not in last.sentences),
                   tuple(w for w in last.sentences if w not in words))  # fmt: skip


def stamped(text: str, lines: Mapping[str, str], reviewed_on: str) -> str:
    """Return a built page with the lines of its sign-off in the place of the templates' own.

    `reviewed_on` (a day, "" if no sign-off holds) becomes schema.org's lastReviewed, which templates never write.
    """

    def put(found: re.Match[str], name: str) -> str:
        return f"{found[1]}{html.escape(lines[name])}{found[3]}" if lines.get(name) else found[0]

    text = _PART.sub(lambda found: put(found, _LINES[found[2]]), text)
    if reviewed_on:
        text = text.replace("</head>", f'<meta itemprop="lastReviewed" content="{reviewed_on}">\n</head>', 1)
    return _INSERT.sub(lambda found: put(found, found[2]), text)
