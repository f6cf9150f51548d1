"""Pictures made from facts: as many marks as the number says, in the shape of its unit, with words that say the same."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.conftest import Workspace

DAY = "2026-11-25"


def _figures(project: Workspace, page: str) -> dict[str, LexborNode]:
    """Return the figures of a page by their captions."""
    tree = LexborHTMLParser((project / f"site/{page}/index.html").read_text(encoding="utf-8"))
    found = {}
    for figure in tree.css("figure"):
        caption = figure.css_first("figcaption")
        assert caption is not None
        found[caption.text()] = figure
    return found


def _marks(figure: LexborNode) -> tuple[int, int, int]:
    """Return how many marks are full, how many are rings, and how many are only dots."""
    by_width = {p.attributes["stroke-width"]: (p.attributes["d"] or "").count("h0") for p in figure.css("path")}
    large, hole, dot = by_width.get("7.6", 0), by_width.get("4.4", 0), by_width.get("1.8", 0)
    return large - hole, hole, dot


def _of(figures: dict[str, LexborNode], words: str) -> LexborNode:
    return next(figure for caption, figure in figures.items() if words in caption)


def test_one_hundred_marks_show_the_number(built: Workspace) -> None:
    """55 to 91 of 100 people: 55 full, 36 rings, 9 dots, round; bleeding per 1,000 treatments rounded, and square."""
    people = _of(_figures(built, "soreness"), "Sore afterwards")
    assert _marks(people) == (55, 36, 9)
    drawing = people.css_first("svg")
    assert drawing is not None
    assert drawing.attributes["stroke-linecap"] == "round"
    bleeding = _of(_figures(built, "risks"), "A little bleeding")
    assert _marks(bleeding) == (5, 11, 84)
    square = bleeding.css_first("svg")
    assert square is not None
    assert square.attributes["stroke-linecap"] == "square"
    assert _marks(_of(_figures(built, "risks"), "A bruise")) == (8, 0, 92)


def test_the_words_below_say_the_same_and_name_the_unit(built: Workspace) -> None:
    """The caption has the number as the fact is said; a screen reader hears the caption and not the drawing."""
    for page, words in (("soreness", "55 to 91 in 100 people"), ("risks", "47 to 160 in 1,000 treatments")):
        figure = _of(_figures(built, page), words)
        assert ("one of 100 people" if page == "soreness" else "one of 100 treatments") in figure.text()
        assert all(svg.attributes["aria-hidden"] == "true" for svg in figure.css("svg"))


def test_a_changed_fact_changes_its_picture(project: Workspace) -> None:
    """Number and picture come from one entry: 60 to 80 of 100 gives 60 full marks and 20 rings; two days, two names."""
    project.edit("standard/facts.yml", "value: [55, 91]", "value: [60, 80]")
    project.edit(
        "standard/facts.yml",
        "value: 3\n    unit: days\n    also: {value: 72,",
        "value: 2\n    unit: days\n    also: {value: 48,",
    )
    done = project.run("build", "--today", DAY)
    assert done.code == 0, done.out
    figures = _figures(project, "soreness")
    assert _marks(_of(figures, "60 to 80 in 100 people")) == (60, 20, 20)
    line = _of(figures, "goes within 2 days")
    assert [text.text() for text in line.css(".days span")] == ["Day 1", "Day 2"]


def test_what_is_no_soreness_stands_apart_from_its_line(built: Workspace) -> None:
    """The line over three days has beside it, as words that are heard, what does not belong to it; a share has not."""
    line = _of(_figures(built, "soreness"), "goes within 3 days").css_first(".apart")
    assert line is not None
    assert line.text() == "Chest pain, or pain when you breathe in, is not soreness."
    assert _of(_figures(built, "soreness"), "Sore afterwards").css_first(".apart") is None


def test_a_needle_in_a_muscle_is_drawn_with_its_names(built: Workspace) -> None:
    """Needle, skin and muscle are named in the drawing, and the words below say what it shows, and that it has no scale."""
    figure = _of(_figures(built, "dry-needling"), "not to scale")
    assert [text.text() for text in figure.css(".needle span")] == ["Needle", "Skin", "Muscle"]
    assert "goes through the skin into the muscle" in figure.text()


@pytest.mark.parametrize(
    ("insert", "said"),
    [
        ("{{ picture: sore-peple }}", 'there is no picture "sore-peple"'),
        ("{{ picture: feeling-sick }}", 'there is no picture "feeling-sick"'),
        ("See {{ picture: bleeding }} here.", "must stand on a line of its own"),
    ],
    ids=["unknown", "rarer than 1 in 100", "in a sentence"],
)
def test_a_picture_that_cannot_be_is_found(insert: str, said: str, project: Workspace) -> None:
    """A name that is none, a number too small to draw, and a picture in the middle of a sentence."""
    line = project.edit("docs/en/risks.md", "{{ picture: bruising }}", insert)
    found = [f for f in project.json("check").errors() if f["code"] == "N101"]
    assert [(f["line"], said in f["message"]) for f in found] == [(line, True)]


def test_a_label_for_what_cannot_be_drawn_is_told(project: Workspace) -> None:
    """One treatment in a thousand would be a tenth of a mark: the label is refused with its line."""
    line = project.edit("docs/en/_words.yml", "    bruising: A bruise", "    headache: Headache")
    done = project.run("check", "--today", DAY)
    assert done.code == 2
    assert f"docs/en/_words.yml:{line}" in done.out
    assert 'no picture can be made of "headache"' in done.out
