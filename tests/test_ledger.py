"""The ledger function: whatever happens to a site, an address that was published leads to its text, or is refused."""

from __future__ import annotations

import importlib
import itertools
from collections import Counter
from datetime import date

import pytest

from patientpages.folders import default_project
from patientpages.ledger import alike, answers, growth, served_by
from patientpages.model import Claim, Entry, Ledger, Place, Served
from patientpages.project import load_inputs
from patientpages.read import read_pages
from patientpages.yamlfile import Mistakes
from tests.conftest import Workspace
from tests.histories import live_through

PLACE = Place("docs/en/page.md", 3)
DAY = date(2026, 1, 1)
HERE = "needles go through the skin into a sore muscle and the pain may ease for some weeks"
OTHER = "bring a list of your medicines and wear loose clothes when you come to see us here"


def _published(*addresses: str) -> Ledger:
    """Return a ledger that promises these addresses."""

    def entry(address: str) -> Entry:
        if address.startswith("go/"):
            return Entry("short", address, "en", DAY, PLACE, to=f"pain/#{address[3:-1]}")
        return Entry("anchor" if "#" in address else "page", address, "en", DAY, PLACE)

    return Ledger(tuple(map(entry, addresses)))


@pytest.mark.parametrize("first", range(0, 1000, 100))
def test_a_thousand_random_histories_keep_every_promise(first: int) -> None:
    """Renamed, split, merged, deleted, withdrawn and written anew, in any order: no 404, no wrong text, no chain.

    After each publication every address that was ever published leads in one step to the text that it was published
    for (tests/histories.py knows where each text is), or was withdrawn; what would break that was refused by name.
    """
    refused: Counter[str] = Counter()
    for seed in range(first, first + 100):
        refused.update(trouble.kind for trouble in live_through(seed).refused)
    assert {"nowhere", "taken", "swapped", "unlike", "withdrawn"} <= refused.keys()


def test_the_histories_find_a_ledger_that_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    """The histories are no rubber stamp: with a function that overlooks texts that have changed places, they fail."""
    module = importlib.import_module("patientpages.ledger.answers")
    monkeypatch.setattr(module._Run, "_still_the_same", lambda self, address: None)
    with pytest.raises(AssertionError):
        for seed in range(100):
            live_through(seed)


@pytest.mark.parametrize(
    ("claims", "served", "kinds"),
    [
        ((), {"pain/": HERE}, []),
        ((), {"plan/": HERE}, ["nowhere"]),
        ((("pain/", "plan/"),), {"plan/": HERE}, []),
        ((("pain/", "plan/"), ("pain/", "risks/")), {"plan/": HERE, "risks/": OTHER}, ["claimed twice"]),
        ((("pain/", "plan/"),), {"plan/": HERE, "pain/": OTHER}, ["taken"]),
        ((), {"pain/": OTHER, "plan/": HERE}, ["swapped"]),
        ((), {"pain/": OTHER, "plan/": "words that nobody knew before they were written down here today"}, []),
        ((("pain/", "risks/"),), {"plan/": HERE, "risks/": OTHER}, ["unlike"]),
        ((("pian/", "pain/"),), {"pain/": HERE}, ["unknown"]),
        ((("pain/", "pain/"),), {"pain/": HERE}, []),
    ],
    ids=["here", "gone", "renamed", "two-claims", "address-reused", "swapped", "rewritten", "wrong-heading", "misspelt",
         "back-again"],
)  # fmt: skip
def test_each_way_to_break_a_promise_is_told(
    claims: tuple[tuple[str, str], ...], served: dict[str, str], kinds: list[str]
) -> None:
    """One page was published; each row is what became of it, and what is wrong with that."""
    now = Served(served, {}, tuple(Claim(old, new, PLACE) for old, new in claims))
    _, troubles = answers(_published("pain/"), now, {"pain/": HERE})
    assert [trouble.kind for trouble in troubles] == kinds


def test_a_page_that_moved_takes_its_places_along() -> None:
    """`formerly` on a page answers each `#place` that has kept its id; one that has not is named."""
    now = Served({"plan/": HERE, "plan/#a": HERE, "plan/#c": OTHER}, {}, (Claim("pain/", "plan/", PLACE),))
    found, troubles = answers(_published("pain/", "pain/#a", "pain/#b"), now, {})
    assert {a: answer.to for a, answer in found.items()} == {"pain/": "plan/", "pain/#a": "plan/#a", "pain/#b": ""}
    assert [(t.kind, t.address) for t in troubles] == [("nowhere", "pain/#b")]


