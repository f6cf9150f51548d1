"""clinic.yml: what a layman may write, what is refused with its line and the right form, and what pages show of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from patientpages.clinic import read_clinic
from patientpages.folders import default_project
from patientpages.model import Clinic, Finding, Standard
from patientpages.phones import digits_of
from patientpages.project import load_inputs
from patientpages.standard.emergency import read_emergency
from patientpages.yamlfile import Mistakes, parse
from tests.conftest import ROOT, Run, Workspace, copy_project

_EXAMPLE = (ROOT / "tests/clinics/example.yml").read_text(encoding="utf-8")
_DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'
)
_OWN = 'emergency_override: {number: "112", confirmed_by: "Test Confirmer", confirmed_on: 2026-11-01}'


@pytest.fixture(scope="module")
def standard() -> Standard:
    """The standard as it comes with the project."""
    return load_inputs(default_project(ROOT)).standard


def _with(line: str) -> tuple[str, int]:
    """Return the example with a line in the place of its own (or at its end), and the number of that line."""
    key = line.partition(":")[0]
    lines = [each for each in _EXAMPLE.splitlines() if not each.startswith(f"{key}:")]
    return "\n".join([*lines, line]) + "\n", len(lines) + 1


def _read(text: str, root: Path, standard: Standard) -> tuple[Clinic, list[Finding]]:
    mistakes = Mistakes()
    return read_clinic(text, "clinic.yml", root, standard, mistakes), mistakes.findings


_NINE = ", ".join(f'{{name: B{number}, address: A, phone: "01632 960 124"}}' for number in range(9))
# What somebody may type, and words of what they are told
_WRONG = [
    ("phone: 1632960123", 'phone: "01632 960 123"'),
    ("phone: 01632.5", "quotes"),
    ("phone: call us", "no telephone number"),
    ('phone: "0"', "no telephone number"),
    ('phone: "01632 960 123 456 789 012"', "none has more than 15"),
    ('phone: "٠١٦٣٢ ٩٦٠ ١٢٣"', "0 to 9"),
    ("phone: [01632 960 123, 01632 960 124]", "one text"),
    ("name: “Example Clinic”", "quotes of a word processor"),
    ("hours: ‘9 to 5’", "quotes of a word processor"),
    ("hours: [Monday, Tuesday]", "Monday to Friday, 9 am to 5 pm"),
    ("hours: 2026-11-22", "quotes"),
    ("hours: 9:30", "quotes"),
    ("address: {street: Example Street}", "one text"),
    ("address: |\n  1 Example Street\n  Exampleton", "one line"),
    ('name: "<script>alert(1)</script>"', "never as HTML"),
    ('name: "Example\\u0007 Clinic"', "U+0007"),
    ('name: "Example \\u202Ecinilc"', "U+202E"),
    ("name: ", "missing or empty"),
    (f'funding: "{"x" * 201}"', "At most 200"),
    ("feedback: pages at example.org", "no e-mail address"),
    ("feedback: pages@example", "no e-mail address"),
    ('feedback: "mailto:pages@example.org"', "no e-mail address"),
    ("country: UK", 'Did you mean "GB"'),
    ("country: England", 'Did you mean "GB" and region "england"'),
    ("country: ie", 'Did you mean "IE"'),
    ("country: XX", "Known: AU, CA"),
    ("website: www.example.org", "https://www.example.org/patients/"),
    ('website: "https://www.example.org/../etc/"', "not a full web address"),
    ('website: "https://www.example.org:٣"', "not a full web address"),
    ('website: "https://www.example.org:0/"', "not a full web address"),
    ('website: "https://www.example.org:65536/"', "not a full web address"),
    ('website: "https://www.example.org:123456789/"', "not a full web address"),
    ('embedded_on: ["https://www.example.org:٣"]', "not a website"),
    ('embedded_on: ["https://www.example.org:65536"]', "not a website"),
    ("minimum_age: sixteen", "whole number"),
    ("minimum_age: 160", "an age in years"),
    ("paper: A3", "One of: A4, Letter"),
    ("emergency_override: 112", "confirmed_by"),
    ('emergency_override: {number: "112", confirmed_on: 2026-11-01}', '"confirmed_by" is missing'),
    ('emergency_override: {number: "112", confirmed_by: "Test Confirmer"}', '"confirmed_on" is missing'),
    ('emergency_override: {number: "112", confirmed_by: "Test Confirmer", confirmed_on: 2026-02-30}', "exists"),
    ('emergency_override: {number: "call us", confirmed_by: "A", confirmed_on: 2026-11-01}', "no number to call"),
    ('emergency_override: {number: "９９９", confirmed_by: "A", confirmed_on: 2026-11-01}', "0 to 9"),
    ('emergency_override: {number: "١١٢", confirmed_by: "A", confirmed_on: 2026-11-01}', "0 to 9"),
    ('emergency_override: {number: "+44 112", confirmed_by: "A", confirmed_on: 2026-11-01}', "0 to 9"),
    ('emergency_override: {number: "11\\n2", confirmed_by: "A", confirmed_on: 2026-11-01}', "no number to call"),
    ('emergency_override: {number: "11\\t2", confirmed_by: "A", confirmed_on: 2026-11-01}', "no number to call"),
    ('emergency_override: {number: "1", confirmed_by: "A", confirmed_on: 2026-11-01}', "no number to call"),
    ('emergency_override: {number: "[112]", confirmed_by: "A", confirmed_on: 2026-11-01}', "no number to call"),
    ('emergency_override: {number: "112", confirmed_by: "[who]", confirmed_on: 2026-11-01}', "to be filled in"),
    ('emergency_override: {number: "112", confirmed_by: "the [name] desk", confirmed_on: 2026-11-01}', "filled in"),
    ('emergency_override: {number: "112", confirmed_by: "A\\nB", confirmed_on: 2026-11-01}', "more than one line"),
    ('branches: [{name: "N", address: "A", phone: "０１６３２ ９６０ １２４"}]', "0 to 9"),
    ("branches: North", "starting with a dash"),
    ("branches: [North]", "should be a group"),
    ('branches: [{name: "North", address: "2 Example Road"}]', '"phone" is missing'),
    ('branches: [{name: "North", address: "2 Example Road", phone: 1632960124}]', "quotes"),
    ('branches: [{name: "N", address: "A", phone: "01632 960 124", fax: "1"}]', '"fax" is not known'),
    (
        'branches: [{name: N, address: A, phone: "01632 960 124"}, {name: N, address: B, phone: "01632 960 125"}]',
        "two branches",
    ),
    (f"branches: [{_NINE}]", "at most 8"),
    ("telephone: 01632 960 123", 'Did you mean "phone"'),
    ("brances: []", 'Did you mean "branches"'),
    ("logo: nowhere.svg", "is not there"),
    ("logo: ../outside.svg", "outside this project"),
    ("logo: /etc/passwd", "outside this project"),
    ("logo: folder", "is a folder"),
    ("logo: notes.txt", "should end with .svg"),
    ("logo: heavy.png", "at most 100 KB"),
    ("logo: page.png", "whatever its name says"),
    ("logo: [a.svg, b.svg]", "one text"),
    ('logo: "a\\0.svg"', "cannot be read"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a clinic.yml, with files that are no logo."""
    root = tmp_path_factory.mktemp("clinic") / "project"
    (root / "folder").mkdir(parents=True)
    (root.parent / "outside.svg").write_text(_DRAWING.format(""), encoding="utf-8")
    (root / "notes.txt").write_text("notes", encoding="utf-8")
    (root / "page.png").write_text("<html></html>", encoding="utf-8")
    with (root / "heavy.png").open("wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        file.truncate(20 * 1024 * 1024)
    return root


@pytest.mark.parametrize(("line", "words"), _WRONG)
def test_what_cannot_be_right_is_told_with_its_line(line: str, words: str, folder: Path, standard: Standard) -> None:
    """One mistake, at the line that was typed, with the right form; nothing else of the file is complained about."""
    text, number = _with(line)
    findings = _read(text, folder, standard)[1]
    assert {f.place.line for f in findings} == {number}, findings
    assert any(words in f"{f.message} {f.hint}" for f in findings), findings


# What somebody may type, and what comes of it
_RIGHT = [
    ('phone: "+44 (0)1632 960 123"', "phone", "+44 (0)1632 960 123"),
    ('phone: "01632 960 123 ext 45"', "phone", "01632 960 123 ext 45"),
    ("phone: 01632 960 123", "phone", "01632 960 123"),
    ("name: Müller & Söhne", "name", "Müller & Söhne"),
    ('name: "دكتور\\u200c مثال"', "name", "دكتور\u200c مثال"),
    ("feedback: first.last+pages@mail.example.org", "feedback", "first.last+pages@mail.example.org"),
    ("minimum_age: 16", "minimum_age", "16"),
    ("minimum_age:", "minimum_age", ""),
]


@pytest.mark.parametrize(("line", "key", "value"), _RIGHT)
def test_what_can_be_right_is_left_alone(line: str, key: str, value: str, folder: Path, standard: Standard) -> None:
    """Extensions, country codes, umlauts, joiners that a script needs: no finding, and the words as they were typed."""
    clinic, findings = _read(_with(line)[0], folder, standard)
    assert not findings
    assert clinic.values[key] == value


@pytest.mark.parametrize("number", ["112", "99", "1800 633 422"])
def test_an_emergency_number_of_digits_and_spaces_is_taken(number: str, folder: Path, standard: Standard) -> None:
    """As it is dialled, in the place of the country's."""
    line = f'emergency_override: {{number: "{number}", confirmed_by: "A", confirmed_on: 2026-11-01}}'
    clinic, findings = _read(_with(line)[0], folder, standard)
    assert not findings
    assert clinic.emergency
    assert clinic.emergency.numbers == (number,)


def test_a_port_is_one_that_there_is(folder: Path, standard: Standard) -> None:
    """The highest of all is kept as it was typed."""
    clinic, findings = _read(_with('website: "https://www.example.org:65535/"')[0], folder, standard)
    assert not findings
    assert clinic.website == "https://www.example.org:65535/"


@pytest.mark.parametrize("number", ["９９９", "+44 112", "999 or 112", "1"])
@pytest.mark.parametrize("key", ["emergency", "same_day"])
def test_the_table_of_numbers_is_held_to_the_same(key: str, number: str) -> None:
    """A row of standard/emergency.yml says what anybody can dial; anything else is told at its line."""
    values = {"emergency": '["999"]', "same_day": '{number: "111", name: L}'}
    values[key] = values[key].replace("999", number).replace("111", number)
    rows = "".join(f"    {name}: {value}\n" for name, value in values.items())
    text = f"countries:\n  GB:\n    name: A\n    department: B\n{rows}    source: C\n    checked: 2026-11-01\n"
    mistakes = Mistakes()
    read_emergency(parse(text, "emergency.yml", mistakes))
    (finding,) = mistakes.findings
    assert "no number to call" in finding.message
    assert finding.place.line == (5 if key == "emergency" else 6)


@pytest.mark.parametrize("number", ["０１６３２ ９６０ １２３", "٠١٦٣٢", "+٤٤ 1632", "9²"])
def test_no_link_dials_digits_that_a_telephone_has_not(number: str) -> None:
    """Whoever asks for a link: digits of other scripts give none."""
    assert digits_of(number) == ""
    assert digits_of("+44 (0)1632-960.123") == "+441632960123"


@pytest.mark.parametrize("value", ["", '"[Who paid]"'])
def test_a_detail_that_is_empty_is_still_to_be_filled_in(value: str, folder: Path, standard: Standard) -> None:
    """An empty line would be a blank on the pages, as a placeholder would; the age may stay empty."""
    assert _read(_with(f"funding: {value}")[0], folder, standard)[0].placeholders == ("funding",)
    assert _read(_with("minimum_age:")[0], folder, standard)[0].placeholders == ()


_HTML = 'xmlns:h="http://www.w3.org/1999/xhtml"'
# {host} is where it would ask.
_ACTIVE = [
    "<script>alert(1)</script>",
    '<foreignObject><div xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>',
    '<rect onload="alert(1)"/>',
    '<image href="https://example.org/x.png"/>',
    '<image xlink:href="//example.org/x.png"/>',
    '<use href="other.svg#x"/>',
    '<a href="javascript:alert(1)"><rect/></a>',
    '<image href="data:image/svg+xml;base64,AAAA"/>',
    "<style>@import 'x.css';</style>",
    "<style>rect { fill: url(https://example.org/x.svg#a) }</style>",
    '<rect style="fill: url(other.svg#a)"/>',
    '<rect fill="url(https://example.org/x.svg#a)"/>',
    '<set attributeName="xlink:href" to="javascript:alert(1)"/>',
    f'<h:img {_HTML} srcset="http://{{host}}/img 1x"/>',
    f'<h:meta {_HTML} http-equiv="refresh" content="0;url=http://{{host}}/meta"/>',
    f'<h:form {_HTML} action="http://{{host}}/form"><h:button>Go</h:button></h:form>',
    f'<h:link {_HTML} rel="stylesheet" href="http://{{host}}/link"/>',
    f'<metadata><h:link {_HTML} rel="preload" as="image" href="http://{{host}}/preload"/></metadata>',
    f'<h:style {_HTML}>@import "http://{{host}}/style";</h:style>',
    f'<h:base {_HTML} href="http://{{host}}/"/><rect fill="url(#a)"/>',
    f'<h:iframe {_HTML} srcdoc="words"/>',
    '<rect width="9" height="9" style="mask-image:image-set(&quot;http://{host}/set&quot; 1x)"/>',
    '<rect width="9" height="9" style="mask-image:-webkit-image-set(&quot;//{host}/set&quot; 1x)"/>',
    '<rect width="9" height="9" style="mask-image:src(&quot;http://{host}/src&quot;)"/>',
    '<style>/*url(#*/ rect { mask-image: url(//{host}/behind) }</style><rect width="9" height="9"/>',
    '<style>rect { mask-image: u\\72l(//{host}/escaped) }</style><rect width="9" height="9"/>',
    '<rect width="9" height="9" mask="u\\72l(//{host}/escaped#a)"/>',
    '<style>@font-face { font-family: F; src: url(//{host}/font) } text { font-family: F }</style><text y="9">A</text>',
    "<style>@media all { @import '//{host}/x'; }</style>",
    "<style>@namespace h url(http://{host}/);</style>",
    "<style>rect { fill: url(data:image/svg+xml,x#a) }</style>",
    '<filter id="f"><feImage href="http://{host}/feimage"/></filter><rect filter="url(#f)" width="9" height="9"/>',
    '<image href="http://{host}/image" width="9" height="9"/>',
    '<g xml:base="http://{host}/"><use href="#a"/></g>',
    '<animate attributeName="href" to="http://{host}/animated"/>',
    '<a href="#a"><rect/></a>',
    '<g xmlns=""><rect/></g>',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><script>alert(1)</script></rdf:RDF>',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" onclick="alert(1)"/>',
    '<x:y xmlns:x="http://www.example.org/unknown"/>',
    '<rect xmlns:e="http://www.w3.org/2001/xml-events" e:event="load"/>',
]


def _logo(content: bytes, folder: Path, standard: Standard) -> tuple[Clinic, list[Finding]]:
    (folder / "logo.svg").write_bytes(content)
    return _read(_with("logo: logo.svg")[0], folder, standard)


@pytest.mark.parametrize("inside", _ACTIVE)
def test_a_drawing_that_does_more_than_show_itself_is_refused(inside: str, folder: Path, standard: Standard) -> None:
    """Scripts, foreign content, event attributes, links and what is fetched: refused, and said why."""
    drawing = _DRAWING.format(inside.replace("{host}", "www.example.org"))
    clinic, (finding,) = _logo(drawing.encode(), folder, standard)
    assert clinic.logo is None
    assert "is refused" in finding.message
    assert "plain SVG" in finding.hint


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b'<?xml-stylesheet href="https://example.org/x.css"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        _DRAWING.format("<script/>").encode("utf-16"),
        b'<!DOCTYPE svg [<!ATTLIST svg onload CDATA "alert(1)">]><svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<?xml version="1.0" encoding="utf-7"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        '<?xml version="1.0" encoding="iso-8859-1"?><svg xmlns="http://www.w3.org/2000/svg" id="é"/>'.encode("latin-1"),
        b"<svg/>",
        b'<svg viewBox="0 0 9 9"><path d="M0 0h9"/></svg>',
        b'<s:svg xmlns:s="http://www.example.org/2000/svg"/>',
        b"<svg",
        b"<html></html>",
        b"",
    ],
)
def test_what_is_no_plain_drawing_is_refused(content: bytes, folder: Path, standard: Standard) -> None:
    """Entities, style sheets of others, another encoding, broken XML, another kind of file."""
    clinic, (finding,) = _logo(content, folder, standard)
    assert clinic.logo is None
    assert "is refused" in finding.message


