"""What was published as a whole: its languages, its website, the words that are kept of it."""

from __future__ import annotations

from collections.abc import Iterator

from patientpages.checks.registry import Note
from patientpages.model import Place, Site

_LEDGER = "records/published.yml"


def printed_elsewhere(site: Site) -> Iterator[Note]:
    """QR codes that were printed lead to the website that clinic.yml names.

    Why: nobody can change a code on paper; if the website moves, the old address must lead on.

    Bad: `website:` is changed, and the old web address is given up
    Good: the old web address stays, and redirects to the new one
    """
    website = site.clinic.website
    old = sorted({e.address.removesuffix(e.to) for e in site.promises.ledger.of("code")} - {website.rstrip("/") + "/"})
    for root in old if website else ():
        yield Note(
            Place("clinic.yml", 1, exact=False),
            f"QR codes were published that lead to {root}, and the website is {website} now",
            "Keep the old address, and have it redirect to the new one, every page to the same page.",
        )


def words_unnamed(site: Site) -> Iterator[Note]:
    """Every text that is kept is named by a line of the ledger.

    Why: a text without its line tells that lines were lost, and with them promises.

    Bad: the last lines of records/published.yml are deleted
    Good: the file as the last command left it
    """
    if site.language == site.clinic.languages[0] and site.promises.unnamed:
        names = ", ".join(site.promises.unnamed[:5])
        yield Note(
            Place("records/versions", 1, exact=False),
            f"no line of {_LEDGER} names {len(site.promises.unnamed)} of the texts here: {names}",
            f"Put them back: git checkout -- {_LEDGER}. If a command was stopped half-way: patientpages links record",
        )


def language_gone(site: Site) -> Iterator[Note]:
    """The pages of a language that was published are still there.

    Why: its links are in e-mails and on leaflets, in the hands of people who read no other language.

    Bad: `fr` is taken out of `languages:` in clinic.yml
    Good: it stays, or each of its addresses is withdrawn
    """
    if site.language != site.clinic.languages[0]:
        return
    if first := site.promises.first:
        yield Note(
            Place("clinic.yml", 1, exact=False),
            f'the addresses at the root were published in "{first}", and "{site.language}" stands there now',
            f"Write it first again, for ever: languages: [{first}, {site.language}]",
        )
    for language, many in site.promises.orphans.items():
        yield Note(
            Place("clinic.yml", 1, exact=False),
            f'{many} addresses were published in "{language}", which is not in "languages:" any more',
            "Put the language back: its pages may be withdrawn one by one, which leaves a notice in the place of each.",
        )
