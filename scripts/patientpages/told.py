"""What the checks have to say of each page: kept, and worked out again only where it may have changed."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial

from patientpages.checks.runner import check_across, check_alone, check_files, waived
from patientpages.checks.targets import target_of, targets_of
from patientpages.checks.topics import asked_of
from patientpages.grounds import program
from patientpages.guard import covered, guard
from patientpages.kept import digest
from patientpages.kept_pages import Rows, Shelf
from patientpages.model import Artefact, Finding, Page, PartVerdict, Place, Promises, Site, Verdict
from patientpages.outputs import PageCoverage, PageSheet, page_coverage, page_sheet

_HEAD, _VERDICTS, _ACROSS, _REPORT = b"told", b"verdicts", b"across", b"report"

Guarded = tuple[list[tuple[str, int, int]], list[Finding]]


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of one page without the others."""

    alone: tuple[Finding, ...]  # before its waivers
    said: tuple[tuple[str, tuple[str, ...]], ...]  # each topic that it must tell, and what of it it says
    asked: int  # statements that it must make
    judged: int  # how many of them the matcher has judged
    targets: tuple[tuple[str, str], ...]  # the files, and the places in them, that its links and pictures name

    @property
    def all_said(self) -> bool:
        """Whether it says everything that it must."""
        return sum(len(names) for _, names in self.said) == self.asked


@dataclass(frozen=True, slots=True)
class Given:
    """A page to be checked; `key` is the hash of all that it depends on."""

    key: bytes
    page: Page


def _targets(page: Page) -> Iterator[tuple[str, str]]:
    for file, at in dict.fromkeys((file, at) for _, file, at in targets_of(page)):
        yield file, "" if at == "top" else at
    for image in page.images:
        target = target_of(page, image.src)
        if target is not None:
            yield target[0], ""


# A verdict as it is kept: plain values are written much faster, and few verdicts are ever read again.
_At = tuple[str, int, bool] | None
_Packed = tuple[str, bool, list[tuple[str, bool, str | None, _At, str, str | None, tuple[str, ...]]], str | None, _At]


def _at(place: Place | None) -> _At:
    return (place.path, place.line, place.exact) if place else None


def _packed(verdict: Verdict) -> _Packed:
    parts = [(p.id, p.said, p.sentence, _at(p.place), p.way, p.nearest, p.lacks) for p in verdict.parts]
    return verdict.statement, verdict.said, parts, verdict.contradicted, _at(verdict.contradicted_at)


def _unpacked(packed: _Packed) -> Verdict:
    statement, said, parts, contradicted, at = packed
    whole = tuple(
        PartVerdict(name, told, sentence, Place(*place) if place else None, way, nearest, lacks)
        for name, told, sentence, place, way, nearest, lacks in parts
    )
    return Verdict(statement, said, whole, contradicted, Place(*at) if at else None)


class _Verdicts(Mapping[tuple[str, str], Mapping[str, Verdict]]):
    """The verdicts of a site by page and topic; those of a page are read when somebody asks for them."""

    def __init__(self, site: Site, of_page: Callable[[str], Mapping[str, Mapping[str, Verdict]]]) -> None:
        judged = site.pages if site.judge is not None else ()
        self._topics = {page.source.name: [t.id for t, _ in page.topics(site.standard)] for page in judged}
        self._of_page = cache(of_page)

    def __getitem__(self, key: tuple[str, str]) -> Mapping[str, Verdict]:
        page, topic = key
        if topic not in self._topics.get(page, ()):
            raise KeyError(key)
        return self._of_page(page)[topic]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((page, topic) for page, topics in self._topics.items() for topic in dict.fromkeys(topics))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class Reported:
    """The part of one page in the reports."""

    coverage: PageCoverage
    sheet: PageSheet