def test_a_page_renamed_again_is_one_step_away() -> None:
    """Two renamings in a row, the older `formerly` lost: the ledger remembers, and both old names lead to the last."""
    ledger = _published("one/")
    for old, new in itertools.pairwise(("one/", "two/", "three/")):
        served = Served({new: HERE}, {}, (Claim(old, new, PLACE),))
        found, troubles = answers(ledger, served, {"one/": HERE, "two/": HERE})
        assert not troubles
        assert {answer.to for answer in found.values()} == {new}
        ledger = Ledger((*ledger.entries, *growth(ledger, served, found, "en", DAY)))
    assert {e.address for e in ledger.of("page")} == {"one/", "two/", "three/"}


def test_a_short_address_outlives_its_topic() -> None:
    """The topic has gone, its section was taken over by another: the short address shows that one."""
    now = Served({"risks/": OTHER, "risks/#harm": HERE}, {}, (Claim("pain/#sore", "risks/#harm", PLACE),))
    ledger = _published("pain/#sore", "go/sore/")
    found, troubles = answers(ledger, now, {"pain/#sore": HERE})
    assert not troubles
    assert found["go/sore/"].to == "risks/#harm"


def test_what_is_withdrawn_stays_withdrawn() -> None:
    """Its own address and the places on it give the notice; a text that stands there again is refused."""
    gone = Entry("withdrawn", "pain/", "en", DAY, PLACE, text="It was wrong.")
    ledger = Ledger((*_published("pain/", "pain/#a").entries, gone))
    found, troubles = answers(ledger, Served({"risks/": OTHER}), {"pain/": HERE, "pain/#a": HERE})
    assert {(answer.how, answer.reason) for answer in found.values()} == {("withdrawn", "It was wrong.")}
    assert not troubles
    _, troubles = answers(ledger, Served({"pain/": OTHER}), {})
    assert ("withdrawn", "pain/") in {(t.kind, t.address) for t in troubles}


def test_a_ledger_never_shrinks_and_says_nothing_twice() -> None:
    """Published again without a change, nothing is added; what is added never has the address of a line that is there."""
    served = Served({"pain/": HERE, "pain/#a": OTHER}, {"go/a/": "pain/#a"})
    first = Ledger(tuple(growth(Ledger(), served, {}, "en", DAY)))
    found, _ = answers(first, served, {})
    assert [entry.address for entry in first.entries] == ["pain/", "pain/#a", "go/a/"]
    assert not list(growth(first, served, found, "en", DAY))


def _real(built: Workspace) -> Served:
    """Return what the pages of this project serve."""
    inputs = load_inputs(default_project(built.path))
    language = inputs.languages[0]
    pages = read_pages(language.sources, built / "site", language.homes, Mistakes())
    return served_by(pages, inputs.standard, "")


def _sections(real: Served) -> list[str]:
    """Return the sections of some length whose text stands nowhere else as well: shared and nested ones do."""
    long = {a: words for a, words in real.words.items() if "#" in a and len(words.split()) >= 15}
    alone = [a for a, words in long.items() if all(alike(words, other) < 0.7 for b, other in long.items() if b != a)]
    assert len(alone) > 40
    return alone


def test_on_real_pages_a_text_that_moved_is_found_and_a_rewritten_one_is_left_alone(built: Workspace) -> None:
    """Each section of this project in turn: rewritten, nothing is said; its words at another place, that is named.

    The sections of one subject have many words in common, and none of that is taken for a move.
    """
    real = _real(built)
    ledger = _published(*real.words)
    for address in _sections(real):
        fresh = " ".join(f"word{n}" for n in range(60))
        _, troubles = answers(ledger, Served({**real.words, address: fresh}), real.words)
        assert not troubles, (address, troubles)
        moved = {**real.words, address: fresh, f"{address}-new": real.words[address]}
        _, troubles = answers(ledger, Served(moved), real.words)
        assert [(t.kind, t.address) for t in troubles] == [("swapped", address)]
        assert alike(real.words[address], real.words[address].replace(" the ", " that ", 2)) > 0.5


def test_the_likeliest_successor_is_the_right_one(built: Workspace) -> None:
    """Each section of this project gets another id, and three of its words are changed: the place named is that one."""
    real = _real(built)
    ledger = _published(*real.words)
    for address in _sections(real):
        page = address.partition("#")[0]
        edited = real.words[address].split()
        edited[2], edited[7], edited[12] = "else", "else", "else"
        now = {a: w for a, w in real.words.items() if a != address} | {f"{page}#renamed": " ".join(edited)}
        _, troubles = answers(ledger, Served(now), real.words)
        assert {trouble.address: trouble.other for trouble in troubles} == {address: f"{page}#renamed"}
