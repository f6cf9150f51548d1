"""Ways to get it wrong, a row each: what is done to a project, what is run, how it ends, and what is said.

Whatever is done, no program of the project's runs, nothing from outside it reaches the site or the message, a refused
build leaves every file as it was, and the message says where. More of them: malformed and wrong values in
test_bad_input.py, disks, rights, kills and builds at once in test_exchange.py, edited records in test_published.py,
edited sites in test_site_checks.py, machines in test_setup.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT, TODAY, Workspace, copy_project

Do = Callable[[Workspace], object]
PAGE = "docs/en/soreness.md"
_NAME = 'name: "[Name of your clinic]"'
_NAV = "      - soreness.md\n"
_PLAN = "      - treatment-plan.md\n"
_PAGES = sorted(path.stem for path in (ROOT / "docs/en").glob("*.md") if path.stem not in ("index", "search"))
_MARKS = "<<<<<<< HEAD\nours: 1\n=======\ntheirs: 1\n>>>>>>> theirs\n"
_SECRET = "SECRET-OF-ANOTHER-FOLDER"
_EVIL = "from pathlib import Path\nPath(__file__).with_name('canary').write_text('x')\n"
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}>{}<circle r="1"/></svg>'
_RUN = "!!python/object/apply:os.system ['touch canary']"


@dataclass(frozen=True)
class Wrong:
    """One way to get it wrong."""

    name: str
    do: Do
    code: int
    says: tuple[str, ...]  # "@1" stands for the line after the first that was edited
    command: tuple[str, ...] = ("build", "--today", TODAY)
    environment: tuple[tuple[str, str], ...] = ()


def _add(text: str, file: str = PAGE) -> Do:
    """Put a text at the end of a file."""
    return lambda project: (project / file).write_text(
        (project / file).read_text(encoding="utf-8") + text, encoding="utf-8"
    )


def _edit(file: str, old: str, new: str) -> Do:
    return lambda project: project.edit(file, old, new)


def _bytes(file: str, change: Callable[[bytes], bytes]) -> Do:
    return lambda project: (project / file).write_bytes(change((project / file).read_bytes()))


def _new(file: str, content: str, *then: Do) -> Do:
    """Write a new file, and go on."""

    def do(project: Workspace) -> None:
        (project / file).parent.mkdir(parents=True, exist_ok=True)
        (project / file).write_text(content, encoding="utf-8")
        for each in then:
            each(project)

    return do


def _twin(name: str) -> Do:
    """Add a copy of a page under another name."""
    return lambda project: (project / name).write_bytes((project / PAGE).read_bytes())


def _link(file: str, target: str) -> Do:
    """Put a link in the place of a file; the target is seen from the folder that holds the project."""
    return lambda project: (project / file).symlink_to(project.path.parent / target)


def _moved(folder: str) -> Do:
    """Move a folder out of the project, and leave a link to it."""

    def do(project: Workspace) -> None:
        (project / folder).rename(project.path.parent / "elsewhere")
        (project / folder).symlink_to(project.path.parent / "elsewhere")

    return do


def _nothing(_: Workspace) -> None:
    """Leave the project as it is."""


def _conflict(file: str) -> Wrong:
    return Wrong(f"conflict in {file}", _add(_MARKS, file), 2, (f"{file}:", "git has left the marks of a conflict"))


def _carried(*rows: tuple[str, ...]) -> list[Wrong]:
    """Return rows for (name, text that a page carries, what is said of it): each has a page of its own."""
    return [
        Wrong(name, _add(f"\n{text}\n", f"docs/en/{page}.md"), 1, (f"{page}/index.html", *says))
        for page, (name, text, *says) in zip(_PAGES[: len(rows)], rows, strict=True)
    ]


def _refused(out: str, why: str) -> Wrong:
    return Wrong(f"--out {out}", _nothing, 2, (why,), ("build", "--out", out))


def _setting(name: str, new: str, code: int, *says: str, then: Do = _nothing) -> Wrong:
    return Wrong(name, lambda p: (p.edit("mkdocs.yml", "plugins: []", new), then(p)), code, ("mkdocs.yml:", *says))


def _day(name: str, value: str, *says: str) -> Wrong:
    return Wrong(name, _nothing, 2, says, ("build",), (("SOURCE_DATE_EPOCH", value),))


_ROWS = [
    # --- clinic.yml ---
    Wrong("a name with tags", _edit("clinic.yml", _NAME, 'name: "<script>alert(1)</script> & <img src=x onerror=y>"'), 2, ("clinic.yml:", "< or > in it")),
    Wrong("a name with signs of HTML", _edit("clinic.yml", _NAME, 'name: "A &lt;script&gt;alert(1)&lt;/script&gt; & Co"'), 0, ("0 errors",)),
    Wrong("a name with a template's signs", _edit("clinic.yml", _NAME, 'name: "{{ 7 * 7 }} {% raw %}"'), 0, ("0 errors",)),
    Wrong("a name of five million letters", _edit("clinic.yml", _NAME, f'name: "{"x" * 5_000_000}"'), 2, ("clinic.yml:", "At most 200 signs")),
    Wrong("indented one too far", _edit("clinic.yml", 'phone: "[', ' phone: "['), 2, ("clinic.yml:@0", "not valid YAML", "indentation")),
    Wrong("a tab", _edit("clinic.yml", 'phone: "[', '\tphone: "['), 2, ("clinic.yml:@0", "spaces, not with the tab key")),
    Wrong("a key twice", _edit("clinic.yml", _NAME, f"{_NAME}\n{_NAME}"), 2, ("clinic.yml:@1", "stands here twice", "line @0")),
    Wrong("a way out in the website", _edit("clinic.yml", 'website: "[The', 'website: "https://www.example.org/../../etc" # "[The'), 2, ("clinic.yml:@0", "not a full web address")),
    Wrong("a way out in a language", _edit("clinic.yml", "languages: [en]", 'languages: ["../en"]'), 2, ("clinic.yml:@0", "not a language code")),
    Wrong("a tag that runs a program, clinic", _edit("clinic.yml", _NAME, f"name: {_RUN}"), 2, ("clinic.yml:@0",)),
    Wrong("entries that multiply", _edit("clinic.yml", "languages:", "a: &a [x, x]\nb: &b [*a, *a]\nlanguages:"), 2, ("clinic.yml:@1", "with a star")),
    Wrong("a key that merges", _edit("clinic.yml", "languages:", "<<: {phone: x}\nlanguages:"), 2, ("clinic.yml:@0", '"<<" is not known')),
    Wrong("10,000 deep", _bytes("clinic.yml", lambda _: b"a: " + b"[" * 10_000 + b"]" * 10_000), 2, ("clinic.yml:1",)),
    Wrong("10,000 deep, not closed", _bytes("clinic.yml", lambda _: b"a: " + b"{a: " * 10_000), 2, ("clinic.yml:", "not valid YAML")),
    Wrong("40 MB", _add("#" + "x" * 40_000_000, "clinic.yml"), 2, ("clinic.yml:1", "40.0 million bytes")),
    Wrong("BOM and CRLF", _bytes("clinic.yml", lambda b: b"\xef\xbb\xbf" + b.replace(b"\n", b"\r\n")), 0, ("0 errors",)),
    Wrong("Latin-1", _bytes("clinic.yml", lambda b: b.replace(b"[Name of", "[Müller, ".encode("latin-1"))), 2, ("clinic.yml:", "not UTF-8")),
    Wrong("UTF-16", _bytes("clinic.yml", lambda b: b.decode().encode("utf-16")), 2, ("clinic.yml:1", "UTF-16")),
    Wrong("NUL", _bytes("clinic.yml", lambda b: b + b"\x00"), 2, ("clinic.yml:", "not valid YAML")),
    # --- mkdocs.yml ---
    _setting("a hook", "hooks: [evil.py, ../../evil.py]", 2, '"hooks" is not used here', then=_new("evil.py", _EVIL)),
    _setting("a hook from another file", "INHERIT: base.yml", 2, '"INHERIT" is not used here', then=_new("base.yml", f"extra: {_RUN}\nhooks: [evil.py]", _new("evil.py", _EVIL))),
    _setting("a tag that runs a program, mkdocs", f"plugins: []\nextra: {_RUN}", 2, '"extra" should be plain text'),
    _setting("a tag that reads the environment", "plugins: []\ncopyright: !ENV [HOME]", 2, '"copyright" should be'),
    _setting("a plugin that is not there", "plugins: [nosuch]", 2, "nosuch"),
    Wrong("an extension of the folder", _new("evil.py", _EVIL, _edit("mkdocs.yml", "  - tables", "  - tables\n  - evil")), 2, ("mkdocs.yml:", '"evil" is a program in this folder')),
    Wrong("pages that take in other files", _edit("mkdocs.yml", "  - tables", "  - tables\n  - pymdownx.snippets: {base_path: [../..]}"), 2, ("mkdocs.yml:", "pymdownx.snippets", "{{ section:")),
    Wrong("another theme", _edit("mkdocs.yml", "name: material", "name: readthedocs"), 2, ("mkdocs.yml:@0", 'theme "material"')),
    Wrong("docs_dir of everything", _edit("mkdocs.yml", "docs_dir: docs/en", "docs_dir: ../.."), 0, ("0 errors",)),
    Wrong("a page twice in nav", _edit("mkdocs.yml", _NAV, _NAV * 2), 2, ("mkdocs.yml:@1", "twice", "line @0")),
    Wrong("a page not in nav", _edit("mkdocs.yml", _NAV, ""), 1, (f"{PAGE}:1", "not in nav")),
    Wrong("nav is a word", _edit("mkdocs.yml", "nav:\n", "nav: none\nx:\n"), 2, ("mkdocs.yml:",)),
    _setting("a tag with a wrong value", "plugins: []\nextra: !!timestamp soon", 2, '"extra" should be'),
    Wrong("an extension with no end", _edit("mkdocs.yml", "  - tables", f"  - {'x' * 5000}"), 2, ("mkdocs.yml:1", "could not be built")),
    Wrong("words of no language", _edit("standard/en/phrases.yml", "language: english", "language: englsh"), 2, ("standard/en/phrases.yml:", 'Did you mean "english"')),
    Wrong("a swap that cannot be looked for", _edit("standard/en/phrases.yml", 'replace: "the same day"', 'replace: "(the same day"'), 2, ("standard/en/phrases.yml:@0", "cannot be looked for")),
    Wrong("a line that only YAML would end", _edit("clinic.yml", "profession: physiotherapist", 'profession: "a\u2028b"\nnosuch: x'), 2, ("clinic.yml:@1", '"nosuch" is not known')),
    # --- pictures (the logo: test_clinic.py) ---
    Wrong("a picture of 20 MB", _new("docs/en/photo.png", "x" * 20_000_000), 2, ("docs/en/photo.png:1", "20.0 million bytes")),
    # --- a page ---
    Wrong("a template's include", _edit(PAGE, "{{ fact: soreness-lasts, short }}", "{% include '../../../secret.txt' %}"), 1, (PAGE,)),
    Wrong("a way out in an insert", _edit(PAGE, "{{ fact: soreness-lasts, short }}", "{{ section: ../../../secret }}"), 1, (f"{PAGE}:@0", "is not an insert")),
    Wrong("a tag that runs a program, page", _edit(PAGE, "kind: reaction", f"kind: {_RUN}"), 1, (f"{PAGE}:@0",)),
    Wrong("front matter that does not end", _edit(PAGE, "\n---\n\n!!! in-short", "\n\n!!! in-short"), 2, (f"{PAGE}:1", "does not end")),
    Wrong("UTF-16, page", _bytes(PAGE, lambda b: b.decode().encode("utf-16")), 2, (f"{PAGE}:1", "UTF-16")),
    Wrong("NUL, page", _bytes(PAGE, lambda b: b + b"\x00"), 2, (f"{PAGE}:", "NUL")),
    Wrong("50 MB, page", _add("A sentence.\n\n" * 4_000_000), 2, (f"{PAGE}:1", "million bytes")),
    Wrong("100,000 lines", _add("Some words.\n" * 100_000), 2, (f"{PAGE}:1", "million bytes")),
    Wrong("a line of 10 MB", _add("word " * 2_000_000), 2, (f"{PAGE}:1", "million bytes")),
    Wrong("10,000 brackets", _add("\n" + "[" * 10_000 + "x" + "]" * 10_000), 2, (f"{PAGE}:", "too many of one sign")),
    Wrong("10,000 quotations deep", _add("\n" + ">" * 10_000 + " x"), 2, (f"{PAGE}:", "too many of one sign")),
    Wrong("10,000 stars", _add("\n" + "*" * 10_000 + "x" + "*" * 10_000), 2, (f"{PAGE}:", "too many of one sign")),
    Wrong("lists 300 deep", _add("\n" + "".join("    " * i + "- x\n" for i in range(300))), 2, (PAGE, "nested too deeply")),
    # --- files and folders ---
    Wrong("no index.md", lambda p: (p / "docs/en/index.md").unlink(), 1, ("mkdocs.yml:13", '"index.md"')),
    Wrong("a folder called page.md", lambda p: (p / "docs/en/page.md").mkdir(), 2, ("docs/en/page.md:1", "is a folder")),
    Wrong("a page that is a link to outside", _link("docs/en/extra.md", "secret.txt"), 2, ("docs/en/extra.md:1", "a link to something elsewhere")),
    Wrong("a picture that is a link to outside", _link("docs/en/leak.svg", "secret.txt"), 2, ("docs/en/leak.svg:1", "a link to something elsewhere")),
    Wrong("an asset that is a link to outside", _link("overrides/assets/leak.svg", "secret.txt"), 2, ("overrides/assets/leak.svg:1", "a link to something elsewhere")),
    Wrong("a folder that is a link to itself", _link("docs/en/loop", "clone/docs/en"), 2, ("docs/en/loop:1", "a link to something elsewhere")),
    Wrong("a page that is a link to itself", _link("docs/en/loop.md", "clone/docs/en/loop.md"), 2, ("docs/en/loop.md:1",)),
    *(Wrong(f"{folder} is a link", _moved(folder), 0, ("0 errors",)) for folder in ("docs", "standard", "overrides")),
    *map(_conflict, ("clinic.yml", "mkdocs.yml", PAGE, "docs/en/_words.yml", "standard/topics.yml", "standard/facts.yml", "standard/sources.yml",
                     "standard/emergency.yml", "standard/messages.yml", "standard/en/words.yml", "standard/en/phrases.yml",
                     "standard/en/claims.yml", "standard/en/figures.yml", "staff/emails.yml", "staff/reader-test.yml",
                     "records/published.yml", "records/signed.yml", "overrides/honours.yml")),
    Wrong("a record twice", _bytes("records/signed.yml", lambda b: b + b), 2, ("records/signed.yml:", "stands here twice")),
    # --- what is typed, and the clock ---
    *(_refused(out, "would be replaced as a whole") for out in (".", "/", "", "docs/en/new", "records/new", "scripts/x", "staff", ".build", "home")),
    _refused("clinic.yml/x", "Not a directory"),
    _refused("x" * 300, "too long"),
    _day("a clock that says words", "yesterday", "SOURCE_DATE_EPOCH", "not a number of seconds"),
    _day("a clock far ahead", "9" * 30, "SOURCE_DATE_EPOCH", "not a number of seconds"),
    _day("a clock at nought", "0", "1970-01-01 cannot be today"),
    _day("a clock in milliseconds", "1795305600000", "SOURCE_DATE_EPOCH"),
    Wrong("the year 9999", _nothing, 2, ("9999-12-31 cannot be today",), ("build", "--today", "9999-12-31")),
    Wrong("the year 1", _nothing, 2, ("0001-01-01 cannot be today",), ("build", "--today", "0001-01-01")),
    Wrong("a draft that is not there", _nothing, 2, ("nosuch.md:1", "the page is missing"), ("topics", "nosuch.md")),
    Wrong("a code that is a path", _nothing, 2, ("no published text has the code",), ("version", "../../secret.txt")),
    Wrong("a sign-off of a path", _nothing, 2, ('"../secret" is no page',), ("sign", "../secret", "--name", "A", "--role", "b", "--evidence", "c")),
]  # fmt: skip

# These do not stand in each other's way: all are done to one project, and each finding is told beside the others.
_TOGETHER = [
    # --- mkdocs.yml, from top to bottom: each has the line that it had when it was written ---
    Wrong("a way out in nav", _edit("mkdocs.yml", _NAV, f"{_NAV}      - ../../../secret.txt\n"), 1, ("mkdocs.yml:@1", "not in the pages")),
    Wrong("nav names no page", _edit("mkdocs.yml", _PLAN, f"{_PLAN}      - treatment-pla.md\n"), 1, ("mkdocs.yml:@1", 'Did you mean "treatment-plan.md"')),
    Wrong("an option that is not honoured", _edit("mkdocs.yml", "  favicon:", "  features: [navigation.tabs]\n  favicon:"), 1, ("mkdocs.yml:@0", "features.navigation.tabs")),
    Wrong("a logo where it is not read", _edit("mkdocs.yml", "  favicon:", "  logo: ../../../secret.txt\n  favicon:"), 1, ("mkdocs.yml:@0", "The logo stands in clinic.yml")),
    _setting("a plugin that is not honoured", "plugins: [search]", 1, 'do not honour "plugins: search"'),
    Wrong("a script for every page", _add("\nextra_javascript: [https://evil.example/x.js]\n", "mkdocs.yml"), 1, ("mkdocs.yml:", "do not honour \"extra_javascript")),
    Wrong("analytics", _add("\nextra: {analytics: {provider: google, property: G-1}}\n", "mkdocs.yml"), 1, ("mkdocs.yml:", 'do not honour "extra: analytics"')),
    # --- pictures ---
    Wrong("a drawing with a script", _new("docs/en/script.svg", _SVG.format("", "<script>alert(1)</script>")), 1, ("script.svg", "a script")),
    Wrong("a drawing with a handler", _new("docs/en/handler.svg", _SVG.format('onload="alert(1)"', "")), 1, ("handler.svg", "the attribute onload")),
    Wrong("a drawing that leads away", _new("docs/en/away.svg", _SVG.format("", '<a xlink:href="javascript:alert(1)"/>')), 1, ("away.svg", 'begins with "javascript:"')),
    # --- what a page carries, each on a page of its own ---
    *_carried(
        ("a script", "<script>alert(1)</script>", "a script"),
        ("a handler", '<p onclick="alert(1)">Words.</p>', "the attribute onclick"),
        ("a handler in Markdown", 'Words.\n{ onclick="alert(1)" }', "the attribute onclick"),
        ("a link that runs", "[Read the words](javascript:alert(1))", 'begins with "javascript:"'),
        ("a link that runs, disguised", '<a href="java&#10;script:alert(1)">Read the words</a>', 'begins with "javascript:"'),
        ("a link that holds a page", "[Read the words](data:text/html,x)", 'begins with "data:"'),
        ("a link into the reader's disk", "[Read the words](file:///etc/passwd)", 'begins with "file:"'),
        ("an older script", "[Read the words](vbscript:x)", 'begins with "vbscript:"'),
        ("a picture from elsewhere", "![A picture of it](https://evil.example/x.png)", "fetches from another host"),
        ("a picture from elsewhere, short", "![A picture of it](//evil.example/x.png)", "fetches from another host"),
        ("a frame", '<iframe src="soreness.html"></iframe>', "<iframe>"),
        ("a form", '<form action="/send"><input name="pain"></form>', "<form>"),
        ("an object", '<object data="x.swf"></object>', "<object>"),
        ("a refresh", '<meta http-equiv="refresh" content="0;url=https://evil.example">', "fetches from another host"),
        ("a base", '<base href="https://evil.example/">', "evil.example"),
        ("a style", "<style>main { display: none }</style>"),
        ("a style that fetches", '<p style="background: url(https://evil.example/x)">Words.</p>', "evil.example"),
    ),
    # --- files ---
    Wrong("a name with spaces", _twin("docs/en/my new page.md"), 1, ("docs/en/my new page.md:1",)),
    Wrong("a name with an umlaut", _twin("docs/en/müdigkeit.md"), 1, ("docs/en/müdigkeit.md:1", "not in nav")),
    Wrong("names that differ by case", _twin("docs/en/Soreness.md"), 1, ("docs/en/Soreness.md:1",)),
]  # fmt: skip
assert len({row.name for row in (*_ROWS, *_TOGETHER)}) == len(_ROWS) + len(_TOGETHER) >= 90


def _files(folder: Path) -> dict[str, bytes | str]:
    """Everything in a folder, but for what is made on the way."""
    made = {".build", "report", ".site.work"}
    found: dict[str, bytes | str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = str(path.readlink())
        elif not made & {*path.relative_to(folder).parts[:2]}:
            found[name] = path.read_bytes() if path.is_file() else "a folder"
    return found


def _told(rows: Sequence[Wrong], folder: Path) -> tuple[str, list[list[str]]]:
    """Do what these rows say to a project below a folder, and run their command, which must end as they say.

    Return what was said, and what each row awaits. Nothing may have run, leaked or been lost.
    """
    project = copy_project(folder / "clone")
    (folder / "secret.txt").write_text(_SECRET, encoding="utf-8")
    for name in ("site/index.html", "home/diary.txt", "scripts/x/notes.txt"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text("as it was", encoding="utf-8")
    before = _files(folder)
    awaited = []
    for row in rows:
        untouched, line = before, row.do(project)
        before = _files(folder) if row.do is not _nothing else before
        assert row.do is _nothing or before != untouched, "nothing was got wrong"
        awaited.append([_with_line(words, line) for words in row.says])
    ((command, code),) = {(row.command, row.code) for row in rows}
    run = project.run(*command)
    told = run.out + run.err
    assert run.code == code, told
    assert "Traceback" not in told
    after = _files(folder)
    assert not any(name.endswith("canary") for name in after), "a program of the project's was run"
    assert _SECRET not in told
    site = {name for name in after if name.startswith("clone/site/")}
    assert not [name for name in site if isinstance(text := after[name], bytes) and _SECRET.encode() in text]
    if code:
        assert after == before, "a refused build changed a file"
    else:
        assert {name: after[name] for name in before if name not in site} == {
            n: c for n, c in before.items() if n not in site
        }
        assert after["clone/site/index.html"] != b"as it was"
        assert b"<script>alert" not in b"".join(
            c for c in after.values() if isinstance(c, bytes) and b"<!doctype" in c[:20]
        )
    return told, awaited


def _with_line(words: str, line: object) -> str:
    return re.sub(r"@(\d)", lambda at: str(line + int(at[1])) if isinstance(line, int) else "?", words)


@pytest.mark.parametrize("wrong", _ROWS, ids=lambda row: row.name[:60])
def test_a_way_to_get_it_wrong(wrong: Wrong, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends as it should and says where; nothing ran, nothing leaked, and nothing is lost."""
    for name, value in wrong.environment:
        monkeypatch.setenv(name, value)
    told, (awaited,) = _told([wrong], tmp_path)
    assert [words for words in awaited if words not in told] == [], told


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], dict[str, list[str]]]:
    """The findings of a project in which all of _TOGETHER was got wrong, and what each row of it awaits in one."""
    told, awaited = _told(_TOGETHER, tmp_path_factory.mktemp("together"))
    return re.split(r"\n(?=\S)", told), {row.name: each for row, each in zip(_TOGETHER, awaited, strict=True)}


@pytest.mark.parametrize("name", [row.name for row in _TOGETHER])
def test_one_of_many_ways_to_get_it_wrong(name: str, together: tuple[list[str], dict[str, list[str]]]) -> None:
    """Beside many others it is told as it is alone: one finding has the place and the reason."""
    findings, awaited = together
    assert [told for told in findings if all(words in told for words in awaited[name])], "\n".join(findings)
