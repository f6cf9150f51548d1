"""Edits of pages: words, headings, links, pictures, front matter, and pages that come, go and get other names."""

from __future__ import annotations

import re

from tests.edits.change import Change, Edit

_WORDS = ("often", "gently", "slowly", "today", "please", "maybe", "also", "quickly", "often", "never")
_SENTENCES = (
    "Ask us if this is not clear.",
    "You can bring somebody with you.",
    "Most people are glad of a rest.",
    "Drink some water.",
    "Call {{ emergency: number }} now.",
    "In studies, {{ fact: sore-people }} were sore.",
    "The soreness lasts {{ fact: soreness-lasts, short }}.",
    "Write to {{ clinic: feedback }}.",
)
_BODY = r"^(?!---|#|!|\{|title|description|kind|sources)[ \-]*[A-Z*][^\n{}\[\]]{25,}$"
_DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"><path d="M1 {}h{}" stroke="#{}33"/></svg>\n'


def _page(change: Change) -> str:
    return change.chance.choice(change.pages())


def word(change: Change) -> str:
    """A word comes in, goes out, or is another."""
    new = change.chance.choice(_WORDS)

    def instead(match: re.Match[str]) -> str:
        words = match[0].split(" ")
        at = change.chance.randrange(1, len(words))
        words[at : at + change.chance.choice((0, 1, 1))] = change.chance.choice(([new], [new], []))
        return " ".join(words)

    return change.swap(_page(change), _BODY, instead)


def sentence(change: Change) -> str:
    """A sentence comes, or a line goes."""
    if change.chance.random() < 0.3:
        return change.swap(_page(change), _BODY, lambda _: "")
    new = change.chance.choice((*_SENTENCES * 2, "It is completely safe.", "It lasts {{ fact: no-such-fact }}."))
    return change.swap(_page(change), _BODY, lambda match: f"{match[0]} {new}")


def item(change: Change) -> str:
    """An item of a list goes, or comes twice."""
    return change.swap(_page(change), r"^ *- [^\n]+\n", lambda match: match[0] * change.chance.choice((0, 2)))


def shared(change: Change) -> str:
    """The home of a section that other pages show."""
    homes = change.names("docs/", "/soreness.md")
    return change.swap(change.chance.choice(homes), r"^(Most people are|It usually|You feel|You may)\b", lambda m: f"As a rule, {m[0].lower()}") if homes else ""  # fmt: skip


def heading(change: Change) -> str:
    """The words of a heading."""
    return change.swap(_page(change), r"^(##+ [^\n{]+?)(\??) (?=\{)", lambda m: f"{m[1]} {change.chance.choice(_WORDS)}{m[2]} ")  # fmt: skip


def anchor(change: Change) -> str:
    """The id of a heading: another, with and without `formerly`, or none; links to it may lead nowhere now."""
    way, new = change.chance.randrange(3), f"part-{change.chance.randrange(9)}"
    forms = ("{{ #{new} }}", '{{ #{new} formerly="{old}" }}', "")
    level = change.chance.choice(("##", "###", "###", "###"))  # the higher ones are mostly topics, which must be there
    return change.swap(_page(change), rf"(?<=\n)({level} [^\n{{]+)\{{ #([\w-]+) \}}", lambda m: m[1] + forms[way].format(new=new, old=m[2]))  # fmt: skip


def link(change: Change) -> str:
    """A link to a place on another page, mostly one that is there; one that leads nowhere; one that is none any more."""
    way, there = change.chance.random(), _page(change)
    ids = re.findall(r"\{ #([\w-]+)", change.text(there)) or ["nowhere"]
    to = f"{there.rsplit('/', 1)[1]}#{change.chance.choice(ids) if way < 0.6 else 'no-such-place'}"
    if way > 0.8:
        return change.swap(_page(change), r"\[([^\]\n]+)\]\([\w-]+\.md[^)\n]*\)", lambda match: match[1])
    return change.swap(_page(change), _BODY, lambda match: f"{match[0]} Read [more about it]({to}).")


def picture(change: Change) -> str:
    """A picture comes, is another, or goes; a page shows one, or one that is not there."""
    way, names = change.chance.randrange(5), change.names("docs/", ".svg")
    drawing = _DRAWING.format(change.chance.randrange(9), change.chance.randrange(9), change.chance.randrange(9))
    if way == 0 and names:
        name = change.chance.choice(names)
        del change.tree[name]
        return f"{name}: removed"
    if way <= 2 and names:
        name = change.chance.choice(names)
        change.put(name, drawing)
        return f"{name}: another drawing"
    if way == 3:
        insert = "{{ picture: " + change.chance.choice(("sore-people", "soreness-lasts", "needle", "nothing")) + " }}"
        return change.swap(_page(change), r"^(?=## )", lambda _: f"{insert}\n\n")
    page, name = _page(change), f"drawing-{change.chance.randrange(4)}.svg"
    change.tree.setdefault(f"{page.rsplit('/', 1)[0]}/{name}", drawing.encode())
    return change.swap(page, r"^(?=## )", lambda _: f"![{change.chance.choice(('A line', ''))}]({name})\n\n")


