"""records/published.yml: commands alone write it, nothing in it can be lost in silence, and two clones can be merged."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from patientpages.model import Entry, Place
from patientpages.records import add_entries
from tests.conftest import ROOT, TODAY, Run, Workspace, copy_project, fingerprint

LEDGER = "records/published.yml"
DAY = ("--today", TODAY)


def _clinic(folder: Path) -> Workspace:
    """Copy the project, with a clinic that has a website."""
    project = copy_project(folder)
    shutil.copy2(ROOT / "tests/clinics/example.yml", project / "clinic.yml")
    shutil.copy2(ROOT / ".gitattributes", project / ".gitattributes")
    return project


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A project whose addresses are on record."""
    project = _clinic(tmp_path_factory.mktemp("recorded") / "clone")
    done = project.run("links", "record", *DAY)
    assert done.code == 0, done.out
    return project


@pytest.fixture
def published(recorded: Workspace, copy_of: Callable[[Workspace, Path], Workspace], tmp_path: Path) -> Workspace:
    """A copy of it, to change."""
    return copy_of(recorded, tmp_path / "clone")


def _lines(project: Workspace) -> list[str]:
    return (project / LEDGER).read_text(encoding="utf-8").splitlines()


def _rename(project: Workspace, formerly: str = "") -> int:
    """Give a heading of the page on what it is another id; return its line."""
    return project.edit("docs/en/dry-needling.md", "{ #good-and-harm }", f"{{ #good-harm{formerly} }}")


def test_everything_that_is_served_is_on_record(recorded: Workspace) -> None:
    """Each page, place, short address and QR code, with its day, and the full words of every page and message."""
    text = (recorded / LEDGER).read_text(encoding="utf-8")
    for line in ('kind: "page", language: "en", address: "./"', 'kind: "anchor", language: "en", address: "soreness/#call-us"',
                 'kind: "short", language: "en", address: "go/soreness/", to: "soreness/#soreness"',
                 'kind: "code", language: "en", address: "https://www.example.org/patients/info/go/soreness/"'):  # fmt: skip
        assert f"on: {TODAY}, {line}" in text
    codes = re.findall(r'kind: "version".*text: "(.{9})"', text)
    assert len(codes) == len(set(codes)) == 20 + 2 * 6
    assert {path.name[:9] for path in (recorded / "records/versions").iterdir()} == set(codes)


def test_nothing_is_recorded_twice(published: Workspace) -> None:
    """A second record of the same pages changes no byte, and says so."""
    before = fingerprint(published / "records")
    done = published.run("links", "record", *DAY)
    assert done.code == 0
    assert "nothing new" in done.out
    assert fingerprint(published / "records") == before


def test_records_grow_only_at_the_end(published: Workspace) -> None:
    """After a change, the lines that were there are there, in their order; what is new follows."""
    before = _lines(published)
    _rename(published, ' formerly="good-and-harm"')
    assert published.run("links", "record", *DAY).code == 0
    after = _lines(published)
    assert after[: len(before)] == before
    added = "\n".join(after[len(before) :])
    assert 'kind: "anchor", language: "en", address: "dry-needling/#good-harm"' in added
    assert (
        'kind: "moved", language: "en", address: "dry-needling/#good-and-harm", to: "dry-needling/#good-harm"' in added
    )


@pytest.mark.parametrize("verb", [("check",), ("build",), ("links", "verify")])
def test_a_lost_address_fails_every_check(verb: tuple[str, ...], published: Workspace) -> None:
    """A heading loses its id: check, build and verify name the address, when it was published, and where it likely is."""
    _rename(published)
    done = published.run(*verb, *DAY)
    assert done.code == 1
    assert f"dry-needling/#good-and-harm would answer nothing: it was published on {TODAY}" in done.out
    assert 'docs/en/dry-needling.md: ## Words { #good-harm formerly="good-and-harm" }' in done.out
    published.edit("docs/en/dry-needling.md", "{ #good-harm }", '{ #good-harm formerly="good-and-harm" }')
    assert published.run(*verb, *DAY).code == 0


