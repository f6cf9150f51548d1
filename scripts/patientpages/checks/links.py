"""Links: every one arrives, in any folder the site is copied to; and navigation and pages are the same set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from patientpages.checks.registry import Note
from patientpages.checks.targets import target_of, targets_of
from patientpages.latest import latest
from patientpages.model import Page, Place, Site, is_malformed, page_address, unfit
from patientpages.yamlfile import near


@latest(most=1)
def _nearest(pages: tuple[Page, ...]) -> Callable[[str], str]:
    """Return what finds the page whose name is most like a wrong one: many pages may have the same wrong link."""
    names = [page.source.name for page in pages]
    return lru_cache(maxsize=1024)(lambda name: near(name, names))


def broken_link(page: Page, site: Site) -> Iterator[Note]:
    """A link inside the site leads to a page that is there.

    Why: somebody worried who meets "not found" does not search on.

    Bad: `[soreness](sorenes.md)`
    Good: `[soreness](soreness.md)`
    """
    for link in page.links:
        if is_malformed(link.href):
            message = f'the link "{link.text or link.href}" is no address: {link.href[:200]}'
            yield Note(link.place, message, "[words](https://www.example.org/) or [words](name-of-the-page.md)")
    lost = [(link, file) for link, file, _ in targets_of(page) if file not in site.anchors]
    # A line of nav without a page is told once, at that line (L104), and not on each page that shows the menu.
    menu = {entry.file for entry in site.nav} if lost else frozenset()
    for link, file in lost:
        if not (file in menu and link.place == Place(page.source.path, 1, exact=False)):
            name = file.removesuffix("/index.html").removesuffix(".html").removesuffix(".md")
            yield Note(
                link.place,
                f'the link "{link.text or link.href}" leads to {file}, which is not in the site.'
                + _nearest(site.pages)(name),
                "[words](name-of-the-page.md)",
            )


def broken_anchor(page: Page, site: Site) -> Iterator[Note]:
    """A link to a place on a page leads to an id that is there.

    Why: the browser stays at the top in silence, and the patient looks for the answer in vain.

    Bad: `[when to call](get-help-now.md#help)`
    Good: `[when to call](get-help-now.md#get-help-now)`
    """
    for link, file, anchor in targets_of(page):
        if anchor and file in site.anchors and anchor not in site.anchors[file] and anchor != "top":
            yield Note(
                link.place,
                f'the link "{link.text or link.href}" leads to #{anchor}, which is not on {file}.'
                + near(anchor, sorted(site.anchors[file])),
                "Give the heading that id: ## Words { #id }",
            )


def unfit_name(site: Site) -> Iterator[Note]:
    """The name of a page can be an address that people type, and is no other page's.

    Why: an address is for ever; one with odd signs or capitals, or a very long one, is typed wrongly for ever.

    Bad: docs/en/it's sore!.md, or docs/en/Soreness.md beside docs/en/soreness.md
    Good: docs/en/soreness.md
    """
    names = {page.source.path: page_address(page.source.name) for page in site.pages}
    alike: dict[str, list[str]] = {}
    for path, name in names.items():
        alike.setdefault(name.casefold(), []).append(path)
    for path, name in names.items():
        place, why = Place(path, 1, exact=False), unfit(name)
        if why:
            yield Note(place, *why)
        if others := [other for other in alike[name.casefold()] if other != path]:
            yield Note(place, f"this page has the address of {others[0]}", "Give one of the two another name.")


def link_from_the_root(page: Page, site: Site) -> Iterator[Note]:
    """A link inside the site does not start with a slash.

    Why: the folder is copied below any address, such as /patients/; a link from the root would leave it.

    Bad: `[soreness](/soreness/)`
    Good: `[soreness](soreness.md)`
    """
    for link in page.links:
        if link.href.startswith("/"):
            yield Note(
                link.place,
                f'the link "{link.text or link.href}" starts at the root of the server: {link.href}',
                "[words](name-of-the-page.md)",
            )


def missing_picture(page: Page, site: Site) -> Iterator[Note]:
    """A picture that a page shows is in the site.

    Why: a broken picture looks like a broken clinic, and what it told is lost.

    Bad: `![A needle](nedle.svg)`
    Good: `![A needle](needle.svg)`, with the file in docs/en/
    """
    for image in page.images:
        target = target_of(page, image.src)
        if target is not None and target[0] not in site.anchors:
            files = [file for file in site.anchors if not file.endswith(".html")]
            yield Note(
                image.place,
                f'the picture "{image.src}" is not in the site.{near(target[0], files)}',
                "Put the file into docs/ beside the page, or correct its name.",
            )


def nav_names_no_page(site: Site) -> Iterator[Note]:
    """Every page in the navigation of mkdocs.yml exists.

    Why: MkDocs leaves a page that it cannot find out of the menu and says so only in passing.

    Bad: `- sorenes.md`
    Good: `- soreness.md`
    """
    names = {page.source.name for page in site.pages}
    for entry in site.nav:
        if "://" not in entry.file and entry.file.removesuffix(".md") not in names:
            yield Note(
                entry.place,
                f'nav names "{entry.file}", which is not in the pages.'
                + near(entry.file, [f"{n}.md" for n in sorted(names)]),
                "Correct the name, write the page, or remove the line.",
            )


def page_not_in_nav(site: Site) -> Iterator[Note]:
    """Every page is in the navigation of mkdocs.yml.

    Why: a page that no menu shows is found by nobody, and is forgotten when it should be checked again.

    Bad: a new file `docs/en/driving.md`, and no line for it
    Good: the line `- driving.md` in nav
    """
    listed = {entry.file.removesuffix(".md") for entry in site.nav}
    for page in site.pages if site.nav else ():
        if page.source.name not in listed:
            yield Note(
                Place(page.source.path),
                "this page is not in nav of mkdocs.yml, so no menu shows it",
                f"Add the line: - {page.source.name}.md",
            )


def index_leads_nowhere(site: Site) -> Iterator[Note]:
    """Every section that the list from A to Z names is there.

    Why: a term that leads nowhere is a dead end, and its other words would be lost to the search.

    Bad: `Bleeding: {at: [risks#comon-effects]}` in standard/en/words.yml
    Good: `Bleeding: {at: [risks#common-effects]}`
    """
    shown = {page.source.name: page for page in site.pages}
    for entry in site.plain.index if site.plain else ():
        for name, anchor in entry.at:
            if name in shown and anchor in shown[name].ids:
                continue
            if name not in shown:
                message = f'"{entry.term}" leads to the page "{name}", which is not there.{near(name, list(shown))}'
            else:
                ids = sorted(section.id for section in shown[name].sections)
                message = f'"{entry.term}" leads to #{anchor}, which is not on the page "{name}".{near(anchor, ids)}'
            yield Note(entry.place, message, "at: [page#section], as in questions#alcohol")
