"""Each file as it is live, held against its hash in the manifest and the promises of the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser

from patientpages.ledger import address_of, file_of, page_part
from patientpages.model import Ledger
from patientpages.outputs import is_copy
from patientpages.published import Manifest
from patientpages.verify.alike import difference, scripts_in, unlike
from patientpages.verify.fetch import Answer
from patientpages.verify.headers import Note, heads

_UPLOAD = "Upload it from public/."


@dataclass(frozen=True, slots=True)
class Expected:
    """What is looked for: the manifest, the bytes where they are here, and what was ever promised."""

    base: str
    manifest: Manifest
    read: Callable[[str], bytes | None]  # the published bytes of a file, None where they are not here
    ledger: Ledger
    theirs: Manifest | None = None  # the manifest that is live, where it is another one
    headers: bool = True  # whether this host can set headers
    of_theirs: list[str] = field(default_factory=list)  # files that are as in that other publication

    def moved(self) -> Mapping[str, str]:
        """Return where each address that moved is now, as the ledger has it."""
        led: dict[str, str] = {}
        for entry in self.ledger.of("moved", "back"):
            led[entry.address] = entry.to if entry.kind == "moved" else ""
        return led

    def where(self, file: str) -> str:
        """Return the full address at which a file is asked for."""
        return self.base + address_of(file).removeprefix("./")


def asked_files(manifest: Manifest) -> list[str]:
    """Return the files that readers ask for: not the page for wrong addresses, nor what only a host reads.

    A compressed copy is not asked for by its own name: the host sends it as the file, whose bytes are compared.
    """
    served = (f for f in sorted(manifest.files) if not is_copy(f) and f != "404.html")
    return [f for f in served if not f.rpartition("/")[2].startswith((".", "_"))]


def _leads(answer: Answer, file: str, expected: Expected) -> str | None:
    """Return the file that a redirect may lead to instead, "" if there is no redirect, None if it may not."""
    if answer.address == answer.asked and not answer.leads:
        return ""
    here, moved = address_of(file), expected.moved()
    for _ in moved:
        here = page_part(moved.get(here, "")) or here
    right = file_of(here)
    return right if answer.address == expected.where(right) and not answer.leads and right != file else None


def _scripts(file: str, live: bytes, published: bytes | None) -> list[str]:
    """Return the scripts of a live page that are not ours."""
    if published is not None:
        ours = scripts_in(published)
    else:
        ours = {"search/index.html": ["search.js"], "staff/index.html": ["staff.js"]}.get(file, [])
    return [script for script in scripts_in(live) if script not in ours]


def _lost(file: str, answer: Answer, expected: Expected) -> Iterator[Note]:
    """Yield the promised places that a changed page no longer has."""
    here = address_of(file)
    ids = {node.attributes.get("id") for node in LexborHTMLParser(answer.body.decode(errors="replace")).css("[id]")}
    for entry in expected.ledger.of("anchor"):
        page, _, anchor = entry.address.partition("#")
        if page == here and anchor not in ids:
            message = f'links to "#{anchor}" no longer arrive here, as was promised on {entry.on}'
            yield Note("V105", "error", answer.asked, message, _UPLOAD)


def _changed(file: str, answer: Answer, expected: Expected) -> Iterator[Note]:
    live, published = answer.body, expected.read(file)
    if expected.theirs is not None and expected.theirs.files.get(file) == answer.digest:
        expected.of_theirs.append(file)
        return
    told, hint = unlike(answer.large.size) if answer.large else difference(published, live)
    foreign = _scripts(file, live, published) if file.endswith(".html") else []
    if foreign:
        message = f"a script that is not ours is in this page: {', '.join(foreign[:3])}; {told}"
        yield Note("V112", "error", answer.asked, message, hint)
    else:
        yield Note("V102", "error", answer.asked, f"this is not what was published: {told}", hint)
    if file.endswith(".html") and not answer.large:
        yield from _lost(file, answer, expected)


def compared(file: str, answer: Answer, expected: Expected) -> Iterator[Note]:
    """Yield what differs between a file of the manifest and the answer to its address."""
    leads = _leads(answer, file, expected)
    if leads is None:
        message = f"it leads to {answer.leads or answer.address} instead of answering"
        yield Note("V103", "error", answer.asked, message, "Take that redirect out of the host's settings.")
        return
    right = leads or file
    if answer.status != 200:
        if expected.theirs is not None and file not in expected.theirs.files and answer.status in (404, 410):
            expected.of_theirs.append(file)
            return
        promised = next((e for e in expected.ledger.of("page", "short") if e.address == address_of(file)), None)
        message = f"it is missing: the host answers {answer.status}"
        message += f", and it was promised on {promised.on}" if promised else ""
        yield Note("V101", "error", answer.asked, message, _UPLOAD)
        return
    if answer.digest != expected.manifest.files.get(right, ""):
        yield from _changed(right, answer, expected)
    yield from heads(answer.asked, right, answer, expected.manifest.headers if expected.headers else {})
