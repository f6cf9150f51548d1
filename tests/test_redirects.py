"""Addresses typed by hand: what each web host makes of them with the rules that come with the pages."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from patientpages.outputs.redirects import redirects
from tests.conftest import Workspace
from tests.served import apache, caddy, nginx

SERVERS = ("nginx", "apache", "caddy")
PREFIXES = ("/patients/info/", "/")
ADDRESSES = (
    "./",
    "soreness/",
    "go/",
    "go/soreness/",
    "fr/soreness/",
    "needles_and-you/",
    "after-1.5-hours/",
    "fr/après/",
)
MOVED = {"old-page/": "soreness/", "2019/old.page/": "go/soreness/", "fr/âge/": "fr/après/", "older/": "old-page/"}

# What is typed below the folder of the pages, and where it must lead in one step.
TYPED = {
    "soreness": "soreness/",
    "SORENESS": "soreness/",
    "Soreness/": "soreness/",
    "soreness.": "soreness/",
    "soreness/.": "soreness/",
    "soreness,": "soreness/",
    "soreness)": "soreness/",
    "soreness),": "soreness/",
    "soreness].": "soreness/",
    "soreness...": "soreness/",
    "soreness!": "soreness/",
    "soreness%20": "soreness/",
    "soreness.%22": "soreness/",
    "soreness//": "soreness/",
    "soreness///.": "soreness/",
    "go": "go/",
    "Go//": "go/",
    "go/soreness": "go/soreness/",
    "GO/Soreness": "go/soreness/",
    "go/soreness.": "go/soreness/",
    "go/soreness/.": "go/soreness/",
    "go/soreness),": "go/soreness/",
    "go//soreness": "go/soreness/",
    "go//soreness/": "go/soreness/",
    "FR/SORENESS/),": "fr/soreness/",
    "Needles_And-You": "needles_and-you/",
    "after-1.5-hours.": "after-1.5-hours/",
    "fr/apr%C3%A8s": "fr/apr%C3%A8s/",
    "Fr/Apr%C3%88S.": "fr/apr%C3%A8s/",
    "old-page/": "soreness/",
    "old-page": "soreness/",
    "Old-Page).": "soreness/",
    "old-page//": "soreness/",
    "older": "soreness/",
    "2019/OLD.page.": "go/soreness/",
    "fr/%C3%A2ge/": "fr/apr%C3%A8s/",
    ".": "./",
    ",": "./",
    "/": "./",
    # What the clinic's own programs counted in an address comes along, and is never read as an instruction.
    "GO/Soreness?from=leaflet&x={env.HOME}$1": "go/soreness/?from=leaflet&x={env.HOME}$1",
    "old-page?from=leaflet": "soreness/?from=leaflet",
}
RIGHT = ("", "?from=leaflet", *(quote(address) for address in ADDRESSES[1:]), "soreness/?from=leaflet", "index.html",
         "go/soreness/index.html", "style.css", "pictures/needle.png", "404.html")  # fmt: skip
# The host's own page for wrong addresses answers: nothing like them is served, or they only look like one that is.
WRONG = ("cures", "cures/", "CURES.", "cures//", "go/cures),", "go/soreness/more.", "asoreness/", "sorenesss", "go-soreness",
         "after-1x5-hours/", "style.css.", "2019/oldxpage/", "2019/", "soreness/old-page")  # fmt: skip


def _answer(address: str, target: str) -> tuple[int, str, str]:
    """Ask for exactly this, and return the status, where else to go on this host, and the text.

    Apache writes %c3 where others write %C3: the same address.
    """
    connection = HTTPConnection(urlsplit(address).netloc, timeout=5)
    connection.request("GET", target)
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    origin = address[: address.index("/", len("http://"))]
    location = (answer.getheader("Location") or "").removeprefix(origin)
    return answer.status, re.sub("%[0-9a-f]{2}", lambda found: found[0].upper(), location), text


@contextmanager
def _host(server: str, site: Path, prefix: str, work: Path, files: dict[str, bytes]) -> Iterator[str]:
    """Serve the folder of a host with one kind of server that reads its file, and give the address of the pages."""
    if server == "apache":
        (site / ".htaccess").write_bytes(files["apache.htaccess"])
        with apache(site, prefix) as address:
            yield address
        return
    rules = work / {"nginx": "rules.conf", "caddy": "Rules"}[server]
    rules.write_bytes(files[{"nginx": "nginx.conf", "caddy": "Caddyfile"}[server]])
    with (nginx if server == "nginx" else caddy)(site, work / "server", prefix, rules) as address:
        yield address


def _tree(host: Path, prefix: str) -> Path:
    """Lay a few small pages into the folder of a host, each saying its own address."""
    folder = host / prefix.strip("/")
    for address in ADDRESSES:
        (folder / address).mkdir(parents=True, exist_ok=True)
        (folder / address / "index.html").write_text(address, encoding="utf-8")
    (folder / "pictures").mkdir()
    for name in ("404.html", "style.css", "pictures/needle.png"):
        (folder / name).write_text(name, encoding="utf-8")
    return host


@pytest.fixture(scope="module", params=[(server, prefix) for server in SERVERS for prefix in PREFIXES], ids=str)
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where each kind of server gives the pages out, in a folder of its host and at its root."""
    server, prefix = request.param
    home = tmp_path_factory.mktemp(server)
    files = redirects(f"https://www.example.org{prefix}", ADDRESSES, MOVED)
    with _host(server, _tree(home / "host", prefix), prefix, home, files) as address:
        yield address


