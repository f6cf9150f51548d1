"""Guard the guard, on every run: plant faults in the sections of a site, and turn survivors into findings."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from patientpages.checks.topics import asked_of
from patientpages.model import Finding, Section, Site, Statement, Topic
from patientpages.said import Judge, Survivor, faults_of, plant

CODE = "G101"


def _covered(site: Site) -> Iterator[tuple[Topic, Section, list[Statement]]]:
    """Yield each required section with the statements that it says; a topic once, from its fullest page."""
    best: dict[str, tuple[Topic, Section, list[Statement]]] = {}
    for page in site.pages:
        for topic, short in asked_of(page, site)[1]:
            section = page.section(topic.id)
            verdicts = site.verdicts.get((page.source.name, topic.id), {})
            said = [s for s in topic.required(short=short) if s.id in verdicts and verdicts[s.id].said]
            if section is not None and said and (topic.id not in best or len(said) > len(best[topic.id][2])):
                best[topic.id] = topic, section, said
    yield from best.values()


def guard_key(site: Site) -> bytes:
    """Return a hash of all that `guard` looks at, but this program; b"" where that is not known.

    It is the phrases with the clinic's numbers, and, for each topic, the fullest section with what it says.
    """
    if not isinstance(site.judge, Judge) or not site.judge.key:
        return b""
    digest = hashlib.sha256(site.judge.key.encode())
    for topic, section, said in _covered(site):
        prose = [(block.kind, block.text, block.lead, block.row) for block in section.prose]
        digest.update(repr((topic, section.id, prose, [statement.id for statement in said])).encode() + b"\0")
    return digest.digest()


def guard(site: Site) -> tuple[list[tuple[str, int, int]], list[Finding]]:
    """Plant the faults of one language; return (kind, planted, found) rows and a finding for each survivor."""
    if not isinstance(site.judge, Judge):
        return [], []
    covered = list(_covered(site))
    sections = {topic.id: section for topic, section, _ in covered}
    counts: Counter[tuple[str, int]] = Counter()
    findings: list[Finding] = []
    for topic, section, said in covered:
        planted, survivors = plant(faults_of(topic, section, sections, site.judge, said), site.judge)
        for kind, (many, found) in planted.items():
            counts[kind, 0] += many
            counts[kind, 1] += found
        findings += [_finding(survivor, topic, site.judge) for survivor in survivors]
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
