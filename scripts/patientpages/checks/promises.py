"""Promises: every address that was ever published still answers, with the text that it was published for."""

from __future__ import annotations

from collections.abc import Iterator

from patientpages.checks.registry import Note
from patientpages.ledger import file_of, page_part
from patientpages.markdown import explicit_ids
from patientpages.model import PROMISES, Entry, Place, Site, Trouble, TroubleKind

_LEDGER = "records/published.yml"


def _lines(site: Site) -> dict[str, Entry]:
    """Return the line of the ledger that first promised each address."""
    found: dict[str, Entry] = {}
    for entry in site.promises.ledger.of(*PROMISES):
        found.setdefault(entry.address, entry)
    return found


def _source_of(address: str, site: Site) -> str:
    """Return the file in which the text at a live address is written ("" if it is none of a page)."""
    file, anchor = file_of(page_part(address)).removeprefix(site.prefix), address.partition("#")[2]
    page = next((page for page in site.pages if page.file == file), None)
    if page is None:
        return ""
    shown = [site.standard.topics[i.name].home for i in page.source.inserts
             if i.kind == "section" and i.name in site.standard.topics]  # fmt: skip
    if anchor and anchor not in explicit_ids(page.source.text):  # it stands in a section that this page only shows
        for home in (site.page(name) for name in shown):
            if home and anchor in explicit_ids(home.source.text):
                return home.source.path
    return page.source.path


def _how_to_say(old: str, new: str, site: Site) -> str:
    """Return the line that a writer adds where the text now is."""
    source, anchor = _source_of(new, site), new.partition("#")[2]
    if anchor and page_part(old) == page_part(new):
        return f'{source}: ## Words {{ #{anchor} formerly="{old.partition("#")[2]}" }}'
    old = old.removeprefix(site.prefix)
    old = f"./{old}" if old.startswith("#") or not old else old
    if anchor:
        return f'{source}: ## Words {{ #{anchor} formerly="{old}" }}'
    return f'{source}, between the lines ---: formerly: ["{old}"]'


def _of(site: Site, *kinds: TroubleKind) -> Iterator[tuple[Trouble, Place]]:
    lines = _lines(site)
    for trouble in site.promises.troubles:
        if trouble.kind in kinds:
            entry = lines.get(trouble.address)
            yield trouble, trouble.place or (entry.place if entry else Place(_LEDGER, 1, exact=False))


def address_lost(site: Site) -> Iterator[Note]:
    """Every address that was ever published still answers: with its text, with the way to it, or with a notice.

    Why: links in e-mails and codes on leaflets are used for years, by people who may be sore or worried.

    Bad: a heading `{ #call-us }` is renamed `{ #when-to-call }`, and nothing says so
    Good: `## When should I call? { #when-to-call formerly="call-us" }`, or `formerly: [old-page]` in the front matter
    """
    if site.promises.first:  # all of them: told once, by language_gone
        return
    lines = _lines(site)
    found = list(_of(site, "nowhere"))
    pages = {trouble.address: trouble.other for trouble, _ in found}
    follow = {
        t.address: page_part(t.address)
        for t, _ in found
        if "#" in t.address and t.other == f"{pages.get(page_part(t.address), '')}#{t.address.partition('#')[2]}"
    }
    for trouble, place in found:
        address = trouble.address
        entry = lines[address]
        # What mends its page, or the section that a short address shows, mends it as well.
        if address in follow or (entry.kind == "short" and entry.to in pages):
            continue
        used = site.promises.used_by.get(address, ())
        places = [*follow.values()].count(address)
        also = f" (and {places} places on it)" if places else ""
        carried = f", and it stands in {', '.join(used)}" if used else ""
        hint = f'If its text is gone for good: patientpages links withdraw "{address}" --reason "..."'
        if trouble.other:
            share = f" ({trouble.alike:.0%} of its words stand there)" if trouble.alike else ""
            hint = f"It is likely here now{share}:\n{_how_to_say(address, trouble.other, site)}\n{hint}"
        yield Note(place, f"{address}{also} would answer nothing: it was published on {entry.on}{carried}", hint)


def claimed_twice(site: Site) -> Iterator[Note]:
    """An old address leads to one place.

    Why: of two answers a patient would get one, and nobody could say which.

    Bad: `formerly: [after-care]` on two pages
    Good: on the page that holds its text now
    """
    for trouble, place in _of(site, "claimed twice"):
        message = f'"formerly" takes over {trouble.address} here, and also where {trouble.other} is written'
        yield Note(place, message, "Keep it where the text is now.")


def address_taken(site: Site) -> Iterator[Note]:
    """An address that leads elsewhere, or that was withdrawn, is not given to another text.

    Why: whoever kept the old link would read another answer, and not know it.

    Bad: the page `pain` was renamed `soreness`, and a new page is called `pain`
    Good: the new page gets a name that was never used
    """
    for trouble, place in _of(site, "taken", "swapped", "withdrawn"):
        old, other = trouble.address, trouble.other
        here = Place(source, 1, exact=False) if (source := _source_of(old, site)) else place
        hint = "Give the new text a name of its own."
        if trouble.kind == "withdrawn":
            message = f"{old} was withdrawn ({other}), and something stands there again"
            hint = f'{hint} If it is right again: patientpages links restore "{old}" --reason "..."'
        elif trouble.kind == "taken":
            message = f"{old} leads to {other}, where its text went, and something else stands there now"
        else:
            message = f"{old} does not say any more what it was published for; that stands at {other} now"
            hint = f"{hint} Say where the old one is:\n{_how_to_say(old, other, site)}"
        yield Note(here, message, hint)


def wrong_successor(site: Site) -> Iterator[Note]:
    """An old address leads to where its words are now.

    Why: a `formerly` that was typed at the wrong heading sends every old link to the wrong answer.

    Bad: `formerly="call-us"` at the heading on driving
    Good: at the heading under which that text now stands
    """
    for trouble, place in _of(site, "unlike"):
        share = f"{trouble.alike:.0%} of its words stand at {trouble.other}"
        message = f"{trouble.address} would lead to a text that is not alike; {share}"
        yield Note(place, message, f"Say so there instead:\n{_how_to_say(trouble.address, trouble.other, site)}")


def never_published(site: Site) -> Iterator[Note]:
    """A `formerly` names an address that was published.

    Why: a misspelt one keeps no promise, and the address that was meant stays without an answer.

    Bad: `formerly: [sorness]`
    Good: `formerly: [soreness]`
    """
    for trouble, place in _of(site, "unknown"):
        meant = f' Did you mean "{trouble.other}"?' if trouble.other else ""
        yield Note(place, f'no address "{trouble.address}" was ever published.{meant}', "Correct it, or remove it.")


def file_missing(site: Site) -> Iterator[Note]:
    """The built folder answers for the addresses of the past as well.

    Why: another builder makes the pages and knows nothing of the old addresses, so that they would end in "not found".

    Bad: a folder that MkDocs alone has built, after a page was renamed
    Good: a folder that `patientpages build` has built
    """
    lines = _lines(site)
    for address, answer in site.promises.answers.items():
        file, anchor = file_of(address).removeprefix(site.prefix), address.partition("#")[2]
        gone = file not in site.anchors or (anchor and anchor not in site.anchors[file])
        page = site.promises.answers.get(page_part(address))
        if gone and answer.how != "nowhere" and not (page and page.how == "nowhere"):
            yield Note(lines[address].place, f"{address} was published, and nothing in this folder answers it",
                       "Build the folder with: patientpages build")  # fmt: skip
