"""records/published.yml: every address that was ever published, a line each.

A publication writes its lines under one batch, which is named by what they say, and closes it with a line that counts
them and names the batches before it. So a line that was changed, lost or added by hand is found, and so is a file that
was cut short within a publication; that a whole one is lost at the end only git can tell. As no two batches share a
line, git can merge two clones that both published by keeping the lines of both (`merge=union` in .gitattributes).
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import get_args

from patientpages.model import Entry, EntryKind, Ledger, Place
from patientpages.records.append import alone, append, known_version
from patientpages.yamlfile import Map, Mistakes, load

PUBLISHED = "published.yml"
_KINDS: tuple[EntryKind, ...] = get_args(EntryKind)
_RESTORE = "Put the file back as the last command left it: git checkout -- records/published.yml. Nothing was changed."
_MARKS = ("<<<<<<< ", "=======", ">>>>>>> ", "||||||| ")


def _name(entries: Sequence[Entry], after: Sequence[str]) -> str:
    """Return the name of a batch: SHA-256 over all that its lines say, cut to 64 bits."""
    said = [[e.kind, e.address, e.language, e.on.isoformat(), e.to, e.text] for e in entries]
    return hashlib.sha256(json.dumps([said, list(after)]).encode()).hexdigest()[:16]


def _line(batch: str, entry: Entry) -> str:
    values = {"kind": entry.kind, "language": entry.language, "address": entry.address, "to": entry.to,
              "text": entry.text}  # fmt: skip
    shown = ", ".join(f"{key}: {json.dumps(text, ensure_ascii=False)}" for key, text in values.items() if text)
    return f"- {{batch: {json.dumps(batch)}, on: {entry.on.isoformat()}, {shown}}}\n"


class _Batches:
    """The lines of the file by batch, and what is wrong with them."""

    def __init__(self, mistakes: Mistakes) -> None:
        self.mistakes = mistakes
        self.lines: defaultdict[str, list[Entry]] = defaultdict(list)
        self.ends: dict[str, tuple[int, tuple[str, ...], Place]] = {}

    def take(self, data: Map) -> None:
        batch = data.text("batch")
        if "lines" in data:
            end = data.whole("lines") or 0, data.texts("after"), data.place
            if batch in self.ends:
                self._wrong(data.place, f"this line stands twice: it is already on line {self.ends[batch][2].line}",
                            "Remove one of the two.")  # fmt: skip
            self.ends.setdefault(batch, end)
        else:
            kind = data.choice("kind", _KINDS)
            entry = Entry(kind, data.text("address"), data.text("language"), data.day("on"), data.place,
                          data.text("to", required=False), data.text("text", required=False))  # fmt: skip
            self.lines[batch].append(entry)
        data.close()

    def _wrong(self, place: Place, message: str, hint: str = _RESTORE) -> None:
        self.mistakes.add(place, message, hint, "D001")

    def hold(self) -> None:
        """Note every batch that is not as it was written."""
        for batch, entries in self.lines.items():
            if batch not in self.ends:
                self._wrong(entries[0].place, "the publication that begins here has no closing line: the file was "
                            "cut short while it was written", "Remove its lines and publish again, or put the file "
                            "back: git checkout -- records/published.yml. Nothing was changed.")  # fmt: skip
        for batch, (many, after, place) in self.ends.items():
            entries = self.lines.get(batch, [])
            twice = list(_again(entries))
            for entry in twice:
                self._wrong(entry.place, "this line stands twice", "Remove one of the two.")
            if not twice and len(entries) != many:
                self._wrong(place, f"the publication that this line closes has {len(entries)} lines, and had {many}: "
                            "lines were lost or added")  # fmt: skip
            elif not twice and _name(entries, after) != batch:
                self._wrong(entries[0].place if entries else place,
                            "the publication that begins here does not say any more what it said: a line was changed "
                            "by hand")  # fmt: skip
            for name in after:
                if name not in self.ends:
                    self._wrong(place, f"the publication {name}, which came before this one, is missing")


def _again(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield each entry that says what one before it says."""
    seen: set[tuple[str, ...]] = set()
    for entry in entries:
        says = (entry.kind, entry.address, entry.to, entry.text)
        if says in seen:
            yield entry
        seen.add(says)


def _cut_or_in_conflict(path: Path, shown: str, mistakes: Mistakes) -> bool:
    """Note what the YAML parser would only call a wrong character; tell whether there was anything."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
    for number, line in enumerate(lines, 1):
        if line.startswith(_MARKS):
            mistakes.add(Place(shown, number), "git has left the marks of a conflict in this file",
                         "Keep the lines of both sides: remove only the lines that begin with <<<<<<<, ======= and "
                         ">>>>>>>. Nothing was changed.", "D001")  # fmt: skip
            return True
    last = lines[-1] if lines else ""
    if last.startswith("- ") and not last.rstrip().endswith("}"):
        mistakes.add(Place(shown, len(lines)), "the file ends in the middle of a line: it was cut short", _RESTORE,
                     "D001")  # fmt: skip
        return True
    return False


def _read(path: Path, shown: str, mistakes: Mistakes) -> _Batches:
    found = _Batches(mistakes)
    data = None if _cut_or_in_conflict(path, shown, mistakes) else load(path, shown, mistakes, "the list of addresses")
    if data is not None and known_version(data):
        before = len(mistakes.findings)
        for entry in data.maps("published", required=False):
            found.take(entry)
        data.close(("published",))
        if len(mistakes.findings) == before:
            found.hold()
    return found


def _in_order(batches: _Batches) -> list[str]:
    """Return the batches so that each stands behind those that it came after, whatever its day.

    Of two that know nothing of each other (two clones) the later day counts last.
    """
    order: list[str] = []
    left = dict.fromkeys(batches.ends)
    while left:
        ready = [batch for batch in left if not left.keys() & set(batches.ends[batch][1])]
        following = min(ready or left, key=lambda batch: max((e.on for e in batches.lines[batch]), default=date.min))
        order.append(following)
        del left[following]
    return order


def read_published(path: Path, shown: str, mistakes: Mistakes) -> Ledger:
    """Read the ledger; what is not as a command wrote it is a mistake with its line."""
    batches = _read(path, shown, mistakes)
    order = _in_order(batches)
    return Ledger(tuple(entry for batch in order for entry in batches.lines[batch]))


def add_entries(folder: Path, shown: str, entries: Sequence[Entry]) -> None:
    """Append entries as one batch. Raises InputError, and changes nothing, where the ledger cannot be added to."""
    path = folder / PUBLISHED
    with alone(folder):
        mistakes = Mistakes()
        ends = _read(path, shown, mistakes).ends
        mistakes.stop_if_any()
        last = sorted(set(ends) - {name for _, after, _ in ends.values() for name in after})
        batch = _name(entries, last)
        close = f"- {{batch: {json.dumps(batch)}, lines: {len(entries)}, after: {json.dumps(last)}}}\n"
        text = "".join(_line(batch, entry) for entry in entries) + close
        append(path, shown, "published", text, _entries, len(entries))


def _entries(path: Path, shown: str, mistakes: Mistakes) -> tuple[Entry, ...]:
    return read_published(path, shown, mistakes).entries
