"""docs/<lang>/ -> sources; sources and a built folder -> pages. Whatever has no counterpart is told."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from patientpages.markdown import explicit_ids, section_body
from patientpages.model import SHORT, STAFF, Page, Place, Source
from patientpages.read.page import read_page
from patientpages.read.source import read_source
from patientpages.yamlfile import Mistakes, read_text

# Pages that a builder or a theme makes of itself, without a source.
_NO_SOURCE = frozenset({"404.html", "search.html", "search/index.html"})
# Here everything is made from pages: whoever checks a folder makes it again and compares.
_COMPARED = (f"{SHORT}/", f"{STAFF}/")


def read_sources(docs: Path, shown: str, mistakes: Mistakes) -> tuple[Source, ...]:
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
    paths = sorted(
        p for p in docs.rglob("*.md") if not any(x.startswith((".", "_")) for x in p.relative_to(docs).parts)
    )
    found = []
    for path in paths:
        relative = path.relative_to(docs).as_posix()
        source = read_source(path, f"{shown}/{relative}", relative.removesuffix(".md"), mistakes)
        if source is not None:
            found.append(source)
    if not paths:
        mistakes.add(Place(shown), "there are no pages here, so nothing was checked", "Write docs/en/index.md.", "D003")
    return tuple(found)


def html_of(name: str, folder: Path) -> str:
    """Return the path, in a built folder, of the page with this name: `x/index.html`, or `x.html`."""
    if name.rsplit("/", 1)[-1] == "index":
        return f"{name}.html"
    nested = f"{name}/index.html"
    return f"{name}.html" if not (folder / nested).exists() and (folder / f"{name}.html").exists() else nested


def _fixed_ids(source: Source, sources: Iterable[Source], homes: dict[str, str]) -> frozenset[str]:
    """Return the ids fixed by hand in a source and in the shared sections that it shows."""
    ids = explicit_ids(source.text)
    for insert in source.inserts:
        if insert.kind == "section":
            home = next((s for s in sources if s.name == homes.get(insert.name)), None)
            ids |= explicit_ids(section_body(home.text, insert.name) or "") if home else frozenset()
    return ids


def read_pages(
    sources: tuple[Source, ...],
    folder: Path,
    homes: dict[str, str],
    mistakes: Mistakes,
    others: tuple[Source, ...] = (),
) -> tuple[Page, ...]:
    """Read the built page of each source. `homes` gives the page that each topic's text stands on.

    A source without a page is a mistake: what was not read must not be reported as checked.
    """
    pages = []
    for source in sources:
        file = html_of(source.name, folder)
        if not (folder / file).is_file():
            missing(source, mistakes, file)
            continue
        html = read_text(folder / file, file, mistakes, "the built page")
        if html is not None:
            pages.append(read_page(source, html, file, _fixed_ids(source, (*sources, *others), homes)))
    return tuple(pages)


def missing(source: Source, mistakes: Mistakes, file: str = "") -> None:
    """Note that a source has become no page: what was not read must not be reported as checked."""
    file = file or ("index.html" if source.name == "index" else f"{source.name}/index.html")
    mistakes.add(
        Place(source.path),
        f"this page is not in the built folder: {file} is missing",
        "Build the site again from these sources, or check the folder that belongs to them.",
        "D003",
    )


def hold_sources(folder: Path, pages: Iterable[Page], mistakes: Mistakes, made: Iterable[str] = ()) -> None:
    """Note each page of a folder that has no source, and is not `made` from the other pages: nobody has checked it."""
    known = {page.file for page in pages} | _NO_SOURCE | {*made}
    told = " ".join(finding.message for finding in mistakes.findings)
    for path in sorted(folder.rglob("*.html")):
        file = path.relative_to(folder).as_posix()
        if file not in known and not file.startswith(_COMPARED) and file not in told:
            mistakes.add(
                Place(file),
                "this built page has no source, so nothing on it was checked",
                "Remove it from the folder, or add its source to docs/.",
                "D003",
            )
