"""Where the links of a leaflet lead: to a page number of its own, or to an address that can be typed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from urllib.parse import urlsplit

from patientpages.checks.targets import target_of
from patientpages.ledger import address_of
from patientpages.model import SHORT, Page, Piece, Standard
from patientpages.outputs import typed


def short_of(file: str, anchor: str, pages: Iterable[Page], standard: Standard) -> str:
    """Return the shortest lasting address, below the website, of a place: of a topic, that of all it has to tell."""
    topic = standard.topics.get(anchor)
    if topic and any(page.source.name == topic.home for page in pages):
        return f"{SHORT}/{anchor}/"
    return address_of(file).removeprefix("./")


def leads_of(
    page: Page, shown: Mapping[str, str], whole: str, pages: Collection[Page], standard: Standard, root: str
) -> Callable[[str, str], Piece]:
    """Return what tells where a link of a page leads, by its href and its words.

    `shown` are the ids of the leaflet's headings, each with the file of the page whose text stands under it, `whole` is
    the file of the page that it shows; `root` is the website ("" if unset).
    """

    def lead(href: str, words: str) -> Piece:
        target = target_of(page, href)
        if target is None:
            parts = urlsplit(href)
            if parts.scheme == "tel":
                return {"here": "", "to": "", "shown": ""}
            told = href.removeprefix("mailto:") if parts.scheme == "mailto" else typed(href)
            return {"here": "", "to": href, "shown": "" if told in words or href in words else told}
        file, anchor = target
        if shown.get(anchor) == file:  # the same topic told in short is not what the link means
            return {"here": anchor, "to": "", "shown": ""}
        if (file == whole and not anchor) or not root:
            return {"here": "", "to": "", "shown": ""}
        short = short_of(file, anchor, pages, standard)
        to = root + (short if short.startswith(f"{SHORT}/") or not anchor else f"{short}#{anchor}")
        return {"here": "", "to": to, "shown": typed(root + short)}

    return lead
