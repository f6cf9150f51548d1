"""Whatever a page holds comes out on paper, all of it, or its author is told where it stands; never a shortened sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import typst

from patientpages.folders import default_project
from patientpages.handouts import making, paper
from patientpages.handouts.composing import LARGE
from patientpages.model import InputError
from patientpages.project import load_inputs
from patientpages.readback.reading import read_back
from tests.conftest import ROOT, Workspace
from tests.hostile import FIRST, Lab, lab_of

WORD = "Pneumothorax" * 25
LONG = "Soreness is common after this. " * 120
WIDE = range(12)
_PLAIN = re.compile("</?(div|p)>")


@pytest.fixture(scope="module")
def lab(online: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """One built site for all rows."""
    with pytest.MonkeyPatch.context() as patch:
        yield lab_of(online, tmp_path_factory.mktemp("hostile") / "clone", patch)


def _nested(depth: int) -> str:
    return "\n".join(f"{'    ' * level}- level {level}" for level in range(depth))


# What a page holds, and what stands in the HTML that is read back out of its PDF (without <div> and <p>).
RIGHT: dict[str, tuple[str, list[str]]] = {
    "word of 300 letters": (f"A word: {WORD} end.", [f"<p>A word: {WORD} end.</p>"]),
    "heading of one word": (f"## {WORD} {{ #w }}\n\ntext", [f"<h2>{WORD}</h2><p>text</p>"]),
    "word that is partly bold": (
        "un**" + "breakable" * 3 + "***" + "longword" * 3 + "*`" + "code" * 6 + "` end",
        ["un" + "breakable" * 3 + "longword" * 3 + "code" * 6 + " end"],
    ),
    "hard spaces": ("\xa0".join(["word"] * 60), ["word\xa0" * 59 + "word"]),
    "address of 400 signs": ("[page](https://www.example.org/" + "abcdefghij/" * 36 + ")", ["(www.example.org/" + "abcdefghij/" * 35]),
    "link of 2,000 signs": ("[page](https://www.example.org/?q=" + "abcdefghij" * 200 + ")", ["?q=" + "abcdefghij" * 200]),
    "links that lead nowhere": ("[a](javascript:alert(1)) [b](nowhere.md) [c](#none) [d](mailto:a@example.org?subject=x) end", ["b", "c", "d", "end"]),
    "table of 12 columns": ("|" + "|".join(f"Column {c}" for c in WIDE) + "|\n" + "|-" * 12 + "|\n|" + "|".join(f"soreness {c}" for c in WIDE) + "|",
                            [f"Column {c}: soreness {c}" for c in WIDE]),
    "cell longer than a page": (f"| a | b |\n|--|--|\n| {LONG} | short |\n| next | row |", [LONG.strip(), "<td>next</td><td>row</td>"]),
    "spans": ("<table><thead><tr><th colspan=2>Both</th><th>Third</th></tr></thead><tbody><tr><td rowspan=2>tall</td><td>b</td><td>c</td></tr><tr><td>d</td><td>e</td></tr></tbody></table>",
              ['<th scope="col" colspan="2">Both</th>', '<td rowspan="2">tall</td><td>b</td><td>c</td></tr><tr><td>d</td><td>e</td>']),
    "absurd spans": ("<table><tr><th colspan=999>Wide</th></tr><tr><td>a</td><td rowspan=65534>b</td></tr><tr><td colspan=-3>c</td></tr></table>",
                     ['colspan="2">Wide</th>', '<td>a</td><td rowspan="2">b</td></tr><tr><td>c</td>']),
    "spans over each other": ("<table><tr><td>a</td><td rowspan=2>b</td></tr><tr><td colspan=2>c</td></tr></table>", ['<td>a</td><td rowspan="2">b</td></tr><tr><td>c</td>']),
    "rows of different length": ("<table><tr><td>one</td></tr><tr><td>two</td><td>three</td><td>four</td></tr></table>",
                                 ["<td>one</td><td></td><td></td></tr><tr><td>two</td><td>three</td><td>four</td>"]),
    "spans in a wide table": ("<table><tr>" + "".join(f"<th colspan=2>Columnwordlong{c}</th>" for c in range(9)) + "</tr><tr>" + "<td>value</td>" * 18 + "</tr></table>",
                              [f"Columnwordlong{c}: value" for c in range(9)]),
    "two rows of headers": ("<table><thead><tr>" + "<th>Group</th>" * 12 + "</tr><tr>" + "".join(f"<th>Columnword{c}</th>" for c in WIDE) + "</tr></thead><tr>" + "<td>value</td>" * 12 + "</tr></table>",
                            [f"Group, Columnword{c}: value" for c in WIDE]),
    "headers alone": ("<table><thead><tr>" + "".join(f"<th>Columnwordlong{c}</th>" for c in WIDE) + "</tr></thead></table>", [f"Columnwordlong{c}" for c in WIDE]),
    "table in a table": ("<table><tr><td>outer <table><tr><td>inner one</td><td>inner two</td></tr></table></td><td>b</td></tr></table>", ["outer", "inner one", "inner two", "b"]),
    "300 points": ("\n".join(f"- Point number {i}" for i in range(300)), [f"<li>Point number {i}</li>" for i in range(300)]),
    "lists 12 deep": (_nested(12), [f"level {i}" for i in range(12)]),
    "numbers of a list": ('<ol start="99"><li>a</li><li value="7">b</li></ol>\n\n<ol reversed><li>c</li><li>d</li></ol>\n\n<ol type="a"><li>e</li></ol>', ["<ol><li>a</li><li>b</li></ol>"]),
    "box longer than a page": ('!!! now "Now"\n\n' + "\n\n".join(f"    Paragraph {i}: {'soreness ' * 30}" for i in range(40)), [f"<p>Paragraph {i}: soreness" for i in range(40)]),
    "box in a box in a list": ('- item\n\n    !!! call "Call"\n\n        !!! today "Inner"\n\n            - point\n\n                !!! note "Deep"\n\n                    text deep\n', ["item", "Call", "Inner", "point", "Deep", "text deep"]),
    "long caption": (f"<figure data-part='picture'><svg class='array' viewBox='0 0 9 9'><circle cx=5 cy=5 r=4 /></svg><figcaption>{LONG}</figcaption></figure>", [LONG.strip()]),
    "Arabic": ('<p lang="ar" dir="rtl">مرحبا بكم في العيادة 123 اليوم (NHS) الآن.</p>', ['lang="ar">مرحبا بكم في العيادة 123 اليوم (NHS) الآن.</p>']),
    "Hebrew": ('<div dir="rtl" lang="he"><p>שלום לכל (abc) העולם, 12–14 ימים!</p><ul><li>שתיים 999</li></ul></div>', ["שלום לכל (abc) העולם, 12–14 ימים!", "<li>שתיים 999</li>"]),
    "Urdu": ('<p lang="ur" dir="rtl">سوئی لگانے کے بعد درد عام ہے۔ ہمیں فون کریں: 999</p>', ["سوئی لگانے کے بعد درد عام ہے۔ ہمیں فون کریں: 999"]),
    "Hebrew in English": ('English with <span lang="he" dir="rtl">שתי מילים</span> in it.', ["English with שתי מילים in it."]),
    "odd languages": ('<p lang="x-long-name">odd</p>\n\n<p lang="EN-gb" dir="sideways">case</p>', ["odd", "case"]),
    "soft hyphens and joiners": ("physio\xadtherapy " + "abc\xad" * 40 + " a\u200db zero\u200bwidth", ["physiotherapy " + "abc" * 40, "zerowidth"]),
    "accents": ("Cafe\u0301 n\u0303ando Zürich", ["Zürich"]),
    "text like code of the typesetter": ("Say #let x = 1 \\\\n $x^2$ @label &lt;label> //comment /* x */ ```raw``` #import \"x\" ~ --- [a] = head\n\n= head", ['#let x = 1 \\n $x^2$ @label &lt;label&gt; //comment /* x */ raw #import "x" ~ --- [a] = head']),
    "signs that break JSON": ('"a" \'b\' \\ \\" {"json": [1,2,null]} \\u0041 \\n &amp; &lt; %s {0}', ['{"json": [1,2,null]} \\u0041 \\n &amp; &lt; %s {0}']),
    "heading of 200 words": ("## " + "soreness word " * 100 + "{ #h }\n\ntext", ["soreness word " * 99]),
    "no headings": ("Just text.\n\nMore.", ["<p>Just text.</p><p>More.</p>"]),
    "empty sections and headings": ("## Empty { #e }\n\n<h2 id=x></h2>\n\n## Next { #n }\n\ntext", ["<h2>Empty</h2><h2>Next</h2><p>text</p>"]),
    "60 headings with the same words": ("\n\n".join(f"## Same words\n\ntext {i}" for i in range(60)), [f"<h2>Same words</h2><p>text {i}</p>" for i in range(60)]),
    "one id twice": ("## One { #same }\n\na [link](#same)\n\n## Two { #same }\n\n<p id=same>c</p>", ["One", "a link", "Two", "c"]),
    "levels left out": ("##### Five\n\na\n\n# One again\n\nb\n\n###### Six\n\nc", ["<h2>Five</h2><p>a</p><h2>One again</h2><p>b</p><h3>Six</h3>"]),
    "200 raised numbers": (" ".join(f"word<sup>{i}</sup>" for i in range(200)), [f"word{i} word{i + 1} " for i in range(198)]),
    "terms": ("<dl><dd>no term</dd><div><dt>Term</dt><dd>Meaning</dd></div><dt>Alone</dt></dl>", ["no term", "Term</p><p>Meaning", "Alone"]),
    "code": ("```\n" + "x" * 300 + "\n\tindented   spaces\n```", ["x" * 300]),
    "what is hidden stays so": ("<p hidden>gone</p>\n\n<ul><li hidden>gone</li><li>here</li></ul>\n\n<table><tr hidden><td>gone</td></tr><tr><td>cell</td></tr></table>", ["<ul><li>here</li></ul>", "<td>cell</td>"]),
    "closed details": ("<details><summary>More</summary><details><summary>B</summary>deep words</details></details>", ["More", "B", "deep words"]),
    "tags that are not closed": ("<p>one <b>bold <i>both</p>\n\n<div><ul><li>item <li>two\n\nend", ["one bold both", "item", "two", "end"]),
    "instructions to a program": ("a <!-- secret --> b <?php echo 1 ?> c", ["<p>a b c</p>"]),
    "rules": ("a\n\n---\n\n<hr>\n\nb", ["<p>a</p><p>b</p>"]),
    "good picture": ("text ![one](../good.png) after **bold ![two](../good.png) more**", ['text <figure><img alt="one"></figure>after bold', '<figure><img alt="two"></figure>more']),
    "moving picture": ("![moving](../moving.gif)", ['<img alt="moving">']),
    "tall picture": ("![tall](../tall.png)", ['<img alt="tall">']),
    "drawing with a script": ("![script](../script.svg)", ['<img alt="script">']),
    "drawing as large as a house": ("![sized](../sized.svg)\n\nafter", ['<img alt="sized"></figure><p>after</p>']),
}  # fmt: skip
# What a page holds, and what its author is told: code, line from the first words, and a part of the message.
TOLD: dict[str, tuple[str, tuple[str, int, str]]] = {
    **{
        f"<{tag}>": (f"Before.\n\n<{tag}>words</{tag}>\n\nAfter.", ("H101", 2, f"<{tag}> cannot be printed"))
        for tag in ("iframe", "video", "object", "marquee", "math", "form", "nav", "button", "del", "my-box", "select")
    },
    "emoji": ("Fine.\n\nCall \U0001f600 now", ("H101", 2, '"\U0001f600" (U+1F600): no font has it')),
    "Chinese": ("治療", ("H101", 0, '"療" (U+7642): no font has it')),
    "accents that no font has": ("Z\u0351", ("H101", 0, "U+0351")),
    "control characters": ("a\n\nb\x01c", ("H101", 2, "cannot show U+0001: no font has it")),
    "lists 40 deep": ("\n".join("    " * i + f"- level {i}" for i in range(40)), ("H101", 21, "too many boxes and lists")),
    "boxes 9 deep": ("<blockquote>" * 22 + "deep", ("H101", 0, "too many boxes and lists")),
    "odd number of a list": ('a\n\n<ol start="99999999999999999999"><li>x</li></ol>', ("H101", 2, "a list cannot be numbered from")),
    "words between points": ("<ul><li>a</li>loose words</ul>", ("H101", 0, "a list holds words outside its points")),
    "list in a heading": ("text\n\n<h2>Title<ul><li>point</li></ul></h2>", ("H101", 2, "words in one line")),
    "missing picture": ("text\n\n![x](../missing.png)", ("H101", 2, "../missing.png cannot be printed: it is not there")),
    "picture of 600 KB": ("text\n\n![x](../heavy.png)", ("H101", 2, "../heavy.png cannot be printed: it has 0.6 MB")),
    "damaged picture": ("text\n\n![x](../good.png)\n\n![x](../damaged.png)", ("H101", 4, "damaged.png cannot be printed: failed to decode")),
    "page for a picture": ("![x](../page.png)", ("H101", 0, "page.png cannot be printed: failed to decode")),
    "empty picture": ("![x](../empty.png)", ("H101", 0, "empty.png cannot be printed: failed to decode")),
    "picture like a line": ("![x](../line.png)", ("H101", 0, "line.png cannot be printed: it is too narrow to be seen")),
    "picture from elsewhere": ("![x](https://example.org/x.png)", ("H101", 0, "it is not in the folder of the pages")),
    "drawing that fetches": ("![x](../elsewhere.svg)", ("H101", 0, "elsewhere.svg cannot be printed: failed to load")),
    "drawing that reads files": ("![x](../secret.svg)", ("H101", 0, "secret.svg cannot be printed: failed to parse")),
    "drawing without words": ('a\n\n<svg viewBox="0 0 9 9"><rect width="5" height="5"/></svg>', ("H101", 2, "says nothing to whoever cannot see it")),
    "page in a drawing": ('a\n\n<svg viewBox="0 0 99 50"><title>T</title><foreignObject width="99" height="50"><p>foreign words</p></foreignObject></svg>', ("H103", 2, "has lost words of its pages: foreign words")),
    "tags that end the page": ("a\n\n</div></article></main>words", ("H101", 2, "</article> ends the page before its last words")),
    "words that are seen and not heard": ('a\n\nIt is <span aria-hidden="true">not</span> safe.', ("H101", 2, "is kept from screen readers")),
    "malformed address": ("text\n\n<a href='http://[bad'>x</a>", ("D001", 2, "this link is no address")),
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_it_stands_on_paper(lab: Lab, name: str) -> None:
    """All that the page holds is read back out of the PDF, is seen, and lies over nothing else."""
    text, wanted = RIGHT[name]
    printed, findings = lab.set(text)
    assert findings == []
    html = _PLAIN.sub("", lab.said(printed).html)
    assert [part for part in wanted if _PLAIN.sub("", part) not in html] == []
    assert "gone" not in html and "secret" not in html


@pytest.mark.parametrize("name", TOLD)
def test_its_author_is_told(lab: Lab, name: str) -> None:
    """What cannot be printed is told with its file and line, and no PDF is made."""
    text, (code, line, message) = TOLD[name]
    printed, findings = lab.set(text)
    assert printed == []
    found = [
        (finding.code, finding.place.path, finding.place.line) for finding in findings if message in finding.message
    ]
    assert found == [(code, "docs/en/hostile.md", FIRST + line)], findings


def test_all_letters_that_lack_are_told_at_once(lab: Lab) -> None:
    """Whoever adds a font wants to know every letter that it must have, and nothing else."""
    _, findings = lab.set("漢字 English \u05e9 \\u{5e9} {} 仮名")
    assert [finding.message.split('"')[3] for finding in findings] == sorted("漢字仮名")


def test_a_picture_of_10_mb_is_refused(lab: Lab, tmp_path: Path) -> None:
    """Before anything is built; the website would have to carry it, too."""
    heavy = lab.inputs.languages[0].docs / "heavy-scan.png"
    heavy.write_bytes(bytes(10_000_000))
    try:
        with pytest.raises(InputError) as told:
            load_inputs(default_project(lab.inputs.project.root))
    finally:
        heavy.unlink()
    assert [f.place.path for f in told.value.findings] == ["docs/en/heavy-scan.png"]


@pytest.mark.parametrize(("down", "is_refused"), [("0pt", True), ("4pt", True), ("12pt", False)])
def test_text_over_other_text_is_refused(down: str, is_refused: bool) -> None:
    """Every sign is there and is dark, and nobody can read it."""
    body = f"""#set document(title: "x")
