"""What staff send: a message as it was written, and as it goes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from patientpages.model.findings import Place
from patientpages.model.pages import Page


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of staff/emails.yml: Markdown, with links to topics and pages by their names."""

    id: str  # of the moment at which it is sent
    subject: str
    text: str
    sms: str
    place: Place
    text_place: Place
    text_line: int  # on which the text starts; negative where its lines are folded into one
    sms_place: Place


@dataclass(frozen=True, slots=True)
class Messages:
    """A file of messages; the `ending` stands under each."""

    items: tuple[Message, ...]
    ending: str
    ending_line: int
    path: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A message as it goes out.

    `links` and `sms_carries` are the addresses that it leads to, with the code of the page that each shows; `lost` are
    names of links that are none. `page` and `sms_page` are its words, read as those of a page are.
    """

    message: Message
    when: str
    subject: str
    body: str  # HTML: p, ul, ol, li, a, strong, em, br; links are full addresses where the website is set
    sms: str
    links: Mapping[str, str]
    sms_carries: Mapping[str, str]
    lost: tuple[tuple[str, Place], ...]
    wrong: str  # what its text holds that no message may ("" if nothing)
    code: str
    sms_code: str
    page: Page
    sms_page: Page