def test_who_relies_on_a_lost_address_is_named(published: Workspace) -> None:
    """The section behind a short address goes: the finding names the messages and the QR code that carry it."""
    for name in ("docs/en/before-your-visit.md", "standard/topics.yml", "standard/messages.yml", "staff/emails.yml"):
        text = (published / name).read_text(encoding="utf-8")
        renamed = re.sub(r"(?<!      - id: )needle-fear(?!:)", "fear-of-needles", text)
        (published / name).write_text(renamed, encoding="utf-8")
    folder = published / "standard/en/phrases"
    (folder / "needle-fear.yml").rename(folder / "fear-of-needles.yml")
    for path in (published / "docs/en").glob("*.md"):
        path.write_text(path.read_text(encoding="utf-8").replace("#needle-fear", "#fear-of-needles"), encoding="utf-8")
    words = published / "standard/en/words.yml"
    words.write_text(words.read_text(encoding="utf-8").replace("#needle-fear", "#fear-of-needles"), encoding="utf-8")
    done = published.run("links", "verify", *DAY)
    assert done.code == 1
    assert "before-your-visit/#needle-fear would answer nothing" in done.out
    assert 'it stands in the message "afraid", the message "afraid, SMS", a QR code' in done.out
    published.edit(
        "docs/en/before-your-visit.md", "{ #fear-of-needles }", '{ #fear-of-needles formerly="needle-fear" }'
    )
    done = published.run("build", "--as-if-published", "--out", "tried", *DAY)
    assert done.code == 0, done.out
    old, new = (published / f"tried/go/{name}/index.html" for name in ("needle-fear", "fear-of-needles"))
    article = re.compile(r"<h1>.*?</h1>")
    assert article.findall(old.read_text(encoding="utf-8")) == article.findall(new.read_text(encoding="utf-8"))


