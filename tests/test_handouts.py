"""Leaflets: what staff print says all that its pages say, on every sheet of it, and nothing else is ever handed out."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from patientpages.build import made
from patientpages.folders import default_project
from patientpages.handouts import handouts_of
from patientpages.making import quietly
from patientpages.model import Artefact, Finding, Handout, Page, Place, Printed, Signature
from patientpages.project import Inputs, load_inputs
from patientpages.style import contrast
from tests.conftest import TODAY, Workspace
from tests.pdf_structure import structure_faults

DAY = date.fromisoformat(TODAY)
LEAFLETS = {
    "before-your-visit": "Before your visit",
    "after-your-visit": "After your visit",
    "card": "I had dry needling",
}
FILES = [f"{name}{end}.pdf" for name in LEAFLETS for end in ("", "-large")]
A4, LETTER = (595.28, 841.89), (612.0, 792.0)  # points


def texts(pdf: bytes) -> list[str]:
    """Return the text of each page as pdfium finds it, without white space: a line may end anywhere."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [re.sub(r"[\s\u200b\ufffe-]+", "", page.get_textpage().get_text_range()) for page in document]


def close(text: str) -> str:
    """Return a text as `texts` gives it."""
    return re.sub(r"[\s-]+", "", text)


@pytest.fixture(scope="module")
def pdfs(online: Workspace) -> dict[str, bytes]:
    """The published leaflets by the name of the file."""
    return {path.name: path.read_bytes() for path in (online / "public/handouts").glob("*.pdf")}


def test_a_publication_makes_every_leaflet_for_one_sheet(online: Workspace, pdfs: dict[str, bytes]) -> None:
    """Both leaflets and the card come in both sizes; in normal print each is two pages of A4 and 60 KB at most."""
    assert sorted(pdfs) == sorted(FILES)
    for name in LEAFLETS:
        with pypdfium2.PdfDocument(pdfs[f"{name}.pdf"]) as document:
            assert len(document) <= 2
            assert all(page.get_size() == pytest.approx(A4, abs=0.1) for page in document)
        assert len(pdfs[f"{name}.pdf"]) <= 60_000
    staff = (online / "public/staff/index.html").read_text(encoding="utf-8")
    for name in FILES:
        assert f'href="../handouts/{name}"' in staff


@pytest.mark.parametrize("name", FILES)
def test_a_screen_reader_can_read_it(pdfs: dict[str, bytes], name: str) -> None:
    """Tagged as PDF/UA-1 with title, language, headings, lists and embedded fonts, which are those of the project."""
    with pikepdf.open(io.BytesIO(pdfs[name])) as document:
        title = LEAFLETS[name.removesuffix(".pdf").removesuffix("-large")]
        assert structure_faults(document, title, "en") == []
        fonts = {str(font.BaseFont) for page in document.pages for font in page.Resources.Font.values()}
        assert fonts
        assert all("AtkinsonHyperlegibleNext" in font for font in fonts)


@pytest.mark.parametrize("name", FILES)
def test_each_page_does_alone(online: Workspace, pdfs: dict[str, bytes], name: str) -> None:
    """Every page has clinic, telephone, urgent help with the number, who checked it and when next, version, address."""
    pages = texts(pdfs[name])
    for number, text in enumerate(pages, 1):
        for wanted in ("Example Clinic", "Call us: 01632 960 123", "Chest pain or hard to breathe? Call 999 now.",
                       "Checked by Test Signatory, physiotherapist, on 22 November 2026.",
                       "Next check due 22 November 2027.", "The newest text is here: www.example.org/patients/info/go/",
                       "This text is from 22 November 2026."):  # fmt: skip
            assert close(wanted) in text, (number, wanted)
        assert re.search(r"Versions?of(?:this|these)texts?:[2-9A-Z]{8}", text)
        assert close(f"Page {number} of {len(pages)}") in text or name == "card.pdf"
    codes = set(re.findall(r'kind: "version".*?text: "([^"]+)"', _ledger(online)))
    shown = {code for text in pages for code in re.findall(r"[2-9CFGHJMPQRVWX]{8}", text.partition("Version")[2])}
    assert shown & {close(code) for code in codes}


