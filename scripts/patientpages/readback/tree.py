"""The structure tree of a PDF -> what it tells a reader, in reading order: blocks, words, links, pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PdfReader

from patientpages.readback.fonts import got
from patientpages.readback.runs import Owner, Run

_DEEPEST = 150  # elements inside elements
# Standard types -> elements. What is not here has no element of its own: its text belongs to what it stands in.
_BLOCKS = {
    **{f"H{level}": f"h{level}" for level in range(1, 7)},
    **dict.fromkeys(("Part", "Sect", "Div", "Art", "Aside", "Index", "TOC"), "div"),
    **dict.fromkeys(("TOCI", "Note", "FENote", "BibEntry", "NonStruct", "Private"), "div"),
    "Title": "h1", "P": "p", "BlockQuote": "blockquote", "Caption": "figcaption", "Figure": "figure",
    "Formula": "figure", "L": "ul", "LI": "li", "Table": "table", "THead": "thead", "TBody": "tbody",
    "TFoot": "tfoot", "TR": "tr", "TH": "th", "TD": "td",
}  # fmt: skip


@dataclass(slots=True)
class Node:
    """A block and what stands in it. `label` is a list's mark, a term, or a footnote's number."""

    tag: str
    language: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | Words] = field(default_factory=list)
    label: Node | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text, and the address that a link around it leads to ("" if there is none)."""

    run: Run
    href: str = ""


class Tree:
    """Reads the structure tree once. `broken` tells what cannot be read; `heard` which pieces of content it names."""

    def __init__(self, reader: PdfReader, runs: Mapping[Owner, list[Run]], language: str) -> None:
        self._runs, self._language = runs, language
        self._pages = {
            page.indirect_reference.idnum: at for at, page in enumerate(reader.pages) if page.indirect_reference
        }
        root = got(reader.root_object.get("/StructTreeRoot")) or {}
        self._roles = got(root.get("/RoleMap")) or {}
        self._seen: set[int] = set()
        self.heard: dict[Owner, tuple[int, str]] = {}  # number of the block that it stands in, and its language
        self.broken: list[str] = []
        self._blocks = 0
        self.root = Node("div", language)
        self._children(root, self.root, "", None, 0)

    def _role(self, kind: str) -> str:
        """Return the standard type that a type stands for."""
        for _ in range(len(self._roles)):
            if kind.removeprefix("/") in _BLOCKS or kind not in self._roles:
                break
            kind = str(got(self._roles[kind]))
        return kind.removeprefix("/")

    def _children(self, element: Any, node: Node, href: str, page: int | None, depth: int) -> None:
        kids = got(element.get("/K"))
        for kid in kids if isinstance(kids, list) else [] if kids is None else [kids]:
            child = got(kid)
            if isinstance(child, int):
                self._content((page if page is not None else -1, 0, int(child)), node, href)
            elif child is None or child.get("/Type") == "/OBJR":
                continue
            elif child.get("/Type") == "/MCR":
                stream = child.raw_get("/Stm").idnum if "/Stm" in child else 0
                place = self._page(child, page)
                self._content((place if place is not None else -1, stream, int(child["/MCID"])), node, href)
            else:
                self._element(child, getattr(kid, "idnum", 0), node, href, page, depth + 1)

    def _page(self, element: Any, page: int | None) -> int | None:
        return self._pages.get(element.raw_get("/Pg").idnum) if "/Pg" in element else page

    def _content(self, owner: Owner, node: Node, href: str) -> None:
        """Put in a piece of content."""
        runs = self._runs.get(owner, [])
        if owner in self.heard:
            text = "".join(run.text for run in runs)
            self.broken.append(f'the structure tree reads "{text[:60]}" twice (page {owner[0] + 1})')
            return
        self.heard[owner] = (self._blocks, node.language)
        node.children += [Words(run, href) for run in runs]

    def _element(self, element: Any, number: int, node: Node, href: str, page: int | None, depth: int) -> None:
        if number and number in self._seen:
            self.broken.append("an element stands twice in the structure tree")
            return
        if depth > _DEEPEST:
            self.broken.append(f"the structure tree is more than {_DEEPEST} elements deep")
            return
        self._seen.add(number)
        role, language = self._role(str(element.get("/S"))), str(got(element.get("/Lang")) or node.language)
        page = self._page(element, page)
        if role == "Artifact":
            return
        if role == "Link":
            href = next(self._addresses(element), href)
        tag = _BLOCKS.get(role) or ("div" if self._attribute(element, "Placement") == "/Block" else "")
        if role == "Lbl":
            tag = "dt"
        made = Node(tag, language, self._attributes(tag, element)) if tag else node
        before = len(made.children)
        self._blocks += bool(tag)
        self._children(element, made, href, page, depth)
        self._blocks += bool(tag)
        if "/ActualText" in element:
            heard = [child for child in made.children[before:] if isinstance(child, Words)]
            spoken = [Words(replace(heard[0].run, text=str(got(element["/ActualText"]))), href)] if heard else []
            made.children[before:] = spoken
        if role == "Lbl":
            node.label = made
        elif tag:
            self._hang(made, node)

    def _hang(self, made: Node, node: Node) -> None:
        """Put a block where HTML has it: a list inside a list stands in the item before it."""
        last = node.children[-1] if node.children else None
        if made.tag in ("ul", "ol") and node.tag in ("ul", "ol") and isinstance(last, Node):
            last.children.append(made)
        else:
            node.children.append(made)

    def _attributes(self, tag: str, element: Any) -> dict[str, str]:
        found = {}
        if tag == "figure":
            found["alt"] = str(got(element.get("/Alt"))) if "/Alt" in element else ""
        if tag in ("th", "td"):
            for name, html in (("ColSpan", "colspan"), ("RowSpan", "rowspan"), ("Scope", "scope")):
                value = str(self._attribute(element, name) or "").removeprefix("/").lower()
                found |= {html: {"column": "col"}.get(value, value)} if value else {}
        if tag == "ul":
            found["numbering"] = str(self._attribute(element, "ListNumbering") or "")
        return found

    def _attribute(self, element: Any, name: str) -> Any:
        """Return an attribute (`/A`) of an element, or None."""
        held = got(element.get("/A"))
        for entry in held if isinstance(held, list) else [held]:
            value = got(entry)
            if hasattr(value, "get") and f"/{name}" in value:
                return got(value[f"/{name}"])
        return None

    @staticmethod
    def _addresses(element: Any) -> Iterator[str]:
        """Yield where the annotations of a link lead."""
        kids = got(element.get("/K"))
        for kid in kids if isinstance(kids, list) else [kids]:
            entry = got(kid)
            if hasattr(entry, "get") and entry.get("/Type") == "/OBJR":
                action = got(got(entry.get("/Obj")).get("/A")) or {}
                if "/URI" in action:
                    yield str(got(action["/URI"]))
