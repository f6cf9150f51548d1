"""Does each section say what a patient must be told? The verdicts come from the matcher; these are its findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from patientpages.checks.registry import Note
from patientpages.checks.topics import asked_of
from patientpages.model import NOT_PROSE, Block, Page, Section, Site, Statement, Topic, Verdict


def _unsaid(page: Page, site: Site) -> Iterator[tuple[Topic, Section, Statement, Verdict]]:
    """Yield each required statement of this page that its section does not say (contradicted ones apart)."""
    for topic, short in asked_of(page, site)[1]:
        section = page.section(topic.id)
        if section is None or not section.prose:
            continue  # missing and empty sections have findings of their own
        verdicts = site.verdicts.get((page.source.name, topic.id), {})
        for statement in topic.required(short=short):
            verdict = verdicts.get(statement.id)
            if verdict is not None and not verdict.said and verdict.contradicted is None:
                yield topic, section, statement, verdict


def _shown(block: Block) -> Block:
    """Return a block as if a patient could see it and it were prose."""
    return replace(block, hidden="", kind="paragraph" if block.kind in NOT_PROSE else block.kind)


def _where_it_does_not_count(topic: Topic, section: Section, statement: Statement, site: Site) -> str:
    """Return why the words that do say it do not count ("" if no words of the section do)."""
    if site.judge is None:
        return ""
    unseen = [block for block in section.blocks if block not in section.prose]
    for block in unseen:
        verdict = site.judge.judge(topic, [_shown(b) for b in section.blocks if b in section.prose or b == block])
        if verdict[statement.id].said:
            return block.hidden or f"it stands in a {block.kind}, which tells nobody anything by itself"
    if unseen and site.judge.judge(topic, [_shown(block) for block in section.blocks])[statement.id].said:
        return next((block.hidden for block in unseen if block.hidden), "it stands in headings or titles")
    return ""


def _elsewhere(topic: Topic, statement: Statement, page: Page, site: Site) -> str:
    """Return where another section of the page says it, or, for a topic's home, another page ("" if none does)."""
    if site.judge is None:
        return ""
    for section in page.sections:
        if section.level == 2 and section.id != topic.id:
            verdict = site.judge.judge(topic, section.blocks)[statement.id]
            if verdict.said and verdict.place is not None:
                return f"{verdict.place.path}:{verdict.place.line} (#{section.id})"
    for (name, asked), verdicts in site.verdicts.items() if page.source.name == topic.home else ():
        told = verdicts.get(statement.id) if asked == topic.id and name != page.source.name else None
        if told is not None and told.said and told.place is not None:
            return f"{told.place.path}:{told.place.line}, a page that its short link does not open"
    return ""


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
    for topic, section, statement, verdict in _unsaid(page, site):
        if _where_it_does_not_count(topic, section, statement, site) or _elsewhere(topic, statement, page, site):
            continue
        yield Note(section.place, f'"{section.title}" does not say: {statement.tells}{_lacking(statement, verdict)}',
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
    for topic, section, statement, _ in _unsaid(page, site):
        reason = _where_it_does_not_count(topic, section, statement, site)
        if reason:
            yield Note(section.place, f'"{section.title}" says it only where it does not count: {statement.tells}',
                       f"Here {reason}. Say it in the open text of the section.", topic.id, statement.id)  # fmt: skip


def said_elsewhere(page: Page, site: Site) -> Iterator[Note]:
    """A statement is said in the section that its short link opens.

    Why: an e-mail links to one section; what stands on another page is not read.

    Bad: "It can start days later" under another heading of the page
    Good: the same sentence under `{ #get-help-now }` too
    """
    for topic, section, statement, verdict in _unsaid(page, site):
        if _where_it_does_not_count(topic, section, statement, site):
            continue
        place = _elsewhere(topic, statement, page, site)
        if place:
            told = f"{statement.tells}{_lacking(statement, verdict)}"
            message = f'"{section.title}" does not say, though it is said elsewhere: {told}'
            hint = f"It stands at {place}.\n{_hint(topic, section, statement, site)}"
            yield Note(section.place, message, hint, topic.id, statement.id)
