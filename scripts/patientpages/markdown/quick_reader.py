"""Python-Markdown's reader with quicker steps, each in place of exactly the one that it gives the same results as."""

from __future__ import annotations

from typing import Any

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions.toc import TocTreeprocessor
from markdown.serializers import to_xhtml_string
from markdown.treeprocessors import UnescapeTreeprocessor

from patientpages.markdown.quick_blocks import QuickParser
from patientpages.markdown.quick_tree import QuickToc, QuickUnescape, to_xhtml


class QuickReader(Markdown):
    """A reader that gives what its base gives."""

    def __init__(self, **options: Any) -> None:
        """Take Python-Markdown's options. What an extension has replaced stays as the extension wants it."""
        super().__init__(**options)
        self._blocks = frozenset(self.block_level_elements)
        if type(self.parser) is BlockParser:
            self.parser.__class__ = QuickParser  # the processors of blocks hold it already
        for step in self.treeprocessors:
            if type(step) is TocTreeprocessor:
                step.__class__ = QuickToc
            elif type(step) is UnescapeTreeprocessor:
                step.__class__ = QuickUnescape
        if self.serializer is to_xhtml_string:
            self.serializer = to_xhtml

    def is_block_level(self, tag: Any) -> bool:
        """Tell whether a tag is that of a block."""
        return tag in self._blocks or (isinstance(tag, str) and tag.lower().rstrip("/") in self._blocks)
