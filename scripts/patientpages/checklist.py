"""Every code that a finding can have, and what it is about: the list, one explained, and the page RULES.md."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from itertools import groupby

from patientpages.checks import CHECKS
from patientpages.checks.elsewhere import ELSEWHERE

RULES = "RULES.md"
_FAMILIES = {
    "A": "Access: for whoever cannot see, or does not use a mouse",
    "B": "Building",
    "C": "Claims: nothing is praised, nothing is one-sided",
    "D": "What could not be read, checked or done",
    "E": "E-mails and texts that staff send",
    "F": "Front matter and sources",
    "G": "Guard: the checker itself",
    "H": "Handouts: what staff print",
    "I": "Ids: the places that links lead to",
    "L": "Links and addresses",
    "M": "Menu and theme",
    "N": "Numbers and inserts",
    "O": "Output: every file that is served",
    "P": "Publishing",
    "R": "Reading: plain words",
    "T": "Topics: what a patient must be told",
    "U": "Urgent help and trust, on every page",
    "V": "Verifying what is live",
    "W": "Waivers",
}
_SEVERITY = {
    "error": "an error",
    "warning": "a warning",
    "until-published": "a warning in a preview, an error when the site is published",
}
_HEAD = """<!-- Made by `patientpages renew` from the checks themselves: change their docstrings, not this page. -->

# The rules

Every rule that pages, messages and the built site are held to. A finding begins with the code of its rule;
`patientpages explain T201` shows the same on the command line.
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """What one code means; `text` is its sentence, why, Bad and Good."""

    code: str
    severity: str
    text: str

    @property
    def sentence(self) -> str:
        """What must hold, in a sentence."""
        return self.text.split("\n", 1)[0]


def rules() -> dict[str, Rule]:
    """Return every rule by its code, in the order of codes."""
    found = [Rule(check.code, check.severity, inspect.getdoc(check.run) or "") for check in CHECKS]
    found += [Rule(told.code, told.severity, told.text) for told in ELSEWHERE]
    return {rule.code: rule for rule in sorted(found, key=lambda rule: rule.code)}


def listed() -> str:
    """Return all codes, a line each."""
    return "\n".join(f"{rule.code}  {rule.sentence}" for rule in rules().values())


def told(rule: Rule) -> str:
    """Return what a rule is about, for a terminal."""
    return f"{rule.code}  {rule.text}\n\nIt is {_SEVERITY[rule.severity]}."


def _section(rule: Rule) -> str:
    """Return a rule as a part of the page; each line of Why, Bad and Good begins a paragraph of its own."""
    sentence, _, rest = rule.text.partition("\n")
    paragraphs: list[str] = []
    for line in rest.strip().splitlines():
        head, colon, _ = line.partition(":")
        if colon and head in ("Why", "Bad", "Good"):
            paragraphs.append(f"**{head}:**{line[len(head) + 1 :]}")
        elif line.strip():
            paragraphs[-1] += f" {line.strip()}"
    return "\n\n".join([f"### {rule.code}: {sentence}", *paragraphs, f"It is {_SEVERITY[rule.severity]}."])


def rules_page() -> str:
    """Return RULES.md: every rule, by families."""
    parts = [_HEAD]
    for letter, group in groupby(rules().values(), key=lambda rule: rule.code[0]):
        parts += [f"## {_FAMILIES[letter]}\n", *(f"{_section(rule)}\n" for rule in group)]
    return "\n".join(parts)
