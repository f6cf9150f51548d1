"""Bad input: a clear message with file and line, all mistakes at once, no traceback, exit code 2, nothing lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT, Run, Workspace


def _mistake(run: Run, path: str, line: int, words: str) -> None:
    """Hold that a finding stands at this place and says these words."""
    assert run.code == 2, run.out
    found = [f for f in run.values["findings"] if (f["path"], f["line"]) == (path, line)]
    assert found, run.out
    assert any(words in f["message"] + f["hint"] for f in found), found


# file, what to replace, by what, at which line of the replaced text the message stands (from 0), and its words
_BROKEN = [
    ("docs/en/soreness.md", "title: Will I be sore after dry needling?", "title: Soreness: what to expect", 0, "quotes"),
    ("docs/en/soreness.md", "kind: reaction", "kind: 'reaction", 0, "closed"),
    ("standard/topics.yml", "version: 1", "version: 1\n\tindent: with a tab", 1, "tab"),
    ("standard/topics.yml", "version: 1", "version: 2", 0, "newer"),
    ("standard/topics.yml", "    home: soreness\n", "    home: soreness\n    home: aftercare\n", 1, "stands here twice"),
    ("standard/topics.yml", "    home: soreness\n", "    home: [soreness, aftercare]\n", 0, "one text"),
    ("standard/topics.yml", "    home: soreness\n", "    home: sorness\n", -2, 'Did you mean "soreness"'),
    ("standard/topics.yml", "- id: most-people", "- id: most people", 0, "Small letters"),
    ("standard/topics.yml", "- id: three-days", "- id: most-people", 0, "stands twice"),
    ("standard/topics.yml", "    question: Will I be sore afterwards?", "    qestion: Will I be sore?", 0, "question"),
    ("standard/facts.yml", "    value: [55, 91]", "    value: [91, 55]", 0, "lower end first"),
    ("standard/facts.yml", "    value: [55, 91]", "    value: [55, 910]", 0, "of 100"),
    ("standard/facts.yml", "    sources: [martin-pintado-2018]", "    sources: [martin-pintado-2081]", 0, "Did you mean"),
    ("standard/sources.yml", "    seen: first-hand", "    seen: first hand", 0, "first-hand"),
    ("standard/emergency.yml", 'emergency: ["999", "112"]', "emergency: [999, 112]", 0, "quotes"),
    ("clinic.yml", "country:  ", "country: UK", 0, "GB"),
    ("clinic.yml", "country:  ", "country: GB #", 0, "region"),
    ("clinic.yml", "country:  ", "country: NO #", 0, "quotes"),
    ("clinic.yml", 'phone: "[Your phone number]"', "phone: 1632960123", 0, "quotes"),
    ("clinic.yml", 'phone: "[Your phone number]"', "fone: x", 0, 'Did you mean "phone"'),
    ("clinic.yml", 'name: "[Name of your clinic]"', 'name: "[Name of your clinic]', 1, "closed"),
    ("clinic.yml", "languages: [en]", "languages: [en, en]", 0, "twice"),
    ("clinic.yml", "languages: [en]", "languages: [English]", 0, "language code"),
    ("clinic.yml", 'website: "[The full', 'website: "www.example.org" # "[The full', 0, "full web address"),
    ("mkdocs.yml", "nav:", "nav: [", 0, "closed"),
    ("docs/en/_words.yml", "{emergency} now.", "{emergancy} now.", 0, 'Did you mean "emergency"'),
    ("docs/en/_words.yml", "skip: Skip to the answer", "# no words", -3, "skip"),
    ("standard/topics.yml", "    question: Will I be sore afterwards?", "    question: ''", 0, "empty"),
    ("standard/en/phrases/soreness.yml", "say: It usually goes within three days.", 'say: " "', 0, "empty"),
    ("clinic.yml", "languages: [en]", "languages: [en, '']", 0, "empty"),
    ("clinic.yml", "languages: [en]", "languages: &all [*all]", 0, "with a star"),
    ("docs/en/soreness.md", "sources: [", "waive: &w {a: *w}\nsources: [", 0, "with a star"),
    ("docs/en/soreness.md", "### What can I do", "Read [this](http://[) first.\n\n### What can I do", 0, "no address"),
    ("docs/en/soreness.md", "### What can I do", '<a href="https://[x">this</a>\n\n### What can I do', 0, "no address"),
    ("records/published.yml", "published:", "published:\n  - page: soreness", 1, '"batch" is missing'),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "offset", "words"), _BROKEN, ids=[f"{b[0]}-{b[4]}" for b in _BROKEN])
def test_a_mistake_in_a_data_file_is_told(
    file: str, old: str, new: str, offset: int, words: str, project: Workspace
) -> None:
    """Malformed YAML, wrong values, misspelt keys, two homes: file, line, what is wrong and what right looks like."""
    line = project.edit(file, old, new)
    run = project.json("check")
    assert run.code == 2, run.out
    found = [f for f in run.values["findings"] if f["path"] == file and words in f["message"] + " " + f["hint"]]
    assert found, run.out
    if offset >= 0:
        assert line + offset in {f["line"] for f in found} | {f["line"] - 1 for f in found}, found


def test_all_mistakes_are_told_at_once(project: Workspace) -> None:
    """Three broken files, one run, each told."""
    project.edit("clinic.yml", "languages: [en]", "languages: [en, en]")
    project.edit("standard/facts.yml", "    value: [55, 91]", "    value: many")
    project.edit("docs/en/soreness.md", "kind: reaction", "kind: 'reaction")
    run = project.json("check")
    assert run.code == 2
    assert {"clinic.yml", "standard/facts.yml", "docs/en/soreness.md"} <= {f["path"] for f in run.values["findings"]}


def test_a_wrong_encoding_is_told(project: Workspace) -> None:
    """A page saved as Windows-1252: the line of the first byte that is not UTF-8."""
    file = project / "docs/en/soreness.md"
    text = file.read_text(encoding="utf-8").replace("You feel soreness", "You feel sore\u2019ness")
    line = text[: text.index("\u2019")].count("\n") + 1
    file.write_bytes(text.encode("cp1252"))
    _mistake(project.json("check"), "docs/en/soreness.md", line, "UTF-8")


@pytest.mark.parametrize("content", ["", "\n\n", "---\ntitle: A\ndescription: b\nkind: plan\nsources: []\n---\n"])
def test_an_empty_page_is_told(content: str, project: Workspace) -> None:
    """An empty file, or front matter alone, is no page."""
    (project / "docs/en/soreness.md").write_text(content, encoding="utf-8")
    _mistake(project.json("check"), "docs/en/soreness.md", 1, "empty")


def test_a_page_without_front_matter_is_told(project: Workspace) -> None:
    """Text alone does not say what it must be held to."""
    (project / "docs/en/soreness.md").write_text("Most people are sore.\n", encoding="utf-8")
    _mistake(project.json("check"), "docs/en/soreness.md", 1, "front matter")


@pytest.mark.parametrize("name", ["standard/topics.yml", "standard/facts.yml", "clinic.yml", "mkdocs.yml",
                                  "docs/en/_words.yml", "records/signed.yml", "overrides/honours.yml"])  # fmt: skip
@pytest.mark.parametrize("what", ["missing", "a folder", "empty"])
def test_a_data_file_that_is_not_there_is_told(name: str, what: str, project: Workspace) -> None:
    """Missing, empty, or a folder where a file should be."""
    file = project / name
    file.unlink()
    if what == "a folder":
        file.mkdir()
    elif what == "empty":
        file.write_text("", encoding="utf-8")
    run = project.json("check")
    assert run.code == 2
    assert any(f["path"].endswith(name) for f in run.values["findings"]), run.out


@pytest.mark.parametrize("name", ["docs/en", "docs", "standard"])
def test_a_file_where_a_folder_should_be_is_told(name: str, project: Workspace) -> None:
    """A file called docs/en: no page is read, and the run says so."""
    (project / name).rename(project / "elsewhere")
    (project / name).write_text("x", encoding="utf-8")
    run = project.json("check")
    assert run.code == 2
    assert any(f["path"].startswith(name) for f in run.values["findings"]), run.out


def test_no_pages_at_all_is_told(project: Workspace) -> None:
    """An empty docs/en is not a site without findings."""
    for page in (project / "docs/en").glob("*.md"):
        page.unlink()
    run = project.json("check")
    assert run.code == 2
    assert "nothing was checked" in run.out


@pytest.mark.parametrize(
    ("template", "broken"), [("base.html", "{% if %}"), ("partials/trust.html", "{{ unclosed"), ("main.html", "{% extends 'no.html' %}")]
)  # fmt: skip
def test_a_broken_template_is_told(template: str, broken: str, project: Workspace) -> None:
    """A mistake in a template names the template, and the site stays as it was."""
    file = project / f"overrides/{template}"
    file.write_text(broken + file.read_text(encoding="utf-8"), encoding="utf-8")
    run = project.json("build")
    assert run.code == 2
    assert any("template" in f["message"] for f in run.values["findings"]), run.out
    assert not (project / "site").exists()


def test_a_mkdocs_setting_that_breaks_the_build_is_told(project: Workspace) -> None:
    """An extension that does not exist: MkDocs's own reason, without a traceback."""
    project.edit("mkdocs.yml", "  - tables", "  - tabels")
    run = project.json("build")
    assert run.code == 2
    assert "tabels" in run.out


