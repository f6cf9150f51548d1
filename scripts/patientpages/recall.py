"""What did my patient read? The words behind a version code, what has changed since, and what leads to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from patientpages.ledger import address_of, page_part
from patientpages.model import WHOLE, Entry, Page, Site, Version
from patientpages.project import Inputs
from patientpages.records import MESSAGE, VERSIONS, read_version, refused
from patientpages.signing import codes_of, words_signed
from patientpages.yamlfile import Mistakes, near


def code_from(typed: str) -> str:
    """Return a code as it is written, however it was typed: `7mq2 xr5c` is `7MQ2-XR5C`."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return f"{signs[:4]}-{signs[4:]}"


def _entries(inputs: Inputs, code: str) -> list[Entry]:
    return [e for e in inputs.records.ledger.of("version") if e.text == code]


def _named(address: str) -> str:
    name = address.removeprefix(MESSAGE)
    return f'the message "{name}"' if address.startswith(MESSAGE) else f"the page {address}"


def _end(inputs: Inputs, entry: Entry) -> date:
    """Return the day on which a version was replaced, the last of all if it was not."""
    lines = inputs.records.ledger.of("version")
    own = [e for e in lines if (e.address, e.language) == (entry.address, entry.language)]
    at = next(n for n, e in enumerate(own) if e is entry)
    return own[at + 1].on if at + 1 < len(own) else date.max


def _until(inputs: Inputs, entry: Entry) -> str:
    """Return the days on which a version stood, in words."""
    end = _end(inputs, entry)
    return f"from {entry.on}" if end == date.max else f"from {entry.on} to {end}"


def _recorded(inputs: Inputs, code: str) -> Version:
    mistakes = Mistakes()
    folder = inputs.project.root / "records" / VERSIONS
    known = {e.text: e for e in inputs.records.ledger.of("version")}
    found = read_version(folder, f"records/{VERSIONS}", known[code], mistakes) if code in known else None
    mistakes.stop_if_any()
    if found is None:
        hint = "The code stands at the end of each page and message, such as 7MQ2-XR5C."
        what = f'no published text has the code "{code}".{near(code, known)}'
        raise refused(what, hint)
    return found


def _now(version: Version, inputs: Inputs, sites: Sequence[Site]) -> tuple[str, tuple[str, ...]] | None:
    """Return where the text of a version is today, and its sentences (None if it has gone)."""
    for site in sites:
        if site.language != version.language:
            continue
        for sent in site.messages:
            name = version.address.removeprefix(MESSAGE)
            if version.address.startswith(MESSAGE) and name.removesuffix(", SMS") == sent.message.id:
                page = sent.sms_page if name.endswith(", SMS") else sent.page
                return version.address, words_signed(page)
        answer = site.promises.answers.get(version.address)
        to = page_part(answer.to) if answer else version.address
        page_now = _page_at(to, site)
        if page_now is not None:
            return to, words_signed(page_now)
    return None


def _page_at(address: str, site: Site) -> Page | None:
    return next((p for p in site.pages if address_of(site.prefix + p.file) == address), None)


def _details_then(inputs: Inputs, code: str) -> list[str]:
    """Return what {clinic.phone} and its like stood for while a version was read, each set with its first day."""
    known = inputs.records.ledger.of("contact")
    lines: list[str] = []
    for each, after in zip(known, (*known[1:], None), strict=True):
        end = after.on if after else date.max
        if any(entry.on <= end and each.on < _end(inputs, entry) for entry in _entries(inputs, code)):
            lines += [f"From {each.on} {{...}} stood for:", *(f"  {line}" for line in each.text.splitlines()), ""]
    return lines


def version(typed: str, inputs: Inputs, sites: Sequence[Site]) -> str:
    """Return the full words of a version, and what has changed since."""
    code = code_from(typed)
    unpublished = [p for site in sites for p in site.pages if codes_of([p])[p.file] == code]
    if unpublished and not _entries(inputs, code):
        title = unpublished[0].source.title
        return "\n".join([f"{code}: {title} ({unpublished[0].source.path}), as it is now; not on record", "",
                          *words_signed(unpublished[0])])  # fmt: skip
    found = _recorded(inputs, code)
    lines = [f"{code}: {found.title}"]
    lines += [f"{_named(entry.address)}, {_until(inputs, entry)}" for entry in _entries(inputs, code)]
    lines += [f"its links led to {address} in version {carried}" for address, carried in found.carries.items()]
    said = found.parts[WHOLE]
    lines += ["", *said, "", *_details_then(inputs, code)]
    now = _now(found, inputs, sites)
    if now is None:
        return "\n".join([*lines, "This text is not on the site any more."])
    moved = "" if now[0] == found.address else f" (it is at {now[0]} now)"
    changes = [f"- {s}" for s in said if s not in now[1]] + [f"+ {s}" for s in now[1] if s not in said]
    return "\n".join([*lines, f"Changed since{moved}:" if changes else f"Nothing has changed since{moved}.", *changes])


def recall(typed: str, inputs: Inputs) -> str:
    """Return what leads to a version: every message sent before it was replaced, and every QR code.

    A link shows what its page says on the day on which it is opened: that of a message sent long before, too.
    """
    code = code_from(typed)
    found, ledger = _recorded(inputs, code), inputs.records.ledger
    own = _entries(inputs, code)
    lines = [f"{code}: {found.title}", *(f"{_named(entry.address)}, {_until(inputs, entry)}" for entry in own)]
    pages = {entry.address for entry in own}
    shorts = {e.address for e in ledger.of("short") if page_part(e.to) in pages} | pages
    end = max((_end(inputs, entry) for entry in own), default=date.max)
    handed = [
        f"{_named(entry.address)} (its version {entry.text}), {_until(inputs, entry)}"
        for entry in ledger.of("version")
        if entry.address.startswith(MESSAGE) and shorts & set(entry.to.split()) and entry.on < end
    ]
    handed += [
        f"the QR code {e.address}, published on {e.on}" for e in ledger.of("code") if e.to in shorts and e.on < end
    ]
    handed += [f"the leaflet {e.address}, published on {e.on}" for e in ledger.of("handout") if code in e.to.split()]
    return "\n".join(
        [*lines, "", "Links to it are in:" if handed else "Nothing that staff send or print leads to it.", *handed]
    )
