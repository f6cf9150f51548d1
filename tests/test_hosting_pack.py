"""The hosting pack: with its files, real servers send every published page as a clinic would want it, and do no harm."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page

from patientpages.folders import default_project
from patientpages.kept import Kept
from patientpages.model import Artefact
from patientpages.outputs.archive import archive
from patientpages.outputs.compressed import compressed, declared_copies, with_copies
from patientpages.outputs.hosting import hosting_files
from patientpages.project import load_inputs
from tests.conftest import TODAY, Workspace
from tests.served import apache, caddy, nginx

DAY = ("--today", TODAY)
PREFIX = "/patients/info/"
SERVERS = ("nginx", "apache", "caddy")
MODULES = ("alias", "headers", "mime", "deflate", "filter")
RULES = {"nginx": "nginx.conf", "apache": "apache.htaccess", "caddy": "Caddyfile"}
TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
         ".csv": "text/csv; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".xml": "application/xml; charset=utf-8",
         ".svg": "image/svg+xml", ".json": "application/json", ".png": "image/png", ".eml": "message/rfc822", ".pdf": "application/pdf"}  # fmt: skip
PACKED = {".html", ".js", ".csv", ".txt", ".xml", ".svg", ".json"}
HEADERS = {"Content-Security-Policy": "frame-ancestors 'none'", "X-Frame-Options": "DENY",
           "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-cache"}  # fmt: skip
# What a WordPress, its plugins and a careful host write into the top folder of a website.
WORDPRESS = """
Header always set X-Frame-Options SAMEORIGIN
Header set X-Content-Type-Options nosniff
Header set X-Parent yes
Header set Content-Security-Policy "default-src https:"
Header set Cache-Control "max-age=2592000, public"
Header set Expires "Thu, 01 Jan 2032 00:00:00 GMT"
AddOutputFilterByType DEFLATE text/html text/css
AddDefaultCharset iso-8859-1
ErrorDocument 404 /index.php
RewriteEngine On
RewriteCond %{HTTP:X-Forwarded-Proto} =http
RewriteRule ^(.*)$ https://www.example.org/$1 [R=301,L]
RewriteBase /
RewriteRule ^index\\.php$ - [L]
RewriteCond %{REQUEST_FILENAME} !-f
RewriteCond %{REQUEST_FILENAME} !-d
RewriteRule . /index.php [L]
"""


class Answer(NamedTuple):
    """What a server sent."""

    status: int
    headers: Message
    body: bytes

    def text(self) -> bytes:
        """The body as a browser reads it."""
        return gzip.decompress(self.body) if self.headers["Content-Encoding"] == "gzip" else self.body


def _ask(address: str, target: str, **headers: str) -> Answer:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=5)
    connection.request("GET", target, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    found = Answer(answer.status, answer.headers, answer.read())
    connection.close()
    return found


@pytest.fixture(scope="module")
def second(online: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The same, published again with a colour of the clinic's own."""
    project = Workspace(shutil.copytree(online.path, tmp_path_factory.mktemp("second") / "clone"))
    project.edit("clinic.yml", "languages:", 'colour: "#5b2a86"\nlanguages:')
    done = project.run("publish", *DAY)
    assert done.code == 0, done.out
    return project


def _files(online: Workspace) -> dict[str, bytes]:
    """Every published file but the compressed copies."""
    public = online / "public"
    return {path.relative_to(public).as_posix(): path.read_bytes() for path in sorted(public.rglob("*"))
            if path.is_file() and path.suffix != ".gz"}  # fmt: skip


def _rules(project: Workspace, prefix: str, embedded_on: tuple[str, ...] = ()) -> dict[str, bytes]:
    """The files as they were published, or the same for another folder of a host."""
    if prefix == PREFIX and not embedded_on:
        return {path.name: path.read_bytes() for path in (project / "hosting").iterdir()}
    addresses = [a if (a := f"{name.removesuffix('index.html')}") else "./" for name in _files(project)
                 if name.endswith("index.html")]  # fmt: skip
    return hosting_files(f"https://www.example.org{prefix}", addresses, {}, embedded_on)