def test_a_day_that_does_not_exist_is_refused(project: Workspace) -> None:
    """--today is a real day."""
    run = project.run("check", "--today", "2026-02-30")
    assert run.code == 2
    assert "2026-11-22" in run.err


def test_windows_line_ends_and_a_byte_order_mark_are_fine(project: Workspace) -> None:
    """A page saved by an editor on Windows is the same page."""
    file = project / "docs/en/soreness.md"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_text(encoding="utf-8").replace("\n", "\r\n").encode())
    words = project / "docs/en/_words.yml"
    words.write_bytes(words.read_bytes().replace(b"\n", b"\r\n"))
    run = project.json("check")
    assert run.code == 0, run.out


def test_the_path_of_the_project_may_have_spaces(tmp_path: Path, project: Workspace) -> None:
    """A folder called 'My clinic – pages' works."""
    moved = project.path.rename(tmp_path / "My clinic – pages")
    assert Workspace(moved).run("build").code == 0


@pytest.mark.parametrize("group", ["go", "messages", "staff", "moved"])
def test_words_that_only_some_pages_need_are_asked_for_at_once(group: str, project: Workspace) -> None:
    """A group of _words.yml that no template shows, such as that of a withdrawn page, is missed before it is needed."""
    file = project / "docs/en/_words.yml"
    text, many = re.subn(rf"(?m)^{group}:\n(?:[ #].*\n|\n)+", "", file.read_text(encoding="utf-8"))
    assert many == 1
    file.write_text(text, encoding="utf-8")
    done = project.run("topics", "docs/en/soreness.md")
    assert done.code == 2
    assert f'"{group}.' in done.out and "Traceback" not in done.err


def test_every_file_of_data_can_be_read_without_libyaml() -> None:
    """The YAML parser in pure Python, which a machine may have alone, reads every file of data as the one in C does."""
    files = [*(ROOT / "standard").rglob("*.yml"), *(ROOT / "staff").rglob("*.yml"), *ROOT.glob("*.yml"),
             *(ROOT / "docs").rglob("*.yml"), *(ROOT / "records").glob("*.yml")]  # fmt: skip
    assert len(files) > 20
    for file in files:
        yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
