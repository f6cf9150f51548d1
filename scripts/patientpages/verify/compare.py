"""The conductor: an address and a manifest -> what is live -> what differs."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from shlex import quote
from urllib.parse import urlsplit

from patientpages.folders import Project
from patientpages.manifest import MANIFEST, digest
from patientpages.model import Finding, InputError, Place, counted
from patientpages.outputs import is_copy
from patientpages.published import Manifest, parse, read_manifest
from patientpages.records import load_records
from patientpages.verify.fetch import Answer, Host, UnreachableError, clean
from patientpages.verify.files import Expected, asked_files, compared
from patientpages.verify.headers import Note
from patientpages.verify.host import old_address, old_addresses, printed, safe, typed, wrong_address
from patientpages.yamlfile import Mistakes

_EXAMPLE = "patientpages verify https://www.example.org/patients/"
Say = Callable[[str], None]


def _found(note: Note, more: str = "") -> Finding:
    """Return a note as a finding: the one way by which what a host said comes before a person's eyes."""
    place = Place(note.where, 1, exact=False)
    return Finding(note.code, note.severity, place, clean(note.message) + more, clean(note.hint))


def _refuse(url: str, message: str, hint: str) -> InputError:
    return InputError([_found(Note("D007", "error", url, message, hint))])


def _lost(where: str, why: UnreachableError) -> Finding:
    return _found(Note("D007", "error", where, f"not compared: {why}.", ""))


def _base(url: str) -> str:
    """Return the address of the top folder, with its slash; InputError for what is no such address."""
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        fine = False
    if not fine or not url.isprintable() or " " in url:
        raise _refuse(url, "this is not a full web address", _EXAMPLE)
    if parts.query or parts.fragment or parts.username is not None:
        raise _refuse(url, "an address to verify has no ?, # or @ in it", _EXAMPLE)
    return parts._replace(path=parts.path.removesuffix("index.html").rstrip("/") + "/").geturl()


def _day(day: date) -> str:
    return f"{day.day} {month_name[day.month]} {day.year}"


def _reached(base: str) -> tuple[Host, bytes]:
    """Return the host, and the manifest that is live (b"" for none); InputError where no site of ours can be asked."""
    try:
        host = Host(base)
        home, manifest = host.get(base), host.get(base + MANIFEST)
    except UnreachableError as error:
        raise _refuse(base, f"{error}.", "") from error
    if home.leads or home.address != base:
        to = home.leads or home.address
        hint = f"Verify that one, if it is yours: patientpages verify {quote(clean(to))}"
        raise _refuse(base, f"this address leads to {to}", hint)
    if home.status != 200 and manifest.status != 200:
        what = "it asks for a password" if home.status == 401 else f"the host answers {home.status}"
        raise _refuse(base, f"no pages of ours are here: {what}", "Look at the address, or upload public/ there first.")
    found = manifest.body if manifest.status == 200 and manifest.address == base + MANIFEST else b""
    if not _told(found) and (above := _above(base)):
        hint = f"Verify the whole: patientpages verify {quote(above)}"
        raise _refuse(base, f"this is one page of the pages at {above}", hint)
    return host, found


def _above(base: str) -> str:
    """Return the address of a folder above, if a manifest of ours is there ("" if none is)."""
    parts = urlsplit(base)
    names = parts.path.strip("/").split("/")
    for deep in (1, 2):  # a page, or a short address in go/
        above = parts._replace(path="/".join(["", *names[:-deep], ""]).replace("//", "/")).geturl()
        try:
            if names[0] and len(names) >= deep and _told(Host(above).get(above + MANIFEST).body):
                return above
        except UnreachableError:
            return ""
    return ""


def _told(content: bytes) -> Manifest | None:
    """Return the manifest that is live, if it is one."""
    try:
        return parse(content)
    except ValueError:
        return None


def _same(one: Manifest, other: Manifest) -> bool:
    """Tell whether two manifests are of one publication: another machine may have compressed its copies otherwise.

    Their days say nothing: what adds nothing to the records is not on them, and is made again with the day before.
    """
    return all(
        one.files.get(file) == other.files.get(file)
        for file in one.files.keys() | other.files.keys()
        if not is_copy(file)
    )


