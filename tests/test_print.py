"""Ordinary pages on paper, straight from the browser: what is in the PDF that it would print, backgrounds off.

The pages are those of a published site, on A4; text and pixels are taken back out of the PDF by PDFium.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser

from patientpages.model import Clinic, Place
from patientpages.outputs.finish import slim
from patientpages.outputs.paper import addressed
from patientpages.style import page_style
from patientpages.yamlfile import Mistakes
from tests.conftest import ROOT, Workspace
from tests.served import nginx

_HOST = "www.example.org/patients/info"
_ADDRESS = re.compile(rf"\({re.escape(_HOST)}([\w/-]*)\)")
_SHEET_FOOT = re.compile(r"Example Clinic, 01632 960 123|\b\d+ / \d+\b")
_NAMES = ("aftercare/", "your-choices/", "go/soreness/", "questions/")
# One box of each tier, the way to urgent help, and its card.
_WHOLE = ".urgent-line, .now, .today, .call, .normal, .urgent-card"
_TEXT = """selector => [...document.querySelectorAll(selector)].map(node => {
  const copy = node.cloneNode(true); copy.querySelectorAll('nav').forEach(each => each.remove());
  document.body.append(copy); const text = copy.innerText; copy.remove(); return text; })"""


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _is_in_order(words: Sequence[str], among: Sequence[str]) -> bool:
    """Tell whether all the words stand there in this order, whatever stands between them."""
    rest = iter(among)
    return all(word in rest for word in words)


def _heading(online: Workspace, address: str) -> str:
    """Return what a reader finds at an address: the heading of a place that has a page of its own, else the page's."""
    folder, _, anchor = address.strip("/").partition("#")
    anchor = anchor if (online / "public/go" / anchor).is_dir() else ""
    tree = LexborHTMLParser((online / "public" / folder.strip("/") / "index.html").read_text(encoding="utf-8"))
    node = tree.css_first(f"[id={anchor}]" if anchor else "h1")
    assert node is not None, address
    return node.text(strip=True)


class Sheets:
    """What a browser prints of the page that it shows: `text` of each sheet as it can be seen, within its edges."""

    def __init__(self, page: Page, **how: Any) -> None:
        self.pdf = pdfium.PdfDocument(page.pdf(**{"prefer_css_page_size": True, **how}))
        self.text = [sheet.get_textpage().get_text_bounded().replace("\r\n", "\n") for sheet in self.pdf]
        self.unbroken = [re.sub(r"(?<=[/-])\n", "", text) for text in self.text]

    @property
    def words(self) -> list[str]:
        """The words of all sheets, without addresses and what stands at the foot of each."""
        return list(chain.from_iterable(self.on(number) for number in range(len(self.text))))

    def on(self, number: int) -> list[str]:
        """The words of one sheet."""
        return _words(_SHEET_FOOT.sub(" ", _ADDRESS.sub(" ", self.unbroken[number])))

    @property
    def addresses(self) -> list[str]:
        """Each address, from the root of the site."""
        return [found[1] for text in self.unbroken for found in _ADDRESS.finditer(text)]

    def pixels(self) -> list[bytes]:
        """The sheets as a black-and-white printer gets them: rows of one byte each, 0 is black."""
        return [bytes(sheet.render(scale=2, grayscale=True).buffer) for sheet in self.pdf]