_PLAIN = [
    '<defs><linearGradient id="a"/></defs><rect fill="url(#a)"/><use href="#a"/><use xlink:href="#a"/>',
    "<title>The online clinic (https://www.example.org)</title><desc>A needle</desc>",
    '<style type="text/css">rect { fill: url("#a"); color: rgb(1, 2, 3) } @media print { rect { fill: #000 } }</style>',
    '<image href="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="/>',
    '<clipPath id="c"><circle r="4"/></clipPath><mask id="m"><rect/></mask><pattern id="p"><path d="M0 0h9"/></pattern>'
    '<g clip-path="url(#c)" mask="url( \'#m\' )" transform="translate(1 2) rotate(3)"><ellipse fill="url(#p) red"/></g>',
    f'<path d="{"a" * 50_000}" fill="url({" " * 30_000}#a)"/>',  # looked through at once, however long it is
    '<symbol id="s"><text font-family="Arial, \'Open Sans\'">Cl<tspan dx="1">inic</tspan></text></symbol><use href="#s"/>',
    '<filter id="f"><feGaussianBlur stdDeviation="1"/></filter><rect filter="url(#f)" aria-label="A (B)" data-name="C(1)"/>',
    # As Inkscape saves it without being asked for a plain one
    '<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" pagecolor="#ffffff">'
    '<inkscape:grid xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" type="xygrid"/></sodipodi:namedview>'
    '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:cc="http://creativecommons.org/ns#">'
    '<cc:Work rdf:about=""><cc:license rdf:resource="http://creativecommons.org/licenses/by/4.0/"/></cc:Work></rdf:RDF>'
    '</metadata><g xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" inkscape:label="Layer 1"><rect/></g>',
]
_HEADS = [
    '<?xml version="1.0"?>\n',
    '\ufeff<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<!-- Made by an editor: https://www.example.org -->\n'
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n',
    '<?xml version="1.0" encoding="iso-8859-1"?>\n',
]


