"""Built pages -> search.js: what a search needs to know of them, and the code that asks it, in one small file.

For each section: its address, its heading, its page's title, and its words with a weight each. Words that stand in
many sections tell nothing and are left out; so are the rarest of a long section's, to keep the file small.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from patientpages.model import Artefact, IndexEntry, Page, PlainWords, Section, Standard, urgent_page

MAKER = "search"
FILE = "search.js"
_DATA = "const DATA="
_WORD = re.compile(r"[^\W_]+")
# How much more a word tells from where it stands; the file holds one digit.
_LISTED, _HEADING, _TITLE, _TEXT = 6, 4, 2, 1
_COMMON = 0.22  # of all sections: a word in more of them tells nothing
_MANY = 0.45  # of all pages: a word on more of them is no word to look for
_MOST = 12  # words of a section's text
_NOTE = re.compile(r"^\s*//.*\n|^\s+|\n(?=\n)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A section that can be found."""

    page: Page
    section: Section
    words: Counter[str]  # with their weights


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared: small letters without accents or apostrophes."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("'", "").replace("’", ""))
    if not plain.isascii():
        plain = "".join(letter for letter in plain if not unicodedata.category(letter).startswith("M"))
    return _WORD.findall(plain)


def _sections(pages: Iterable[Page], standard: Standard) -> Iterator[tuple[Page, Section]]:
    """Yield each section once: a topic that several pages tell, on its home page only."""
    for page in pages:
        for section in page.sections:
            topic = standard.topics.get(section.id)
            if section.id and section.level > 1 and (topic is None or topic.home == page.source.name):
                yield page, section


def _entries(
    pages: tuple[Page, ...], standard: Standard, index: Iterable[IndexEntry], common: set[str]
) -> list[_Entry]:
    listed: dict[tuple[str, str], list[str]] = defaultdict(list)
    for line in index:
        for address in line.at:
            told = [line.term, *(phrase for phrase in line.also if " " in phrase)]
            named = {word for phrase in told for word in words_of(phrase)} - common
            listed[address] += [*named, *(word for word in line.also if " " not in word)]
    entries = []
    for page, section in _sections(pages, standard):
        words: Counter[str] = Counter()
        inner = {block.text for deeper in page.sections if deeper.level > section.level for block in deeper.blocks}
        text = " ".join(block.text for block in section.prose if block.text not in inner)
        for weight, source in ((_LISTED, " ".join(listed[page.source.name, section.id])), (_HEADING, section.title),
                               (_TITLE, page.source.title), (_TEXT, text)):  # fmt: skip
            for word in set(words_of(source)):
                words[word] = max(words[word], weight)
        entries.append(_Entry(page, section, words))
    return entries


def _trimmed(entries: list[_Entry]) -> None:
    """Leave out of each section the words that tell nothing, and of its text all but those that tell most."""
    among = Counter(word for entry in entries for word in entry.words)
    for entry in entries:
        for word, weight in list(entry.words.items()):
            most = _COMMON if weight < _HEADING else _MANY
            if weight < _LISTED and (among[word] > most * len(entries) or len(word) < 3):
                del entry.words[word]
        text = sorted((w for w, weight in entry.words.items() if weight == _TEXT), key=lambda w: (among[w], w))
        for word in text[_MOST:]:
            del entry.words[word]


def search_data(pages: tuple[Page, ...], standard: Standard, plain: PlainWords | None) -> dict[str, object]:
    """Return what the script is given: `pages` (address, title), `sections` (page, anchor, heading), `words`, `places`.

    `places` has for each word its sections as steps from one to the next, each in base 36 with the weight behind it.
    """
    common = _common(pages) | set(plain.skipped if plain else ())
    entries = _entries(pages, standard, plain.index if plain else (), common)
    _trimmed(entries)
    shown = list(dict.fromkeys(entry.page.source.name for entry in entries))
    by_name = {page.source.name: page for page in pages}
    places: dict[str, list[str]] = defaultdict(list)
    last: dict[str, int] = {}
    for number, entry in enumerate(entries):
        for word, weight in entry.words.items():
            places[word].append(f"{_base36(number - last.get(word, 0))}{'' if weight == _TEXT else weight}")
            last[word] = number
    words = sorted(places)
    return {
        "pages": [[by_name[name].file.removesuffix("index.html"), by_name[name].source.title] for name in shown],
        "sections": [[shown.index(e.page.source.name), e.section.id, e.section.title] for e in entries],
        "words": " ".join(words),
        "places": " ".join(",".join(places[word]) for word in words),
        "urgent": f"{urgent_page(standard)}/",
        "common": " ".join(sorted(common)),
    }


def _common(pages: Iterable[Page]) -> set[str]:
    """Return words of every page's text that stand in nearly half of all pages: they are no words to look for."""
    found = Counter(word for page in pages for word in set(words_of(page.words)))
    many = max(found.values(), default=0)
    return {word for word, number in found.items() if number > math.ceil(_MANY * many)}


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ#$%&()*+-/"[digit] + digits
        if not number:
            return digits


def search_script(pages: tuple[Page, ...], standard: Standard, plain: PlainWords | None, root: str) -> Artefact:
    """Return the file that stands beside the search page `root` (`search/`)."""
    code = files("patientpages.outputs").joinpath(FILE).read_text(encoding="utf-8")
    script = f"{_line(search_data(pages, standard, plain))}\n{_NOTE.sub('', code)}"
    return Artefact(root + FILE, script.encode(), MAKER)


def _line(data: dict[str, Any]) -> str:
    return f"{_DATA}{json.dumps(data, ensure_ascii=False, separators=(',', ':'))};"


def from_disk(script: str) -> str:
    """Return the text of a search's file for pages on a disk, where an address must name its file."""
    line, _, code = script.partition("\n")
    data = json.loads(line.removeprefix(_DATA).removesuffix(";"))
    data["pages"] = [[f"{address}index.html", title] for address, title in data["pages"]]
    data["urgent"] += "index.html"
    return f"{_line(data)}\n{code}"
