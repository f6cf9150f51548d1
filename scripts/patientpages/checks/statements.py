"""Does each section say what a patient must be told? The verdicts come from the matcher; these are its findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from patientpages.checks.registry import Note
from patientpages.checks.topics import asked_of
from patientpages.latest import Latest
from patientpages.model import NOT_PROSE, Block, Page, Section, Site, Statement, StatementJudge, Topic, Verdict


@dataclass(frozen=True, slots=True)
class _Unsaid:
    """A required statement that its section does not say.

    `uncounted` says why the words that do say it do not count ("" if no words of the section do).
    """

    topic: Topic
    section: Section
    statement: Statement
    verdict: Verdict
    uncounted: str
    looks: _Looks | None

    def elsewhere(self, site: Site) -> str:
        """Return where else it is said, if its own section has no words for it ("" if nowhere)."""
        return self.looks.elsewhere(self.topic, self.statement, site) if self.looks and not self.uncounted else ""


class _Looks:
    """What a page says where a statement is looked for; each section is judged once for each topic."""

    def __init__(self, page: Page, judge: StatementJudge) -> None:
        self._page, self._judge = page, judge
        self._shown: dict[str, dict[int, Mapping[str, Verdict]]] = {}
        self._told: dict[tuple[str, int], Mapping[str, Verdict]] = {}

    def uncounted(self, topic: Topic, section: Section, statement: Statement) -> str:
        """Return why the words that do say it do not count ("" if no words of the section do)."""
        known = self._shown.setdefault(topic.id, {})
        unseen = {n: block for n, block in enumerate(section.blocks) if block.hidden or block.kind in NOT_PROSE}
        for number, block in unseen.items():
            if number not in known:
                shown = [_shown(b) for n, b in enumerate(section.blocks) if n not in unseen or b == block]
                known[number] = self._judge.judge(topic, shown)
            if known[number][statement.id].said:
                return block.hidden or f"it stands in a {block.kind}, which tells nobody anything by itself"
        if unseen and -1 not in known:
            known[-1] = self._judge.judge(topic, [_shown(block) for block in section.blocks])
        if unseen and known[-1][statement.id].said:
            return next((block.hidden for block in unseen.values() if block.hidden), "it stands in headings or titles")
        return ""

    def elsewhere(self, topic: Topic, statement: Statement, site: Site) -> str:
        """Return where another section of the page says it, or, for a topic's home, another page ("" if none does)."""
        for number, section in enumerate(self._page.sections):
            if section.level == 2 and section.id != topic.id:
                told = self._told.get((topic.id, number))
                if told is None:
                    told = self._told[topic.id, number] = self._judge.judge(topic, section.blocks)
                place = told[statement.id].place
                if told[statement.id].said and place is not None:
                    return f"{place.path}:{place.line} (#{section.id})"
        name = self._page.source.name
        for (other, asked), verdicts in site.verdicts.items() if name == topic.home else ():
            verdict = verdicts.get(statement.id) if asked == topic.id and other != name else None
            if verdict is not None and verdict.said and verdict.place is not None:
                return f"{verdict.place.path}:{verdict.place.line}, a page that its short link does not open"
        return ""


def _shown(block: Block) -> Block:
    """Return a block as if a patient could see it and it were prose."""
    if not block.hidden and block.kind not in NOT_PROSE:
        return block
    return replace(block, hidden="", kind="paragraph" if block.kind in NOT_PROSE else block.kind)


def _looked(page: Page, site: Site) -> Iterator[_Unsaid]:
    looks = _Looks(page, site.judge) if site.judge is not None else None
    for topic, short in asked_of(page, site)[1]:
        section = page.section(topic.id)
        if section is None or not section.prose:
            continue  # missing and empty sections have findings of their own
        verdicts = site.verdicts.get((page.source.name, topic.id), {})
        for statement in topic.required(short=short):
            verdict = verdicts.get(statement.id)
            if verdict is not None and not verdict.said and verdict.contradicted is None:
                uncounted = looks.uncounted(topic, section, statement) if looks else ""
                yield _Unsaid(topic, section, statement, verdict, uncounted, looks)


_LAST: Latest[tuple[_Unsaid, ...]] = Latest()