@pytest.mark.parametrize("inside", _PLAIN)
def test_a_plain_drawing_is_a_logo(inside: str, folder: Path, standard: Standard) -> None:
    """Gradients, uses and pictures of its own, words, and the notes that editors keep in a file."""
    clinic, findings = _logo((_HEADS[0] + _DRAWING.format(inside)).encode(), folder, standard)
    assert not findings
    assert clinic.logo


@pytest.mark.parametrize("head", _HEADS)
def test_what_programs_write_before_a_drawing_is_taken(head: str, folder: Path, standard: Standard) -> None:
    """A mark of the encoding, a comment, the DOCTYPE of SVG, an older encoding whose words are all ASCII."""
    assert not _logo((head + _DRAWING.format("<rect/>")).encode(), folder, standard)[1]


def test_a_logo_that_is_opened_by_itself_fetches_nothing(browser: Browser, tmp_path: Path) -> None:
    """In a real browser every plain drawing shows, asks for itself and no more; that refused ones ask is seen, too."""

    def asked(drawing: str) -> tuple[bool, list[str]]:
        file, page, found = tmp_path / "logo.svg", browser.new_page(), list[str]()
        file.write_text(drawing, encoding="utf-8")
        page.on("request", lambda request: found.append(request.url))
        page.goto(file.as_uri())
        shown = page.evaluate("document.documentElement instanceof SVGSVGElement")
        page.close()
        return shown, [url for url in found if url != file.as_uri() and not url.startswith("data:")]

    for head in _HEADS:
        assert asked(head + _DRAWING.format("".join(_PLAIN))) == (True, []), head
    leak = next(each for each in _ACTIVE if "srcset" in each).replace("{host}", "127.0.0.1:9")
    assert asked(_DRAWING.format(leak)) == (True, ["http://127.0.0.1:9/img"])


