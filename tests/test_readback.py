"""What is set on paper comes back as it was written, in the order in which a screen reader reads it, or is refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest
import typst
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf
from pypdf import PdfReader

from patientpages.folders import default_project
from patientpages.model import InputError
from patientpages.outputs.codes import code_svg
from patientpages.project import load_inputs
from patientpages.read import fold, read_html
from patientpages.readback.fonts import Font
from patientpages.readback.found import ReadBack
from patientpages.readback.proof import lost, said_in, words_in
from patientpages.readback.reading import read_back
from tests.conftest import ROOT
from tests.pdf_structure import structure_faults

ADDRESS = "https://example.org/go/soreness/"
LINK = "https://example.org/index.php?page=before-your-visit&section=what_to_tell_us_first,please&print=yes&large=yes;and=so,on"
HEAD = """
#set document(title: "Before your visit", author: "Example Clinic", date: none)
#set page(paper: "a5", header: [Example Clinic, #strong[01632 960]#strong[ 123]], footer: context [Page #counter(page).display("1 of 1", both: true)])
#set text(font: ("Atkinson Hyperlegible Next", "Libertinus Serif", "DejaVu Sans Mono"), lang: "en", region: "gb", hyphenate: true)
"""
SHEET = """
= Before your visit
An efficient office waffle fixes a #strong[bo]ld styled wo_r_d: “quoted”, don’t, 5~minutes. #(("Antidisestablishmentarianism", "uncharacteristically", "internationalisation") * 4).join(" ").
Break #linebreak()by hand, a long-term-long-term-long-term-long-term-long-term-long-term-long-term-long-term-long-term one.

#set list(marker: ([•], box(width: 6pt, height: 6pt, stroke: 1pt)))
== Tell us first
Tell us if you:
- take _blood_ thinners
- are pregnant, or may be
  + first
  + second
    - to tick
- read #link("https://example.org/go/soreness/")[our long page about being sore after the treatment, over a line]

== When to call
#table(columns: 3, table.header([Sign], [When], [Do]), table.cell(colspan: 2)[Soreness], [Rest], [Fever], [any time], [Call #"<now>" & ask])

/ Trigger point: a sore spot
/ Needle: very thin

#figure(image(bytes(sys.inputs.code), width: 3cm), alt: "A code that leads to \\"Soreness\\"", caption: [Our page])

== Other writing
#text(lang: "he")[שלום לכל (abc) העולם, 12–14 ימים!]

#text(lang: "ar")[مرحبا بكم في العيادة 123 اليوم (NHS) الآن.]

English with שתי מילים in it. A soft\u00adhyphen, zero\u200bwidth. Name:#h(1fr)Date:#h(2em)H#sub[2]O. 𝑥 beyond. A café.

#link(sys.inputs.long)

#enum(..range(40).map(i => [item number #i of a list over two pages]))
"""


@cache
def _fonts() -> typst.Fonts:
    """Return the font of handouts, and those that the typesetter brings: they have Hebrew and Arabic letters."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(ROOT / "print" / "fonts")]
    )


