"""Every pair of ink and paper of the style sheet can be read, on light and dark screens and on paper."""

from __future__ import annotations

import re

import pytest

from patientpages.style import contrast, schemes
from tests.conftest import ROOT, Workspace

# Ink on paper, as the style sheet sets them: WCAG 2.2, 1.4.3 (text, 4.5 to 1) and 1.4.11 (what is drawn, 3 to 1).
_PAPERS = ("paper", "sheet", "danger-paper", "call-paper", "calm-paper")
_TEXT = [*((ink, paper) for ink in ("ink", "accent") for paper in _PAPERS), ("quiet", "paper"), ("quiet", "sheet"),
         ("danger", "paper"), ("danger", "danger-paper"), ("call", "call-paper"), ("calm", "calm-paper")]  # fmt: skip
_DRAWN = [
    ("accent", "paper"),
    ("accent", "sheet"),
    ("danger", "danger-paper"),
    ("call", "call-paper"),
    ("calm", "calm-paper"),
]


def _tokens() -> dict[str, dict[str, str]]:
    return schemes((ROOT / "overrides/partials/style.css").read_text(encoding="utf-8"))


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_every_ink_can_be_read_on_its_paper(scheme: str) -> None:
    """Text at least 4.5 to 1, what is drawn at least 3 to 1; the same tokens in each scheme."""
    tokens = _tokens()[scheme]
    poor = {pair: round(contrast(tokens[pair[0]], tokens[pair[1]]), 2) for pair in _TEXT}
    assert not {pair: ratio for pair, ratio in poor.items() if ratio < 4.5}
    assert all(contrast(tokens[ink], tokens[paper]) >= 3 for ink, paper in _DRAWN)


def test_contrast_is_worked_out_right() -> None:
    """Black on white is 21 to 1, and a grey that everybody knows is 4.48 to 1."""
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def _clinic(project: Workspace, *lines: str) -> int:
    """Put lines about the colour into clinic.yml; return the number of the first."""
    return project.edit("clinic.yml", 'colour:                            # "#1f4e5f"', "\n".join(lines))


def test_a_colour_of_the_clinic_stands_in_light_dark_and_print(project: Workspace) -> None:
    """The named colour on light pages and on paper, a lighter one of the same hue on dark screens."""
    _clinic(project, 'colour: "#6A2C70"')
    assert project.json("build").code == 0
    text = (project / "site/index.html").read_text(encoding="utf-8")
    light, dark = re.findall(r"--accent:(#[0-9a-f]{6})", text)  # paper has what holds where no screen does
    assert light == "#6a2c70"
    assert dark != light
    assert dark in text.partition("@media screen and (prefers-color-scheme:dark)")[2]
    assert all(contrast(dark, _tokens()["dark"][name]) >= 7 for name in _PAPERS)


@pytest.mark.parametrize(
    ("lines", "wrong", "scheme"),
    [(['colour: "#7fb8c9"'], 0, "light"), (['colour: "#1f4e5f"', 'colour_dark: "#27404a"'], 1, "dark")],
)
def test_a_colour_that_cannot_be_read_is_refused_with_the_nearest_that_can(
    lines: list[str], wrong: int, scheme: str, project: Workspace
) -> None:
    """The finding names the line, the contrast and a colour; that colour passes, and a shade towards the asked one fails."""
    line = _clinic(project, *lines)
    (error,) = project.json("build").errors()
    assert (error["path"], error["line"]) == ("clinic.yml", line + wrong)
    nearest = re.findall(r"#[0-9a-f]{6}", error["hint"])[0]
    papers = [_tokens()[scheme][name] for name in _PAPERS]
    assert all(contrast(nearest, paper) >= 4.5 for paper in papers)
    assert min(contrast(nearest, paper) for paper in papers) < 4.65, "a much nearer one can be read"
    project.edit("clinic.yml", lines[wrong], lines[wrong][:-9] + f'"{nearest}"')
    assert project.json("build").code == 0


@pytest.mark.parametrize(
    "lines", [["colour: #1f4e5f"], ["colour: #ff0"], ["colour: teal"], ['colour: "#12345"'], ['colour_dark: "#9bd0e2"']]
)
def test_what_is_no_colour_is_told(lines: list[str], project: Workspace) -> None:
    """A name, too few digits, a dark colour without a light one: file, line, and what right looks like."""
    line = _clinic(project, *lines)
    (error,) = project.json("build").errors()
    assert (error["path"], error["line"]) == ("clinic.yml", line)
    assert "#1f4e5f" in error["hint"]


@pytest.mark.parametrize("colour", ["#a3121b", "#8c1d18", "#b3261e"])
def test_the_red_of_danger_is_for_urgent_help_only(colour: str, project: Workspace) -> None:
    """A clinic whose colour is that red would make every link look like a warning, and no warning look like one."""
    _clinic(project, f'colour: "{colour}"')
    (error,) = project.json("build").errors()
    assert "looks like the red that means danger" in error["message"]


@pytest.mark.parametrize("colour", ["#6b4f2a", "#7a2e5d", "#1f4e5f", "#3d3d3d"])
def test_other_warm_colours_are_the_clinics_to_choose(colour: str, project: Workspace) -> None:
    """Brown, plum, blue and grey are no signal."""
    _clinic(project, f'colour: "{colour}"')
    assert project.json("build").code == 0


@pytest.mark.parametrize(("scheme", "light", "dark"), [("default", True, False), ("slate", False, True)])
def test_one_scheme_only(scheme: str, light: bool, dark: bool, project: Workspace) -> None:
    """Material's palette with one scheme: the other one's colours never hold, and the browser's own parts follow."""
    project.edit("mkdocs.yml", "  favicon:", f"  palette: {{scheme: {scheme}}}\n  favicon:")
    assert project.json("build").code == 0
    text = (project / "site/index.html").read_text(encoding="utf-8")
    assert "prefers-color-scheme" not in text
    assert ("@media not all{" in text, "@media screen{" in text) == (light, dark)
    screen = text.split("@media print")[0]
    assert ("color-scheme:light;" in screen, "color-scheme:dark;" in screen) == (light, dark)
