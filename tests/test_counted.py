"""Less work, the same answers: what is remembered, and the short ways that checks take, hide nothing."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date

import pytest

from patientpages.checks import artefacts, figures, links, plain, reading
from patientpages.checks.targets import target_of
from patientpages.folders import default_project
from patientpages.foreign import check_folder
from patientpages.latest import latest
from patientpages.model import Artefact, Block, Page, Place, Site
from patientpages.plain import count_words, lengths_of, measure, sentences_of, syllables, texts_of, words_in
from patientpages.project import load_inputs
from tests.conftest import Workspace

FETCHES = [
    '<img src="//example.org/a">', "<IMG SRC=HTTPS://example.org/a>", '<img srcset="a 1x,https://example.org/b 2x">',
    "<img src=&#47;&#47;example.org/a>", '<img src="&sol;&#x2f;example.org/a">', '<video poster="//example.org/a"></video>',
    '<object data="https://example.org/a"></object>', '<button formaction="//example.org/a">x</button>',
    '<svg><image xlink:href="//example.org/a"/></svg>', '<svg><use XLINK:HREF="https://example.org/a"/></svg>',
    '<svg><feImage href="//example.org/a"/></svg>', "<p style=background:URL(//example.org/a)>x</p>",
    '<p style="a:b;@import \'//example.org/a\'">x</p>', '<a title="a>b" ping="//example.org/a">x</a>',
    '<meta HTTP-EQUIV=Refresh content="0;URL=//example.org/a">', '<link rel="stylesheet" href="//example.org/a">',
    '<link href=//example.org/a>', '<p title=\'"\' background="//example.org/a">x</p>',
    '<style>a{b:url("//example.org/a")}</style>',
]  # fmt: skip
RUNS = [
    "<p onclick=x>x</p>", "<p ONLOAD>x</p>", '<p title="a>b"onclick=x>x</p>', "<p/onx=1>x</p>", "<svg onload=x></svg>",
    '<a href="javascript:x">x</a>', '<a href=" JAVA\tscript:x">x</a>', '<a href="&#106;avascript&colon;x">x</a>',
    "<a href=data:text/html,x>x</a>", '<svg><a xlink:href="vbscript:x">x</a></svg>', "<button formaction=blob:x>x</button>",
    '<a href="&#1;file:x">x</a>', "<iframe></iframe>", "<form></form>", "<script></script>", "<svg><script/></svg>",
]  # fmt: skip
QUIET = [
    '<a href="https://example.org/">x</a>', '<link rel="canonical" href="https://example.org/">', "<p>//example.org</p>",
    '<p>one on the other: src="//example.org/" onclick="x"</p>', '<p title=\' src="//example.org/"\'>x</p>',
    '<a href="before:your-visit">x</a>', '<meta name="description" content="Before your visit: data: https://example.org">',
    '<img src="data:image/png,x" alt="">', "<!-- <img src=//example.org/a onload=x> -->",
    '<a href="mailto:clinic@example.org">x</a>', '<p class="on" data-on="x">x</p>',
]  # fmt: skip


@pytest.fixture(scope="module")
def site(built: Workspace) -> Site:
    """The real pages, built."""
    inputs = load_inputs(default_project(built.path))
    return check_folder(inputs, built / "site", date(2026, 11, 25))[1][0]


def _file(body: str) -> Artefact:
    return Artefact("x/index.html", f"<!doctype html><title>x</title><body>{body}".encode(), "pages")


def _page(site: Site, *blocks: str) -> Page:
    """Return a page that has these paragraphs and nothing else."""
    page = site.pages[0]
    opening = tuple(Block("paragraph", text, Place("x.md", n), typed=text) for n, text in enumerate(blocks, 1))
    return replace(page, opening=opening, sections=(), in_short=None, source=replace(page.source, inserts=()))


@pytest.mark.parametrize("body", FETCHES)
def test_whatever_fetches_from_another_host_is_found(body: str) -> None:
    """However it is written: letters as entities, capitals, no quotation marks, a sign that looks like a tag's end."""
    assert list(artefacts.other_host(_file(f"<p>x</p>{body}<p>x</p>")))


@pytest.mark.parametrize("body", RUNS)
def test_whatever_runs_is_found(body: str) -> None:
    """However it is written."""
    assert list(artefacts.script_on_a_page(_file(f"<p>x</p>{body}<p>x</p>")))


