"""What a page may not claim, and what needs something beside it: standard/<lang>/claims.yml on every section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from patientpages.checks.registry import Note
from patientpages.model import CLINIC_MARK, Block, Page, Site
from patientpages.said import Judge, all_claims

_TITLES = frozenset({"heading", "title", "term", "summary"})


def _told(blocks: Iterable[Block]) -> list[Block]:
    """Return what a reader meets of these blocks, headings and titles too; what comes from data is no claim of ours."""
    seen = (block for block in blocks if not block.hidden and block.typed != CLINIC_MARK)
    return [Block("paragraph", b.text, b.place, lead=b.lead, row=b.row) if b.kind in _TITLES else b for b in seen]


def _texts(page: Page) -> Iterator[list[Block]]:
    """Yield the texts that are read as one: the opening, each section of the second level, what search engines show."""
    yield _told(page.opening)
    for section in page.sections:
        if section.level == 2:
            yield _told([Block("heading", section.title, section.place), *section.blocks])
    source = page.source
    for key, text in (("title", source.title), ("description", source.description)):
        yield [Block("paragraph", text, source.place_of(key))]
    for image in page.images:
        yield [Block("paragraph", image.alt or "", image.place)]


def _broken(page: Page, site: Site, *, balance: bool) -> Iterator[Note]:
    judge = site.judge
    if not isinstance(judge, Judge):
        return
    told: set[tuple[str, str, int]] = set()
    for claim in all_claims(judge, page, lambda: _texts(page)):
        if (claim.rule.reach is not None) == balance:
            key = (claim.rule.id, claim.sentence, claim.place.line)
            if key not in told:
                told.add(key)
                what = "needs something beside it" if balance else "claims too much"
                message = f'this {what} ({claim.rule.id}): "{claim.sentence}"'
                yield Note(claim.place, message, f"{claim.rule.why}\nFair: {claim.rule.instead}")


def over_claim(page: Page, site: Site) -> Iterator[Note]:
    """No sentence promises more than the evidence holds, plays down harm, or sells.

    Why: somebody in pain believes it, and chooses by it.

    Bad: "Dry needling is a safe, proven treatment that targets the root cause."
    Good: "It can ease pain for days to weeks. It does not help everyone."
    """
    yield from _broken(page, site, balance=False)


def one_sided(page: Page, site: Site) -> Iterator[Note]:
    """A frequency word has its number, a benefit its limits, a harm what to do; nothing is a percentage.

    Why: "rare" means one in a million to one reader and one in ten to another; a benefit alone is an advertisement.

    Bad: "Serious harm is rare."
    Good: "Serious harm is rare, but there is no exact number. If your chest hurts, call now."
    """
    yield from _broken(page, site, balance=True)
