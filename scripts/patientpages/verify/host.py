"""What a host must do beside serving files: wrong and typed addresses, old addresses, and a safe connection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from patientpages.ledger import file_of
from patientpages.model import SHORT
from patientpages.outputs import is_copy
from patientpages.verify.fetch import Answer, Host, UnreachableError, origin
from patientpages.verify.files import Expected
from patientpages.verify.headers import Note

WRONG = "no-such-page-here/"  # an address that no site of ours has
_TYPED = 3  # short addresses that are tried as people type them
_LOCAL = ("localhost", "127.0.0.1", "::1")
_RULES = "Use the rules in hosting/ for this host."


def wrong_address(host: Host, expected: Expected) -> Iterator[Note]:
    """A wrong address must be answered with status 404 and our page, which has urgent help on it."""
    answer = host.get(expected.base + WRONG)
    where = answer.asked
    if answer.address != answer.asked or answer.leads:
        message = f"a wrong address leads to {answer.leads or answer.address}: it is taken for a right one"
        yield Note("V106", "error", where, message, _RULES)
    elif answer.status != 404:
        message = f"a wrong address is answered with status {answer.status}, not 404"
        yield Note("V106", "error", where, message, _RULES)
    elif answer.digest != expected.manifest.files.get("404.html", ""):
        message = "a wrong address shows another page than our 404.html: readers find no urgent help there"
        yield Note("V106", "error", where, message, _RULES)


def typed(host: Host, expected: Expected) -> Iterator[Note]:
    """An address typed from paper must arrive: capitals and the full stop of the sentence, no slash at the end."""
    files = [f for f in sorted(expected.manifest.files) if f.startswith(f"{SHORT}/") and f.count("/") == 2
             and not is_copy(f)]  # fmt: skip
    for file in files[:_TYPED]:
        name = file.split("/")[1]
        for written, how in ((name, "without its slash"), (f"{name.capitalize()}.", "with capitals and a full stop")):
            folder = SHORT if written == name else SHORT.upper()
            answer = host.get(f"{expected.base}{folder}/{written}")
            if answer.status != 200 or answer.address != expected.where(file):
                message = f"typed {how}, a short address does not arrive (status {answer.status})"
                yield Note("V113", "warning", answer.asked, message, _RULES)


def old_addresses(expected: Expected) -> dict[str, str]:
    """Return each page on record that the manifest has no file for, by its full address, with its day."""
    return {
        expected.base + entry.address.removeprefix("./"): entry.on.isoformat()
        for entry in expected.ledger.of("page", "short")
        if file_of(entry.address) not in expected.manifest.files
    }


def old_address(asked: str, on: str, answer: Answer) -> Iterator[Note]:
    """An address that was ever published must still answer."""
    if answer.status != 200:
        message = f"it was promised on {on}, and the host answers {answer.status}"
        yield Note("V105", "error", asked, message, "See: patientpages links verify. Then publish and upload again.")


def printed(expected: Expected) -> Iterator[Note]:
    """Codes on paper open a full address; those of another website were not asked."""
    others = [e.address for e in expected.ledger.of("code") if not e.address.startswith(expected.base)]
    if others:
        message = f"{len(others)} printed codes on record open another website, which was not asked: {others[0]}"
        hint = "If that is where the pages stood before, it must lead here."
        yield Note("V105", "warning", expected.base, message, hint)


def _led(address: str, plain: Callable[[str], Host]) -> Answer | None:
    """Ask without https, and once more where that leads to the same name with or without www.; None for no answer."""
    host = plain(address)
    try:
        answer = host.get(address, hops=0)
    except UnreachableError:
        return None
    here, (scheme, there, _) = origin(address)[1], origin(answer.leads)
    if scheme == "https" and there in (f"www.{here}", here.removeprefix("www.")) and there != here:
        try:
            return plain(answer.leads).get(answer.leads, hops=0)
        except UnreachableError:
            return answer
    return answer


def safe(host: Host, expected: Expected, plain: Callable[[str], Host] = Host) -> Iterator[Note]:
    """What patients read about their health goes over a safe connection only."""
    parts = urlsplit(expected.base)
    if parts.scheme == "http":
        if parts.hostname not in _LOCAL:
            message = "this address has no safe connection: others can see and change what is read"
            yield Note("V107", "error", expected.base, message, "Switch https on at the host, and verify that address.")
        return
    if parts.port is not None:
        return
    address = parts._replace(scheme="http").geturl()
    answer = _led(address, plain)
    if answer is None:
        return  # nothing answers without a safe connection: also right
    if not answer.leads.startswith("https://"):
        message = f"without https it is not led to https (status {answer.status})"
        yield Note("V107", "error", address, message, "Have the host redirect http to https.")
    elif origin(answer.leads) != origin(expected.base):
        message = f"without https it leads to {answer.leads}, not to these pages"
        yield Note("V107", "error", address, message, f"Have the host redirect it to {expected.base}")
