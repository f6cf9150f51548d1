"""What did my patient read? A code on a page or message gives back its words, what changed since, and what carried it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import ROOT, Workspace, copy_project

FIRST, SECOND = ("--today", "2026-05-03"), ("--today", "2026-09-10")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A project that was published in May."""
    project = copy_project(tmp_path_factory.mktemp("recall") / "clone")
    shutil.copy2(ROOT / "tests/clinics/example.yml", project / "clinic.yml")
    assert project.run("links", "record", *FIRST).code == 0
    assert project.run("build", *FIRST).code == 0
    return project


@pytest.fixture
def twice(once: Workspace, copy_of: Callable[[Workspace, Path], Workspace], tmp_path: Path) -> Workspace:
    """The same, published again in September with another sentence on the page about soreness."""
    project = copy_of(once, tmp_path / "clone")
    project.edit("docs/en/soreness.md", "It usually goes", "It mostly goes")
    assert project.run("links", "record", *SECOND).code == 0
    return project


def _shown(project: Workspace, page: str) -> str:
    """Return the code that a built page shows."""
    tree = LexborHTMLParser((project / f"site/{page}/index.html").read_text(encoding="utf-8"))
    line = tree.css_first("[data-part=version]")
    assert line is not None
    found = re.fullmatch(r"Version of this text: ([2-9A-Z]{4}-[2-9A-Z]{4})\.", line.text(strip=True))
    assert found
    return found[1]


def test_every_page_shows_a_code_of_its_words(once: Workspace) -> None:
    """Each page has its own; a short address shows that of the page that it is a part of."""
    codes = {page.stem: _shown(once, page.stem) for page in (once / "docs/en").glob("*.md") if page.stem != "index"}
    assert len(set(codes.values())) == len(codes) == 19
    assert _shown(once, "go/soreness") == codes["soreness"]


def test_a_code_is_of_words_and_not_of_a_clinic(once: Workspace, copy_of: Callable[[Workspace, Path], Workspace], tmp_path: Path) -> None:  # fmt: skip
    """Another phone and another look leave it; one word changes it."""
    before = _shown(once, "soreness")
    project = copy_of(once, tmp_path / "clone")
    project.edit("clinic.yml", "01632 960 123", "01632 960 456")
    assert project.run("build", *FIRST).code == 0
    assert _shown(project, "soreness") == before
    project.edit("docs/en/soreness.md", "It usually goes", "It mostly goes")
    assert project.run("build", *FIRST).code == 0
    assert _shown(project, "soreness") != before


def test_a_page_that_shows_another_code_is_found(once: Workspace, tmp_path: Path) -> None:
    """Words that were edited on the server no longer give the code that the page shows."""
    folder = Path(shutil.copytree(once / "site", tmp_path / "site"))
    file = folder / "soreness/index.html"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(_shown(once, "soreness"), "2222-2222"), encoding="utf-8")
    errors = once.json("check", "--site", str(folder)).errors()
    assert ("U106", "docs/en/soreness.md") in {(e["code"], e["path"]) for e in errors}


def test_the_words_behind_a_code(once: Workspace, twice: Workspace) -> None:
    """The whole text as it was, on which days it stood, and each sentence that has come or gone since."""
    code = _shown(once, "soreness")
    done = twice.run("version", code.lower().replace("-", " "), *SECOND)
    assert done.code == 0, done.out
    assert done.out.startswith(f"{code}: ")
    assert "the page soreness/, from 2026-05-03 to 2026-09-10" in done.out
    said = done.out.split("\nChanged since:\n")
    assert "It usually goes within" in said[0]
    assert [line[:17] for line in said[1].splitlines()] == ["- It usually goes", "+ It mostly goes "]


def test_a_text_that_is_unchanged_or_gone_says_so(once: Workspace, twice: Workspace) -> None:
    """Nothing has changed; its page was renamed; its page is no longer there."""
    code = _shown(once, "glossary")
    assert "Nothing has changed since." in twice.run("version", code, *SECOND).out
    (twice / "docs/en/glossary.md").rename(twice / "docs/en/words.md")
    twice.edit("docs/en/words.md", "kind: reference", "kind: reference\nformerly: [glossary]")
    for file in ("mkdocs.yml", "standard/topics.yml", *(f"docs/en/{p.name}" for p in (twice / "docs/en").glob("*.md"))):
        text = (twice / file).read_text(encoding="utf-8")
        text = text.replace("glossary.md", "words.md").replace("pages: [glossary", "pages: [words")
        (twice / file).write_text(text, encoding="utf-8")
    assert "Nothing has changed since (it is at words/ now)." in twice.run("version", code, *SECOND).out


def test_what_carried_a_code(once: Workspace, twice: Workspace) -> None:
    """Each message whose link leads to it, with its own code and days, and each QR code; none that leads elsewhere."""
    code = _shown(once, "soreness")
    done = twice.run("recall", code, *SECOND)
    assert done.code == 0, done.out
    carried = done.out.split("Links to it are in:\n")[1].splitlines()
    messages = [re.sub(r" \(its version .{9}\)", "", line) for line in carried if line.startswith("the message")]
    assert messages == [
        'the message "same-evening", from 2026-05-03 to 2026-09-10',
        'the message "next-day", from 2026-05-03 to 2026-09-10',
        'the message "next-day, SMS", from 2026-05-03 to 2026-09-10',
    ]
    assert "the QR code https://www.example.org/patients/info/go/soreness/, published on 2026-05-03" in carried
    assert len(carried) == 4
    ledger = (twice / "records/published.yml").read_text(encoding="utf-8")
    now = re.findall(r'address: "soreness/", .*text: "(.{9})"', ledger)[-1]
    after = twice.run("recall", now, *SECOND).out.split("Links to it are in:\n")[1]
    # A message of May is in mailboxes still, and its link shows the words of September.
    assert re.findall(r'the message "same-evening" .*, from (\S+)', after) == ["2026-05-03", "2026-09-10"]


def test_a_message_has_a_code_that_can_be_asked_for(twice: Workspace) -> None:
    """The code at the end of an e-mail gives its words, and the versions of the pages that it led to."""
    ledger = (twice / "records/published.yml").read_text(encoding="utf-8")
    code = re.findall(r'address: "email:same-evening", .*text: "(.{9})"', ledger)[0]
    done = twice.run("version", code, *SECOND)
    assert 'the message "same-evening", from 2026-05-03 to 2026-09-10' in done.out
    assert "its links led to go/soreness/ in version " in done.out
    assert "We do not read e-mail at night or when we are closed." in done.out
    assert "Nothing that staff send or print leads to it." in twice.run("recall", code, *SECOND).out


@pytest.mark.parametrize("verb", ["version", "recall"])
def test_an_unknown_code_is_told(verb: str, twice: Workspace) -> None:
    """A code that was misheard: the nearest is named."""
    ledger = (twice / "records/published.yml").read_text(encoding="utf-8")
    code = re.findall(r'address: "soreness/", .*text: "(.{9})"', ledger)[0]
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    done = twice.run(verb, wrong, *SECOND)
    assert done.code == 2
    assert f'no published text has the code "{wrong}". Did you mean "{code}"?' in done.out


def test_words_that_are_not_on_record_can_be_asked_for(project: Workspace) -> None:
    """A preview shows codes, too: they give the page as it is, and say that it is not on record."""
    assert project.run("build", *FIRST).code == 0
    done = project.run("version", _shown(project, "soreness"), *FIRST)
    assert done.code == 0
    assert "as it is now; not on record" in done.out
