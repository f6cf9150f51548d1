"""`patientpages verify`: a host that keeps every promise is passed, and each thing that hosts do to a site is named."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from patientpages.manifest import digest
from patientpages.model import Entry, Ledger, Place
from patientpages.outputs import headers
from patientpages.published import Manifest, read_manifest
from patientpages.verify import fetch
from patientpages.verify.alike import difference
from patientpages.verify.fetch import Answer, Host, UnreachableError
from patientpages.verify.files import Expected, compared
from patientpages.verify.host import safe
from tests.conftest import Run, Workspace

PREFIX = "/patients/info/"
_TYPES = {"html": "text/html; charset=utf-8", "js": "text/javascript", "svg": "image/svg+xml", "png": "image/png",
          "json": "application/json", "txt": "text/plain", "xml": "application/xml", "csv": "text/csv",
          "eml": "message/rfc822", "pdf": "application/pdf"}  # fmt: skip
_HEADERS = headers(()) | {"Cache-Control": "max-age=300"}


@dataclass
class Reply:
    """What the host is about to answer."""

    status: int
    body: bytes
    headers: dict[str, str]


Fault = Callable[[str, Reply], None]


@dataclass
class Site:
    """A web host of our own: serves a folder as it should, but for one fault; remembers what it was asked."""

    root: Path
    fault: Fault = lambda path, reply: None
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def reply(self, path: str) -> Reply:
        """Answer a path as a host with the rules of hosting/ does."""
        inside = path.removeprefix(PREFIX)
        file = self.root / inside / "index.html" if inside.endswith("/") or not inside else self.root / inside
        headers = dict(_HEADERS)
        typed = path.lower().rstrip("./") + "/"
        if not file.is_file() and typed != path and (self.root / typed.removeprefix(PREFIX)).is_dir():
            return Reply(301, b"", headers | {"Location": typed})
        found = file.is_file() and path.startswith(PREFIX)
        file = file if found else self.root / "404.html"
        headers["Content-Type"] = _TYPES[file.name.rpartition(".")[2]]
        return Reply(200 if found else 404, file.read_bytes(), headers)


@contextmanager
def _serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Run a web host on this machine, and give its address, without the last slash."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


@contextmanager
def hosted(site: Site) -> Iterator[str]:
    """Serve a site on this machine, and give its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.command, self.path, dict(self.headers)))
            reply = site.reply(self.path)
            site.fault(self.path.removeprefix(PREFIX), reply)
            body = reply.body
            if reply.headers.pop("Uncompressed", "") == "" and reply.headers.get("Content-Type", "").startswith("text"):
                body = gzip.compress(body)
                reply.headers["Content-Encoding"] = "gzip"
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    with _serving(Handler) as address:
        yield address + PREFIX


@pytest.fixture
def ask(online: Workspace) -> Callable[..., Run]:
    """Serve the project's pages with a fault, and verify them."""

    def run(fault: Fault = lambda path, reply: None, *more: str, site: Site | None = None) -> Run:
        site = site or Site(online / "public")
        site.fault = fault
        with hosted(site) as address:
            return online.run("verify", address, "--json", *more)

    return run


def _errors(run: Run) -> list[tuple[str, str]]:
    return [(f["code"], f["message"]) for f in run.errors()]


def _warned(run: Run) -> list[str]:
    """The codes of warnings, without the one on printed codes: this host is not the clinic's website."""
    found = [f for f in run.values["findings"] if f["severity"] == "warning"]
    assert [f["code"] for f in found if "printed codes" in f["message"]] == ["V105"]
    return [f["code"] for f in found if "printed codes" not in f["message"]]


def _addresses(online: Workspace) -> int:
    """How many files of a publication have an address that readers ask for: all but copies and the 404 page."""
    return sum(not file.endswith(".gz") for file in read_manifest(online / "public/manifest.json", "").files) - 1


