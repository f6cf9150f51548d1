"""MkDocs's step from Markdown to HTML, for all pages with one Markdown reader.

MkDocs makes a new reader for each page. With the extensions named here, which hold nothing that a reset does not
clear, one reader gives the same pages; with any other, each page is rendered as MkDocs does it.
Import this only when a build begins: MkDocs loads its theme's modules.
"""

from __future__ import annotations

import logging
import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import (
    Page,
    _ExtractAnchorsTreeprocessor,
    _ExtractTitleTreeprocessor,
    _RawHTMLPreprocessor,
    _RelativePathTreeprocessor,
)
from mkdocs.structure.toc import get_toc

from patientpages.markdown.quick_reader import QuickReader
from patientpages.mkdocsfile import EXTENSION

_LOG = logging.getLogger("mkdocs.structure.pages")
_RESET_CLEARS = frozenset(
    {"admonition", "attr_list", "def_list", "fenced_code", "sane_lists", "tables", "toc", EXTENSION}
)
_TAG = re.compile(r"<[a-zA-Z]")


class _Anchors(_RawHTMLPreprocessor):
    """Looks for the ids of tags that were typed, where there may be one: a parser for each page is dear."""

    def run(self, lines: list[str]) -> list[str]:
        return super().run(lines) if any("<" in line and _TAG.search(line) for line in lines) else lines


class Renderer:
    """Renders the pages of one build. Not for two threads at once; a forked process has its own."""

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        """Take MkDocs's validated configuration and the files of the build."""
        self._config, self._files = config, files
        self._shares = _RESET_CLEARS.issuperset(config.markdown_extensions)
        self._markdown: QuickReader | None = None

    def render(self, page: Page) -> None:
        """Set what `page.render(config, files)` sets, and log the warnings that it logs."""
        if not self._shares or page.markdown is None:
            page.render(self._config, self._files)
            return
        reader = self._markdown or QuickReader(
            extensions=self._config.markdown_extensions, extension_configs=self._config.mdx_configs or {}
        )
        self._markdown = None  # one that has failed is not used again
        raw, title = _Anchors(), _ExtractTitleTreeprocessor()
        anchors = _ExtractAnchorsTreeprocessor(page.file, self._files, self._config)
        links = _RelativePathTreeprocessor(page.file, self._files, self._config)
        for each in (raw, anchors, links, title):
            each._register(reader)  # in place of those of the page before
        page.content = reader.reset().convert(page.markdown)
        page.toc = get_toc(getattr(reader, "toc_tokens", []))
        page._title_from_render = title.title
        page.present_anchor_ids = anchors.present_anchor_ids | raw.present_anchor_ids
        if _LOG.getEffectiveLevel() > logging.DEBUG:
            page.links_to_anchors = links.links_to_anchors
        self._markdown = reader
