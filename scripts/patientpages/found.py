"""The pages of a folder that somebody built: each read once, and not again until it changes."""

from __future__ import annotations

import pickle
from functools import partial
from pathlib import Path

from patientpages.grounds import program
from patientpages.kept import digest
from patientpages.kept_pages import Rows, Shelf
from patientpages.model import Source, Standard
from patientpages.outputs import PageSearch, page_search
from patientpages.project import Language
from patientpages.read import FixedIds, html_of, joined, missing, parted, read_page
from patientpages.rendered import SharedSections
from patientpages.told import Given
from patientpages.yamlfile import Mistakes, read_text

_HEAD, _TEXT, _SEARCH = b"found", b"found text", b"search"


def read_built(
    standard: Standard, language: Language, folder: Path, shelf: Shelf, mistakes: Mistakes
) -> tuple[list[Given], list[PageSearch]]:
    """Return the pages of a built folder, and what of each the search finds; a source without one is a mistake."""
    homes = repr(sorted(language.homes.items())).encode()
    shared = SharedSections(language.sources, language.homes)
    ids = FixedIds(language.sources, language.homes)
    texts: dict[str, tuple[Source, str, str, bytes]] = {}

    def made(name: str) -> Rows:
        source, file, html, key = texts[name]
        page = read_page(source, html, file, ids.of(source))
        rest, text = parted(page)
        found = pickle.dumps(page_search(page, standard), pickle.HIGHEST_PROTOCOL)
        return {key + _HEAD: rest, key + _TEXT: text, key + _SEARCH: found}

    for source in language.sources:
        file = html_of(source.name, folder)
        if not (folder / file).is_file():
            missing(source, mistakes, file)
        elif (html := read_text(folder / file, file, mistakes, "the built page")) is not None:
            parts = (source.name, source.path, source.text, *shared.of(source), file, html)
            texts[source.name] = source, file, html, digest(program(), homes, *(part.encode() for part in parts))
    names, keys = list(texts), [key for *_, key in texts.values()]
    heads = shelf.all([key + _HEAD for key in keys], lambda at: made(names[at]))
    given, searched = [], []
    shelf.ahead([key + _SEARCH for key in keys])
    for (name, (source, _, _, key)), head in zip(texts.items(), heads, strict=True):
        again = partial(made, name)
        given.append(Given(key, joined(source, head, shelf.later(key + _TEXT, again))))
        searched.append(pickle.loads(shelf.later(key + _SEARCH, again)()))
    return given, searched
