"""The HTML of a built page -> pieces that are set on paper. What cannot be printed is told, and never left out.

Nothing of a page's text becomes code of the typesetter: pieces are data, which print/*.typ read and show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from patientpages.handouts.drawings import drawing
from patientpages.handouts.tables import table
from patientpages.handouts.text import Inline, Line, Source, breakable
from patientpages.model import Piece
from patientpages.read import classes_of, hidden_because, text_of

# What is set in another way inside a line; each becomes a piece of that name.
_INLINE = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em", "dfn": "em", "var": "em",
           "sub": "sub", "sup": "sup", "code": "code", "kbd": "code", "samp": "code"}  # fmt: skip
_PLAIN = frozenset({"span", "abbr", "mark", "small", "time", "u", "bdi", "bdo", "ins", "data", "font", "label", "a"})
_INTO = frozenset({"p", "div", "section", "article", "aside", "header", "footer", "main", "center", "hgroup", "address",
                   "summary", "legend"})  # fmt: skip
_LEFT_OUT = frozenset({"nav", "form", "script", "style", "template", "noscript", "button", "wbr", "meta", "link"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DEEPEST = 30  # boxes in boxes: more is a mistake, and the typesetter has its own end


class Maker:
    """Makes pieces of the children of an element."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._ways: dict[str, Callable[[LexborNode, int], list[Piece]]] = {
            **dict.fromkeys(_HEADINGS, self._heading),
            **dict.fromkeys(("ul", "ol", "menu"), self._list),
            "dl": self._terms,
            "table": self._table,
            "figure": self._figure,
            "img": self._image,
            "svg": self._drawing,
            "blockquote": lambda node, depth: [{"t": "quote", "c": self.inside(node, depth)}],
            "pre": lambda node, _: [{"t": "pre", "v": breakable(node.text())}],
            "hr": lambda *_: [{"t": "hr"}],
        }

    def pieces(self, nodes: Iterable[LexborNode], depth: int = 0) -> list[Piece]:
        """Return the blocks that these nodes are."""
        made: list[Piece] = []
        line = Line()

        def end() -> None:
            if done := line.ended():
                made.append({"t": "p", "c": done})

        for node in nodes:
            if not self._inline(node, line, line.pieces, made, end, depth):
                end()
                made += self._block(node, depth)
        end()
        return made

    def _inline(
        self, node: LexborNode, line: Line, into: list[Inline], made: list[Piece], end: Callable[[], None], depth: int
    ) -> bool:
        """Take a node into the line that is being put together; tell whether it belongs there."""
        tag = node.tag or ""
        if node.is_text_node:
            line.text(node.text(deep=False), into)
        elif node.is_comment_node or tag in _LEFT_OUT or hidden_because(node).startswith("it is hidden"):
            pass
        elif tag == "br":
            into.append({"t": "br"})
            line.begin()
        elif tag == "q":
            line.text("“", into)
            self._inside(node, line, into, made, end, depth)
            line.text("”", into)
        elif tag in _INLINE or tag in _PLAIN:
            if any(child.tag in _HEADINGS or child.tag in _INTO for child in node.css("*")):
                return False
            own: list[Inline] = []
            self._inside(node, line, own, made, end, depth)
            into += self._wrapped(node, tag, own)
        else:
            return False
        return True

    def _inside(
        self, node: LexborNode, line: Line, into: list[Inline], made: list[Piece], end: Callable[[], None], depth: int
    ) -> None:
        if depth > _DEEPEST:
            self._too_deep(node)
            return
        for child in node.iter(include_text=True):
            if not self._inline(child, line, into, made, end, depth + 1):
                # A picture inside a line of text stands below what came before it.
                made_inside = self._block(child, depth + 1)
                into += [{"t": "break", "c": made_inside}] if made_inside else []

    def _wrapped(self, node: LexborNode, tag: str, own: list[Inline]) -> list[Inline]:
        attributes = node.attributes
        if tag == "a" and own and attributes.get("href"):
            return [{"t": "link", "c": own, **self.source.link(attributes["href"] or "", text_of(node))}]
        language, direction = attributes.get("lang") or "", attributes.get("dir") or ""
        if (language or direction) and own:
            return [{"t": "lang", "lang": language.partition("-")[0], "dir": direction, "c": own}]
        return [{"t": _INLINE[tag], "c": own}] if tag in _INLINE and own else own

    def _too_deep(self, node: LexborNode) -> None:
        self.source.wrong("this stands in too many boxes and lists inside each other to be printed",
                          f"Take out some of them: {_DEEPEST} levels at most.", text_of(node)[:200])  # fmt: skip

    def _block(self, node: LexborNode, depth: int) -> list[Piece]:
        """Return the blocks that an element is."""
        tag = node.tag or ""
        if depth > _DEEPEST:
            self._too_deep(node)
            return []
        if tag == "details" or "admonition" in classes_of(node):
            return self._box(node, depth)
        if tag in self._ways:
            return self._ways[tag](node, depth)
        if tag in _INTO or tag in _INLINE or tag in _PLAIN:
            return self._spoken(node, self.inside(node, depth))
        hint = "Say it in words, as a list, a table or a picture."
        self.source.wrong(f"<{tag}> cannot be printed", hint, f"<{tag}")
        return []

    def inside(self, node: LexborNode, depth: int) -> list[Piece]:
        """Return what stands in an element."""
        return self.pieces(node.iter(include_text=True), depth + 1)

    def _spoken(self, node: LexborNode, made: list[Piece]) -> list[Piece]:
        """Return blocks in the language, and the direction, that their element names."""
        language, direction = node.attributes.get("lang") or "", node.attributes.get("dir") or ""
        if (language or direction) and made:
            return [{"t": "part", "lang": language.partition("-")[0], "dir": direction, "c": made}]
        return made

    def _heading(self, node: LexborNode, depth: int) -> list[Piece]:
        level, anchor = _HEADINGS[node.tag or ""], node.attributes.get("id") or ""
        return [{"t": "h", "level": level, "id": anchor, "c": self._line_of(node, depth)}]

    def _table(self, node: LexborNode, depth: int) -> list[Piece]:
        return table(node, self.source.room, lambda cell: self.inside(cell, depth))

    def _line_of(self, node: LexborNode, depth: int) -> list[Inline]:
        """Return the text of a heading or a title, all of it in one line."""
        made = self.inside(node, depth)
        return [inline for piece in made if piece["t"] == "p" for inline in piece["c"]]

    def _list(self, node: LexborNode, depth: int) -> list[Piece]:
        items = [self.inside(item, depth) for item in node.iter() if item.tag == "li"]
        loose = [item for item in node.iter() if item.tag != "li" and not item.is_comment_node]
        if loose:
            self.source.wrong(f"a list holds <{loose[0].tag}> outside its points", "Put it into a point of the list.",
                              text_of(loose[0])[:200])  # fmt: skip
        start = node.attributes.get("start") or "1"
        kind = "ol" if node.tag == "ol" else "ul"
        return [{"t": kind, "items": items, "start": int(start) if start.isdecimal() else 1}] if items else []

    def _terms(self, node: LexborNode, depth: int) -> list[Piece]:
        items: list[dict[str, Any]] = []
        for child in node.iter():
            inner = child.iter(include_text=True)
            if child.tag == "dt":
                items.append({"term": self._line_of(child, depth), "c": []})
            elif child.tag == "dd" and items:
                items[-1]["c"] += self.pieces(inner, depth + 1)
        return [{"t": "terms", "items": items}] if items else []

    def _box(self, node: LexborNode, depth: int) -> list[Piece]:
        """Return a box of Material's, or what a page folds away: on paper it is open."""
        titles = [child for child in node.iter() if child.tag == "summary" or "admonition-title" in classes_of(child)]
        rest = [child for child in node.iter(include_text=True) if child.mem_id not in {t.mem_id for t in titles}]
        kinds = [name for name in (node.attributes.get("class") or "").split() if name != "admonition"]
        title = self._line_of(titles[0], depth) if titles else []
        return [{"t": "box", "kind": kinds[0] if kinds else "", "title": title, "c": self.pieces(rest, depth + 1)}]

    def _figure(self, node: LexborNode, depth: int) -> list[Piece]:
        ours = node.attributes.get("data-part") == "picture"
        captions = [child for child in node.iter() if child.tag == "figcaption"]
        inside = [child for caption in captions for child in caption.iter(include_text=True)]
        caption = self.pieces(inside, depth + 1)
        if ours:
            return [{"t": "picture", **drawing(node), "caption": caption}]
        rest = [child for child in node.iter(include_text=True) if child.tag != "figcaption"]
        return [*self.pieces(rest, depth + 1), *caption]

    def _image(self, node: LexborNode, _: int) -> list[Piece]:
        src, alt = node.attributes.get("src") or "", (node.attributes.get("alt") or "").strip()
        name, wrong = self.source.picture(src)
        if wrong:
            hint = "PNG, JPEG or SVG, at most 500 KB, in the folder of the pages."
            self.source.wrong(f"the picture {src} cannot be printed: {wrong}", hint, src.rsplit("/", 1)[-1])
            return []
        return [{"t": "image", "file": name, "alt": alt}]

    def _drawing(self, node: LexborNode, _: int) -> list[Piece]:
        """Return a drawing that stands in the page itself, with the words that it has for whoever does not see it."""
        said = " ".join(text_of(part) for part in node.css("title, desc"))
        label = node.attributes.get("aria-label") or said
        if not label.strip():
            self.source.wrong("this drawing says nothing to whoever cannot see it", "<title>What it shows</title>",
                              "<svg")  # fmt: skip
            return []
        markup = node.html or ""
        if "xmlns" not in markup.partition(">")[0]:
            markup = markup.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        return [{"t": "image", "svg": markup, "alt": label.strip()}]


def pieces_of(html: str, source: Source) -> list[Piece]:
    """Return the pieces of a part of a page; what cannot be printed goes to `source.troubles`."""
    main = LexborHTMLParser(f"<main>{html}</main>").css_first("main")
    return Maker(source).pieces(main.iter(include_text=True)) if main is not None else []
