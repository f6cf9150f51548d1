"""Leaflets on demand: of the pages as they are now (marked as a preview), or of exactly what stands published."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

from patientpages.checks.runner import in_order
from patientpages.handouts import handouts_of
from patientpages.handoutsfile import CARD, code_of_page
from patientpages.making import Progress, make
from patientpages.model import Artefact, Finding, Handout, InputError, Outcome, Place, Printed, Site, counted
from patientpages.part_gate import as_in_docs, part_blocks, unrecorded, weighed
from patientpages.project import Inputs, Language
from patientpages.recording import additions
from patientpages.signing import codes_of
from patientpages.standing import Part, as_published, hold_named
from patientpages.targets import disk_trouble, refuse_our_own, refuse_served
from patientpages.whole_file import write_whole
from patientpages.yamlfile import near

_RECORDED = Part("recorded")
PREVIEW = "-preview"  # ends the name of a leaflet that nobody may be given: it stands beside the right one


def hand_out(
    inputs: Inputs, names: Sequence[str], out: Path, today: date, say: Progress, *, published: date | None = None
) -> tuple[Outcome, str]:
    """Write leaflets into a folder, as PDF in normal and large print; return what was found, and what was done.

    `names` are leaflets of staff/handouts.yml, or pages; none stands for all of staff/handouts.yml. `published` is the
    day of the last publication where its words are to be set, and not those of today. With an error nothing is written.
    Raises InputError where a name is not known.
    """
    project = inputs.project
    refuse_our_own(project, out.resolve(), project.shown(out))
    refuse_served(project, out.resolve(), project.shown(out), "leaflets by themselves", "--out handouts")
    if published:
        hold_named(inputs, _RECORDED)
    project.work.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix="handout-", dir=project.work, ignore_cleanup_errors=True) as folder:
            stage = Path(folder)
            copies = stage / "as-published"
            try:
                source = as_published(inputs, _RECORDED, copies) if published else inputs
                asked = _all_asked(names, source)
            except InputError as error:
                raise InputError(list(as_in_docs(error.findings, inputs, copies))) from error
            whole = make(source, stage, published or today, say, "trial" if published else "preview")
            whole.keep()
            outcome, files, sites, *_ = whole
            found = list(outcome.findings)
            if published:  # what is set is what stands published, or nothing
                added = additions(source, sites, published).entries
                found = [*weighed(found, source, _RECORDED), *part_blocks(source, sites, _RECORDED), *unrecorded(added)]
            printed: list[tuple[str, Printed]] = []
            for language, only, site in zip(source.languages, asked, sites, strict=True):
                say(f"setting leaflets ({language.code})")
                own = list(_own(files, site.prefix))
                made, wrong = handouts_of(
                    source, language, site.readable, own, published or today, preview=not published,
                    only=[*only.values()] if names else None, only_card=CARD in names,
                )  # fmt: skip
                printed += [(site.prefix, each) for each in made]
                found += [*wrong, *(_taken_down(only, site) if names else ())]
            say("")
            outcome = replace(outcome, findings=tuple(in_order(as_in_docs(found, inputs, copies))))
            if outcome.errors:
                return outcome, f"{project.shown(out)}/ is unchanged: no leaflet was written"
            lines = [*_written(printed, out, inputs, "" if published else PREVIEW), *_overdue(sites, printed, today)]
            return outcome, "\n".join(lines) or "no leaflet is asked for: name a page, or write staff/handouts.yml"
    except OSError as error:
        raise disk_trouble(error, project.shown(out)) from error


def _all_asked(names: Sequence[str], inputs: Inputs) -> list[dict[str, Handout]]:
    """Return what is named, by language; raise InputError where a name is none in any language."""
    asked = [_asked(names, language, inputs) for language in inputs.languages]
    known = {name for found in asked for name in found}
    known |= {CARD for language in inputs.languages if language.handouts and language.handouts.card}
    if unknown := [name for name in names if name not in known]:
        raise InputError(list(_unknown(unknown, inputs)))
    return asked


def _taken_down(asked: dict[str, Handout], site: Site) -> Iterable[Finding]:
    """Yield that a leaflet was asked for of which a page was taken down."""
    for name, item in asked.items():
        homes = [item.page, *(site.standard.topics[topic].home for topic in item.also)]
        for page in (home for home in homes if home in site.taken_down):
            yield Finding("D006", "error", Place("records/published.yml", 1, exact=False),
                          f'there is no leaflet "{name}": the page {page} is withdrawn',
                          "Throw away the copies that you have.")  # fmt: skip


def _overdue(sites: Sequence[Site], printed: Iterable[tuple[str, Printed]], today: date) -> Iterable[str]:
    """Yield a line for each page on these leaflets whose next check was due before today."""
    shown = {code for _, each in printed for code in each.codes}
    for site in sites:
        for page in site.readable:
            signed = site.sign_offs[page.source.name].signature
            if signed is not None and signed.next_check < today and codes_of([page])[page.file] in shown:
                yield f"overdue: the next check of {page.source.name} was due on {signed.next_check}"


def _own(files: Iterable[Artefact], prefix: str) -> Iterable[Artefact]:
    """Yield the files of one language, as its own folder has them."""
    for file in files:
        if file.path.startswith(prefix):
            yield replace(file, path=file.path.removeprefix(prefix))


def _asked(names: Sequence[str], language: Language, inputs: Inputs) -> dict[str, Handout]:
    """Return the leaflets that are named, by their names: those of staff/handouts.yml, and any page."""
    known = {item.name: item for item in language.handouts.items} if language.handouts else {}
    pages = {source.name: source.path for source in language.sources}
    found = {}
    for name in names:
        page = name.removesuffix(".md").removeprefix(f"{inputs.project.shown(language.docs)}/").strip("/")
        if name in known:
            found[name] = known[name]
        elif page in pages:
            code = code_of_page(page, inputs.standard)
            found[name] = Handout(page.replace("/", "-"), page, (), code, Place(pages[page]), {})
    return found


def _unknown(names: Sequence[str], inputs: Inputs) -> Iterable[Finding]:
    pages = [source.name for language in inputs.languages for source in language.sources]
    listed = [item.name for language in inputs.languages if language.handouts for item in language.handouts.items]
    for name in names:
        what = f'there is no leaflet and no page "{name}".{near(name, [*listed, CARD, *pages])}'
        hint = f"Leaflets: {', '.join([*listed, CARD])}. Pages: {', '.join(pages)}."
        yield Finding("D002", "error", Place("handout", 1, exact=False), what, hint)


def _written(printed: Iterable[tuple[str, Printed]], out: Path, inputs: Inputs, mark: str) -> Iterable[str]:
    """Write the leaflets, each whole or not at all, and yield their names; `mark` ends that of a preview.

    A notice is written only over a leaflet that somebody has made here before.
    """
    for prefix, each in printed:
        path = out / prefix / f"{PurePosixPath(each.address).stem}{mark}.pdf"
        shown = inputs.project.shown(path)
        if each.codes:
            write_whole(path, each.pdf)
            note = " (a preview: do not hand it out)" if mark else ""
            yield f"{shown}: {each.title}, {counted(each.sheets, 'page')}{note}"
        elif path.exists():
            write_whole(path, each.pdf)
            yield f"{shown}: {each.title} was taken down, and a notice stands here. Throw your copies away."