@pytest.mark.parametrize(
    ("country", "line", "paper"),
    [("GB", "", "A4"), ("US", "", "Letter"), ("CA", "", "Letter"), ("US", "paper: A4", "A4"), ("", "", "A4")],
)
def test_the_paper_is_what_is_usual_in_the_country(
    country: str, line: str, paper: str, folder: Path, standard: Standard
) -> None:
    """Letter in the countries of Unicode's list, A4 elsewhere, unless it is named."""
    text = _EXAMPLE.replace("country: GB", f"country: {country}").replace("region: england", "")
    assert _read(f"{text}{line}\n", folder, standard)[0].paper == paper


def test_an_override_without_a_country_is_told(folder: Path, standard: Standard) -> None:
    """The other words for urgent help come from the row of the country."""
    text = _EXAMPLE.replace("country: GB", "country:").replace("region: england", "")
    (finding,) = _read(f"{text}{_OWN}\n", folder, standard)[1]
    assert finding.hint == "country: GB"


def test_a_link_out_of_the_project_is_no_logo(folder: Path, standard: Standard) -> None:
    """A symbolic link to a file elsewhere would put that file on the web."""
    (folder / "linked.svg").symlink_to(folder.parent / "outside.svg")
    (finding,) = _read(_with("logo: linked.svg")[0], folder, standard)[1]
    assert "outside this project" in finding.message


