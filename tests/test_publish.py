"""The gate: nothing reaches public/ with a blank, unsigned, overdue or wrong; what does is on record and in a manifest."""

from __future__ import annotations

import hashlib
import json

import pytest

from tests.conftest import SIGN, TODAY, Workspace, fingerprint

DAY = ("--today", TODAY)


def test_a_fresh_clone_is_refused_with_every_reason(project: Workspace) -> None:
    """Each blank of clinic.yml at its line and each page that nobody has signed, all at once; nothing is written."""
    before = fingerprint(project / "records")
    errors = project.json("publish").errors()
    blanks = {e["message"].split('"')[1] for e in errors if e["code"] == "P101"}
    assert blanks == {"name", "phone", "address", "hours", "out_of_hours", "feedback", "funding", "country", "website"}
    lines = (project / "clinic.yml").read_text(encoding="utf-8").splitlines()
    assert all(lines[e["line"] - 1].startswith(e["message"].split('"')[1]) for e in errors if e["code"] == "P101")
    unsigned = {e["path"] for e in errors if e["code"] == "P102"}
    assert unsigned == {f"docs/en/{path.name}" for path in (project / "docs/en").glob("*.md")}
    done = project.run("publish", *DAY)
    assert done.code == 1
    assert "nothing was published" in done.out
    assert not (project / "public").exists()
    assert not (project / "hosting").exists()
    assert fingerprint(project / "records") == before


def test_what_is_published_looks_published(online: Workspace) -> None:
    """No preview's banner, no noindex on a page, the sign-off on each, sitemap and robots.txt, rules for the host."""
    page = (online / "public/soreness/index.html").read_text(encoding="utf-8")
    assert "Checked by Test Signatory, physiotherapist" in page
    assert "noindex" not in page
    assert "These pages are not published" not in page
    assert {p.name for p in (online / "public").iterdir()} >= {
        "sitemap.xml",
        "robots.txt",
        "staff",
        "go",
        "manifest.json",
    }
    assert {p.name for p in (online / "hosting").iterdir()} == {
        "nginx.conf",
        "apache.htaccess",
        "Caddyfile",
        "_headers",
        "_redirects",
        "README.txt",
        "patient-pages.zip",
    }


def test_the_manifest_has_a_hash_of_each_file_and_no_name(online: Workspace) -> None:
    """Every file of public/ but itself, as SHA-256; who signed stands in it nowhere."""
    text = (online / "public/manifest.json").read_text(encoding="utf-8")
    listed = json.loads(text)["files"]
    files = {p.relative_to(online / "public").as_posix(): p for p in (online / "public").rglob("*") if p.is_file()}
    assert listed.keys() == files.keys() - {"manifest.json"}
    assert all(hashlib.sha256(files[name].read_bytes()).hexdigest() == value for name, value in listed.items())
    assert "Signatory" not in text


def test_what_is_published_is_on_record(online: Workspace) -> None:
    """Every address of public/ stands in the ledger; published again without a change, neither grows nor differs."""
    ledger = (online / "records/published.yml").read_text(encoding="utf-8")
    for file in (online / "public").rglob("index.html"):
        address = file.parent.relative_to(online / "public").as_posix() + "/"
        if not address.startswith("staff"):
            assert f'address: "{address}"' in ledger, address
    before = fingerprint(online / "public"), fingerprint(online / "records")
    done = online.run("publish", *DAY)
    assert done.code == 0
    assert "nothing new to promise" in done.out
    assert (fingerprint(online / "public"), fingerprint(online / "records")) == before


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("docs/en/soreness.md", "It usually goes", "It mostly goes", "P102"),
        ("docs/en/soreness.md", "(get-help-now.md", "(get-help.md", "L101"),
        ("docs/en/dry-needling.md", "{ #good-and-harm }", "{ #good-harm }", "L201"),
        ("clinic.yml", 'funding: "Example Clinic"', 'funding: "[Who paid]"', "P101"),
        ("clinic.yml", "country: GB", "country:", "P101"),
        ("staff/emails.yml", "We do not read e-mail at night", "We read e-mail at night", "E101"),
    ],
)
def test_one_thing_wrong_leaves_everything_as_it_was(
    file: str, old: str, new: str, code: str, published: Workspace
) -> None:
    """An unsigned sentence, a broken link, a broken promise, a blank, a message: refused, and not a byte is changed."""
    folders = ("public", "records", "hosting")
    before = [fingerprint(published / folder) for folder in folders]
    published.edit(file, old, new)
    if "country" in old:
        published.edit("clinic.yml", "region: england", "region:")
    assert code in {e["code"] for e in published.json("publish").errors()}
    assert [fingerprint(published / folder) for folder in folders] == before


