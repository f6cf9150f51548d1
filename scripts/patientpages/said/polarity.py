"""What counts in a sentence: not what is denied, rejected, meant for the author, or about something else."""

from __future__ import annotations

from dataclasses import dataclass

from patientpages.said.phrasebook import Hits, Span


@dataclass(frozen=True, slots=True)
class Polarity:
    """The denials of a sentence with what each covers, and what of it does not count at all."""

    denials: tuple[tuple[Span, Span], ...]  # (the denying words, what they cover)
    rejected: tuple[Span, ...]
    other: tuple[Span, ...]
    own: bool


def _overlaps(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def polarity(hits: Hits, length: int) -> Polarity:
    """Work out what the guards of a sentence cover. A denial reaches to the end of its clause."""
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
    return Polarity(tuple(denials), rejected, tuple(hits.get("other", ())), "own" in hits)


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
    return polar.own or not polar.other or any(used(cue) for cue in polar.other)
