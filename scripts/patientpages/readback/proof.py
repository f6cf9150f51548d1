"""What a handout's PDF says, as the matcher and the counting of words take it: the same as for a built page."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from patientpages.model import Block, Finding, InputError, Place
from patientpages.read import fold, read_html
from patientpages.readback.found import ReadBack
from patientpages.readback.runs import said

_MANY = 5_000  # words
_TOKEN = re.compile(r"[^\W_]+(?:[.,:'/-]+[^\W_]+)*|[^\w\s]|_+")


def folded(text: str) -> str:
    """Return a text as it is compared: however its quotes, spaces and accents were typed."""
    return fold(unicodedata.normalize("NFC", said(text)))


def _tokens(text: str) -> list[str]:
    """Return words, numbers with their points and commas, and every other sign by itself."""
    return _TOKEN.findall(folded(text))


def heard(readback: ReadBack) -> str:
    """Return all words that the structure tree reads, in its order, as they stand."""
    return read_html(readback.html, "").words


def words_in(readback: ReadBack) -> list[str]:
    """Return each word that the structure tree reads, in its order; the words for pictures and in them, too."""
    return _tokens(heard(readback))


def said_in(
    readback: ReadBack, headings: Sequence[tuple[str, str]], shown: str = "the handout"
) -> Mapping[str, tuple[Block, ...]]:
    """Return what stands under each topic's heading, down to the next of its level, for `said.Judge.judge`.

    `headings` are the words of a heading and the id of its topic, in the order of the handout; a topic may come more
    than once. The handout's own title (h1) begins no topic. Raises InputError, for all headings at once, where one is
    missing or stands in another place.
    """
    sections = read_html(readback.html, shown).sections
    found: dict[str, tuple[Block, ...]] = {}
    wrong: list[str] = []
    at = 0
    for heading, topic in headings:
        place = next((i for i in range(at, len(sections)) if folded(sections[i].title) == folded(heading)), None)
        if place is None:
            before = any(folded(section.title) == folded(heading) for section in sections)
            wrong.append(f'the heading "{heading}" {"stands in another place" if before else "is missing"}')
            continue
        found[topic] = (*found.get(topic, ()), *sections[place].blocks)
        at = place + 1
    if wrong:
        hint = "The PDF must have the headings of its pages, in their order, tagged as H2 to H6."
        raise InputError([Finding("D003", "error", Place(shown), message, hint) for message in wrong])
    return found


def lost(expected: Iterable[str], readback: ReadBack) -> list[str]:
    """Return the words of some texts that the PDF does not say, in their order and as often as they lack.

    Words that stand in another order are not lost. A number or a sign that is changed is
    lost, since it is another one.
    """
    wanted = _tokens(" ".join(expected))
    heard = words_in(readback)
    if not Counter(wanted) - Counter(heard):
        return []
    # Which of the same words lack is told by their order: in a long text by that of rarer words, or it takes minutes.
    matcher = SequenceMatcher(None, wanted, heard, autojunk=len(wanted) > _MANY)
    missing: list[str] = []
    left: Counter[str] = Counter()
    for kind, first, last, begin, end in matcher.get_opcodes():
        if kind != "equal":
            missing += wanted[first:last]
            left.update(heard[begin:end])
    gone = []
    for word in missing:
        if left[word]:
            left[word] -= 1
        else:
            gone.append(word)
    return gone
