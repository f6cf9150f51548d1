"""Checks of the site as a whole and of what will be served, on a built folder that was altered."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from patientpages.clinic import load_clinic
from patientpages.folders import default_project
from patientpages.project import load_inputs
from patientpages.yamlfile import Mistakes
from tests.conftest import ROOT, TODAY, Run, Workspace, copy_project

PAGE = "soreness/index.html"
# The pages that a harm may be done to: all but the home page, and the one that may have a script.
_PAGES = sorted(path.stem for path in (ROOT / "docs/en").glob("*.md") if path.stem not in ("index", "search"))


@pytest.fixture
def folder(built: Workspace, tmp_path: Path) -> Path:
    """A copy of the built site, to alter."""
    return Path(shutil.copytree(built / "site", tmp_path / "site"))


def _codes(built: Workspace, folder: Path, path: str | None = None) -> set[str]:
    run = built.json("check", "--site", str(folder))
    return {f["code"] for f in run.errors() if path is None or f["path"] == path}


def _alter(folder: Path, old: str, new: str, page: str = PAGE) -> None:
    file = folder / page
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_built_site_has_no_errors(built: Workspace, folder: Path) -> None:
    """The folder that a build made passes the same checks when it is read again."""
    assert _codes(built, folder) == set()


_HARMED: list[tuple[str, str, str, str]] = [
    ("U101", 'data-part="urgent"', 'data-part="urgent" hidden', "the urgent line is hidden"),
    ("U101", 'data-part="urgent"', 'data-part="urgent" style="display: none"', "the urgent line is hidden by its style"),
    ("U101", "Call your local emergency number now.</strong>", "Call us.</strong>", "the urgent line says something else"),
    ("U101", '<aside class="urgent-line"', '<div hidden><aside class="urgent-line"', "what the urgent line stands in is hidden"),
    ("U101", "Call your local emergency number now.</strong>", "Call your local emergency number now.</strong> Or 999.", "a number while no country is set"),
    ("U102", "same day for bleeding", "same day (112) for bleeding", "a number on the card while no country is set"),
    ("U105", "</main>", '<p><a href="tel:999">999</a></p></main>', "a link that dials another country's number"),
    ("U102", "Get medical help the same day for bleeding", "For bleeding", "the card lacks its second tier"),
    ("U102", 'data-part="urgent-card"', 'data-part="other"', "the card is not there"),
    ("U103", "Not yet checked by a clinician of this clinic.", "Checked by our experts.", "a check is claimed"),
    ("U103", "Next check due", "Next look", "no day of the next check"),
    ("U104", "It does not replace advice", "It replaces advice", "general information is denied"),
    ("O101", "</main>", '<img src="https://example.org/x.png" alt="x"></main>', "a picture of another host"),
    ("O101", "</main>", '<img srcset="a.png 1x, //example.org/x.png 2x" alt="x"></main>', "a srcset of another host"),
    ("O101", "</head>", '<link rel="stylesheet" href="//example.org/x.css"></head>', "a style sheet of another host"),
    ("O101", "</head>", '<link rel="preconnect" href="https://example.org"></head>', "a connection made beforehand"),
    ("O101", "<style>", "<style>@import 'https://example.org/x.css';", "an import of another host"),
    ("O101", "<style>", "<style>p{background:url( 'https://example.org/x.png')}", "a background of another host"),
    ("O101", "</main>", '<p style="background:url(//example.org/x)">x</p></main>', "a style attribute"),
    ("O101", "</main>", '<form action="https://example.org/"></form></main>', "a form that sends elsewhere"),
    ("O101", "</head>", '<meta http-equiv="refresh" content="0; url=https://example.org/"></head>', "a page that leaves"),
    ("O101", "</main>", '<iframe src="https://example.org/"></iframe></main>', "a frame of another host"),
    ("O101", "</main>", '<a href="#answer" ping="https://example.org/">x</a></main>', "a ping"),
    ("O101", "</main>", '<svg><use href="https://example.org/x.svg#a"/></svg></main>', "a drawing of another host"),
    ("O101", "</head>", '<base href="https://example.org/"></head>', "a base on another host"),
    ("L101", "</main>", '<p><a href="http://[">x</a></p></main>', "a link that is no address"),
    ("O103", "</head>", "<script>1</script></head>", "a script"),
    ("O103", "</main>", '<p onclick="x()">x</p></main>', "a handler"),
    ("O104", '<meta http-equiv="Content-Security-Policy"', '<meta name="x"', "no policy"),
    ("O104", "img-src 'self'", "img-src *", "a policy that lets in pictures of other hosts"),
    ("O104", "form-action 'none'", "form-action 'none'; script-src https://example.org", "a policy that lets in a script"),
    ("O104", "style-src '", "style-src 'unsafe-inline' '", "a policy that lets in any style"),
    ("O104", "</style>", " p { color: red }</style>", "a style sheet that the policy does not know"),
    ("O103", "</main>", '<p><a href="javascript:x()">x</a></p></main>', "a script in a link"),
]  # fmt: skip
assert len({harm[3] for harm in _HARMED}) == len(_HARMED)


@pytest.fixture(scope="module")
def harmed(built: Workspace, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """What was found for each harm: each on a page of its own, in as few folders as have pages enough for them."""
    found: dict[str, set[str]] = {}
    left = list(_HARMED)
    while left:
        folder = Path(shutil.copytree(built / "site", tmp_path_factory.mktemp("harmed") / "site"))
        done: dict[str, str] = {}
        for name in _PAGES:
            page = folder / name / "index.html"
            text = page.read_text(encoding="utf-8")
            harm = next((harm for harm in left if harm[1] in text), None)
            if harm is not None:
                left.remove(harm)
                page.write_text(text.replace(harm[1], harm[2]), encoding="utf-8")
                done[name] = harm[3]
        assert done, left
        errors = built.json("check", "--site", str(folder)).errors()
        for name, why in done.items():
            paths = (f"{name}/index.html", f"docs/en/{name}.md")
            found[why] = {error["code"] for error in errors if error["path"] in paths}
    return found


@pytest.mark.parametrize(("code", "why"), [(h[0], h[3]) for h in _HARMED], ids=[f"{h[0]}-{h[3]}" for h in _HARMED])
def test_harm_to_a_built_page_is_found(code: str, why: str, harmed: dict[str, set[str]]) -> None:
    """Urgent help, trust lines, other hosts and scripts are checked on the page that will be served."""
    assert code in harmed[why]


_HARMLESS = {
    "soreness": '<p><a href="https://example.org/">a link that somebody may follow</a></p>',
    "risks": '<img src="../assets/icon.svg" alt="x">',
    "about": "<p>Write https://example.org/ in words, or // or url(x).</p>",
    "privacy": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="x">',
}
_STRANGE = ["notes.docx", "assets/extra.js", "soreness/old.txt", ".htaccess"]


@pytest.fixture(scope="module")
def strange(built: Workspace, tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """The errors, as (code, path), of a folder with harmless additions, harm to 404.html and files of nobody."""
    folder = Path(shutil.copytree(built / "site", tmp_path_factory.mktemp("strange") / "site"))
    for name, harmless in _HARMLESS.items():
        _alter(folder, "</main>", harmless + "</main>", f"{name}/index.html")
    _alter(folder, "</main>", '<img src="https://example.org/x.png" alt="x"></main>', "404.html")
    for name in _STRANGE:
        (folder / name).write_bytes(b"x")
    return {(error["code"], error["path"]) for error in built.json("check", "--site", str(folder)).errors()}


@pytest.mark.parametrize("name", _HARMLESS)
def test_what_fetches_nothing_is_not_found(name: str, strange: set[tuple[str, str]]) -> None:
    """A plain link, a picture of our own, and words are no other host."""
    found = {code for code, path in strange if path in (f"{name}/index.html", f"docs/en/{name}.md")}
    assert not {"O101", "O103"} & found


def test_the_page_for_a_wrong_address_is_held_to_the_same_laws(strange: set[tuple[str, str]]) -> None:
    """404.html is a file like any other."""
    assert ("O101", "404.html") in strange


@pytest.mark.parametrize("name", _STRANGE)
def test_a_file_that_nobody_declared_is_found(name: str, strange: set[tuple[str, str]]) -> None:
    """Whatever no page, picture or asset of ours explains."""
    assert {code for code, path in strange if path == name} == {"O102"}


def test_a_built_page_without_a_source_is_told(built: Workspace, folder: Path) -> None:
    """What was not checked is not passed over."""
    shutil.copytree(folder / "soreness", folder / "old-page")
    run = built.json("check", "--site", str(folder))
    assert run.code == 2
    assert "old-page/index.html" in run.out


def test_a_source_without_a_built_page_is_told(built: Workspace, folder: Path) -> None:
    """A folder of another state of the sources is not reported as checked."""
    shutil.rmtree(folder / "soreness")
    run = built.json("check", "--site", str(folder))
    assert run.code == 2
    assert "docs/en/soreness.md" in run.out


@pytest.mark.parametrize("what", ["nothing", "a file"])
def test_a_site_that_is_not_there_is_told(what: str, built: Workspace, tmp_path: Path) -> None:
    """check --site of no folder is an error, not a clean run."""
    if what == "a file":
        (tmp_path / "absent").write_text("x", encoding="utf-8")
    run = built.json("check", "--site", str(tmp_path / "absent"))
    assert run.code == 2
    assert "no built site" in run.out


# What our templates do not honour: the line in mkdocs.yml, and what the finding calls it.
_OPTIONS = [
    ("  features: [navigation.tabs]", "features.navigation.tabs"),
    ("    primary: teal", "palette.primary"),
    ("    repo: simple/git", "icon.repo"),
    ("plugins: [search]", "plugins: search"),
    ("extra_javascript: [x.js]", "extra_javascript: x.js"),
]


@pytest.fixture(scope="module")
def options(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], Run]:
    """The lines of a mkdocs.yml with all of these in it, and how its check ended."""
    project = copy_project(tmp_path_factory.mktemp("options") / "clone")
    theme = "  features: [navigation.tabs]\n  palette:\n    primary: teal\n  icon:\n    repo: simple/git\n"
    project.edit("mkdocs.yml", "  favicon:", f"{theme}  favicon:")
    project.edit("mkdocs.yml", "plugins: []", "plugins: [search]\nextra_javascript: [x.js]")
    return (project / "mkdocs.yml").read_text(encoding="utf-8").split("\n"), project.json("check")


@pytest.mark.parametrize(("line", "name"), _OPTIONS, ids=[name for _, name in _OPTIONS])
def test_an_option_that_is_not_honoured_is_found(line: str, name: str, options: tuple[list[str], Run]) -> None:
    """A feature, a palette, an icon, a plugin, a script: each with its line."""
    lines, run = options
    assert run.code == 1
    told = [f for f in run.errors() if f["code"] == "M101" and f'"{name}"' in f["message"]]
    assert [(f["path"], f["line"]) for f in told] == [("mkdocs.yml", lines.index(line) + 1)], run.out
    # A plugin is told and does nothing: what it would have left in the site is not there.
    assert {f["code"] for f in run.errors()} == {"M101"}


def test_a_page_in_the_navigation_that_is_missing_is_told_once(project: Workspace) -> None:
    """With its line, and not again for each page that shows the menu."""
    line = project.edit("mkdocs.yml", "      - soreness.md", "      - soreness.md\n      - ice.md")
    (error,) = project.json("check").errors()
    assert (error["code"], error["path"], error["line"]) == ("L104", "mkdocs.yml", line + 1)


def test_a_page_that_the_navigation_does_not_name_is_found(project: Workspace) -> None:
    """The page is told; nothing else is wrong with it but the "next" link that led to it."""
    project.edit("mkdocs.yml", "      - soreness.md\n", "")
    errors = project.json("check").errors()
    assert [f["path"] for f in errors if f["code"] == "L105"] == ["docs/en/soreness.md"]
    assert {f["code"] for f in errors} <= {"L105", "L101"}


def test_a_group_that_is_not_listed_right_is_found(project: Workspace) -> None:
    """A group without words would be shown by its name, and pages in a group within a group not at all."""
    vist = project.edit("mkdocs.yml", "  - visit:\n", "  - vist:\n") + 1
    plan = "      - treatment-plan.md\n"
    deeper = project.edit("mkdocs.yml", plan, f"      - deeper:\n    {plan}") + 1
    found = [f for f in project.json("check").errors() if f["code"] == "M102"]
    assert {f["path"] for f in found} == {"mkdocs.yml"}
    for line, says in ((vist, 'the group "vist" has no words'), (deeper, '"deeper" stands in another')):
        told = [f["line"] for f in found if says in f["message"]]
        assert told, says
        assert line <= told[0] <= line + 1


def test_nested_navigation_is_read(project: Workspace) -> None:
    """A page in a group may have a title of its own there; pages between groups are navigation as well."""
    project.edit(
        "mkdocs.yml",
        "      - soreness.md\n      - treatment-plan.md\n",
        "      - treatment-plan.md\n      - Soreness: soreness.md\n",
    )
    assert project.json("check").code == 0


def test_kinds_without_pages_are_told_and_do_not_stop_a_preview(project: Workspace) -> None:
    """Until every page is written the preview says which are missing, as warnings; a section shown from one has no text."""
    (project / "docs/en/risks.md").unlink()
    project.edit("mkdocs.yml", "  - risks.md\n", "")
    project.edit("docs/en/trigger-points.md", "## What does this mean", "## Harm { #harm }\n\n"
                 "{{ section: serious-harms }}\n\n## What does this mean")  # fmt: skip
    run = project.json("check")
    assert any("has no text yet" in f["message"] for f in run.errors() if f["code"] == "N101")
    missing = [f for f in run.values["findings"] if f["code"] == "T111"]
    assert {f["severity"] for f in missing} == {"warning"}
    assert any('"risks"' in f["message"] and "serious-harms" in f["message"] for f in missing)
    assert not any('"soreness" of kind' in f["message"] for f in missing)


@pytest.mark.parametrize("typed", ["Call 999 now", "Call now"])
def test_a_number_typed_into_the_words_of_templates_is_found(typed: str, project: Workspace) -> None:
    """In New Zealand 111 is the emergency number: a line that says 999, or no number, is an error on every page.

    That there is none before, test_each_country_shows_its_own_numbers proves.
    """
    project.edit("clinic.yml", "country:  ", "country: NZ #")
    project.edit("docs/en/_words.yml", "Chest pain or hard to breathe? Call {emergency} now.", f"Chest pain? {typed}.")
    run = project.json("check")
    wrong = [f for f in run.errors() if f["code"] == "U101"]
    assert {f["path"] for f in wrong} >= {"docs/en/soreness.md", "docs/en/get-help-now.md"}
    assert any("111" in f["message"] or "999" in f["message"] for f in wrong)


def _places() -> list[tuple[str, str, str]]:
    """Every country and region of the data, with the number that its pages must show."""
    rows = yaml.safe_load((ROOT / "standard/emergency.yml").read_text(encoding="utf-8"))["countries"]
    return [(code, region, row["emergency"][0]) for code, row in rows.items() for region in row.get("regions", [""])]


@pytest.fixture(scope="module")
def abroad(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], tuple[Run, str]]:
    """Build for a country and a region; return how it ended, and a page. Regions with the same data share a build."""
    project = copy_project(tmp_path_factory.mktemp("abroad") / "clone")
    standard = load_inputs(default_project(project.path)).standard
    project.edit("clinic.yml", '"[Your phone number]"', '"+44 (0)1632 960123"')
    unset = (project / "clinic.yml").read_text(encoding="utf-8")
    made: dict[str, tuple[Run, str]] = {}

    def build(country: str, region: str) -> tuple[Run, str]:
        (project / "clinic.yml").write_text(unset, encoding="utf-8")
        project.edit("clinic.yml", "country:  ", f'country: "{country}" #')
        project.edit("clinic.yml", "region:  ", f"region: {region or '# none'} #")
        # All that a build knows of clinic.yml; the names of country and region are not in it.
        mistakes = Mistakes()
        clinic = repr((load_clinic(project / "clinic.yml", "clinic.yml", standard, mistakes), mistakes.findings))
        if clinic not in made:
            run = project.run("build", "--today", TODAY)
            made[clinic] = run, (project / "site" / PAGE).read_text(encoding="utf-8") if run.code == 0 else ""
        return made[clinic]

    return build


@pytest.mark.parametrize(("country", "region", "shown"), _places())
def test_each_country_shows_its_own_numbers(
    country: str, region: str, shown: str, abroad: Callable[[str, str], tuple[Run, str]]
) -> None:
    """The numbers of the data pass, with their advice lines and a clinic's phone that is written with (0)."""
    run, page = abroad(country, region)
    assert run.code == 0, run.out
    assert f'href="tel:{shown}"' in page


