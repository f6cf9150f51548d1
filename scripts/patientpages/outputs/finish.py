"""The last hand on the pages of a language: what paper needs is put in, and what nobody needs is taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from patientpages.ledger import address_of
from patientpages.model import SHORT, Artefact, Page, Standard
from patientpages.outputs.go import MAKER as GO
from patientpages.outputs.moved import MAKER as MOVED
from patientpages.outputs.paper import addressed
from patientpages.outputs.search import MAKER as SEARCH

_READ = frozenset({"pages", SEARCH, GO, MOVED})  # by patients: the page for staff shows its addresses in full
# In these, spaces are seen, or are part of what is hashed or run.
_AS_IT_IS = re.compile(
    r"(<(pre|textarea|script|style)\b[^<]*+(?:<(?!/\2\s*+>)[^<]*+)*+</\2\s*>)", re.IGNORECASE
)  # not .*?, which asks at each letter of a style sheet whether it ends there
_INDENT = re.compile(r"\n\s++(?=<|$)")


def slim(text: str) -> str:
    """Return a page without indents and empty lines, which a browser shows as the one space that a new line is."""
    parts = _AS_IT_IS.split(text)  # text, element, its name, text ...
    return "".join(_INDENT.sub("\n", part) if at % 3 == 0 else part for at, part in enumerate(parts) if at % 3 != 2)


def shorts_of(pages: Iterable[Page], standard: Standard, root: str) -> dict[str, str]:
    """Return the short address of each place that has one, by its full address; `root` is as in `finish_page`."""
    by_name = {page.source.name: page for page in pages}
    return {
        f"{_at(by_name[topic.home].file, root)}#{topic.id}": f"{root}{SHORT}/{topic.id}/"
        for topic in standard.topics.values()
        if topic.home in by_name and by_name[topic.home].section(topic.id)
    }


def finish_page(
    text: str, file: str, root: str, shorts: Mapping[str, str], tree: LexborHTMLParser | None = None
) -> bytes:
    """Return the page that stands at `file` as it is sent: from its text and these alone.

    `tree` is that of the text, where it is there already; it is changed.

    `root` is where the pages of its language stand on the web ("" if unset); `shorts` are from `shorts_of`.
    """
    return slim(addressed(text, _at(file, root), root, shorts, tree)).encode()


def finished(files: Iterable[Artefact], pages: Iterable[Page], standard: Standard, root: str) -> list[Artefact]:
    """Return the files of a language as they are sent, each page of them by `finish_page`."""
    shorts = shorts_of(pages, standard, root)
    return [
        replace(file, content=finish_page(file.content.decode(), file.path, root, shorts))
        if file.maker in _READ and file.path.endswith(".html")
        else file
        for file in files
    ]


def _at(file: str, root: str) -> str:
    return root + address_of(file).removeprefix("./")
