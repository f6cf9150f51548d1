"""What is put on the built pages of a language before they are checked: only the records can say it, no template.

Who checked each page, the version code of its words, and a mark for each old address that stood on it.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from selectolax.lexbor import LexborHTMLParser

from patientpages.config import website_of
from patientpages.kept import digest
from patientpages.kept_pages import Rows, Shelf
from patientpages.model import Page, Promises, SignOff
from patientpages.outputs import Moved, PageSearch, finish_page, page_search
from patientpages.project import Inputs, Language
from patientpages.read import joined, parted, read_page, restamped, with_parts
from patientpages.records import code_of
from patientpages.rendered import Rendered
from patientpages.signing import signatures_of, stamped, stands

_HEAD, _HTML, _TEXT, _SEARCH = b"stamped", b"sent", b"stamped text", b"search"


def moved_from(inputs: Inputs, language: Language, pages: Iterable[Page], standing: Promises) -> Moved:
    """Return the past of a language, with its words."""
    words, prefix = language.wording, inputs.prefix_of(language.code)
    return Moved(pages, standing, prefix, words.group("moved"), words.signing.day)


@dataclass(frozen=True, slots=True)
class Stamped:
    """A page as it is sent: `key` is the hash of all that it depends on, `html` gives its file."""

    key: bytes
    page: Page
    html: Callable[[], bytes]
    searched: Callable[[], PageSearch]  # what of it the search finds
    sign_off: SignOff
    code: str  # the version of its words


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What is put on one page."""

    rendered: Rendered
    key: bytes
    lines: Mapping[str, str]
    reviewed: str
    sign_off: SignOff
    code: str


class Stamping:
    """Stamps the pages of a language, or takes them as they were kept."""

    def __init__(
        self, inputs: Inputs, language: Language, pages: Sequence[Rendered], past: Moved, shorts: Mapping[str, str],
        today: date, shelf: Shelf,
    ) -> None:  # fmt: skip
        """`shorts` are the short addresses that paper shows for places (outputs.shorts_of)."""
        self._past, self._shorts, self._shelf = past, shorts, shelf
        self._root = website_of(inputs.clinic, language.code)
        self._standard = inputs.standard
        given = repr((self._root, sorted(shorts.items()), sorted(language.homes.items()))).encode()
        signing, own = language.wording.signing, signatures_of(language.code, inputs.records.signatures)
        self._stamps = []
        for each_page in pages:
            page, code = each_page.page, code_of(each_page.sentences)
            found = stands(each_page.sentences, own.get(page.source.name, ()), today)
            lines = signing.lines(found) | {"version": signing.version(code)}
            reviewed = found.signature.signed_on.isoformat() if found.signature and found.valid else ""
            put = repr((sorted(lines.items()), reviewed, past.marks(page.file))).encode()
            key = digest(each_page.key, given, put)
            self._stamps.append(_Stamp(each_page, key, lines, reviewed, found, code))

    def pages(self) -> list[Stamped]:
        """Return the pages in order."""
        keys = [stamp.key for stamp in self._stamps]
        heads = self._shelf.all([key + _HEAD for key in keys], lambda at: self._made(self._stamps[at]))
        self._shelf.ahead([key + _HTML for key in keys])
        return [self._joined(stamp, head) for stamp, head in zip(self._stamps, heads, strict=True)]

    def _joined(self, stamp: _Stamp, head: bytes) -> Stamped:
        def again() -> Rows:
            return self._made(stamp)

        parts, rest = pickle.loads(head)
        before = stamp.rendered.page
        page = joined(before.source, rest, self._shelf.later(stamp.key + _TEXT, again)) if rest else before
        page = page if rest else with_parts(before, parts)
        html = self._shelf.later(stamp.key + _HTML, again)
        found = self._shelf.later(stamp.key + _SEARCH, again) if rest else stamp.rendered.searched
        return Stamped(stamp.key, page, html, lambda: pickle.loads(found()), stamp.sign_off, stamp.code)

    def _made(self, stamp: _Stamp) -> Rows:
        """Put everything on a page, and read again what that changes."""
        key, before = stamp.key, stamp.rendered.page
        bare = stamp.rendered.html().decode()
        text = self._past.left_in(stamped(bare, stamp.lines, stamp.reviewed), before.file)
        tree = LexborHTMLParser(text)
        parts = None if self._past.marks(before.file) else restamped(before, bare, text, tree)
        sent = finish_page(text, before.file, self._root, self._shorts, tree)
        if parts is not None:
            return {key + _HEAD: pickle.dumps((parts, b"")), key + _HTML: sent}
        page = read_page(before.source, text, before.file, stamp.rendered.explicit())
        rest, own = parted(page)
        found = pickle.dumps(page_search(page, self._standard), pickle.HIGHEST_PROTOCOL)
        return {key + _HEAD: pickle.dumps((parts, rest)), key + _HTML: sent, key + _TEXT: own, key + _SEARCH: found}
