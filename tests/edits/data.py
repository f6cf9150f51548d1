"""Edits of what is not a page: the clinic, facts, templates, the standard, navigation, messages and records."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.edits.change import Change, Edit

_CLINIC = {
    "name": ('"Example Clinic"', '"Sample Clinic"', '"[Name of your clinic]"'),
    "phone": ('"01632 960 123"', '"01632 960 999"', '"[Your phone number]"'),
    "address": ('"1 Example Street, Exampleton"', '"9 Sample Lane, Exampleton"'),
    "hours": ('"Monday to Friday, 9 am to 5 pm"', '"Tuesday, 8 am to noon"'),
    "feedback": ('"pages@example.org"', '"words@example.org"'),
    "profession": ("physiotherapist", "osteopath"),
    "website": ('"https://www.example.org/patients/info/"', '"https://example.org/"', '"[The full web address where these pages will stand]"'),
    "branches": ("[]", '[{name: "East", address: "3 East Road, Exampleton", phone: "01632 960 125", hours: "Friday"}]'),
    "logo": ('"logo.svg"', ""),
    "colour": ('"#1f4e5f"', '"#5f1f4e"', '"#eeeeee"', ""),
    "minimum_age": ("16", "18", ""),
    "paper": ("A4", "Letter"),
    "embedded_on": ("[https://www.example.org]", ""),
}  # fmt: skip
_PLACES = (("GB", "england"), ("GB", "scotland"), ("NZ", ""), ("US", ""), ("AU", ""), ("", ""), ("XX", ""))
_LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10" width="40" height="10"><path d="M0 %dh40" stroke="#123"/></svg>\n'


def _set(change: Change, key: str, value: str) -> None:
    text, line = change.text("clinic.yml"), f"{key}: {value}\n".replace(": \n", ":\n")
    new, count = re.subn(rf"^{key}:.*\n", lambda _: line, text, flags=re.MULTILINE)
    change.put("clinic.yml", new if count else text + line)


def clinic(change: Change) -> str:
    """A detail of the clinic; some are refused."""
    key = change.chance.choice(list(_CLINIC))
    value = change.chance.choice(_CLINIC[key])
    if key == "logo" and value:
        change.tree["logo.svg"] = _LOGO % change.chance.randrange(9)
    _set(change, key, value)
    return f"clinic.yml: {key}: {value}"


def logo(change: Change) -> str:
    """The logo is drawn anew, and clinic.yml stays as it is."""
    before = change.tree.get("logo.svg", b"")
    drawings = [drawing for drawing in (_LOGO % at for at in range(9)) if drawing != before]
    change.tree["logo.svg"] = change.chance.choice(drawings)
    return "logo.svg: drawn anew"


def country(change: Change) -> str:
    """Another country has another number for emergencies."""
    place, region = change.chance.choice(_PLACES)
    _set(change, "country", place)
    _set(change, "region", region)
    return f"clinic.yml: {place or 'no country'} {region}"


def languages(change: Change) -> str:
    """A second language comes or goes, with the words of the first; or it is named and not there."""
    if "[en, fr]" in change.text("clinic.yml"):
        _set(change, "languages", "[en]")
        return "clinic.yml: one language"
    if change.chance.random() < 0.8:
        for folder in ("docs", "standard"):
            for name in change.names(f"{folder}/en/"):
                change.tree.setdefault(name.replace("/en/", "/fr/", 1), change.tree[name])
    _set(change, "languages", "[en, fr]")
    return "clinic.yml: two languages"


def fact(change: Change) -> str:
    """A number, its unit, its source, or how sure it is."""
    return change.swap("standard/facts.yml", r"(?<=value: )\d+|(?<=value: \[)\d+|(?<=certainty: )\w+|(?<=unit: )(?:people|days)|(?<=about: )\w+",
                       lambda m: str(int(m[0]) + change.chance.choice((1, 2, 30))) if m[0].isdigit() else f"{m[0]}{change.chance.choice(('', ' or so'))}")  # fmt: skip


def template(change: Change) -> str:
    """A template: a text, a class, a note, or a bracket too many."""
    name = change.chance.choice(change.names("overrides/", ".html"))
    forms = (
        '<span class="x{}">&nbsp;</span>\n',
        "{{# note {} #}}\n",
        "<!-- note {} -->\n",
        "{{{{ page.title }}}} {}\n",
        "{{% if {} %}}\n",
    )
    new = change.chance.choice(forms[:4] if change.chance.random() < 0.8 else forms).format(change.chance.randrange(9))
    return change.swap(name, r"^ *</(?:p|div|ul|nav|header|footer|main|section)>\n", lambda match: match[0] + new)


def style(change: Change) -> str:
    """The style sheet, or a file beside it."""
    if change.chance.random() < 0.3:
        return change.swap("overrides/assets/icon.svg", r"(?<=\")\d+(?=\")", lambda match: str(int(match[0]) + 1))
    return change.swap("overrides/partials/style.css", r"\b\d+(?=rem)", lambda match: str(int(match[0]) + 1))


def wording(change: Change) -> str:
    """The words of templates."""
    names = change.names("docs/", "/_words.yml")
    return change.swap(change.chance.choice(names), r"^( *[\w-]+: )([A-Z]\w+[^\n{}:#\"']*)$", lambda m: f"{m[1]}{m[2].rstrip()} {change.chance.choice(('here', 'now'))}")  # fmt: skip


def topics(change: Change) -> str:
    """The required topics: a statement goes, comes, or is told otherwise; a kind of page asks for more or for less."""
    return change.data("standard/topics.yml", lambda held: _topics(change, held))


def _topics(change: Change, held: Any) -> str:
    topic = change.chance.choice(held["topics"])
    statement, way = change.chance.choice(topic["statements"]), change.chance.randrange(6)
    kind = held["kinds"][change.chance.choice(sorted(held["kinds"]))]
    if way == 0 and len(topic["statements"]) > 2:
        topic["statements"].remove(statement)
        name = f"standard/en/phrases/{topic['id']}.yml"
        if name in change.tree:
            change.data(name, lambda phrases: str(phrases["statements"].pop(statement["id"], "")))
        return f"{topic['id']}.{statement['id']} removed"
    if way == 1:
        topic["statements"].append({**statement, "id": f"{statement['id']}-too"})
        return f"{topic['id']}.{statement['id']}-too added"
    if way == 2:
        statement["optional"] = not statement.get("optional", False)
        return f"{topic['id']}.{statement['id']} optional: {statement['optional']}"
    if way == 3:
        kind["words"] = change.chance.choice((20, 200, 400, 2000))
        return f"kinds: words {kind['words']}"
    if way == 4:
        topic["question"] = f"So: {topic['question']}"
        return f"{topic['id']}: another question"
    statement["tells"] += " indeed"
    return f"{topic['id']}.{statement['id']}: tells"


def phrases(change: Change) -> str:
    """What counts as saying something: a phrase comes, goes, or is another."""
    if change.chance.random() < 0.3:
        return change.swap("standard/en/phrases.yml", r"(?<=\")(?:please|tell us|let us) \w+", lambda m: f"{m[0]} kindly")  # fmt: skip
    name = change.chance.choice(change.names("standard/en/phrases/"))
    ways = (lambda m: "", lambda m: f"{m[0]}    - grumbly elbow {change.chance.randrange(9)}\n")
    return change.swap(name, r"^    - [^\n:]+\n", change.chance.choice(ways))


def _entry(name: str, key: str, new: tuple[str, Any]) -> Edit:
    """Return an edit that takes an entry out of a list or a mapping of a file, or puts one in."""

    def edit(held: Any, change: Change) -> str:
        there = held[key]
        if change.chance.random() < 0.5 and there:
            gone = change.chance.choice(list(there)) if isinstance(there, dict) else change.chance.randrange(len(there))
            del there[gone]
            return f"{key}: {gone} removed"
        if isinstance(there, dict):
            there[new[0]] = new[1]
        else:
            there.append(new[1])
        return f"{key}: {new[0]} added"

    return lambda change: change.data(name, lambda held: edit(held, change))


def plain(change: Change) -> str:
    """Plain words: a hard word more or less, another limit."""
    if change.chance.random() < 0.4:
        return change.swap("standard/en/words.yml", r"(?<=sentence_words: )\[?\n?[^\]]*\]?", lambda _: f"[{change.chance.choice((8, 12, 20))}, 30]\n")  # fmt: skip
    return _entry("standard/en/words.yml", "plain", (change.chance.choice(("sore", "gently", "muscle")), "other"))(change)  # fmt: skip


def claims(change: Change) -> str:
    """What may not be claimed."""
    more = change.chance.choice(("purple elephant", "warm pack", "ask", "no elephant"))
    return change.swap("standard/en/claims.yml", r"\"(?:safe!|harmless|cure|painless|proven!)[^\"]*\"", lambda m: f'{m[0]}, "{more}"')  # fmt: skip


def sources(change: Change) -> str:
    """A source: its words, its days, or gone."""
    ways: tuple[Callable[[], str], ...] = (
        lambda: change.swap("standard/sources.yml", r"(?<=checked: )20\d\d", lambda _: change.chance.choice(("2024", "2026"))),
        lambda: change.swap("standard/sources.yml", r"(?<=found: )\w+", lambda m: f"{m[0]} indeed"),
        lambda: change.swap("standard/sources.yml", r"(?<=review_months: )\d+", lambda m: str(int(m[0]) - 1)),
        lambda: _entry("standard/sources.yml", "sources", ("brady-2014", {"citation": "B", "found": "It.", "certainty": "low", "seen": "first-hand", "checked": "2026-11-22"}))(change),
    )  # fmt: skip
    return change.chance.choice(ways)()


def emergency(change: Change) -> str:
    """A number for emergencies, or the day on which it was read."""
    return change.swap("standard/emergency.yml", r"(?<=emergency: \[\")999|(?<=number: \")111(?=\", name: NHS 111,)|(?<=checked: )2026|(?<=department: )A&E",
                       lambda m: {"999": "112", "111": "119", "2026": "2023"}.get(m[0], "casualty"))  # fmt: skip


def nav(change: Change) -> str:
    """The menu: two lines change places, one goes; or a setting."""
    way = change.chance.random()
    if way < 0.2:
        return change.swap("mkdocs.yml", r"^site_name: [^\n]+", lambda _: f"site_name: Pages {change.chance.randrange(9)}")  # fmt: skip
    if way < 0.4:
        return change.swap("mkdocs.yml", r"^      - [^\n]+\n", lambda _: "")
    return change.swap("mkdocs.yml", r"^(      - [^\n]+\n)(      - [^\n]+\n)", lambda match: match[2] + match[1])


def staff(change: Change) -> str:
    """What staff send, hand out and ask readers."""
    name = change.chance.choice(("staff/emails.yml", "staff/emails.yml", "staff/reader-test.yml", "standard/messages.yml"))  # fmt: skip
    return change.swap(name, r"(?<=[a-z] )(?:you|your|needles?|pages|visit|sent|words)\b", lambda _: change.chance.choice(("you", "our", "needles", "visit")))  # fmt: skip


def records(change: Change) -> str:
    """A command puts something on record: a sign-off, addresses, a test with readers."""
    name = change.chance.choice(change.pages()).rsplit("/", 1)[1][:-3]
    change.verbs.append(change.chance.choice((
        ("sign", name, "--name", f"Signatory {change.chance.randrange(9)}", "--role", "physiotherapist", "--evidence", "paper"),
        ("links", "record"), ("tested", "--people", str(change.chance.randrange(5, 9)), "--evidence", "sheets"),
    )))  # fmt: skip
    return " ".join(change.verbs[-1])


DATA: dict[str, tuple[Edit, int]] = {
    "fact": (fact, 6), "clinic": (clinic, 7), "logo": (logo, 3), "country": (country, 2), "languages": (languages, 1), "template": (template, 5), "style": (style, 3),
    "words of templates": (wording, 4), "topics": (topics, 5), "phrases": (phrases, 3), "plain words": (plain, 3), "claims": (claims, 2),
    "figures": (_entry("standard/en/figures.yml", "allowed", ("5 days", {"text": "5 days", "why": "a try"})), 2), "sources": (sources, 4),
    "emergency numbers": (emergency, 2), "menu": (nav, 4), "staff": (staff, 4), "records": (records, 3),
}  # fmt: skip
