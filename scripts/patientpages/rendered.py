"""The pages of a language as MkDocs makes them, each read once; one that has not changed is not made again."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from patientpages.builder import Builder, Made
from patientpages.forked import each
from patientpages.kept import digest
from patientpages.kept_pages import Rows, Shelf
from patientpages.markdown import section_body
from patientpages.model import Finding, InputError, Page, Source, Standard
from patientpages.outputs import page_search
from patientpages.read import FixedIds, joined, missing, parted, read_page
from patientpages.signing import words_signed
from patientpages.yamlfile import Mistakes

_HEAD, _HTML, _TEXT, _SEARCH = b"head", b"html", b"text", b"search"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page before anything is stamped on it; `key` is the hash of all that it depends on."""

    key: bytes
    page: Page
    sentences: tuple[str, ...]  # that a signature is over
    html: Callable[[], bytes]
    searched: Callable[[], bytes]  # what of it the search finds, pickled
    explicit: Callable[[], frozenset[str]]  # the ids that writers fixed by hand in what it shows


class SharedSections:
    """What pages show of each other, as Markdown; `homes` gives the page that each topic's text stands on."""

    def __init__(self, sources: Iterable[Source], homes: Mapping[str, str]) -> None:
        self._sources = {source.name: source for source in sources}
        self._homes = homes

    def of(self, source: Source) -> list[str]:
        """Return the sections that a page shows."""
        found = []
        for insert in source.inserts:
            if insert.kind == "section":
                home = self._sources.get(self._homes.get(insert.name, ""))
                found.append(section_body(home.text, insert.name) or "" if home else "")
        return found


class Rendering:
    """Makes the pages of a language, or takes them as they were kept."""

    def __init__(
        self, sources: Sequence[Source], homes: Mapping[str, str], standard: Standard, builder: Builder, shape: bytes,
        shelf: Shelf,
    ) -> None:  # fmt: skip
        """`homes` gives the page that each topic's text stands on, `shape` the hash of all that every page sees."""
        self._sources, self._shared = {source.name: source for source in sources}, SharedSections(sources, homes)
        self._ids = FixedIds(sources, homes)
        self._standard, self._builder, self._shape, self._shelf = standard, builder, shape, shelf

    def pages(self, mistakes: Mistakes) -> tuple[list[Rendered], list[Finding]]:
        """Return the pages in order, and what MkDocs warns of; raise InputError where one fails.

        A source that becomes no page is a mistake.
        """
        keys = {name: self._key(source) for name, source in self._sources.items()}
        heads = dict(zip(keys, self._shelf.many([key + _HEAD for key in keys.values()]), strict=True))
        lacking = [name for name, head in heads.items() if head is None]
        said: list[Finding] = []
        with self._builder.many():
            new = each(lacking, self._made)
        for name, (rows, made) in zip(lacking, new, strict=True):
            if made.failure:
                raise InputError([made.failure, *said, *self._builder.warnings(made.said)])
            said += self._builder.warnings(made.said)
            self._shelf.add(rows)
            heads[name] = rows[keys[name] + _HEAD]
        self._shelf.ahead([key + _SEARCH for key in keys.values()])
        found, warned = [], self._builder.warnings(self._builder.said)
        for name, source in self._sources.items():
            rest, sentences, told = pickle.loads(heads[name] or b"")
            warned += self._builder.warnings(told)
            if rest is None:
                missing(source, mistakes)
            else:
                found.append(self._joined(source, keys[name], rest, sentences))
        return found, warned

    def _joined(self, source: Source, key: bytes, rest: bytes, sentences: tuple[str, ...]) -> Rendered:
        def again() -> Rows:
            return self._made(source.name)[0]

        page = joined(source, rest, self._shelf.later(key + _TEXT, again))
        html, found = self._shelf.later(key + _HTML, again), self._shelf.later(key + _SEARCH, again)
        return Rendered(key, page, sentences, html, found, partial(self._ids.of, source))

    def _key(self, source: Source) -> bytes:
        parts = (source.name, source.text, *self._shared.of(source))
        return digest(self._shape, *(part.encode() for part in parts))

    def _made(self, name: str) -> tuple[Rows, Made]:
        """Make a page and read it."""
        source = self._sources[name]
        key, file = self._key(source), self._builder.where(source)
        made = self._builder.page(source) if file else Made("")
        if made.failure:
            return {}, Made(None, made.said, made.failure)
        if not (made.html or "").strip():
            return {key + _HEAD: pickle.dumps((None, (), made.said))}, Made("", made.said)
        page = read_page(source, made.html or "", file, self._ids.of(source))
        rest, text = parted(page)
        head = pickle.dumps((rest, words_signed(page), made.said), pickle.HIGHEST_PROTOCOL)
        html = (made.html or "").encode("utf-8", "xmlcharrefreplace")
        found = pickle.dumps(page_search(page, self._standard), pickle.HIGHEST_PROTOCOL)
        return {key + _HEAD: head, key + _HTML: html, key + _TEXT: text, key + _SEARCH: found}, Made("", made.said)
