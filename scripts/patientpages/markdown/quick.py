"""Python-Markdown's inline patterns, each tried only on a text that has the signs without which it cannot match.

Most of the time of a page goes into some twenty patterns that are tried on every text, and most texts are plain
words. The signs are known by the pattern's regular expression, word for word; any other pattern is always tried.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown import inlinepatterns as known
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

from patientpages.markdown.inserts import INSERT

# Its step for one pattern, which goes by no public name.
_APPLY: Any = vars(InlineProcessor)["_InlineProcessor__applyPattern"]
_SIGNS = {
    known.BACKTICK_RE: "`",
    known.ESCAPE_RE: "\\",
    known.REFERENCE_RE: "[",
    known.LINK_RE: "[",
    known.IMAGE_LINK_RE: "![",
    known.IMAGE_REFERENCE_RE: "![",
    known.AUTOLINK_RE: "<",
    known.AUTOMAIL_RE: "<",
    known.HTML_RE: "<",
    known.ENTITY_RE: "&",
    known.LINE_BREAK_RE: "  \n",
    INSERT.pattern: "{{",
}


class QuickInline(InlineProcessor):
    """Does what the processor named "inline" does, in the same order, and leaves out what cannot match."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._tried: list[tuple[Any, str]] = []

    def run(self, tree: ElementTree.Element, ancestors: list[str] | None = None) -> ElementTree.Element:
        """Apply the patterns to a tree."""
        self._tried = [(each, _SIGNS.get(each.getCompiledRegExp().pattern, "")) for each in self.md.inlinePatterns]
        return super().run(tree, ancestors)

    # Python-Markdown's own name for this step, which its other steps call: it offers no public one.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        """Return a text with a placeholder for each element that a pattern found, from this pattern on."""
        if isinstance(data, AtomicString):
            return data
        start, index, tried = 0, patternIndex, self._tried
        while index < len(tried):
            pattern, sign = tried[index]
            matched = False
            if sign in data:
                data, matched, start = _APPLY(self, pattern, data, index, start)
            if not matched:
                start, index = 0, index + 1
        return data
