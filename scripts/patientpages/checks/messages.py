"""Messages that staff send: each says what every message must, leads where it must, and gives nobody away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from patientpages.checks.registry import Note
from patientpages.mailing import LONGEST_MAILTO, LONGEST_SMS, gsm7_length, mailto, plain_text
from patientpages.model import Page, Place, Sent, Site, Statement, Topic
from patientpages.records import MESSAGE
from patientpages.yamlfile import near


def _topics(site: Site) -> Mapping[str, Topic]:
    return {**site.standard.topics, **site.standard.messages.topics}


def _asked(site: Site) -> Iterator[tuple[Topic, Statement]]:
    """Yield the statements that every message must make."""
    for name in site.standard.messages.says:
        topic, _, statement = name.partition(".")
        found = _topics(site)[topic]
        yield found, next(s for s in found.statements if s.id == statement)


def _forms(sent: Sent) -> Iterator[tuple[str, Page, Place]]:
    """Yield the e-mail and the SMS of a message, each with its name and where its text starts."""
    yield "the e-mail", sent.page, sent.message.text_place
    if sent.message.sms:
        yield "the SMS", sent.sms_page, sent.message.sms_place


def message_silent(sent: Sent, site: Site) -> Iterator[Note]:
    """Every message says what to do about chest pain, and that nobody reads an answer at night.

    Why: somebody who feels unwell in the evening answers the last e-mail of the clinic.

    Bad: "Any questions? Just reply to this e-mail!"
    Good: "Chest pain or hard to breathe? Call 999 now. We do not read e-mail at night."
    """
    if site.judge is None:
        return
    for form, page, place in _forms(sent):
        for topic, statement in _asked(site):
            if not site.judge.one(topic, statement, page.opening).said:
                example = site.judge.say(topic.id, statement.id)
                yield Note(place, f'{form} "{sent.message.id}" does not say: {statement.tells}',
                           f"{topic.why}\nSay, for example: {example}", topic.id, statement.id)  # fmt: skip


def message_contradicts(sent: Sent, site: Site) -> Iterator[Note]:
    """No message says the opposite of what its pages tell.

    Why: an e-mail is read more often than the page behind its link.

    Bad: "Pain in your chest on the first evening is normal."
    Good: "Chest pain is not soreness: get help now."
    """
    if site.judge is None:
        return
    linked = {address.rstrip("/").rpartition("/")[2] for address in (*sent.links, *sent.sms_carries)}
    asked = {topic.id for topic, _ in _asked(site)}
    for _, page, _ in _forms(sent):
        for topic in _topics(site).values():
            if topic.id in linked | asked:
                for name, verdict in site.judge.judge(topic, page.opening).items():
                    if verdict.contradicted is not None and verdict.contradicted_at is not None:
                        tells = next(s.tells for s in topic.statements if s.id == name)
                        message = f'this contradicts "{tells}": "{verdict.contradicted}"'
                        hint = f"{topic.why}\nChange the sentence: no message may say it."
                        yield Note(verdict.contradicted_at, message, hint, topic.id, name)


def message_holds_too_much(sent: Sent, site: Site) -> Iterator[Note]:
    """A message holds only what every mail program keeps: paragraphs, lists, links and emphasis.

    Why: a heading, a table or a picture is taken out by one program or another, and its words may go with it.

    Bad: `## After your visit` in staff/emails.yml
    Good: `**After your visit**`
    """
    if sent.wrong and not sent.lost:
        yield Note(sent.message.text_place, f'"{sent.message.id}": {sent.wrong}',
                   "Plain paragraphs, **strong words**, lists with - and [words](soreness) are enough.")  # fmt: skip


def number_missing(sent: Sent, site: Site) -> Iterator[Note]:
    """Every message has the emergency number of the clinic's country in digits.

    Why: a message is read away from the site, perhaps with no connection, and the number must be in it.

    Bad: "call the emergency number"
    Good: `Call {{ emergency: number }} now.`
    """
    row = site.clinic.emergency
    for form, page, place in _forms(sent):
        text = " ".join(block.text for block in page.opening)
        if row and not any(re.search(rf"(?<!\d){re.escape(number)}(?!\d)", text) for number in row.numbers):
            yield Note(place, f'{form} "{sent.message.id}" does not have the emergency number in it',
                       "Write: {{ emergency: number }}")  # fmt: skip


def clinic_missing(sent: Sent, site: Site) -> Iterator[Note]:
    """Every message names the clinic, and its phone in the e-mail.

    Why: people delete a message with a link from a sender that they do not know.

    Bad: "Your physio team"
    Good: `{{ clinic: name }}, {{ clinic: phone }}`
    """
    for form, page, place in _forms(sent):
        for name in ("name", "phone") if page is sent.page else ("name",):
            if f"{{clinic.{name}}}" not in page.words:
                yield Note(place, f'{form} "{sent.message.id}" does not have the clinic\'s {name}',
                           f"{{{{ clinic: {name} }}}}")  # fmt: skip


def sms_not_ready(sent: Sent, site: Site) -> Iterator[Note]:
    """An SMS is one SMS: at most 160 characters that every phone has.

    Why: a longer one comes in pieces, out of order, and costs twice; so it is not offered.

    Bad: a long website address and a long text
    Good: a few words, one link, the emergency number
    """
    if not sent.sms or not site.clinic.website or site.clinic.placeholders:
        return
    length = gsm7_length(sent.sms)
    if length is None:
        odd = sorted({sign for sign in sent.sms if gsm7_length(sign) is None})
        yield Note(sent.message.sms_place, f"not every phone has {', '.join(odd)}: this SMS is not offered",
                   "Use plain letters, straight quotes and hyphens.")  # fmt: skip
    elif length > LONGEST_SMS:
        link = max(map(len, re.findall(r"https?://\S+", sent.sms)), default=0)
        more = length - LONGEST_SMS
        message = f"this SMS has {length} characters with your details, {more} too many, and is not offered"
        yield Note(sent.message.sms_place, f"{message} (the link alone has {link})", "Make its text shorter.")


def mailto_too_long(sent: Sent, site: Site) -> Iterator[Note]:
    """A message is short enough to open in the mail program by one tap.

    Why: a longer one is cut by some programs, and its end, with urgent help, is lost; so it is not offered.

    Bad: an e-mail of a whole page
    Good: a few lines, and links
    """
    if sent.wrong or not site.clinic.website:
        return
    length = len(mailto(sent.subject, plain_text(sent.body)))
    if length > LONGEST_MAILTO:
        yield Note(sent.message.text_place, f'"{sent.message.id}" is too long to open '
                   f"by one tap: {length} characters of {LONGEST_MAILTO}", "Make its text shorter.")  # fmt: skip


def moment_without_message(site: Site) -> Iterator[Note]:
    """Each moment of the standard has one message, and each message a moment.

    Why: a moment without a text is one for which staff write their own, with nobody to check it.

    Bad: `moment: bokked`
    Good: `moment: booked`
    """
    path, sent_before = (
        site.message_file,
        [e for e in site.promises.ledger.of("version") if e.address.startswith(MESSAGE)],
    )
    if not path:
        if sent_before:
            message = f"{len({e.address for e in sent_before})} messages were published, and their file is gone"
            yield Note(sent_before[0].place, message, "Put staff/emails.yml back: staff go on sending something.")
        return
    moments = [moment.id for moment in site.standard.messages.moments]
    written = [sent.message.id for sent in site.messages]
    for name in moments:
        if name not in written:
            yield Note(Place(path, 1, exact=False), f'there is no message for the moment "{name}"', f"- moment: {name}")
    for sent in site.messages:
        if sent.message.id not in moments:
            yield Note(sent.message.place, f'"{sent.message.id}" is no moment.{near(sent.message.id, moments)}',
                       f"One of: {', '.join(moments)}")  # fmt: skip
        elif written.count(sent.message.id) > 1 and sent is not next(
            s for s in site.messages if s.message.id == sent.message.id
        ):
            yield Note(sent.message.place, f'the moment "{sent.message.id}" has two messages', "Keep one of the two.")
