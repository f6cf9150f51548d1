"""An address as a code for print (ISO/IEC 18004), which a telephone opens when its camera is held to the leaflet."""

from __future__ import annotations

import re
from functools import lru_cache
from io import BytesIO

import segno

# Level Q: a quarter of a code may be lost. A leaflet is folded, carried in a pocket, copied and written on; H would
# hold a little more but make each module smaller, and small modules are what telephones fail on first. Segno takes a
# higher level where the code does not grow by it.
_LEVEL = "q"
_QUIET = 4  # modules of white around the code, as ISO/IEC 18004 asks: without them a camera does not find its edge
_DARK, _LIGHT = "#000", "#fff"  # white is drawn, so that the code is dark on light on a dark page too
# Both files print a module half a millimetre wide where nobody says otherwise: a third of one is what telephones need.
_SVG_SCALE, _PNG_SCALE, _PNG_DPI = 0.5, 12, 600
# All that a code depends on beside its address.
CODES = f"{segno.__version__} {_LEVEL} {_QUIET} {_DARK} {_LIGHT} {_SVG_SCALE} {_PNG_SCALE} {_PNG_DPI}".encode()
_KEPT = 512  # of addresses: a leaflet asks for its code in each size


@lru_cache(_KEPT)  # for both files
def _code(url: str) -> segno.QRCode:
    """Return the code of an address, which must have its percent signs: readers guess what other letters mean."""
    if not re.fullmatch(r"https?://[!-~]+", url):
        raise ValueError(f"{url!r} is not a full web address in plain letters")
    return segno.make_qr(url, error=_LEVEL)


@lru_cache(_KEPT)
def code_svg(url: str) -> bytes:
    """Return the code as a drawing, for pages and print in any size."""
    made = BytesIO()
    _code(url).save(made, kind="svg", border=_QUIET, dark=_DARK, light=_LIGHT, scale=_SVG_SCALE, unit="mm",
                    xmldecl=False, svgclass=None, lineclass=None)  # fmt: skip
    return made.getvalue()


def code_png(url: str) -> bytes:
    """Return the code as a picture, for programs that take no drawing."""
    made = BytesIO()
    _code(url).save(made, kind="png", border=_QUIET, dark=_DARK, light=_LIGHT, scale=_PNG_SCALE, dpi=_PNG_DPI)
    return made.getvalue()
