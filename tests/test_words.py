"""words(page): what was signed. A fact changes it; a telephone number, a colour or a template does not."""

from __future__ import annotations

import pytest

from patientpages.folders import default_project
from patientpages.phones import digits_of
from tests.conftest import Workspace
from tests.test_builders import words_in

BLUE = "--accent: #1f4e5f"


def _now(project: Workspace) -> dict[str, str]:
    run = project.json("build")
    assert run.code == 0, run.out
    return words_in(project / "site", default_project(project.path))


def test_only_what_a_page_says_changes_itswords_in(project: Workspace) -> None:
    """A new phone, country, colour or template part leaves every page's words; a changed fact does not."""
    before = _now(project)
    project.edit("clinic.yml", '"[Your phone number]"', '"01632 960 123"')
    project.edit("clinic.yml", "country:  ", "country: IE #")
    project.edit("overrides/partials/style.css", BLUE, "--accent: #5f1f4e")
    project.edit("overrides/partials/trust.html", "</aside>", "<p>More.</p></aside>")
    project.edit("docs/en/_words.yml", "All pages", "Every page")
    page = (project / "docs/en/soreness.md").read_text(encoding="utf-8")
    (project / "docs/en/soreness.md").write_text(page.replace("\n\n", "\n\n\n"), encoding="utf-8")
    assert _now(project) == before
    html = (project / "site/soreness/index.html").read_text(encoding="utf-8")
    assert '<a href="tel:01632960123">' in html
    assert 'href="tel:112"' in html
    project.edit("standard/facts.yml", "    value: [55, 91]", "    value: [55, 92]")
    after = _now(project)
    changed = {name for name, words in after.items() if words != before[name]}
    assert changed == {"index", "soreness", "dry-needling", "risks", "aftercare", "your-choices"}


def test_the_words_of_a_picture_are_words_of_the_page(project: Workspace) -> None:
    """A picture tells something too: its alternative text and the text inside a drawing count."""
    project.edit("docs/en/soreness.md", "### What can I do", "![A falling line](line.svg)\n\n### What can I do")
    (project / "docs/en/line.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    words = _now(project)["soreness"]
    assert "A falling line" in words
    assert "<!--" not in words


def test_template_parts_and_comments_are_not_words_of_the_page(project: Workspace) -> None:
    """The urgent card, the trust lines and a comment in the source are not what the writer says."""
    project.edit("docs/en/soreness.md", "### What can I do", "<!-- ask the physio -->\n\n### What can I do")
    words = _now(project)["soreness"]
    assert "ask the physio" not in words
    assert "Not yet checked" not in words
    assert "Preview" not in words


@pytest.mark.parametrize(
    ("phone", "digits"),
    [("01632 960 123", "01632960123"), ("+44 (0)1632 960123", "+441632960123"), ("01632 960 123 ext 45", ""),
     ("01632 960123 or 960124", ""), ("1-800-FLOWERS", ""), ("[Your phone number]", "")],
)  # fmt: skip
def test_a_number_that_is_not_plain_gets_no_link(phone: str, digits: str) -> None:
    """A link that dials a wrong number is worse than no link."""
    assert digits_of(phone) == digits
