"""A project of as many pages as you like, such as a group of clinics would have: python bench/made_site.py 1000 FOLDER

It is this project (20 pages, unchanged), and further pages in groups of the menu: each of a kind, with all its topics,
statements worded from the examples of standard/<lang>/phrases/, facts, sources, the clinic's details, a shared section,
lists, tables, boxes, a picture, and links to sections of other pages; 600 to 900 words. The same number and seed give
the same bytes. `patientpages build` there must end with no error.
"""

from __future__ import annotations

import argparse
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from wordings import enough, fit_wordings

from patientpages.project import Inputs, default_project, load_inputs

ROOT = Path(__file__).resolve().parents[1]
SEED = 20261126
PLACES = (
    "back",
    "neck",
    "shoulder",
    "elbow",
    "wrist",
    "hip",
    "knee",
    "calf",
    "heel",
    "jaw",
)  # a group of the menu each
_PARTS = ("docs", "standard", "overrides", "print", "records", "staff", "mkdocs.yml", "scripts/hooks.py")
# Topics of each kind of page that is made; one in brackets is shown from its home page.
_KINDS = {
    "made-basics": ["what-it-is", "trigger-points", "trigger-debate", "how-it-works", "acupuncture"],
    "made-effects": ["pain-relief", "movement", "strength", "uncertainty", "if-it-does-not-help"],
    "made-choices": ["treatment-plan", "alternatives", "do-nothing", "consent"],
    "made-harms": ["common-effects", "serious-harms", "soreness", "get-help-now"],
    "made-safety": ["who-should-not", "tell-us-first", "blood-thinners", "pregnancy"],
    "made-visit": ["prepare", "needle-fear", "what-happens", "what-it-feels-like"],
    "made-after": ["aftercare", "soreness", "get-help-now", "if-it-does-not-help"],
}
# Those that are linked to: a link to the others would use a medical word where nothing explains it.
_LEADING = {kind: [topic for topic in topics if not topic.startswith("trigger")] for kind, topics in _KINDS.items()}
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
_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40" width="120" height="40">'
    '<path d="M5 20h90" stroke="#333" stroke-width="2"/><path d="M95 16h20v8h-20z" fill="#777"/></svg>\n'
)


@dataclass(frozen=True)
class _Plan:
    """A page that will be made: its number, where it stands, its kind."""

    number: int
    place: str
    kind: str

    @property
    def name(self) -> str:
        """The page's name, as links and the menu give it. It sorts behind the pages that are there already."""
        return f"zone-{self.place}-{self.kind.removeprefix('made-')}-{self.number:04}"


class _Writer:
    """Writes the pages that are planned."""

    def __init__(self, inputs: Inputs, plans: list[_Plan], seed: int) -> None:
        self._inputs, self._plans, self._seed = inputs, plans, seed
        language, topics = inputs.languages[0], inputs.standard.topics
        names = {name for kind in _KINDS.values() for name in kind if name not in _SHARED}
        self.ways = {topics[name].id: fit_wordings(language, topics[name]) for name in sorted(names)}
        for (topic, statement), text in _WITH_FACTS.items():
            self.ways[topic][statement] = enough([text])
        self._sources = sorted(inputs.standard.citations)

    def page(self, plan: _Plan) -> str:
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
        for name in _KINDS[plan.kind]:
            parts += self._shared(name) if name in _SHARED else self._section(name, chance)
        parts += [*self._numbers(chance), *self._further(plan, chance)]
        return "\n\n".join(parts) + "\n"

    def _shared(self, name: str) -> Iterator[str]:
        yield f"## {self._inputs.standard.topics[name].question} {{ #{name} }}"
        yield f"{{{{ section: {name} }}}}"

    def _section(self, name: str, chance: random.Random) -> Iterator[str]:
        topic = self._inputs.standard.topics[name]
        yield f"## {topic.question} {{ #{name} }}"
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

    def _further(self, plan: _Plan, chance: random.Random) -> Iterator[str]:
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


def _kinds() -> str:
    """Return the kinds of the pages that are made, as they stand in topics.yml."""
    kinds = {
        name: {"pages": [], "full": topics, "short": [], "links": [], "sections": ["numbers", "read-more"], "entries": 5,
               "words": 900, "grade": 9, "urgent": "line"}
        for name, topics in _KINDS.items()
    }  # fmt: skip
    return "\n" + "".join(f"  {line}\n" for line in yaml.safe_dump(kinds, sort_keys=False).splitlines())


def _nav(plans: list[_Plan]) -> str:
    """Return what is added to nav: a group for each place."""
    lines = []
    for place in PLACES:
        files = [f"      - {plan.name}.md\n" for plan in plans if plan.place == place]
        lines += [f"  - {place}:\n", *files] if files else []
    return "".join(lines)


def _put(path: Path, before: str, added: str) -> None:
    """Put a text into a file, in front of a line that must be there."""
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{before!r} must stand once in {path.name}"
    path.write_text(text.replace(before, added + before), encoding="utf-8")


def make_project(target: Path, pages: int, seed: int = SEED) -> None:
    """Make a project of so many pages in a folder that is not there yet: at least the 20 of this project."""
    for part in _PARTS:
        (target / part).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, target / part)
        else:
            shutil.copy2(ROOT / part, target / part)
    shutil.copy2(ROOT / "tests/clinics/example.yml", target / "clinic.yml")
    (target / ".build").mkdir()
    there = sum(1 for _ in (target / "docs/en").rglob("*.md"))
    if pages < there:
        raise ValueError(f"{pages} pages: this project has {there} of its own")
    kinds = list(_KINDS)
    plans = [_Plan(n, PLACES[n // len(kinds) % len(PLACES)], kinds[n % len(kinds)]) for n in range(pages - there)]
    if not plans:
        return
    writer = _Writer(load_inputs(default_project(ROOT)), plans, seed)
    with (target / "standard/topics.yml").open("a", encoding="utf-8") as file:
        file.write(_kinds())
    _put(target / "mkdocs.yml", "  - more:\n", _nav(plans))
    _put(target / "docs/en/_words.yml", "  more: More\n", "".join(f"  {p}: Your {p}\n" for p in PLACES))
    (target / "docs/en/thin-needle.svg").write_text(_PICTURE, encoding="utf-8")
    for plan in plans:
        path = target / f"docs/en/{plan.name}.md"
        path.write_text(writer.page(plan), encoding="utf-8")


def main() -> None:
    """Make a project."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=int, help="how many pages, with the 20 of this project")
    parser.add_argument("folder", type=Path, help="a folder that is not there yet")
    parser.add_argument("--seed", type=int, default=SEED)
    args = parser.parse_args()
    make_project(args.folder, args.pages, args.seed)


if __name__ == "__main__":
    main()