def test_a_host_that_keeps_every_promise(online: Workspace, ask: Callable[..., Run]) -> None:
    """Nothing differs: exit 0, a line that counts; asked politely, without a cookie, and nothing was sent."""
    site = Site(online / "public")
    with hosted(site) as address:
        done = online.run("verify", address)
    assert done.code == 0, done.out
    last = done.out.splitlines()[-1]
    assert last == (f"{_addresses(online)} addresses of {address}, with their headers, compared with the publication of "
                    "22 November 2026: 0 errors, 1 warning")  # fmt: skip
    assert {how for how, _, _ in site.asked} == {"GET"}
    assert all("patientpages" in headers["User-Agent"] for _, _, headers in site.asked)
    assert not [name for _, _, headers in site.asked for name in headers if name.lower() in ("cookie", "referer")]
    assert {path for _, path, _ in site.asked} >= {f"{PREFIX}go/soreness/", f"{PREFIX}staff/links.csv", PREFIX}
    assert _warned(ask()) == []


def _in(page: str, change: Callable[[Reply], None]) -> Fault:
    return lambda path, reply: change(reply) if path == page else None


def _body(old: bytes, new: bytes) -> Callable[[Reply], None]:
    def change(reply: Reply) -> None:
        assert old in reply.body
        reply.body = reply.body.replace(old, new, 1)

    return change


def _lead(to: str) -> Callable[[Reply], None]:
    def change(reply: Reply) -> None:
        reply.status, reply.body = 302, b""
        reply.headers["Location"] = to

    return change


def _gone(reply: Reply) -> None:
    reply.status, reply.body = 404, b"Nothing here."


def _head(name: str, value: str) -> Callable[[Reply], None]:
    return lambda reply: reply.headers.update({name: value})


@pytest.mark.parametrize(
    ("fault", "code", "says"),
    [
        (_in("soreness/", _gone), "V101", "it is missing: the host answers 404, and it was promised on 2026-11-22"),
        (_in("go/soreness/", _gone), "V101", "promised on 2026-11-22"),
        (_in("manifest.json", _gone), "V101", "cannot say which publication"),
        (_in("manifest.json", lambda reply: setattr(reply, "body", b"[" * 100_000)), "V102", "no manifest of ours"),
        (_in("soreness/", _body(b"It usually goes", b"It rarely goes")), "V102", 'says "rarely" instead of "usually"'),
        (_in("soreness/", _body(b"</body>", b'<div class="ad">Sponsored</div></body>')), "V102", "were put in at line"),
        (_in("soreness/", _body(b'id="soreness"', b'id="sore"')), "V105", 'links to "#soreness" no longer arrive'),
        (_in("staff/links.csv", lambda reply: setattr(reply, "body", reply.body[:100])), "V102", "cut short"),
        (_in("risks/", _lead("https://www.example.com/")), "V103", "leads to https://www.example.com/ instead"),
        (_in("risks/", _lead(f"{PREFIX}soreness/")), "V103", f"{PREFIX}soreness/ instead of answering"),
        (_in("risks/", _lead(f"{PREFIX}risks/")), "V103", "instead of answering"),
        (_in("risks/", _lead("http://[")), "V103", "instead of answering"),
        (_in("search/search.js", _head("Content-Type", "text/plain")), "V104", 'sent as "text/plain"'),
        (_in("", _head("Content-Type", "text/html; charset=ISO-8859-1")), "V104", "text in iso-8859-1"),
        (lambda path, reply: setattr(reply, "status", 200), "V106", "answered with status 200, not 404"),
        (_in("no-such-page-here/", _lead(PREFIX)), "V106", "leads to"),
        (_in("no-such-page-here/", _gone), "V106", "find no urgent help"),
        (_in("", _head("Content-Type", "\x1b[2J" + "x" * 9_000)), "V104", 'sent as "?[2jxxx'),
        (_in("risks/", _lead("https://www.example.com/\x1b[31m\x9b1m")), "V103", "leads to https://www.example.com/?[31m?1m"),
        (_in("", _head("Set-Cookie", "\x1b[31mx=1")), "V111", 'sets a cookie ("?[31mx")'),
        (_in("", _head("Set-Cookie", "session=1; Path=/")), "V111", 'sets a cookie ("session")'),
        (_in("soreness/", _body(b"</head>", b'<script src="https://t.example/a.js"></script></head>')), "V112",
         "https://t.example/a.js"),
        (_in("soreness/", _body(b"</head>", b'<script src="a\x1b[31m.js"></script></head>')), "V112", "a?[31m.js"),
        (_in("soreness/", _body(b"<title>", b"<title>\x1b]0;x\x07\xe2\x80\xae")), "V102", "line 12: ?]0;x??"),
        (_in("search/", _body(b"</body>", b"<script>watch()</script></body>")), "V112", '"watch()"'),
        *((lambda path, reply, name=name: reply.headers.pop(name), "V108", f"the header {name} is missing")
          for name in ("X-Content-Type-Options", "Referrer-Policy", "Content-Security-Policy", "Permissions-Policy")),
        (_in("", _head("Content-Security-Policy", "default-src *")), "V108", "Content-Security-Policy is missing or says"),
    ],
)  # fmt: skip
def test_what_a_host_does_to_a_site_is_named(fault: Fault, code: str, says: str, ask: Callable[..., Run]) -> None:
    """Each fault alone: exit 1, and an error with this code says what it is; nothing of another kind is claimed."""
    done = ask(fault)
    assert done.code == 1, done.out
    assert [message for found, message in _errors(done) if found == code and says in message], done.out
    assert {found for found, _ in _errors(done)} <= {code, "V102"}
    assert all(message.isprintable() and len(message) < 600 for _, message in _errors(done))


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (lambda path, reply: reply.headers.update({"Uncompressed": "yes"}), "V109"),
        (lambda path, reply: reply.headers.update({"Cache-Control": "public, max-age=604800"}), "V110"),
        (lambda path, reply: (reply.headers.pop("Cache-Control"), reply.headers.update(
            {"Date": "Sun, 22 Nov 2026 10:00:00 GMT", "Expires": "Sun, 29 Nov 2026 10:00:00 GMT"})), "V110"),
        (lambda path, reply: _gone(reply) if path.startswith("GO/") else None, "V113"),
        (lambda path, reply: _gone(reply) if path.startswith("go/") and not path.endswith("/") else None, "V113"),
    ],
)  # fmt: skip
def test_what_only_makes_reading_harder_is_a_warning(fault: Fault, code: str, ask: Callable[..., Run]) -> None:
    """No compression, pages kept for a week, typed capitals that do not arrive: said once, and exit 0."""
    done = ask(fault)
    assert done.code == 0, done.out
    assert _warned(done) == [code]


