"""Python-Markdown's inline patterns, each tried only on a text that has the signs without which it cannot match.

Most of the time of a page goes into some twenty patterns that are tried on every text, and most texts are plain
words. The signs are known by the pattern's regular expression, word for word; any other pattern is always tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown import inlinepatterns as known
from markdown.treeprocessors import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER_PREFIX, AtomicString

from patientpages.markdown.inserts import INSERT

# Its steps for one pattern and for what patterns have found, which go by no public names.
_APPLY: Any = vars(InlineProcessor)["_InlineProcessor__applyPattern"]
_PLACE: Any = vars(InlineProcessor)["_InlineProcessor__processPlaceholders"]
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
_EMPHASIS = r"\*|_"  # has either of two signs


def _signs(patterns: Iterable[Any]) -> Iterable[tuple[Any, str, str]]:
    """Yield each pattern with the two signs of which a text must have one ("" where any text may match)."""
    for each in patterns:
        words = each.getCompiledRegExp().pattern
        sign = _SIGNS.get(words, "")
        yield (each, "*", "_") if words == _EMPHASIS else (each, sign, sign)


class QuickInline(InlineProcessor):
    """Does what the processor named "inline" does, in the same order, and leaves out what cannot match."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._tried: list[tuple[Any, str, str]] = []
        self._some = re.compile("")  # found in a text that any pattern may match

    def run(self, tree: ElementTree.Element, ancestors: list[str] | None = None) -> ElementTree.Element:
        """Apply the patterns to a tree."""
        self._tried = list(_signs(self.md.inlinePatterns))
        signs = sorted({sign for _, *two in self._tried for sign in two})
        self._some = re.compile("|".join(map(re.escape, signs)))
        return super().run(tree, ancestors)

    # Python-Markdown's own names for these steps, which its other steps call: it offers no public ones (below: its).
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 (its)
        """Return a text with a placeholder for each element that a pattern found, from this pattern on."""
        if isinstance(data, AtomicString) or not self._some.search(data):
            return data
        start, index, tried = 0, patternIndex, self._tried
        while index < len(tried):
            pattern, sign, other = tried[index]
            matched = False
            if sign in data or other in data:
                data, matched, start = _APPLY(self, pattern, data, index, start)
            if not matched:
                start, index = 0, index + 1
        return data

    def _InlineProcessor__processPlaceholders(  # noqa: N802 (its)
        self,
        data: str,
        parent: ElementTree.Element,
        isText: bool = True,  # noqa: N803 (its)
    ) -> list[tuple[ElementTree.Element, list[str]]]:
        """Put a text into `parent`, and return the elements that its placeholders stand for."""
        if not data or INLINE_PLACEHOLDER_PREFIX in data:
            found: list[tuple[ElementTree.Element, list[str]]] = _PLACE(self, data, parent, isText)
            return found
        if isText:
            parent.text = parent.text + data if parent.text else data
        else:
            parent.tail = parent.tail + data if parent.tail else data
        return []
