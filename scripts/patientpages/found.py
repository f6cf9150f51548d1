"""The pages of a folder that somebody built: each read once, and not again until it changes."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from patientpages.forked import each
from patientpages.grounds import program
from patientpages.kept import digest
from patientpages.kept_pages import Rows, Shelf
from patientpages.model import Source
from patientpages.project import Language
from patientpages.read import html_of, joined, missing, parted, read_page
from patientpages.rendered import SharedSections
from patientpages.told import Given
from patientpages.yamlfile import Mistakes, read_text

_HEAD, _TEXT = b"found", b"found text"


def read_built(language: Language, folder: Path, shelf: Shelf, mistakes: Mistakes) -> list[Given]:
    """Return the pages of a built folder; a source without one is a mistake."""
    shared = SharedSections(language.sources, language.homes)
    texts: dict[str, tuple[Source, str, str, bytes]] = {}

    def made(name: str) -> Rows:
        source, file, html, key = texts[name]
        rest, text = parted(read_page(source, html, file, shared.explicit_ids(source)))
        return {key + _HEAD: rest, key + _TEXT: text}

    for source in language.sources:
        file = html_of(source.name, folder)
        if not (folder / file).is_file():
            missing(source, mistakes, file)
        elif (html := read_text(folder / file, file, mistakes, "the built page")) is not None:
            parts = (source.name, source.path, source.text, *shared.of(source), file, html)
            texts[source.name] = source, file, html, digest(program(), *(part.encode() for part in parts))
    heads = {name: shelf.get(key + _HEAD) for name, (*_, key) in texts.items()}
    lacking = [name for name, head in heads.items() if head is None]
    for name, rows in zip(lacking, each(lacking, made), strict=True):
        shelf.add(rows)
        heads[name] = rows[texts[name][3] + _HEAD]
    return [
        Given(key, joined(source, heads[name] or b"", shelf.later(key + _TEXT, partial(made, name))))
        for name, (source, _, _, key) in texts.items()
    ]