def test_111_is_the_emergency_number_only_where_it_is(project: Workspace) -> None:
    """On a page for New Zealand "call 111 now" is an emergency call; in England it is not, and the page fails."""
    page = "docs/en/get-help-now.md"
    assert "{{ emergency: number }}" in (project / page).read_text(encoding="utf-8")
    project.edit("clinic.yml", "country:  ", "country: NZ #")
    assert project.json("check").code == 0
    text = (project / page).read_text(encoding="utf-8")
    (project / page).write_text(text.replace("{{ emergency: number }}", "111"), encoding="utf-8")
    told = {f["statement"] for f in project.json("check").errors() if f["path"] == page}
    assert "act" not in told
    project.edit("clinic.yml", "country: NZ #", "country: GB #")
    project.edit("clinic.yml", "region:  ", "region: england #")
    told = {f["statement"] for f in project.json("check").errors() if f["path"] == page}
    assert "act" in told


def test_what_is_said_only_on_another_page_is_found(project: Workspace) -> None:
    """The home of a topic lacks a sentence that stands on another page: the finding says where it stands."""
    project.edit("docs/en/trigger-points.md", "## What does this mean", "## And soreness? { #soreness }\n\n"
                 "It usually goes within {{ fact: soreness-lasts }}.\n\n## What does this mean")  # fmt: skip
    text = (project / "docs/en/soreness.md").read_text(encoding="utf-8")
    (project / "docs/en/soreness.md").write_text(
        text.replace("usually goes within {{ fact: soreness-lasts }}", "goes"), encoding="utf-8"
    )
    told = [f for f in project.json("check").errors() if f["code"] == "T204" and f["statement"] == "three-days"]
    assert [f["path"] for f in told] == ["docs/en/soreness.md"]
    assert "docs/en/trigger-points.md" in told[0]["hint"]


