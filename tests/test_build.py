"""`patientpages build`: a checked site, or nothing changed."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from patientpages.folders import default_project
from patientpages.project import load_inputs
from tests.conftest import ROOT, TODAY, Workspace, copy_project, fingerprint

_HEADING = re.compile(r"^## .*\{ #([\w-]+) \}$")


def _sections() -> list[tuple[str, str]]:
    """Every required section of the real pages, as (page, topic)."""
    inputs = load_inputs(default_project(ROOT))
    found = []
    for source in inputs.languages[0].sources:
        kind = inputs.standard.kinds[source.kind]
        found += [(source.name, topic) for topic in (*kind.full, *kind.short)]
    return found


def _without_section(text: str, anchor: str) -> str:
    """Take a section out of a Markdown text, down to the next heading of its level."""
    kept, inside = [], False
    for line in text.split("\n"):
        heading = _HEADING.match(line)
        if heading:
            inside = heading[1] == anchor
        if not inside:
            kept.append(line)
    return "\n".join(kept)


def test_a_build_makes_pages_that_patients_can_read(built: Workspace) -> None:
    """A page for each source, the page for a wrong address, the page for staff, both scripts, the short addresses and the icon, and nothing else."""
    files = {p.relative_to(built / "site").as_posix() for p in (built / "site").rglob("*") if p.is_file()}
    names = {p.stem for p in (ROOT / "docs/en").glob("*.md")} - {"index"}
    assert {"soreness", "risks", "get-help-now", "sources", "about"} <= names
    topics = yaml.safe_load((ROOT / "standard/topics.yml").read_text(encoding="utf-8"))["topics"]
    short = {"go/index.html", *(f"go/{topic['id']}/index.html" for topic in topics)}
    others = {"index.html", "404.html", "assets/icon.svg", "search/search.js", "staff/index.html", "staff/staff.js"}
    assert files == others | short | {f"{name}/index.html" for name in names}


def test_the_last_lines_count_what_was_done(project: Workspace) -> None:
    """Every required statement is judged, and the faults that were planted are counted by kind."""
    run = project.run("build")
    assert re.search(
        r"\n20 pages, 30 topics, 145 of 145 statements judged, 6 messages, \d+ checks: 0 errors, \d+ warnings\n",
        run.out,
    )
    planted = re.search(r"(?:^|\n)planted faults found: (\d+) of (\d+) \((.*)\)\n", run.out)
    assert planted
    assert planted[1] == planted[2]
    assert int(planted[1]) > 100
    for kind in ("counter-example", "another topic's section", "turned into questions", "quoted to be rejected",
                 "put into a comment", "put into a closed box", "an item of a list removed", "tiers swapped"):  # fmt: skip
        assert re.search(rf"{kind} [1-9]\d* of \d+", planted[3]), kind


def _rounds() -> list[dict[str, str]]:
    """Return which sections go in one build, by page: one of each page, so that none hides another."""
    rounds: list[dict[str, str]] = []
    for page, topic in _sections():
        nth = next((found for found in rounds if page not in found), None)
        if nth is None:
            rounds.append(nth := {})
        nth[page] = topic
    return rounds


@pytest.mark.parametrize("gone", _rounds(), ids=lambda gone: f"{len(gone)} sections")
def test_a_missing_section_stops_the_build_and_leaves_the_site_alone(
    gone: dict[str, str], built: Workspace, tmp_path: Path
) -> None:
    """Take any required section out of a page: exit 1, page, line, topic and what to write; the site is as it was."""
    project = copy_project(tmp_path / "clone")
    out = built / "site"
    before = fingerprint(out)
    whole = {page: (project / f"docs/en/{page}.md").read_text(encoding="utf-8") for page in gone}
    for page, topic in gone.items():
        (project / f"docs/en/{page}.md").write_text(_without_section(whole[page], topic), encoding="utf-8")
    run = project.json("build", "--out", str(out))
    assert run.code == 1
    for page, topic in gone.items():
        path = f"docs/en/{page}.md"
        finding = next(f for f in run.errors() if (f["code"], f["topic"], f["path"]) == ("T101", topic, path))
        assert whole[page].split("\n")[finding["line"] - 1].startswith("kind:")
        assert f"{{ #{topic} }}" in finding["hint"]
    assert fingerprint(out) == before


def test_a_section_that_is_put_back_builds_again(
    built: Workspace, copy_of: Callable[[Workspace, Path], Workspace], tmp_path: Path
) -> None:
    """A refused build leaves nothing behind that would stand in the way of the next."""
    project = copy_of(built, tmp_path / "clone")
    before = fingerprint(project / "site")
    file = project / "docs/en/soreness.md"
    whole = file.read_text(encoding="utf-8")
    file.write_text(_without_section(whole, "soreness"), encoding="utf-8")
    assert project.json("build").code == 1
    assert fingerprint(project / "site") == before
    file.write_text(whole, encoding="utf-8")
    assert project.json("build").code == 0
    assert fingerprint(project / "site") == before


def test_two_builds_in_two_folders_are_the_same_bytes(built: Workspace, tmp_path: Path) -> None:
    """Where a clone stands does not show in its site."""
    project = copy_project(tmp_path / "another/and deeper")
    assert project.run("build", "--today", TODAY).code == 0
    assert fingerprint(project / "site") == fingerprint(built / "site")


def test_no_path_of_this_machine_stands_in_the_site(built: Workspace) -> None:
    """The site holds nothing of where it was built."""
    for file in (built / "site").rglob("*"):
        if file.is_file():
            assert str(built.path).encode() not in file.read_bytes(), file


def test_check_changes_nothing(built: Workspace) -> None:
    """`check` builds elsewhere, reports the same, and leaves no folder behind."""
    before = fingerprint(built / "site")
    run = built.json("check")
    assert run.code == 0
    assert run.values == built.json("build", "--out", str(built.path.parent / "other")).values
    assert fingerprint(built / "site") == before
    assert not list((built / ".build").glob("check-*"))


def test_a_bare_mkdocs_build_stays_out_of_the_site(project: Workspace) -> None:
    """`mkdocs build` without us writes to .build/, and its pages say that they lack the clinic's details."""
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=project.path, check=True, capture_output=True)
    assert not (project / "site").exists()
    page = (project / ".build/bare/soreness/index.html").read_text(encoding="utf-8")
    assert "built without the clinic" in page
    assert "noindex" in page


