"""What a patient's phone must fetch and do for one page: ours, and the same text in stock Material and nhsuk-frontend.

    python bench/front_end.py                      weight, and Lighthouse (median of 3 runs) of one page of each
    python bench/front_end.py --all-pages          also Lighthouse once on every page of ours
    python bench/front_end.py --write FILE         add what is printed to a file; --screens DIR keeps a picture of each

Variants: `ours` as it would be published, for a clinic that does not exist; `material`, the same Markdown built by the
stock theme; `nhsuk`, the same article in nhsuk-frontend's page template; `blank`, a page of one sentence. All come in
one run from one nginx (https, HTTP/2, brotli 6) that this program starts on a free port of this machine.

Needs the packages of `make test` (they bring Node.js), and Chromium, nginx with its brotli filter, and openssl.
Lighthouse and nhsuk-frontend are fetched at the first run, as bench/package-lock.json locks them.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # for tests/, which copy a project

from front_end import server
from front_end.lighthouse import CATEGORIES, METRICS, Run, install, lighthouse
from front_end.server import Server, serve
from front_end.variants import Variant, build_all
from front_end.weight import FLAGS, KINDS, Weight, weigh
from playwright.sync_api import sync_playwright

import test_tools

RUNS = 3
NOTES = """Bytes are bodies as nginx sent them (its log: the icon and what workers fetch are in it), 390 px wide, cold cache.
Bytes of script are after unpacking, with scripts inside the page. Unused CSS is the share of characters that no rule
in use on this page covers, in light colours on a screen. Stored: localStorage, sessionStorage and cookies after loading.
Material has `font: false`, because Google's fonts are out of reach here: a usual site asks two more hosts, and weighs more.
Its audit link-text is about our own name of a group, “More”, which its tabs make a link.
nhsuk-frontend asks its fonts of another host, which is out of reach here: they weigh nothing in this table, and the failures
cost it points. Material and nhsuk-frontend show the figures without our lines and colours, which are in our style sheet."""


def say(text: str) -> None:
    """Report progress."""
    print(text, file=sys.stderr, flush=True)


def needed() -> str:
    """Return the browser, or stop and name what is missing."""
    browser = test_tools.browser()
    missing = [
        package
        for package, there in (
            ("chromium", browser),
            ("nginx-light", server.program()),
            ("libnginx-mod-http-brotli-filter", server.program() and server.brotli_module()),
            ("openssl", server.has_openssl()),
        )
        if not there
    ]
    if missing:
        names = " ".join(missing)
        sys.exit(f"This measurement needs {names}, not on this machine; on Debian type: sudo apt install {names}")
    return browser


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def weights(found: dict[str, Weight]) -> str:
    """Return the table of what the page costs."""
    rows: list[tuple[str, Callable[[Weight], str]]] = [
        ("requests", lambda w: f"{w.requests}"),
        ("bytes over the wire", lambda w: f"{sum(w.wire.values()):,}"),
        *((f"– {kind}", lambda w, kind=kind: f"{w.wire[kind]:,}") for kind in KINDS),
        ("HTML document alone, brotli 6", lambda w: f"{w.document:,}"),
        ("bytes of script", lambda w: f"{w.scripts:,}"),
        ("stored entries", lambda w: f"{w.stored}"),
        ("other hosts asked", lambda w: ", ".join(w.hosts) or "none"),
        ("elements", lambda w: f"{w.elements:,}"),
        ("CSS, characters", lambda w: f"{w.styles:,}"),
        ("CSS unused", lambda w: f"{w.unused:.0%}" if w.styles else "–"),
    ]  # fmt: skip
    return table(["", *found], [[name, *(show(weight) for weight in found.values())] for name, show in rows])


def medians(found: dict[str, list[Run]]) -> str:
    """Return the table of Lighthouse's medians, and the audits below 1 in any run."""
    rows = [
        [name, *(f"{statistics.median(run.scores[name] for run in runs):.0f}" for runs in found.values())]
        for name in CATEGORIES
    ]
    for name in METRICS:
        row = [name if name == "CLS" else f"{name}, ms (least to most)"]
        for runs in found.values():
            values = [run.metrics[name] for run in runs]
            row.append(
                f"{statistics.median(values):.3f}"
                if name == "CLS"
                else f"{statistics.median(values):,.0f} ({min(values):,.0f} to {max(values):,.0f})"
            )
        rows.append(row)
    audits = []
    for name, runs in found.items():
        every = sorted({audit for run in runs for audit in run.below}, reverse=True)
        lowest = sorted({audit.partition(" ")[0]: audit for audit in every}.values())
        audits.append(f"- {name}: {', '.join(lowest) or 'none'}")
    return "\n".join(
        [
            table(["", *found], rows),
            "",
            "Audits below 1 in any run, at their lowest (in brackets: counts for nothing):",
            "",
            *audits,
        ]
    )


