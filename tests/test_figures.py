"""Figures: 60 wrong ones planted in the real pages' sentences, and none found on the real pages."""

from __future__ import annotations

import pytest

from tests.conftest import Run, Workspace, copy_project

# Each is a sentence that somebody might put on the page about soreness; the figure in it is wrong, or typed, or about
# something else.
PLANTED = [
    # digits
    "Soreness goes within 4 days.", "Soreness goes within 72 days.", "Soreness can last for 2 weeks.", "You may ache for 24 hours.",
    "Bleeding came with 16 in 1,000 treatments.", "Bruising came with 7.7 in 100 treatments.", "About 5 in 10 people are sore.",
    "About 90% of people are sore.", "Some 29 of 1,000 people were still sore.", "It eases after 12 days.",
    # words
    "Soreness goes within four days.", "Soreness lasts for up to two weeks.", "You may ache for a couple of days.",
    "Most are better within forty eight hours.", "It takes about a dozen visits.", "You will need six sessions.",
    "Half of people feel it the next morning.", "A third of people bruise.", "It is gone in a fortnight.", "Give it three or four days.",
    # ranges
    "Soreness lasts 3 to 5 days.", "Between 60 and 95 in 100 people are sore.", "It lasts two to four days.", "Bruising: 50-70 in 1,000.",
    "It eases 8 to 16 hours later.", "From 40 to 160 in 1,000 treatments bled.", "One to two weeks is usual.", "It lasts 24-36 hours.",
    # hours for days, and other units
    "Soreness goes within 3 hours.", "Soreness goes within three weeks.", "Soreness goes within three months.", "Wait 72 minutes.",
    "Signs can start 2 hours later, never longer.", "Signs can start up to two weeks later.", "It goes within 3 nights and 72 minutes.",
    # 1 in n
    "Bleeding: 1 in 10 treatments.", "A bigger problem comes once in 1,024 treatments.", "One in ten people feel faint.",
    "A collapsed lung happens in 1 in 1,024 treatments.", "One in a thousand treatments goes wrong.", "1 out of 5 people bruise.",
    "Fainting happens in 0.3% of treatments.", "Fewer than one in ten thousand are harmed.", "Nine out of ten people are happy.",
    # the right figure on the wrong subject
    "Bruising came with {{ fact: bleeding }}.", "Bleeding came with {{ fact: bruising }}.", "Headaches came with {{ fact: drowsy }}.",
    "A bruise goes within {{ fact: soreness-lasts }}.", "Fainting came with {{ fact: headache }}.", "Heel pain: {{ fact: neck-trial-people }} took part.",
    "A collapsed lung: {{ fact: sore-people }}.", "Bleeding came on up to {{ fact: collapsed-lung-delay }} later.", "Fever lasts {{ fact: soreness-lasts }}.",
    "You may feel sick for {{ fact: soreness-eases-fastest }}.", "Neck pain: {{ fact: heel-people }} took part.", "Bruising: {{ fact: sore-people }}.",
    # in other places
    "| Effect | How often |\n| --- | --- |\n| Bruising | 8 in 100 |", "- bruises, in 80 of 1,000 treatments", "Term\n: It lasts four days.",
    "![A line that falls over 5 days](line.svg)",
]  # fmt: skip


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, list[int]]:
    """One page with every planted figure in a section of its own; its findings, and the line of each figure."""
    project: Workspace = copy_project(tmp_path_factory.mktemp("figures") / "clone")
    (project / "docs/en/line.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    page = project / "docs/en/soreness.md"
    text, lines = page.read_text(encoding="utf-8"), []
    for number, figure in enumerate(PLANTED):
        text += (
            f"\n## About another matter {'{'} #matter-{'abcdefghij'[number // 10]}{'abcdefghij'[number % 10]} {'}'}\n\n"
        )
        lines.append(text.count("\n") + 1)
        text += f"{figure}\n"
    page.write_text(text, encoding="utf-8")
    return project.json("check"), lines


def test_planted_wrong_figures_are_found(planted: tuple[Run, list[int]]) -> None:
    """At least 57 of 60: digits, words, ranges, units, shares, the wrong subject, tables, lists and pictures."""
    run, lines = planted
    assert len(PLANTED) == 60
    found = {f["line"] for f in run.errors() if f["code"] in ("N201", "N202")}
    missed = [figure for figure, line in zip(PLANTED, lines, strict=True) if not found & {line, line + 1, line + 2}]
    assert len(missed) <= 3, missed


def test_the_real_pages_have_no_typed_figure(built: Workspace) -> None:
    """No false alarm on the pages that are there."""
    assert not [f for f in built.json("check").values["findings"] if f["code"].startswith("N")]


def test_a_typed_figure_names_the_fact_that_is_meant(project: Workspace) -> None:
    """The hint offers the insert for the number that was typed."""
    project.edit(
        "docs/en/soreness.md", "It usually goes within {{ fact: soreness-lasts }}", "It usually goes within 72 hours"
    )
    hints = [f["hint"] for f in project.json("check").errors() if f["code"] == "N201"]
    assert hints
    assert "{{ fact: " in hints[0]
