"""One page is corrected, withdrawn, or the phone changes, while every other page stands as it was published."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from patientpages.outputs import code_png
from tests.conftest import ROOT, SIGN, TODAY, Workspace, fingerprint

LATER = "2028-01-10"  # when the check of every page is overdue
WHY = ("--reason", "A word was wrong.", "--today", LATER)
FOLDERS = ("public", "records", "hosting", "docs")


def _sign(project: Workspace, *pages: str, day: str = LATER) -> None:
    done = project.run("sign", *pages, "--name", "Test Signatory", "--role", "physiotherapist",
                       "--evidence", "a test", "--today", day)  # fmt: skip
    assert done.code == 0, done.out


def _html(project: Workspace, page: str) -> str:
    return (project / "public" / page / "index.html").read_text(encoding="utf-8")


def _words(project: Workspace, page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<style.*?</style>|<[^>]*>", " ", _html(project, page), flags=re.DOTALL))


def _dead_links(project: Workspace) -> set[str]:
    """Return the links of all pages of public/ that lead to no file."""
    root, dead = project / "public", set()
    for page in root.rglob("*.html"):
        for node in LexborHTMLParser(page.read_text(encoding="utf-8")).css("a[href], img[src], link[href]"):
            href = node.attributes.get("href") or node.attributes.get("src") or ""
            parts = urlsplit(href.removeprefix("https://www.example.org").removeprefix("/patients/info"))
            if parts.scheme or parts.netloc or not parts.path:
                continue
            base = root if parts.path.startswith("/") else page.parent
            target = (base / parts.path.lstrip("/")).resolve()
            if not (target / "index.html").is_file() and not target.is_file():
                dead.add(f"{page.relative_to(root)}: {href}")
    return dead


def _half_rewrite(project: Workspace) -> None:
    """Leave a page in a state in which it could not be published: unsigned words, a broken link, no in-short box."""
    project.edit("docs/en/risks.md", "!!! in-short", "Half rewritten, see [this](nowhere.md).\n\n!!! note")


def test_one_page_is_corrected_while_others_are_half_rewritten_and_overdue(published: Workspace) -> None:
    """New signed words go live, every other page stays byte for byte, also from a clone that has no public/ folder."""
    published.edit("docs/en/dry-needling.md", "## ", "## So: ")
    _half_rewrite(published)
    _sign(published, "dry-needling")
    before = {page.parent.name: page.read_bytes() for page in (published / "public").glob("*/index.html")}
    shutil.rmtree(published / "public")
    shutil.rmtree(published / "hosting")
    done = published.run("publish", "--correct", "dry-needling", *WHY)
    assert done.code == 0, done.out
    assert "So: " in _words(published, "dry-needling")
    after = {page.parent.name: page.read_bytes() for page in (published / "public").glob("*/index.html")}
    # The title stands in the list of short addresses, the code of its words in what staff send.
    assert {page for page in after if after[page] != before[page]} == {"dry-needling", "go", "staff"}
    ledger = (published / "records/published.yml").read_text(encoding="utf-8")
    assert re.search(r'kind: "corrected".*"dry-needling/", text: "A word was wrong."', ledger)
    assert "Half rewritten" in (published / "docs/en/risks.md").read_text(encoding="utf-8")
    assert (published / "hosting").is_dir()


@pytest.mark.parametrize(
    ("edit", "signed", "code", "told"),
    [
        (("docs/en/dry-needling.md", "## ", "## So: "), (), "P102", "has changed since its check"),
        (("docs/en/dry-needling.md", "](soreness.md", "](sore.md"), (), "L101", "sore.md"),
        (("docs/en/soreness.md", "but it can last", "but it may last"), ("soreness",), "P103", '"soreness" of soreness'),
        (("clinic.yml", 'phone: "01632 960 123"', 'phone: "[Phone]"'), ("soreness",), "P101", '"phone"'),
    ],
)  # fmt: skip
def test_a_correction_lets_nothing_unsigned_or_wrong_through(
    edit: tuple[str, str, str], signed: tuple[str, ...], code: str, told: str, published: Workspace
) -> None:
    """Unsigned words, a broken link, words of a third page that would change too, a blank: refused, nothing changed."""
    published.edit(*edit)
    if signed:
        _sign(published, *signed)
    before = [fingerprint(published / folder) for folder in FOLDERS]
    page = Path(edit[0]).stem if "docs" in edit[0] else "soreness"
    day = LATER if signed else TODAY
    done = published.run("publish", "--correct", page, "--reason", "A word was wrong.", "--today", day, "--json")
    assert done.code == 1
    assert [(e["code"], told in e["message"] + e["path"]) for e in done.errors()] == [(code, True)], done.out
    assert [fingerprint(published / folder) for folder in FOLDERS] == before


def test_pages_that_show_one_section_are_corrected_together(published: Workspace) -> None:
    """A section that another page shows goes live on both, once both are signed and named."""
    published.edit("docs/en/soreness.md", "but it can last", "but it may last")
    _sign(published, "soreness", "aftercare")
    done = published.run("publish", "--correct", "soreness", "docs/en/aftercare.md", *WHY)
    assert done.code == 0, done.out
    for page in ("soreness", "aftercare", "go/soreness"):
        assert "but it may last" in _words(published, page), page
    # The whole can be published afterwards as before, and promises nothing new.
    assert published.run(*SIGN[:-1], LATER).code == 0
    done = published.run("publish", "--today", LATER)
    assert done.code == 0, done.out
    assert published.run("links", "verify", "--today", LATER).code == 0


def test_a_new_page_and_a_renamed_one_go_live_alone(published: Workspace) -> None:
    """A page that takes over another leaves the way there; the old one does not come back with its own text."""
    (published / "docs/en/questions.md").rename(published / "docs/en/ask.md")
    published.edit("docs/en/ask.md", "kind:", "formerly: [questions]\nkind:")
    published.edit("mkdocs.yml", "questions.md", "ask.md")
    for file in (published / "docs/en").glob("*.md"):
        file.write_text(file.read_text(encoding="utf-8").replace("questions.md", "ask.md"), encoding="utf-8")
    published.edit("standard/topics.yml", "questions", "ask")
    _half_rewrite(published)
    _sign(published, "ask")
    done = published.run("publish", "--correct", "ask", *WHY)
    assert done.code == 0, done.out
    assert "Checked by Test Signatory" in _words(published, "ask")
    assert 'href="../ask/"' in _html(published, "questions")


def test_a_changed_phone_goes_live_everywhere_at_once(published: Workspace) -> None:
    """Pages that are overdue or half rewritten show the new phone in the words that were signed; the old one is gone."""
    _half_rewrite(published)
    published.edit("clinic.yml", "01632 960 123", "01632 960 777")
    before = {
        p: re.search(r"[2-9CFGHJMPQRVWX]{4}-[2-9CFGHJMPQRVWX]{4}", _words(published, p)) for p in ("risks", "soreness")
    }
    done = published.run("publish", "--contact", "--today", LATER)
    assert done.code == 0, done.out
    assert "phone: 01632 960 777" in done.out
    files = [
        p.read_text(encoding="utf-8")
        for p in (published / "public").rglob("*")
        if p.suffix in (".html", ".eml", ".csv")
    ]
    assert not any(re.search(r"960[ =\n]*123", text) for text in files)
    assert 'href="tel:01632960777"' in _html(published, "risks")
    assert "Half rewritten" not in _words(published, "risks")
    for page, code in before.items():
        assert code is not None
        assert code[0] in _words(published, page)
        # Who reads the code out over the phone is told which number stood there, and which stands there since.
        if page == "soreness":
            read = published.run("version", code[0], "--today", LATER).out
            assert re.search(
                rf"From {TODAY} .*?phone: 01632 960 123.*From {LATER} .*?phone: 01632 960 777", read, re.DOTALL
            )
    assert "01632 960 777" in (published / "records/published.yml").read_text(encoding="utf-8")


def test_a_changed_number_does_not_slip_in_with_a_phone(published: Workspace) -> None:
    """A fact that was edited since would change what signed pages say: refused, each page that shows it by name."""
    published.edit("clinic.yml", "01632 960 123", "01632 960 777")
    facts = (published / "standard/facts.yml").read_text(encoding="utf-8")
    name = "soreness-lasts"
    line = next(n for n, text in enumerate(facts.splitlines()) if text.strip().startswith(f"{name}:"))
    shown = {
        p.parent.name
        for p in (published / "public").glob("*/index.html")
        if f'data-fact="{name}"' in p.read_text(encoding="utf-8")
    }
    row = facts.splitlines()[line : line + 8]
    number = re.search(r"\d+", " ".join(r for r in row if "value" in r or "low" in r or "high" in r or "to" in r))
    assert number, row
    at = next(n for n in range(line, line + 8) if number[0] in facts.splitlines()[n])
    lines = facts.splitlines(keepends=True)
    lines[at] = lines[at].replace(number[0], str(int(number[0]) + 1), 1)
    (published / "standard/facts.yml").write_text("".join(lines), encoding="utf-8")
    before = [fingerprint(published / folder) for folder in FOLDERS]
    done = published.run("publish", "--contact", "--today", LATER, "--json")
    assert done.code == 1, done.out
    assert {Path(e["path"]).stem for e in done.errors() if e["code"] == "P103"} == shown - {"staff"}
    assert [fingerprint(published / folder) for folder in FOLDERS] == before


def test_a_withdrawn_page_shows_a_notice_at_once(published: Workspace) -> None:
    """The reason, the phone, urgent help in its place and at its short address; what still shows or sends it is named.

    No link of a page, a message or a code is dead. It stays down until it was signed anew and is named.
    """
    _sign(published, "soreness", day="2028-01-05")
    _half_rewrite(published)
    sent = {p.name for p in (published / "public/staff").rglob("*") if p.is_file()}
    done = published.run("publish", "--withdraw", "soreness", "--reason", "It had wrong advice.", "--today", LATER)
    assert done.code == 0, done.out
    for page in ("soreness", "go/soreness"):
        words = _words(published, page)
        assert "It had wrong advice." in words, page
        assert "01632 960 123" in words and "999" in words, page
        assert "It usually goes" not in words, page
    assert {p.name for p in (published / "public/staff").rglob("*") if p.is_file()} == sent
    assert _dead_links(published) == set()
    assert re.search(r"aftercare.md:\d+  P104", done.out)
    assert re.search(r"emails.yml:\d+  P104  warning: this message leads to go/soreness/", done.out)
    assert set(re.findall(r"  ([A-Z]\d+)  ", done.out)) == {"P104"}  # and nothing that only follows from it
    assert "It usually goes" not in (published / "public/search/search.js").read_text(encoding="utf-8")
    # A message that turns dangerous is refused now as ever.
    published.edit("staff/emails.yml", "Chest pain is not soreness", "Chest pain is normal soreness")
    assert "E110" in {e["code"] for e in published.run("publish", "--today", LATER, "--json", "--contact").errors()}
    published.edit("staff/emails.yml", "Chest pain is normal soreness", "Chest pain is not soreness")
    # It stays down when something else changes, also when its withdrawal is taken back.
    published.edit("clinic.yml", "01632 960 123", "01632 960 777")
    assert published.run("links", "restore", "soreness/", "--reason", "It is right again.", "--today", LATER).code == 0
    assert published.run("publish", "--contact", "--today", LATER).code == 0
    assert "It had wrong advice." in _words(published, "soreness")
    assert "960 777" in _words(published, "soreness")
    refused = published.run(
        "publish", "--today", LATER, "--json", "--correct", "soreness", "--reason", "It is right again."
    )
    assert ("P102", True) in {(e["code"], "before it was withdrawn" in e["message"]) for e in refused.errors()}
    _sign(published, "soreness")
    done = published.run("publish", "--correct", "soreness", *WHY)
    assert done.code == 0, done.out
    assert "It usually goes" in _words(published, "soreness")
    assert _dead_links(published) == set()
    assert published.run("links", "verify", "--today", LATER).code == 0


@pytest.mark.parametrize("page", ["does-it-help", "treatment-plan"])
def test_the_guard_of_the_checker_holds_no_withdrawal_back(page: str, published: Workspace) -> None:
    """Pages without which planted faults survive, or by which others were judged, can be taken down as any other."""
    done = published.run("publish", "--withdraw", page, "--reason", "It had wrong advice.", "--today", TODAY)
    assert done.code == 0, done.out
    assert "It had wrong advice." in _words(published, page)


def test_words_that_were_corrected_away_do_not_come_back_by_themselves(published: Workspace) -> None:
    """Old docs/ in another clone, and the old signature, put nothing live again; signed again, they count as any words."""
    old = (published / "docs/en/dry-needling.md").read_text(encoding="utf-8")
    published.edit("docs/en/dry-needling.md", "## ", "## So: ")
    assert published.run(*SIGN[:-1], "2026-11-24").code == 0
    done = published.run("publish", "--correct", "dry-needling", "--reason", "It was unclear.", "--today", "2026-11-24")
    assert done.code == 0, done.out
    again = published.run("publish", "--correct", "dry-needling", "--reason", "Once more.", "--today", "2026-11-24")
    assert (again.code, "nothing to correct" in again.out) == (2, True)
    (published / "docs/en/dry-needling.md").write_text(old, encoding="utf-8")
    back = published.run("publish", "--today", "2026-11-25", "--json")
    assert [(e["code"], "corrected away on 2026-11-24" in e["message"]) for e in back.errors()] == [("P102", True)]


def test_what_was_stopped_is_completed(published: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped between the record and the exchange, a withdrawal is run again, and a correction is made from the record."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    command = ("publish", "--withdraw", "trigger-points", "--reason", "It had wrong advice.", "--today", LATER)
    with monkeypatch.context() as patched:
        patched.setattr("patientpages.publishing.put", stop)
        stopped = published.run(*command)
    assert (stopped.code, "run the same command again" in stopped.err) == (130, True)
    assert "It had wrong advice." not in _words(published, "trigger-points")
    assert published.run(*command).code == 0
    assert "It had wrong advice." in _words(published, "trigger-points")
    assert (published / "records/published.yml").read_text(encoding="utf-8").count('kind: "withdrawn"') == 1
    # A correction that was stopped there is on record as well: it is made from the record.
    published.edit("docs/en/dry-needling.md", "## ", "## So: ")
    _sign(published, "dry-needling")
    with monkeypatch.context() as patched:
        patched.setattr("patientpages.publishing.put", stop)
        assert published.run("publish", "--correct", "dry-needling", *WHY).code == 130
    assert "publish --recorded" in published.run("publish", "--correct", "dry-needling", *WHY).out
    assert published.run("publish", "--recorded").code == 0
    assert "So: " in _words(published, "dry-needling")


def test_what_was_only_recorded_and_never_signed_goes_live_by_no_option(project: Workspace) -> None:
    """`links record` keeps addresses; it lets no page through the gate."""
    shutil.copy2(ROOT / "tests/clinics/example.yml", project / "clinic.yml")
    assert project.run("links", "record", "--today", TODAY).code == 0
    for how in (("--contact",), ("--recorded",), ("--withdraw", "soreness", "--reason", "x")):
        done = project.run("publish", *how, "--today", TODAY, "--json")
        assert done.code == 1
        assert {e["code"] for e in done.errors()} == {"P102"}
        assert not (project / "public").exists()


def test_what_stands_around_the_pages_is_told_or_held(published: Workspace) -> None:
    """Words of templates come along with a new phone, and it says so; what is only made again may not differ in them."""
    published.edit("docs/en/_words.yml", "menu: All pages", "menu: Every page")
    told = published.run("publish", "--contact", "--today", TODAY)
    assert told.code == 0, told.out
    assert "P107" in told.out
    published.edit("docs/en/_words.yml", "menu: Every page", "menu: All pages")
    held = published.run("publish", "--today", LATER, "--json", "--recorded")
    assert [e["code"] for e in held.errors()] == ["P105", "P105"], held.out


def test_a_picture_that_nobody_has_seen_goes_live_on_no_page(published: Workspace) -> None:
    """The picture of a page that is not named was changed, or taken away: refused; put back, it goes through."""
    picture = published / "docs/en/needle.png"
    picture.write_bytes(code_png("https://example.org/"))
    published.edit("docs/en/trigger-points.md", "## ", "![A code](needle.png)\n\n## ")
    _sign(published, "trigger-points")
    assert published.run("publish", "--correct", "trigger-points", *WHY).code == 0
    for other in (code_png("https://example.com/"), b""):
        picture.write_bytes(other) if other else picture.unlink()
        done = published.run("publish", "--today", LATER, "--json", "--contact")
        assert "P103" in {e["code"] for e in done.errors()}, done.out
    picture.write_bytes(code_png("https://example.org/"))
    assert published.run("publish", "--contact", "--today", LATER).code == 0


def test_another_country_is_told_and_an_unfinished_language_stops_nobody(published: Workspace) -> None:
    """The new emergency number is named; a translation that was never published does not come along."""
    shutil.copytree(published / "docs/en", published / "docs/fr")
    _half_rewrite(published)
    published.edit("clinic.yml", "languages: [en]", "languages: [en, fr]")
    published.edit("clinic.yml", "region: england", "region: northern-ireland")
    published.edit("clinic.yml", "01632 960 123", "01632 960 777")
    done = published.run("publish", "--contact", "--today", LATER)
    assert done.code == 0, done.out
    assert "no more: same day: 111" in done.out
    assert not (published / "public/fr").exists()


def test_what_stands_published_is_made_again_from_the_records(published: Workspace) -> None:
    """On a machine without public/, with half-rewritten pages, the same bytes; what no record holds is not let in."""
    before = fingerprint(published / "public"), fingerprint(published / "records")
    _half_rewrite(published)
    shutil.rmtree(published / "public")
    done = published.run("publish", "--recorded")
    assert done.code == 0, done.out
    assert (fingerprint(published / "public"), fingerprint(published / "records")) == before
    published.edit("staff/emails.yml", "Many people worry about needles.", "Lots of people worry about needles.")
    done = published.run("publish", "--recorded", "--json")
    assert [e["code"] for e in done.errors()] == ["P105"]
    assert (fingerprint(published / "public"), fingerprint(published / "records")) == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--correct", "sorness", "risk", "--reason", "x"), ('"sorness/"', 'Did you mean "soreness/"', '"risk/"')),
        (("--correct", "soreness"), ("--reason",)),
        (("--withdraw", "soreness"), ("--reason",)),
        (("--withdraw", "soreness", "--reason", " "), ("--reason is empty",)),
        (("--withdraw", "docs/en/index.md", "--reason", "x"), ("every other page leads there",)),
        (("--withdraw", "get-help-now", "--reason", "x"), ("urgent help on every page leads there",)),
        (("--contact", "--reason", "x"), ("--reason goes with",)),
        (("--contact", "--correct", "soreness", "--reason", "x"), ("not allowed with",)),
    ],
)
def test_what_makes_no_sense_is_said(arguments: tuple[str, ...], told: tuple[str, ...], online: Workspace) -> None:
    """Names that are no pages (all at once, with the nearest), a missing reason, the home page: exit 2, nothing changed."""
    before = [fingerprint(online / folder) for folder in FOLDERS]
    done = online.run("publish", *arguments, "--today", TODAY)
    assert done.code == 2
    for text in told:
        assert text in done.out + done.err, done.out + done.err
    assert [fingerprint(online / folder) for folder in FOLDERS] == before


def test_before_anything_is_published_nothing_can_be_corrected(project: Workspace) -> None:
    """It says to publish first."""
    done = project.run("publish", "--correct", "soreness", *WHY)
    assert done.code == 2
    assert "nothing is published yet" in done.out


@pytest.mark.parametrize("how", ["changed", "lost"])
def test_a_kept_source_that_was_touched_is_found(how: str, published: Workspace) -> None:
    """A source in records/ that was edited or deleted by hand stops every command, and git's way back is named."""
    line = next(x for x in (published / "records/published.yml").read_text(encoding="utf-8").splitlines()
                if 'kind: "source"' in x and '"soreness/"' in x)  # fmt: skip
    file = published / "records/sources" / (line.rpartition('text: "')[2].partition('"')[0] + ".md")
    if how == "lost":
        file.unlink()
    else:
        file.write_text(file.read_text(encoding="utf-8").replace("It usually goes", "It goes"), encoding="utf-8")
    done = published.run("publish", "--contact", "--today", LATER)
    assert done.code == 2
    assert "git checkout -- records/sources" in done.out