def test_a_typed_address_arrives_in_one_step(address: str) -> None:
    """Without the slash, in capitals, with marks at the end, or moved: one 301 to an address that answers at once."""
    prefix = urlsplit(address).path
    wrong = []
    for typed, right in TYPED.items():
        expected = prefix + right.removeprefix("./")
        if (found := _answer(address, prefix + typed)[:2]) != (301, expected):
            wrong.append(f"{typed} -> {found}, not {expected}")
        assert _answer(address, found[1])[:2] == (200, "")
    assert not wrong


def test_the_folder_of_the_pages_may_be_typed_in_capitals_too(address: str) -> None:
    """/Patients/Info/Go/SORENESS, and the folder by itself without its slash."""
    prefix = urlsplit(address).path
    assert _answer(address, prefix.title() + "Go/SORENESS")[:2] == (301, prefix + "go/soreness/")
    if prefix != "/":
        assert _answer(address, prefix.rstrip("/"))[:2] == (301, prefix)
        assert _answer(address, prefix.upper().rstrip("/") + ".")[:2] == (301, prefix)
        assert _answer(address, "/" + prefix + "soreness/")[:2] == (301, prefix + "soreness/")


def test_what_is_right_is_served_untouched(address: str) -> None:
    """Right addresses and files answer themselves at once, also when they are asked for by their full address."""
    prefix = urlsplit(address).path
    asked = [start + right for right in RIGHT for start in (prefix, address)]
    assert [(target, *found[:2]) for target in asked if (found := _answer(address, target))[:2] != (200, "")] == []
    assert _answer(address, prefix + "go/soreness/")[2] == "go/soreness/"
    assert _answer(address, prefix + "style.css")[2] == "style.css"


def test_a_wrong_address_gets_the_page_for_wrong_addresses(address: str) -> None:
    """What is not an address, however it is typed, is not sent anywhere: 404, with the site's own page."""
    prefix = urlsplit(address).path
    asked = [(target, _answer(address, prefix + target)) for target in WRONG]
    assert [(target, found) for target, found in asked if found != (404, "", "404.html")] == []


