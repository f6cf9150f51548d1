"""One page of a project that is made: its topics in some of their wordings, and all else that pages have."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wordings import enough, fit_wordings

from patientpages.markdown import INSERT
from patientpages.model import Block, Place, Topic
from patientpages.project import Inputs

# Topics of each kind of page that is made; one in brackets is shown from its home page.
KINDS = {
    "made-basics": ["what-it-is", "trigger-points", "trigger-debate", "how-it-works", "acupuncture"],
    "made-effects": ["pain-relief", "movement", "strength", "uncertainty", "if-it-does-not-help"],
    "made-choices": ["treatment-plan", "alternatives", "do-nothing", "consent"],
    "made-harms": ["common-effects", "serious-harms", "soreness", "get-help-now"],
    "made-safety": ["who-should-not", "tell-us-first", "blood-thinners", "pregnancy"],
    "made-visit": ["prepare", "needle-fear", "what-happens", "what-it-feels-like"],
    "made-after": ["aftercare", "soreness", "get-help-now", "if-it-does-not-help"],
}
# Those that are linked to: a link to the others would use a medical word where nothing explains it.
_LEADING = {kind: [topic for topic in topics if not topic.startswith("trigger")] for kind, topics in KINDS.items()}
_SHARED = ("get-help-now", "common-effects")
# Statements with a figure: it comes from the facts, as on any page.
_WITH_FACTS = {
    ("soreness", "three-days"): "It usually goes within {{ fact: soreness-lasts }}, but it can last longer.",
}
_TABLE = (("Soreness, of people who were asked", "sore-people"), ("A little bleeding", "bleeding"), ("Bruising", "bruising"),
          ("Pain while the needle is in", "pain-during"), ("Feeling sleepy", "drowsy"), ("Headache", "headache"),
          ("Feeling sick", "feeling-sick"))  # fmt: skip
_FILLERS = (
    "You can ask us about any of it.", "We will go through it with you.", "Take your time with this.",
    "Write down what you want to ask.", "Bring somebody with you if you like.", "Read it again at home.",
    "Ask us to say it in another way.", "Nothing has to be settled in a hurry.", "We can print this page for you.",
    "Show this page to your family.",
)  # fmt: skip
_BOXES = (("normal", "Normal"), ("call", "Call us"))


@dataclass(frozen=True)
class Plan:
    """A page that will be made: its number, where it stands, its kind."""

    number: int
    place: str
    kind: str

    @property
    def name(self) -> str:
        """The page's name, as links and the menu give it. It sorts behind the pages that are there already."""
        return f"zone-{self.place}-{self.kind.removeprefix('made-')}-{self.number:04}"


class Writer:
    """Writes the pages that are planned."""

    def __init__(self, inputs: Inputs, plans: Sequence[Plan], seed: int) -> None:
        self._inputs, self._plans, self._seed = inputs, plans, seed
        language, topics = inputs.languages[0], inputs.standard.topics
        names = {name for kind in KINDS.values() for name in kind if name not in _SHARED}
        self.ways = {topics[name].id: fit_wordings(language, topics[name]) for name in sorted(names)}
        for (topic, statement), text in _WITH_FACTS.items():
            self.ways[topic][statement] = enough([text])
        self._sources = sorted(inputs.standard.citations)

    def page(self, plan: Plan) -> str:
        """Return the Markdown of a page."""
        chance = random.Random(f"{self._seed} {plan.number}")
        word, place = plan.kind.removeprefix("made-"), plan.place
        sources = ", ".join(sorted(chance.sample(self._sources, 4)))
        parts = [
            f"---\ntitle: Dry needling and your {place}, {_letters(plan.number)}\n"
            f"description: What to know about dry needling when your {place} hurts, part {_letters(plan.number)}, on {word}.\n"
            f"kind: {plan.kind}\nsources: [{sources}]\n---",
            '!!! in-short "In short"\n\n    This page is about dry needling when your '
            f"{place} hurts. Chest pain? Hard to breathe? Call {{{{ emergency: number }}}} now.",
        ]
        for name in KINDS[plan.kind]:
            parts += self._shared(name) if name in _SHARED else self._section(name, chance)
        parts += [*self._numbers(chance), *self._further(plan, chance)]
        return "\n\n".join(parts) + "\n"

    def _shared(self, name: str) -> Iterator[str]:
        yield f"## {self._inputs.standard.topics[name].question} {{ #{name} }}"
        yield f"{{{{ section: {name} }}}}"

    def _section(self, name: str, chance: random.Random) -> list[str]:
        """Return a section. What stands side by side can take each other's meaning: then it is drawn again."""
        topic = self._inputs.standard.topics[name]
        for _ in range(50):
            paragraphs = list(self._paragraphs(name, chance))
            if self._says_all(topic, paragraphs):
                return [f"## {topic.question} {{ #{name} }}", *paragraphs]
        raise LookupError(f"no wordings of {name} say all of it together")

    def _says_all(self, topic: Topic, paragraphs: list[str]) -> bool:
        """Tell whether these paragraphs say each required statement, and contradict none."""
        language = self._inputs.languages[0]
        assert language.judge is not None
        facts = language.wording.values["fact"]
        texts = [INSERT.sub(lambda found: facts.get(found["name"], "us"), text) for text in paragraphs]
        blocks = [Block("paragraph", text.strip(), Place("")) for text in texts if not text.startswith("!!!")]
        verdicts = language.judge.judge(topic, blocks)
        return not any(v.contradicted for v in verdicts.values()) and all(
            verdicts[statement.id].said for statement in topic.required(short=False)
        )

    def _paragraphs(self, name: str, chance: random.Random) -> Iterator[str]:
        for number, (_, ways) in enumerate(self.ways[name].items()):
            yield f"{chance.choice(ways)} {chance.choice(_FILLERS)}"
            yield chance.choice(ways)
            if number == 1:
                kind, title = chance.choice(_BOXES)
                yield f'!!! {kind} "{title}"\n\n    {chance.choice(_FILLERS)} The clinic\'s phone is {{{{ clinic: phone }}}}.'

    def _numbers(self, chance: random.Random) -> Iterator[str]:
        yield "## Which numbers are known? { #numbers }"
        rows = [f"| {what} | {{{{ fact: {fact} }}}} |" for what, fact in chance.sample(_TABLE, len(_TABLE))]
        yield "\n".join(["| What was counted | How often |", "| --- | --- |", *rows])
        yield "![A thin needle with a handle](thin-needle.svg)"

    def _further(self, plan: Plan, chance: random.Random) -> Iterator[str]:
        yield "## Where can I read more? { #read-more }"
        lines = []
        for other in chance.sample(self._plans, min(3, len(self._plans))):
            topic = self._inputs.standard.topics[chance.choice(_LEADING[other.kind])]
            lines.append(f"- Your {other.place}: [{topic.question}]({other.name}.md#{topic.id})")
        lines.append("- [The signs that need help](get-help-now.md#get-help-now)")
        yield "\n".join(lines)


def _letters(number: int) -> str:
    """Return a number in letters: a figure may not be typed into a title."""
    text = ""
    while number or not text:
        number, rest = divmod(number, 26)
        text = chr(ord("A") + rest) + text
    return text
