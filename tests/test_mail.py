"""Ready-made messages: as plain text, as HTML, as a link, as a draft, and how long they are as a text message."""

from __future__ import annotations

import email
import email.policy
import html
import re
from base64 import b64decode
from datetime import date
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import markdown
from selectolax.lexbor import LexborHTMLParser

from patientpages.mailing import LONGEST_MAILTO, draft, gsm7_length, mail_html, mailto, plain_text

BODY = markdown("""Hello,

thank you for coming to **Example Clinic**. Here is [how sore you may be](https://example.org/go/soreness/), and
what helps.

- [When must I get help?](https://example.org/go/get-help-now/)
- Call us on [01632 960 123](tel:+441632960123), or read
  [what the risks are](https://example.org/go/risks/?from=mail&n=1) ([here](https://example.org/go/here/)).

Then:

1. Rest & *move*
2. Drink

[https://example.org/](https://example.org/)""")
TEXT = """Hello,

thank you for coming to Example Clinic. Here is how sore you may be,
https://example.org/go/soreness/
and what helps.

- When must I get help?
https://example.org/go/get-help-now/
- Call us on 01632 960 123, or read what the risks are:
https://example.org/go/risks/?from=mail&n=1
(here).
https://example.org/go/here/

Then:

1. Rest & move
2. Drink

https://example.org/"""
DAY = date(2026, 3, 1)

# Any text that HTML can hold, and bodies of any shape that Markdown makes from it.
ANY = st.characters(exclude_categories=["Cs"])
UNICODE = st.text(ANY, max_size=300)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30).map(html.escape)
MARKED = WORDS | st.sampled_from([".", ",", ").", " ", "’s", "?", "”", "3 %", "،"])
ADDRESS = st.from_regex(r"https?://example\.org/[a-z0-9/?=&~.,;:!()'-]{0,300}", fullmatch=True)
LINK = st.builds(lambda words, address: f'<a href="{html.escape(address)}">{words}</a>', MARKED, ADDRESS)
CALL = st.builds('<a href="tel:+441632960123">{}</a>'.format, MARKED)
EMPHASIS = st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["strong", "em"]), MARKED | LINK)
INLINE = st.lists(MARKED | LINK | LINK | CALL | EMPHASIS | st.just("<br>"), max_size=6).map("".join)
PARAGRAPH = INLINE.map("<p>{}</p>".format)
ITEM = st.builds("<li>{}{}</li>".format, INLINE | PARAGRAPH, st.just("") | INLINE.map("<ul><li>{}</li></ul>".format))
LIST = st.builds("<{0}>\n{1}\n</{0}>".format, st.sampled_from(["ul", "ol"]), st.lists(ITEM, max_size=3).map("\n".join))
BODIES = st.lists(PARAGRAPH | LIST, max_size=4).map("\n".join)


def _words(body: str) -> str:
    """Return the characters of a body that are not space."""
    return "".join((LexborHTMLParser(f"<main>{body}</main>").css_first("main") or pytest.fail()).text().split())


def _lines(body: str) -> list[str]:
    """Return the lines of the plain text, without the marks of lists that they begin with."""
    return [re.sub(r"^(?:\s*(?:-|\d\.) )+(?=https?://example)", "", line) for line in plain_text(body).split("\n")]


def _addresses(body: str) -> list[str]:
    return [node.attributes.get("href") or "" for node in LexborHTMLParser(body).css("a")]


def _web(body: str) -> list[str]:
    return [address for address in _addresses(body) if not address.startswith("tel:")]