@pytest.mark.parametrize("value", ["no-cache", "max-age=86400", "no-store, max-age=604800", "max-age=oops", ""])
def test_short_caching_is_fine(value: str, ask: Callable[..., Run]) -> None:
    """Pages that are asked for anew within a day, or that say nothing that can be read, are no finding."""
    assert _warned(ask(lambda path, reply: reply.headers.update({"Cache-Control": value}))) == []


def test_a_host_that_can_set_no_header(online: Workspace, ask: Callable[..., Run]) -> None:
    """`--no-headers` leaves them out, but not the cookie; a fault of every page is told once, with how many they are."""

    def bare(path: str, reply: Reply) -> None:
        for name in _HEADERS:
            del reply.headers[name]

    done = ask(bare)
    assert len(done.errors()) == 5
    assert any(f"(and {_addresses(online) - 1} other files)" in error["message"] for error in done.errors())
    assert ask(bare, "--no-headers").code == 0
    assert ask(_in("", _head("Set-Cookie", "a=1")), "--no-headers").code == 1


def test_the_same_files_are_one_publication_whatever_the_day(
    online: Workspace, ask: Callable[..., Run], tmp_path: Path
) -> None:
    """A publication that added nothing to the records is made again elsewhere under the day before: nothing differs."""
    folder = Path(shutil.copytree(online / "public", tmp_path / "host"))
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    for day in ("2026-05-03", "2027-01-09"):
        (folder / "manifest.json").write_text(text.replace("2026-11-22", day), encoding="utf-8")
        done = ask(site=Site(folder))
        assert (done.code, _warned(done)) == (0, []), done.out


