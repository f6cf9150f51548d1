"""The HTML of a built page -> pieces that are set on paper. What cannot be printed is told, and never left out.

Nothing of a page's text becomes code of the typesetter: pieces are data, which print/*.typ read and show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from patientpages.handouts.drawings import drawing
from patientpages.handouts.lists import points, terms
from patientpages.handouts.seen import says_nothing, spoken_in
from patientpages.handouts.tables import table
from patientpages.handouts.text import Inline, Line, Source, breakable, parted
from patientpages.model import Piece
from patientpages.read import classes_of, text_of

# What is set in another way inside a line; each becomes a piece of that name.
_INLINE = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em", "dfn": "em", "var": "em",
           "sub": "sub", "sup": "sup", "code": "code", "kbd": "code", "samp": "code"}  # fmt: skip
_PLAIN = frozenset({"span", "abbr", "mark", "small", "time", "u", "bdi", "bdo", "ins", "data", "font", "label", "a"})
_INTO = frozenset({"p", "div", "section", "article", "aside", "header", "footer", "main", "center", "hgroup", "address",
                   "summary", "legend"})  # fmt: skip
_LED = frozenset({"ul", "ol", "terms", "table"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DEEPEST = 20  # the typesetter has its own end; a table counts for two levels, a box for three


class Maker:
    """Makes pieces of the children of an element."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._level = 1  # of the last heading: the title's
        self._ways: dict[str, Callable[[LexborNode, int], list[Piece]]] = {
            **dict.fromkeys(_HEADINGS, self._heading),
            **dict.fromkeys(
                ("ul", "ol", "menu"),
                lambda node, depth: points(node, lambda item: self.inside(item, depth), source),
            ),
            "dl": lambda node, depth: terms(
                node, lambda term: self._line_of(term, depth), lambda each: self.inside(each, depth), source
            ),
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
            for part in parted(line.ended()):
                made.extend(part["c"] if part["t"] == "break" else [part])

        for node in nodes:
            if not self._inline(node, line, line.pieces, made, end, depth):
                end()
                made += self._block(node, depth)
        end()
        # The line that leads in to a list or a table stays with it.
        return [{**piece, "lead": True} if piece["t"] == "p" and after["t"] in _LED else piece
                for piece, after in zip(made, [*made[1:], {"t": ""}], strict=False)]  # fmt: skip

    def _inline(
        self, node: LexborNode, line: Line, into: list[Inline], made: list[Piece], end: Callable[[], None], depth: int
    ) -> bool:
        """Take a node into the line that is being put together; tell whether it belongs there."""
        tag = node.tag or ""
        if node.is_text_node:
            line.text(node.text(deep=False), into)
        elif says_nothing(node):
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
            lead = self.source.link(attributes["href"] or "", text_of(node))
            return [{"t": "link", "c": own, **lead, "shown": breakable(lead["shown"])}]
        if own and (spoken := spoken_in(node)):
            return [{"t": "lang", **spoken, "c": own}]
        return [{"t": _INLINE[tag], "c": own}] if tag in _INLINE and own else own

    def _too_deep(self, node: LexborNode) -> None:
        self.source.wrong(
            "this stands in too many boxes and lists inside each other to be printed",
            "Take some of them out: at most six boxes, or a dozen lists.",
            text_of(node)[:200],
        )

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
            made, spoken = self.inside(node, depth), spoken_in(node)
            return [{"t": "part", **spoken, "c": made}] if made and spoken else made
        hint = "Say it in words, as a list, a table or a picture."
        self.source.wrong(f"<{tag}> cannot be printed", hint, f"<{tag}")
        return []

    def inside(self, node: LexborNode, depth: int) -> list[Piece]:
        """Return what stands in an element."""
        return self.pieces(node.iter(include_text=True), depth + 1)

    def _heading(self, node: LexborNode, depth: int) -> list[Piece]:
        words = self._line_of(node, depth)
        if not words:
            return []
        # A level may not be left out: whoever cannot see them would look for what is missing.
        self._level = min(max(_HEADINGS[node.tag or ""], 2), self._level + 1)
        return [{"t": "h", "level": self._level, "id": node.attributes.get("id") or "", "c": words}]

    def _table(self, node: LexborNode, depth: int) -> list[Piece]:
        return table(node, self.source.room, lambda cell: self.inside(cell, depth + 1))

    def _line_of(self, node: LexborNode, depth: int) -> list[Inline]:
        """Return the text of a heading, a title or a term, all of it in one line; tell of what is more than a line."""
        line: list[Inline] = []
        for piece in self.inside(node, depth):
            inside = piece["c"] if piece["t"] == "p" else []
            if not inside:
                what = f"a heading, title or term (<{node.tag}>) can have words in one line, and nothing else"
                self.source.wrong(what, "Put lists and pictures below it.", text_of(node)[:200] or f"<{node.tag}")
            line += [{"t": "text", "v": " "}, *inside] if line else inside
        return line

    def _box(self, node: LexborNode, depth: int) -> list[Piece]:
        """Return a box of Material's, or what a page folds away: on paper it is open."""
        titles = [each for each in node.iter() if each.tag == "summary" or "admonition-title" in classes_of(each)][:1]
        rest = [child for child in node.iter(include_text=True) if child.mem_id not in {t.mem_id for t in titles}]
        kinds = [name for name in (node.attributes.get("class") or "").split() if name != "admonition"]
        title, inside = self._line_of(titles[0], depth) if titles else [], self.pieces(rest, depth + 3)
        if "checklist" in kinds:  # with boxes for a pen
            inside = [{**piece, "tick": True} if piece["t"] == "ul" else piece for piece in inside]
        return [{"t": "box", "kind": kinds[0] if kinds else "", "title": title, "c": inside}]

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
