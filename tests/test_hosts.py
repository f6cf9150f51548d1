"""The rules for a web host, made from the site as it is: typed addresses arrive, and pages that moved are found."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import ROOT, TODAY, Workspace, copy_project
from tests.served import nginx

DAY = ("--today", TODAY)
PREFIX = "/patients/info/"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of which two pages were renamed after they were published, one of them with a heading that changed its id."""
    home = tmp_path_factory.mktemp("hosts")
    project = copy_project(home / "clone")
    shutil.copy2(ROOT / "tests/clinics/example.yml", project / "clinic.yml")
    assert project.run("links", "record", *DAY).code == 0
    for old, new in (("accessibility", "access-for-all"), ("privacy", "your-privacy")):
        (project / f"docs/en/{old}.md").rename(project / f"docs/en/{new}.md")
        project.edit(f"docs/en/{new}.md", "kind: ", f"formerly: [{old}]\nkind: ")
        for file in ("mkdocs.yml", *(f"docs/en/{path.name}" for path in (project / "docs/en").glob("*.md"))):
            text = (project / file).read_text(encoding="utf-8")
            (project / file).write_text(text.replace(f"{old}.md", f"{new}.md"), encoding="utf-8")
        project.edit("standard/topics.yml", f"pages: [{old}]", f"pages: [{new}]")
        words = project / "standard/en/words.yml"
        words.write_text(words.read_text(encoding="utf-8").replace(f"{old}#", f"{new}#"), encoding="utf-8")
    project.edit(
        "docs/en/your-privacy.md", "{ #if-you-write }", '{ #writing formerly="if-you-write privacy#if-you-write" }'
    )
    project.edit("standard/topics.yml", "sections: [what-we-keep, if-you-write]", "sections: [what-we-keep, writing]")
    words.write_text(words.read_text(encoding="utf-8").replace("#if-you-write", "#writing"), encoding="utf-8")
    done = project.run("build", "--as-if-published", "--out", str(home / "host/patients/info"), *DAY)
    assert done.code == 0, done.out
    done = project.run("links", "hosts", *DAY)
    assert done.code == 0, done.out
    assert done.out.split() == [
        f".build/hosting/{name}"
        for name in ("nginx.conf", "apache.htaccess", "Caddyfile", "_headers", "_redirects", "README.txt")
    ]
    with nginx(home / "host", home / "nginx", PREFIX, project / ".build/hosting/nginx.conf") as served:
        yield served


def _asked(address: str, typed: str) -> tuple[int, str, str]:
    """Ask for what is typed, and follow nothing: status, where it leads, text."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=5)
    connection.request("GET", parts.path + typed)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, urlsplit(answer.getheader("Location") or "").path.removeprefix(PREFIX), text


@pytest.mark.parametrize(
    ("typed", "right"),
    [("go/soreness", "go/soreness/"), ("GO/Soreness", "go/soreness/"), ("go/soreness.", "go/soreness/"),
     ("Get-Help-Now", "get-help-now/"), ("STAFF", "staff/"), ("go/blood-thinners),", "go/blood-thinners/")],
)  # fmt: skip
def test_a_typed_address_arrives(typed: str, right: str, address: str) -> None:
    """No slash at the end, capitals, the full stop of the sentence: one step to the right page, which is there."""
    assert _asked(address, typed)[:2] == (301, right)
    assert _asked(address, right)[0] == 200


def test_a_page_is_redirected_whole_only_if_nothing_of_it_would_be_lost(address: str) -> None:
    """Every place of `accessibility/` is on its successor: the host leads on. One of `privacy/` is not: its page stays."""
    assert _asked(address, "accessibility/")[:2] == (301, "access-for-all/")
    assert _asked(address, "ACCESSIBILITY.")[:2] == (301, "access-for-all/")
    status, _, text = _asked(address, "privacy/")
    assert status == 200
    assert '<li id="if-you-write"><a href="../your-privacy/#writing"' in text
    assert '<li id="what-we-keep"><a href="../your-privacy/#what-we-keep"' in text


def test_a_wrong_address_offers_the_short_ones(address: str) -> None:
    """Typed so wrongly that no rule helps: the page says so, and the list of short addresses is one tap away."""
    status, _, text = _asked(address, "go/sorenes")
    assert status == 404
    assert f'href="{PREFIX}go/"' in text


@pytest.mark.parametrize(("file", "old", "new", "words"), [
    ("clinic.yml", "website: ", "# website: ", "clinic.yml names no website"),
    ("docs/en/soreness.md", "(get-help-now.md", "(get-help.md", "the checks find errors"),
])  # fmt: skip
def test_no_rules_are_made_of_a_site_that_is_none(
    file: str, old: str, new: str, words: str, project: Workspace
) -> None:
    """Without a website, or with an error in the pages: refused, and nothing is written."""
    shutil.copy2(ROOT / "tests/clinics/example.yml", project / "clinic.yml")
    project.edit(file, old, new)
    done = project.run("links", "hosts", *DAY)
    assert done.code == 2
    assert words in done.out
    assert not (project / ".build/hosting").exists()


def test_rules_can_go_elsewhere(project: Workspace, tmp_path: Path) -> None:
    """`--out` names the folder."""
    shutil.copy2(ROOT / "tests/clinics/example.yml", project / "clinic.yml")
    assert project.run("links", "hosts", "--out", str(tmp_path / "rules"), *DAY).code == 0
    assert {p.name for p in (tmp_path / "rules").iterdir()} == {
            "nginx.conf", "apache.htaccess", "Caddyfile", "_headers", "_redirects", "README.txt"}  # fmt: skip
