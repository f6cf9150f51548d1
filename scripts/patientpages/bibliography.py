"""sources.yml -> the list of the page Sources: each source once, as HTML, with what rests on it.

Python-Markdown puts it in for `{{ sources: all }}`. It is data: nobody types a citation, or its numbers, into a page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from textwrap import shorten

from patientpages.model import Citation, Source, Standard

# "Martin-Pintado-Zugasti A, Mayoral del Moral O ..." -> "Martin-Pintado-Zugasti"
_AUTHOR = re.compile(r"((?:[a-z]+ )*[A-Z][\w'’-]+(?: (?:del|de|la|[A-Z])[\w'’-]*){0,3}?) [A-Z]{1,3}(?=[,.])")
_TITLE_END = re.compile(r"[.,] | \(")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SHORT = 60  # letters of a title, where no author is known
LABELS = ("found", "sure", "numbers", "pages", "second_hand")


def link_of(citation: Citation) -> tuple[str, str]:
    """Return (address, what is shown of it): the DOI, else PubMed's number, else the page ("" and "" if none)."""
    if citation.doi:
        return f"https://doi.org/{citation.doi}", f"DOI {citation.doi}"
    if citation.pmid:
        return f"https://pubmed.ncbi.nlm.nih.gov/{citation.pmid}/", f"PubMed {citation.pmid}"
    return citation.url, citation.url


def short_of(citation: Citation) -> str:
    """Return how a page names a source: its first author, else the beginning of its title, and the year."""
    author, year = _AUTHOR.match(citation.citation), _YEAR.search(citation.citation)
    name = author[1] if author else shorten(_TITLE_END.split(citation.citation)[0], _SHORT, placeholder=" ...")
    return f"{name} {year[0]}" if year else name


def _entry(citation: Citation, standard: Standard, pages: Iterable[Source], words: Mapping[str, str]) -> str:
    address, shown = link_of(citation)
    told = [html.escape(citation.citation)]
    if address:
        told[0] += f' <a href="{html.escape(address)}">{html.escape(shown)}</a>'
    told.append(f"<strong>{html.escape(words['found'])}</strong> {html.escape(citation.found)}")
    told.append(f"<strong>{html.escape(words['sure'])}</strong> {html.escape(_sentence(citation.certainty))}")
    numbers = [fact.about for fact in standard.facts.values() if citation.key in fact.sources]
    if numbers:
        told.append(f"<strong>{html.escape(words['numbers'])}</strong> {html.escape(_sentence('; '.join(numbers)))}")
    using = [
        f'<a href="../{"" if page.name == "index" else html.escape(page.name) + "/"}">{html.escape(page.title)}</a>'
        for page in pages
        if citation.key in page.sources
    ]
    if using:
        told.append(f"<strong>{html.escape(words['pages'])}</strong> {', '.join(using)}")
    if citation.seen == "second-hand":
        told.append(f"<em>{html.escape(words['second_hand'])}</em>")
    return f'<li id="{citation.key}"><span data-source="{citation.key}">{"<br>".join(told)}</span></li>'


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def bibliography(standard: Standard, pages: tuple[Source, ...], words: Mapping[str, str]) -> str:
    """Return all sources that a page or a fact rests on, in the order of the file, for a page beside the others."""
    used = {key for page in pages for key in page.sources} | {
        key for fact in standard.facts.values() for key in fact.sources
    }
    entries = [_entry(c, standard, pages, words) for c in standard.citations.values() if c.key in used]
    listed = "\n".join(entries)
    return f'<ul class="bibliography">\n{listed}\n</ul>' if entries else ""
