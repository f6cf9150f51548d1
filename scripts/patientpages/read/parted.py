"""A page in two parts: what the rest of a site needs to know of it, and its text, which is read only if somebody asks.

Most of a thousand pages have not changed since the last build. Their findings are known; nobody looks at their text.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from patientpages.model import Page, Place, Section, Source
from patientpages.read.flat import flat, unflat

# The text of a page; everything else of it is small.
_TEXT = ("opening", "in_short", "links", "images")
Load = Callable[[], bytes]


class _Section(Section):
    """A section whose text is read when it is asked for."""

    __slots__ = ("_page",)

    def __getattr__(self, name: str) -> Any:
        if name != "blocks":
            raise AttributeError(name)
        self._page.__getattr__("opening")
        return self.blocks


class _Page(Page):
    """A page whose text is read when it is asked for."""

    __slots__ = ("_load",)

    def __getattr__(self, name: str) -> Any:
        if name not in _TEXT:
            raise AttributeError(name)
        *texts, blocks = unflat(self._load())
        for part, value in zip(_TEXT, texts, strict=True):
            object.__setattr__(self, part, value)
        for section, text in zip(self.sections, blocks, strict=True):
            object.__setattr__(section, "blocks", text)
        return getattr(self, name)


def parted(page: Page) -> tuple[bytes, bytes]:
    """Return a page as two parts that `joined` puts together again; its source is in neither."""
    heads = [(s.id, s.title, s.level, s.automatic, (s.place.path, s.place.line, s.place.exact)) for s in page.sections]
    rest = (page.file, heads, page.ids, dict(page.parts), page.words, page.anchors)
    return marshal.dumps(rest), flat(page.opening, page.in_short, page.links, page.images, page.sections)


def joined(source: Source, rest: bytes, load: Load) -> Page:
    """Return the page of a source; `load` gives the part with its text."""
    file, flat_heads, ids, parts, words, anchors = marshal.loads(rest)
    heads = [(*head, Place(*at)) for *head, at in flat_heads]
    return _page(source, file, heads, ids, parts, words, anchors, load)


def with_parts(page: Page, parts: Mapping[str, str]) -> Page:
    """Return a page with other words in the parts of its templates, and do not read its text for that."""
    if not isinstance(page, _Page):
        return replace(page, parts=parts)
    heads = [(s.id, s.title, s.level, s.automatic, s.place) for s in page.sections]
    return _page(page.source, page.file, heads, page.ids, parts, page.words, page.anchors, page._load)


def _page(
    source: Source,
    file: str,
    heads: Iterable[tuple[str, str, int, bool, Place]],
    ids: tuple[str, ...],
    parts: Mapping[str, str],
    words: str,
    anchors: tuple[str, ...],
    load: Load,
) -> Page:
    page = object.__new__(_Page)
    sections = []
    for head in heads:
        section = object.__new__(_Section)
        for name, value in zip(("id", "title", "level", "automatic", "place"), head, strict=True):
            object.__setattr__(section, name, value)
        object.__setattr__(section, "_page", page)
        sections.append(section)
    values = {"source": source, "file": file, "sections": tuple(sections), "ids": ids, "parts": parts, "words": words,
              "anchors": anchors, "_load": load}  # fmt: skip
    for name, value in values.items():
        object.__setattr__(page, name, value)
    return page
