"""What runs at GitHub: pinned, with least rights; and the steps of a deployment, run here as they stand there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT, Workspace, fingerprint

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
_NEEDED = {"deploy.yml": {"contents": "read", "pages": "write", "id-token": "write"}}  # others may only read


def _read(path: Path) -> dict[Any, Any]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def _steps(workflow: dict[Any, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_are_pinned_and_may_do_little(path: Path) -> None:
    """Actions by commit, with the version beside it; no right but what a job needs; an end; nothing typed into a shell."""
    workflow, text = _read(path), path.read_text(encoding="utf-8")
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["permissions"].items() <= _NEEDED.get(path.name, {"contents": "read"}).items()
        assert job["timeout-minutes"] <= 30
    uses = [step["uses"] for step in _steps(workflow) if "uses" in step]
    assert uses
    for action in uses:
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", action), action
        assert re.search(re.escape(action) + r" # v\d+\.\d+\.\d+\n", text), action
    assert not [step["run"] for step in _steps(workflow) if "${{" in step.get("run", "")]
    checkouts = [step for step in _steps(workflow) if step.get("uses", "").startswith("actions/checkout")]
    assert all(step["with"] == {"persist-credentials": False} for step in checkouts)


def test_only_a_person_deploys_and_only_what_publish_made() -> None:
    """Started by hand; the job that may write to Pages runs no command of ours, and gets public/ from the one before."""
    workflow = _read(ROOT / ".github/workflows/deploy.yml")
    assert set(workflow[True]) == {"workflow_dispatch"}  # YAML 1.1 reads "on" as true
    publish, deploy = workflow["jobs"]["publish"], workflow["jobs"]["deploy"]
    assert publish["permissions"] == {"contents": "read"}
    assert deploy["needs"] == "publish"
    assert not [step for step in deploy["steps"] if "run" in step]
    uploads = [s for s in _steps(workflow) if "upload-pages-artifact" in s.get("uses", "")]
    assert [step["with"]["path"] for step in uploads] == ["public"]
    assert publish["steps"][-1] == uploads[0]


def test_the_canary_stops_nobody() -> None:
    """It runs by the calendar, may fail, and runs nothing but the set-up and the script that is there."""
    workflow = _read(ROOT / ".github/workflows/canary.yml")
    assert set(workflow[True]) == {"schedule", "workflow_dispatch"}
    assert all(job["continue-on-error"] for job in workflow["jobs"].values())
    commands = [step["run"] for step in _steps(workflow) if "run" in step]
    assert commands == ["python scripts/bootstrap.py --dev", ".venv/bin/python scripts/canary.py"]
    assert (ROOT / "scripts/canary.py").is_file()


@pytest.fixture(scope="module")
def pushed(online: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A repository as somebody pushes it who has published: records/ committed, public/ kept at home."""
    project = Workspace(tmp_path_factory.mktemp("pushed") / "clone")
    shutil.copytree(online.path, project.path)
    (project / ".gitignore").write_text((ROOT / ".gitignore").read_text(encoding="utf-8"), encoding="utf-8")
    for command in (["init", "-q"], ["add", "-A", "--force", "records"], ["add", "-A"], ["commit", "-qm", "Published"]):
        _git(project, *command)
    (project / "public").rename(project / "at-home")
    return project


def _git(project: Workspace, *arguments: str) -> str:
    command = ["git", "-c", "user.name=Test", "-c", "user.email=test@example.org", *arguments]
    return subprocess.run(command, cwd=project.path, capture_output=True, text=True, check=True).stdout


def _deploy(project: Workspace, day: str) -> tuple[int, str]:
    """Run the commands of the job that publishes, as a runner does (bash -e), but for the set-up."""
    job = _read(ROOT / ".github/workflows/deploy.yml")["jobs"]["publish"]
    steps = [step for step in job["steps"] if "run" in step and "bootstrap" not in step["run"]]
    (project / ".venv").symlink_to(Path(sys.executable).parents[1])
    said = ""
    for step in steps:
        environment = {name: value.replace("${{ inputs.day }}", day) for name, value in step.get("env", {}).items()}
        done = subprocess.run(["bash", "-e", "-o", "pipefail", "-c", step["run"]], cwd=project.path, text=True,
                              env={**os.environ, **environment}, capture_output=True, check=False)  # fmt: skip
        said += done.stdout + done.stderr
        if done.returncode:
            return done.returncode, said
    return 0, said


def test_what_is_deployed_is_what_was_published(
    pushed: Workspace, copy_of: Callable[[Workspace, Path], Workspace], tmp_path: Path
) -> None:
    """Records up to date: public/ is made, the same bytes as at home; records/ is not touched."""
    project = copy_of(pushed, tmp_path / "clone")
    records = fingerprint(project / "records")
    project.edit("docs/en/soreness.md", "It usually goes", "It mostly goes")  # begun, and not published
    code, said = _deploy(project, "")
    assert code == 0, said
    assert fingerprint(project / "public") == fingerprint(project / "at-home")
    assert fingerprint(project / "records") == records


@pytest.mark.parametrize(
    ("case", "code", "says"),
    [
        ("never published", 2, "nothing is published yet"),
        ("not recorded", 1, "Publish on the machine on which you keep records/"),
        ("no day", 2, "is not a day"),
    ],
)
def test_what_is_not_on_record_is_not_deployed(
    case: str, code: int, says: str, pushed: Workspace, copy_of: Callable[[Workspace, Path], Workspace], tmp_path: Path
) -> None:
    """Records from before the publication, a message that was not published, a wrong day: refused, and nothing is made."""
    project = copy_of(pushed, tmp_path / "clone")
    if case == "never published":
        ledger = project / "records/published.yml"
        ledger.write_text((ROOT / "records/published.yml").read_text(encoding="utf-8"), encoding="utf-8")
        for kept in (project / "records/versions").iterdir():
            kept.unlink()
    elif case == "not recorded":
        project.edit("staff/emails.yml", "Many people worry about needles.", "Lots of people worry about needles.")
    _git(project, "commit", "-qam", "As it was pushed", "--allow-empty")
    records = fingerprint(project / "records")
    ended, said = _deploy(project, "3 May" if case == "no day" else "")
    assert (ended, says in said) == (code, True), said
    assert not (project / "public").exists()
    assert not _git(project, "status", "--porcelain", "--", "records")
    assert fingerprint(project / "records") == records
