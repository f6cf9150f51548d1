"""publish: how pages come into public/, as a whole or in part.

What is promised is on record before it is served. An exchange that fails after that has promised addresses which the
next publication serves; the other way round, an address could be in use that nobody would keep.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from patientpages.build import put, replacing, report_on
from patientpages.checks.runner import in_order
from patientpages.gate import blocks
from patientpages.hosting import packed, rules_of, write_files
from patientpages.ledger import returning, taken_down
from patientpages.links import reason_of, withdrawal
from patientpages.making import Progress, make
from patientpages.manifest import manifest
from patientpages.model import Artefact, Entry, Finding, InputError, Ledger, Outcome, Site
from patientpages.outputs import with_copies
from patientpages.part_gate import as_in_docs, part_blocks, unrecorded, weighed
from patientpages.project import Inputs
from patientpages.promises import address_named
from patientpages.published import edited
from patientpages.recording import Additions, additions, details_of, keep
from patientpages.records import LEDGER
from patientpages.standing import Part, as_published, hold_named


def publish(inputs: Inputs, today: date, say: Progress) -> tuple[Outcome, str]:
    """Put the pages into public/ if nothing stands in the way, else change nothing; return what was found and done."""
    out = inputs.project.root / "public"
    with replacing(inputs, out) as stage:
        made = make(inputs, stage, today, say, "publish")
        files, sites = made.files, made.sites
        found = in_order([*made.outcome.findings, *blocks(inputs, sites), *_edited(inputs, out)])
        outcome = replace(made.outcome, findings=tuple(found))
        report_on(inputs, made._replace(outcome=outcome), today, out)
        if outcome.errors:
            return outcome, _nothing(inputs, out)
        return outcome, _live(inputs, inputs, files, sites, stage, today, additions(inputs, sites, today))


def publish_part(inputs: Inputs, part: Part, today: date, say: Progress) -> tuple[Outcome, str]:
    """Correct or withdraw pages, or change how the clinic is reached, while all else stands as it was published.

    Or make again, from the records alone, what stands published: for a machine that deploys it.

    `part.pages` are names as people type them. Raises InputError where a page is not there, or was never published.
    """
    part = replace(part, pages=tuple(dict.fromkeys(address_named(page, inputs) for page in part.pages)))
    hold_named(inputs, part)
    told = tuple(_entries(inputs, part, today))
    ledger = inputs.records.ledger
    waiting = [down for address, down in taken_down(ledger).items() if address not in part.pages]
    # As it will be: with what is withdrawn now, and what was restored and is not named still down.
    records = replace(inputs.records, ledger=Ledger((*ledger.entries, *told, *waiting)))
    out = inputs.project.root / "public"
    with replacing(inputs, out) as stage:
        folder = stage / "as-published"
        try:
            standing = as_published(replace(inputs, records=records), part, folder)
        except InputError as error:
            raise InputError(list(as_in_docs(error.findings, inputs, folder))) from error
        made = make(standing, stage, today, say, "publish")
        made.keep()
        outcome, files, sites, *_ = made
        added = additions(standing, sites, today)
        found = [*weighed(outcome.findings, standing, part), *part_blocks(standing, sites, part), *_edited(inputs, out)]
        found += unrecorded(added.entries) if part.do == "recorded" else []
        found += _unchanged(part, added.entries)
        outcome = replace(outcome, findings=tuple(in_order(as_in_docs(found, inputs, folder))))
        if outcome.errors:
            return outcome, _nothing(inputs, out)
        added = replace(added, entries=(*told, *added.entries))
        return outcome, _live(inputs, standing, files, sites, stage, today, added)


def _entries(inputs: Inputs, part: Part, today: date) -> Iterable[Entry]:
    """Yield the lines that tell what is done, and why; one that a stopped command has written stands already."""
    down = taken_down(inputs.records.ledger)
    restored = returning(inputs.records.ledger)
    for page in part.pages:
        if part.do == "withdraw" and (page not in down or page in restored):
            yield withdrawal(inputs, today, page, part.reason)
        elif part.do == "correct":
            language = next((c for c in inputs.clinic.languages[1:] if page.startswith(f"{c}/")), "")
            where, reason = language or inputs.clinic.languages[0], reason_of(part.reason)
            if page in down and page not in restored:
                yield withdrawal(inputs, today, page, part.reason, back=True)
            yield Entry("corrected", page, where, today, LEDGER, "", reason)


def _unchanged(part: Part, entries: Iterable[Entry]) -> list[Finding]:
    """Return that a page is to be corrected which says what was published."""
    new = {entry.address for entry in entries}
    same = [page for page in part.pages if page not in new] if part.do == "correct" else []
    what = "says what was published already: there is nothing to correct"
    hint = "Was it stopped before it was in public/? patientpages publish --recorded makes what is on record again."
    return [Finding("D006", "error", LEDGER, f"{page} {what}", hint) for page in same]


def _edited(inputs: Inputs, out: Path) -> list[Finding]:
    return edited(out, inputs.project.shown(out))


def _nothing(inputs: Inputs, out: Path) -> str:
    shown = inputs.project.shown(out)
    what = f"{shown}/ is unchanged: nothing was published" if out.exists() else "nothing was published"
    return f"{what}. patientpages doctor lists what to do, in order."


def _live(
    inputs: Inputs, made_from: Inputs, files: Sequence[Artefact], sites: Sequence[Site], stage: Path, today: date,
    added: Additions,
) -> str:  # fmt: skip
    """Put everything on record, then into public/; return what was done."""
    out = inputs.project.root / "public"
    rules = rules_of(made_from, sites)
    before = inputs.records.ledger.of("contact")
    if added.entries:
        keep(inputs, added)
    files = with_copies(files, inputs.kept)
    files.append(manifest(files, inputs, today))
    put(files, stage, out)
    hosting = write_files(packed(rules, files, today), inputs.project.root / "hosting", inputs)
    lines = [f"published: copy what is in {inputs.project.shown(out)}/ to the web host."]
    if before and before[-1].text != details_of(inputs):
        old, new = before[-1].text.splitlines(), details_of(inputs).splitlines()
        lines += [f"now on every page: {line}" for line in new if line not in old]
        lines += [f"no more: {line}" for line in old if line not in new]
    many = len(added.entries)
    lines_now = f"{many} new {'line' if many == 1 else 'lines'} in records/published.yml: keep records/ in git"
    return "\n".join([*lines, "Rules for the host:", hosting, lines_now if added.entries else "nothing new to promise"])
