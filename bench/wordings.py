"""The ways in which a statement is worded, taken from the examples of standard/<lang>/phrases/: at least 20 for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from patientpages.checks.figures import typed_figures
from patientpages.model import Block, Place, Topic
from patientpages.project import Language
from patientpages.said import Judge, claims_in

_FRAMES = ("{}", "Please note: {}", "In short, {}", "To be plain: {}", "Remember: {}", "Good to know: {}",
           "Once more: {}")  # fmt: skip
# For statements that have few examples without a figure or a hard word.
_MORE = ("Please read this twice: {}", "This matters: {}", "Worth knowing: {}", "Above all: {}", "First of all: {}",
         "What we tell everyone: {}", "Keep this in mind: {}", "To sum up: {}", "In plain words: {}", "Put simply, {}",
         "Here it is again: {}", "A word on this: {}", "So: {}")  # fmt: skip
_ENOUGH = 20
_NOWHERE = Place("bench")
_LONGEST = 16  # words, without its frame: the checks call a sentence of more than 20 long


def framed(text: str, frames: Iterable[str] = _FRAMES) -> list[str]:
    """Return a sentence in each frame."""
    return [frame.format(text if frame == "{}" else text[:1].lower() + text[1:]) for frame in frames]


def wordings(judge: Judge, topic: str, statement: str) -> list[str]:
    """Return at least 20 ways in which a statement is worded."""
    return [made for text in _examples(judge, topic, statement) for made in framed(text)]


def _examples(judge: Judge, topic: str, statement: str) -> list[str]:
    found = [text for text, _ in judge.book.statements[topic, statement].says if "\n" not in text]
    return found or [judge.say(topic, statement)]


def _fits(language: Language, topic: Topic, statement: str, text: str) -> bool:
    """Tell whether an example may stand on a page: no figure, no hard word, nothing claimed or denied that may not be."""
    judge, figures, plain = language.judge, language.figures, language.plain
    assert judge is not None
    low = text.lower()
    if text.count(". ") > 2 or (figures and any(True for _ in typed_figures(text, figures))):
        return False
    if plain and any(word in low for word in (*plain.plain, *plain.medical, *plain.passive_instructions)):
        return False
    if any(True for _ in claims_in(judge, judge.book.rules, [Block("paragraph", text, _NOWHERE)])):
        return False
    return _said(judge, topic, statement, text)


def _said(judge: Judge, topic: Topic, statement: str, text: str) -> bool:
    """Tell whether a text says a statement, and contradicts no other."""
    verdicts = judge.judge(topic, [Block("paragraph", text, _NOWHERE)])
    return verdicts[statement].said and not any(verdict.contradicted for verdict in verdicts.values())


def fit_wordings(language: Language, topic: Topic) -> dict[str, list[str]]:
    """Return at least 20 wordings of each required statement of a topic that may stand on a page, by statement."""
    judge = language.judge
    assert judge is not None
    found = {}
    for statement in topic.required(short=False):
        fit = [e for e in _examples(judge, topic.id, statement.id) if _fits(language, topic, statement.id, e)]
        fit = fit or [judge.say(topic.id, statement.id)]
        made = enough([text for text in fit if len(text.split()) <= _LONGEST] or fit)
        # What a second sentence says can hang on how the first begins.
        found[statement.id] = [t for t in made if ". " not in t or _said(judge, topic, statement.id, t)]
    return found


def enough(texts: Sequence[str]) -> list[str]:
    """Return each of these sentences in the usual frames, and in more where that makes fewer than 20."""
    made = [text for each in texts for text in framed(each)]
    return made if len(made) >= _ENOUGH else made + [text for each in texts for text in framed(each, _MORE)]