def test_a_page_of_another_kind_at_a_fixed_address_is_found(project: Workspace) -> None:
    """docs/en/treatment-plan.md must be of the kind `plan`."""
    line = project.edit("docs/en/treatment-plan.md", "kind: plan", "kind: reference")
    run = project.json("check")
    assert ("T112", "docs/en/treatment-plan.md", line) in run.found()


def test_a_shared_section_is_written_once_and_shown_twice(
    project: Workspace, copy_of: Callable[[Workspace, Path], Workspace]
) -> None:
    """The insert shows the home page's text; a finding in it stands at the line of the insert."""
    text = "## And soreness? { #soreness }\n\n{{ section: soreness }}\n\n## What does this mean"
    project.edit("docs/en/trigger-points.md", "## What does this mean", text)
    run = project.json("build")
    assert run.code == 0, run.out
    page = (project / "site/trigger-points/index.html").read_text(encoding="utf-8")
    assert "You feel soreness when you press" in page
    assert 'id="ease-soreness"' in page
    project.edit("docs/en/soreness.md", "### What can I do", "![](no-words.svg)\n\n### What can I do")
    (project / "docs/en/no-words.svg").write_text("<svg/>", encoding="utf-8")
    line = (project / "docs/en/trigger-points.md").read_text(encoding="utf-8").split("\n").index(
        "{{ section: soreness }}"
    ) + 1
    found = project.json("check").found()
    assert ("A101", "docs/en/trigger-points.md", line) in found
