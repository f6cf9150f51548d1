"""Guard the guard, on every run: plant faults in the sections of a site, and turn survivors into findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from patientpages.forked import each
from patientpages.model import Finding, Section, Site, Statement, Topic
from patientpages.said import Judge, Survivor, faults_of, plant

CODE = "G101"
_FEW = 4  # topics a processor: each takes as long as some four pages


@dataclass(frozen=True, slots=True)
class Covered:
    """A topic, the name of the page that tells most of it, and the statements that it says."""

    topic: str
    page: str
    said: tuple[str, ...]


def covered(told: Iterable[tuple[str, Iterable[tuple[str, tuple[str, ...]]]]]) -> list[Covered]:
    """Return each topic with its fullest page; `told` gives of each page its topics and what of them it says."""
    best: dict[str, Covered] = {}
    for page, topics in told:
        for topic, said in topics:
            if said and (topic not in best or len(said) > len(best[topic].said)):
                best[topic] = Covered(topic, page, said)
    return list(best.values())


def _sections(site: Site, fullest: Iterable[Covered]) -> Iterator[tuple[Topic, Section, list[Statement]]]:
    """Yield each section with the statements that it says."""
    for told in fullest:
        topic, page = site.standard.topics[told.topic], site.page(told.page)
        section = page.section(told.topic) if page else None
        if section is not None:
            yield topic, section, [statement for statement in topic.statements if statement.id in told.said]


def guard(site: Site, fullest: Iterable[Covered]) -> tuple[list[tuple[str, int, int]], list[Finding]]:
    """Plant the faults of one language; return (kind, planted, found) rows and a finding for each survivor."""
    if not isinstance(site.judge, Judge):
        return [], []
    judge, found_in = site.judge, list(_sections(site, fullest))
    sections = {topic.id: section for topic, section, _ in found_in}

    def planted_in(at: int) -> tuple[dict[str, list[int]], list[Survivor]]:
        topic, section, said = found_in[at]
        return plant(faults_of(topic, section, sections, judge, said), judge)

    counts: Counter[tuple[str, int]] = Counter()
    findings: list[Finding] = []
    for (topic, _, _), (planted, survivors) in zip(found_in, each(range(len(found_in)), planted_in, _FEW), strict=True):
        for kind, (many, found) in planted.items():
            counts[kind, 0] += many
            counts[kind, 1] += found
        findings += [_finding(survivor, topic, judge) for survivor in survivors]
    kinds = dict.fromkeys(kind for kind, _ in counts)
    return [(kind, counts[kind, 0], counts[kind, 1]) for kind in kinds], findings


def _finding(survivor: Survivor, topic: Topic, judge: Judge) -> Finding:
    phrases = judge.book.statements[survivor.topic, survivor.statement]
    message = (
        f"the checker is asleep: {survivor.topic}.{survivor.statement} is still found in a section that was spoilt "
        f'({survivor.kind}), by the way "{survivor.way}", in "{survivor.sentence[:200]}"'
    )
    return Finding(CODE, "error", phrases.place, message, "Narrow that way, and add this sentence to says-not.",
                   topic.id, survivor.statement)  # fmt: skip