def test_a_very_long_end_costs_no_time(address: str) -> None:
    """A hundred marks are answered like one, and of thousands no pattern tries all ways: all is answered in seconds."""
    prefix = urlsplit(address).path
    start = time.monotonic()
    for mark in (".", "/", ").", "%20", "/,"):
        assert _answer(address, prefix + "soreness" + mark * 100)[:2] == (301, prefix + "soreness/")
        # What a server says of a name that is too long for any file is its own affair.
        assert _answer(address, prefix + "soreness" + mark * (6000 // len(mark)) + "x")[1] == ""
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("server", SERVERS)
def test_every_address_of_the_site_can_be_typed(server: str, built: Workspace, tmp_path: Path) -> None:
    """All pages and short addresses of the site as built, each typed in four sloppy ways."""
    host = tmp_path / "host"
    prefix = "/patients/info/"
    (host / "patients").mkdir(parents=True)
    folder = host / prefix.strip("/")
    folder.symlink_to(built / "site") if server != "apache" else _copy(built / "site", folder)
    addresses = ["./", *(f"{file.parent.relative_to(built / 'site').as_posix()}/"
                         for file in sorted((built / "site").glob("*/**/index.html")))]  # fmt: skip
    assert len(addresses) > 45
    ends = cycle((".", ",", ").", "//", "/.", "...", "!", "),"))
    with _host(
        server, host, prefix, tmp_path, redirects("https://www.example.org/patients/info/", addresses, {})
    ) as at:
        for address in addresses:
            right = prefix + address.removeprefix("./")
            bare = right.rstrip("/")
            assert _answer(at, right)[:2] == (200, "")
            for typed in (bare, bare.upper(), bare.title() + next(ends), bare + next(ends)):
                assert _answer(at, typed)[:2] == (301, right), typed


@pytest.mark.parametrize("server", SERVERS)
def test_many_and_long_addresses_do_not_stop_a_server(server: str, tmp_path: Path) -> None:
    """Five hundred more, and some as long as an address may be, in letters that take the most room in a pattern."""
    prefix = f"/{'patients' * 20}/{'pages' * 40}/info/"
    longest = [f"{letter * 55}{'/' + letter * 10}/" for letter in "éà"] + [f"{'ก' * 40}/", f"{'x' * 200}/{'y' * 198}/"]
    addresses = [*ADDRESSES, *longest, *(f"a-rather-long-name/of-a-page-that-there-is-{n}/" for n in range(500))]
    files = redirects(f"https://www.example.org{prefix}", addresses, MOVED)
    with _host(server, _tree(tmp_path / "host", prefix), prefix, tmp_path, files) as address:
        assert _answer(address, prefix + "soreness/")[:2] == (200, "")
        assert _answer(address, prefix + "soreness//")[:2] == (301, prefix + "soreness/")
        for typed in (*longest, addresses[-1]):
            right = prefix + quote(typed)
            assert _answer(address, prefix + quote(typed.upper().rstrip("/")) + ".")[:2] == (301, right)
            assert _answer(address, right + "/")[:2] == (301, right)


def _copy(source: Path, folder: Path) -> None:
    """Copy the pages only: Apache serves a copy, and follows no link out of it."""
    for file in source.glob("**/index.html"):
        (folder / file.relative_to(source).parent).mkdir(parents=True, exist_ok=True)
        (folder / file.relative_to(source)).write_bytes(file.read_bytes())


def test_apache_reads_the_file_in_the_folder_of_the_pages_too(tmp_path: Path) -> None:
    """Where a clinic may change only that folder: everything below it works, as its head comment says."""
    host = _tree(tmp_path / "host", "/patients/info/")
    files = redirects("https://www.example.org/patients/info", ADDRESSES, MOVED)
    (host / "patients/info/.htaccess").write_bytes(files["apache.htaccess"])
    with apache(host, "/patients/info/") as address:
        for typed, right in TYPED.items():
            expected = "/patients/info/" + right.removeprefix("./")
            assert _answer(address, "/patients/info/" + typed)[:2] == (301, expected), typed
        assert _answer(address, "/patients/info/go/soreness/")[0] == 200


def test_apache_without_the_module_serves_as_before(tmp_path: Path) -> None:
    """The file breaks nothing on a host that cannot redirect."""
    host = _tree(tmp_path / "host", "/")
    (host / ".htaccess").write_bytes(redirects("https://www.example.org", ADDRESSES, MOVED)["apache.htaccess"])
    with apache(host, "/", modules=()) as address:
        assert _answer(address, "/go/soreness/")[0] == 200
        assert _answer(address, "/GO/Soreness")[0] == 404


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_file_of_lines_says_only_what_such_hosts_can_do(prefix: str) -> None:
    """Three words a line, no pattern, nothing twice, no right address sent anywhere, moved pages first, few enough."""
    text = redirects(f"https://www.example.org{prefix}", ADDRESSES, MOVED)["_redirects"].decode()
    rules = [line.split() for line in text.splitlines() if not line.startswith("#")]
    right = {prefix + quote(address.removeprefix("./")) for address in ADDRESSES}
    ways = {typed: target for typed, target, status in rules if status == "301"}
    assert len(ways) == len(rules)
    assert not any(set("*:?#") & set(typed) for typed in ways)
    assert not {typed.rstrip("/") for typed in ways} & {address.rstrip("/") for address in right}
    assert set(ways.values()) <= right
    assert list(ways)[: 2 * len(MOVED)] == [
        prefix + quote(old) + slash for old in sorted(old.rstrip("/") for old in MOVED) for slash in ("/", "")
    ]
    assert ways[f"{prefix}go/soreness."] == f"{prefix}go/soreness/"
    assert ways[f"{prefix}older"] == f"{prefix}soreness/"
    assert (
        len(
            redirects(f"https://www.example.org{prefix}", [f"p{n}/" for n in range(400)], {})["_redirects"].splitlines()
        )
        < 2000
    )


BAD = ('a b/', 'a"/', "a'/", "a{b}/", "a;/", "a\n/", "a\r/", "a\t/", "a\\/", "a$1/", "$request_uri/", "a(/", "a)/", "a|b/", "a*/",
       "a+/", "a?/", "a#/", "[a]/", "a^/", "`a`/", "<a>/", "a%0Areturn/", "a%22/", "a%2520/", "a%ff/", "%2e%2e/", "../", "a/../b/",
       "a./", ".a/", "a//b/", "/a/", "//", "a", "a.html", "a\u00a0/", "a\u2028/", "a\x00/", "a:/", "a,/", "a@/", "https://b/", "a" * 400 + "/")  # fmt: skip


@pytest.mark.parametrize("bad", BAD)
def test_what_cannot_be_an_address_is_refused(bad: str) -> None:
    """As an address, as a page that moved, as where it moved to, and in the website: nothing of it reaches a file."""
    for website, addresses, moved in (
        ("https://www.example.org/", ["./", bad], {}),
        ("https://www.example.org/", ["./"], {bad: "./"}),
        ("https://www.example.org/", ["./"], {"old/": bad}),
    ):
        with pytest.raises(ValueError, match="is not the address of a page"):
            redirects(website, addresses, moved)
    if bad not in ("a", "a.html"):  # a folder of a host is often written without its slash
        with pytest.raises(ValueError, match="is not the address of a page"):
            redirects("https://www.example.org/" + bad, ["./"], {})


@pytest.mark.parametrize(
    ("addresses", "moved", "says"),
    [
        (["faq/", "FAQ/"], {}, "differ only by capitals"),
        (["faq/"], {"FAQ/": "faq/"}, "differ only by capitals"),
        (["faq/", "soreness/"], {"faq/": "soreness/"}, "is still served"),
        (["faq/"], {"old/": "gone/"}, "not served"),
        (["faq/"], {"old/": "older/", "older/": "old/"}, "not served"),
        (["faq/"], {"old/": "old/"}, "not served"),
    ],
)
def test_rules_that_could_not_hold_are_refused(addresses: list[str], moved: dict[str, str], says: str) -> None:
    """Nobody could type both of two addresses, a redirect would hide a page, lead nowhere or run in a circle."""
    with pytest.raises(ValueError, match=says):
        redirects("https://www.example.org/", addresses, moved)


def test_a_website_must_be_a_full_address() -> None:
    """So that a placeholder that was never filled in does not become a rule."""
    with pytest.raises(ValueError, match="not a full web address"):
        redirects("[The full web address where these pages will stand]", ["./"], {})


def test_the_same_pages_give_the_same_bytes() -> None:
    """In whatever order they are named, however often, and with or without percent signs."""
    once = redirects("https://www.example.org/patients/info/", ADDRESSES, MOVED)
    again = redirects("http://localhost:8000/patients/info", [*map(quote, reversed(ADDRESSES)), "soreness/"],
                      dict(reversed(MOVED.items())))  # fmt: skip
    assert once == again
    assert list(once) == ["nginx.conf", "apache.htaccess", "Caddyfile", "_redirects"]
