"""Sources and a built folder -> pages. Whatever has no counterpart is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from patientpages.markdown import explicit_ids, section_body
from patientpages.model import SHORT, STAFF, Page, Place, Source
from patientpages.read.page import read_page
from patientpages.yamlfile import Mistakes, read_text

# Pages that a builder or a theme makes of itself, without a source.
_NO_SOURCE = frozenset({"404.html", "search.html", "search/index.html"})
# Here everything is made from pages: whoever checks a folder makes it again and compares.
_COMPARED = (f"{SHORT}/", f"{STAFF}/")


def html_of(name: str, folder: Path) -> str:
    """Return the path, in a built folder, of the page with this name: `x/index.html`, or `x.html`."""
    if name.rsplit("/", 1)[-1] == "index":
        return f"{name}.html"
    nested = f"{name}/index.html"
    return f"{name}.html" if not (folder / nested).exists() and (folder / f"{name}.html").exists() else nested


class FixedIds:
    """The ids that writers fixed by hand in what each page shows: in its source, and in the shared sections on it."""

    def __init__(self, sources: Iterable[Source], homes: Mapping[str, str]) -> None:
        """Take the `sources` of one language, and the page that each topic's text stands on."""
        self._homes = homes
        self._by_name: dict[str, Source] = {}
        for source in sources:
            self._by_name.setdefault(source.name, source)
        self._shared: dict[str, frozenset[str]] = {}  # by topic

    def of(self, source: Source) -> frozenset[str]:
        """Return those of the page that is made from a source."""
        shown = (self._section(insert.name) for insert in source.inserts if insert.kind == "section")
        return explicit_ids(source.text).union(*shown)

    def _section(self, topic: str) -> frozenset[str]:
        if topic not in self._shared:
            home = self._by_name.get(self._homes.get(topic, ""))
            self._shared[topic] = explicit_ids(section_body(home.text, topic) or "") if home else frozenset()
        return self._shared[topic]


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
    fixed = FixedIds((*sources, *others), homes)
    pages = []
    for source in sources:
        file = html_of(source.name, folder)
        if not (folder / file).is_file():
            missing(source, mistakes, file)
            continue
        html = read_text(folder / file, file, mistakes, "the built page")
        if html is not None:
            pages.append(read_page(source, html, file, fixed.of(source)))
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