def test_all_mistakes_are_told_at_once(built: Workspace, tmp_path: Path) -> None:
    """Through the command: each mistake at its line, exit code 2, no traceback."""
    file = tmp_path / "clinic.yml"
    file.write_text("nam: x\nphone: 1632960123\nhours: [9, 5]\ncountry: UK\nfeedback: nobody\nlogo: ../x.svg\n"
                    "paper: A3\nlanguages: [en]\n", encoding="utf-8")  # fmt: skip
    done = built.run("recall", "7MQ2-XR5C", "--clinic", str(file))
    assert done.code == 2
    assert {int(n) for n in re.findall(r"^\S+clinic\.yml:(\d+)  D002", done.out, re.MULTILINE)} == {1, 2, 3, 4, 5, 6, 7}


def test_the_file_that_comes_with_the_project_is_right(folder: Path, standard: Standard) -> None:
    """It has every key that is known, and the example in each note is one that is accepted."""
    text = (ROOT / "clinic.yml").read_text(encoding="utf-8")
    assert not _read(text, folder, standard)[1]
    noted = re.sub(r"^(\w+): +# (\{.*\})$", r"\1: \2", text, flags=re.MULTILINE).replace("#  - {", "  - {")
    noted = noted.replace("country:   ", "country: GB").replace("region:   ", "region: england")
    clinic, findings = _read(noted, folder, standard)
    assert not findings
    assert clinic.override
    assert clinic.branches


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Run]:
    """A project whose clinic says everything that it may, built as if it were published."""
    project = copy_project(tmp_path_factory.mktemp("clinic-site") / "clone")
    shutil.copy2(ROOT / "tests/cases/needle.svg", project / "logo.svg")
    text = _EXAMPLE.replace('name: "Example Clinic"', 'name: "Smith & \\"Jones\\" {{ clinic: phone }}"')
    text += f"{_OWN}\nlogo: logo.svg\npaper: Letter\nminimum_age: 16\n"
    (project / "clinic.yml").write_text(text, encoding="utf-8")
    done = project.json("build", "--as-if-published", "--out", "tried")
    assert done.code == 0, done.out
    return project, done


