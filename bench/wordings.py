"""The ways in which a statement is worded, taken from the examples of standard/<lang>/phrases/: at least 20 for each."""

from __future__ import annotations

from patientpages.checks.figures import typed_figures
from patientpages.model import Block, Place, Topic
from patientpages.project import Language
from patientpages.said import Judge, claims_in

_FRAMES = ("{}", "Please note: {}", "In short, {}", "To be plain: {}", "Remember: {}", "Good to know: {}",
           "Once more: {}")  # fmt: skip
_NOWHERE = Place("bench")
_LONGEST = 20  # words: the checks call a longer sentence long


def framed(text: str) -> list[str]:
    """Return a sentence in each frame."""
    return [frame.format(text if frame == "{}" else text[:1].lower() + text[1:]) for frame in _FRAMES]


def wordings(judge: Judge, topic: str, statement: str) -> list[str]:
    """Return at least 20 ways in which a statement is worded."""
    examples = [text for text, _ in judge.book.statements[topic, statement].says if "\n" not in text]
    return [made for text in examples for made in framed(text)] or [judge.say(topic, statement)]


def _fits(language: Language, topic: Topic, statement: str, text: str) -> bool:
    """Tell whether a wording may stand on a page: no figure, no hard word, nothing claimed or denied that may not be."""
    judge, figures, plain = language.judge, language.figures, language.plain
    assert judge is not None
    low = text.lower()
    if (
        len(text.split()) > _LONGEST
        or text.count(". ") > 2
        or (figures and any(True for _ in typed_figures(text, figures)))
    ):
        return False
    if plain and any(word in low for word in (*plain.plain, *plain.medical, *plain.passive_instructions)):
        return False
    blocks = [Block("paragraph", text, _NOWHERE)]
    if any(True for _ in claims_in(judge, judge.book.rules, blocks)):
        return False
    verdicts = judge.judge(topic, blocks)
    return verdicts[statement].said and not any(verdict.contradicted for verdict in verdicts.values())


def fit_wordings(language: Language, topic: Topic) -> dict[str, list[str]]:
    """Return the wordings of each required statement of a topic that may stand on a page, by statement."""
    judge = language.judge
    assert judge is not None
    found = {}
    for statement in topic.required(short=False):
        every = wordings(judge, topic.id, statement.id)
        found[statement.id] = [text for text in every if _fits(language, topic, statement.id, text)] or [
            judge.say(topic.id, statement.id)
        ]
    return found