def front(change: Change) -> str:
    """A line of the front matter."""
    lines = {
        r"^title: [^\n]+": lambda m: f"{m[0]} {change.chance.choice(_WORDS)}",
        r"^description: [^\n]+": lambda m: f"{m[0]} {change.chance.choice(_SENTENCES[:4])}",
        r"^kind: [^\n]+": lambda _: f"kind: {change.chance.choice(('reference', 'aftercare', 'reaction', 'nonsense'))}",
        r"^sources: \[[^,\]\n]+, ": lambda _: "sources: [",
        r"^sources: \[": lambda m: f"{m[0]}{change.chance.choice(('brady-2014', 'boyce-2020', 'nobody-1999'))}, ",
        r"^kind: ": lambda m: f"{change.chance.choice(('review_months: 6', 'hide: [toc]', 'reviewer: me'))}\n{m[0]}",
        r"until: \d{4}": lambda _: f"until: {change.chance.choice((2025, 2026, 2027, 2028))}",
    }
    pattern = change.chance.choice(list(lines))
    return change.swap(_page(change), pattern, lines[pattern])


def rename(change: Change) -> str:
    """A page gets another name: in nav and in links, or in the folder alone; with and without `formerly`."""
    old = _page(change)
    name, folder = old.rsplit("/", 1)[1][:-3], old.rsplit("/", 1)[0]
    new = f"{name.split('-now')[0]}-{change.chance.randrange(1, 9)}"
    text = change.tree.pop(old).decode()
    known, told = change.chance.random() < 0.7, change.chance.random() < 0.6
    change.put(f"{folder}/{new}.md", text.replace("\nkind:", f"\nformerly: [{name}]\nkind:", 1) if told else text)
    if known:
        for file in (*change.pages(), "mkdocs.yml", "standard/topics.yml"):
            whole = re.sub(rf"(?<![\w-]){name}(?=\.md\b)|(?<=pages: \[){name}(?=\])|(?<=home: ){name}$|(?<=    - ){name}$", new, change.text(file), flags=re.MULTILINE)  # fmt: skip
            change.put(file, whole)
    return f"{old}: now {new}.md{', everywhere' if known else ''}{', formerly' if told else ''}"


def add(change: Change) -> str:
    """A page comes: into nav or not."""
    name = f"new-{change.chance.choice(_WORDS)}"
    if f"docs/en/{name}.md" in change.tree:
        return ""
    entries = "".join(f"Word {sign}\n: A word for us.\n\n" for sign in "abcdef")
    change.put(f"docs/en/{name}.md", f"---\ntitle: More words\ndescription: What is new.\nkind: reference\nsources: []\n---\n\n"
               f'!!! in-short "In short"\n\n    Ask us. We help you.\n\n## Ask us {{ #ask-{name} }}\n\n{entries}{change.chance.choice(_SENTENCES)}\n')  # fmt: skip
    known = change.chance.random() < 0.7
    if known:
        change.swap("mkdocs.yml", r"^ +- glossary\S*\n", lambda m: f"{m[0]}{m[0].split('-')[0]}- {name}.md\n")
    return f"docs/en/{name}.md: added{', in nav' if known else ''}"


def delete(change: Change) -> str:
    """A page goes, with its line in nav or without."""
    page = _page(change)
    del change.tree[page]
    known = change.chance.random() < 0.6
    name = page.rsplit("/", 1)[1]
    if known:
        change.put("mkdocs.yml", re.sub(rf"^ +- {name}\n", "", change.text("mkdocs.yml"), flags=re.MULTILINE))
    return f"{page}: deleted{', and in nav' if known else ''}"


def newlines(change: Change) -> str:
    """The same text with the line ends of Windows, or with a mark at its start; or an empty line more."""
    page = _page(change)
    text = change.text(page)
    new = change.chance.choice((text.replace("\n", "\r\n"), f"\ufeff{text}", f"{text}\n"))
    change.put(page, new)
    return f"{page}: written otherwise ({len(text)} -> {len(new)} letters)"


PAGES: dict[str, tuple[Edit, int]] = {
    "word": (word, 6), "sentence": (sentence, 5), "item of a list": (item, 3), "shared section": (shared, 3), "heading": (heading, 3),
    "id of a heading": (anchor, 3), "link": (link, 4), "picture": (picture, 5), "front matter": (front, 6), "page renamed": (rename, 2),
    "page added": (add, 2), "page deleted": (delete, 1), "line ends": (newlines, 1),
}  # fmt: skip
