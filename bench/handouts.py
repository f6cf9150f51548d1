"""What leaflets cost: seconds to set, to read back and to hold; bytes, pages, words lost. WeasyPrint beside, if installed.

python bench/handouts.py                               the leaflets and every page, with the tests' example clinic
pip install weasyprint==70.0 && python bench/handouts.py      (WeasyPrint needs Pango as a system library)
"""

from __future__ import annotations

import importlib.util
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from patientpages.build import made
from patientpages.folders import default_project
from patientpages.handouts import handouts_of
from patientpages.kept import Kept
from patientpages.making import quietly
from patientpages.model import Handout, Place
from patientpages.project import load_inputs
from patientpages.readback import lost, read_or_remembered

ROOT = Path(__file__).resolve().parents[1]
_DAY = date(2026, 11, 26)
_CSS = "@page { size: A4; margin: 2.2cm 1.5cm 3cm } body { font: 12pt/1.35 sans-serif } article { columns: 2 }"


def _median(action: Callable[[], object], runs: int = 5) -> float:
    """Return the median of some runs, in wall seconds."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    """Print the figures of one run."""
    project = replace(default_project(ROOT), clinic=ROOT / "tests/clinics/example.yml")
    inputs = load_inputs(project)
    _, files, sites = made(inputs, _DAY, quietly, "trial")
    site, language = sites[0], inputs.languages[0]

    def printed(work: Path, only: list[Handout] | None = None) -> list[tuple[str, int, int, bytes]]:
        there = replace(inputs, project=replace(project, root=work))
        found, wrong = handouts_of(there, language, site.pages, files, _DAY, preview=False, only=only)
        assert not [finding for finding in wrong if finding.severity == "error"], wrong
        return [(each.address, each.sheets, len(each.pdf), each.pdf) for each in found]

    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "print", Path(folder) / "print")
        start = time.perf_counter()
        rows = printed(Path(folder))
        cold = time.perf_counter() - start
        warm = _median(lambda: printed(Path(folder)))
        print(f"all {len(rows)} leaflets, set, read back and held: {cold:.2f} s; kept: {warm:.2f} s\n")
        pages = [Handout(p.source.name, p.source.name, (), p.source.name, Place("-"), {}) for p in site.pages]
        whole = printed(Path(folder), pages)
        print("| leaflet | pages | bytes |\n| --- | ---: | ---: |")
        for address, sheets, size, _ in (*rows, *whole):
            print(f"| {address} | {sheets} | {size:,} |")
        words = gone = 0
        for page, (address, _, _, pdf) in zip([*site.pages, *site.pages], whole, strict=True):
            said = [*page.opening, *(b for section in page.sections if section.level == 2 for b in section.blocks)]
            seen = [block.text for block in said if not block.hidden]
            words += sum(len(text.split()) for text in seen)
            gone += len(lost(seen, read_or_remembered(pdf, address, Kept())))
        judge = language.judge
        assert judge is not None
        told = sum(
            verdict.said
            for page in site.pages
            for topic, section in page.topics(inputs.standard)
            for verdict in judge.judge(topic, section.blocks).values()
        )
        print(f"\nstatements that the pages tell: {told}; each was found again on paper, in both sizes (else: H102)")
        print(f"words of the pages looked for on paper, in both sizes: {words:,}; lost: {gone}")
    if importlib.util.find_spec("weasyprint"):
        _beside(next(file.content.decode() for file in files if file.path == "aftercare/index.html"))


def _beside(page: str) -> None:
    """Print what WeasyPrint needs for one page, tagged as PDF/UA-1 as well."""
    weasyprint = importlib.import_module("weasyprint")
    sheet = weasyprint.CSS(string=_CSS)

    def made_by_weasyprint() -> bytes:
        pdf: bytes = weasyprint.HTML(string=page).write_pdf(stylesheets=[sheet], pdf_variant="pdf/ua-1")
        return pdf

    print(f"WeasyPrint, the page aftercare: {_median(made_by_weasyprint):.2f} s, {len(made_by_weasyprint()):,} bytes")


if __name__ == "__main__":
    main()
