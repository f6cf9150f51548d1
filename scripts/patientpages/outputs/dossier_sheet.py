"""What the sheet to sign shows of one page: rendered once, from the page and what is known of it, then joined."""

from __future__ import annotations

from dataclasses import dataclass

from patientpages.checks.topics import asked_of
from patientpages.model import Page, PlainWords, SignOff, Site
from patientpages.outputs.sheets import escaped, sheet_macro
from patientpages.plain import Item, Measure, blocks_of_page, hardest, measure, sentences_of, texts, visible_items

_EARNED, _LOST = "<td>yes</td>", '<td class="no">no</td>'


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is shown of a page."""

    name: str
    language: str
    standing: SignOff
    limit: int | None  # the highest reading grade of its kind
    measure: Measure
    without: Measure  # the unavoidable words counted as one syllable
    hardest: tuple[tuple[str, float, str], ...]
    items: tuple[Item, ...]

    @property
    def earned(self) -> str:
        """How many of the items that a machine can see are earned, by tool."""
        return ", ".join(
            f"{tool} {sum(i.earned for i in self.items if i.tool == tool)} of {sum(i.tool == tool for i in self.items)}"
            for tool in ("PEMAT", "CDC")
        )

    @property
    def seen(self) -> str:
        """The items as rows, in HTML: some thirty a page."""
        return "".join(
            f"<tr><td>{item.tool} {item.number}</td><td>{escaped(item.what)}</td>"
            f"{_EARNED if item.earned else _LOST}<td>{escaped(item.shown)}</td></tr>\n"
            for item in self.items
        )


@dataclass(frozen=True, slots=True)
class PageSheet:
    """The part of a page in the sheet. It does not depend on where the site stands, nor on other pages."""

    language: str
    page: str
    line: str  # HTML: its row in the table of all pages; "" where its language has no list of plain words
    sheet: tuple[str, ...]  # HTML: what follows that table, cut where the link to the site belongs
    shown: tuple[tuple[str, str], ...]  # each fact that it shows, and the words that show it first
    said: tuple[tuple[str, str, str], ...]  # topic.statement, what it must tell; HTML: page, sentence
    sources: tuple[str, ...]  # the keys of its citations


def _sheet(page: Page, site: Site, plain: PlainWords, codes: frozenset[str]) -> _Sheet:
    found = texts(sentences_of(blocks_of_page(page)))
    kind = site.standard.kinds.get(page.source.kind)
    return _Sheet(
        page.source.name, site.language, site.sign_offs[page.source.name], kind.grade if kind else None,
        measure(found, plain.syllables), measure(found, plain.syllables, plain.unavoidable),
        tuple(hardest(found, plain.syllables)), tuple(visible_items(page, plain, codes)),
    )  # fmt: skip


def _shown(page: Page) -> tuple[tuple[str, str], ...]:
    shown: dict[str, str] = {}
    for block in blocks_of_page(page):
        for name in block.facts:
            shown.setdefault(name, block.text)
    return tuple(shown.items())


def _said(page: Page, site: Site) -> tuple[tuple[str, str, str], ...]:
    name, said = escaped(page.source.name), []
    for topic, short in asked_of(page, site)[1]:
        verdicts = site.verdicts.get((page.source.name, topic.id), {})
        for statement in topic.required(short=short):
            verdict = verdicts.get(statement.id)
            if verdict and verdict.said:
                sentence = f"<li>{name}: “{escaped(verdict.sentence or '')}”</li>"
                said.append((f"{topic.id}.{statement.id}", statement.tells, sentence))
    return tuple(said)


def page_sheet(page: Page, site: Site, codes: frozenset[str]) -> PageSheet:
    """Return the part of one page; `codes` are those of the findings on it.

    Of its site only the standard, the list of plain words, and the verdicts and the sign-off of this page are asked.
    """
    line: str = ""
    sheet: tuple[str, ...] = ()
    if site.plain:
        whole = _sheet(page, site, site.plain, codes)
        line = sheet_macro("dossier_sheet.html", "line")(whole)
        name, file = escaped(f"{site.language}-{page.source.name}"), escaped(page.file)
        rest = sheet_macro("dossier_sheet.html", "sheet")(whole)
        sheet = (f'<h3 id="{name}"><a href="', f'/{file}">{escaped(page.source.title)}</a></h3>\n{rest}')
    return PageSheet(
        site.language, page.source.name, line, sheet, _shown(page), _said(page, site), tuple(page.source.sources)
    )
