"""What an answer must say beside its content: one list, for every file of a site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from patientpages.model import Severity
from patientpages.outputs.headers import TYPES
from patientpages.verify.fetch import Answer


class Note(NamedTuple):
    """Something that differs from what was promised, about an address from the site's root."""

    code: str
    severity: Severity
    where: str
    message: str
    hint: str


# What each header that the rules for the host set is good for; the values stand in the manifest.
_WHY = {
    "X-Content-Type-Options": "browsers guess no other kind of file",
    "Referrer-Policy": "no other site learns which page a reader came from",
    "Content-Security-Policy": "no other site can show this page as its own",
    "X-Frame-Options": "no other site can show this page as its own, in an old browser either",
    "Permissions-Policy": "nothing may ask for the camera or the place",
}
_EVERY_FILE = {"X-Content-Type-Options"}  # the others matter on pages only
_RIGHT: dict[str, tuple[str, ...]] = {end: (name,) for name, ends in TYPES.items() for end in ends.split()}
_RIGHT["js"] += ("application/javascript",)
_RIGHT["xml"] += ("text/xml",)
_RIGHT["ico"] += ("image/vnd.microsoft.icon",)
_WORTH = 1400  # bytes: what fits into one packet gains nothing from compression
_DAY = 86_400  # seconds


def _seconds_kept(headers: dict[str, str]) -> float:
    """Return for how long a browser or a cache may keep an answer without asking (RFC 9111)."""
    control = headers.get("cache-control", "").lower()
    if "no-cache" in control or "no-store" in control:
        return 0
    told = re.findall(r"(?:s-maxage|max-age)\s*=\s*\"?(\d+)", control)
    if told:
        return max(map(float, told))
    try:
        until, now = parsedate_to_datetime(headers["expires"]), parsedate_to_datetime(headers["date"])
        return (until - now).total_seconds()
    except (KeyError, ValueError, TypeError):
        return 0


def _type(where: str, file: str, headers: dict[str, str]) -> Iterator[Note]:
    kind, _, more = headers.get("content-type", "").lower().partition(";")
    right = _RIGHT.get(file.rpartition(".")[2], ())
    hint = f"Have the host send: Content-Type: {right[0] if right else ''}"
    if right and kind.strip() not in right:
        yield Note("V104", "error", where, f'it is sent as "{kind.strip()}", which is not what it is', hint)
    charset = re.search(r"charset\s*=\s*\"?([\w-]+)", more)
    if charset and charset[1] not in ("utf-8", "utf8"):
        yield Note("V104", "error", where, f"it is sent as text in {charset[1]}: letters come out wrong",
                   "Have the host send: charset=utf-8")  # fmt: skip


def _says(told: str, wanted: str) -> bool:
    """Tell whether a header says everything that it should; it may say more."""
    parts = {part.strip().lower() for part in re.split("[,;]", told)}
    return parts >= {part.strip().lower() for part in wanted.split(",")}


def heads(where: str, file: str, answer: Answer, wanted: Mapping[str, str]) -> Iterator[Note]:
    """Yield what is wrong around the content of a file; `wanted` are the headers that the host should send with it."""
    headers, page = answer.headers, file.endswith(".html")
    yield from _type(where, file, headers)
    for name, value in wanted.items():
        if name in _WHY and (page or name in _EVERY_FILE) and not _says(headers.get(name.lower(), ""), value):
            yield Note("V108", "error", where, f"the header {name} is missing or says too little",
                       f"So that {_WHY[name]}: use the rules in hosting/ for this host.")  # fmt: skip
    if page and len(answer.body) > _WORTH and "content-encoding" not in headers:
        yield Note("V109", "warning", where, "it is sent without compression, and loads slowly on a telephone",
                   "Switch gzip on at the host.")  # fmt: skip
    kept = _seconds_kept(headers)
    if file.endswith((".html", ".js")) and kept > _DAY:
        yield Note("V110", "warning", where, f"browsers keep it for {kept / _DAY:.0f} days: readers miss a correction",
                   "Have the host send: Cache-Control: no-cache (or max-age=3600)")  # fmt: skip
    if "set-cookie" in headers:
        name = headers["set-cookie"].partition("=")[0][:40]
        yield Note("V111", "error", where, f'the host sets a cookie ("{name}"): these pages promise that there is none',
                   "Turn it off at the host (sessions, statistics, protection against robots).")  # fmt: skip