def test_plain_text_of_a_message() -> None:
    """Paragraphs, lists and links as somebody would type them; marks that follow a link stand before its address."""
    assert plain_text(BODY) == TEXT


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("", ""),
        ("<p>a\n  b&nbsp;c &lt;d&gt;</p>", "a b\u00a0c <d>"),
        ('<p><a href="https://example.org/">Why?</a></p>', "Why?\nhttps://example.org/"),
        ('<p>(<a href="https://example.org/">why</a>) Yes</p>', "(why):\nhttps://example.org/\nYes"),
        ('<p>“<a href="https://example.org/">Why?</a>”</p>', "“Why?”\nhttps://example.org/"),
        ('<p>in <a href="https://example.org/">10 %</a></p>', "in 10 %:\nhttps://example.org/"),
        ('<p><strong><a href="https://example.org/">x</a></strong>. y</p>', "x.\nhttps://example.org/\ny"),
        ('<p><a href="https://example.org/">the clinic</a>’s page</p>', "the clinic:\nhttps://example.org/\n’s page"),
        ('<p>a<br>b <a href="https://example.org/">x</a><br>c</p>', "a\nb x:\nhttps://example.org/\nc"),
        ('<p><a href="https://example.org/"></a></p>', "https://example.org/"),
        ('<p>Call <a href="tel:+441632960123">01632 960 123</a>.</p>', "Call 01632 960 123."),
        ('<ul><li><a href="https://example.org/"></a></li></ul>', "- https://example.org/"),
        ("<ul><li>a<ul><li>b</li></ul></li><li><p>c</p></li></ul>", "- a\n  - b\n- c"),
    ],
)
def test_plain_text_of_a_part(body: str, text: str) -> None:
    """One rule each: spaces, colons, marks behind a link, ends of lines, telephone links, lists in lists."""
    assert plain_text(body) == text


@settings(max_examples=300, deadline=None)
@given(body=BODIES)
def test_every_address_is_alone_on_its_line(body: str) -> None:
    """However long it is and whatever stands around it, in the order of reading and never twice."""
    assert [line for line in _lines(body) if line.startswith(("http://example.org/", "https://example.org/"))] == _web(
        body
    )


@settings(max_examples=300, deadline=None)
@given(body=BODIES)
def test_plain_text_loses_no_word(body: str) -> None:
    """All characters of the body are there in their order; what is added is addresses, colons and marks of lists."""
    lines = [line for line in _lines(body) if line not in _web(body)]
    found = iter("".join("".join(lines).split()))
    wanted = _words(body)
    added: list[str] = []
    for character in wanted:
        for other in found:
            if other == character:
                break
            added.append(other)
        else:
            pytest.fail(f"{character!r} is lost")
    assert set(added) | set(found) <= set(":-.0123456789")


@pytest.mark.parametrize(
    "body",
    ["<h2>a</h2>", '<p class="b">a</p>', '<p style="color:red">a</p>', '<p><img src="https://example.org/a.png"></p>',
     "<p><!-- a --></p>", "<style>p{}</style>", "<script></script>", "<table></table>", '<p><a href="soreness/">a</a></p>',
     '<p><a href="javascript:a()">a</a></p>', '<p><a href="https://example.org/a b">a</a></p>', "<p><a>a</a></p>",
     '<p><a href="#a">a</a></p>', '<p><a href="https://example.org/" title="b">a</a></p>', "</main><p>a</p>"],
)  # fmt: skip
def test_what_a_mail_program_would_take_out_is_refused(body: str) -> None:
    """Headings, pictures, styles, scripts, tables, comments, and links that lead nowhere from a mail program."""
    for made in (plain_text, lambda text: mail_html("a", text, "en")):
        with pytest.raises(ValueError, match=r"in a message must|A message may"):
            made(body)


def test_html_is_whole_and_plain() -> None:
    """Its language, its direction, its encoding and its subject; no class, style, script, picture or address to fetch."""
    made = mail_html("Needles & <you>", BODY, "en-GB")
    assert made.startswith('<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n')
    tree = LexborHTMLParser(made)
    assert (tree.css_first("title") or pytest.fail()).text() == "Needles & <you>"
    assert {node.tag for node in tree.css("*")} == {"html", "head", "meta", "title", "body", "div", "p", "ul", "ol", "li",
                                                    "a", "strong", "em"}  # fmt: skip
    assert {name for node in tree.css("*") for name in node.attributes} == {"lang", "charset", "href"}