def _ledger(project: Workspace) -> str:
    return (project / "records/published.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "topic"), [("before-your-visit", "prepare"), ("after-your-visit", "aftercare"), ("card", "get-help-now")]
)
def test_a_telephone_reads_the_code(online: Workspace, pdfs: dict[str, bytes], name: str, topic: str) -> None:
    """Drawn at 300 dpi, each page has a QR code that opens the short address of its topic, which is served."""
    for end in ("", "-large"):
        with pypdfium2.PdfDocument(pdfs[f"{name}{end}.pdf"]) as document:
            for page in document:
                found = zxingcpp.read_barcodes(page.render(scale=300 / 72, grayscale=True).to_pil())
                assert {each.text for each in found} == {f"https://www.example.org/patients/info/go/{topic}/"}
    assert (online / f"public/go/{topic}/index.html").is_file()


@pytest.mark.parametrize("name", FILES)
def test_what_is_printed_can_be_read_in_black_and_white(pdfs: dict[str, bytes], name: str) -> None:
    """No text is set in a colour that is paler than 4.5 to 1 against paper, in grey as well."""

    def inks() -> Iterator[tuple[float, ...]]:
        with pikepdf.open(io.BytesIO(pdfs[name])) as document:
            for page in document.pages:
                colour: tuple[float, ...] = (0.0,)
                for step in pikepdf.parse_content_stream(page):
                    if str(step.operator) in ("g", "rg", "sc", "scn"):
                        colour = tuple(float(str(each)) for each in step.operands)
                    if str(step.operator) in ("Tj", "TJ"):
                        yield colour

    found = set(inks())
    assert found
    for ink in found:
        red, green, blue = ink * 3 if len(ink) == 1 else ink
        grey = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        shades = ("".join(f"{round(255 * part):02x}" for part in each) for each in ((red, green, blue), (grey,) * 3))
        assert all(contrast(f"#{shade}", "#ffffff") >= 4.5 for shade in shades)


@pytest.fixture(scope="module")
def stock(online: Workspace) -> tuple[Inputs, tuple[Page, ...], list[Artefact]]:
    """The pages of the published clinic, built once for all that is tried on paper."""
    inputs = load_inputs(default_project(online.path))
    outcome, files, sites, *_ = made(inputs, DAY, quietly, "trial")
    assert not outcome.errors
    return inputs, sites[0].pages, files


Sabotage = Callable[[Path], None]