def test_a_second_language_stands_under_its_code(project: Workspace) -> None:
    """The first language stays at the root; another is built beside it, with its own words."""
    french = project / "docs/fr"
    french.mkdir()
    pages = list((project / "docs/en").glob("*.md"))
    for page in pages:
        (french / page.name).write_text(page.read_text(encoding="utf-8"), encoding="utf-8")
    words = (project / "docs/en/_words.yml").read_text(encoding="utf-8")
    (french / "_words.yml").write_text(words.replace("All pages", "Toutes les pages"), encoding="utf-8")
    project.edit("clinic.yml", "languages: [en]", "languages: [en, fr]")
    run = project.json("build")
    assert run.code == 0, run.out
    assert run.values["counts"]["pages"] == 2 * len(pages)
    built = (project / "site/fr/soreness/index.html").read_text(encoding="utf-8")
    assert '<html lang="fr" ' in built
    assert "Toutes les pages" in built
    assert "Toutes les pages" not in (project / "site/soreness/index.html").read_text(encoding="utf-8")
    assert project.json("check", "--site", "site").code == 0


def test_the_site_works_below_any_address(built: Workspace) -> None:
    """No page but the one for a wrong address has a link from the root of the server."""
    for page in (built / "site").rglob("index.html"):
        assert not re.findall(r'(?:href|src)="/', page.read_text(encoding="utf-8")), page


def test_the_sub_path_of_the_clinic_reaches_the_page_for_a_wrong_address(project: Workspace) -> None:
    """404.html is shown at any address, so its links must be absolute, below the clinic's sub-path."""
    project.edit("clinic.yml", 'website: "[The full web address where these pages will stand]"',
                 'website: "https://www.example.org/patients/info/"')  # fmt: skip
    assert project.run("build").code == 0
    page = (project / "site/404.html").read_text(encoding="utf-8")
    assert 'href="/patients/info/get-help-now/"' in page
    assert 'href="/patients/info/assets/icon.svg"' in page


def test_the_day_is_an_input(project: Workspace) -> None:
    """A waiver that has ended is found on a later day, with the same files."""
    project.edit("docs/en/treatment-plan.md", "kind: plan",
                 "kind: plan\nwaive:\n  - code: A101\n    reason: decorative\n    until: 2027-06-30")  # fmt: skip
    project.edit("docs/en/treatment-plan.md", "### What can I do", "![](drawing.svg)\n\n### What can I do")
    (project / "docs/en/drawing.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    assert project.run("check", "--today", "2027-06-30").code == 0
    later = project.run("check", "--today", "2027-07-01", "--json")
    assert later.code == 1
    assert {f["code"] for f in later.errors()} == {"W102", "A101"}