def _pages(site: tuple[Workspace, Run]) -> dict[str, str]:
    out = site[0] / "tried"
    return {p.relative_to(out).as_posix(): p.read_text(encoding="utf-8") for p in sorted(out.rglob("*.html"))}


def test_branches_stand_at_the_foot_of_every_page(site: tuple[Workspace, Run]) -> None:
    """Name, address, hours and a number that dials, on pages, short addresses and the page for wrong addresses."""
    for name, text in _pages(site).items():
        foot = LexborHTMLParser(text).css_first("footer[data-part=footer]")
        assert foot is not None, name
        words = " ".join(foot.text().split())
        assert all(part in words for part in ("Example Branch", "2 Example Road", "Tuesday, 9 am to 1 pm")), name
        assert "When we are closed: call NHS 111 on 111" in words
        assert foot.css_first('a[href="tel:01632960124"]') is not None, name


def test_a_branch_weighs_little(site: tuple[Workspace, Run], built: Workspace) -> None:
    """With logo and number of its own, a page grows by at most 200 bytes as it is sent."""
    for name, text in _pages(site).items():
        before = built / "site" / name
        if before.is_file() and not name.startswith(("staff", "go/index")):
            grown = len(brotli.compress(text.encode(), quality=6)) - len(
                brotli.compress(before.read_bytes(), quality=6)
            )
            assert grown <= 200, name


