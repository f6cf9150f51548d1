"""One language of a built site, with all that its checks may look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from patientpages.latest import latest
from patientpages.model.clinic import Clinic
from patientpages.model.findings import Place
from patientpages.model.handouts import Printed
from patientpages.model.ledger import Promises
from patientpages.model.messages import Sent
from patientpages.model.pages import Block, Page
from patientpages.model.plain import PlainWords
from patientpages.model.records import SignOff
from patientpages.model.standard import Figures, Standard, Statement, Topic
from patientpages.model.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class NavEntry:
    """An entry of `nav` in mkdocs.yml."""

    file: str
    place: Place


@dataclass(frozen=True, slots=True)
class NavGroup:
    """A group of `nav` in mkdocs.yml; `depth` is 1 for a group that stands in no other."""

    name: str
    depth: int
    place: Place  # of its first page


@dataclass(frozen=True, slots=True)
class ThemeOption:
    """A setting of mkdocs.yml that concerns the theme, as a dotted name."""

    name: str
    place: Place


class StatementJudge(Protocol):
    """What judges whether blocks say the statements of a topic."""

    def judge(self, topic: Topic, blocks: Iterable[Block]) -> Mapping[str, Verdict]:
        """Return the verdicts by statement."""
        ...

    def one(self, topic: Topic, statement: Statement, blocks: Iterable[Block]) -> Verdict:
        """Return the verdict on one statement, with what comes nearest where it is not said."""
        ...

    def say(self, topic: str, statement: str) -> str:
        """Return example words for a statement ("" if there are none)."""
        ...


@dataclass(frozen=True, slots=True)
class Site:
    """One language of a built site with all that its checks may look at."""

    language: str
    pages: tuple[Page, ...]
    standard: Standard
    clinic: Clinic
    words: Mapping[str, object]  # docs/<lang>/_words.yml
    nav: tuple[NavEntry, ...]
    groups: tuple[NavGroup, ...]
    theme_options: tuple[ThemeOption, ...]
    honoured: frozenset[str]  # the theme options that our templates honour
    instead: Mapping[str, str]  # for some others, where to say the same
    today: date
    publishing: bool
    anchors: Mapping[str, frozenset[str]] = field(default_factory=dict)  # ids of every page file
    figures: Figures | None = None  # None where the language has no list of figures yet
    judge: StatementJudge | None = None
    verdicts: Mapping[tuple[str, str], Mapping[str, Verdict]] = field(default_factory=dict)  # by page and topic
    plain: PlainWords | None = None  # None where the language has no list of plain words yet
    pictures: frozenset[str] = frozenset()  # the facts that can be shown as a picture
    sign_offs: Mapping[str, SignOff] = field(default_factory=dict)  # by page
    prefix: str = ""  # the folder of this language, from the site's root
    promises: Promises = field(default_factory=Promises)
    messages: tuple[Sent, ...] = ()  # what staff send
    message_file: str = ""  # where that is written ("" if nothing is sent in this language)
    signed_lines: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # what each page says of its sign-off
    handouts: tuple[Printed, ...] = ()  # what staff print; not made for a preview
    taken_down: frozenset[str] = frozenset()  # pages that show a notice in the place of their text

    @property
    def readable(self) -> tuple[Page, ...]:
        """The pages that patients can read: those that show their text, and no notice."""
        return tuple(page for page in self.pages if page.source.name not in self.taken_down)

    def page(self, name: str) -> Page | None:
        """Return the page with this name, or None."""
        return _by_name(self.pages).get(name)


@latest(most=1)
def _by_name(pages: tuple[Page, ...]) -> Mapping[str, Page]:
    return {page.source.name: page for page in reversed(pages)}  # of two with one name it is the first