@cache
def pdf(body: str = SHEET, head: str = HEAD) -> bytes:
    """Return a document, set as PDF/UA-1."""
    made = typst.compile(
        (head + body).encode(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs={"code": code_svg(ADDRESS).decode(), "long": LINK},
        timestamp=0,
    )
    assert isinstance(made, bytes)
    return made


@pytest.fixture(scope="module")
def sheet() -> ReadBack:
    """The document above, read back."""
    return read_back(pdf())


def changed(change: Callable[[Pdf], None], made: bytes | None = None) -> bytes:
    """Return a PDF that somebody has changed."""
    with Pdf.open(BytesIO(made or pdf())) as document:
        change(document)
        out = BytesIO()
        document.save(out, static_id=True)
    return out.getvalue()


def refused(made: bytes) -> str:
    """Return the words with which a PDF is refused."""
    with pytest.raises(InputError) as told:
        read_back(made, "before-your-visit.pdf")
    assert all(finding.place.path == "before-your-visit.pdf" for finding in told.value.findings)
    return "\n".join(finding.message for finding in told.value.findings)


LONG = " ".join(["Antidisestablishmentarianism uncharacteristically internationalisation"] * 4)
COMES_BACK = [
    "<h1>Before your visit</h1>",
    f"An efficient office waffle fixes a bold styled wo_r_d: “quoted”, don’t, 5\xa0minutes. {LONG}. Break by hand, a {'long-term-' * 8}long-term one.</p>",
    "<h2>Tell us first</h2><p>Tell us if you:</p><ul><li>take blood thinners</li>",
    "<li><p>are pregnant, or may be</p><ol><li>first</li><li><p>second</p><ul><li>to tick</li></ul></li></ol></li>",
    f'<li>read <a href="{ADDRESS}">our long page about being sore after the treatment, over a line</a></li></ul>',
    '<tr><th scope="col">Sign</th><th scope="col">When</th><th scope="col">Do</th></tr></thead>',
    '<tr><td colspan="2">Soreness</td><td>Rest</td></tr><tr><td>Fever</td><td>any time</td><td>Call &lt;now&gt; &amp; ask</td></tr>',
    "<dl><dt>Trigger point</dt><dd>a sore spot</dd><dt>Needle</dt><dd>very thin</dd></dl>",
    '<figure><img alt="A code that leads to &quot;Soreness&quot;"></figure>',
    '<p lang="he-GB">שלום לכל (abc) העולם, 12–14 ימים!</p>',
    '<p lang="ar-GB">مرحبا بكم في العيادة 123 اليوم (NHS) الآن.</p>',
    "<p>English with שתי מילים in it. A softhyphen, zerowidth. Name: Date: H2O. 𝑥 beyond. A café.</p>",
    f'<p><a href="{LINK}">{LINK}</a></p>'.replace("&", "&amp;"),
    "<ol>" + "".join(f"<li>item number {i} of a list over two pages</li>" for i in range(40)) + "</ol>",
]


@pytest.mark.parametrize("html", COMES_BACK)
def test_what_was_written_comes_back(sheet: ReadBack, html: str) -> None:
    """Ligatures, hyphenation, lines, style within a word, lists over two pages, labels, headers, terms, links, scripts."""
    assert html in sheet.html.replace("<div>", "").replace("</div>", "")


def test_sheets_hold_all_that_is_painted(sheet: ReadBack) -> None:
    """Running headers and footers too, which the tree does not read; codes are read from the drawn page."""
    assert len(sheet.sheets) > 2
    for number, page in enumerate(sheet.sheets, 1):
        lines = page.splitlines()
        assert lines[0] == "Example Clinic, 01632 960 123"
        assert lines[-1] == f"Page {number} of {len(sheet.sheets)}"
    assert "01632" not in sheet.html
    assert "\n•\ntake blood thinners\n" in sheet.sheets[0]
    assert (sheet.title, sheet.language, sheet.codes) == ("Before your visit", "en-GB", (ADDRESS,))


def _quoted(text: str) -> str:
    return '#"' + "".join(f"\\u{{{ord(sign):x}}}" for sign in text) + '"'


SIGN = st.characters(
    min_codepoint=32, max_codepoint=0x17E, exclude_categories=["C"], include_characters="–—‘’“”„…•€™−×÷≤≥½\xad"
)
WORD = st.text("abcdefghijklmnopqrstuvwxyzäéñøß", min_size=1, max_size=24).map(lambda word: word.replace("ff", "ffi"))
LINES = st.lists(
    st.tuples(WORD, st.sampled_from(["", ",", ".", "!", "?", ";", ":", "”", ")", "’s"])), min_size=1, max_size=40
)


@settings(max_examples=8, deadline=None, database=None, derandomize=True, phases=[Phase.explicit, Phase.generate])
@example(["ĥ"], [])  # an accent that is a sign of its own
@given(
    st.lists(st.text(SIGN, min_size=1), max_size=30),
    st.lists(LINES, max_size=6),
)
def test_any_text_comes_back(signs: list[str], words: list[list[tuple[str, str]]]) -> None:
    """Any signs of the font in one line, and any words broken and hyphenated in a narrow column."""
    texts = [" ".join(word + sign for word, sign in line) for line in words]
    parts = [f"#page(width: auto, header: none, footer: none)[{_quoted(text)}]" for text in signs]
    parts += [
        f"#block(width: 3.5cm, text(costs: (hyphenation: 0%), par(justify: true, {_quoted(text)[1:]})))"
        for text in texts
    ]
    html = read_back(pdf("\n\n".join(["= x", *parts]), HEAD + "#set text(size: 8pt)\n")).html
    page = read_html(html, "x")
    wanted = [fold(text) for text in (*signs, *texts)]  # a soft hyphen is no part of a word
    assert [block.text for block in page.opening if block.kind != "heading"] == [text for text in wanted if text]


def _tree(document: Pdf) -> Any:
    return document.Root.StructTreeRoot.K[0]


def _paint(text: bytes) -> Callable[[Pdf], None]:
    """Return a change that paints something on the first page, after all else."""

    def change(document: Pdf) -> None:
        page = document.pages[0]
        helvetica = Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
        )
        page.obj.Resources.Font["/Helv"] = document.make_indirect(helvetica)
        page.contents_add(text)

    return change


