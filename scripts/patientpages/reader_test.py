"""staff/reader-test.yml: six tasks and some questions, with which a clinic tries its pages on readers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from patientpages.markdown import INSERT
from patientpages.model import Place
from patientpages.yamlfile import Map, Mistakes, near


@dataclass(frozen=True, slots=True)
class Task:
    """What a reader is asked, and what counts as having found it; `page` is where it stands ("" for a question)."""

    ask: str
    answer: str
    page: str
    place: Place


@dataclass(frozen=True, slots=True)
class ReaderTestSheet:
    """The whole sheet; texts may hold inserts such as `{{ fact: soreness-lasts }}`."""

    title: str
    before: str
    tasks: tuple[Task, ...]
    teach_back: tuple[Task, ...]
    after: str


def _tasks(data: Map, key: str, answer: str, *, page: bool) -> tuple[Task, ...]:
    found = []
    for entry in data.maps(key):
        found.append(Task(entry.text("ask"), entry.text(answer), entry.text("page") if page else "", entry.place))
        entry.close()
    return tuple(found)


def read_reader_test(data: Map | None) -> ReaderTestSheet | None:
    """Read the sheet; what is wrong goes to the mistakes of its file."""
    if data is None:
        return None
    data.whole("version")
    sheet = ReaderTestSheet(
        data.text("title"),
        data.text("before"),
        _tasks(data, "tasks", "answer", page=True),
        _tasks(data, "teach_back", "listen_for", page=False),
        data.text("after"),
    )
    data.close()
    return sheet


def filled(text: str, values: Mapping[str, Mapping[str, str]]) -> str:
    """Return a text with its inserts put in; one that stands for nothing is left as it is."""

    def value(found: re.Match[str]) -> str:
        name = f"{found['name']}, {found['form']}" if found["form"] else found["name"]
        return values.get(found["kind"], {}).get(name, found[0])

    return INSERT.sub(value, text)


def hold_reader_test(
    sheet: ReaderTestSheet | None, pages: Iterable[str], values: Mapping[str, Mapping[str, str]], mistakes: Mistakes
) -> None:
    """Hold that each answer stands on a page that is there or planned, and that every insert stands for something."""
    names = list(pages)
    for task in (*sheet.tasks, *sheet.teach_back) if sheet else ():
        if task.page and task.page not in names:
            mistakes.add(task.place, f'there is no page "{task.page}".{near(task.page, names)}', "page: soreness")
        if "{{" in filled(task.ask + task.answer, values):
            mistakes.add(task.place, "an insert in this task stands for nothing", "{{ fact: soreness-lasts, short }}")