def every_page(ours: Variant, served: Server, browser: str, work: Path) -> str:
    """Run Lighthouse once on every page of ours, and return a row for each."""
    rows = []
    # Short addresses are parts of pages, and search engines leave them out.
    files = sorted(path for path in ours.folder.rglob("*.html") if "go" not in path.relative_to(ours.folder).parts)
    for number, file in enumerate(files, 1):
        path = ours.prefix + file.relative_to(ours.folder).as_posix().removesuffix("index.html")
        noindex = is_noindex(file)
        run = lighthouse(served.address + path, browser, work, noindex=noindex)
        say(f"{number} of {len(files)}: {path} {list(run.scores.values())} {', '.join(run.below)}")
        name = path.removeprefix(ours.prefix) or "(first page)"
        rows.append(
            [
                f"{name} (noindex)" if noindex else name,
                *(str(score) for score in run.scores.values()),
                ", ".join(run.below) or "none",
            ]
        )
    note = "Pages marked noindex are not asked whether search engines may come (is-crawlable)."
    return table(["page", *CATEGORIES, "audits below 1"], rows) + f"\n\n{note}"


def is_noindex(file: Path) -> bool:
    """Tell whether a page asks search engines to stay away."""
    return '<meta name="robots" content="noindex"' in file.read_text(encoding="utf-8")


def measure(options: argparse.Namespace, work: Path) -> str:
    """Build, serve and measure, and return what is to be printed."""
    browser = needed()
    install()
    say("building the pages ...")
    (work / "root").mkdir()
    variants = build_all(work, work / "root")
    with serve(work / "root", work / "nginx") as served:
        with sync_playwright() as playwright:
            opened = playwright.chromium.launch(executable_path=browser, args=list(FLAGS))
            version = opened.version
            found = {}
            for variant in variants:
                picture = options.screens / f"{variant.name}.png" if options.screens else None
                found[variant.name] = weigh(opened, served, variant, picture)
                say(f"weighed {variant.name}: {sum(found[variant.name].wire.values()):,} bytes")
            opened.close()
        runs: dict[str, list[Run]] = {variant.name: [] for variant in variants}
        for number in range(1, options.runs + 1):
            for variant in variants:
                noindex = is_noindex(served.file(variant.path))
                run = lighthouse(served.address + variant.path, browser, work, noindex=noindex)
                runs[variant.name].append(run)
                say(f"run {number} of {variant.name}: {list(run.scores.values())} LCP {run.metrics['LCP']:.0f} ms")
        pages = every_page(variants[0], served, browser, work) if options.all_pages else ""
    tools = (
        f"Chromium {version}, Lighthouse 13.5.0 (mobile, simulated slow 4G), {platform.system()} {platform.machine()}"
    )
    asked = f"{' --all-pages' if options.all_pages else ''}{f' --runs {options.runs}' if options.runs != RUNS else ''}"
    command = f"`python bench/front_end.py{asked}`"
    parts = [f"## The page “{variants[0].path.rstrip('/').rsplit('/', 1)[-1]}”", f"{command}: {tools}.", weights(found), NOTES,
             f"Lighthouse, median of {options.runs} runs in turn:", medians(runs)]  # fmt: skip
    return "\n\n".join([*parts, *(["Every page of ours, one run each:", pages] if pages else [])]) + "\n"


def main() -> None:
    """Measure, and print tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all-pages", action="store_true", help="Lighthouse also once on every page of ours")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"runs of Lighthouse for each variant (default: {RUNS})")
    parser.add_argument("--write", type=Path, metavar="FILE", help="add the tables to a file")
    parser.add_argument("--screens", type=Path, metavar="DIR", help="keep a picture of each variant")
    options = parser.parse_args()
    if options.screens:
        options.screens.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="front-end-") as work:
        report = measure(options, Path(work))
    print(report, end="")
    if options.write:
        with options.write.open("a", encoding="utf-8") as file:
            file.write(report)


if __name__ == "__main__":
    main()
