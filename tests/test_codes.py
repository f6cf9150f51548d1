"""Codes for print: read by a program that reads codes, as they are, in print size, on a dark page and damaged."""

from __future__ import annotations

import struct
import subprocess
from base64 import b64encode
from collections.abc import Callable
from math import ceil, sqrt
from pathlib import Path
from xml.etree import ElementTree

import pytest
import segno
from playwright.sync_api import Browser

from patientpages.outputs import code_png, code_svg
from tests.served import tools

SHORT = "https://example.org/go/soreness/"
LONG = (
    "https://www.example-clinic.example.org/patient-information/dry-needling/fr/go/courbatures-apr%C3%A8s/?from=leaflet"
)
USUAL = "https://www.example.org/patients/go/when-to-get-help/"
RUBBED_OFF = ("#fff", "#ccc", "#dcb")  # or torn off, or under a coffee stain
INK = ("#000", "#888", "repeating-linear-gradient(45deg, #000 0 5px, #fff 5px 9px)")
PRINTED = 236  # pixels: 2 cm at 300 dots an inch

# Draws a code of 37 modules in ten pixels each on nothing, and gives all colours around it, and that of its first module.
LOOK = """async address => {
  const image = new Image(); image.src = address; await image.decode();
  const on = new OffscreenCanvas(370, 370).getContext("2d"); on.drawImage(image, 0, 0, 370, 370);
  const all = on.getImageData(0, 0, 370, 370).data, around = new Set();
  const at = (x, y) => Array.from(all.slice(4 * (370 * y + x), 4 * (370 * y + x) + 4));
  for (let x = 0; x < 370; x++) for (let y = 0; y < 370; y++)
    if (Math.min(x, y, 369 - x, 369 - y) < 39) around.add(at(x, y).join());
  return [...Array.from(around, each => each.split(",").map(Number)), at(45, 45)];
}"""