def test_an_overdue_check_stops_the_next_publication(published: Workspace) -> None:
    """In time it may be published; a day after the next check was due, it may not."""
    assert published.run("publish", "--today", "2027-11-22").code == 0
    later = published.run("publish", "--today", "2027-11-23", "--json")
    assert {e["code"] for e in later.errors()} == {"P102"}
    assert "overdue" in later.out


def test_a_changed_sentence_is_published_once_it_is_signed(published: Workspace) -> None:
    """Signed again, the page goes live with its new words, and the old words are kept under their code."""
    published.edit("docs/en/soreness.md", "It usually goes", "It mostly goes")
    assert published.run("publish", *DAY).code == 1
    assert published.run(*SIGN).code == 0
    kept = set((published / "records/versions").iterdir())
    assert published.run("publish", *DAY).code == 0
    assert "It mostly goes" in (published / "public/soreness/index.html").read_text(encoding="utf-8")
    assert kept < set((published / "records/versions").iterdir())


def test_a_kill_before_the_exchange_breaks_no_promise(published: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ledger is written first: what is served stays as it was, and the next publication goes through."""
    published.edit("docs/en/dry-needling.md", "{ #good-and-harm }", '{ #good-harm formerly="good-and-harm" }')
    before = fingerprint(published / "public")

    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("patientpages.publishing.put", die)
        with pytest.raises(Killed):
            published.run("publish", *DAY)
    assert fingerprint(published / "public") == before
    assert "dry-needling/#good-harm" in (published / "records/published.yml").read_text(encoding="utf-8")
    assert published.run("publish", *DAY).code == 0
    assert published.run("links", "verify", *DAY).code == 0


def test_a_fictitious_clinic_cannot_be_published_by_mistake(online: Workspace) -> None:
    """A preview and a trial stay out of public/, also where public/ is there already."""
    before = fingerprint(online / "public")
    assert online.run("build", "--as-if-published", "--out", "public", *DAY).code == 2
    assert fingerprint(online / "public") == before


def test_how_patients_reach_a_branch_is_on_record(online: Workspace) -> None:
    """What `publish --contact` may change counts branches in: name, address, number and hours."""
    ledger = (online / "records/published.yml").read_text(encoding="utf-8")
    assert "branch: Example Branch, 2 Example Road, Exampleton, 01632 960 124, Tuesday, 9 am to 1 pm" in ledger


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("a page", "1 file not as published: soreness/index.html (changed)"),
        ("a file more", "notes.html (added)"),
        ("a file less", "soreness/index.html (gone)"),
        ("the manifest", "its manifest.json was changed"),
        ("somebody else's folder", "was not published from here"),
    ],
)
def test_what_was_changed_in_public_by_hand_is_not_lost(how: str, told: str, published: Workspace) -> None:
    """A publication, whole or in part, does not replace what it did not make: it says so, and nothing is changed."""
    page, manifest = published / "public/soreness/index.html", published / "public/manifest.json"
    if how == "a page":
        page.write_text(page.read_text(encoding="utf-8").replace("usually", "always"), encoding="utf-8")
    elif how == "a file more":
        (published / "public/notes.html").write_text("mine", encoding="utf-8")
    elif how == "a file less":
        page.unlink()
    elif how == "the manifest":
        manifest.write_text(
            manifest.read_text(encoding="utf-8").replace('"format": 1', '"format": "x"'), encoding="utf-8"
        )
    else:
        manifest.unlink()
    before = fingerprint(published / "public"), fingerprint(published / "records")
    done = published.run("publish", *DAY, "--json")
    assert [(e["code"], told in e["message"]) for e in done.errors()] == [("P106", True)], done.out
    if how == "a page":
        part = published.run("publish", "--contact", *DAY, "--json")
        assert [e["code"] for e in part.errors()] == ["P106"]
    assert (fingerprint(published / "public"), fingerprint(published / "records")) == before


def test_what_a_file_browser_leaves_in_public_is_no_change(published: Workspace) -> None:
    """Whoever opened the folder on a Mac or on Windows has changed nothing."""
    for name in (".DS_Store", "go/Thumbs.db", "desktop.ini"):
        (published / "public" / name).write_bytes(b"x")
    assert published.run("publish", *DAY).code == 0
