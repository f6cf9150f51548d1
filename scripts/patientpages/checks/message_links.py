"""Links of messages that staff send: they lead where they must, they lead somewhere, and they give nobody away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from patientpages.checks.registry import Note
from patientpages.model import SHORT, Place, Sent, Site
from patientpages.yamlfile import near

_BARE = re.compile(r"\b(?:https?://|www\.)\S+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def link_missing(sent: Sent, site: Site) -> Iterator[Note]:
    """Every message leads to urgent help, and to what its moment asks for; an SMS has one link.

    Why: whoever opens it on the evening after needs the answer, and help, in one tap.

    Bad: a message for the same evening without a link to soreness
    Good: `[Will I be sore?](soreness)`
    """
    rules = site.standard.messages
    moment = next((m for m in rules.moments if m.id == sent.message.id), None)
    names = {address.removeprefix(site.prefix).removeprefix(f"{SHORT}/").rstrip("/") for address in sent.links}
    place = sent.message.text_place
    for wanted in dict.fromkeys((*rules.links, *(moment.links if moment else ()))):
        if wanted not in names:
            yield Note(place, f'the e-mail "{sent.message.id}" has no link to {wanted}', f"[words]({wanted})")
    if sent.message.sms and len(sent.sms_carries) + sum(p == sent.message.sms_place for _, p in sent.lost) != 1:
        message = f'the SMS "{sent.message.id}" has {len(sent.sms_carries)} links, and should have one'
        yield Note(sent.message.sms_place, message, "{{ link: soreness }}")


def link_to_nothing(sent: Sent, site: Site) -> Iterator[Note]:
    """A link of a message names a topic or a page that is there.

    Why: a message cannot be called back; its link must open for years.

    Bad: `[Will I be sore?](sorness)`
    Good: `[Will I be sore?](soreness)`
    """
    known = [*site.standard.topics, *(page.source.name for page in site.pages)]
    places = {link.href: link.place for link in sent.page.links}
    for name, place in sent.lost:
        yield Note(places.get(name, place), f'"{name}" is no topic and no page.{near(name, known)}',
                   "[words](soreness): a topic of standard/topics.yml, or a page of docs/")  # fmt: skip
    for page in (sent.page, sent.sms_page):
        for number, line in enumerate(page.source.text.split("\n"), 1):
            for bare in _BARE.findall(line):
                yield Note(Place(page.source.path, number), f'"{bare}" is an address that nobody keeps alive',
                           "Name a topic or a page: [words](soreness); in an SMS {{ link: soreness }}")  # fmt: skip


def _begins(text: str, openings: Iterable[str]) -> bool:
    return any(re.match(rf"{re.escape(opening)}\b", text.strip(" -*•"), re.IGNORECASE) for opening in openings)


def health_disclosed(sent: Sent, site: Site) -> Iterator[Note]:
    """A link that would tell of somebody's health stands only in a sentence for everybody.

    Why: a message lies open on a screen that others see.

    Bad: "Here is what you need to know about blood thinners: ..."
    Good: "If you take blood thinners: [read this first](blood-thinners)"
    """
    rules = site.standard.messages
    for link in sent.page.links:
        if link.href not in rules.discloses:
            continue
        said = [s for block in sent.page.opening for s in _SENTENCE.split(block.text) if link.text in s]
        if not said or not all(_begins(sentence, rules.for_everybody) for sentence in said):
            yield Note(link.place, f"this link to {link.href} tells of its reader's health",
                       f"Write it for everybody: If ...: [words]({link.href})")  # fmt: skip
    for address in sent.sms_carries:
        name = address.rstrip("/").rpartition("/")[2]
        if name in rules.discloses:
            yield Note(sent.message.sms_place, f"the SMS leads to {name}, which tells of its reader's health",
                       "Lead to a page that is for everybody.")  # fmt: skip
