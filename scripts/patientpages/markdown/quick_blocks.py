"""Python-Markdown's parser of blocks, which asks a dozen processors about each block, and most blocks are plain words.

A block of one line that begins with a letter is a paragraph to all the processors that are known here.
"""

from __future__ import annotations

from xml.etree import ElementTree

from markdown import blockprocessors as known
from markdown.blockparser import BlockParser
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.extensions.def_list import DefListIndentProcessor, DefListProcessor
from markdown.extensions.sane_lists import SaneOListProcessor, SaneUListProcessor
from markdown.extensions.tables import TableProcessor

# Each wants an empty block, an indent, a sign that is no letter at the beginning of a line, or a second line.
_NOT_WORDS = frozenset({
    known.EmptyBlockProcessor, known.ListIndentProcessor, known.CodeBlockProcessor, known.HashHeaderProcessor,
    known.SetextHeaderProcessor, known.HRProcessor, known.OListProcessor, known.UListProcessor,
    known.BlockQuoteProcessor, known.ReferenceProcessor, AdmonitionProcessor, DefListIndentProcessor, DefListProcessor,
    SaneOListProcessor, SaneUListProcessor, TableProcessor,
})  # fmt: skip


class QuickParser(BlockParser):
    """Does what its base does: an instance of that becomes one of this when its processors are all registered."""

    def parseBlocks(self, parent: ElementTree.Element, blocks: list[str]) -> None:  # noqa: N802 (Python-Markdown's)
        """Process blocks, and attach what becomes of them to `parent`."""
        processors = list(self.blockprocessors)
        last = processors[-1]
        words = type(last) is known.ParagraphProcessor and all(type(each) in _NOT_WORDS for each in processors[:-1])
        while blocks:
            block = blocks[0]
            if words and block[:1].isalpha() and "\n" not in block:
                last.run(parent, blocks)
                continue
            for processor in processors:
                if processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break
