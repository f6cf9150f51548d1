"""Every pair of ink and paper of the style sheet can be read, on light and dark screens and on paper."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT

_TOKEN = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{3,6})")
# Ink on paper, as the style sheet sets them: WCAG 2.2, 1.4.3 (text, 4.5 to 1) and 1.4.11 (what is drawn, 3 to 1).
_TEXT = [("ink", "paper"), ("quiet", "paper"), ("accent", "paper"), ("danger", "paper"), ("ink", "short-paper"),
         ("accent", "short-paper"), ("ink", "danger-paper"), ("danger", "danger-paper"), ("accent", "danger-paper"),
         ("ink", "call-paper"), ("call", "call-paper"), ("accent", "call-paper")]  # fmt: skip
_DRAWN = [("accent", "paper"), ("danger", "paper"), ("call", "paper")]


def _schemes() -> dict[str, dict[str, str]]:
    css = (ROOT / "overrides/partials/style.css").read_text(encoding="utf-8")
    roots = [dict(_TOKEN.findall(block)) for block in re.findall(r":root\s*\{(.*?)\}", css, re.DOTALL)]
    light, dark, paper = roots
    return {"light": light, "dark": light | dark, "print": light | paper}


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_every_ink_can_be_read_on_its_paper(scheme: str) -> None:
    """Text at least 4.5 to 1, what is drawn at least 3 to 1; the same tokens in each scheme."""
    tokens = _schemes()[scheme]
    poor = {pair: round(_contrast(tokens[pair[0]], tokens[pair[1]]), 2) for pair in _TEXT}
    assert not {pair: ratio for pair, ratio in poor.items() if ratio < 4.5}
    assert all(_contrast(tokens[ink], tokens[paper]) >= 3 for ink, paper in _DRAWN)


def test_contrast_is_worked_out_right() -> None:
    """Black on white is 21 to 1, and a grey that everybody knows is 4.48 to 1."""
    assert _contrast("#000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