@pytest.mark.parametrize("body", QUIET)
def test_what_neither_fetches_nor_runs_is_not_found(body: str) -> None:
    """Words that look like code, links that are only followed, and comments."""
    assert not [*artefacts.other_host(_file(body)), *artefacts.script_on_a_page(_file(body))]


def test_the_script_of_search_may_stand_and_is_found_all_the_same_on_any_other_page() -> None:
    """Taking it away for one check changes nothing for the others, which look at the same file."""
    body = '<svg><script src="search.js"><image href="//example.org/a"/></script></svg>'
    search = replace(_file(body), maker="search")
    assert not list(artefacts.script_on_a_page(search))
    assert list(artefacts.other_host(search))
    assert list(artefacts.script_on_a_page(replace(search, maker="pages")))


def test_what_is_remembered_belongs_to_one_thing() -> None:
    """An answer is given again for the same thing, and for no other, be it equal or in the same place in memory."""
    asked: list[str] = []

    @latest(most=2)
    def first(words: list[str]) -> str:
        asked.append(words[0])
        return words[0]

    one, same = ["a", "b"], ["a", "b"]
    assert [first(one), first(one), first(same), first(one)] == ["a"] * 4
    assert asked == ["a", "a"], "one and its equal are two things, each asked about once"
    assert [first([str(n)]) for n in range(100)] == [str(n) for n in range(100)]
    first(one)
    assert asked[-1] == "a", "no more than the last two are kept"


