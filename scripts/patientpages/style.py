"""overrides/partials/style.css and the clinic's colour -> the one style sheet as it stands in every page.

The clinic chooses one colour, for links and its masthead. It must be readable on every paper of the design
(WCAG 2.2, 1.4.3: 4.5 to 1); one that is not is refused with the nearest that is: the same hue, lighter or darker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from patientpages.model import Clinic, Place
from patientpages.yamlfile import Mistakes, read_text

if TYPE_CHECKING:
    from coloraide import Color

LEGIBLE = 4.5  # WCAG 2.2, success criterion 1.4.3, text of any size
COMFORTABLE = 7.0  # WCAG 2.2, success criterion 1.4.6: what we choose ourselves
# Links stand on each of these papers.
_PAPERS = ("paper", "sheet", "danger-paper", "call-paper", "calm-paper")
_TOKEN = re.compile(r"--([a-z-]+):\s*(#[0-9a-fA-F]{3,8})\b")
_ROOT = re.compile(r":root\s*\{(.*?)\}", re.DOTALL)
_NOTE = re.compile(r"/\*.*?\*/", re.DOTALL)
_QUOTED = re.compile(r'("(?:[^"\\]|\\.)*")')
_SPACES, _AROUND = re.compile(r"\s+"), re.compile(r" ?([{};,>]) ?")
_DARK = "screen and (prefers-color-scheme: dark)"
# Material's palette.scheme -> the media query under which the dark tokens hold.
_WHEN_DARK = {"light": "not all", "dark": "screen"}
_STRONG, _SAME_HUE = 0.1, 20  # OKLCH chroma and degrees: weaker ones look brown or grey, others are not red
_STEP = 0.004  # of OKLCH lightness: less than anybody sees


def _colour(text: str) -> Color:
    from coloraide import Color  # noqa: PLC0415 (80 ms, and most builds have no colour of their own)

    return Color(text)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.1 relative luminance)."""
    return _colour(one).contrast(_colour(other), method="wcag21")


def schemes(css: str) -> dict[str, dict[str, str]]:
    """Return the colours of the style sheet by scheme: light, dark and print, each token once."""
    blocks = [dict(_TOKEN.findall(block)) for block in _ROOT.findall(_NOTE.sub("", css))]
    light, dark, paper = (*blocks, {}, {}, {})[:3]
    return {"light": light, "dark": light | dark, "print": light | paper}


def nearest_legible(colour: str, papers: Iterable[str], ratio: float = LEGIBLE) -> str:
    """Return the colour of this hue nearest in lightness with this contrast to all the papers ("" if there is none)."""
    papers = tuple(papers)
    asked = _colour(colour).convert("oklch")
    for step in range(int(1 / _STEP) + 1):
        for sign in (-1, 1):
            tried = asked.clone().set("lightness", asked["lightness"] + sign * step * _STEP)
            shown = tried.convert("srgb").fit().to_string(hex=True)
            if 0 <= tried["lightness"] <= 1 and all(contrast(shown, paper) >= ratio for paper in papers):
                return str(shown)
    return ""


def _is_danger(colour: str, danger: str) -> bool:
    """Tell whether a colour is taken for the signal of danger: a strong one of nearly the same hue (OKLCH degrees)."""
    if not danger:
        return False
    asked, red = (_colour(each).convert("oklch") for each in (colour, danger))
    apart = abs(asked["hue"] - red["hue"]) % 360
    return bool(asked["chroma"] > _STRONG and min(apart, 360 - apart) < _SAME_HUE)


def _accent(colours: Mapping[str, tuple[str, Place]], tokens: dict[str, dict[str, str]], mistakes: Mistakes,
            ) -> dict[str, str]:  # fmt: skip
    """Return the accent of each scheme; without one for the dark, it is worked out from the light one."""
    accents: dict[str, str] = {}
    for key, scheme in (("colour", "light"), ("colour_dark", "dark")):
        papers = [tokens[scheme][name] for name in _PAPERS if name in tokens[scheme]]
        if key in colours:
            asked, place = colours[key]
            accents[scheme] = asked
            if _is_danger(asked, tokens[scheme].get("danger", "")):
                mistakes.add(place, f"{key} {asked} looks like the red that means danger on these pages",
                             "Choose another hue: red is for urgent help only.")  # fmt: skip
            poor = {paper: contrast(asked, paper) for paper in papers if contrast(asked, paper) < LEGIBLE}
            if poor:
                paper, ratio = min(poor.items(), key=lambda pair: pair[1])
                near = nearest_legible(asked, papers)
                hint = f'The nearest that can be read: {key}: "{near}"' if near else "Choose another colour."
                what = f"{key} {asked} cannot be read on {paper} ({scheme} pages): contrast {ratio:.2f} to 1"
                mistakes.add(place, f"{what}, and {LEGIBLE} is needed", hint)
        elif "colour" in colours:
            accents[scheme] = nearest_legible(colours["colour"][0], papers, COMFORTABLE)
    if "light" in accents:
        accents["print"] = accents["light"]
    return accents


def _with_accents(css: str, accents: Mapping[str, str]) -> str:
    """Put the clinic's colour in the place of the design's own, in the blocks of light, dark and print."""
    order = iter(("light", "dark", "print"))

    def block(found: re.Match[str]) -> str:
        accent = accents.get(next(order, ""))
        return re.sub(r"(--accent:\s*)#[0-9a-fA-F]+", rf"\g<1>{accent}", found[0]) if accent else found[0]

    return _ROOT.sub(block, css)


def _quoted(text: str) -> str:
    """Return a text as a string of CSS that stands in HTML (CSS Syntax, 4.3.7): nothing in it ends either."""
    text = re.sub(r'([\\"])', r"\\\1", text)
    return '"' + re.sub(r"[<\x00-\x1f]", lambda sign: f"\\{ord(sign[0]):x} ", text) + '"'


def _sheets(clinic: Clinic) -> str:
    """Return what stands on each sheet of paper: sheets part, and each one must say whom to call."""
    whom = ", ".join(filter(None, (clinic.values.get("name"), clinic.values.get("phone"))))
    return f"@page {{ size: {clinic.paper}; @bottom-left {{ content: {_quoted(whom)}; }} }}"


def _small(css: str) -> str:
    """Return a style sheet without the spaces that are there for its writers: every page carries it."""
    parts = _QUOTED.split(css)
    for at in range(0, len(parts), 2):
        parts[at] = _AROUND.sub(r"\1", _SPACES.sub(" ", parts[at])).replace(": ", ":").replace(";}", "}")
    return "".join(parts).strip()


def page_style(overrides: Path, clinic: Clinic, scheme: str, mistakes: Mistakes) -> str:
    """Return the style sheet as pages carry it, for this clinic; `scheme` is "light", "dark" or "both"."""
    text = read_text(overrides / "partials" / "style.css", "overrides/partials/style.css", mistakes, "the style sheet")
    css = _NOTE.sub("", text or "")
    if clinic.colours:
        css = _with_accents(css, _accent(clinic.colours, schemes(css), mistakes))
    if scheme in _WHEN_DARK:
        css = css.replace(_DARK, _WHEN_DARK[scheme]).replace("color-scheme: light dark", f"color-scheme: {scheme}")
    return _small(css + _sheets(clinic))