def test_a_name_is_shown_as_it_is_typed(site: tuple[Workspace, Run]) -> None:
    """Ampersand, quotation marks and braces reach the reader as words, in masthead and title."""
    tree = LexborHTMLParser(_pages(site)["soreness/index.html"])
    name = 'Smith & "Jones" {{ clinic: phone }}'
    assert [node.text(strip=True) for node in tree.css("header .clinic")] == [name]
    assert [node.text() for node in tree.css("title")] == [f"Will I be sore after dry needling? - {name}"]


def test_the_logo_stands_in_every_masthead(site: tuple[Workspace, Run]) -> None:
    """At any depth of page, without words of its own: the name stands beside it."""
    for name, text in _pages(site).items():
        (logo,) = LexborHTMLParser(text).css("header img.logo")
        assert logo.attributes["alt"] == "", name
        if name != "404.html":
            assert (site[0] / "tried" / name).parent.joinpath(logo.attributes["src"] or "").resolve().is_file(), name


def test_pages_say_the_number_that_was_confirmed_and_nobodys_name(site: tuple[Workspace, Run]) -> None:
    """112 wherever 999 stood; a warning with both; who confirmed it stands in no file that was made."""
    (warning,) = [f for f in site[1].values["findings"] if f["code"] == "U107"]
    assert (warning["severity"], warning["path"]) == ("warning", "clinic.yml")
    assert "112" in warning["message"]
    assert "999" in warning["message"]
    for name, text in _pages(site).items():
        assert 'href="tel:112"' in text, name
        assert 'href="tel:999"' not in text, name
    made = [p for folder in ("tried", "report", ".build") for p in (site[0] / folder).rglob("*") if p.is_file()]
    assert not [p for p in made if b"Test Confirmer" in p.read_bytes()]
    assert "Test Confirmer" not in site[1].out


def test_a_day_to_come_confirms_nothing(site: tuple[Workspace, Run]) -> None:
    """The day before the confirmation: an error at the line, and nothing is built."""
    done = site[0].run("check", "--json", "--today", "2026-10-31")
    assert [(e["code"], e["path"]) for e in done.errors()] == [("U108", "clinic.yml")]


def test_paper_and_age_reach_the_pages(site: tuple[Workspace, Run], built: Workspace) -> None:
    """The size of the sheet in the style of each page; the clinic's rule on age, or that readers should ask."""
    pages = _pages(site)
    assert all("@page{size:Letter;" in text for text in pages.values())
    assert "We treat people aged 16 or over." in pages["questions/index.html"]
    unset = (built / "site/questions/index.html").read_text(encoding="utf-8")
    assert "@page{size:A4;" in unset
    assert "You can also ask which ages we treat." in unset
