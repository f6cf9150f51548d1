"""Claims: a clinic's advertising is caught, sentence by sentence, and fair text is left alone."""

from __future__ import annotations

import pytest

from patientpages.folders import default_project
from patientpages.model import Block, Place
from patientpages.project import load_inputs
from patientpages.said import Judge, claims_in
from patientpages.said.proof import blocks_of
from tests.conftest import ROOT, TODAY, Workspace

# What clinics write, each with the claim that it makes.
ADVERTISING = {
    "Dry needling is now an accepted, evidence-based way to manage myofascial pain.": "proven",
    "This pain is caused by knots in the muscle called trigger points.": "cause",
    "These hyperirritable spots sit on the surface of the muscle.": "surface",
    "The treatment restores your muscle to its normal length and function.": "restores",
    "Unlike acupuncture, it is grounded in modern science and anatomy.": "than-acupuncture",
    "When the muscle twitches, that means it is working.": "good-sign",
    "Enjoy immediate and long-term relief from pain.": "long-lasting",
    "Its strength is how quickly it relieves pain.": "fast",
    "Ideal for those who have not found relief with massage, stretching or medication.": "last-hope",
    "By going straight to the source, we treat the root cause of your pain.": "cause",
    "Needling boosts performance, resets the nervous system and helps with injury prevention.": "performance",
    "It is highly effective by itself, and works best as part of a programme.": "effective",
    "It speeds up recovery and supports lasting change.": "fast",
    "Each session opens a window of opportunity for exercise.": "window",
    "In the hands of a qualified practitioner the technique is completely safe.": "safe",
    "You may notice only slight discomfort, which disappears quickly.": "mild",
    "Many of our patients report feeling better. Book your session online today.": "selling",
}  # fmt: skip
# Longer text of the same kind: each paragraph holds several claims.
PARAGRAPHS = [
    "At Example Clinic, our award-winning team uses dry needling to release stubborn knots. You will feel looser after just one visit.",
    "Tired of pain? Don't suffer any longer. This breakthrough therapy eliminates trigger points once and for all.",
    "The needle causes a small twitch, a sign that the muscle is releasing. Fresh blood and oxygen rush in, and toxins are flushed out.",
    "Clinical research proves that needling is superior to massage. There are virtually no side effects.",
    "Athletes love it: stronger muscles, faster recovery and peak performance.",
    "If left untreated, trigger points spread. Acting today prevents years of misery, so call us now to book.",
    "Our practitioners have advanced training, so the treatment is painless and risk-free.",
    "It normalises muscle tone, corrects imbalances and re-educates movement.",
    "Works for everyone, from office workers to professional dancers, with guaranteed results.",
    "Say goodbye to stiffness: needling breaks up adhesions and heals the tissue.",
]


@pytest.fixture(scope="module")
def judge() -> Judge:
    """The project's own phrases and rules."""
    found = load_inputs(default_project(ROOT)).languages[0].judge
    assert isinstance(found, Judge)
    return found


def _claims(judge: Judge, text: str) -> set[str]:
    rules = [rule for rule in judge.book.rules if rule.reach is None]
    return {claim.rule.id for claim in claims_in(judge, rules, [Block("paragraph", text, Place("x.md"))])}


def test_the_over_statements_of_clinics_are_caught(judge: Judge) -> None:
    """At least 15 of 17 sentences, each for the claim that it makes."""
    missed = {text: _claims(judge, text) for text, claim in ADVERTISING.items() if claim not in _claims(judge, text)}
    assert len(ADVERTISING) == 17
    assert len(missed) <= 2, missed


def test_paragraphs_of_marketing_are_caught(judge: Judge) -> None:
    """No paragraph passes, and most hold several claims that are told apart."""
    found = {text: _claims(judge, text) for text in PARAGRAPHS}
    assert all(found.values()), [text for text, claims in found.items() if not claims]
    assert sum(map(len, found.values())) >= 2 * len(PARAGRAPHS)


def test_fair_sentences_are_left_alone(judge: Judge) -> None:
    """Of 800 sentences that the standard gives as fair ways to say a thing, at most 3 are flagged."""
    fair = [text for phrases in judge.book.statements.values() for text, _ in phrases.says]
    rules = [rule for rule in judge.book.rules if rule.reach is None]
    flagged = [text for text in fair if any(True for _ in claims_in(judge, rules, blocks_of(text, Place("x.md"))))]
    assert len(fair) >= 300
    assert len(flagged) <= 3, flagged


def test_a_finding_offers_fair_words(project: Workspace) -> None:
    """A draft of an advertisement gets each claim with its line, why it is wrong, and what is fair."""
    draft = project / "draft.txt"
    draft.write_text("# Needling\n\nDry needling is completely safe.\n\nIt cures pain.\n", encoding="utf-8")
    run = project.json("topics", "draft.txt", "--whole-page", "--kind", "treatment")
    found = {f["line"]: f["hint"] for f in run.values["findings"] if f["code"] == "C101"}
    assert set(found) == {3, 5}
    assert "Fair: Serious problems are rare" in found[3]


def test_a_rule_that_does_not_hold_on_its_examples_is_told(project: Workspace) -> None:
    """An example that is not found, or a fair one that is, stops the run with its line."""
    line = project.edit("standard/en/claims.yml", "A virtually risk-free treatment.", "A lovely treatment.")
    run = project.json("check", "--today", TODAY)
    assert run.code == 2
    assert ("standard/en/claims.yml", line) in {(f["path"], f["line"]) for f in run.values["findings"]}
