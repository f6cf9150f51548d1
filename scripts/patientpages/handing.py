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
from patientpages.model import Artefact, Finding, Handout, InputError, Place, Printed, counted
from patientpages.outcome import Outcome
from patientpages.part_gate import weighed
from patientpages.project import Inputs, Language
from patientpages.standing import Part, as_published, hold_named
from patientpages.targets import disk_trouble, refuse_our_own, refuse_served
from patientpages.whole_file import write_whole
from patientpages.yamlfile import near

_RECORDED = Part("recorded")
PREVIEW = "-preview"  # ends the name of a leaflet that nobody may be given: it stands beside the right one


def hand_out(
    inputs: Inputs, names: Sequence[str], out: Path, today: date, say: Progress, *, published: bool = False
) -> tuple[Outcome, str]:
    """Write leaflets into a folder, as PDF in normal and large print; return what was found, and what was done.

    `names` are leaflets of staff/handouts.yml, or pages; none stands for all of staff/handouts.yml. With an error
    nothing is written. Raises InputError where a name is not known.
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
            source = as_published(inputs, _RECORDED, stage / "as-published") if published else inputs
            asked = [_asked(names, language, source) for language in source.languages]
            cards = [CARD in names and bool(each.handouts and each.handouts.card) for each in source.languages]
            known = {*(CARD for card in cards if card), *(name for found in asked for name in found)}
            if unknown := [name for name in names if name not in known]:
                raise InputError(list(_unknown(unknown, source)))
            outcome, files, sites = make(source, stage, today, say, "trial" if published else "preview")
            found = list(weighed(outcome.findings, source, _RECORDED)) if published else list(outcome.findings)
            printed: list[tuple[str, Printed]] = []
            for language, only, card, site in zip(source.languages, asked, cards, sites, strict=True):
                say(f"setting leaflets ({language.code})")
                own = list(_own(files, site.prefix))
                made, wrong = handouts_of(source, language, site.readable, own, today, preview=not published,
                                          only=list(only.values()) if names else None, only_card=card)  # fmt: skip
                printed += [(site.prefix, each) for each in made if each.codes]
                found += wrong
            say("")
            outcome = replace(outcome, findings=tuple(in_order(found)))
            if outcome.errors:
                return outcome, f"{project.shown(out)}/ is unchanged: no leaflet was written"
            return outcome, _written(printed, out, inputs, "" if published else PREVIEW)
    except OSError as error:
        raise disk_trouble(error, project.shown(out)) from error


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


def _written(printed: Iterable[tuple[str, Printed]], out: Path, inputs: Inputs, mark: str) -> str:
    """Write the leaflets, each whole or not at all; return their names, a line each. `mark` ends that of a preview."""
    lines = []
    for prefix, each in printed:
        path = out / prefix / f"{PurePosixPath(each.address).stem}{mark}.pdf"
        write_whole(path, each.pdf)
        note = " (a preview: do not hand it out)" if mark else ""
        lines.append(f"{inputs.project.shown(path)}: {each.title}, {counted(each.sheets, 'page')}{note}")
    return "\n".join(lines) or "no leaflet is asked for: name a page, or write staff/handouts.yml"