def _publication(expected: Expected, live: bytes, known: bool) -> Iterator[Note]:
    """Yield that the site as a whole is another publication, or that its manifest is missing."""
    where, theirs = expected.base + MANIFEST, expected.theirs
    if theirs is not None:
        here, there = expected.manifest.published, theirs.published
        many = f"{len(expected.of_theirs)} of its {len(expected.manifest.files)} files are the other's"
        site = f"the site is the publication of {_day(there)}; here is that of {_day(here)}"
        if there == here:
            site = f"the site is another publication of the same day, {_day(here)}"
        hint = "Upload everything in public/ again."
        if there > here:
            hint = "Somebody has published since: fetch the newer records/ first, and publish again."
        yield Note("V100", "error", where, f"{site}: {many}", hint)
    elif not live:
        yield Note("V101", "error", where, "it is missing: what is live cannot say which publication it is",
                   "Upload it from public/.")  # fmt: skip
    elif not known:
        yield Note("V102", "error", where, "this is no manifest of ours", "Upload it from public/.")


def folded(notes: Iterable[Note]) -> list[Finding]:
    """Return findings: what many files have in common once, with how many they are and the first of them."""
    alike: dict[Note, list[str]] = {}
    for note in notes:
        alike.setdefault(note._replace(where=""), []).append(note.where)
    found = []
    for note, places in alike.items():
        more = f" (and {len(places) - 1} other files)" if len(places) > 1 else ""
        found.append(_found(note._replace(where=places[0]), more))
    return sorted(found, key=lambda f: (f.severity, f.code, f.place.path))


def verify(
    url: str, manifest: Path, project: Project, say: Say, *, headers: bool = True
) -> tuple[tuple[Finding, ...], str]:
    """Compare what is live at an address with a manifest and the ledger; return what differs, and a counting line.

    Raises InputError where nothing can be compared: an address that is none, a host that does not answer, no manifest.
    """
    base, mistakes = _base(url), Mistakes()
    ours = read_manifest(manifest, project.shown(manifest))
    ledger = load_records(project.root / "records", "records", mistakes).ledger
    mistakes.stop_if_any()

    def read(file: str) -> bytes | None:
        path = manifest.parent / file
        content = path.read_bytes() if path.is_file() else b""
        return content if digest(content) == ours.files.get(file) else None

    say(f"asking {base}")
    host, live = _reached(base)
    told = _told(live)
    other = told if told and not _same(told, ours) else None
    expected = Expected(base, ours, read, ledger, other, headers)
    findings, asked = _asked(host, expected, say)
    notes, lost = findings
    notes += _publication(expected, live, told is not None)
    found = folded(notes) + lost
    errors = sum(finding.severity == "error" for finding in found)
    looked = "with their headers" if headers else "without their headers"
    line = (f"{asked} addresses of {base}, {looked}, compared with the publication of {_day(ours.published)}: "
            f"{counted(errors, 'error')}, {counted(len(found) - errors, 'warning')}")  # fmt: skip
    return tuple(found), line


def _asked(host: Host, expected: Expected, say: Say) -> tuple[tuple[list[Note], list[Finding]], int]:
    """Ask for everything; return what differs, what could not be asked, and how many addresses answered."""
    files = {expected.where(file): file for file in asked_files(expected.manifest)}
    old = old_addresses(expected)
    notes: list[Note] = []
    lost: list[Finding] = []
    asked = 0

    def one(address: str, answer: Answer) -> Iterable[Note]:
        if address in files:
            return compared(files[address], answer, expected)
        return old_address(address, old[address], answer)

    for address, answer in host.get_all([*files, *old], say):
        if isinstance(answer, UnreachableError):
            lost.append(_lost(address, answer))
        else:
            asked += 1
            notes += one(address, answer)
    if not lost:
        try:
            for ask in (wrong_address, typed, safe):
                notes += ask(host, expected)
        except UnreachableError as error:
            lost.append(_lost(expected.base, error))
        notes += printed(expected)
    return (notes, lost), asked
