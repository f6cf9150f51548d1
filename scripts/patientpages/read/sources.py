"""docs/<lang>/ -> sources: every page of a language, each read once, and not again until it changes."""

from __future__ import annotations

import os
import pickle
from contextlib import suppress
from pathlib import Path

from patientpages.grounds import program
from patientpages.kept import Kept, digest
from patientpages.model import Place, Source
from patientpages.read.source import read_source
from patientpages.yamlfile import Mistakes


def _pages(docs: Path) -> list[str]:
    """Return the paths of the pages below a folder, by name; what begins with a dot or a line is none."""
    found = []
    for place, folders, files in os.walk(docs):
        folders[:] = [name for name in folders if not name.startswith((".", "_"))]
        inside = Path(place).relative_to(docs)
        # A folder that is called like a page is told as a page that cannot be read.
        names = [name for name in [*files, *folders] if name.endswith(".md") and not name.startswith((".", "_"))]
        found += [inside / name for name in names]
    return [path.as_posix() for path in sorted(found)]


def _name_of(path: Path, shown: str, page: str) -> tuple[bytes, bytes]:
    """Return the name under which a page is kept, and what its file holds (none of both where it cannot be read)."""
    with suppress(OSError):
        content = path.read_bytes()
        return digest(program(), b"source", shown.encode(), page.encode(), content), content
    return b"", b""


def read_sources(docs: Path, shown: str, mistakes: Mistakes, kept: Kept) -> tuple[Source, ...]:
    """Read every page of one language, in order of their names."""
    if not docs.is_dir():
        is_file = docs.exists()
        mistakes.add(
            Place(shown),
            f"there should be a folder of pages here, and there is {'a file' if is_file else 'nothing'}",
            "Pages stand in docs/<language>/, for example docs/en/index.md; clinic.yml lists the languages.",
            "D001",
        )
        return ()
    pages = _pages(docs)
    names = {page: _name_of(docs / page, shown, page) for page in pages}
    before, new = kept.many([name for name, _ in names.values() if name]), {}
    found = []
    for page, (name, content) in names.items():
        row = before.get(name)
        if row is not None:
            found.append(pickle.loads(row))
            continue
        told = len(mistakes.findings)
        source = read_source(docs / page, f"{shown}/{page}", page.removesuffix(".md"), mistakes)
        if source is not None:
            found.append(source)
            # Only what was read from these bytes, and has nothing to tell: another hand may write at the same time.
            if len(mistakes.findings) == told and source.text.encode() == content:
                new[name] = pickle.dumps(source, pickle.HIGHEST_PROTOCOL)
    if new:
        kept.put(new)
    if not pages:
        mistakes.add(Place(shown), "there are no pages here, so nothing was checked", "Write docs/en/index.md.", "D003")
    return tuple(found)
