"""Leaflets over the years: on demand, kept between runs, on record, and what stands in the place of one that has gone."""

from __future__ import annotations

import shutil
from typing import Any

import pypdfium2
import pytest
import typst

from tests.conftest import ROOT, Workspace, copy_project
from tests.test_handouts import LETTER, close, texts

MISTAKES = """\
version: 1
card: "yes"
handouts:
  - handout: before-your-visit
    page: before-your-visti
    also: [tell-us-first, what-hapens, prepare]
    code: nowhere
  - handout: card
    pge: aftercare
  - handout: before-your-visit
    page: aftercare
    also: [aftercare]
  - handout: soreness-large
    page: soreness
  - handout: Soreness
    page: risks
    also: [prepare, prepare]
  - handout: soreness
    page: soreness
"""


@pytest.fixture(scope="module")
def american(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A clinic in the USA that has not published anything, with its leaflets made once."""
    project = copy_project(tmp_path_factory.mktemp("american") / "clone")
    shutil.copy2(ROOT / "tests/clinics/example.yml", project / "clinic.yml")
    project.edit("clinic.yml", "country: GB", "country: US")
    project.edit("clinic.yml", "region: england", "region:")
    done = project.run("handout", "--today", "2026-11-22")
    assert done.code == 0, done.out
    assert "handouts/after-your-visit-large-preview.pdf: After your visit," in done.out
    return project


def test_leaflets_on_demand_are_marked_as_a_preview(american: Workspace) -> None:
    """Before a publication each page of each leaflet says that it is a preview; paper and number are the country's."""
    made = sorted((american / "handouts").glob("*.pdf"))
    assert len(made) == 6
    for path in made:
        for text in texts(path.read_bytes()):
            assert close("Preview: do not hand this out.") in text
            assert close("Call 911 now.") in text
            assert close("Not yet checked by a clinician of this clinic.") in text
        with pypdfium2.PdfDocument(path) as document:
            assert {page.get_size() for page in document} == {LETTER}


def test_leaflets_are_kept_and_never_wrong(american: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second run sets nothing anew; kept files that were cut, changed or deleted are made again, the same bytes."""
    before = {path.name: path.read_bytes() for path in (american / "handouts").iterdir()}
    setting, count = typst.compile, []

    def counted(*args: Any, **kwargs: Any) -> Any:
        count.extend([1] if "sys_inputs" in kwargs else [])
        return setting(*args, **kwargs)

    monkeypatch.setattr(typst, "compile", counted)

    def again() -> int:
        count.clear()
        shutil.rmtree(american / "handouts")
        assert american.run("handout", "--today", "2026-11-22").code == 0
        assert {path.name: path.read_bytes() for path in (american / "handouts").iterdir()} == before
        return len(count)

    assert again() == 0
    kept = sorted((american / ".build/kept").iterdir())
    for number, path in enumerate(kept):
        content = path.read_bytes()
        changed = (content[:40], b"", content[:-1], content[:50] + b"x" + content[51:], None)[number % 5]
        path.unlink() if changed is None else path.write_bytes(changed)
    assert again() == 6


def test_what_is_asked_wrongly_is_told_at_once(american: Workspace) -> None:
    """Every mistake in staff/handouts.yml comes with its line, and names that are none with the nearest one."""
    unknown = american.run("handout", "sorenes", "after-your-visit", "cards")
    assert unknown.code == 2
    assert 'no leaflet and no page "sorenes". Did you mean "soreness"?' in unknown.out
    assert 'no leaflet and no page "cards". Did you mean "card"?' in unknown.out
    assert "Leaflets: before-your-visit, after-your-visit, card. Pages: about, " in unknown.out
    refused = american.run("handout", "--published")
    assert refused.code == 2
    assert "nothing is published yet" in refused.out
    assert american.run("handout", "--out", "docs").code == 2
    kept = (american / "staff/handouts.yml").read_bytes()
    (american / "staff/handouts.yml").write_text(MISTAKES, encoding="utf-8")
    wrong = american.run("check", "--json")
    (american / "staff/handouts.yml").write_bytes(kept)
    lines = {f["line"]: f["message"] for f in wrong.errors() if f["path"] == "staff/handouts.yml"}
    assert set(lines) == {2, 5, 6, 7, 8, 9, 10, 12, 13, 17, 18}, lines
    assert 'Did you mean "before-your-visit"?' in lines[5]
    assert 'Did you mean "what-happens"?' in lines[6]


def test_a_leaflet_that_is_not_made_any_more_is_a_notice(published: Workspace) -> None:
    """Its address still answers, with whom to call and urgent help and none of its old words; recall still names it."""
    public = published / "public/handouts"
    before = {path.name: path.read_bytes() for path in public.iterdir()}
    published.edit("staff/handouts.yml", "card: true", "card: false")
    published.edit("staff/handouts.yml", "handout: after-your-visit", "handout: after")
    done = published.run("publish", "--today", "2026-11-23")
    assert done.code == 0, done.out
    assert sorted(path.name for path in public.iterdir()) == sorted([*before, "after.pdf", "after-large.pdf"])
    for name in ("after-your-visit", "after-your-visit-large", "card", "card-large"):
        for text in texts((public / f"{name}.pdf").read_bytes()):
            assert close("this leaflet was taken down") in text
            assert close("Call us: 01632 960 123") in text
            assert close("Call 999 now.") in text
            assert close("Sit up slowly") not in text
    assert (public / "before-your-visit.pdf").read_bytes() == before["before-your-visit.pdf"]
    staff = (published / "public/staff/index.html").read_text(encoding="utf-8")
    assert "handouts/after.pdf" in staff
    assert "handouts/card.pdf" not in staff
    assert "handouts/after-your-visit" not in staff
    ledger = (published / "records/published.yml").read_text(encoding="utf-8")
    assert ledger.count('kind: "handout"') == 6 + 2 + 4  # the new ones, and that four are no more
    line = next(line for line in ledger.splitlines() if '"handouts/card.pdf"' in line)
    told = published.run("recall", line.partition('to: "')[2].partition('"')[0])
    assert "the leaflet handouts/card.pdf, published on 2026-11-22" in told.out


def test_a_withdrawn_page_takes_its_leaflets_with_it(published: Workspace) -> None:
    """Once aftercare is taken down no leaflet shows its words; those of other pages stand, byte for byte."""
    public = published / "public/handouts"
    before = {path.name: path.read_bytes() for path in public.iterdir()}
    done = published.run(
        "publish", "--withdraw", "aftercare", "--reason", "A number was wrong.", "--today", "2026-11-23"
    )
    assert done.code == 0, done.out
    for name in ("after-your-visit.pdf", "after-your-visit-large.pdf"):
        assert all(close("this leaflet was taken down") in text for text in texts((public / name).read_bytes()))
        assert not any(close("Sit up slowly") in text for text in texts((public / name).read_bytes()))
    for name in ("before-your-visit.pdf", "card.pdf", "card-large.pdf", "before-your-visit-large.pdf"):
        assert (public / name).read_bytes() == before[name]
    printed = published.run("handout", "before-your-visit", "card", "--published")
    assert printed.code == 0, printed.out
    assert not (published / "handouts/after-your-visit.pdf").exists()
    for name in ("before-your-visit.pdf", "card.pdf", "before-your-visit-large.pdf", "card-large.pdf"):
        assert (published / "handouts" / name).read_bytes() == before[name]


def test_only_what_stands_published_is_handed_out_as_such(published: Workspace) -> None:
    """With another phone, number, word around a page or section, nothing is set: not even what would say it has changed."""
    before = {path.name: path.read_bytes() for path in (published / "public/handouts").iterdir()}
    for file, old, new, code in (
        ("clinic.yml", "01632 960 123", "01632 960 321", "P105"),
        ("docs/en/_words.yml", "The signs can start hours or days later.", "The signs start at once.", "P105"),
        ("standard/facts.yml", "value: 3", "value: 5", "P103"),
    ):
        kept = (published / file).read_bytes()
        published.edit(file, old, new)
        done = published.run("handout", "--published")
        assert done.code == 1, (file, done.out)
        assert f"  {code}  " in done.out, (file, done.out)
        assert ".build/handout" not in done.out
        assert not (published / "handouts").exists()
        (published / file).write_bytes(kept)
    done = published.run("handout", "--published", "--today", "2028-01-01")
    assert done.code == 0, done.out
    assert "overdue: the next check of aftercare was due on 2027-11-22" in done.out
    assert {path.name: path.read_bytes() for path in (published / "handouts").iterdir()} == before


def test_leaflets_stay_as_they_were_until_the_whole_is_published(published: Workspace) -> None:
    """A new phone goes onto the leaflets that stand published, whatever staff/handouts.yml asks for by then."""
    public = published / "public/handouts"
    published.edit("staff/handouts.yml", "also: [tell-us-first, what-happens, serious-harms]", "also: []")
    published.edit("staff/handouts.yml", "page: aftercare", "page: soreness")
    published.edit("clinic.yml", "01632 960 123", "01632 960 321")
    done = published.run("publish", "--contact", "--today", "2026-11-23")
    assert done.code == 0, done.out
    for name, words in (("before-your-visit", "have a pacemaker"), ("after-your-visit", "Sit up slowly")):
        text = "".join(texts((public / f"{name}.pdf").read_bytes()))
        assert close(words) in text
        assert close("01632 960 321") in text
    (published / "staff/handouts.yml").unlink()
    before = {path.name: path.read_bytes() for path in public.iterdir()}
    assert published.run("publish", "--recorded").code == 0
    assert {path.name: path.read_bytes() for path in public.iterdir()} == before


def test_a_notice_is_never_in_the_way_of_a_withdrawal(published: Workspace) -> None:
    """A street with letters that no font has is told, keeps a new phone back, and keeps no withdrawal back."""
    published.edit("clinic.yml", "1 Example Street, Exampleton", "1 Example Street, \u6771\u4eac")
    refused = published.run("publish", "--contact", "--today", "2026-11-23")
    assert refused.code == 1
    assert "  H101  " in refused.out
    done = published.run(
        "publish", "--withdraw", "aftercare", "--reason", "A number was wrong.", "--today", "2026-11-23"
    )
    assert done.code == 0, done.out
    assert "a notice stands in its place" in done.out
    text = "".join(texts((published / "public/handouts/after-your-visit.pdf").read_bytes()))
    assert close("this leaflet was taken down") in text
    assert close("Call us: 01632 960 123") in text
