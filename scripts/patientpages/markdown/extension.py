"""The extension itself: an inline pattern for values, and a preprocessor for shared sections."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from patientpages.markdown.inserts import INSERT
from patientpages.markdown.quick import QuickInline
from patientpages.markdown.sections import section_body

_SECTION_LINE = re.compile(r"^\{\{\s*section\s*:\s*([\w-]+)\s*\}\}\s*$")
_MADE_LINE = re.compile(r"^\{\{\s*(sources|picture|index|search)\s*:\s*([\w-]+)\s*\}\}\s*$")
# Behind code (190) and escapes (180), before links (160): a value may stand in a link's text.
_PRIORITY = 175
_ENOUGH_SECTIONS = 3  # fewer are seen at a glance


class _Value(InlineProcessor):
    """Put in a fact, a clinic value or an emergency value, marked so that readers of the page know it."""

    def __init__(
        self, md: Markdown, values: Mapping[str, Mapping[str, str]], phones: Mapping[str, Sequence[str]]
    ) -> None:
        super().__init__(INSERT.pattern, md)
        self._values, self._phones = values, phones

    def handleMatch(  # type: ignore[override]  # noqa: N802 (the name is Python-Markdown's)
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element, int, int]:
        kind, name = m["kind"], m["name"]
        key = f"{name}, {m['form']}" if m["form"] else name
        text = self._values.get(kind, {}).get(key)
        if text is None:
            mark = ElementTree.Element("mark", {"data-unknown": f"{kind}: {key}"})
            mark.text = AtomicString(f"{kind}: {key}")
            return mark, m.start(0), m.end(0)
        attribute = "data-fact" if kind == "fact" else "data-clinic"
        value = ElementTree.Element("span", {attribute: name if kind == "fact" else f"{kind}.{name}"})
        value.text = AtomicString(text)  # words of the data: what they look like in Markdown means nothing
        shown, digits = self._phones.get(f"{kind}.{name}", ("", ""))
        if shown and shown in text:
            before, _, after = text.partition(shown)
            value.text = AtomicString(before)
            link = ElementTree.SubElement(value, "a", {"href": f"tel:{digits}"})
            link.text, link.tail = AtomicString(shown), AtomicString(after)
        return value, m.start(0), m.end(0)


class _SharedSection(Preprocessor):
    """Replace a line `{{ section: soreness }}` by the text of that section on its home page.

    Comments mark its beginning and end, so that a finding can name the line of the insert.
    """

    def __init__(self, md: Markdown, homes: Mapping[str, str], texts: Mapping[str, str]) -> None:
        super().__init__(md)
        self._homes, self._texts = homes, texts
        self._bodies: dict[str, str | None] = {}  # of the sections whose text was given, by topic

    def run(self, lines: list[str]) -> list[str]:
        out: list[str] = []
        for line in lines:
            match = _SECTION_LINE.match(line) if line.startswith("{{") else None
            body = self._body(match[1]) if match else None
            if match and body is not None:
                out += [f"<!-- section: {match[1]} -->", "", *body.split("\n"), "", "<!-- end of section -->", ""]
            else:
                out.append(line)
        return out

    def _body(self, topic: str) -> str | None:
        home = self._homes.get(topic)
        if home is None:
            return None  # the insert stays as it is, is shown as unknown, and is a finding
        if home in self._texts:
            if topic not in self._bodies:
                self._bodies[topic] = section_body(self._texts[home].replace("\r\n", "\n"), topic)
            return self._bodies[topic]
        try:
            text = Path(home).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return None
        return section_body(text.replace("\r\n", "\n"), topic)


class _Made(Preprocessor):
    """Replace a line `{{ sources: all }}` or `{{ picture: sore-people }}` by what is made from the data."""

    def __init__(self, md: Markdown, made: Mapping[str, Mapping[str, str]]) -> None:
        super().__init__(md)
        self._made = made

    def run(self, lines: list[str]) -> list[str]:
        out: list[str] = []
        for line in lines:
            match = _MADE_LINE.match(line) if line.startswith("{{") else None
            text = self._made.get(match[1], {}).get(match[2]) if match else None
            out += [line] if text is None else ["", self.md.htmlStash.store(text), ""]
        return out


class _Contents(Treeprocessor):
    """Put "On this page" behind the box "In short" of a page with enough sections.

    It stands in the text, so that a reader and a screen reader meet the answer first; the mark `data-part` keeps
    it from being taken for what the page says.
    """

    def __init__(self, md: Markdown, label: str) -> None:
        super().__init__(md)
        self._label = label

    def run(self, root: ElementTree.Element) -> None:
        sections = [token for token in _flat(getattr(self.md, "toc_tokens", [])) if token["level"] == 2]
        box = next((child for child in root if "in-short" in child.get("class", "").split()), None)
        if box is None or len(sections) < _ENOUGH_SECTIONS:
            return
        nav = ElementTree.Element("nav", {"class": "contents", "data-part": "contents", "aria-label": self._label})
        ElementTree.SubElement(nav, "p").text = self._label
        listed = ElementTree.SubElement(nav, "ul")
        for token in sections:
            link = ElementTree.SubElement(ElementTree.SubElement(listed, "li"), "a", {"href": f"#{token['id']}"})
            link.text = AtomicString(html.unescape(token["name"]))
        root.insert(list(root).index(box) + 1, nav)


class _Formerly(Treeprocessor):
    """Take `formerly="old"` off again: it speaks to the ledger of addresses, and is no attribute of HTML."""

    def run(self, root: ElementTree.Element) -> None:
        for element in root.iter():
            element.attrib.pop("formerly", None)


def _flat(tokens: Iterable[Any]) -> Iterator[Any]:
    for token in tokens:
        yield token
        yield from _flat(token["children"])


class PatientPages(Extension):
    """The extension. Options:

    `values` (kind -> name -> text), `phones` (name -> [linked text, digits]), `homes` (topic -> file),
    `texts` (file of `homes` -> its Markdown: what was read once already; any other file is read for each page),
    `made` (kind -> name -> HTML of what stands on a line of its own: the list of sources, pictures),
    `contents` (the words "On this page"; without them there is no such list).
    """

    def __init__(self, **kwargs: Any) -> None:
        self.config = {
            "values": [{}, "what {{ kind: name }} stands for, by kind and name"],
            "phones": [{}, "values with a number to call: what of the text is the link, and the digits"],
            "homes": [{}, "the source file of each shared section"],
            "texts": [{}, "the text of a source file of a shared section, where it was read already"],
            "made": [{}, "what a line {{ kind: name }} stands for, as HTML, by kind and name"],
            "contents": ["", 'the words "On this page"'],
        }
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Python-Markdown's)
        """Register the processors."""
        md.treeprocessors.register(QuickInline(md), "inline", 20)  # in place of the one that is there
        md.inlinePatterns.register(_Value(md, self.getConfig("values"), self.getConfig("phones")), "insert", _PRIORITY)
        # Before raw HTML is taken out (20), so that the marking comments are kept as they are.
        shared = _SharedSection(md, self.getConfig("homes"), self.getConfig("texts"))
        md.preprocessors.register(shared, "shared-section", 25)
        md.preprocessors.register(_Made(md, self.getConfig("made")), "made", 15)
        md.treeprocessors.register(_Formerly(md), "formerly", 4)  # behind attr_list (8)
        if self.getConfig("contents"):
            # Behind the table of contents (5), which gives headings their ids.
            md.treeprocessors.register(_Contents(md, self.getConfig("contents")), "contents", 3)


def makeExtension(**kwargs: Any) -> PatientPages:  # noqa: N802 (the name is Python-Markdown's)
    """Make the extension, as Python-Markdown asks for it."""
    return PatientPages(**kwargs)