def test_the_sentences_of_a_page_are_read_once_for_all_checks(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight checks of one page split each of its paragraphs once."""
    split: list[str] = []

    def counted(text: str) -> list[str]:
        split.append(text)
        return [text]

    monkeypatch.setattr(sys.modules["patientpages.plain.texts"], "sentences", counted)
    page = _page(site, "You may be sore.", "It goes by itself.")
    for check in (reading.sentence_too_long, reading.sentence_long, reading.paragraph_long, reading.page_too_long,
                  reading.hard_to_read, plain.hard_word, plain.medical_word_alone, plain.passive_instruction):  # fmt: skip
        list(check(page, site))
    assert split == ["You may be sore.", "It goes by itself."]


def test_counts_by_pieces_are_the_counts_of_words(site: Site) -> None:
    """Words, syllables and long words of every sentence of the real pages, and of odd ones, are as counted singly."""
    assert site.plain is not None
    known, leave = site.plain.syllables, site.plain.unavoidable
    odd = ["don’t can't 1,000.5 3.", "“Trigger-point”\u00a0needling: see [1].", "... – ...", "", "ﬁne\u2009İstanbul ѐя"]
    for sentence in (*(s for page in site.pages for s in texts_of(page.opening)), *odd):
        for left in ((), leave):
            each = [1 if w.lower() in left else syllables(w, known) for w in words_in(sentence)]
            found = measure([sentence], known, left)
            wanted = len(each), sum(each), sum(many > 2 for many in each)
            assert (found.words, found.syllables, found.polysyllables) == wanted, sentence
        assert lengths_of([sentence]) == [len(words_in(sentence))]
        assert count_words([sentence, sentence]) == 2 * len(words_in(sentence))


def test_lists_of_syllables_and_of_unavoidable_words_are_not_mixed_up() -> None:
    """What was counted with one list is no answer for another."""
    text = ["Physiotherapy helps."]
    assert measure(text, {}).syllables != measure(text, {"physiotherapy": 1}).syllables
    assert measure(text, {}, ("physiotherapy",)).syllables == measure(text, {"physiotherapy": 1}).syllables
    assert measure(text, {}).syllables == measure(text, {}, ()).syllables


def test_a_row_is_one_sentence_with_other_blocks_before_and_behind_it() -> None:
    """The cells of a row are read together, the next row and a paragraph behind it apart."""
    rows = [("One", 1), ("two.", 1), ("Three", 2), ("four.", 2), ("Five.", 0), ("Six.", 0), ("Seven", 3)]
    blocks = tuple(Block("cell" if row else "paragraph", text, Place("x.md"), row=row) for text, row in rows)
    expected = ["One: two.", "Three: four.", "Five.", "Six.", "Seven"]
    assert texts_of(blocks) == [sentence.text for sentence in sentences_of(blocks)] == expected


@pytest.mark.parametrize("text", ["(Two weeks)", "“three full days”", "ſix weeks", "TWO DAYS", "one-in-ten… one in ten",
                                  "a third of us", "Three quarters of people", "a\u00a0fortnight", "x²3", "٣ days"])  # fmt: skip
def test_a_figure_is_found_whatever_stands_around_it(site: Site, text: str) -> None:
    """Brackets, quotation marks, capitals, hyphens, digits of other scripts."""
    assert site.figures is not None
    assert list(figures.typed_figures(f"It takes {text}.", site.figures))


@pytest.mark.parametrize("text", ["a third of us", "Two thirds of it", "three quarters of all", "HALF the pain", "a fortnight",
                                  "dozens of people", "double"])  # fmt: skip
def test_a_share_is_found_though_no_word_of_it_is_listed_as_a_number(site: Site, text: str) -> None:
    """The words of shares are sought whatever numbers a language lists."""
    assert site.figures is not None
    assert list(figures.typed_figures(text, replace(site.figures, words=("seven",))))


@pytest.mark.parametrize("text", ["no one knows", "someone twoing thirdly", "a quarterback", "one treatment"])
def test_no_figure_is_none(site: Site, text: str) -> None:
    """Words that only hold a number, or that may be typed."""
    assert site.figures is not None
    assert not list(figures.typed_figures(text, site.figures))


def test_words_are_found_in_each_sentence_that_has_them(site: Site) -> None:
    """Every form of a hard word, in the order of the page; and a phrase that another, fine one hides."""
    assert site.plain is not None
    words = replace(site.plain, plain={"utilise": "use", "prior to": "before"}, passive_fine=("really ",),
                    passive_instructions=("should be kept",))  # fmt: skip
    page = _page(
        site, "Prior to it, we UTILISED two.", "Utilising is fine; a sutilise is none.", "It should be really kept dry."
    )
    held = replace(site, plain=words)
    found = [(note.where.line, note.message.split('"')[1]) for note in plain.hard_word(page, held)]
    assert found == [(1, "utilise"), (1, "prior to"), (2, "utilise")]
    assert [note.where.line for note in plain.passive_instruction(page, held)] == [3]


def test_a_link_leads_to_the_same_file_from_each_folder(site: Site) -> None:
    """What `../` leads to is right from the top, from a page's own folder, and from further down."""
    page = site.pages[0]
    for file, href, target in (
        ("a/index.html", "../b/#c", ("b/index.html", "c")), ("b/index.html", "../b/", ("b/index.html", "")),
        ("x/a/index.html", "../b/", ("x/b/index.html", "")), ("index.html", "../b/", ("../b/index.html", "")),
        ("a/index.html", "../", ("index.html", "")), ("a/index.html", "../p.pdf", ("p.pdf", "")),
        ("a/index.html", "../../b/", ("../b/index.html", "")), ("a/index.html", "#c", ("a/index.html", "c")),
        ("a/index.html", "../b%20c/", ("b c/index.html", "")), ("a/index.html", "https://example.org/", None),
    ):  # fmt: skip
        assert target_of(replace(page, file=file), href) == target, (file, href)


def test_pages_with_one_address_are_each_told_of_the_other(site: Site) -> None:
    """Names are compared as addresses, without capitals."""
    pages = [replace(site.pages[0], source=replace(site.pages[0].source, name=name, path=f"docs/en/{name}.md"))
             for name in ("soreness", "Soreness", "soreness/index", "risks")]  # fmt: skip
    notes = list(links.unfit_name(replace(site, pages=tuple(pages))))
    assert [note.where.path for note in notes] == [
        f"docs/en/{n}.md" for n in ("soreness", "Soreness", "soreness/index")
    ]
    assert all("has the address of" in note.message for note in notes)


def test_of_two_pages_with_one_name_the_first_is_meant(site: Site) -> None:
    """As it was while pages were looked through one by one; and a name that is no page's is none."""
    first, second = site.pages[0], replace(site.pages[0], file="other.html")
    held = replace(site, pages=(first, second))
    assert held.page(first.source.name) is first
    assert held.page("no-such-page") is None
    assert replace(site, pages=(second,)).page(first.source.name) is second