#set text(font: "Atkinson Hyperlegible Next", size: 11pt)
#place(top)[Call us now]
#place(top, dy: {down})[Wait and see]"""
    folder = str(ROOT / "print/fonts")
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    made = typst.compile(body.encode(), font_paths=fonts, ignore_system_fonts=True, pdf_standards=["ua-1"])
    assert isinstance(made, bytes)
    if is_refused:
        with pytest.raises(InputError, match="painted over each other"):
            read_back(made)
    else:
        assert "Wait and see" in read_back(made).html


@pytest.mark.parametrize("name", ["Example Clinic of the Long Road " * 6, "Exampleclinic" * 15, "#let $x$ \\ *b* <l>"])
def test_a_long_name_and_telephone_fit(lab: Lab, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the head of every page in large print they stand below each other, and over nothing."""
    clinic = lab.inputs.clinic
    values = {
        **clinic.values,
        "name": name.strip(),
        "phone": "01632 960 123 or 01632 960 124 or 01632 960 125 ext 12345678",
    }
    long = replace(lab, inputs=replace(lab.inputs, clinic=replace(clinic, values=values)))
    monkeypatch.setattr(making, "SIZES", {"": LARGE})
    printed, findings = long.set("text")
    assert findings == []
    assert printed[0].sheets > 1


def test_a_website_address_that_no_code_can_hold_is_refused(lab: Lab, tmp_path: Path) -> None:
    """Its QR codes could not be read, or not be made."""
    project = lab.inputs.project
    file = tmp_path / "clinic.yml"
    text = project.clinic.read_text(encoding="utf-8")
    file.write_text(text.replace("patients/info/", "patients/" * 200), encoding="utf-8")
    with pytest.raises(InputError, match=r"the website address has 1[0-9]+ signs, and may have 120"):
        load_inputs(replace(project, clinic=file))


def test_numbers_are_dialled_from_left_to_right(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a language from right to left the digits of a telephone number stand in the order in which they are dialled."""
    monkeypatch.setattr(paper, "RIGHT_TO_LEFT", ("en",))
    printed, findings = lab.set("\u05e9\u05dc\u05d5\u05dd 01632 960 777 \u05e2\u05d5\u05dc\u05dd")
    assert findings == []
    with pypdfium2.PdfDocument(printed[0].pdf) as document:
        for wanted in ("01632960123", "01632960777"):  # in the head of the page, and in its text
            assert any(wanted in line for page in document for line in _lines(page)), wanted


def _lines(page: pypdfium2.PdfPage) -> list[str]:
    """Return the signs of each line from left to right, as they are seen, without spaces."""
    text = page.get_textpage()
    signs = [(round(box[1]), box[0], letter) for at in range(text.count_chars())
             if (letter := text.get_text_range(at, 1)).strip() and (box := text.get_charbox(at))]  # fmt: skip
    rows: dict[int, list[tuple[float, str]]] = {}
    for low, left, letter in signs:
        rows.setdefault(low, []).append((left, letter))
    return ["".join(letter for _, letter in sorted(row)) for row in rows.values()]