@pytest.mark.parametrize("language", ["ar", "he", "fa-IR", "ur"])
def test_html_runs_from_right_to_left_where_the_language_does(language: str) -> None:
    """On the document, and on an element within for webmail, which takes the document away."""
    assert mail_html("a", "<p>a</p>", language).count(f' lang="{language}" dir="rtl">') == 2
    assert "dir=" not in mail_html("a", "<p>a</p>", "fr")


@settings(max_examples=200, deadline=None)
@given(body=BODIES | st.just(BODY), subject=UNICODE)
def test_html_survives_the_strictest_webmail(body: str, subject: str) -> None:
    """A sanitiser that lets in paragraphs, lists, links and emphasis only: all words and every address stay as they are."""
    kept = nh3.clean(
        mail_html(subject, body, "en"),
        tags={"p", "ul", "ol", "li", "a", "strong", "em", "br"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "tel"},
        clean_content_tags={"script", "style", "title"},
        link_rel=None,
    )
    assert _words(kept) == _words(body)
    assert _addresses(kept) == _addresses(body)


def _one_line(subject: str) -> str:
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", subject).split())


def _even(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@settings(max_examples=200, deadline=None)
@given(subject=UNICODE, text=UNICODE)
def test_a_link_gives_subject_and_text_back(subject: str, text: str) -> None:
    """Read by urllib, with the ends of lines that RFC 6068 asks for, and in plain characters only."""
    link = mailto(subject, text)
    parts = urlsplit(link)
    assert (parts.scheme, parts.path, parts.fragment) == ("mailto", "", "")
    assert parse_qs(parts.query, keep_blank_values=True, strict_parsing=True) == {
        "subject": [_one_line(subject)],
        "body": [_even(text).replace("\n", "\r\n")],
    }
    assert re.fullmatch(r"mailto:\?subject=(?:[\w.~-]|%[0-9A-F]{2})*&body=(?:[\w.~-]|%[0-9A-F]{2})*", link, re.ASCII)


def test_a_link_says_all_as_the_standard_writes_it() -> None:
    """The example of RFC 6068 for ends of lines; a plus sign stays one, because mail programs read it as it stands."""
    assert mailto("1+1", "send current-issue\nsend index") == (
        "mailto:?subject=1%2B1&body=send%20current-issue%0D%0Asend%20index"
    )
    assert unquote(mailto("Übung", "ä & b = ?").split("body=")[1]) == "ä & b = ?"
    assert LONGEST_MAILTO < 2008


def _opened(made: bytes) -> EmailMessage:
    """Read a draft as strictly as the standard library can: any defect is an exception."""
    message = email.message_from_bytes(made, policy=email.policy.strict)
    assert isinstance(message, EmailMessage)
    return message


@settings(max_examples=300, deadline=None)
@given(name=UNICODE, subject=UNICODE | st.text(ANY, min_size=60, max_size=200), text=UNICODE, page=UNICODE)
def test_a_draft_gives_everything_back(name: str, subject: str, text: str, page: str) -> None:
    """Any subject and any text, read by a strict parser: no defect, nothing lost, lines as short as mail allows."""
    made = draft(name, subject, text, page, DAY)
    message = _opened(made)
    assert message["Subject"] == _one_line(subject)
    assert not message["Subject"].defects
    parts = list(message.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    # A text that ends without an end of line gets one.
    assert [_even(part.get_content()).rstrip("\n") for part in parts] == [_even(t).rstrip("\n") for t in (text, page)]
    assert not [part.defects for part in (message, *parts) if part.defects]
    assert made.isascii()
    assert b"\r" not in made.replace(b"\r\n", b"") and b"\n" not in made.replace(b"\r\n", b"")
    assert max(map(len, made.split(b"\r\n"))) <= 78


def test_a_draft_has_the_headers_of_a_draft() -> None:
    """It is unsent, of its day, from nobody to nobody; nothing in it comes from this machine or its clock."""
    made = draft("after-your-visit", "After your visit", TEXT, mail_html("After your visit", BODY, "en"), DAY)
    message = _opened(made)
    assert {name: value for name, value in message.items() if name != "Content-Type"} == {
        "X-Unsent": "1",
        "Subject": "After your visit",
        "Date": "Sun, 01 Mar 2026 00:00:00 +0000",
        "MIME-Version": "1.0",
    }
    assert message.get_content_type() == "multipart/alternative"
    assert made == draft("after-your-visit", "After your visit", TEXT, mail_html("After your visit", BODY, "en"), DAY)
    other = draft("soreness", "After your visit", TEXT, mail_html("After your visit", BODY, "en"), DAY)
    assert _opened(other).get_boundary() != message.get_boundary()


@pytest.mark.parametrize(
    "subject",
    [
        "Übungen für daheim – " * 6,
        "a plain subject of some length " * 6,
        "a" * 67,
        "a" * 68,
        "日本語" * 40,
        "",
    ],
)
def test_a_long_subject_is_folded(subject: str) -> None:
    """Each line of it keeps to the 78 columns of RFC 5322 and to whole characters, and it reads as one."""
    made = draft("a", subject, "a", "a", DAY)
    lines = made.split(b"\r\nDate:")[0].split(b"\r\n")[1:]
    assert max(map(len, lines)) <= 78
    for word in re.findall(r"=\?utf-8\?b\?(\S+)\?=", b" ".join(lines).decode()):
        assert b64decode(word).decode()
    assert _opened(made)["Subject"] == subject.strip()


def test_a_subject_cannot_begin_another_header() -> None:
    """An end of a line in it is a space."""
    message = _opened(draft("a", "a\r\nBcc: somebody@example.org", "a", "a", DAY))
    assert message["Bcc"] is None
    assert message["Subject"] == "a Bcc: somebody@example.org"
    assert "%0" not in mailto("a\r\nb", "a")


# 3GPP TS 23.038, 6.2.1 and 6.2.1.1, typed by code point; 0x1B, the escape, is no character.
GSM7 = {0xA, 0xD, *range(0x20, 0x60), *range(0x61, 0x7B)} - {0x5B, 0x5C, 0x5D, 0x5E} | {
    0xA1, 0xA3, 0xA4, 0xA5, 0xA7, 0xBF, 0xC4, 0xC5, 0xC6, 0xC7, 0xC9, 0xD1, 0xD6, 0xD8, 0xDC, 0xDF, 0xE0, 0xE4, 0xE5, 0xE6,
    0xE8, 0xE9, 0xEC, 0xF1, 0xF2, 0xF6, 0xF8, 0xF9, 0xFC, 0x393, 0x394, 0x398, 0x39B, 0x39E, 0x3A0, 0x3A3, 0x3A6, 0x3A8, 0x3A9,
}  # fmt: skip
EXTENSION = {0xC, 0x5B, 0x5C, 0x5D, 0x5E, 0x7B, 0x7C, 0x7D, 0x7E, 0x20AC}


def test_every_character_of_a_text_message() -> None:
    """The 127 of the default alphabet take one septet, the 10 of its extension two, and all others of Unicode none."""
    assert (len(GSM7), len(EXTENSION)) == (127, 10)
    for code in range(0x110000):
        assert gsm7_length(chr(code)) == (1 if code in GSM7 else 2 if code in EXTENSION else None), hex(code)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("Example Clinic: 01632 960 123", 29),
        ("a\r\nb", 4),
        ("[5 €]", 8),
        ("~{}^|\\", 12),
        ("Grüße, Señora à Ørsted", 22),
        ("It’s", None),
        ("“Rest”", None),
        ("one – two", None),
        ("façade", None),
        ("e\u0301", None),
        ("a\tb", None),
        ("`", None),
    ],
)
def test_the_length_of_a_text_message(text: str, length: int | None) -> None:
    """Brackets and the euro count twice; a typographic quotation mark, a dash or a small ç makes the text a dear one."""
    assert gsm7_length(text) == length
