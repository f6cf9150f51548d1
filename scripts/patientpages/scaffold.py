"""The text of a new page: everything that its kind asks for, with a blank in [square brackets] for each thing to say.

What is said on another page is shown from there. Nothing here is for a patient: each blank is a finding until it goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from posixpath import relpath

from patientpages.markdown import explicit_ids, find_inserts, section_body
from patientpages.model import Kind, Source, Standard, Topic
from patientpages.project import Language

_IN_SHORT = re.compile(r'^!!! in-short "([^"]+)"', re.MULTILINE)
_LOCAL = re.compile(r"\]\(#([^)\s]+)\)")
_MANY = 6  # facts that are offered for one section


def kinds_told(standard: Standard) -> Iterator[str]:
    """Yield a line for each kind of page that a person writes: its name, and what it is for."""
    wide = max((len(name) for name in standard.kinds), default=0)
    for kind in standard.kinds.values():
        if kind.pages != ("404",):
            yield f"{kind.id:{wide}}  {purpose(kind, standard)}"


def purpose(kind: Kind, standard: Standard) -> str:
    """Return what a kind of page is for: the questions that it answers in full, or what else it has."""
    told = [standard.topics[name].question for name in kind.full if name in standard.topics]
    if told:
        return " ".join(question if question[-1] in "?.!" else f"{question}." for question in told)
    parts = [standard.topics[name].question for name in kind.short if name in standard.topics]
    parts += [f"ways to {', '.join(kind.links)}"] if kind.links else []
    parts += [f"sections on {', '.join(kind.sections)}"] if kind.sections else []
    parts += [f"{kind.entries} or more entries"] if kind.entries else []
    return "; ".join(parts)


def _facts(topic: Topic, language: Language) -> list[str]:
    """Return the facts whose subject the topic speaks of, those of its own question first."""
    subjects = language.figures.subjects if language.figures else {}
    said = " ".join(statement.tells for statement in topic.statements)

    def speaks(text: str, words: Iterable[str]) -> bool:
        return any(re.search(rf"\b{re.escape(word)}", text, re.IGNORECASE) for word in words)

    own = [name for name, words in subjects.items() if speaks(topic.question, words)]
    return list(dict.fromkeys([*own, *(name for name, words in subjects.items() if speaks(said, words))]))[:_MANY]


def _blank(text: str) -> str:
    """Return a blank that nothing in it can end early."""
    return "[" + text.replace("[", "(").replace("]", ")") + "]"


def _own_section(topic: Topic, short: bool, standard: Standard, language: Language) -> Iterator[str]:
    yield f"- {_blank(f'Why: {topic.why}')}"
    for statement in topic.required(short=short):
        some = f", at least {statement.at_least} of these" if statement.at_least else ""
        yield f"- {_blank(f'Say{some}: {statement.tells}')}"
    for name in _facts(topic, language):
        yield f"- {_blank(f'A number that may fit: {{{{ fact: {name} }}}}, {standard.facts[name].about}')}"
    yield ""


def _shown_words(topic: Topic, name: str, here: Iterable[str], sources: Iterable[Source]) -> int | None:
    """Return how many words another page has on a topic; None where that text cannot be shown on this page.

    It cannot where it shows a third page's text itself, or leads to a place `here` that this page will not have.
    """
    home = next((source for source in sources if source.name == topic.home and topic.home != name), None)
    body = section_body(home.text, topic.id) if home else None
    if body is None or any(insert.kind == "section" for insert in find_inserts(body, "", 1)):
        return None
    return len(body.split()) if {*_LOCAL.findall(body)} <= {*here, *explicit_ids(body)} else None


def _sections(kind: Kind, name: str, standard: Standard, language: Language) -> Iterator[str]:
    here, left = (*kind.full, *kind.short, *kind.sections), kind.words or 10**6
    for topic in (standard.topics[asked] for asked in (*kind.full, *kind.short)):
        short = topic.id not in kind.full
        words = _shown_words(topic, name, here, language.sources)
        yield f"## {topic.question} {{ #{topic.id} }}\n"
        if words is None or (short and words > left):  # a short answer of its own keeps the page short
            yield from _own_section(topic, short, standard, language)
        else:
            left -= words
            yield f"{{{{ section: {topic.id} }}}}\n"
    for anchor in kind.sections:
        yield f"## {_blank(f'A heading about {anchor}')} {{ #{anchor} }}\n"
        yield f"{_blank('The answer, in two or three sentences.')}\n"


def _links(kind: Kind, name: str, sources: Iterable[Source]) -> Iterator[str]:
    titles = {source.name: source.title for source in sources}
    folder = name.rpartition("/")[0] or "."
    for page in kind.links:
        if page in titles and page != name:
            yield f"- [{titles[page]}]({relpath(f'{page}.md', folder)})"


def page_text(kind: Kind, name: str, standard: Standard, language: Language) -> str:
    """Return the Markdown of a new page; `kind` is one of the standard's."""
    heading = next((m[1] for source in language.sources if (m := _IN_SHORT.search(source.text))), "In short")
    links = list(_links(kind, name, language.sources))
    entries = [f"{_blank('A word')}\n:   {_blank('What it means, in plain words.')}\n" for _ in range(kind.entries)]
    lines = [
        "---",
        'title: "[The title of this page: a question, as a patient would ask it]"',
        'description: "[One plain sentence, for search results]"',
        f"kind: {kind.id}",
        "sources: []  # keys of standard/sources.yml that this page rests on",
        "---\n",
        f'!!! in-short "{heading}"\n',
        f"    {_blank('The answer in two or three short sentences: at most 60 words.')}\n",
        *([*links, ""] if links else []),
        *_sections(kind, name, standard, language),
        *entries,
    ]
    return "\n".join(lines).rstrip() + "\n"