def _read(picture: bytes, folder: Path) -> str:
    """Return what zbar reads in a picture."""
    assert tools.code_reader(), "zbar is missing: .venv/bin/python scripts/test_tools.py says how to install it"
    file = folder / "code.png"
    file.write_bytes(picture)
    command = [tools.code_reader(), "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    return done.stdout.removesuffix("\n")


def _printed(browser: Browser, svg: bytes, over: str = "") -> bytes:
    """Return the drawing as Chromium shows it on a dark page, 2 cm wide at 300 dpi, with some HTML laid over it."""
    page = browser.new_page(viewport={"width": 300, "height": 300}, color_scheme="dark")
    address = f"data:image/svg+xml;base64,{b64encode(svg).decode()}"
    page.set_content(
        f'<body style="margin:0;background:#000;color-scheme:dark"><div style="position:relative;width:{PRINTED}px">'
        f'<img style="display:block;width:100%" src="{address}">{over}</div>'
    )
    picture = page.screenshot(clip={"x": 0, "y": 0, "width": PRINTED, "height": PRINTED})
    page.close()
    return picture


@pytest.mark.parametrize("url", [SHORT, LONG])
def test_a_code_is_read_as_it_is(url: str, tmp_path: Path) -> None:
    """The picture gives exactly the address, short or of more than 100 characters."""
    assert _read(code_png(url), tmp_path) == url


def test_a_code_is_read_in_print_size(browser: Browser, tmp_path: Path) -> None:
    """The drawing, 2 cm wide as a printer of 300 dpi shows it, on a dark page: its white comes with it."""
    assert len(LONG) > 100
    for url in (SHORT, LONG):
        assert _read(_printed(browser, code_svg(url)), tmp_path) == url


@pytest.mark.parametrize(
    ("url", "colours"),
    [(SHORT, RUBBED_OFF), (USUAL, RUBBED_OFF + INK), (LONG, RUBBED_OFF + INK)],
    ids=["short", "usual", "long"],
)
def test_a_damaged_code_is_read(url: str, colours: tuple[str, ...], browser: Browser, tmp_path: Path) -> None:
    """A tenth of its modules are lost in one corner; the level that is chosen promises a quarter, evenly spread.

    The corner is the one without a finder: nothing is read of a code that has lost one of those. In the smallest codes
    a tenth in one place may be torn off or rubbed off; ink there, which reads as wrong modules, is too much for them.
    """
    modules = segno.make_qr(url, error="q").symbol_size(border=0)[0]
    one = PRINTED / (modules + 8)
    side = ceil(modules * sqrt(0.1))
    start, length = (4 + modules - side) * one, side * one
    for colour in colours:
        place = f"position:absolute;left:{start}px;top:{start}px;width:{length}px;height:{length}px;background:{colour}"
        assert _read(_printed(browser, code_svg(url), f'<div style="{place}"></div>'), tmp_path) == url, colour


def test_the_level_is_kept() -> None:
    """Whatever the length of an address, its code is as large as a quarter of it to spare asks for, and no larger."""
    urls = [f"https://example.org/{'a' * length}" for length in range(1, 150, 7)]
    drawn = [float(ElementTree.fromstring(code_svg(url)).attrib["width"].removesuffix("mm")) * 2 for url in urls]
    sizes = {level: [segno.make_qr(url, error=level).symbol_size(border=4)[0] for url in urls] for level in "mqh"}
    assert drawn == sizes["q"]
    assert drawn not in (sizes["m"], sizes["h"])


@pytest.mark.parametrize("url", [SHORT, LONG])
def test_the_drawing_is_plain(url: str) -> None:
    """A view box, one white ground and one black path, with 4 white modules around, in a size that can be printed."""
    svg = ElementTree.fromstring(code_svg(url))
    name = "{http://www.w3.org/2000/svg}"
    modules = segno.make_qr(url, error="q").symbol_size(border=4)[0]
    assert svg.attrib == {
        "width": f"{modules / 2}mm",
        "height": f"{modules / 2}mm",
        "viewBox": f"0 0 {modules / 2} {modules / 2}",
    }
    assert [node.tag.removeprefix(name) for node in svg.iter()] == ["svg", "g", "path", "path"]
    ground, dark = svg.iter(f"{name}path")
    assert (ground.attrib.pop("d"), ground.attrib) == (
        f"M0 0h{modules:.1f}v{modules:.1f}h-{modules:.1f}z",
        {"fill": "#fff"},
    )
    assert dark.attrib.pop("d").startswith("M4 4.5h7")
    assert dark.attrib == {"stroke": "#000"}


def test_the_picture_is_white_around_and_prints_sharp() -> None:
    """Width and height in whole modules of 12 pixels, 4 of them white on each side, 600 dots to an inch."""
    png = code_png(SHORT)
    width, height = struct.unpack(">II", png[16:24])
    modules = segno.make_qr(SHORT, error="q").symbol_size(border=4)[0]
    assert (width, height) == (modules * 12, modules * 12)
    at = png.index(b"pHYs") + 4
    assert struct.unpack(">IIB", png[at : at + 9]) == (23622, 23622, 1)


@pytest.mark.parametrize(("made", "kind"), [(code_svg, "svg+xml"), (code_png, "png")], ids=["svg", "png"])
def test_the_quiet_zone_is_white(made: Callable[[str], bytes], kind: str, browser: Browser) -> None:
    """Four modules on all sides, drawn on nothing, are white and not clear; what they surround is black."""
    page = browser.new_page()
    found = page.evaluate(LOOK, f"data:image/{kind};base64,{b64encode(made(SHORT)).decode()}")
    page.close()
    assert found == [[255, 255, 255, 255], [0, 0, 0, 255]]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "soreness/",
        "example.org",
        "https://example.org/après/",
        "https://example.org/a b",
        "https://example.org/\n",
        "javascript:a",
    ],
)
def test_what_is_no_full_address_is_refused(url: str) -> None:
    """Readers guess what letters beyond plain ones mean, and open nothing that is no web address."""
    for made in (code_svg, code_png):
        with pytest.raises(ValueError, match="not a full web address"):
            made(url)


def test_the_same_address_gives_the_same_bytes() -> None:
    """Nothing in a code depends on the day or on the machine's clock."""
    assert (code_svg(LONG), code_png(LONG)) == (code_svg(LONG), code_png(LONG))
    assert b"tIME" not in code_png(LONG)
