"""What counts in a sentence: not what is denied, rejected, meant for the author, or about something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from patientpages.said.index import Hits, Span
from patientpages.said.tokens import Token

_SHORTEST_QUOTATION = 4  # words: a shorter one is a name or an emphasis


@dataclass(frozen=True, slots=True)
class Polarity:
    """The denials of a sentence with what each covers, and what of it does not count at all."""

    denials: tuple[tuple[Span, Span], ...]  # (the denying words, what they cover)
    rejected: tuple[Span, ...]
    claims: tuple[Span, ...]
    other: tuple[Span, ...]
    own: bool
    quoted: tuple[Span, ...]

    @property
    def plain(self) -> bool:
        """Whether nothing is denied, rejected, quoted or about something else: all of it counts."""
        return not (self.denials or self.rejected or self.claims or self.other or self.quoted)


_PLAIN, _PLAIN_OWN = Polarity((), (), (), (), False, ()), Polarity((), (), (), (), True, ())
_GUARDS = frozenset({"deny", "deny-back", "reject", "author", "claim", "other"})


def _overlaps(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _quotations(tokens: Sequence[Token], hits: Hits) -> tuple[Span, ...]:
    """Return what stands in quotation marks and is somebody else's words: not what the reader is told to say or ask."""
    marks = [index for index, token in enumerate(tokens) if token.form == '"']
    pairs = zip(marks[::2], marks[1::2], strict=False)
    said_by_us = [start for start, _ in hits.get("quoting", ())]
    return tuple((a, b) for a, b in pairs if b - a > _SHORTEST_QUOTATION and not any(s < a for s in said_by_us))


def polarity(hits: Hits, tokens: Sequence[Token]) -> Polarity:
    """Work out what the guards of a sentence cover. A denial reaches to the end of its clause."""
    if _GUARDS.isdisjoint(hits) and not any(token.form == '"' for token in tokens):  # most sentences
        return _PLAIN_OWN if "own" in hits else _PLAIN
    length = len(tokens)
    breaks = sorted(start for start, _ in hits.get("break", ()))
    idioms = hits.get("not-denial", ())
    denials: list[tuple[Span, Span]] = []
    for cue in hits.get("deny", ()):
        if not any(_overlaps(cue, idiom) for idiom in idioms):
            end = next((b for b in breaks if b >= cue[1]), length)
            denials.append((cue, (cue[1], end)))
    for cue in hits.get("deny-back", ()):
        if not any(_overlaps(cue, idiom) for idiom in idioms):
            denials.append((cue, (0, cue[0])))
    rejected = tuple((start, length) for name in ("reject", "author") for start, _ in hits.get(name, ()))
    return Polarity(
        tuple(denials),
        rejected,
        tuple(hits.get("claim", ())),
        tuple(hits.get("other", ())),
        any(not any(_overlaps(own, of) for of in hits.get("other", ())) for own in hits.get("own", ())),
        _quotations(tokens, hits),
    )


def counts(span: Span, polar: Polarity, ours: list[Span]) -> bool:
    """Tell whether a hit counts, beside the other hits of its way (`ours`).

    A guard whose own words are part of the way is what the way says ("not proven"), and so denies nothing here.
    """

    def used(cue: Span) -> bool:
        return any(_overlaps(cue, own) for own in ours)

    if any(_overlaps(span, covered) and not used(cue) for cue, covered in polar.denials):
        return False
    if any(start <= span[0] for start, _ in polar.rejected):
        return False
    if any(_overlaps(span, quoted) for quoted in polar.quoted):
        return False
    denies = any(_overlaps(cue, own) for cue, _ in polar.denials for own in ours)
    if not denies and any(start <= span[0] for start, _ in polar.claims):
        return False
    return polar.own or not polar.other or any(used(cue) for cue in polar.other)
