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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from patientpages.model import Artefact, IndexEntry, Page, PlainWords, Standard, urgent_page

MAKER = "search"
FILE = "search.js"
_DATA = "const DATA="
_WORD = re.compile(r"[^\W_]+")
_ASCII = bytes(ord(chr(code).lower()) if code < 128 and chr(code).isalnum() else 32 for code in range(256))
# How much more a word tells from where it stands; the file holds one digit.
_LISTED, _HEADING, _TITLE, _TEXT = 6, 4, 2, 1
_COMMON = 0.22  # of all sections: a word in more of them tells nothing
_MANY = 0.45  # of all pages: a word on more of them is no word to look for
_MOST = 12  # words of a section's text
_SHORTEST = 3  # letters
_NOTE = re.compile(r"^\s*//.*\n|^\s+|\n(?=\n)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SearchSection:
    """A section that can be found. The words of its text and of its heading stand once each, between spaces."""

    anchor: str
    title: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class PageSearch:
    """What a search needs to know of one page. It depends on the page and on which topics are at home there."""

    name: str
    address: str
    title: str
    title_words: str
    sections: tuple[SearchSection, ...]
    words: str  # all words of the page, once each, between spaces: of all pages together the common ones are found


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared: small letters without accents or apostrophes."""
    if text.isascii():  # as most are: the same at a fifth of the price
        return text.encode().translate(_ASCII, b"'").decode().split()
    plain = unicodedata.normalize("NFKD", text.lower().replace("'", "").replace("’", ""))
    if not plain.isascii():
        plain = "".join(letter for letter in plain if not unicodedata.category(letter).startswith("M"))
    return _WORD.findall(plain)


def _once(text: str) -> str:
    return " ".join(sorted(set(words_of(text))))


def page_search(page: Page, standard: Standard) -> PageSearch:
    """Return what of one page can be found: a topic that several pages tell, on its home page only."""
    sections = []
    deepest = max((section.level for section in page.sections), default=0)
    for section in page.sections:
        topic = standard.topics.get(section.id)
        if section.id and section.level > 1 and (topic is None or topic.home == page.source.name):
            told = [block.text for block in section.prose]
            if section.level < deepest:
                deeper = (other.blocks for other in page.sections if other.level > section.level)
                inner = {block.text for blocks in deeper for block in blocks}
                told = [text for text in told if text not in inner]
            sections.append(SearchSection(section.id, section.title, _once(section.title), _once(" ".join(told))))
    return PageSearch(
        page.source.name, page.file.removesuffix("index.html"), page.source.title, _once(page.source.title),
        tuple(sections), _once(page.words),
    )  # fmt: skip


def _listed(index: Iterable[IndexEntry], common: set[str]) -> dict[tuple[str, str], set[str]]:
    """Return the words under which the index from A to Z lists a section, by page and anchor."""
    listed: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for line in index:
        told = [line.term, *(phrase for phrase in line.also if " " in phrase)]
        named = {word for phrase in told for word in words_of(phrase)} - common
        words = set(words_of(" ".join([*named, *(word for word in line.also if " " not in word)])))
        for address in line.at:
            listed[address] |= words
    return listed


def _weighed(parts: Sequence[PageSearch], listed: Mapping[tuple[str, str], set[str]]) -> list[dict[str, int]]:
    """Return for each section its words with their weights: those that tell something, and of its text the rarest."""
    found = []
    for part in parts:
        title = set(part.title_words.split())
        for section in part.sections:
            named = listed.get((part.name, section.anchor), set())
            heading = set(section.heading.split()) - named
            found.append((named, heading, title - heading - named, set(section.text.split()) - title - heading - named))
    among: Counter[str] = Counter()
    for groups in found:
        for group in groups:
            among.update(group)
    # A heading's word may stand in more sections than one of a title or a text; one that is listed in any number.
    dull, duller = (
        {word for word, many in among.items() if many > most * len(found) or len(word) < _SHORTEST}
        for most in (_COMMON, _MANY)
    )
    rank = {word: at for at, word in enumerate(sorted(among, key=lambda word: (among[word], word)))}
    weighed = []
    for named, heading, title, text in found:
        told = sorted(text - dull, key=rank.__getitem__)[:_MOST]
        weighed.append(
            dict.fromkeys(told, _TEXT)
            | dict.fromkeys(title - dull, _TITLE)
            | dict.fromkeys(heading - duller, _HEADING)
            | dict.fromkeys(named, _LISTED)
        )
    return weighed


def search_data(parts: Sequence[PageSearch], standard: Standard, plain: PlainWords | None) -> dict[str, object]:
    """Return what the script is given: `pages` (address, title), `sections` (page, anchor, heading), `words`, `places`.

    `places` has for each word its sections as steps from one to the next, each in base 36 with the weight behind it.
    """
    common = _common(parts) | set(plain.skipped if plain else ())
    shown = [part for part in parts if part.sections]
    places: defaultdict[str, list[str]] = defaultdict(list)
    last: dict[str, int] = {}
    for number, weights in enumerate(_weighed(shown, _listed(plain.index if plain else (), common))):
        for word, weight in weights.items():
            places[word].append(f"{_base36(number - last.get(word, 0))}{'' if weight == _TEXT else weight}")
            last[word] = number
    words = sorted(places)
    return {
        "pages": [[part.address, part.title] for part in shown],
        "sections": [[at, each.anchor, each.title] for at, part in enumerate(shown) for each in part.sections],
        "words": " ".join(words),
        "places": " ".join(",".join(places[word]) for word in words),
        "urgent": f"{urgent_page(standard)}/",
        "common": " ".join(sorted(common)),
    }


def _common(parts: Iterable[PageSearch]) -> set[str]:
    """Return words of every page's text that stand in nearly half of all pages: they are no words to look for."""
    found: Counter[str] = Counter()
    for part in parts:
        found.update(part.words.split())
    many = max(found.values(), default=0)
    return {word for word, number in found.items() if number > math.ceil(_MANY * many)}


@lru_cache(maxsize=4096)
def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ#$%&()*+-/"[digit] + digits
        if not number:
            return digits


def joined_script(parts: Sequence[PageSearch], standard: Standard, plain: PlainWords | None, root: str) -> Artefact:
    """Return the file that stands beside the search page `root` (`search/`), from the parts of all pages."""
    code = files("patientpages.outputs").joinpath(FILE).read_text(encoding="utf-8")
    script = f"{_line(search_data(parts, standard, plain))}\n{_NOTE.sub('', code)}"
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
