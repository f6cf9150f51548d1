"""The quick ways of reading and making pages give what the plain ways give."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2 import Environment
from mkdocs.config.base import LegacyConfig
from selectolax.lexbor import LexborHTMLParser

from patientpages.lean import _QuickEnvironment, _striptags
from patientpages.model import Source
from patientpages.outputs.search import words_of as searched_words
from patientpages.read import fold, joined, parted, read_page, restamped, with_parts
from patientpages.read.lines import words_of
from patientpages.signing import stamped

TEXTS = st.text(alphabet=st.sampled_from(" \t\n\x0b\x1c\x7f\x85\xa0\xad'’“_-.<&aZ9éßﬁ²İ\u0301"))
SOURCE = Source("a", "docs/en/a.md", "# A\n\nOne.\n\n## B\n\nTwo [x](y.md).\n", 1, "A", "", "about", (), (), (), {})
PAGE = """<!doctype html><html><head></head><body><nav data-part="menu"><a href="b/">B</a></nav>
<main><article><h1>A</h1><div class="admonition in-short"><p>One.</p></div><p>Is <span data-fact="f">1</span>.</p>
<h2 id="b">B</h2><p>Two <a href="y/">x</a> <img src="p.svg"><img src="q.svg" alt=""></p><h3>C</h3><p hidden>Three.</p>
</article><div data-part="trust"><p data-part="checked">{nobody}</p><p data-part="version">None</p>
<p data-part="next-check">Soon</p></div><p data-part="checked" hidden>Again</p><p data-part="x">Last</p></main></body></html>"""


@given(TEXTS)
@example("a  b")
@example(" a b ")
@example("it's ‘so’\xa0\xad")
def test_texts_are_folded_and_split_as_by_the_plain_rule(text: str) -> None:
    """A text of ASCII alone takes a shorter way to the same words."""
    typed = text
    for sign, plain in (("‘", "'"), ("’", "'"), ("“", '"'), ("”", '"'), ("\xad", "")):
        typed = typed.replace(sign, plain)
    assert fold(text) == " ".join(typed.split())
    assert words_of(text) == re.findall(r"[^\W_]+", text.casefold() if not text.isascii() else text.lower())
    signs = unicodedata.normalize("NFKD", text.lower().replace("'", "").replace("’", ""))
    bare = "".join(sign for sign in signs if not unicodedata.category(sign).startswith("M"))
    assert searched_words(text) == re.findall(r"[^\W_]+", bare)


def test_a_page_in_two_parts_is_the_page() -> None:
    """Every field comes back, and a block that stands in two sections is one block still."""
    page = read_page(SOURCE, PAGE, "a/index.html", frozenset({"b"}))
    rest, text = parted(page)
    again = joined(SOURCE, rest, lambda: text)
    for name in ("file", "opening", "in_short", "ids", "links", "images", "parts", "words", "anchors"):
        assert getattr(again, name) == getattr(page, name), name
    for name in ("id", "title", "level", "automatic", "place", "blocks"):
        assert [getattr(s, name) for s in again.sections] == [getattr(s, name) for s in page.sections], name
    assert page.sections[-1].blocks
    assert again.sections[-1].blocks[-1] is again.sections[0].blocks[-1]
    assert with_parts(again, {"menu": "Other"}).opening == page.opening


@pytest.mark.parametrize("nobody", ["Nobody", 'Nobody <b data-part="x">First</b>', "<b>No</b>body"])
def test_a_stamp_is_read_where_it_stands(nobody: str) -> None:
    """The parts of a stamped page are those that a reader of the whole page finds, the outer ones too."""
    html = PAGE.replace("{nobody}", nobody)
    before = read_page(SOURCE, html, "a/index.html", frozenset())
    lines = {"checked": "Checked by <R>", "version": "1ABC"}
    text = stamped(html, lines, "2026-11-26")
    found = restamped(before, html, text, LexborHTMLParser(text))
    assert found == read_page(SOURCE, text, "a/index.html", frozenset()).parts
    assert found is not None
    assert "Checked by <R>" in found["trust"]


def test_a_template_finds_the_names_that_it_finds_otherwise() -> None:
    """An attribute goes before an item of the same name, in data and in MkDocs's own settings; what is not there is undefined."""
    config = LegacyConfig(schema=())
    config.load_dict({"words": {"items": 1, "more": "More"}, "data": 2, "keys": 3})
    values = [config, {"items": 1, "more": "More", "none": None}, "text", None, [1]]
    names = ["words", "data", "keys", "items", "more", "none", "nothing", "upper", "get"]
    quick, plain = Environment(), Environment()
    quick.__class__ = _QuickEnvironment
    for value in values:
        for name in names:
            assert repr(quick.getattr(value, name)) == repr(plain.getattr(value, name)), (value, name)
    assert [_striptags(text) for text in ("a <b>c</b>  &amp;", "", 5)] == ["a c &", "", "5"]