@pytest.fixture
def older(online: Workspace, tmp_path: Path) -> Path:
    """The host's folder as it was on an earlier day: another text, and a page that was not there yet."""
    folder = tmp_path / "host"
    shutil.copytree(online / "public", folder)
    page = folder / "soreness/index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("usually", "often"), encoding="utf-8")
    shutil.rmtree(folder / "glossary")
    data = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    data["published"] = "2026-05-03"
    data["files"]["soreness/index.html"] = digest(page.read_bytes())
    del data["files"]["glossary/index.html"]
    (folder / "manifest.json").write_text(json.dumps(data), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("day", "says", "hint"),
    [("2026-05-03", "the site is the publication of 3 May 2026; here is that of 22 November 2026: 2 of its", "public/"),
     ("2027-01-09", "the site is the publication of 9 January 2027; here is that of 22", "fetch the newer records/"),
     ("2026-11-22", "the site is another publication of the same day, 22 November 2026: 2 of", "public/")],
)  # fmt: skip
def test_another_publication_is_named_by_its_day(
    day: str, says: str, hint: str, older: Path, ask: Callable[..., Run], online: Workspace
) -> None:
    """One finding for all of it, with the day of each; files that are as in neither are named beside it."""
    manifest = older / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("2026-05-03", day), encoding="utf-8")
    done = ask(site=Site(older))
    assert done.code == 1
    assert [(f["code"], f["message"].startswith(says), hint in f["hint"]) for f in done.errors()] == [
        ("V100", True, True)
    ]
    done = ask(_in("risks/", _body(b"</body>", b"<p>More.</p></body>")), site=Site(older))
    assert [code for code, _ in _errors(done)] == ["V100", "V102"]


def test_an_address_on_record_that_is_in_no_manifest(
    online: Workspace, ask: Callable[..., Run], tmp_path: Path
) -> None:
    """A page that was promised and that nobody published again: the host is asked for it all the same."""
    data = json.loads((online / "public/manifest.json").read_text(encoding="utf-8"))
    del data["files"]["soreness/index.html"]
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps(data), encoding="utf-8")
    done = ask(_in("soreness/", _gone), "--manifest", str(manifest))
    assert ("V105", "it was promised on 2026-11-22, and the host answers 404") in _errors(done)
    assert "V105" not in {code for code, _ in _errors(ask(lambda path, reply: None, "--manifest", str(manifest)))}


@pytest.mark.parametrize(("to", "codes"), [("access/", []), ("risks/", ["V103"]), ("", ["V103"])])
def test_a_page_that_moved_may_be_redirected_to_its_successor(to: str, codes: list[str], online: Workspace) -> None:
    """As the rules in hosting/ do it, in one step over two moves: no finding. To any other page: one."""
    place, day = Place("records/published.yml"), date(2026, 11, 22)
    moves = (("accessibility/", "reach/"), ("reach/", "access/"))
    ledger = Ledger(tuple(Entry("moved", old, "en", day, place, new) for old, new in moves))
    text = b"<p>Text</p>"
    files = {"accessibility/index.html": digest(b"stub"), "access/index.html": digest(text)}
    expected = Expected("https://example.org/", Manifest(day, files, {}), lambda file: None, ledger, headers=False)
    answer = Answer(
        "https://example.org/accessibility/", f"https://example.org/{to}", 200, {"content-type": "text/html"}, text
    )
    assert [note.code for note in compared("accessibility/index.html", answer, expected)] == codes


@pytest.mark.parametrize(
    ("url", "says"),
    [("www.example.org", "not a full web address"), ("ftp://example.org/", "not a full web address"),
     ("https://", "not a full web address"), ("http://[/", "not a full web address"),
     ("http://127.0.0.1:99999/", "not a full web address"), ("https://exa mple.org/", "not a full web address"),
     ("https://example.org/?a=1", "no ?, # or @"), ("https://me:secret@example.org/", "no ?, # or @"),
     ("http://127.0.0.1:9/", "the connection was refused"), ("https://no-such-host.invalid/", "no host has this name")],
)  # fmt: skip
def test_an_address_that_cannot_be_asked(url: str, says: str, online: Workspace) -> None:
    """One finding, exit 2, and no traceback."""
    done = online.run("verify", url)
    assert done.code == 2
    assert says in done.out
    assert done.out.endswith("nothing was compared\n")
    assert done.out.count("D007") == 1