def _drop_paragraph(document: Pdf) -> None:
    del _tree(document).K[1]


def _twice(document: Pdf) -> None:
    _tree(document).K.append(_tree(document).K[1])


def _piece_twice(document: Pdf) -> None:
    _tree(document).K[1].K.append(_tree(document).K[0].K[0])


def _no_tree(document: Pdf) -> None:
    del document.Root.StructTreeRoot


def _nameless(document: Pdf) -> None:
    for font in document.pages[0].obj.Resources.Font.as_dict().values():
        del font["/ToUnicode"]


def _note_over(document: Pdf) -> None:
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.FreeText, Rect=[20, 20, 90, 40], Contents="Call 111", DA="/Helv 9 Tf"
    )
    document.pages[0].obj.Annots = Array([document.make_indirect(note)])


def _off_the_paper(document: Pdf) -> None:
    document.pages[0].mediabox = Array([0, 0, 200, 595])


def _in_content(old: bytes, new: bytes) -> Callable[[Pdf], None]:
    """Return a change to what the first page paints; `old` must stand there once."""

    def change(document: Pdf) -> None:
        page = document.pages[0]
        page.contents_coalesce()
        content = page.Contents.read_bytes()
        assert content.count(old) == 1
        page.Contents = document.make_stream(content.replace(old, new))

    return change


def _each(role: str, change: Callable[[Any], None]) -> Callable[[Pdf], None]:
    """Return a change to each element of a kind."""

    def walk(document: Pdf) -> None:
        stack = [_tree(document)]
        while stack:
            element = stack.pop()
            if not isinstance(element, Dictionary):
                continue
            if element.get("/S") == Name(role):
                change(element)
            kids = element.get("/K")
            stack += list(kids.as_list()) if isinstance(kids, Array) else [kids]

    return walk


def _rename(name: str) -> Callable[[Any], None]:
    def change(element: Any) -> None:
        element["/S"] = Name(name)

    return change