class Telling:
    """Checks the pages of a site, or takes what was kept of it. `ground` is the hash of all that every check sees."""

    def __init__(self, site: Site, given: Sequence[Given], ground: bytes, shelf: Shelf) -> None:
        self._shelf, self._ground = shelf, ground
        self._given = {each_page.page.source.name: each_page for each_page in given}
        self._keys = {name: self._key(name, each_page, site) for name, each_page in self._given.items()}
        self.site = replace(site, verdicts=_Verdicts(site, self._verdicts_of))
        self._sections = {page.source.name: {s.id for s in page.sections} for page in site.pages}
        self.told: dict[str, Told] = {}
        self._at: tuple[str, Mapping[str, Mapping[str, Verdict]]] = ("", {})

    def findings(self) -> Iterator[Finding]:
        """Check every page."""
        names, keys = list(self._keys), list(self._keys.values())
        heads = self._shelf.all([key + _HEAD for key in keys], lambda at: self._made(names[at]))
        self.told = {name: pickle.loads(head) for name, head in zip(names, heads, strict=True)}
        self._shelf.ahead([key + _ACROSS for key in keys])
        for name, each_page in self._given.items():
            told = self.told[name]
            seen = b"" if self._is_fine(each_page.page, told) else self._everything
            row = self._shelf.later(self._keys[name] + _ACROSS + seen, partial(self._across, name, seen))
            yield from waived(each_page.page, [*told.alone, *pickle.loads(row())], self.site.today)

    def guarded(self) -> Guarded:
        """Return what was found of the faults that were planted in the fullest section of each topic."""
        fullest = covered((name, told.said) for name, told in self.told.items())
        parts = (repr(each_topic).encode() + self._keys[each_topic.page] for each_topic in fullest)
        name = digest(self._ground, b"guard", *parts)
        row = self._shelf.later(name, lambda: {name: pickle.dumps(guard(self.site, fullest))})
        found: Guarded = pickle.loads(row())
        return found

    def reported(self) -> list[Reported]:
        """Return the parts of the pages in the reports, in order."""
        self._shelf.ahead([key + _REPORT for key in self._keys.values()])
        rows = (self._shelf.later(key + _REPORT, partial(self._made, name)) for name, key in self._keys.items())
        return [pickle.loads(row()) for row in rows]

    def _key(self, name: str, given: Given, site: Site) -> bytes:
        stands = site.sign_offs.get(name), sorted(site.signed_lines.get(name, {}).items())
        return digest(self._ground, given.key, repr(stands).encode())

    @cached_property
    def _everything(self) -> bytes:
        """The hash of all that a check of one page can see of the others."""
        anchors = sorted((file, sorted(ids)) for file, ids in self.site.anchors.items())
        return digest(*self._keys.values(), repr(anchors).encode())

    def _is_fine(self, page: Page, told: Told) -> bool:
        """Tell whether all is there that a page needs of others: then nothing else of them matters to its checks."""
        anchors, topics = self.site.anchors, self.site.standard.topics
        shown = (topics[i.name] for i in page.source.inserts if i.kind == "section" and i.name in topics)
        return (
            told.all_said
            and all(file in anchors and (not at or at in anchors[file]) for file, at in told.targets)
            and all(topic.id in self._sections.get(topic.home, ()) for topic in shown)
        )

    def _alone(self, page: Page) -> Site:
        """Return the site as one page sees it that knows no other."""
        judge, name = self.site.judge, page.source.name
        found = {(name, topic.id): judge.judge(topic, section.blocks)
                 for topic, section in page.topics(self.site.standard) if judge is not None}  # fmt: skip
        lines = {name: self.site.signed_lines.get(name, {})}
        return replace(self.site, pages=(page,), anchors={}, verdicts=found, promises=Promises(), messages=(),
                       handouts=(), sign_offs={name: self.site.sign_offs[name]}, signed_lines=lines)  # fmt: skip

    def _made(self, name: str) -> Rows:
        """Check a page by itself, and, if nothing is amiss, with the others."""
        page, key = self._given[name].page, self._keys[name]
        alone = self._alone(page)
        found = check_alone(page, alone)
        asked = [(topic, topic.required(short=short)) for topic, short in asked_of(page, alone)[1]]
        found_of = {topic.id: alone.verdicts.get((name, topic.id), {}) for topic, _ in asked}
        said = tuple(
            (topic.id, tuple(s.id for s in required if s.id in found_of[topic.id] and found_of[topic.id][s.id].said))
            for topic, required in asked
        )
        judged = sum(s.id in found_of[topic.id] for topic, required in asked for s in required)
        told = Told(tuple(found), said, sum(len(required) for _, required in asked), judged, tuple(_targets(page)))
        own = {topic: dict(each_verdict) for (_, topic), each_verdict in alone.verdicts.items()}
        self._at = name, own  # its checks ask for them before they are kept
        plain = {topic: [_packed(verdict) for verdict in verdicts.values()] for topic, verdicts in own.items()}
        codes = frozenset(finding.code for finding in waived(page, found, self.site.today))
        reported = Reported(page_coverage(page, alone), page_sheet(page, alone, codes))
        kept = ((_HEAD, told), (_VERDICTS, plain), (_REPORT, reported))
        rows = {key + part: pickle.dumps(value, pickle.HIGHEST_PROTOCOL) for part, value in kept}
        return {**rows, **self._across(name, b"")} if self._is_fine(page, told) else rows

    def _across(self, name: str, seen: bytes) -> Rows:
        found = tuple(check_across(self._given[name].page, self.site))
        return {self._keys[name] + _ACROSS + seen: pickle.dumps(found, pickle.HIGHEST_PROTOCOL)}

    def _verdicts_of(self, name: str) -> Mapping[str, Mapping[str, Verdict]]:
        if self._at[0] == name:
            return self._at[1]
        row = self._shelf.later(self._keys[name] + _VERDICTS, partial(self._made, name))
        plain: dict[str, list[_Packed]] = pickle.loads(row())
        return {topic: {verdict[0]: _unpacked(verdict) for verdict in verdicts} for topic, verdicts in plain.items()}


def check_kept(files: Sequence[Artefact], shelf: Shelf) -> Iterator[Finding]:
    """Check what will be served, file by file; what was found in the same file before is not looked for again."""

    def made(at: int) -> Rows:
        return {keys[at]: pickle.dumps(tuple(check_files([files[at]])))}

    keys = [digest(program(), b"file", file.path.encode(), file.maker.encode(), file.content) for file in files]
    for row in shelf.all(keys, made):
        yield from pickle.loads(row)
