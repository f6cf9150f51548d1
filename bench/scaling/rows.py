"""The rows of the table: what is prepared before each run, and the command that is measured."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from scaling import peers
from scaling.cost import CommandError, Cost, cost_of
from scaling.save import saved

_DAY = "2026-11-26"
_SAID = ("Ask us again at your next visit.", "Tell us what is not clear.")  # by turns at the end of a page


@dataclass(frozen=True)
class Row:
    """One row: how it is called, which peer it needs ("" for ours), and what is done before and in a run."""

    name: str
    group: str  # build, or check
    needs: str
    run: Callable[[Path, int], Cost]
    most: int = 1_000_000  # pages: above it, the row is left out, and why
    why: str = ""
    after: str = ""  # the row that must have run before, for there to be anything kept


def _gone(folder: Path, *names: str) -> None:
    for name in names:
        shutil.rmtree(folder / name, ignore_errors=True)


def _ours(work: Path, *arguments: str) -> Cost:
    return cost_of([peers.tool("patientpages"), *arguments, "--today", _DAY], work / "ours")


def _last(folder: Path) -> Path:
    return max(path for path in folder.glob("*.md") if path.name.startswith(("zone-", "soreness")))


def change_a_page(folder: Path) -> str:
    """Change the last page by one sentence, another one each time, and return it."""
    page = _last(folder)
    text = page.read_text(encoding="utf-8").rstrip("\n")
    said = _SAID[text.endswith(_SAID[0])]
    for before in _SAID:
        text = text.removesuffix(f"\n\n{before}")
    page.write_text(f"{text}\n\n{said}\n", encoding="utf-8")
    return said


def _cold(work: Path, number: int) -> Cost:
    _gone(work / "ours", ".build", "site", "report", ".site.work")
    return _ours(work, "build")


def _one_page(work: Path, number: int) -> Cost:
    change_a_page(work / "ours/docs/en")
    return _ours(work, "build")


def _again(work: Path, number: int) -> Cost:
    return _ours(work, "build")


def _save(work: Path, number: int) -> Cost:
    docs = work / "ours/docs/en"
    return saved(peers.tool("patientpages"), work / "ours", _last(docs).stem, lambda: change_a_page(docs))


def _check(work: Path, number: int) -> Cost:
    return _ours(work, "check", "--site", "site")


def _check_cold(work: Path, number: int) -> Cost:
    _gone(work / "ours", ".build")
    return _check(work, number)


def _check_phrases_kept(work: Path, number: int) -> Cost:
    """Check with nothing kept but the phrases: all that a checker does, and nothing that it does once."""
    _gone(work / "ours/.build", "kept")
    if not list((work / "ours/.build").glob("phrases-*.pickle")):
        raise CommandError("no phrases are kept: the row before has failed")
    return _check(work, number)


def _topics(work: Path, number: int) -> Cost:
    return cost_of([peers.tool("patientpages"), "topics", "docs/en/soreness.md"], work / "ours")


def _material(work: Path, number: int) -> Cost:
    return cost_of([peers.tool("mkdocs"), "build", "--quiet", "--clean"], work / "plain")


def _zensical(work: Path, *, clean: bool) -> Cost:
    if clean:
        _gone(work / "zensical", ".cache", "site")
    return cost_of([peers.tool("zensical"), "build"], work / "zensical")


def _zensical_one(work: Path, number: int) -> Cost:
    change_a_page(work / "zensical/docs")
    return _zensical(work, clean=False)


def _hugo(work: Path, number: int) -> Cost:
    _gone(work / "plain/hugo", "public", "resources")
    return cost_of(["hugo", "--quiet"], work / "plain/hugo")


def _lint(command: Callable[[Path], list[str]]) -> Callable[[Path, int], Cost]:
    def run(work: Path, number: int) -> Cost:
        return cost_of(command(work / "plain"), work / "plain", fine=(0, 1))

    return run


def found_by(row: str, said: str) -> int | None:
    """Return how many findings a checker told of, or None where it is not one."""
    pattern = {"markdownlint-cli2": r"Summary: (\d+) error", "textlint, two rules": r"^(\d+) problems?$"}.get(row)
    if pattern is None:
        pattern = r"checks: (\d+) errors?, (\d+) warnings?" if row.startswith("ours") else None
    match = re.search(pattern, said, re.MULTILINE) if pattern else None
    return sum(map(int, match.groups())) if match else None


_MENU = "each page holds the whole menu: gigabytes of HTML"

ROWS = (
    Row("ours, nothing kept", "build", "", _cold),
    Row("ours, one page changed", "build", "", _one_page, after="ours, nothing kept"),
    Row("ours, nothing changed", "build", "", _again, after="ours, nothing kept"),
    Row("MkDocs + Material", "build", "mkdocs", _material, 1000, _MENU),
    Row("Zensical, nothing kept", "build", "zensical", lambda work, number: _zensical(work, clean=True), 1000, _MENU),
    Row("Zensical, one page changed", "build", "zensical", _zensical_one, 1000, _MENU, "Zensical, nothing kept"),
    Row("Zensical, nothing changed", "build", "zensical", lambda work, number: _zensical(work, clean=False), 1000, _MENU, "Zensical, nothing kept"),
    Row("Hugo, bare layout", "build", "hugo", _hugo),
    Row("ours, check, nothing kept", "check", "", _check_cold, after="ours, nothing kept"),
    Row("ours, check of built pages, phrases kept", "check", "", _check_phrases_kept, after="ours, nothing kept"),
    Row("ours, check again", "check", "", _check, after="ours, check of built pages, phrases kept"),
    Row("ours, a save in the preview", "draft", "", _save, after="ours, nothing kept"),
    Row("ours, topics of one draft", "draft", "", _topics, after="ours, nothing kept"),
    Row("markdownlint-cli2", "check", "markdownlint", _lint(peers.markdownlint)),
    Row("textlint, two rules", "check", "textlint", _lint(peers.textlint)),
)  # fmt: skip


def before(rows: Sequence[Row]) -> list[Row]:
    """Return the rows that must run once, unmeasured, before these."""
    names, wanted = {row.name for row in rows}, {row.after for row in rows}
    for row in reversed(ROWS):  # a row stands behind the one that it needs
        if row.name in wanted:
            wanted.add(row.after)
    return [row for row in ROWS if row.name in wanted - names]


def chosen(names: Sequence[str], *, with_peers: bool) -> list[Row]:
    """Return the rows whose names hold one of these words (all where none is given). Raises LookupError for none."""
    found = [row for row in ROWS if (with_peers or not row.needs) and (not names or _holds(row.name, names))]
    if not found:
        raise LookupError(f"no row holds {', '.join(names)}: {', '.join(row.name for row in ROWS)}")
    return found


def _holds(name: str, words: Iterable[str]) -> bool:
    return any(word.lower() in name.lower() for word in words)
