"""The pages, their pictures and the theme's own assets: from what a builder left, only what is declared.

Builders copy a theme's scripts, source maps and search into every site (2.5 MB with Material). Nothing
reaches ours that does not stand on this list.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePath

from patientpages.config import SEARCH as SEARCH_KIND
from patientpages.mkdocsfile import theme_folder
from patientpages.model import Artefact, Page
from patientpages.outputs.discovery import FILES, MAKER
from patientpages.outputs.search import FILE as SCRIPT
from patientpages.outputs.search import MAKER as SEARCH

NOT_FOUND = "404.html"
# What MkDocs writes of itself, and what a preview does not need.
_MADE_BY_MKDOCS = frozenset({"sitemap.xml", "sitemap.xml.gz", "objects.inv"})


def _is_material(file: str) -> bool:
    folder = theme_folder()
    return folder is not None and (folder / file).is_file()


def _files(folder: Path, inside: str = "") -> Iterator[str]:
    """Yield the files of a folder and of those in it, as addresses: what the folders list is enough to tell them."""
    deeper = []
    with suppress(FileNotFoundError, PermissionError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                deeper.append(entry.name)
            elif entry.is_file():
                yield inside + entry.name
    for name in deeper:
        yield from _files(folder / name, f"{inside}{name}/")


def _maker(
    file: str, pages: frozenset[str], searches: frozenset[str], pictures: frozenset[str], assets: frozenset[str]
) -> str:
    if file in pages or file == NOT_FOUND:
        return "pages"
    if file in searches:
        return SEARCH
    if file in pictures:
        return "pictures"
    if file in FILES:
        return MAKER
    return "assets" if file in assets and file.startswith("assets/") else ""


def _declared(
    pages: tuple[Page, ...], docs: Path, overrides: Path
) -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    searches = [page.file for page in pages if page.source.kind == SEARCH_KIND]
    scripts = [file.removesuffix("index.html") + SCRIPT for file in searches]
    pictures = frozenset(
        f for f in _files(docs) if not f.endswith(".md") and not f.rsplit("/", 1)[-1].startswith(("_", "."))
    )
    others = frozenset(page.file for page in pages) - {*searches}
    return others, frozenset({*searches, *scripts}), pictures, frozenset(_files(overrides))


def _in_order(files: Iterable[str]) -> list[str]:
    return sorted(files, key=PurePath)


def page_file(page: Page, content: bytes) -> Artefact:
    """Return the file of a page with its maker."""
    return Artefact(page.file, content, SEARCH if page.source.kind == SEARCH_KIND else "pages")


def collect(built: Path, pages: tuple[Page, ...], docs: Path, overrides: Path) -> Iterator[Artefact]:
    """Yield what a build of ours keeps of a builder's folder; the theme's unused files are left behind.

    A file that is neither declared nor the theme's is yielded without a maker, which is a finding.
    """
    declared = _declared(pages, docs, overrides)
    for file in _in_order(_files(built)):
        maker = "" if file in _MADE_BY_MKDOCS else _maker(file, *declared)
        if maker or not (file in declared[3] or file in _MADE_BY_MKDOCS or _is_material(file)):
            yield Artefact(file, (built / file).read_bytes(), maker)


def collect_folder(
    folder: Path, prefix: str, pages: tuple[Page, ...], docs: Path, overrides: Path
) -> Iterator[Artefact]:
    """Yield every file of a folder that somebody built, with its maker if we know one; `prefix` is its address."""
    declared = _declared(pages, docs, overrides)
    for file in _in_order(_files(folder)):
        yield Artefact(prefix + file, (folder / file).read_bytes(), _maker(file, *declared))
