"""The measurements as tables of Markdown and as a plot."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from sections import table

from scaling.cost import Cost, middle
from scaling.rows import Row, found_by

Costs = Mapping[tuple[str, int], Sequence[Cost]]  # the runs of a row with so many pages
_COLOURS = (
    "#0b6e4f", "#c1440e", "#1f4e9e", "#8a3ffc", "#6b6b00", "#b0006d", "#007a87", "#555555", "#e08a00", "#5b2a86", "#2f9e44",
    "#d6336c", "#1c7ed6",
)  # fmt: skip


def _ratio(costs: Costs, row: Row, pages: int, to: str) -> str:
    other = costs.get((to, pages))
    return f"{middle(costs[row.name, pages]).wall / middle(other).wall:.2f}" if other else "–"


def _times(costs: Costs, row: Row, pages: int, to: str) -> str:
    """Return how many times as many pages this row does in a CPU second."""
    other = costs.get((to, pages))
    return f"{middle(other).cpu / middle(costs[row.name, pages]).cpu:.1f}" if other else "–"


def of_pages(costs: Costs, rows: Sequence[Row], pages: int) -> str:
    """Return the tables for so many pages: builds, then checks."""
    parts = []
    for group, compared, others in (
        ("build", _ratio, ("MkDocs + Material", "Zensical, nothing kept", "Hugo, bare layout")),
        ("check", _times, ("markdownlint-cli2", "textlint, two rules")),
        ("draft", _ratio, ("MkDocs + Material",)),
    ):
        lines = []
        for row in rows:
            if row.group != group or (row.name, pages) not in costs:
                continue
            runs = costs[row.name, pages]
            cost = middle(runs)
            walls = sorted(run.wall for run in runs)
            found = found_by(row.name, cost.said)
            line = [row.name, f"{cost.wall:.2f} ({walls[0]:.2f}–{walls[-1]:.2f})", f"{cost.cpu:.2f}", f"{cost.memory:.0f}",
                    "–" if group == "draft" else f"{pages / cost.wall:.0f}", *(compared(costs, row, pages, to) for to in others)]  # fmt: skip
            lines.append([*line, "–" if found is None else f"{found:,}"] if group == "check" else line)
        if lines:
            word = "pages a CPU second ÷" if group == "check" else "wall ÷"
            head = [group, "wall s (least–most)", "CPU s", "MiB", "pages/s", *(f"{word} {to}" for to in others)]
            parts.append(table([*head, "findings"] if group == "check" else head, lines))
    return "\n\n".join(parts)


def growth(costs: Costs, rows: Sequence[Row], numbers: Sequence[int]) -> str:
    """Return the exponents from each number of pages to the next, in CPU seconds, and the memory at each."""
    steps = list(pairwise(numbers))
    lines = []
    for row in rows:
        if row.group == "draft":
            continue
        line = [row.name]
        for before, after in steps:
            pair = costs.get((row.name, before)), costs.get((row.name, after))
            line.append(
                _exponent(middle(pair[0]).cpu, middle(pair[1]).cpu, after / before) if pair[0] and pair[1] else "–"
            )
        line += [f"{middle(costs[row.name, n]).memory:.0f}" if (row.name, n) in costs else "–" for n in numbers]
        lines.append(line)
    return table(["", *(f"{a:,} → {b:,}" for a, b in steps), *(f"MiB, {n:,}" for n in numbers)], lines)


def _exponent(before: float, after: float, times: float) -> str:
    return f"{math.log(after / before) / math.log(times):.2f}"


def plot(costs: Costs, rows: Sequence[Row], numbers: Sequence[int]) -> str:
    """Return a drawing: seconds on the clock by pages, both in powers of ten, a line for each row."""
    width, height, left, top = 860, 420, 60, 20
    right, bottom = width - 300, height - 50
    walls = [middle(runs).wall for runs in costs.values()]
    low, high = math.floor(math.log10(min(walls))), math.ceil(math.log10(max(walls)))
    first, last = math.log10(numbers[0]), math.log10(numbers[-1])

    def x(pages: float) -> float:
        return left + (math.log10(pages) - first) / ((last - first) or 1) * (right - left)

    def y(seconds: float) -> float:
        return bottom - (math.log10(seconds) - low) / (high - low) * (bottom - top)

    parts = [f'<rect width="{width}" height="{height}" fill="#fff"/>']
    for power in range(low, high + 1):
        at = y(10**power)
        parts.append(f'<path d="M{left} {at:.1f}H{right}" stroke="#ddd"/>'
                     f'<text x="{left - 6}" y="{at + 4:.1f}" text-anchor="end">{10**power:g} s</text>')  # fmt: skip
    for pages in numbers:
        parts.append(f'<path d="M{x(pages):.1f} {top}V{bottom}" stroke="#ddd"/>'
                     f'<text x="{x(pages):.1f}" y="{bottom + 18}" text-anchor="middle">{pages:,}</text>')  # fmt: skip
    parts.append(f'<text x="{(left + right) / 2}" y="{height - 10}" text-anchor="middle">pages</text>')
    shown = [row for row in rows if any((row.name, n) in costs for n in numbers) and row.group != "draft"]
    for index, row in enumerate(shown):
        colour = _COLOURS[index % len(_COLOURS)]
        dash = "" if row.name.startswith("ours") else ' stroke-dasharray="6 4"'
        points = [(x(n), y(middle(costs[row.name, n]).wall)) for n in numbers if (row.name, n) in costs]
        line = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
        dots = "".join(f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{colour}"/>' for a, b in points)
        at = top + 12 + index * 20
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>{dots}'
                     f'<path d="M{right + 14} {at}h24" stroke="{colour}" stroke-width="2"{dash}/>'
                     f'<text x="{right + 44}" y="{at + 4}">{html.escape(row.name)}</text>')  # fmt: skip
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12" '
        f'role="img"><title>Seconds by pages</title>{"".join(parts)}</svg>\n'
    )