def _replaced(file: str, old: str, new: str) -> Sabotage:
    def change(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")

    return change


def printed_with(
    stock: tuple[Inputs, tuple[Page, ...], list[Artefact]],
    folder: Path,
    change: Sabotage,
    *,
    name: str = "after-your-visit",
) -> tuple[list[Printed], list[Finding]]:
    """Print one leaflet from templates that were changed."""
    inputs, pages, files = stock
    shutil.copytree(inputs.project.root / "print", folder / "print")
    change(folder / "print")
    language = inputs.languages[0]
    assert language.handouts is not None
    only = [item for item in language.handouts.items if item.name == name]
    elsewhere = replace(inputs, project=replace(inputs.project, root=folder))
    return handouts_of(elsewhere, language, pages, files, DAY, preview=False, only=only)


@pytest.mark.parametrize(("change", "code", "words"), [
    (_replaced("handout.typ", "strong(a.clinic), strong(a.phone)", "strong(a.clinic), []"), "H104", "the telephone number"),
    (_replaced("handout.typ", "if page > 1 {", "if page > 2 {"), "H104", "page 2 of the leaflet"),
    (_replaced("handout.typ", "[#a.words.sheet #page #a.words.of #last]", "[]"), "H104", "which page it is of 2"),
    (_replaced("handout.typ", "..a.foot,", "..a.foot.slice(1),"), "H104", "Checked by Test Signatory"),
    (_replaced("handout.typ", "width: a.code_side * 1mm", "width: 3mm"), "H104", "QR code cannot be read"),
    (_replaced("pieces.typ", "list(tight: true, ..items)", "list(tight: true, ..items.slice(1))"), "H103", "lost words"),
    (_replaced("pieces.typ", "list(tight: true, ..items)", "list(tight: true, ..items.slice(1))"), "H102", "aftercare."),
    (_replaced("pieces.typ", "heading(level: node.level, all(node.c))", "strong(all(node.c))"), "H102", "heading"),
    (_replaced("pieces.typ", "par(all(node.c))", "par(text(fill: white, all(node.c)))"), "H102", "not to be seen"),
    (_replaced("pieces.typ", "par(all(node.c))", "move(dx: 15cm, par(all(node.c)))"), "H102", "not to be seen"),
    (_replaced("pieces.typ", "{ strong(all(node.c)) }", "{ pdf.artifact(strong(all(node.c))) }"), "H103", "lost words"),
    (_replaced("pieces.typ", "{ strong(all(node.c)) }", "{ [Do not: ] + strong(all(node.c)) }"), "H103", "word for word"),
    (_replaced("pieces.typ", "list(tight: true, ..items)", "list(tight: true, ..items.rev())"), "H103", "word for word"),
    (_replaced("pieces.typ", "list(tight: true, ..items)", "list(tight: true, ..items, ..items)"), "H103", "word for word"),
    (_replaced("handout.typ", "strong(a.phone)", "strong(a.phone + [ or 01632 960 999])"), "H104", "not in its words: 01632 960 999"),
])  # fmt: skip
def test_a_leaflet_that_says_less_is_not_handed_out(
    stock: tuple[Inputs, tuple[Page, ...], list[Artefact]], tmp_path: Path, change: Sabotage, code: str, words: str
) -> None:
    """What templates leave out, hide, push off the paper or keep from a screen reader is an error, and no leaflet."""
    name = "before-your-visit" if words.startswith("page 2") else "after-your-visit"  # whose last page has it in a box
    printed, found = printed_with(stock, tmp_path, change, name=name)
    errors = [finding for finding in found if finding.severity == "error"]
    assert any(finding.code == code and words in finding.message for finding in errors), [f.message for f in found]
    assert {each.large for each in printed} <= {True}


def test_nothing_of_any_page_is_lost(
    stock: tuple[Inputs, tuple[Page, ...], list[Artefact]], pdfs: dict[str, bytes]
) -> None:
    """Each page of the site can be printed whole: every word, and every statement that the matcher finds on it."""
    inputs, pages, files = stock
    only = [replace(inputs.languages[0].handouts.items[0], name=page.source.name, page=page.source.name, also=())
            for page in pages if page.source.kind != "sources"] if inputs.languages[0].handouts else []  # fmt: skip
    printed, found = handouts_of(inputs, inputs.languages[0], pages, files, DAY, preview=False, only=only[:6])
    assert found == []
    assert len(printed) == 12


def test_what_to_bring_can_be_ticked(pdfs: dict[str, bytes]) -> None:
    """The checklist of the page has an empty box before each of its points, and no other list has."""
    for name, size in (("before-your-visit.pdf", 12), ("before-your-visit-large.pdf", 18)):
        with pypdfium2.PdfDocument(pdfs[name]) as document:
            shapes = [shape for page in document for shape in page.get_objects() if shape.type == 2]  # a path
            boxes = [shape for shape in shapes if 0.8 * size < _side(shape) < 1.2 * size]
            assert len(boxes) == 5


def _side(shape: pypdfium2.PdfObject) -> float:
    """Return the side of a square that is drawn, 0 of anything else."""
    left, bottom, right, top = shape.get_bounds()
    return right - left if abs((right - left) - (top - bottom)) < 0.1 else 0


Stock = tuple[Inputs, tuple[Page, ...], list[Artefact]]


def printed_of(stock: Stock, page: str, *also: str) -> tuple[list[Printed], list[Finding]]:
    """Print a page with topics of others."""
    inputs, pages, files = stock
    language = inputs.languages[0]
    only = [Handout(page, page, also, page, Place("staff/handouts.yml"), {})]
    return handouts_of(inputs, language, pages, files, DAY, preview=False, only=only)


def test_a_warning_of_the_short_text_is_not_lost_beside_the_long_one(pdfs: dict[str, bytes]) -> None:
    """The page says in short that no medicine may be stopped, and its leaflet says that as well as the whole list."""
    for name in ("before-your-visit.pdf", "before-your-visit-large.pdf"):
        text = "".join(texts(pdfs[name]))
        assert close("Do not stop any medicine yourself.") in text
        assert close("have a pacemaker, another implant or a heart valve problem") in text


def test_links_lead_to_a_page_of_the_leaflet_or_to_an_address(stock: Stock) -> None:
    """A link to what stands on the leaflet names its page if it is another; to the same topic told elsewhere, its address."""
    printed, _ = printed_of(stock, "your-choices")
    text = "".join(texts(printed[0].pdf))
    for topic in ("pain-relief", "uncertainty", "common-effects", "serious-harms"):
        assert close(f"(www.example.org/patients/info/go/{topic})") in text
    printed, _ = printed_of(stock, "aftercare", "get-help-now")
    assert close("(www.example.org/patients/info/go/get-help-now)") not in "".join(texts(printed[0].pdf))


def test_several_who_checked_take_a_line_of_each_page(stock: Stock) -> None:
    """Each page tells that all parts were checked and the first day on which one ends; who and when stands at the end."""
    inputs, pages, files = stock
    own = [replace(s, name=f"Signatory {n}", next_check=date(2027, 3 + n, 1), signed_on=date(2026, 3, 1 + n))
           for n, s in enumerate(s for s in inputs.records.signatures if s.page in ("before-your-visit", "is-it-for-me", "at-your-visit", "risks"))]  # fmt: skip
    assert len(own) == 4
    records = replace(inputs.records, signatures=tuple(own))
    files = [replace(f, content=_signed_by(f, own)) for f in files]
    printed, found = printed_of(
        (replace(inputs, records=records), pages, files),
        "before-your-visit",
        "tell-us-first",
        "what-happens",
        "serious-harms",
    )
    assert found == []
    assert all(each.sheets <= (8 if each.large else 3) for each in printed)
    for text in texts(printed[0].pdf):
        assert close("Each part was checked: see the end. Next check due 1 March 2027.") in text
    assert all(
        close(f"Checked by Signatory {n}, physiotherapist, on {n + 1} March 2026. (") in "".join(texts(printed[0].pdf))
        for n in range(4)
    )


def _signed_by(file: Artefact, signatures: list[Signature]) -> bytes:
    """Return a built page with the lines of another signature."""
    for signature in signatures:
        if file.path == f"{signature.page}/index.html":
            day = f"{signature.signed_on.day} March 2026"
            return file.content.replace(
                b"Checked by Test Signatory, physiotherapist, on 22 November 2026.",
                f"Checked by {signature.name}, physiotherapist, on {day}.".encode(),
            ).replace(b"Next check due 22 November 2027.", f"Next check due 1 {signature.next_check:%B} 2027.".encode())
    return file.content


def test_a_language_without_leaflets_is_named(stock: Stock) -> None:
    """A second language without a list of its own is told, with the file to write; the first one, or a page, is not."""
    inputs, pages, files = stock
    other = replace(inputs.languages[0], code="pl", handouts=None)
    both = replace(inputs, languages=(inputs.languages[0], other))
    printed, found = handouts_of(both, other, pages, files, DAY, preview=False)
    assert printed == []
    assert [(f.code, f.severity, f.place.path) for f in found] == [("H106", "warning", "staff/pl/handouts.yml")]
    _, found = handouts_of(both, other, pages, files, DAY, preview=False, only=[])
    assert found == []
