"""Ask a web host for addresses: few at once, each with a time-out, following only redirects on the same host."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3 import exceptions

from patientpages import __version__

_AT_ONCE, _HOPS, _LARGEST = 4, 3, 8_000_000  # connections, redirects, bytes of a file
_TIMEOUT = urllib3.Timeout(connect=10, read=20)  # seconds
_HEADERS = {"User-Agent": f"patientpages-verify/{__version__}", "Accept-Encoding": "gzip, deflate"}
_GIVE_UP = 5  # failures of the network after which nothing more is asked


class UnreachableError(Exception):
    """An address could not be asked; the message says why, for a person."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered: `address` is where it stands after redirects, `headers` have small letters."""

    asked: str
    address: str
    status: int
    headers: dict[str, str]
    body: bytes

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


def _origin(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    return parts.scheme, parts.netloc.lower()


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
    """Return connections to a host, through the proxy of this machine if it has one."""
    parts = urlsplit(address)
    proxy = urllib.request.getproxies().get(parts.scheme, "")
    if proxy and not urllib.request.proxy_bypass(parts.hostname or ""):
        return urllib3.ProxyManager(proxy, maxsize=_AT_ONCE, block=True)
    return urllib3.PoolManager(maxsize=_AT_ONCE, block=True)


class Host:
    """A web host that is asked for addresses; no cookie that it sets is ever sent back."""

    def __init__(self, address: str) -> None:
        self._pool = _pool(address)
        self._failures = 0

    def _one(self, asked: str, address: str) -> Answer:
        try:
            response = self._pool.request("GET", address, headers=_HEADERS, timeout=_TIMEOUT, retries=False,
                                          redirect=False, preload_content=False)  # fmt: skip
            body = response.read(_LARGEST)
            if len(body) < _LARGEST:
                response.drain_conn()  # so that the connection can be used again
            else:
                response.close()
        except (exceptions.HTTPError, ValueError, OSError) as error:
            raise UnreachableError(_why(error)) from error
        return Answer(asked, address, response.status, {k.lower(): v for k, v in response.headers.items()}, body)

    def get(self, asked: str, hops: int = _HOPS) -> Answer:
        """Return the answer to an address, after at most `hops` redirects on this host; UnreachableError if none."""
        answer = self._one(asked, asked)
        while hops and answer.leads and _origin(answer.leads) == _origin(asked):
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
