"""Ask a web host for addresses: few at once, each within limits, following only redirects on the same host.

Whatever a host does, asking it ends: each answer has a limit in seconds, however it trickles in, and one in bytes.
"""

from __future__ import annotations

import hashlib
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Thread
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3 import exceptions

from patientpages import __version__
from patientpages.manifest import digest

_AT_ONCE, _HOPS = 4, 3  # connections, redirects
_CHUNK, _KEPT, _LARGEST = 65_536, 8_000_000, 200_000_000  # bytes: read at once, kept of a file, read of a file
_TIMEOUT = urllib3.Timeout(connect=10, read=20)  # seconds without a word
_IN_ALL = 60.0  # seconds for an answer as a whole
_SHOWN = 500  # letters of a message
_HEADERS = {"User-Agent": f"patientpages-verify/{__version__}", "Accept-Encoding": "gzip, deflate"}
_GIVE_UP = 5  # failures of the network after which nothing more is asked


class UnreachableError(Exception):
    """An address could not be asked; the message says why, for a person."""


def clean(text: str, most: int = _SHOWN) -> str:
    """Return what a host said as it can be shown: without letters that would steer a terminal, and not too long."""
    shown = "".join(letter if letter.isprintable() else "?" for letter in text[:most])
    return shown + ("..." if len(text) > most else "")


@dataclass(frozen=True, slots=True)
class Large:
    """What is known of a file that was not kept: its bytes and their SHA-256 (hex)."""

    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered: `address` is where it stands after redirects, `headers` have small letters.

    Of a file over 8 MB, `body` is the beginning, and `large` tells of all of it.
    """

    asked: str
    address: str
    status: int
    headers: dict[str, str]
    body: bytes
    large: Large | None = None

    @property
    def digest(self) -> str:
        """The SHA-256 (hex) of all that was sent."""
        return self.large.digest if self.large else digest(self.body)

    @property
    def leads(self) -> str:
        """The address that a redirect leads to which was not followed ("" for none)."""
        location = self.headers.get("location", "") if self.status in (301, 302, 303, 307, 308) else ""
        return _joined(self.address, location) if location else ""


def _joined(address: str, location: str) -> str:
    try:
        return urljoin(address, location)
    except ValueError:
        return location


def origin(address: str) -> tuple[str, str, int]:
    """Return scheme, host and port of an address, all empty for one that is none."""
    try:
        parts = urlsplit(address)
        return parts.scheme, parts.hostname or "", parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    except ValueError:
        return "", "", 0


def _why(error: Exception) -> str:
    """Say in words why nothing was answered."""
    inner = error.original_error if isinstance(error, exceptions.ProxyError) else error
    if isinstance(inner, exceptions.NameResolutionError):
        return "no host has this name. Look at its spelling, and whether you are online"
    if isinstance(inner, exceptions.SSLError):
        return f"no safe connection: {inner}"
    if isinstance(inner, exceptions.NewConnectionError):
        return "nothing answers there: the connection was refused, or there is no way to it"
    if isinstance(inner, exceptions.TimeoutError):
        return "it did not answer in time"
    if isinstance(inner, exceptions.DecodeError):
        return "what it sent is not compressed in the way that it says"
    return f"the answer broke off: {inner}"


def _pool(address: str) -> urllib3.PoolManager:
    """Return connections to a host, through the proxy of this machine if it has one; UnreachableError for none such."""
    parts = urlsplit(address)
    proxy = urllib.request.getproxies().get(parts.scheme, "")
    if not proxy or urllib.request.proxy_bypass(parts.hostname or ""):
        return urllib3.PoolManager(maxsize=_AT_ONCE)
    try:
        return urllib3.ProxyManager(proxy if "://" in proxy else f"http://{proxy}", maxsize=_AT_ONCE)
    except (exceptions.HTTPError, ValueError) as error:  # without its address, in which a password may stand
        name = f"{parts.scheme}_proxy"
        raise UnreachableError(
            f"this computer is told to ask through a proxy that cannot be used ({name}). It is to be like "
            f"{name}=http://proxy.example.org:3128"
        ) from error


def _body(response: urllib3.BaseHTTPResponse) -> tuple[bytes, Large | None]:
    """Read an answer to its end, and keep it or, of a large one, its beginning."""
    kept, size, sha = bytearray(), 0, hashlib.sha256()
    while part := response.read(_CHUNK):
        size += len(part)
        sha.update(part)
        kept += part[: _KEPT - len(kept)]
        if size > _LARGEST:
            response.close()
            raise UnreachableError(f"it sends more than {_LARGEST // 1_000_000} MB: too much to compare")
    return bytes(kept), Large(size, sha.hexdigest()) if size > len(kept) else None


class Host:
    """A web host that is asked for addresses; no cookie that it sets is ever sent back."""

    def __init__(self, address: str, seconds: float = _IN_ALL) -> None:
        """Look how this host can be asked, `seconds` at most for each answer; UnreachableError if it cannot."""
        self._pool = _pool(address)
        self._seconds = seconds
        self._failures = 0

    def _one(self, asked: str, address: str) -> Answer:
        """Ask in a thread of its own, which is left behind where a host trickles: nothing can end its reading."""
        told: Future[Answer] = Future()

        def ask() -> None:
            try:
                told.set_result(self._read(asked, address))
            except Exception as error:
                told.set_exception(error)

        Thread(target=ask, daemon=True).start()
        try:
            return told.result(self._seconds)
        except TimeoutError as error:
            raise UnreachableError(f"its answer had not come to an end after {self._seconds:g} seconds") from error

    def _read(self, asked: str, address: str) -> Answer:
        try:
            response = self._pool.request("GET", address, headers=_HEADERS, timeout=_TIMEOUT, retries=False,
                                          redirect=False, preload_content=False)  # fmt: skip
            body, large = _body(response)
        except (exceptions.HTTPError, ValueError, OSError) as error:
            raise UnreachableError(_why(error)) from error
        return Answer(asked, address, response.status, {k.lower(): v for k, v in response.headers.items()}, body, large)

    def get(self, asked: str, hops: int = _HOPS) -> Answer:
        """Return the answer to an address, after at most `hops` redirects on this host; UnreachableError if none."""
        answer = self._one(asked, asked)
        while hops and answer.leads and origin(answer.leads) == origin(asked):
            hops -= 1
            answer = self._one(asked, answer.leads.partition("#")[0])
        return answer

    def _tried(self, asked: str) -> Answer | UnreachableError:
        if self._failures >= _GIVE_UP:
            return UnreachableError("not asked: too many others got no answer")
        try:
            return self.get(asked)
        except UnreachableError as error:
            self._failures += 1
            return error

    def get_all(
        self, addresses: Iterable[str], say: Callable[[str], None]
    ) -> Iterator[tuple[str, Answer | UnreachableError]]:
        """Yield each address with its answer, or with why there is none, in their order."""
        wanted = list(addresses)
        pool = ThreadPoolExecutor(_AT_ONCE)
        try:
            for number, answer in enumerate(pool.map(self._tried, wanted)):
                if number % 25 == 0:
                    say(f"asking for {len(wanted)} files: {number} answered")
                yield wanted[number], answer
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
