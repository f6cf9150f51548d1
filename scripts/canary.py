"""Build the same pages with the builders that may take over one day, and check what each made.

python scripts/canary.py prints a table. Exit code 1 if a builder fails, or if what patients must be told is judged
otherwise than in our own build. ProperDocs comes from requirements/canary.txt; without it, its row says so.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_PARTS = ("docs", "standard", "overrides", "records", "staff", "clinic.yml", "mkdocs.yml")
_BASE = "INHERIT: .build/mkdocs.en.yml\ndocs_dir: docs/en\nsite_dir: .build/{name}\ntheme:\n  custom_dir: {templates}\n"


@dataclass(frozen=True)
class Builder:
    """A builder as it is called: with our templates, or with those of its theme (`templates` is an empty folder)."""

    title: str
    module: str
    templates: str


@dataclass(frozen=True)
class Row:
    """How a builder did: `judged` as "145 of 145", `errors` by the code of the check."""

    built: str
    judged: str = ""
    errors: Counter[str] | None = None

    def line(self, title: str) -> str:
        """Return the row of the table."""
        codes = ", ".join(f"{code}: {many}" for code, many in sorted((self.errors or {}).items()))
        return f"| {title} | {self.built} | {self.judged} | {codes or ('' if self.errors is None else 'none')} |"


BUILDERS = (
    Builder("stock Material on MkDocs", "mkdocs", "no-templates"),
    Builder("Zensical, our templates", "zensical", "overrides"),
    Builder("Zensical, its own", "zensical", "null"),
    Builder("ProperDocs, our templates", "properdocs", "overrides"),
    Builder("ProperDocs, stock Material", "properdocs", "no-templates"),
)


def _run(command: list[str], folder: Path, more: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", **(more or {})}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def _patientpages(folder: Path, *arguments: str) -> Row:
    """Run a verb on the copy of the project, and return what was judged."""
    done = _run([sys.executable, "-m", "patientpages", *arguments, "--json"], folder)
    try:
        told = json.loads(done.stdout)
    except ValueError:
        return Row(f"not checked: {(done.stderr or done.stdout).strip()[-120:]}")
    counts = told["counts"]
    errors = Counter(str(f["code"]) for f in told["findings"] if f["severity"] == "error")
    return Row("yes", f"{counts['judged']} of {counts['statements']}", errors)


def _row(builder: Builder, folder: Path, extra: str) -> Row:
    name = f"{builder.module}-{builder.templates}"
    config = folder / f"{name}.yml"
    config.write_text(_BASE.format(name=name, templates=builder.templates), encoding="utf-8")
    own = {"PYTHONPATH": os.pathsep.join(p for p in (extra, os.environ.get("PYTHONPATH", "")) if p)}
    done = _run([sys.executable, "-m", builder.module, "build", "-f", config.name], folder, own)
    if done.returncode != 0 or not (folder / f".build/{name}/index.html").exists():
        said = (done.stdout + done.stderr).strip().splitlines()
        return Row(f"no: {said[-1][:120] if said else 'it said nothing'}")
    return _patientpages(folder, "check", "--site", f".build/{name}")


def _properdocs(folder: Path) -> str:
    """Install ProperDocs into a folder of its own, and return it ("" if it cannot be had)."""
    target = folder / "properdocs"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes",
               "-r", str(ROOT / "requirements/canary.txt"), "--target", str(target)]  # fmt: skip
    return str(target) if _run(command, folder).returncode == 0 else ""


def main() -> int:
    """Print the table; return 1 where a builder is not as good as ours."""
    with tempfile.TemporaryDirectory(prefix="canary-") as temporary:
        folder = Path(temporary)
        for part in _PARTS:
            source = ROOT / part
            copied = shutil.copytree if source.is_dir() else shutil.copy2
            copied(source, folder / part)
        (folder / "no-templates").mkdir()
        extra = _properdocs(folder)
        ours = _patientpages(folder, "build")
        print("| builder | built | statements judged | errors by check |", "| --- | --- | --- | --- |", sep="\n")
        print(ours.line("Patient Pages"), flush=True)
        wrong = ours.judged == ""
        for builder in BUILDERS:
            missing = builder.module == "properdocs" and not extra
            row = Row("not installed") if missing else _row(builder, folder, extra)
            print(row.line(builder.title), flush=True)
            topics = [code for code in row.errors or () if code.startswith("T")]
            wrong |= not missing and (row.judged != ours.judged or bool(topics))
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
