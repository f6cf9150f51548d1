"""What an address of the past shows: a page that says where its text is now, or a notice that it was withdrawn.

None of it needs a script, and none leads on by itself: an old `#place` never reaches a server, so each is answered by
a line of its own, on a page that stands where the old one stood, or on the page that lost it.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from patientpages.ledger import file_of, page_part
from patientpages.model import SHORT, Answer, Artefact, Page, Promises
from patientpages.outputs.shell import address_from, shell

MAKER = "moved"

# What old places leave on a page: HTML, and behind which id it stands ("" for a line at the end of the text).
Marks = tuple[tuple[str, str], ...]


def marked(text: str, marks: Marks) -> str:
    """Return a built page with `Moved.marks` of its file put in: they and the text are all that it depends on."""
    lines = "".join(line for new, line in marks if not new)
    for new, mark in marks:
        if new:
            tag = re.search(rf'<\w+\b[^>]*\bid="{re.escape(new)}"[^>]*>', text)
            text = f"{text[: tag.end()]}{mark}{text[tag.end() :]}" if tag else text
    if lines:
        box = f'<aside class="moved" data-part="moved">{lines}</aside>\n'
        text = text.replace("</article>", f"{box}</article>", 1)
    return text


class Moved:
    """The past of one language: `words` are the group `moved` of _words.yml (HTML), `day` says a date in words."""

    def __init__(
        self,
        pages: Iterable[Page],
        promises: Promises,
        prefix: str,
        words: Mapping[str, str],
        day: Callable[[date], str],
    ) -> None:
        self._words, self._day, self._prefix = words, day, prefix
        self._titles: dict[str, str] = {}
        for page in pages:
            here = self._own(page.file)
            self._titles[here] = page.source.title
            self._titles |= {f"{here}#{section.id}": section.title for section in page.sections}
        self.pages: dict[str, Answer] = {}
        self.places: defaultdict[str, dict[str, Answer]] = defaultdict(dict)
        for address, answer in promises.answers.items():
            if answer.how in ("moved", "withdrawn"):
                where, mark, anchor = self._inside(address).partition("#")
                leads = self._inside(answer.to) if answer.how == "moved" else ""
                to = Answer(answer.how, leads, answer.on, answer.reason)
                if mark:
                    self.places[where][anchor] = to
                else:
                    self.pages[where] = to
        short = f"{SHORT}/"
        self.taken_over = {
            address.removeprefix(short).rstrip("/"): file_of(answer.to) + "#" + answer.to.partition("#")[2]
            for address, answer in self.pages.items()
            if address.startswith(short) and "#" in answer.to
        }

    @staticmethod
    def _own(file: str) -> str:
        return file.removesuffix("index.html") or "./"

    def _inside(self, address: str) -> str:
        inside = address.removeprefix(self._prefix) if self._prefix else address
        return f"./{inside}" if inside.startswith("#") else inside or "./"

    def _said(self, answer: Answer, here: str, lead: str, taken: str = "withdrawn") -> str:
        """Return the line that answers an address, as HTML; `taken` names the words for what was taken down."""
        if answer.how == "withdrawn":
            parts = [self._words[taken]]
            if answer.on:
                parts.append(f"{self._words['since']} {html.escape(self._day(answer.on))}.")
            if answer.reason:
                parts.append(f"{self._words['why']} {html.escape(answer.reason)}")
            return " ".join([*parts, self._words["ask"]])
        at = "" if here == "./" else here
        page, mark, anchor = answer.to.partition("#")
        there = address_from(f"./#{anchor}" if mark else "./", "" if page == "./" else page, at)
        title = self._titles.get(answer.to) or self._titles.get(page, page)
        return f'{lead} <a href="{html.escape(there)}">{html.escape(title)}</a>'.strip()

    def marks(self, file: str) -> Marks:
        """Return all that stands on a page for its old places: () where nothing does."""
        here = self._own(file)
        made = []
        for anchor, answer in self.places.get(here, {}).items():
            page, _, new = answer.to.partition("#")
            old = html.escape(anchor)
            if answer.how == "moved" and page == here and new:
                made.append((new, f'<span id="{old}" data-part="moved"></span>'))
            else:
                line = self._said(answer, here, self._words["part"], "withdrawn_part")
                made.append(("", f'<p id="{old}">{line}</p>'))
        return tuple(made)

    def left_in(self, text: str, file: str) -> str:
        """Return a built page with a mark for each old name of its places, and a line for each that stood on it."""
        return marked(text, self.marks(file))

    def stubs(self, built: Mapping[str, bytes], root: str) -> list[Artefact]:
        """Return a page for each that is gone; `built` are the pages that are there, `root` the website."""
        gone = {page for page in (*self.pages, *self.places) if file_of(page) not in built}
        made = []
        for page in sorted(gone):
            if page.removeprefix(f"{SHORT}/").rstrip("/") in self.taken_over and page.startswith(f"{SHORT}/"):
                continue
            answer = self.pages.get(page, Answer("nowhere"))
            to = file_of(answer.to) if answer.to else "index.html"
            source = built.get(to) or built.get("index.html")
            if source is None or answer.how == "nowhere":
                continue
            kind = "withdrawn_title" if answer.how == "withdrawn" else "title"
            places = self.places.get(page, {})
            # One notice stands for the whole page and for each place on it.
            marks = [a for a, place in places.items() if answer.how == place.how == "withdrawn"]
            spans = "".join(f'<span id="{html.escape(a)}"></span>' for a in marks)
            lines = [f"<p>{spans}{self._said(answer, page, self._words['lead'])}</p>"]
            listed = [
                f'<li id="{html.escape(a)}">{self._said(place, page, "", "withdrawn_part")}</li>'
                for a, place in places.items()
                if a not in marks
            ]
            if listed:
                lines.append(f"<p>{self._words['parts']}</p><ul>{''.join(listed)}</ul>")
            here = to.removesuffix("index.html")
            canonical = root + page_part(answer.to).removeprefix("./") if root and answer.to else ""
            title = html.unescape(self._words[kind])
            text = shell(source.decode(), here, page, title, "".join(lines), canonical)
            made.append(Artefact(file_of(page), text.encode(), MAKER))
        return made

    def redirects(self) -> dict[str, str]:
        """Return each page that a host may redirect as a whole: its successor has every place that it had."""
        return {
            old: answer.to
            for old, answer in self.pages.items()
            if answer.how == "moved"
            and "#" not in answer.to
            and all(place.to == f"{answer.to}#{anchor}" for anchor, place in self.places.get(old, {}).items())
        }