@contextmanager
def _host(server: str, project: Workspace, prefix: str, work: Path, rules: dict[str, bytes]) -> Iterator[str]:
    """Put the pages up as README.txt says, on a server that knows nothing but these rules; give their address."""
    folder = work / "host" / prefix.strip("/")
    file = work / "rules.conf"
    if server == "apache":
        folder.mkdir(parents=True)
        with ZipFile(project / "hosting/patient-pages.zip") as packed:
            packed.extractall(folder)
            for entry in packed.infolist():  # as unpackers of hosts do, and Python's does not
                os.utime(folder / entry.filename, (datetime(*entry.date_time).timestamp(),) * 2)
        if prefix == PREFIX:
            assert (folder / ".htaccess").read_bytes() == (project / "hosting/apache.htaccess").read_bytes()
        (folder / ".htaccess").write_bytes(rules[RULES[server]])
        with apache(work / "host", prefix, MODULES, bare=True) as address:
            yield address
        return
    shutil.copytree(project / "public", folder)
    file.write_bytes(rules[RULES[server]])
    serve = nginx if server == "nginx" else caddy
    with serve(work / "host", work / "server", prefix, file, bare=True) as address:
        yield address


@pytest.fixture(scope="module", params=[(server, prefix) for server in SERVERS for prefix in (PREFIX, "/")], ids=str)
def address(
    request: pytest.FixtureRequest, online: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Where each kind of server sends the pages, in a folder of its host and at its root."""
    server, prefix = request.param
    with _host(server, online, prefix, tmp_path_factory.mktemp(server), _rules(online, prefix)) as address:
        yield address


def _target(prefix: str, name: str) -> str:
    return prefix + (name.removesuffix("index.html") if name.endswith("/index.html") or name == "index.html" else name)


def test_every_file_is_sent_with_type_charset_and_headers(address: str, online: Workspace) -> None:
    """Each published file: 200, its type, UTF-8 named where letters need it, every header once, its own bytes."""
    prefix, wrong = urlsplit(address).path, []
    files = _files(online)
    assert {Path(name).suffix for name in files} == set(TYPES)
    for name, content in files.items():
        found = _ask(address, _target(prefix, name))
        seen = {key: found.headers.get_all(key) for key in HEADERS}
        kind = (found.headers["Content-Type"] or "").lower()
        if (found.status, kind) != (200, TYPES[Path(name).suffix]) or found.body != content:
            wrong.append((name, found.status, kind))
        if seen != {key: [value] for key, value in HEADERS.items()} or "camera=()" not in str(found.headers):
            wrong.append((name, 0, str(found.headers)))
        assert "Strict-Transport-Security" not in found.headers
    assert not wrong


def test_text_is_sent_compressed_and_is_the_same_text(address: str, online: Workspace) -> None:
    """A browser that reads gzip gets fewer bytes that unpack to the same; caches are told; pictures go as they are."""
    prefix = urlsplit(address).path
    for name, content in _files(online).items():
        found = _ask(address, _target(prefix, name), Accept_Encoding="gzip, deflate, br")
        assert found.status == 200
        assert found.text() == content, name
        if Path(name).suffix in PACKED and len(content) > 1000:
            assert found.headers["Content-Encoding"] == "gzip", name
            assert len(found.body) < 0.75 * len(content), name
            assert "accept-encoding" in str(found.headers["Vary"]).lower(), name
            if "Apache" not in found.headers["Server"] and name != "manifest.json":
                assert found.body == (online / "public" / f"{name}.gz").read_bytes(), name
        if Path(name).suffix not in PACKED:
            assert found.headers["Content-Encoding"] is None, name


@pytest.mark.parametrize("wrong", ["no-such-page", "go/no-such/topic/", "assets/none.svg", "no-such-page.html"])
def test_a_wrong_address_is_404_with_the_pages_own_page(wrong: str, address: str, online: Workspace) -> None:
    """Status 404, the page with phone and urgent help, the same headers and type, compressed or not."""
    prefix, page = urlsplit(address).path, (online / "public/404.html").read_bytes()
    for headers in ({}, {"Accept_Encoding": "gzip"}):
        found = _ask(address, prefix + wrong, **headers)
        assert (found.status, found.text()) == (404, page)
        assert {key: found.headers.get_all(key) for key in HEADERS} == {key: [v] for key, v in HEADERS.items()}
        assert found.headers["Content-Type"].lower() == TYPES[".html"]


def test_what_has_not_changed_is_not_sent_again(address: str) -> None:
    """A browser asks each time with the mark of what it has, compressed or not, and is answered 304 without a body."""
    prefix = urlsplit(address).path
    for headers in ({}, {"Accept_Encoding": "gzip"}):
        for name in ("soreness/", "assets/icon.svg"):
            mark = _ask(address, prefix + name, **headers).headers["ETag"]
            again = _ask(address, prefix + name, If_None_Match=mark, **headers)
            assert (again.status, again.body) == (304, b""), (name, mark)
            assert _ask(address, prefix + name, If_None_Match='"another"', **headers).status == 200


@pytest.mark.parametrize("modules", [MODULES, ()], ids=["all modules", "none"])
def test_a_correction_of_the_same_day_is_seen_where_the_host_sends_no_mark(
    modules: tuple[str, ...], tmp_path: Path
) -> None:
    """A page gives way to an older one of the same length, on a real Apache that says `FileETag None`.

    Whoever has the page before is sent the new one, and whoever has the new one is answered 304. With only the time of
    the one before, from a host without our rules, the new one is sent too, where the host can change headers.
    """
    rules = hosting_files("https://www.example.org/", ["./"], {}, ())["apache.htaccess"]
    made = {}
    for text in (b"%d days" % n for n in range(10)):
        packed = ZipFile(io.BytesIO(archive([Artefact("index.html", text, "pages")], rules, date(2026, 11, 22))))
        made[packed.getinfo("index.html").date_time] = packed
    kept: dict[str, str] = {}  # what a browser asks with
    for when in (max(made), min(made)):
        folder = tmp_path / str(when[3])
        made[when].extractall(folder)
        os.utime(folder / "index.html", (datetime(*when).timestamp(),) * 2)
        with apache(folder, "/", modules, bare=True, says="FileETag None") as address:
            found = _ask(address, "/", **kept)
            assert (found.status, found.body) == (200, made[when].read("index.html"))
            if kept and modules:
                assert _ask(address, "/", If_Modified_Since=kept["If_Modified_Since"]).body == found.body
            kept = {"If_None_Match": found.headers["ETag"] or "", "If_Modified_Since": found.headers["Last-Modified"]}
            kept = {name: value for name, value in kept.items() if value}
            assert _ask(address, "/", **kept).status == 304


def test_a_typed_address_still_arrives(address: str) -> None:
    """The rules for typed addresses stand in the same file and still work beside the rest."""
    prefix = urlsplit(address).path
    found = _ask(address, prefix + "GO/Soreness.")
    assert found.status == 301
    assert urlsplit(found.headers["Location"]).path == prefix + "go/soreness/"


def _watched(browser: Browser) -> tuple[Page, list[str]]:
    """Give a page that writes down what its policies refuse, and all that the browser says against it."""
    page, said = browser.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(
        "window.refused = []; document.addEventListener('securitypolicyviolation', e => refused.push(e.violatedDirective))"
    )
    return page, said


@pytest.mark.parametrize("server", SERVERS)
def test_a_new_build_is_right_with_the_rules_of_the_old_one(
    server: str, online: Workspace, second: Workspace, browser: Browser, tmp_path: Path
) -> None:
    """The style changed: with the first build's rules, no policy is violated, and pages have their new colour."""
    policies = [
        re.findall("sha256-[^']+", (p / "public/index.html").read_text(encoding="utf-8")) for p in (online, second)
    ]
    assert policies[0] != policies[1]
    page, said = _watched(browser)
    with _host(server, second, PREFIX, tmp_path, _rules(online, PREFIX)) as address:
        for name in ("", "soreness/", "search/", "staff/", "go/soreness/", "404.html"):
            page.goto(address + name)
            assert page.evaluate("refused") == [], name
            accent = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()")
            assert accent == "#5b2a86", name
        page.goto(address + "search/?q=sore")
        page.locator("main a[href*='soreness']").first.wait_for()
        assert page.evaluate("refused") == []
    page.close()
    assert said == []


@pytest.fixture(scope="module")
def lived(online: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The same a while later: a page has another name, and another one is withdrawn."""
    project = Workspace(shutil.copytree(online.path, tmp_path_factory.mktemp("lived") / "clone"))
    (project / "docs/en/questions.md").rename(project / "docs/en/ask.md")
    project.edit("docs/en/ask.md", "kind:", "formerly: [questions]\nkind:")
    project.edit("mkdocs.yml", "questions.md", "ask.md")
    project.edit("standard/topics.yml", "questions", "ask")
    for done in (
        project.run(
            "sign", "ask", "--name", "Test Signatory", "--role", "physiotherapist", "--evidence", "a test", *DAY
        ),
        project.run("publish", "--correct", "ask", "--reason", "It has another name.", *DAY),
        project.run("publish", "--withdraw", "trigger-points", "--reason", "It had wrong advice.", *DAY),
    ):
        assert done.code == 0, done.out
    return project


@pytest.mark.parametrize("server", SERVERS)
def test_every_address_of_the_ledger_answers_as_promised(server: str, lived: Workspace, tmp_path: Path) -> None:
    """Each page and short address ever published: its text, the way to it, or the notice; and verify finds no fault."""
    ledger = load_inputs(default_project(lived.path)).records.ledger
    promised = {entry.address for entry in ledger.of("page", "short")}
    assert {"questions/", "ask/", "trigger-points/", "go/trigger-points/"} <= promised
    with _host(server, lived, PREFIX, tmp_path, _rules(lived, PREFIX)) as address:
        for each in sorted(promised):
            found = _ask(address, PREFIX + each.removeprefix("./"))
            if each == "questions/":
                assert (found.status, urlsplit(found.headers["Location"] or "").path) == (301, f"{PREFIX}ask/")
                continue
            assert found.status == 200, each
            gone = b"It had wrong advice." in found.body
            assert gone == (each in ("trigger-points/", "go/trigger-points/", "go/trigger-debate/")), each
        done = lived.run("verify", address, "--json")
        assert done.code == 0, done.out
        assert {f["code"] for f in done.values["findings"]} == {
            "V105"
        }  # the codes on paper open the clinic's own website


def test_the_rules_do_not_change_with_a_build(online: Workspace, second: Workspace) -> None:
    """Another style, the same rules, byte for byte; no file for a host holds the hash of a style or script."""
    one, two = ({p.name: p.read_bytes() for p in (w / "hosting").iterdir()} for w in (online, second))
    assert one.pop("patient-pages.zip") != two.pop("patient-pages.zip")
    assert one == two
    assert set(one) == {*RULES.values(), "_headers", "_redirects", "README.txt"}
    assert not any(re.search(b"sha(256|384|512)-", content) for content in one.values())


def test_only_a_website_that_is_named_may_embed_pages(online: Workspace, browser: Browser, tmp_path: Path) -> None:
    """In a frame of another website a browser refuses a page; of one in `embedded_on` it shows it. All rules say so."""
    other = tmp_path / "other"
    other.mkdir()
    with (
        nginx(other, tmp_path / "n") as embedding,
        _host("nginx", online, PREFIX, tmp_path / "no", _rules(online, PREFIX)) as closed,
    ):
        origin = embedding.rstrip("/")
        rules = _rules(online, PREFIX, (origin,))
        with _host("nginx", online, PREFIX, tmp_path / "yes", rules) as opened:
            frames = "".join(f'<iframe src="{pages}soreness/"></iframe>' for pages in (closed, opened))
            (other / "index.html").write_text(frames, encoding="utf-8")
            page = browser.new_page()
            page.goto(origin)
            assert [frame.locator("#soreness").count() for frame in page.frames[1:]] == [0, 1]
            page.close()
    for name in ("nginx.conf", "apache.htaccess", "Caddyfile", "_headers"):
        text = rules[name].decode()
        assert re.search(rf"Content-Security-Policy:? \"?frame-ancestors {origin}\"?", text), name
        assert "X-Frame-Options" not in text
    assert f"These websites may show your pages inside their own: {origin}" in rules["README.txt"].decode()


def test_websites_that_embed_are_named_in_clinic_yml(project: Workspace) -> None:
    """By host alone, in any spelling of it; what is none is refused at its line, all at once."""
    wrong = "[www.example.org, https://example.org/news/, 'https://*.example.org', https://a..example]"
    line = project.edit("clinic.yml", "embedded_on:", f"embedded_on: {wrong}")
    found = [e for e in project.json("check").errors() if "is not" in e["message"]]
    assert [(e["path"], e["line"]) for e in found] == [("clinic.yml", line)] * 4
    right = "[https://WWW.example.org/, 'http://müller.example:8080', https://www.example.org]"
    project.edit("clinic.yml", wrong, right)
    named = load_inputs(default_project(project.path)).clinic.embedded_on
    assert named == ("https://www.example.org", "http://xn--mller-kva.example:8080")


@pytest.mark.parametrize("modules", [(), *((name,) for name in MODULES if name != "filter"), ("mime", "deflate"), ("filter", "headers", "rewrite")], ids=str)  # fmt: skip
def test_apache_serves_whatever_modules_it_lacks(modules: tuple[str, ...], online: Workspace, tmp_path: Path) -> None:
    """Without any, or with only some: pages, pictures and the 404 page are sent as they are."""
    shutil.copytree(online / "public/soreness", tmp_path / "host/patients/info/soreness")
    for name in ("404.html", "index.html"):
        shutil.copy2(online / "public" / name, tmp_path / "host/patients/info" / name)
    (tmp_path / "host/patients/info/.htaccess").write_bytes((online / "hosting/apache.htaccess").read_bytes())
    with apache(tmp_path / "host", PREFIX, modules, bare=True) as address:
        for name, status in (("", 200), ("soreness/", 200), ("none", 404)):
            found = _ask(address, PREFIX + name, Accept_Encoding="gzip")
            file = {"": "index.html", "none": "404.html"}.get(name, f"{name}index.html")
            assert (found.status, found.text()) == (status, (online / "public" / file).read_bytes())


def test_below_a_wordpress_nothing_is_harmed(online: Workspace, tmp_path: Path) -> None:
    """Its rules above the pages: the pages are sent with their own headers, and WordPress's own addresses as before."""
    with ZipFile(online / "hosting/patient-pages.zip") as packed:
        packed.extractall(tmp_path / "host/patients/info")
    (tmp_path / "host/.htaccess").write_text(WORDPRESS, encoding="utf-8")
    (tmp_path / "host/index.php").write_text("WordPress", encoding="utf-8")
    files = _files(online)
    with apache(tmp_path / "host", PREFIX, (*MODULES, "rewrite"), bare=True) as address:
        for name, content in files.items():
            found = _ask(address, _target(PREFIX, name), Accept_Encoding="gzip")
            assert (found.status, found.text()) == (200, content), name
            assert {key: found.headers.get_all(key) for key in HEADERS} == {key: [v] for key, v in HEADERS.items()}
            assert found.headers["Content-Type"].lower() == TYPES[Path(name).suffix]
            assert "Expires" not in found.headers
        typed = _ask(address, PREFIX + "GO/Soreness.")
        assert (typed.status, urlsplit(typed.headers["Location"]).path) == (301, PREFIX + "go/soreness/")
        # The rule above that sends everybody to https still holds for the pages, and leads to the same page.
        secure = _ask(address, PREFIX + "soreness/", X_Forwarded_Proto="http")
        assert secure.headers["Location"] == f"https://www.example.org{PREFIX}soreness/"
        assert _ask(address, PREFIX + "no-such-page").body == b"WordPress"  # as README.txt says
        for own in ("/", "/about-us/"):
            found = _ask(address, own)
            assert found.headers["X-Parent"] == "yes"
            assert found.headers["X-Frame-Options"] == "SAMEORIGIN"
            assert found.headers["Cache-Control"] == "max-age=2592000, public"
        assert _ask(address, "/about-us/").body == b"WordPress"


def test_apache_sends_the_copies_where_that_part_is_switched_on(online: Workspace, tmp_path: Path) -> None:
    """With the # taken away from that block: the very bytes of the copy, right type and headers, also the 404 page."""
    text = (online / "hosting/apache.htaccess").read_text(encoding="utf-8")
    start, end = text.index("# <IfModule mod_rewrite.c>"), text.index("# </IfModule>")
    block = re.sub("^# ", "", text[start : end + len("# </IfModule>")], flags=re.MULTILINE)
    shutil.copytree(online / "public", tmp_path / "host/patients/info")
    (tmp_path / "host/patients/info/.htaccess").write_text(text[:start] + block + text[end + 13 :], encoding="utf-8")
    with apache(tmp_path / "host", PREFIX, (*MODULES, "rewrite"), bare=True) as address:
        for name, content in _files(online).items():
            found = _ask(address, _target(PREFIX, name), Accept_Encoding="gzip")
            assert (found.status, found.text()) == (200, content), name
            assert found.headers["Content-Type"].lower() == TYPES[Path(name).suffix], name
            if Path(name).suffix in PACKED and name != "manifest.json":
                assert found.body == (online / "public" / f"{name}.gz").read_bytes(), name
                assert found.headers["Vary"] == "Accept-Encoding"
            assert _ask(address, _target(PREFIX, name)).body == content
        wrong = _ask(address, PREFIX + "none", Accept_Encoding="gzip")
        assert (wrong.status, wrong.text()) == (404, (online / "public/404.html").read_bytes())
        assert _ask(address, PREFIX + "GO/Soreness.").status == 301


def test_each_text_has_a_copy_that_is_declared(online: Workspace) -> None:
    """Every text but the manifest itself, however short; each in the manifest; each page in ten packets of 1,460."""
    public, files = online / "public", _files(online)
    texts = {name for name in files if Path(name).suffix in PACKED} - {"manifest.json"}
    copies = {path.relative_to(public).as_posix() for path in public.rglob("*.gz")}
    assert copies == {f"{name}.gz" for name in texts}
    assert copies <= json.loads(files["manifest.json"])["files"].keys()
    for name in texts:
        packed = (public / f"{name}.gz").read_bytes()
        assert gzip.decompress(packed) == files[name]
        assert packed[3:10] == b"\0\0\0\0\0\2\xff"  # no name, no time, no system
        assert len(packed) < 14_600


def test_the_checks_accept_exactly_these_copies(online: Workspace, tmp_path: Path) -> None:
    """A copy that is its file's is fine; of another text, cut, with an end added, of no file, in brotli: found."""
    folder = tmp_path / "public"
    shutil.copytree(online / "public", folder)
    (folder / "index.html.gz").write_bytes((folder / "soreness/index.html.gz").read_bytes())
    (folder / "soreness/index.html.gz").write_bytes((folder / "soreness/index.html.gz").read_bytes()[:-9])
    with (folder / "about/index.html.gz").open("ab") as file:
        file.write(compressed(b"more"))
    (folder / "assets/none.svg.gz").write_bytes(compressed(b"<svg/>"))
    (folder / "assets/icon.svg.br").write_bytes(b"x")
    found = {e["path"] for e in online.json("check", "--site", str(folder)).errors() if e["code"] == "O102"}
    assert found - {"manifest.json"} == {"index.html.gz", "soreness/index.html.gz", "about/index.html.gz", "assets/none.svg.gz", "assets/icon.svg.br"}  # fmt: skip


def test_copies_are_made_again_and_never_kept() -> None:
    """A copy that comes in with the files is replaced by one of the file as it is now; one of no file goes."""
    old = [Artefact("a.html", b"new", "pages"), Artefact("a.html.gz", compressed(b"old"), "compressed"),
           Artefact("b.html.gz", compressed(b"gone"), "compressed"), Artefact("c.png", b"c", "pictures")]  # fmt: skip
    made = with_copies(old, Kept())
    assert [(f.path, f.maker) for f in made] == [
        ("a.html", "pages"),
        ("c.png", "pictures"),
        ("a.html.gz", "compressed"),
    ]
    assert gzip.decompress(made[-1].content) == b"new"
    assert with_copies(made, Kept()) == made
    undeclared = [Artefact(f.path, f.content, "" if f.maker == "compressed" else f.maker) for f in made]
    assert declared_copies(undeclared) == made
    assert declared_copies([*old[:1], Artefact("a.html.gz", b"not gzip", "")])[1].maker == ""


def test_the_zip_file_is_the_published_folder_for_apache(online: Workspace) -> None:
    """All published files but the copies, and .htaccess: in order, readable by all, of the day before."""
    with ZipFile(online / "hosting/patient-pages.zip") as packed:
        assert packed.testzip() is None
        held = {entry.filename: packed.read(entry) for entry in packed.infolist()}
        assert list(held) == sorted(held)
        for entry in packed.infolist():
            assert (entry.create_system, entry.external_attr >> 16) == (3, 0o100644)
            assert date(*entry.date_time[:3]) == date.fromisoformat(TODAY) - timedelta(days=1)
    assert held == _files(online) | {".htaccess": (online / "hosting/apache.htaccess").read_bytes()}


def test_the_zip_file_has_the_same_bytes_and_no_stale_mark() -> None:
    """In whatever order files come; but a page corrected on the same day in one digit has another time of day.

    Servers make a page's mark of day, time and length: a browser would else be told that its old page is still right.
    """
    files = [Artefact("b.html", b"5 days", "pages"), Artefact("a/é.html", b"x", "pages")]
    once = archive(files, b"rules", date(2026, 11, 22))
    assert archive(files[::-1], b"rules", date(2026, 11, 22)) == once
    corrected = archive([Artefact("b.html", b"3 days", "pages"), files[1]], b"rules", date(2026, 11, 22))

    def times(content: bytes) -> dict[str, tuple[int, ...]]:
        return {entry.filename: entry.date_time for entry in ZipFile(io.BytesIO(content)).infolist()}

    assert times(once).keys() == {".htaccess", "a/é.html", "b.html"}
    assert times(once)["b.html"] != times(corrected)["b.html"]
    assert times(once)["a/é.html"] == times(corrected)["a/é.html"]
    assert ZipFile(io.BytesIO(archive(files, b"", date(1970, 1, 1)))).testzip() is None


def test_the_lines_for_hosts_that_read_headers(online: Workspace) -> None:
    """One path with all headers, each "Name: value" indented below it, as Netlify and Cloudflare Pages read them."""
    lines = [x for x in (online / "hosting/_headers").read_text(encoding="utf-8").splitlines() if x and x[0] != "#"]
    assert lines[0] == "/patients/info/*"
    assert all(line.startswith("  ") for line in lines[1:])
    sent = dict(line.strip().split(": ", 1) for line in lines[1:])
    assert sent.items() >= HEADERS.items()
    assert len(sent) == len(lines) - 1 == len(HEADERS) + 1
    assert max(map(len, lines)) < 2000  # Cloudflare Pages reads no more
    last = (online / "hosting/_redirects").read_text(encoding="utf-8").splitlines()[-1]
    assert last == "/patients/info/* /patients/info/404.html 404"
    assert " 404\n" not in _rules(online, "/")["_redirects"].decode()


@pytest.mark.parametrize("name", [*RULES.values(), "_headers", "_redirects"])
def test_each_file_says_what_it_is(name: str, online: Workspace) -> None:
    """Its first lines tell whoever opens it what it is for, and that an edit is lost."""
    head = (online / "hosting" / name).read_text(encoding="utf-8").splitlines()[:4]
    assert "Made by Patient Pages" in head[0]
    assert "an edit here is lost" in head[0]
    assert head[1].startswith("# For ")
    assert PREFIX in "".join(head[1:])


def test_the_page_of_advice_names_every_file_and_is_one_page(online: Workspace) -> None:
    """README.txt fits on a printed page, names each file beside it, and has the clinic's own address."""
    text = (online / "hosting/README.txt").read_text(encoding="utf-8")
    names = {path.name for path in (online / "hosting").iterdir()} - {"README.txt"}
    assert all(name in text for name in names)
    assert "https://www.example.org/patients/info/" in text
    assert len(text.splitlines()) <= 60
    assert max(map(len, text.splitlines())) <= 90