@pytest.fixture(scope="module")
def address(online: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The published site on a server."""
    with nginx(online / "public", tmp_path_factory.mktemp("nginx")) as address:
        yield address


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One window, as wide as a telephone: paper has a width of its own."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", _NAMES)
def test_every_word_and_address_is_on_paper_and_no_way_around_the_site(
    name: str, page: Page, address: str, online: Workspace
) -> None:
    """The words of the screen in their order; behind each link to another page one address, which answers; nothing of menus.

    Each sheet names the clinic, its number and its place among the sheets; the last says who checked, version, address.
    """
    page.goto(address + name)
    (main,) = page.evaluate(_TEXT, "main")
    sheets = Sheets(page)
    assert len(_words(main)) > 100
    assert _is_in_order(_words(main), sheets.words)
    leads = page.evaluate(
        "[...document.querySelectorAll('article a, .urgent-line a, [data-part=sources] a:last-of-type')]"
        ".filter(link => link.protocol === 'http:' && link.pathname !== location.pathname)"
        ".map(link => link.pathname + link.hash)"
    )
    assert len(leads) > 1
    printed = [each for each in sheets.addresses if each.strip("/") != name.strip("/")]
    assert len(printed) == len(sheets.addresses) - 1, "the page's own, once"
    assert [_heading(online, each) for each in printed] == [
        _heading(online, lead.removesuffix(name.rstrip("/").replace("go/", "#"))) for lead in leads
    ]
    paper = "\n".join(sheets.text)
    assert not [word for word in ("All pages", "On this page", "Skip to", "Search", "Next:", "#") if word in paper]
    assert len(sheets.text) <= 4
    for number, text in enumerate(sheets.text, 1):
        assert "Example Clinic, 01632 960 123" in text
        assert f"{number} / {len(sheets.text)}" in text
    assert f"Version of this text: {page.locator('[data-part=version]').inner_text()[-10:]}" in paper
    assert "Test Signatory" in paper


@pytest.mark.parametrize("height", range(0, 900, 100))
def test_what_belongs_together_stays_together(height: int, page: Page, address: str) -> None:
    """Wherever a sheet ends: urgent help and the box of each tier whole, no heading last, a list with what leads to it."""
    page.goto(address + "aftercare/")
    page.evaluate(
        "height => { const gap = document.createElement('div'); gap.id = 'gap';"
        "document.querySelector('article').prepend(gap);"
        "document.styleSheets[0].insertRule(`#gap { height: ${height}px }`); }",
        height,
    )
    whole = [_words(text) for text in page.evaluate(_TEXT, _WHOLE)]
    sheets = Sheets(page)
    on = [f" {' '.join(sheets.on(number))} " for number in range(len(sheets.text))]
    assert len(whole) > 5
    assert not [box for box in whole if not any(f" {' '.join(box)} " in text for text in on)]
    heads = page.evaluate(_TEXT, "main h1, main h2, main h3, main p:has(+ ul)")
    assert not [head for head in heads for text in on if text.endswith(f" {' '.join(_words(head))} ")]


def _runs(row: bytes) -> int:
    """Count the runs of dark in a row of pixels."""
    dark = [pixel < 128 for pixel in row]
    return sum(here and not before for before, here in zip([False, *dark], dark, strict=False))


def test_no_meaning_goes_with_colour_or_background(page: Page, address: str) -> None:
    """In grey and without backgrounds: the word of each tier with its shape before it, and a border on either side."""
    found = set()
    for name in ("aftercare/", "get-help-now/"):
        page.goto(address + name)
        for sheet in Sheets(page).pdf:
            image, reader = sheet.render(scale=2, grayscale=True), sheet.get_textpage()
            pixels, text = bytes(image.buffer), reader.get_text_range()
            for word in re.finditer(r"(?m)^(Now|Today|Call us|Normal)(?=\r?$)", text):
                left, bottom, _, top = reader.get_charbox(word.start())
                right = reader.get_charbox(word.end() - 1)[2]
                row = int((sheet.get_height() - (bottom + top) / 2) * 2) * image.stride
                line = pixels[row : row + image.width]
                assert _runs(line[: int(left * 2)]) == 2, f"{word[0]}: a border and a shape"
                assert _runs(line[int(right * 2) + 2 :]) == 1, f"{word[0]}: a border"
                found.add(word[0])
    assert found == {"Now", "Today", "Call us", "Normal"}


def test_a_dark_screen_prints_as_a_light_one(page: Page, address: str, browser: Browser) -> None:
    """The same ink on every sheet, to the pixel: black on white."""
    context = browser.new_context(color_scheme="dark")
    dark = context.new_page()
    for name in ("aftercare/", "your-choices/"):
        page.goto(address + name)
        dark.goto(address + name)
        sheets = Sheets(page).pixels()
        assert Sheets(dark).pixels() == sheets
        assert all(0xFF == max(sheet) == sheet[0] and min(sheet) < 0x10 for sheet in sheets)
    context.close()


_LARGE = {"scale": 2}  # 200 per cent
_LETTER = {"format": "Letter", "prefer_css_page_size": False}


@pytest.mark.parametrize(("how", "columns"), [({}, 12), (_LETTER, 12), (_LARGE, 4)])
def test_nothing_is_cut(how: dict[str, Any], columns: int, page: Page, address: str) -> None:
    """Also twice as large, or on other paper: a long word, a wide table and a closed box, all to the last word."""
    page.goto(address + "your-choices/")
    cells = "".join(f"<td>column{number}</td>" for number in range(columns))
    page.evaluate(
        "added => document.querySelector('article').insertAdjacentHTML('beforeend', added)",
        f"<p>{'Long' * 60}End</p><table><tr>{cells}</tr></table>"
        "<details><summary>Opened by hand</summary><p>Closed until then.</p></details><p>Last.</p>",
    )
    (main,) = page.evaluate(_TEXT, "article")
    before, _, after = main.partition("LongLong")
    sheets = Sheets(page, **how)
    assert len(_words(before)) > 100
    assert "Closed" not in after
    assert _is_in_order([*_words(before), "column0", f"column{columns - 1}"], sheets.words)
    assert _is_in_order(["Opened", "by", "hand", "Closed", "until", "then", "Last"], sheets.words)
    # What is broken anywhere is read twice by PDFium where it is broken: "gL" ends a line, and begins the next.
    assert 60 <= re.sub(r"\s", "", "".join(sheets.text)).count("ong") <= 80


_ROOT = "https://www.example.org/patients/info/"
_SHORTS = {f"{_ROOT}soreness/#soreness": f"{_ROOT}go/soreness/"}


@pytest.mark.parametrize(
    ("link", "printed"),
    [
        ('<a href="../soreness/#soreness">how long</a>', f"{_HOST}/go/soreness"),
        ('<a href="../soreness/#bruises">bruises</a>', f"{_HOST}/soreness"),
        ('<a href="/patients/info/risks/">the risks</a>', f"{_HOST}/risks"),
        ('<a href="../..">our website</a>', "www.example.org/patients"),
        ('<a href="..">the first page</a>', _HOST),
        ('<a href="../plan.pdf">the plan</a>', f"{_HOST}/plan.pdf"),
        ('<a href="https://example.com/a/b?c=d">a study</a>', "example.com/a/b?c=d"),
        ('<a href="mailto:pages@example.org?subject=x">write to us</a>', "pages@example.org"),
        ('<a href="tel:+441632960123">call us</a>', "+441632960123"),
        ('<a href="#place">further down</a>', ""),
        ('<a href="../aftercare/#place">further down</a>', ""),
        ('<a href="https://doi.org/10.1000/182">DOI 10.1000/182</a>', ""),
        ('<a href="https://example.com/">example.com</a>', ""),
        ('<a href="mailto:pages@example.org">Pages@example.org</a>', ""),
        ('<a href="tel:01632960123">01632 960 123</a>', ""),
        ('<a href="https://example.com/pain">pain</a>', "example.com/pain"),
        ('<a href="https://[">no address</a>', ""),
        ('<nav><a href="../risks/">Next</a></nav>', ""),
        ('<a id="place">a place</a>', ""),
    ],
)
def test_a_link_shows_what_its_words_do_not(link: str, printed: str) -> None:
    """Addresses, numbers and mailboxes, unless the words have them, or they are on the same paper; the words stay."""
    source = f"<!doctype html><html><body><main><div>Read {link}.</div></main></body></html>"
    made = addressed(source, f"{_ROOT}aftercare/", _ROOT, _SHORTS)
    (node,) = LexborHTMLParser(made).css("a")
    assert (node.attributes.get("data-at") or "") == printed
    assert made.replace(f' data-at="{printed}"', "") == source.replace("<html>", "<html><head></head>")
    assert addressed(made, f"{_ROOT}aftercare/", _ROOT, _SHORTS) == made


def test_without_a_website_no_address_is_made_up() -> None:
    """Nothing behind links inside the site, and no address of the page itself; other websites are named all the same."""
    source = '<p data-part="version">Version</p><a href="../risks/">risks</a><a href="https://example.com/x">x</a>'
    made = LexborHTMLParser(addressed(source, "aftercare/", "", {}))
    assert [node.attributes.get("data-at") for node in made.css("p, a")] == [None, None, "example.com/x"]


def test_a_page_loses_indents_and_no_text() -> None:
    """Empty lines and indents go, not what is shown as it is typed, nor what is hashed."""
    kept = "<pre>a\n    <b>b</b>\n</pre><style>a {\n  b: c }\n\n</style><textarea>\n  x\n  </textarea>"
    assert (
        slim(f"<p>\n    a\n      b <i>c</i>\n\n  </p>\n  {kept}\n\n  <p>")
        == f"<p>\n    a\n      b <i>c</i>\n</p>\n{kept}\n<p>"
    )


def test_no_name_of_a_clinic_ends_the_style_sheet() -> None:
    """Quotation marks, a backslash, the end of a style element, a new line: all of it stays a text of the sheet's foot."""
    name = 'A "b" \\ </style><script> ; } : \n c'
    clinic = Clinic({"name": name, "phone": "01632 960 123"}, ("en",), "", None, (), Place("clinic.yml"))
    style = page_style(ROOT / "overrides", clinic, "both", Mistakes())
    assert "<" not in style
    text = style.partition('@bottom-left{content:"')[2].removesuffix('"}}')
    assert re.sub(r"\\([0-9a-f]{1,6}) |\\(.)", lambda m: chr(int(m[1], 16)) if m[1] else m[2], text) == (
        f"{name}, 01632 960 123"
    )