@pytest.mark.parametrize(
    "proxy", ["socks5://me:secret@127.0.0.1:1", "http://[bad", "http://127.0.0.1:99999", "ftp://127.0.0.1/"]
)
def test_a_proxy_that_cannot_be_used(proxy: str, online: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told with the name of the setting and an example, without the password that may stand in it: exit 2."""
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("https_proxy", proxy)
    done = online.run("verify", "https://no-such-host.invalid/")
    assert (done.code, done.out.count("D007"), "secret" in done.out) == (2, 1, False), done.out
    assert "https_proxy=http://proxy.example.org:3128" in done.out
    host = Host("http://127.0.0.1/")
    monkeypatch.setenv("http_proxy", proxy)  # what cannot be asked without https is not taken for right
    expected = Expected("https://www.example.org/", Manifest(date(2026, 11, 22), {}, {}), lambda file: None, Ledger())
    with pytest.raises(UnreachableError, match="http_proxy"):
        list(safe(host, expected))


def test_a_wrong_place_on_the_host(online: Workspace) -> None:
    """A folder without our pages, one behind a password, one that leads elsewhere: exit 2, and what to do."""
    with hosted(Site(online / "public")) as address:
        done = online.run("verify", address.removesuffix("info/"))
        assert (done.code, "no pages of ours are here" in done.out) == (2, True)
    for status, says in ((401, "asks for a password"), (503, "the host answers 503")):

        def refuse(path: str, reply: Reply, status: int = status) -> None:
            reply.status = status

        with hosted(Site(online / "public", refuse)) as address:
            done = online.run("verify", address)
            assert (done.code, says in done.out) == (2, True)
    with hosted(Site(online / "public", _in("", _lead("https://other.example/")))) as address:
        done = online.run("verify", address)
        assert (done.code, "leads to https://other.example/" in done.out) == (2, True)


def test_a_host_that_breaks_off(online: Workspace, ask: Callable[..., Run]) -> None:
    """What got no answer is not counted as compared: exit 2, and no more is asked of a host that is down."""

    def broken(path: str, reply: Reply) -> None:
        if path not in ("", "manifest.json"):
            raise ConnectionAbortedError

    done = ask(broken)
    assert done.code == 2
    assert [e["code"] for e in done.errors() if "broke off" in e["message"]]
    assert [e["code"] for e in done.errors() if "not asked" in e["message"]]


@contextmanager
def _trickling(start: bytes, more: bytes) -> Iterator[str]:
    """Answer with `start`, then with `more` again and again, never silent until a time-out; give the address."""
    over = Event()

    class Handler(BaseHTTPRequestHandler):
        def handle(self) -> None:
            self.rfile.readline()
            self.wfile.write(start)
            with suppress(OSError):
                for _ in range(200):  # many times the limit, so that without one the test fails and does not hang
                    if over.wait(0.02):
                        break
                    self.wfile.write(more)

    with _serving(Handler) as address:
        try:
            yield address + "/"
        finally:
            over.set()


@pytest.mark.parametrize(
    ("start", "more"),
    [(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"x"), (b"HTTP/1.1 200 OK\r\nX: ", b"x"),
     (b"HTTP/1.1 200 OK\r\n\r\n", b"x"), (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
     (b"", b"H")],
    ids=["body", "header", "no length", "chunks", "status"],
)  # fmt: skip
def test_an_answer_that_trickles_comes_to_an_end(start: bytes, more: bytes) -> None:
    """A byte now and then, never silent for long: given up after the limit for an answer as a whole."""
    with (
        _trickling(start, more) as address,
        pytest.raises(UnreachableError, match=r"come to an end after 0\.2 seconds"),
    ):
        Host(address, 0.2).get(address)


def test_large_files(online: Workspace, ask: Callable[..., Run], monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too large to keep is still compared, and not called cut short; what is larger still is not compared."""
    kept, size = (online / "public/manifest.json").stat().st_size, (online / "public/staff/index.html").stat().st_size
    assert size > kept
    monkeypatch.setattr(fetch, "_KEPT", kept)
    assert ask().code == 0
    done = ask(_in("staff/", _body(b"</body>", b"</body>x")))
    assert [message for _, message in _errors(done)] == [
        f"this is not what was published: its {size + 1} bytes are not those that were published"
    ]
    monkeypatch.setattr(fetch, "_LARGEST", 1_000_000)
    done = ask(_in("soreness/", _body(b"</body>", b"x" * 1_000_000)))
    assert (done.code, [message for _, message in _errors(done)]) == (
        2, ["not compared: it sends more than 1 MB: too much to compare."])  # fmt: skip


def test_nothing_to_compare_with(online: Workspace, tmp_path: Path) -> None:
    """No public/, or a manifest that is none: exit 2, before anything is asked, and what to do."""
    done = online.run("verify", "https://no-such-host.invalid/", "--manifest", str(tmp_path / "none.json"))
    assert (done.code, "Publish first" in done.out) == (2, True)
    (tmp_path / "bad.json").write_text('{"format": 2}', encoding="utf-8")
    done = online.run("verify", "https://no-such-host.invalid/", "--manifest", str(tmp_path / "bad.json"))
    assert (done.code, "format 2 is not known" in done.out) == (2, True)
    (tmp_path / "bad.json").write_text("[" * 100_000, encoding="utf-8")
    done = online.run("verify", "https://no-such-host.invalid/", "--manifest", str(tmp_path / "bad.json"))
    assert (done.code, "does not say what was published" in done.out) == (2, True)


@pytest.mark.parametrize(
    ("live", "says"),
    [
        (b"", "it is empty"),
        (b"<p>One</p>\n<p>Tw", "cut short"),
        (b"<p>One</p>\r\n<p>Two</p>\r\n", "its line ends are others"),
        (b"<p>One<p>Two", "only spaces, quotes and comments differ"),
        (b"<p>One</p>\n<b>Ad</b><p>Two</p>\n", "9 bytes were put in at line 2: <b>Ad</b>"),
        (b"<p>One</p>\n<p>Two</p>\n<!-- served by a cache -->", "26 bytes were put in at line 3: <!-- served by"),
        (b"<p>One</p>\n<p>Three</p>\n", 'from line 2 it says "Three" instead of "Two" (24 bytes live, 22 published)'),
    ],
)
def test_the_likeliest_story_of_a_change(live: bytes, says: str) -> None:
    """Empty, cut short, sent as text, made smaller, something put in, something changed: told apart, with the place."""
    assert says in difference(b"<p>One</p>\n<p>Two</p>\n", live)[0]
    assert "22 bytes" in difference(None, b"x" * 22)[0]


_OURS, _WWW, _LONG = "https://example.org/", "https://www.example.org/", "https://www.example.org:443/"


@pytest.mark.parametrize(
    ("base", "plain", "code"),
    [
        (_WWW, {"http://www.example.org/": _WWW}, None),
        (_WWW, {"http://www.example.org/": _LONG}, None),
        (_WWW, {"http://www.example.org/": ""}, "V107"),
        (_WWW, {"http://www.example.org/": "http://www.example.org/x/"}, "V107"),
        (_WWW, {"http://www.example.org/": "http://other.example/"}, "V107"),
        (_WWW, {"http://www.example.org/": "https://other.example/"}, "V107"),
        (_WWW, {"http://www.example.org/": "https://www.example.org:8443/"}, "V107"),
        (_WWW, {"http://www.example.org/": "https://www.example.org.other.example/"}, "V107"),
        (_WWW, {"http://www.example.org/": "https://["}, "V107"),
        (_WWW, {}, None),
        (_WWW, {"http://www.example.org/": _OURS, _OURS: _WWW}, None),
        (_OURS, {"http://example.org/": _WWW, _WWW: _OURS}, None),
        (_OURS, {"http://example.org/": _WWW, _WWW: ""}, "V107"),
        (_OURS, {"http://example.org/": _WWW, _WWW: "https://other.example/"}, "V107"),
        (_OURS, {"http://example.org/": _WWW}, "V107"),
        ("https://www.example.org:8443/", {"http://www.example.org/": ""}, None),
        ("http://www.example.org/", {}, "V107"),
        ("http://127.0.0.1:8000/", {}, None),
    ],
)
def test_without_https_it_must_lead_to_these_pages_with_https(
    base: str, plain: dict[str, str], code: str | None
) -> None:
    """The plain address leads here, by way of the name with or without www. at most; or it does not answer."""

    class Plain(Host):
        def get(self, asked: str, hops: int = 3) -> Answer:
            assert hops == 0
            if asked not in plain:
                raise UnreachableError("nothing answers")
            led = {"location": plain[asked]} if plain[asked] else {}
            return Answer(asked, asked, 301 if led else 200, led, b"")

    expected = Expected(base, Manifest(date(2026, 11, 22), {}, {}), lambda file: None, Ledger())
    assert [note.code for note in safe(Host(base), expected, Plain)] == ([code] if code else [])


@pytest.mark.parametrize("page", ["soreness/", "go/soreness/"])
def test_a_page_is_not_taken_for_the_whole(page: str, online: Workspace) -> None:
    """Somebody pastes the address of a page: which address is meant is said, in the place of a hundred missing files."""
    with hosted(Site(online / "public")) as address:
        done = online.run("verify", address + page)
        assert done.code == 2
        assert f"patientpages verify {address}" in done.out
