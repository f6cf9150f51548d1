"""The ledger function: for every address on record, what it would answer now, and every promise that would break."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from patientpages.ledger.addresses import page_part
from patientpages.ledger.likeness import alike
from patientpages.model import PROMISES, Answer, Claim, Entry, Ledger, Served, Trouble

# Less than a tenth of the old words: rewritten, or another text. A quarter of them where they did not stand before:
# that is where they went. Sections about one subject may share more than that, and did so before; tests/test_ledger.py
# holds both ends on every section of this project.
_SAME, _OTHER = 0.25, 0.1
_WORTH_NAMING = 0.1


class _Run:
    """One look at a ledger and at what is served now."""

    def __init__(self, ledger: Ledger, served: Served, before: Mapping[str, str]) -> None:
        self.served, self.before = served, before
        self.troubles: list[Trouble] = []
        self.shown = {e.address: e.to for e in ledger.of("short")}  # the section that a short address showed
        self.promised = dict.fromkeys(e.address for e in ledger.of(*PROMISES))
        self.led: dict[str, str] = {}
        self.gone: dict[str, Entry] = {}
        for entry in ledger.of("moved", "back", "withdrawn", "restored"):
            if entry.kind in ("moved", "back"):
                self.led[entry.address] = entry.to if entry.kind == "moved" else ""
            elif entry.kind == "withdrawn":
                self.gone[entry.address] = entry
            else:
                self.gone.pop(entry.address, None)
        self.claims = self._claims()

    def _claims(self) -> dict[str, Claim]:
        by_old: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in self.served.claims:
            if claim.old != claim.new:  # what has come back to where it was
                by_old[claim.old].append(claim)
        for old, claims in by_old.items():
            for other in claims[1:]:
                self.troubles.append(Trouble("claimed twice", old, claims[0].new, place=other.place))
            if self.promised and old not in self.promised and not self._follows(claims[0]):
                near = next(iter(get_close_matches(old, self.promised, 1, 0.6)), "")
                self.troubles.append(Trouble("unknown", old, near, place=claims[0].place))
        return {old: claims[0] for old, claims in by_old.items()}

    def _follows(self, claim: Claim) -> bool:
        """Tell whether a claim stands for several pages that show one section, of which another was published."""
        anchor = claim.old.partition("#")[2]
        return any(c.place == claim.place and c.old in self.promised and c.old.partition("#")[2] == anchor
                   for c in self.served.claims)  # fmt: skip

    def is_live(self, address: str) -> bool:
        return address in self.served.words or address in self.served.shorts

    def where(self, address: str, seen: frozenset[str] = frozenset()) -> str:
        """Return the address at which the text of an address is now: a live one, a withdrawn one, or "" """
        if address in seen:
            return ""
        seen |= {address}
        claim = self.claims.get(address)
        if address in self.gone or (claim is None and self.is_live(address)):
            return address
        if claim is not None:
            return claim.new
        page, mark, anchor = address.partition("#")
        ways = [self.shown.get(address), self.led.get(address)]  # what is on record, before what follows from the page
        if mark and page in self.claims:
            ways.append(f"{page_part(self.claims[page].new)}#{anchor}")
        for way in ways:
            if way and (found := self.where(way, seen)):
                return found
        return address if page in self.gone else ""

    def answer(self, address: str) -> Answer:
        """Return what an address answers, and note what is wrong with it."""
        claim, to = self.claims.get(address), self.where(address)
        withdrawn = self.gone.get(to) or (None if self.is_live(to) else self.gone.get(page_part(to)))
        if withdrawn is not None:
            if self.is_live(address):
                self.troubles.append(Trouble("withdrawn", address, withdrawn.text))
            elif address not in self.gone and (still := self._elsewhere(address)):
                self.troubles.append(Trouble("nowhere", address, *still))
            return Answer("withdrawn", withdrawn.address, withdrawn.on, withdrawn.text)
        if self.is_live(address):
            if claim is not None:
                self.troubles.append(Trouble("taken", address, claim.new, place=claim.place))
            else:
                self._still_the_same(address)
            return Answer("here", address)
        if not to:
            likeliest, share = self._likeliest(address)
            self.troubles.append(Trouble("nowhere", address, likeliest, share))
            return Answer("nowhere")
        if address in self.before and alike(self.before[address], self._now(to)) < _OTHER:
            likeliest, share = self._likeliest(address)
            if share >= _SAME and likeliest != to:
                place = claim.place if claim else None
                self.troubles.append(Trouble("unlike", address, likeliest, share, place))
        return Answer("moved", to)

    def _still_the_same(self, address: str) -> None:
        """Note a live address that was given away, or whose text now stands elsewhere."""
        shows = self.served.shorts.get(address, address)
        led = self.led.get(address)
        if led and self.where(led) != shows:
            self.troubles.append(Trouble("taken", address, led))
            return
        text = self.where(self.shown.get(address, shows))
        if text not in ("", shows) and text.partition("#")[2] != shows.partition("#")[2]:
            self.troubles.append(Trouble("taken", address, text))
            return
        old = self.before.get(self.shown.get(address, address), "")
        if old and alike(old, self._now(address)) < _OTHER and (moved := self._elsewhere(address)):
            self.troubles.append(Trouble("swapped", address, *moved))

    def _elsewhere(self, address: str) -> tuple[str, float] | None:
        """Return where the text of an address has gone since it was published, if it is plain to see."""
        old = self.before.get(self.shown.get(address, address), "")
        likeliest, share = self._likeliest(address)
        # Where it stood before as well it has not gone to: two pages may share a text.
        return (likeliest, share) if share >= _SAME > alike(old, self.before.get(likeliest, "")) else None

    def _now(self, address: str) -> str:
        return self.served.words.get(self.served.shorts.get(address, address), "")

    def _likeliest(self, address: str) -> tuple[str, float]:
        """Return where most of an address's old words stand now, and how much of them."""
        old, anchor = self.before.get(self.shown.get(address, address), ""), address.partition("#")[2]
        wanted = "#" in (self.shown.get(address) or address)
        found = [
            (
                alike(old, words) if old else 0.0,
                page_part(there) == page_part(address),
                there.partition("#")[2] == anchor,
                -len(words),
                there,
            )
            for there, words in self.served.words.items()
            if ("#" in there) == wanted and there != address and not self.gone.keys() & {there, page_part(there)}
        ]
        share, _, same, _, there = max(found, default=(0.0, False, False, 0, ""))
        if share >= _WORTH_NAMING or (same and anchor):
            return there, share
        if wanted:
            return "", 0.0
        # A page whose opening is nowhere: the page to which most of its sections went.
        places = (self.where(place) for place in self.promised if place.startswith(f"{address}#"))
        went = Counter(page_part(place) for place in places if place in self.served.words)
        return (went.most_common(1)[0][0], 0.0) if went else ("", 0.0)


def _untrodden(run: _Run, found: Mapping[str, Answer]) -> Iterator[Trouble]:
    """Yield the withdrawn addresses that stand among the pages again although nobody had promised them."""
    for address, entry in run.gone.items():
        if address not in found and run.is_live(address):
            yield Trouble("withdrawn", address, entry.text)


def answers(ledger: Ledger, served: Served, before: Mapping[str, str]) -> tuple[dict[str, Answer], list[Trouble]]:
    """Return what every promised page, place and short address would answer, and what is wrong.

    `before` are the words that each had when it was last published. Where there is no trouble, no answer is "nowhere",
    and what is "moved" is one step away: `to` is live.
    """
    run = _Run(ledger, served, before)
    found = {address: run.answer(address) for address in run.promised}
    return found, [*run.troubles, *_untrodden(run, found)]
