"""Every format shows every finding, and the counts."""

from __future__ import annotations

import json

import pytest

from patientpages.checks import CHECKS
from tests.conftest import TODAY, Workspace


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A project with two errors on known lines, and a warning."""
    from tests.conftest import copy_project  # noqa: PLC0415

    project = copy_project(tmp_path_factory.mktemp("reporters") / "clone")
    project.edit("docs/en/soreness.md", "dry needling? { #common-effects }", "100% of needling?")
    project.edit("docs/en/soreness.md", "(get-help-now.md#get-help-now)", "(get-help-now.md#help)")
    (project / "docs/en/accessibility.md").unlink()
    project.edit("mkdocs.yml", "  - accessibility.md\n", "")
    return project


def _report(broken: Workspace, name: str) -> str:
    run = broken.run("check", "--format", name, "--today", TODAY)
    assert run.code == 1
    return run.out


def test_json_has_the_fixed_keys(broken: Workspace) -> None:
    """The interface that other programs rest on."""
    values = json.loads(_report(broken, "json"))
    assert set(values) == {"counts", "findings"}
    assert set(values["counts"]) == {
        "pages",
        "topics",
        "statements",
        "judged",
        "messages",
        "addresses",
        "checks",
        "errors",
        "warnings",
    }
    keys = {"code", "severity", "path", "line", "line_exact", "message", "hint", "topic", "statement"}
    assert all(set(finding) == keys for finding in values["findings"])
    assert values["counts"]["errors"] == len([f for f in values["findings"] if f["severity"] == "error"]) > 0
    assert values["counts"]["warnings"] == len([f for f in values["findings"] if f["severity"] == "warning"]) > 0
    assert values["counts"]["pages"] == 19
    assert values["counts"]["topics"] == 30
    assert values["counts"]["checks"] == len(CHECKS)


def test_short_json_is_json(broken: Workspace) -> None:
    """--json is --format json."""
    assert broken.run("check", "--json", "--today", TODAY).out == _report(broken, "json")


def test_the_terminal_shows_each_finding_and_ends_with_the_counts(broken: Workspace) -> None:
    """Path, line, code and hint of every finding; the counts in the last line."""
    text = _report(broken, "terminal")
    for finding in json.loads(_report(broken, "json"))["findings"]:
        assert (
            f"{finding['path']}:{finding['line']}{'' if finding['line_exact'] else ' (near)'}  {finding['code']}"
            in text
        )
        assert finding["hint"].split("\n")[0] in text
    assert text.strip().split("\n")[-1].startswith("19 pages, 30 topics, ")


def test_github_annotations_are_escaped(broken: Workspace) -> None:
    """One workflow command a finding, on one line, with percent signs and line ends escaped."""
    lines = _report(broken, "github").strip().split("\n")
    findings = json.loads(_report(broken, "json"))["findings"]
    commands = [line for line in lines if line.startswith("::")]
    assert len(commands) == len(findings)
    assert len(lines) == len(findings) + 1
    assert any("100%25" in line for line in commands)
    assert all(
        line.startswith(("::error file=docs/en/", "::error file=standard/", "::warning file=standard/"))
        for line in commands
    )


def test_sarif_names_a_rule_for_every_result(broken: Workspace) -> None:
    """SARIF 2.1.0 with one result a finding, each with a known rule, file and line."""
    (run,) = json.loads(_report(broken, "sarif"))["runs"]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert rules >= {check.code for check in CHECKS}
    assert len(run["results"]) == len(json.loads(_report(broken, "json"))["findings"])
    for result in run["results"]:
        assert result["ruleId"] in rules
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"]
        assert place["region"]["startLine"] >= 1


@pytest.mark.parametrize("name", ["terminal", "json", "github", "sarif"])
def test_a_mistake_in_a_data_file_is_shown_in_every_format(name: str, project: Workspace) -> None:
    """Exit 2 has its reason in each format."""
    project.edit("clinic.yml", "languages: [en]", "languages: [en, en]")
    run = project.run("check", "--format", name)
    assert run.code == 2
    assert "a language stands here twice" in run.out


def test_a_waiver_in_force_is_shown(project: Workspace) -> None:
    """Whoever reads the report sees what was waived, why, by whom and until when: terminal, annotations, coverage."""
    project.edit("docs/en/trigger-points.md", "People also call it a knot.\n\nPressing", "\n\nPressing")
    waiver = "waive:\n  - {code: T201, statement: trigger-points.knot, who: Test Signatory, reason: in a picture, until: 2027-01-01}\n"
    project.edit("docs/en/trigger-points.md", "kind: explainer\n", f"kind: explainer\n{waiver}")
    run = project.run("build", "--today", TODAY)
    assert run.code == 0, run.out
    told = "T201  waived until 2027-01-01 by Test Signatory: in a picture [trigger-points.knot]"
    assert told in run.out
    assert told in project.run("check", "--format", "github", "--today", TODAY).out
    assert "in a picture" in (project / "report/index.html").read_text(encoding="utf-8")


def test_codes_stand_once() -> None:
    """No two checks share a code."""
    codes = [check.code for check in CHECKS]
    assert len(codes) == len(set(codes))


def test_help_teaches(project: Workspace) -> None:
    """--help says what each verb is for, with examples and exit codes."""
    text = project.run("--help").out
    for verb in ("build", "check", "serve", "new", "topics", "explain", "upgrade", "publish"):
        assert verb in text
        assert project.run(verb, "--help").code == 0
    assert "Exit codes" in text
