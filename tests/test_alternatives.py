"""bench/alternatives.py tells which words of the phrases no example needs."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT, Workspace


def test_an_alternative_that_no_example_needs_is_reported_by_name(project: Workspace) -> None:
    """A line and a word that stand in no example are listed; "warm" in the list of tips, which one needs, is not."""
    project.edit("standard/en/phrases/soreness.yml", "  feel-sore:\n", "  feel-sore:\n    - grumbly/sore ~ elbow\n")
    command = [
        sys.executable,
        str(ROOT / "bench/alternatives.py"),
        "--project",
        str(project.path),
        "--topic",
        "soreness",
        "--show",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    idle = {line.partition("example: ")[2] for line in done.stdout.splitlines() if "example: " in line}
    assert "soreness/feel-sore: grumbly/sore ~ elbow" in idle
    assert "soreness/feel-sore: grumbl in grumbly/sore ~ elbow" in idle
    assert not any(line.startswith("soreness/contact: get in touch") for line in idle)
