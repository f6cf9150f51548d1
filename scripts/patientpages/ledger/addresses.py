"""Addresses as the ledger writes them, from the site's root: `./`, `soreness/`, `soreness/#call-us`, `go/soreness/`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from patientpages.model import SHORT, TOP, Claim, Entry, Ledger, Page, Served, Standard, Version

HOME = "./"


def address_of(file: str) -> str:
    """Return the address of a file of the site: `soreness/index.html` is `soreness/`."""
    return file.removesuffix("index.html") or HOME


def page_part(address: str) -> str:
    """Return the address of the page that an address is on."""
    return address.partition("#")[0]


def file_of(address: str) -> str:
    """Return the file that answers an address."""
    page = page_part(address).removeprefix(HOME)
    return f"{page}index.html" if page.endswith("/") or not page else page


def anchors_of(page: Page) -> Iterator[tuple[str, str]]:
    """Yield each place on a page that a link can name, with its words ("" for one that is no section)."""
    words = {section.id: " ".join([section.title, *(b.text for b in section.blocks)]) for section in page.sections}
    for anchor in page.anchors:
        yield anchor, words.get(anchor, "")


def opening_of(page: Page) -> str:
    """Return what a reader meets at the top of a page: its title, and the text before the first section."""
    return " ".join([page.source.title, *(block.text for block in page.opening)])


class _Words(Mapping[str, str]):
    """The words at each address; those of a page are looked at when an address is lost and its words are sought."""

    def __init__(self) -> None:
        self._pages: dict[str, Page | None] = {}

    def add(self, page: Page | None, here: str) -> None:
        """Take in a page at an address; None for one without words of its own."""
        self._pages[here] = page
        self._pages |= {f"{here}#{anchor}": page for anchor in (page.anchors if page else ())}

    def __getitem__(self, address: str) -> str:
        page, anchor = self._pages[address], address.partition("#")[2]
        if page is None:
            return ""
        return dict(anchors_of(page))[anchor] if anchor else opening_of(page)

    def __iter__(self) -> Iterator[str]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)


def served_by(pages: Iterable[Page], standard: Standard, prefix: str) -> Served:
    """Return what the pages of a language would answer; `prefix` is the folder that it stands in."""
    pages = tuple(pages)
    words = _Words()
    homes: dict[str, str] = {}
    claims: list[Claim] = []
    for page in pages:
        here = address_of(prefix + page.file)
        homes[page.source.name] = here
        words.add(page, here)
        claims += [Claim(old_address(old, here, prefix), f"{here}#{at}" if at else here, place)
                   for old, at, place in page.source.formerly]  # fmt: skip
    claims += _where_shared(pages, standard, prefix)
    shorts = {}
    for topic in standard.topics.values():
        section = f"{homes.get(topic.home, '')}#{topic.id}"
        if section in words:
            shorts[f"{prefix}{SHORT}/{topic.id}/"] = section
    if "index" in homes:
        words.add(None, f"{prefix}{SHORT}/")  # the list of them, which is made from the home page
    return Served(words, shorts, tuple(claims))


def _where_shared(pages: tuple[Page, ...], standard: Standard, prefix: str) -> Iterator[Claim]:
    """Yield what follows where another page shows a section: its headings have had their old names there, too."""
    by_name = {page.source.name: page for page in pages}
    for page in pages:
        here = address_of(prefix + page.file)
        for insert in page.source.inserts:
            home = standard.topics.get(insert.name) if insert.kind == "section" else None
            source = by_name[home.home].source if home and home.home in by_name else None
            for old, at, place in source.formerly if source else ():
                if old.startswith("#") and at in page.anchors:
                    yield Claim(here + old, f"{here}#{at}", place)


def old_address(written: str, here: str, prefix: str) -> str:
    """Return the address that a writer means: `old`, `old/`, `old/#part`, `old#part`, or `#part` of the page `here`.

    `prefix` is the folder of the language.
    """
    page, mark, anchor = written.partition("#")
    name = page.strip("/").removesuffix(".md").removesuffix("/index")
    if mark and not page:
        address = here
    elif name in ("", ".", "index"):
        address = prefix or HOME
    else:
        address = f"{prefix}{name}/"
    return f"{address}#{anchor}" if anchor else address


def words_before(ledger: Ledger, read: Callable[[Entry], Version | None]) -> dict[str, str]:
    """Return the words that each address had when it was last published; that of a page stands for its opening.

    `read` gives the version that a line of the ledger names. A place that is not in the last version of its page is
    sought in those before it.
    """
    lines: dict[str, list[Entry]] = {}
    for entry in ledger.of("version"):
        lines.setdefault(entry.address, []).append(entry)
    places: dict[str, set[str]] = {}
    for entry in ledger.of("page", "anchor"):
        page, mark, anchor = entry.address.partition("#")
        places.setdefault(page, set()).add(f"#{anchor}" if mark else TOP)
    before: dict[str, str] = {}
    for page, wanted in places.items():
        for line in reversed(lines.get(page, [])):
            version = read(line) if wanted else None
            for at in sorted(wanted & version.parts.keys()) if version else ():
                before[page if at == TOP else page + at] = " ".join(version.parts[at]) if version else ""
                wanted.discard(at)
    return before