def _unsaid(page: Page, site: Site) -> tuple[_Unsaid, ...]:
    """Return each required statement of this page that its section does not say (contradicted ones apart)."""
    return _LAST.of((page, site), lambda: tuple(_looked(page, site)))


def _hint(topic: Topic, section: Section, statement: Statement, site: Site) -> str:
    if site.judge is None:
        return topic.why
    lines, verdict = [topic.why], site.judge.one(topic, statement, section.blocks)
    missing = [part for part in verdict.parts if not part.said]
    nearest = next((part.nearest for part in missing if part.nearest), None)
    if nearest:
        lacks = sorted({name.rsplit("/", 1)[-1] for part in missing for name in part.lacks})
        lines.append(f'The nearest sentence is "{nearest}"' + (f" It lacks: {', '.join(lacks)}." if lacks else ""))
    say = site.judge.say(topic.id, statement.id)
    return "\n".join([*lines, f'Say, for example: "{say}"'] if say else lines)


def _lacking(statement: Statement, verdict: Verdict) -> str:
    """Return the parts that are not said, if it is not all of them."""
    missing = [part.id for part in verdict.parts if not part.said]
    if not missing or len(missing) == len(verdict.parts):
        return ""
    if statement.at_least:
        told = len(verdict.parts) - len(missing)
        return f" (at least {statement.at_least} of {len(verdict.parts)} are needed, {told} said)"
    return f" (missing: {', '.join(missing)})"


def not_said(page: Page, site: Site) -> Iterator[Note]:
    """A section says every statement that it must.

    Why: a heading is not an answer; the patient goes home with what the sentences under it told them.

    Bad: `## When should I call? { #get-help-now }` and "Call us if you are worried."
    Good: "... It can start hours or days later."
    """
    for found in _unsaid(page, site):
        topic, section, statement = found.topic, found.section, found.statement
        if not found.uncounted and not found.elsewhere(site):
            told = f"{statement.tells}{_lacking(statement, found.verdict)}"
            yield Note(section.place, f'"{section.title}" does not say: {told}',
                       _hint(topic, section, statement, site), topic.id, statement.id)  # fmt: skip


def contradicted(page: Page, site: Site) -> Iterator[Note]:
    """No section says the opposite of a statement, or gives the unsafe advice that it warns of.

    Why: a patient who reads both will believe either.

    Bad: "If your chest hurts when you breathe in, that is normal soreness."
    Good: "Chest pain is not soreness: get help now."
    """
    for topic, _ in page.topics(site.standard):
        for name, verdict in site.verdicts.get((page.source.name, topic.id), {}).items():
            if verdict.contradicted is not None and verdict.contradicted_at is not None:
                statement = next(s for s in topic.statements if s.id == name)
                message = f'this contradicts "{statement.tells}": "{verdict.contradicted}"'
                hint = f"{topic.why}\nChange the sentence: it may not stand on a page for patients."
                yield Note(verdict.contradicted_at, message, hint, topic.id, name)


def said_where_it_does_not_count(page: Page, site: Site) -> Iterator[Note]:
    """A statement is said in text that every patient meets.

    Why: a closed box, a comment, a heading or a picture is missed by whoever is in a hurry, or cannot see it.

    Bad: `<details><summary>More</summary>It can start days later.</details>`
    Good: the sentence in the section's own text
    """
    for found in _unsaid(page, site):
        if found.uncounted:
            message = f'"{found.section.title}" says it only where it does not count: {found.statement.tells}'
            yield Note(found.section.place, message, f"Here {found.uncounted}. Say it in the open text of the section.",
                       found.topic.id, found.statement.id)  # fmt: skip


def said_elsewhere(page: Page, site: Site) -> Iterator[Note]:
    """A statement is said in the section that its short link opens.

    Why: an e-mail links to one section; what stands on another page is not read.

    Bad: "It can start days later" under another heading of the page
    Good: the same sentence under `{ #get-help-now }` too
    """
    for found in _unsaid(page, site):
        topic, section, statement = found.topic, found.section, found.statement
        elsewhere = found.elsewhere(site)
        if elsewhere:
            told = f"{statement.tells}{_lacking(statement, found.verdict)}"
            message = f'"{section.title}" does not say, though it is said elsewhere: {told}'
            hint = f"It stands at {elsewhere}.\n{_hint(topic, section, statement, site)}"
            yield Note(section.place, message, hint, topic.id, statement.id)
