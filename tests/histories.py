"""Random histories of a site: pages and headings are renamed, split, merged, deleted, withdrawn and written anew.

A small world in which every text has an identity of its own, so that a test knows where each promise should lead. Its
editor is human: now and then the line `formerly:` is forgotten, and then done as the finding proposes.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from patientpages.ledger import answers, growth, words_before
from patientpages.model import TOP, Answer, Claim, Entry, EntryKind, Ledger, Place, Served, Trouble, Version
from patientpages.records import code_of, shape_of

WHERE = Place("docs/en/page.md")
_VOWELS, _CONSONANTS = "aeiou", "bdfgklmnprstvz"


@dataclass
class Part:
    """A section: the identities of the texts in it, its words, and the old addresses that it has taken over."""

    ids: set[int]
    words: list[str]
    formerly: list[str] = field(default_factory=list)


@dataclass
class Sheet:
    """A page: its own identities, the words before its first section, its sections by anchor."""

    ids: set[int]
    words: list[str]
    parts: dict[str, Part] = field(default_factory=dict)
    formerly: list[str] = field(default_factory=list)


class World:
    """A site, the ledger of what was published of it, and for each promise the texts that it stands for."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.numbers = count(1)
        self.day = date(2026, 1, 1)
        self.pages: dict[str, Sheet] = {}
        self.ledger = Ledger()
        self.kept: dict[tuple[str, str], Version] = {}  # as records/versions/ keeps them
        self.truth: dict[str, set[int]] = {}
        self.topics: set[str] = set()
        self.refused: list[Trouble] = []
        for _ in range(3):
            self.add_page(self.new_name())

    # --- what an editor can do -------------------------------------------------------------------------------
    def text(self) -> list[str]:
        """Return words that no other text has."""

        def word() -> str:
            return "".join(self.chance.choice(_CONSONANTS) + self.chance.choice(_VOWELS) for _ in range(3))

        return [word() for _ in range(30)]

    def new_name(self) -> str:
        """Return a name that nothing has had."""
        return f"n{next(self.numbers)}"

    def some_page(self) -> str:
        """Return the name of any page."""
        return self.chance.choice(sorted(self.pages))

    def some_part(self) -> tuple[str, str] | None:
        """Return the page and id of any section."""
        found = [(page, anchor) for page, sheet in sorted(self.pages.items()) for anchor in sheet.parts]
        return self.chance.choice(found) if found else None

    def owners(self) -> list[Sheet | Part]:
        """Return everything that has an address."""
        found: list[Sheet | Part] = []
        for sheet in self.pages.values():
            found += [sheet, *sheet.parts.values()]
        return found

    def remembers(self) -> bool:
        """Tell whether the editor thinks of `formerly:` this time."""
        return self.chance.random() < 0.8

    def add_page(self, name: str) -> None:
        """Write a page with up to three sections."""
        if name in self.pages:
            return
        self.pages[name] = Sheet({next(self.numbers)}, self.text())
        for _ in range(self.chance.randint(0, 3)):
            anchor = self.new_name()
            self.pages[name].parts[anchor] = Part({next(self.numbers)}, self.text())
            if self.chance.random() < 0.4:
                self.topics.add(anchor)

    def readd_page(self) -> None:
        """Write another page where one once stood."""
        old = [a.rstrip("/") for a in self.truth if "#" not in a and not a.startswith("go/")]
        self.add_page(self.chance.choice(old) if old else self.new_name())

    def readd_part(self) -> None:
        """Write another section under an id that was once used, on the same page or on another."""
        old = sorted({a.partition("#")[2] for a in self.truth if "#" in a})
        page, anchor = self.some_page(), self.chance.choice(old) if old else self.new_name()
        if not any(anchor in sheet.parts for sheet in self.pages.values() if anchor in self.topics):
            self.pages[page].parts.setdefault(anchor, Part({next(self.numbers)}, self.text()))

    def rename_page(self) -> None:
        """Give a page another name."""
        old, new = self.some_page(), self.new_name()
        self.pages[new] = self.pages.pop(old)
        if self.remembers():
            self.pages[new].formerly.append(f"{old}/")

    def rename_part(self) -> None:
        """Give a section another id."""
        if found := self.some_part():
            page, old = found
            new = self.new_name()
            part = self.pages[page].parts.pop(old)
            self.pages[page].parts[new] = part
            if self.remembers():
                part.formerly.append(f"{page}/#{old}")

    def move_part(self) -> None:
        """Move a section to another page."""
        if found := self.some_part():
            page, anchor = found
            there = self.some_page()
            if anchor not in self.pages[there].parts:
                part = self.pages[page].parts.pop(anchor)
                self.pages[there].parts[anchor] = part
                if self.remembers():
                    part.formerly.append(f"{page}/#{anchor}")

    def replace_part(self) -> None:
        """Give a section another id, say nothing of it, and write another text under the old one."""
        if found := self.some_part():
            page, old = found
            parts = self.pages[page].parts
            parts[self.new_name()], parts[old] = parts[old], Part({next(self.numbers)}, self.text())

    def replace_page(self) -> None:
        """The same with a page."""
        old = self.some_page()
        self.pages[self.new_name()] = self.pages.pop(old)
        self.add_page(old)

    def split_page(self) -> None:
        """Take some sections of a page into a new one."""
        page, new = self.some_page(), self.new_name()
        parts = self.pages[page].parts
        self.pages[new] = Sheet({next(self.numbers)}, self.text())
        for anchor in [a for a in parts if self.chance.random() < 0.5]:
            self.pages[new].parts[anchor] = parts.pop(anchor)
            if self.remembers():
                self.pages[new].parts[anchor].formerly.append(f"{page}/#{anchor}")

    def merge_pages(self) -> None:
        """Put the text and the sections of one page at the end of another."""
        old, into = self.some_page(), self.some_page()
        if old == into or self.pages[old].parts.keys() & self.pages[into].parts.keys():
            return
        gone, page = self.pages.pop(old), self.pages[into]
        page.ids |= gone.ids
        page.words += gone.words
        page.parts |= gone.parts
        page.formerly += gone.formerly
        if self.remembers():
            page.formerly.append(f"{old}/")

    def merge_parts(self) -> None:
        """Put the text of one section at the end of another."""
        one, two = self.some_part(), self.some_part()
        if one and two and one != two:
            gone = self.pages[one[0]].parts.pop(one[1])
            kept = self.pages[two[0]].parts[two[1]]
            kept.ids |= gone.ids
            kept.words += gone.words
            kept.formerly += gone.formerly
            if self.remembers():
                kept.formerly.append(f"{one[0]}/#{one[1]}")

    def delete_page(self) -> None:
        """Take a page out."""
        if len(self.pages) > 1:
            del self.pages[self.some_page()]

    def delete_part(self) -> None:
        """Take a section out."""
        if found := self.some_part():
            del self.pages[found[0]].parts[found[1]]

    def withdraw(self) -> None:
        """Withdraw a page or a section, and take it out."""
        if (found := self.some_part()) and self.chance.random() < 0.5:
            address = f"{found[0]}/#{found[1]}"
            meant = self.ids_at(address)
            del self.pages[found[0]].parts[found[1]]
        elif len(self.pages) > 1:
            page = self.some_page()
            address = f"{page}/"
            meant = self.ids_at(address)
            del self.pages[page]
        else:
            return
        if address in self.truth and self.truth[address] & meant:
            self.note("withdrawn", address)

    def edit(self) -> None:
        """Change a word of a section."""
        if found := self.some_part():
            words = self.pages[found[0]].parts[found[1]].words
            words[self.chance.randrange(len(words))] = self.text()[0]

    def note(self, kind: EntryKind, address: str, text: str = "a mistake in it", to: str = "") -> None:
        """Put a line of its own on record."""
        entry = Entry(kind, address, "en", self.day, WHERE, to, text)
        self.ledger = Ledger((*self.ledger.entries, entry))

    # --- what the project does with it -------------------------------------------------------------------------
    def served(self) -> Served:
        """Return what the site would answer."""
        words: dict[str, str] = {}
        shorts: dict[str, str] = {}
        claims: list[Claim] = []
        for name, sheet in self.pages.items():
            here = f"{name}/"
            words[here] = " ".join(sheet.words)
            claims += [Claim(old, here, WHERE) for old in dict.fromkeys(sheet.formerly)]
            for anchor, part in sheet.parts.items():
                words[f"{here}#{anchor}"] = " ".join(part.words)
                claims += [Claim(old, f"{here}#{anchor}", WHERE) for old in dict.fromkeys(part.formerly)]
                if anchor in self.topics:
                    shorts.setdefault(f"go/{anchor}/", f"{here}#{anchor}")
        return Served(words, shorts, tuple(claims))

    def ids_at(self, address: str) -> set[int]:
        """Return the identities of the texts that stand at a live address."""
        address = self.served().shorts.get(address, address)
        page, mark, anchor = address.partition("#")
        sheet = self.pages[page.rstrip("/")]
        return sheet.parts[anchor].ids if mark else sheet.ids

    def publish(self) -> dict[str, Answer]:
        """Publish: where it is refused, do what the finding says, and try again."""
        for _ in range(40):
            served = self.served()
            found, troubles = answers(
                self.ledger, served, words_before(self.ledger, lambda line: self.kept.get((line.text, line.to)))
            )
            troubles = [t for t in troubles if t.kind != "unknown"]
            if not troubles:
                break
            self.refused += troubles
            self.mend(troubles[0], served)
        assert not troubles, troubles
        new = tuple(growth(self.ledger, served, found, "en", self.day))
        self.ledger = Ledger((*self.ledger.entries, *new))
        self.keep_words()
        self.day += timedelta(days=1)
        return found

    def keep_words(self) -> None:
        """Keep the words of every page, as the program does: a text that is known by its code is not kept again."""
        for name, sheet in self.pages.items():
            parts = {TOP: tuple(sheet.words)} | {f"#{at}": tuple(part.words) for at, part in sheet.parts.items()}
            code = code_of(word for words in parts.values() for word in words)
            here = f"{name}/"
            version = Version(code, here, name, "en", self.day, parts)
            shape = shape_of(version)
            last = next((e for e in reversed(self.ledger.of("version")) if e.address == here), None)
            if last is None or (last.text, last.to) != (code, shape):
                self.kept.setdefault((code, shape), version)
                self.note("version", here, code, shape)

    def mend(self, trouble: Trouble, served: Served) -> None:
        """Do what a finding asks for."""
        address, other = trouble.address, trouble.other
        if trouble.kind == "nowhere":
            if not other:
                self.note("withdrawn", address)
            else:
                self.claim(address, other)
        elif trouble.kind in ("claimed twice", "unlike"):
            for owner in [owner for owner in self.owners() if address in owner.formerly][:1]:
                owner.formerly.remove(address)
            if trouble.kind == "unlike":
                self.claim(address, other)
        else:  # taken, swapped, withdrawn: what stands there now gets a name of its own
            live = served.shorts.get(address, address)
            page, mark, anchor = live.partition("#")
            name = page.rstrip("/")
            if mark:
                self.pages[name].parts[self.new_name()] = self.pages[name].parts.pop(anchor)
            else:
                self.pages[self.new_name()] = self.pages.pop(name)
            if trouble.kind == "swapped":
                self.claim(address, other)

    def claim(self, old: str, new: str) -> None:
        """Write `formerly:` at a page or a section."""
        page, mark, anchor = new.partition("#")
        sheet = self.pages[page.rstrip("/")]
        (sheet.parts[anchor] if mark else sheet).formerly.append(old)

    def texts_of(self, address: str) -> list[str]:
        """Return the first words of each text that an address was published for and that still stands somewhere."""
        meant = self.truth[address]
        return [" ".join(owner.words[:4]) for owner in self.owners() if owner.ids & meant]

    # --- what must hold ----------------------------------------------------------------------------------------
    def hold(self, found: dict[str, Answer]) -> None:
        """Every address that was ever published leads, in one step, to the text that it was published for."""
        served = self.served()
        alive = {n for owner in self.owners() for n in owner.ids}
        gone = {e.address for e in self.ledger.of("withdrawn")}
        for address, meant in self.truth.items():
            answer = found[address]
            assert answer.how != "nowhere", address
            if answer.how == "withdrawn":
                assert answer.to in gone, (address, answer)
                continue
            assert answer.to in served.words or answer.to in served.shorts, (address, answer)
            there = self.ids_at(answer.to)
            if meant & alive:
                assert there & meant, (address, answer, meant, there)
            elif answer.how == "here":  # its text is gone, and somebody has written another in its place
                self.truth[address] = there
        for address in (*served.words, *served.shorts):
            self.truth.setdefault(address, set(self.ids_at(address)))


OPERATIONS: tuple[Callable[[World], None], ...] = (
    World.rename_page, World.rename_part, World.move_part, World.split_page, World.merge_pages, World.merge_parts,
    World.replace_page, World.replace_part, World.delete_page, World.delete_part, World.withdraw, World.readd_page, World.readd_part, World.edit,
)  # fmt: skip


def live_through(seed: int, publications: int = 6) -> World:
    """Let a site live: some changes, then a publication, and so on; hold what must hold at each of them."""
    world = World(seed)
    world.hold(world.publish())
    for _ in range(publications):
        for _ in range(world.chance.randint(1, 4)):
            world.chance.choice(OPERATIONS)(world)
        world.hold(world.publish())
    return world