def _edited(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


_SPOILT: dict[str, tuple[Callable[[str], str], str]] = {
    "a line changed by hand": (_edited('address: "soreness/"', 'address: "sorenes/"'), "a line was changed by hand"),
    "a day changed by hand": (_edited("on: 2026-11-22", "on: 2025-11-22"), "a line was changed by hand"),
    "a line removed": (lambda text: re.sub(r'- .*address: "soreness/"}\n', "", text), "lines were lost or added"),
    "a line added": (
        lambda text: re.sub(r"(- .*)(\"soreness/\"}\n)", r'\1\2\1"new/"}' + "\n", text), "lines were lost or added"),
    "a line twice": (lambda text: re.sub(r'(- .*address: "soreness/"}\n)', r"\1\1", text), "this line stands twice"),
    "the whole file twice": (lambda text: text + text, '"version" stands here twice'),
    "cut in a line": (lambda text: text[:-40], "it was cut short"),
    "cut after a line": (lambda text: text[: text.rindex("- {")], "cut short while it was written"),
    "emptied": (lambda text: text[: text.index("- {")], "no address is on record"),
    "a conflict": (
        lambda text: text + "<<<<<<< ours\n- {a: b}\n=======\n- {a: c}\n>>>>>>> theirs\n", "the marks of a conflict"),
    "of a newer version": (_edited("version: 1", "version: 2"), "written by a newer version"),
    "no YAML": (lambda text: text + "\t}{\n", "not valid YAML"),
    "an unknown kind": (_edited('kind: "page"', 'kind: "leaflet"'), '"leaflet" is not a kind'),
}  # fmt: skip


@pytest.mark.parametrize("how", _SPOILT)
def test_a_spoilt_ledger_is_told_and_left_as_it_is(how: str, published: Workspace) -> None:
    """Whatever happened to the file: a clear error with its line, from every command, and nothing is overwritten."""
    spoil, words = _SPOILT[how]
    file = published / LEDGER
    text = file.read_text(encoding="utf-8")
    spoilt = spoil(text)
    assert spoilt != text
    file.write_text(spoilt, encoding="utf-8")
    before = fingerprint(published / "records")
    for verb in (("links", "record"), ("links", "withdraw", "soreness/", "--reason", "It was wrong."), ("check",)):
        done = published.run(*verb, *DAY)
        assert done.code == 2, done.out
        assert words in done.out
        assert re.search(r"^records/(published\.yml|versions)(:\d+)?  D00\d", done.out, re.MULTILINE), done.out
    assert fingerprint(published / "records") == before


def test_words_of_a_version_that_were_changed_are_told(published: Workspace) -> None:
    """The kept words of a page no longer give its code: the file is named; a missing one is, too."""
    code = re.findall(r'address: "soreness/", .*text: "(.*?)"', (published / LEDGER).read_text(encoding="utf-8"))[0]
    (file,) = (published / "records/versions").glob(f"{code}.*.yml")
    text = file.read_text(encoding="utf-8")
    for old, new in (("sore", "sure"), ("at: top", "at: tops"), ("title: ", "title: Not ")):
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        done = published.run("check", *DAY)
        assert done.code == 2
        assert f"these words are not those of {code}" in done.out
    file.unlink()
    assert f"the words of {code} are missing" in published.run("check", *DAY).out


def test_a_kill_while_it_is_written_leaves_the_old_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At each step of an addition: the file that commands read is the old one or the new one, whole."""
    folder = tmp_path / "records"
    folder.mkdir()
    shutil.copy2(ROOT / LEDGER, folder)
    entry = Entry("page", "soreness/", "en", date(2026, 1, 1), Place(LEDGER))
    before = (folder / "published.yml").read_bytes()

    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    for name in ("os.fsync", "pathlib.Path.replace"):
        with monkeypatch.context() as patched:
            patched.setattr(name, die)
            with pytest.raises(Killed):
                add_entries(folder, "records", [entry])
        assert (folder / "published.yml").read_bytes() == before
    add_entries(folder, "records", [entry])
    assert (folder / "published.yml").read_bytes().startswith(before)


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    identity = ("-c", "user.name=Test Signatory", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main")
    return subprocess.run(["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("first", [True, False], ids=["never published before", "published before"])
def test_two_clones_that_both_published_merge_without_losing_a_line(first: bool, tmp_path: Path) -> None:
    """Each adds a page of its own and records it; git merges them by itself, and the merged ledger is whole."""
    here, there = _clinic(tmp_path / "here"), Workspace(tmp_path / "there")
    (here / ".gitignore").write_text(".build/\n", encoding="utf-8")
    if not first:
        assert here.run("links", "record", *DAY).code == 0
    _git(here.path, "init", "--quiet")
    _git(here.path, "add", "--all")
    assert _git(here.path, "commit", "--quiet", "--message", "one").returncode == 0
    assert _git(tmp_path, "clone", "--quiet", str(here.path), str(there.path)).returncode == 0
    lines: set[str] = set()
    for project, name in ((here, "dry-needling"), (there, "trigger-points")):
        text = (project / f"docs/en/{name}.md").read_text(encoding="utf-8")
        (project / f"docs/en/{name}.md").write_text(
            text + "\n## Where do I find you? { #where-we-are }\n\nAsk us when you come.\n", encoding="utf-8"
        )
        done = project.run("links", "record", *DAY)
        assert done.code == 0, done.out
        lines |= set(_lines(project))
        _git(project.path, "add", "--all")
        assert _git(project.path, "commit", "--quiet", "--message", "two").returncode == 0
    merged = _git(here.path, "pull", "--quiet", "--no-rebase", "--no-edit", str(there.path), "main")
    assert merged.returncode == 0, merged.stdout + merged.stderr
    assert set(_lines(here)) == lines
    done = here.run("links", "verify", *DAY)
    assert done.code == 0, done.out
    assert "0 would answer nothing" in done.out
    assert here.run("links", "record", *DAY).code == 0
    assert here.run("links", "verify", *DAY).code == 0


def _said(done: Run, *words: str) -> None:
    assert done.code == 2, done.out
    for word in words:
        assert word in done.out


def test_two_that_record_at_once_promise_once(tmp_path: Path) -> None:
    """Of two processes at the same time one writes; the other says so, or finds that nothing is left to write."""
    project = _clinic(tmp_path / "clone")
    both = [project.start("links", "record", *DAY) for _ in range(2)]
    said = sorted(end().out for end in both)
    assert any(text.startswith("recorded in") for text in said)
    assert any("in the meantime" in text or "nothing new" in text for text in said), said
    lines = [line for line in _lines(project) if 'kind: "page"' in line]
    assert len(lines) == len(set(lines)) == 21


def test_nothing_is_recorded_of_pages_with_an_error(published: Workspace) -> None:
    """A page with an error, or no website to publish at: refused, with what to do; the ledger stays as it is."""
    before = fingerprint(published / "records")
    published.edit("docs/en/soreness.md", "(get-help-now.md", "(get-help.md")
    _said(published.run("links", "record", *DAY), "nothing was recorded", "patientpages check")
    published.edit("docs/en/soreness.md", "(get-help.md", "(get-help-now.md")
    published.edit("clinic.yml", "website: ", "# website: ")
    _said(published.run("links", "record", *DAY), "clinic.yml names no website")
    assert fingerprint(published / "records") == before


def test_withdrawing_needs_an_address_and_a_reason(published: Workspace) -> None:
    """An address that nobody promised, no reason, twice, or restoring what is not withdrawn: each refused in words."""
    _said(published.run("links", "withdraw", "sorness/", "--reason", "Wrong."), 'Did you mean "soreness/"?')
    _said(published.run("links", "withdraw", "soreness/", "--reason", " "), "--reason is empty")
    _said(published.run("links", "restore", "soreness/", "--reason", "Right again."), "is not withdrawn")
    taken = published.run("links", "withdraw", "soreness", "--reason", "Wrong.", *DAY)
    assert "soreness/ is withdrawn" in taken.out, "a page can be named as its file is named"
    _said(published.run("links", "withdraw", "soreness/", "--reason", "Wrong."), "is withdrawn already")
    back = published.run("links", "restore", "docs/en/soreness.md", "--reason", "Right again.", *DAY)
    assert "soreness/ is restored" in back.out
    assert "patientpages publish --correct soreness --reason" in back.out, "what is live stays down until then"
    assert published.run("check", *DAY).code == 0
    _said(published.run("links", "withdraw", "go/soreness/", "--reason", "Wrong."), "Name that: soreness/#soreness")
    _said(published.run("links", "withdraw", "./", "--reason", "Wrong."), "cannot be withdrawn")
    _said(published.run("links", "withdraw", "risks/", "--reason", "a\udcff"), "cannot be shown")


def test_a_withdrawn_page_shows_one_notice(published: Workspace) -> None:
    """Its file is taken out: its address, and each place on it, says so once, with the clinic's phone and 999."""
    assert published.run("links", "withdraw", "privacy/", "--reason", "It had <b>wrong</b> advice.", *DAY).code == 0
    assert "privacy/ was withdrawn" in published.run("links", "verify", *DAY).out
    (published / "docs/en/privacy.md").unlink()
    published.edit("mkdocs.yml", "      - privacy.md\n", "")
    words = published / "standard/en/words.yml"
    words.write_text(re.sub(r"privacy#[\w-]+", "about#provenance", words.read_text(encoding="utf-8")), encoding="utf-8")
    for file in (published / "docs/en").glob("*.md"):
        text = (
            file.read_text(encoding="utf-8")
            .replace("privacy.md#if-you-write", "about.md")
            .replace("privacy.md", "about.md")
        )
        file.write_text(text, encoding="utf-8")
    done = published.run("build", "--as-if-published", "--out", "tried", *DAY)
    assert done.code == 0, done.out
    text = (published / "tried/privacy/index.html").read_text(encoding="utf-8")
    assert text.count("We have taken this down") == 1
    assert "It had &lt;b&gt;wrong&lt;/b&gt; advice." in text
    assert "tel:01632960123" in text
    assert "tel:999" in text
    assert '<span id="if-you-write"></span>' in text
    assert "Checked by" not in text


def test_the_order_of_what_was_done_counts_and_not_the_clock(published: Workspace) -> None:
    """A restoration that a slow clock dates before its withdrawal still undoes it."""
    assert published.run("links", "withdraw", "soreness/", "--reason", "Wrong.", "--today", "2026-12-05").code == 0
    assert published.run("links", "restore", "soreness/", "--reason", "Right.", "--today", "2026-12-01").code == 0
    assert published.run("links", "verify", *DAY).code == 0
    _said(published.run("links", "restore", "soreness/", "--reason", "Right.", *DAY), "is not withdrawn")


def test_an_id_that_was_only_renamed_is_remembered_with_its_words(published: Workspace) -> None:
    """Renamed and recorded, no word changed; then renamed again, and the middle name given to another text: refused."""
    page, words = "docs/en/soreness.md", published / "standard/en/words.yml"
    published.edit(page, "{ #call-us }", '{ #when-to-call formerly="call-us" }')
    for file in ("docs/en/aftercare.md", "standard/en/words.yml"):
        text = (published / file).read_text(encoding="utf-8")
        (published / file).write_text(text.replace("#call-us", "#when-to-call"), encoding="utf-8")
    assert published.run("links", "record", *DAY).code == 0
    published.edit(page, '{ #when-to-call formerly="call-us" }', '{ #phone-us formerly="call-us" }')
    text = (published / page).read_text(encoding="utf-8")
    (published / page).write_text(
        text + "\n## Can I drive home? { #when-to-call }\n\nAsk us first.\n", encoding="utf-8"
    )
    text = words.read_text(encoding="utf-8").replace("#when-to-call", "#phone-us")
    words.write_text(text, encoding="utf-8")
    done = published.run("links", "verify", *DAY)
    assert done.code == 1
    assert "soreness/#when-to-call does not say any more what it was published for" in done.out


def test_lines_that_were_lost_at_the_end_leave_words_that_nobody_names(published: Workspace) -> None:
    """The last publication is cut out of the ledger, whole: the words that it kept are told."""
    before = (published / LEDGER).read_text(encoding="utf-8")
    published.edit("docs/en/soreness.md", "It usually goes", "It mostly goes")
    assert published.run("links", "record", *DAY).code == 0
    (published / LEDGER).write_text(before, encoding="utf-8")
    assert "L209" in {f["code"] for f in published.json("check").values["findings"]}


@pytest.fixture
def two_languages(tmp_path: Path) -> Workspace:
    """A project in English and (the same words) French, on record."""
    project = _clinic(tmp_path / "clone")
    shutil.copytree(project / "docs/en", project / "docs/fr")
    shutil.copytree(project / "standard/en", project / "standard/fr")
    project.edit("clinic.yml", "languages: [en]", "languages: [en, fr]")
    done = project.run("links", "record", *DAY)
    assert done.code == 0, done.out
    return project


def test_the_home_page_of_a_second_language_keeps_its_promises(two_languages: Workspace) -> None:
    """A place on it gets another id: the hint mends it when it is pasted, and the build leaves the mark."""
    page = two_languages / "docs/fr/index.md"
    text = page.read_text(encoding="utf-8")
    anchor = next(name for name in re.findall(r"\{ #([\w-]+) \}", text) if name != "what-it-is")
    page.write_text(text.replace(f"{{ #{anchor} }}", "{ #renamed }"), encoding="utf-8")
    done = two_languages.run("links", "verify", *DAY)
    hint = re.search(r"docs/fr/index\.md: ## Words (\{.*\})", done.out)
    assert hint, done.out
    page.write_text(text.replace(f"{{ #{anchor} }}", hint[1]), encoding="utf-8")
    assert two_languages.run("links", "verify", *DAY).code == 0
    assert two_languages.run("build", *DAY).code == 0
    assert f'<span id="{anchor}" data-part="moved">' in (two_languages / "site/fr/index.html").read_text(
        encoding="utf-8"
    )


def test_the_first_language_stays_first(two_languages: Workspace) -> None:
    """Another order would give every address at the root to another language: told once, not two hundred times."""
    two_languages.edit("clinic.yml", "languages: [en, fr]", "languages: [fr, en]")
    errors = [e for e in two_languages.json("check").errors() if e["code"].startswith("L2")]
    assert [e["code"] for e in errors if "stands there now" in e["message"]] == ["L208"]
    assert not [e for e in errors if e["code"] == "L201"]


def test_a_shared_section_needs_one_line(published: Workspace) -> None:
    """A heading inside a section that another page shows gets another id: one paste of the hint mends both pages."""
    published.edit("docs/en/soreness.md", "{ #call-us }", "{ #when-to-call }")
    words = published / "standard/en/words.yml"
    words.write_text(words.read_text(encoding="utf-8").replace("#call-us", "#when-to-call"), encoding="utf-8")
    done = published.run("links", "verify", *DAY)
    hints = set(re.findall(r"(docs/en/\S+): ## Words (\{.*\})", done.out))
    assert hints == {("docs/en/soreness.md", '{ #when-to-call formerly="call-us" }')}
    published.edit("docs/en/soreness.md", "{ #when-to-call }", '{ #when-to-call formerly="call-us" }')
    assert published.run("links", "verify", *DAY).code == 0


def test_a_name_that_cannot_be_an_address_is_never_promised(published: Workspace) -> None:
    """Odd signs, capitals beside small letters, a second page for one address, what is made: each refused by name."""
    names = ("it's", "a b", "x;y", "Soreness", "risks/index", "go", "staff/x", "a..b")
    for name in names:
        file = published / f"docs/en/{name}.md"
        file.parent.mkdir(exist_ok=True)
        shutil.copy2(published / "docs/en/privacy.md", file)
        published.edit("mkdocs.yml", "      - privacy.md\n", f'      - privacy.md\n      - "{name}.md"\n')
    before = fingerprint(published / "records")
    found = {e["path"] for e in published.json("check").errors() if e["code"] == "L210"}
    assert found >= {f"docs/en/{name}.md" for name in names}
    assert not found & {"docs/en/aftercare.md", "docs/en/get-help-now.md"}
    assert published.run("links", "record", *DAY).code == 2
    assert fingerprint(published / "records") == before


@pytest.mark.parametrize(
    ("website", "served"),
    [
        ("https://www.müller.example/", "https://www.xn--mller-kva.example/"),
        ("https://example.org/~clinic/Ünï", "https://example.org/~clinic/%C3%9Cn%C3%AF"),
        ("https://example.org/a b/", ""),
        ("https://example.org/a/../b/", ""),
        ("https://user:word@example.org/", ""),
        ("https://example.org/<script>/", ""),
    ],
)
def test_a_website_is_one_that_can_be_typed_and_printed(website: str, served: str, published: Workspace) -> None:
    """Letters of any language are written as hosts and codes need them; anything else is refused in words."""
    published.edit("clinic.yml", "https://www.example.org/patients/info/", website)
    done = published.run("links", "hosts", *DAY)
    if not served:
        assert done.code == 2
        assert "is not a full web address" in done.out
        return
    assert done.code == 0, done.out
    assert published.run("build", "--as-if-published", "--out", "tried", *DAY).code == 0
    assert f"{served.rstrip('/')}/go/soreness/" in (published / "tried/staff/links.csv").read_text(encoding="utf-8")
