"""What handouts of a language are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

from patientpages.handouts.leads import short_of
from patientpages.handouts.paper import Paper
from patientpages.ledger import address_of
from patientpages.model import Page, SignOff, Standard


@dataclass(frozen=True)
class Stock:
    """What handouts of a language are made from: `built` are the pages as readers get them, by file."""

    pages: tuple[Page, ...]
    built: Mapping[str, bytes]
    standard: Standard
    codes: Mapping[str, str]  # the version of each page, by file
    sign_offs: Mapping[str, SignOff]  # by file
    paper: Paper

    @cached_property
    def by_name(self) -> dict[str, Page]:
        """The pages by name."""
        return {page.source.name: page for page in self.pages}

    @cached_property
    def trees(self) -> dict[str, LexborHTMLParser]:
        """The built pages by file, parsed."""
        return {page.file: LexborHTMLParser(self.built[page.file].decode()) for page in self.pages}

    def part(self, page: Page, name: str) -> LexborNode | None:
        """Return what a template has put around a page, by the name of the part."""
        return self.trees[page.file].css_first(f'[data-part="{name}"]')

    def address(self, code: str, page: Page) -> str:
        """Return the full address of a topic or page, of `page` where that was taken down ("" without a website)."""
        topic = self.standard.topics.get(code)
        found = self.by_name.get(topic.home if topic else code)
        if not self.paper.root:
            return ""
        return self.paper.root + (short_of(found.file, code, self.pages, self.standard) if found
                                  else address_of(page.file))  # fmt: skip