OUTSIDE = b" BT /Helv 9 Tf 20 20 Td (Call 999) Tj ET"
REFUSED = [
    ("dropped", _drop_paragraph, 'no part of the structure tree reads "An efficient office waffle'),
    ("outside", _paint(OUTSIDE), 'no part of the structure tree reads "Call 999" (page 1)'),
    ("covered", _paint(b"/Artifact BMC 1 g 40 440 200 30 re f EMC"), "is not to be seen (page 1)"),
    ("invisible", _paint(b"/Artifact BMC BT 3 Tr /Helv 9 Tf 20 20 Td (secret) Tj ET EMC"), '"secret" stands in the PDF and is not'),
    ("white", _paint(b"/Artifact BMC BT 1 g /Helv 9 Tf 20 20 Td (secret) Tj ET EMC"), '"secret" stands in the PDF and is not'),
    ("cut off", _off_the_paper, "is not to be seen (page 1)"),
    ("laid over", _note_over, "something of the kind FreeText lies over the page, and only links may (page 1)"),
    ("twice", _twice, "an element stands twice in the structure tree"),
    ("piece twice", _piece_twice, 'the structure tree reads "Before your visit" twice (page 1)'),
    ("artefact in the tree", _each("/H1", _rename("/Artifact")), 'no part of the structure tree reads "Before your visit"'),
    ("no tree", _no_tree, "this PDF has no structure tree"),
    ("nameless", _nameless, "a font does not say which letters its signs are (page 1"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_changed_pdf_is_refused(change: Callable[[Pdf], None], message: str) -> None:
    """Text that no tag reads, text that nobody can see, a tree that is not there: told in words."""
    assert message in refused(changed(change))


def test_a_decoration_may_be_painted() -> None:
    """What must not trip the checks: an artefact that can be seen, and a drawing beside the text."""
    made = changed(_paint(b"/Artifact BMC 0.9 g 0 0 20 20 re f BT 0 g /Helv 9 Tf 5 5 Td (Draft) Tj ET EMC"))
    assert "Draft" in read_back(made).sheets[0]


def test_any_way_of_painting_text_is_followed() -> None:
    """Lines that are set by each operator of a PDF, and a decoration inside a marked piece, which is not read."""
    lines = _paint(
        b"/Artifact BMC BT 20 Tz 1 Tc 2 Tw /Helv 9 Tf 12 TL 20 70 Td (one) ' 1 1 (two) \" T* (three) Tj 0 -12 TD (four) Tj ET EMC"
    )
    assert read_back(changed(lines)).sheets[0].endswith("one two three four")
    inside = _in_content(
        b"/Span<</MCID 0>>BDC", b"/Span<</MCID 0>>BDC /Artifact BMC BT /Helv 9 Tf 20 20 Td (mark) Tj ET EMC "
    )
    read = read_back(changed(lambda document: (_paint(b"")(document), inside(document))[0]))
    assert "mark" in read.sheets[0]
    assert "<h1>Before your visit</h1>" in read.html


@pytest.mark.parametrize("marked_inside", [False, True])
def test_text_may_stand_in_a_drawing_that_the_page_shows(marked_inside: bool) -> None:
    """A form of its own belongs to the mark around it, or bears marks itself; what it sets ends with it."""

    def change(document: Pdf) -> None:
        page = document.pages[0]
        mark = b"/Span<</MCID 0>>BDC"
        begin, _, rest = page.Contents.read_bytes().partition(mark)
        heading, _, after = rest.partition(b"EMC")
        heading += b" 1 0 0 1 900 900 cm "
        inside, around = (
            (b"/Span<</MCID 9>>BDC " + heading + b"EMC", b"/F Do ")
            if marked_inside
            else (heading, mark + b" /F Do EMC ")
        )
        form = Dictionary(
            Subtype=Name.Form,
            BBox=[0, -90, 900, 900],
            Resources=Dictionary(Font=page.obj.Resources.Font, ColorSpace=page.obj.Resources.ColorSpace),
            Matrix=[1, 0, 0, 1, 0, 12],
        )
        drawing = document.make_stream(inside, form)
        page.obj.Resources["/XObject"] = Dictionary(F=drawing)
        page.Contents = document.make_stream(begin + around + after)
        if marked_inside:
            _tree(document).K[0].K[0] = Dictionary(Type=Name.MCR, Pg=page.obj, Stm=drawing, MCID=9)

    assert "<h1>Before your visit</h1>" in read_back(changed(change)).html


def test_a_drawing_with_words_and_a_note() -> None:
    """Words in a picture are words of the picture; a drawing with a page of its own inside; a note is a block of its own."""
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><g opacity="0.5"><text y="30" font-family="Atkinson Hyperlegible Next">inside</text></g></svg>'
    body = f'= x\n#image(bytes({_quoted(drawing)[1:]}), alt: "A needle")\n\nSee#footnote[A note.] here. #text(fill: black.transparentize(40%))[Pale.]'
    html = read_back(pdf(body)).html
    assert '<figure><img alt="A needle"><svg><text>inside</text></svg></figure>' in html
    assert "<div>See<div>A note.</div> here. Pale.</div>" in html


def test_fonts_may_name_ranges() -> None:
    """A font's table of letters in each of its forms: one by one, a range that counts on, a range with a list."""
    table = b"2 beginbfchar <0001> <0041> <0002> <D835DC65> endbfchar 2 beginbfrange <0003> <0005> <0061> <0006> <0007> [<00660069> <0078>] endbfrange"
    with Pdf.new() as document:
        font = Dictionary(
            Subtype=Name.Type0,
            ToUnicode=document.make_stream(table),
            DescendantFonts=[Dictionary(DW=500, W=[1, [250, 750], 3, 5, 100])],
        )
        page = document.add_blank_page()
        page.obj.Resources = Dictionary(Font=Dictionary(F=font))
        out = BytesIO()
        document.save(out)
    resources: Any = PdfReader(out).pages[0]["/Resources"]
    found = Font(resources["/Font"]["/F"])
    signs = [(text, width) for text, width, _ in found.signs(bytes.fromhex("00010002000300040005000600070008"))]
    assert signs == [
        ("A", 0.25),
        ("𝑥", 0.75),
        ("a", 0.1),
        ("b", 0.1),
        ("c", 0.1),
        ("fi", 0.5),
        ("x", 0.5),
        ("\ufffd", 0.5),
    ]


@pytest.mark.parametrize(
    "made", [b"", b"junk", b"%PDF-1.7\n", pdf()[:5000], pdf()[:-400]], ids=["empty", "junk", "head", "half", "no end"]
)
def test_what_is_no_pdf_is_refused(made: bytes) -> None:
    """A broken file is told, without a traceback."""
    assert "cannot be read" in refused(made)


def test_nothing_is_shortened_in_silence(sheet: ReadBack) -> None:
    """A word that is missing or changed is told as often as it lacks; one that stands elsewhere is not lost."""
    words = words_in(sheet)
    assert lost(words, sheet) == []
    assert lost(["Needle very “thin” thick,", "pregnant, or may be"], sheet) == ["thick"]
    assert lost(["waffle waffle  office"], sheet) == ["waffle"]
    assert lost(reversed(words), sheet) == []
    assert lost(["cafe\u0301.", "A soft\xadhyphen,"], sheet) == []

    to_artefact = _in_content(b"/Span<</MCID 0>>BDC", b"/Artifact BMC")
    silent = read_back(changed(to_artefact))
    assert "Before your visit" in silent.sheets[0]  # on paper, but nobody hears it
    assert lost(words, silent) == ["Before", "your", "visit"]


def test_the_matcher_judges_what_the_pdf_says() -> None:
    """The same sentences are judged the same from a PDF as from a page; a sentence less, and it is not said."""
    inputs = load_inputs(default_project(ROOT))
    judge = inputs.languages[0].judge
    assert judge is not None
    topics = {topic.id: topic for topic in inputs.standard.judged}
    body = """
= Handout
== Will I be sore?
Most people are sore the next day. It usually goes within three days.
== When do I need help now?
#strong[Call 999 now] if you have any of these:
- chest pain
- being short of breath

Any of these can start hours or days later.
== Will I be sore?
Something else.
"""
    headings = [("Will I be sore?", "soreness"), ("When do I need help now?", "get-help-now")]

    def verdicts(body: str) -> set[str]:
        blocks = said_in(read_back(pdf(body)), headings)
        return {
            f"{topic}.{name}"
            for topic, found in blocks.items()
            for name, verdict in judge.judge(topics[topic], found).items()
            if verdict.said
        }

    said = {"soreness.most-people", "soreness.three-days", "get-help-now.act", "get-help-now.delay"}
    assert said <= verdicts(body)
    less = body.replace("Any of these can start hours or days later.", "").replace("Most people are", "Nobody is")
    assert said & verdicts(less) == {"soreness.three-days", "get-help-now.act"}
    with pytest.raises(
        InputError, match='"No such heading" is missing; the heading "When do I need help now\\?" stands in'
    ):
        said_in(
            read_back(pdf(body)),
            [("No such heading", "x"), ("Will I be sore?", "soreness"), ("Will I be sore?", "soreness"), headings[1]],
        )


def _without(*path: str) -> Callable[[Pdf], None]:
    def change(document: Pdf) -> None:
        at: Any = document.Root
        for name in path[:-1]:
            at = at[name]
        del at[path[-1]]

    return change


def _forget(name: str) -> Callable[[Any], None]:
    def change(element: Any) -> None:
        del element[name]

    return change


def _claim_less(document: Pdf) -> None:
    document.Root.Metadata = document.make_stream(
        document.Root.Metadata.read_bytes().replace(b"pdfuaid:part>1<", b"pdfuaid:part>2<")
    )


def _other_title(document: Pdf) -> None:
    document.Root.Metadata = document.make_stream(
        document.Root.Metadata.read_bytes().replace(b">Before your visit<", b">Else<")
    )


def _first_page(name: str) -> Callable[[Pdf], None]:
    return lambda document: _forget(name)(document.pages[0].obj)


def _font_apart(document: Pdf) -> None:
    font = document.pages[0].obj.Resources.Font["/f0"].DescendantFonts[0].FontDescriptor
    del font[next(key for key, _ in font.items() if key.startswith("/FontFile"))]


def _links_mute(document: Pdf) -> None:
    for page in document.pages:
        for link in page.obj.get("/Annots", Array()).as_list():
            del link["/Contents"]


def _index_lost(document: Pdf) -> None:
    document.Root.StructTreeRoot.ParentTree.Nums[1] = Array([])
    document.Root.StructTreeRoot.ParentTree.Nums[3] = Array([])


FAULTS = [
    (_no_tree, "no structure tree"),
    (_without("/MarkInfo", "/Marked"), "not marked as tagged"),
    (_without("/Lang"), "its language is , not en-GB"),
    (_without("/ViewerPreferences", "/DisplayDocTitle"), "a window shows its file's name, not its title"),
    (lambda document: _forget("/Title")(document.docinfo), "its title is , not Before your visit"),
    (_other_title, "its metadata has another title"),
    (_claim_less, "it does not claim PDF/UA-1"),
    (_each("/H1", _rename("/P")), "it does not begin with a heading of the first level"),
    (_each("/H2", _rename("/H3")), "a heading of level 3 follows one of level 1"),
    (_each("/LI", _rename("/P")), "/P stands in /L"),
    (_each("/L", _rename("/Div")), "/LI stands in /Div"),
    (_each("/LBody", _rename("/Span")), "an item of a list has no body"),
    (_each("/TH", _forget("/A")), "a header of a table does not say what it heads"),
    (_each("/TH", _rename("/TD")), "a table has no headers"),
    (_each("/TR", _rename("/Div")), "/Div stands in /TBody"),
    (_each("/Figure", _forget("/Alt")), "a Figure has no words for those who do not see it"),
    (_font_apart, "is not in the file"),
    (_nameless, "does not say which letters its signs are"),
    (_first_page("/Tabs"), "page 1: the tab key does not follow the structure"),
    (_links_mute, "a link has no words, or is in no structure"),
    (_index_lost, "page 1: marked piece 0 is in no element"),
    (_paint(OUTSIDE), "page 1: something is painted outside all marks (Tj)"),
]


def test_the_structure_is_whole() -> None:
    """A document as it is set has no fault of structure."""
    with Pdf.open(BytesIO(pdf())) as document:
        assert structure_faults(document, "Before your visit", "en-GB") == []


@pytest.mark.parametrize(("change", "fault"), FAULTS, ids=[row[1] for row in FAULTS])
def test_each_check_of_structure_finds_its_fault(change: Callable[[Pdf], None], fault: str) -> None:
    """Each check is awake: a document that is changed to have this fault is found out."""
    with pikepdf.open(BytesIO(changed(change))) as document:
        assert any(fault in found for found in structure_faults(document, "Before your visit", "en-GB"))
