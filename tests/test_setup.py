"""Setting up: two commands, and a plain message where a machine lacks something."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

BOOTSTRAP = (ROOT / "scripts/bootstrap.py").read_text(encoding="utf-8")


def _bootstrap(tmp_path: Path, change: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the set-up in a folder of its own, with a line put before its last (the call of main)."""
    for name in ("requirements", "scripts"):
        (tmp_path / name).mkdir(exist_ok=True)
    for name in ("use.txt", "dev.txt"):
        (tmp_path / "requirements" / name).write_text("absent-package==1 --hash=sha256:" + "0" * 64, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    script = tmp_path / "scripts/bootstrap.py"
    script.write_text(BOOTSTRAP.replace("\nmain()\n", f"\n{change}\nmain()\n"), encoding="utf-8")
    return subprocess.run([sys.executable, str(script)], env={**os.environ, **environment}, capture_output=True, text=True,
                          timeout=120, check=False)  # fmt: skip


def test_a_python_that_is_too_old_is_told_what_to_do(tmp_path: Path) -> None:
    """Python 3.10 and no newer one beside it: which version is needed, and where from."""
    done = _bootstrap(tmp_path, "sys.version_info = (3, 10)\nshutil.which = lambda name: None")
    assert done.returncode == 1
    assert "This is Python 3.10, and Patient Pages needs 3.11 or newer" in done.stderr


def test_a_newer_python_beside_an_old_one_is_used(tmp_path: Path) -> None:
    """Where python3 is old and python3.12 is there, the set-up goes on with that."""
    script = tmp_path / "python3.12"
    script.write_text("#!/bin/sh\necho used $1\n", encoding="utf-8")
    script.chmod(0o755)
    done = _bootstrap(tmp_path, "sys.version_info = (3, 10)", PATH=str(tmp_path))
    assert done.returncode == 0
    assert done.stdout.startswith("used ")


def test_a_python_without_venv_is_told_what_to_install(tmp_path: Path) -> None:
    """Debian's Python comes without ensurepip: the package to install is named."""
    done = _bootstrap(tmp_path, "sys.modules['ensurepip'] = None")
    assert done.returncode == 1
    assert re.search(r"sudo apt install python3\.\d+-venv", done.stderr)


def test_no_network_is_told(tmp_path: Path) -> None:
    """Packages that cannot be fetched: the network is named, and the command can be typed again."""
    done = _bootstrap(tmp_path, PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_EXTRA_INDEX_URL="", PIP_FIND_LINKS="",
                      PIP_CONFIG_FILE="/dev/null", PIP_RETRIES="0", PIP_TIMEOUT="2")  # fmt: skip
    assert done.returncode == 1
    assert "Check the network" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / ".venv/ready-use").exists()


def test_a_set_up_that_is_interrupted_says_how_it_goes_on(tmp_path: Path) -> None:
    """Ctrl+C while the environment is made: one line, no traceback, and nothing that passes for ready."""
    done = _bootstrap(
        tmp_path, "def pip(*_): raise KeyboardInterrupt\nimport venv\nvenv.create = lambda *_, **__: None"
    )
    assert done.returncode == 1
    assert done.stderr == "Set-up stopped. It was interrupted, and nothing is lost: the next run completes it.\n"
    assert not (tmp_path / ".venv/ready-use").exists()


def test_old_pythons_can_read_the_set_up() -> None:
    """The set-up has no syntax newer than Python 3.6, so that an old one can give its message."""
    import ast  # noqa: PLC0415

    ast.parse(BOOTSTRAP, feature_version=(3, 6))


@pytest.mark.parametrize("name", ["use.txt", "dev.txt"])
def test_requirements_are_locked_with_hashes_and_name_no_index(name: str) -> None:
    """Every package has one version and its hashes; no address of an index stands in the file."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z0-9][\w.-]*==\S+", text, re.MULTILINE)
    assert len(packages) >= 20
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)
    assert all("--hash=sha256:" in block for block in blocks if "==" in block.split("\n")[0])
    assert "://" not in text
    for pin in ("mkdocs==1.6.1", "mkdocs-material==9.8.1"):
        assert any(package.startswith(pin) for package in packages)


def test_ci_runs_the_two_commands_of_the_readme() -> None:
    """CI proves what README promises, and GitHub's workflow does the same."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    ci = (ROOT / ".ci/run").read_text(encoding="utf-8")
    for command in ("make site", "make test"):
        assert command in readme
        assert f"\n{command}\n" in ci
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["test"]["steps"]
    assert steps[-1]["run"] == "bash .ci/run"
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step["uses"]) for step in steps if "uses" in step)


def test_readme_shows_windows_what_make_does() -> None:
    """Each line of the Makefile that a clinic needs has its Windows form in README."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for line in (r"py scripts\bootstrap.py", r".venv\Scripts\patientpages build", r".venv\Scripts\patientpages serve",
                 r".venv\Scripts\patientpages init", r".venv\Scripts\patientpages doctor", r".venv\Scripts\patientpages publish",
                 r".venv\Scripts\patientpages check", r"py scripts\bootstrap.py --dev", r".venv\Scripts\python -m pytest"):  # fmt: skip
        assert line in readme, line


def test_readme_names_only_files_that_are_there() -> None:
    """A path in README's code marks exists."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    made = ("site/", "public/", ".venv/", ".build/", "report/", "records/versions/")
    for path in re.findall(
        r"`((?:docs|standard|records|staff|overrides|scripts|tests|bench|requirements)/[\w./-]*|\w+\.yml)`", readme
    ):
        assert path.startswith(made) or (ROOT / path).exists(), path
