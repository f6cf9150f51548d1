"""Run MkDocs in this process, and turn everything that it says into findings."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from patientpages.kept import Kept
from patientpages.model import Finding, InputError, Place, Source
from patientpages.templates import compiled_in


class _Collector(logging.Handler):
    """Keeps the warnings of a build: a message that nobody reads is a check that nobody made."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[tuple[int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append((record.levelno, record.getMessage()))


@contextmanager
def _quiet_day(day: date) -> Iterator[None]:
    """Make the day an input of MkDocs too (its sitemap), and keep the theme's advert off the terminal."""
    epoch = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    wanted = {"SOURCE_DATE_EPOCH": str(epoch), "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _failure(error: BaseException, shown_config: str, page: str) -> Finding:
    """Explain an exception of a build with the file and line that it names; `page` is where it was ("" if at none)."""
    import jinja2  # noqa: PLC0415 (loaded only where a template has failed)

    if isinstance(error, jinja2.TemplateSyntaxError):
        place = Place(f"overrides/{error.name or ''}", error.lineno or 1)
        return Finding(
            "B102",
            "error",
            place,
            f"this template is broken: {error.message}",
            "Undo the last change to the template, or correct the line.",
        )
    if isinstance(error, jinja2.TemplateError):
        what = f'there is no template "{error.name}"' if isinstance(error, jinja2.TemplateNotFound) else f"{error}"
        return Finding("B102", "error", Place("overrides"), f"a template failed: {what}", "Undo the last change to it.")
    first = str(error).strip().split("\n")[0] or type(error).__name__
    if isinstance(error, RecursionError):
        first = "something is nested too deeply, such as a list in a list in a list"
    return Finding(
        "B103",
        "error",
        Place(page or shown_config),
        f"the site could not be built: {first}",
        "Undo the last change to mkdocs.yml or to the page that is named.",
    )


@dataclass(frozen=True, slots=True)
class Made:
    """What MkDocs made of a page: its HTML, and what it said meanwhile; None where it failed, and why."""

    html: str | None
    said: tuple[tuple[int, str], ...] = ()
    failure: Finding | None = None


class Builder:
    """MkDocs with one configuration, for one day: it makes page by page, and what it says is caught."""

    def __init__(
        self,
        config_file: Path,
        site_dir: Path,
        day: date,
        sources: Sequence[Source],
        texts: Mapping[str, str],
        kept: Kept,
        shown_config: str,
        shown_docs: str = "docs",
    ) -> None:
        """Raise InputError where the configuration, or what is no page, cannot be built; OSError where the disk fails.

        `site_dir` is an empty folder for all that is no page; `texts` are the pages' texts by the files' full paths.
        """
        self._day, self._shown_config, self._shown_docs = day, shown_config, shown_docs
        with self._caught() as said:
            from patientpages import lean  # noqa: PLC0415 (the theme reads the environment while it is imported)

            self._failures = lean.FAILURES
            try:
                titles = {f"{source.name}.md": source.title for source in sources}
                self._lean = lean.Lean(config_file, site_dir, titles, texts, compiled_in(kept))
                self.others = self._lean.write_others()
            except lean.FAILURES as error:
                raise InputError([_failure(error, shown_config, ""), *self.warnings(said)]) from error
        self.said = tuple(said)
        self._heard: list[tuple[int, str]] | None = None  # while many pages are made

    def where(self, source: Source) -> str:
        """Return the file in the site that a source becomes ("" if it becomes none)."""
        return self._lean.where(f"{source.name}.md")

    def page(self, source: Source) -> Made:
        """Make the page of a source."""
        if self._heard is None:
            with self._caught() as said:
                return self._made(source, said)
        self._heard.clear()
        return self._made(source, self._heard)

    @contextmanager
    def many(self) -> Iterator[None]:
        """Make pages meanwhile at less cost: what stands around a page is set up once."""
        with self._caught() as said:
            self._heard = said
            try:
                yield
            finally:
                self._heard = None

    def _made(self, source: Source, said: Sequence[tuple[int, str]]) -> Made:
        try:
            html = self._lean.page(f"{source.name}.md", source.text)
        except self._failures as error:
            file = f"{self._shown_docs}/{source.name}.md"
            return Made(None, tuple(said), _failure(error, self._shown_config, file))
        return Made(html, tuple(said))

    def warnings(self, said: Iterable[tuple[int, str]]) -> list[Finding]:
        """Return what MkDocs said as findings, one a message."""
        place = Place(self._shown_config, 1, exact=False)
        return [
            Finding(
                "B101",
                "error" if level >= logging.ERROR else "warning",
                place,
                f"MkDocs says: {' '.join(message.split())}",
            )
            for level, message in said
        ]

    @contextmanager
    def _caught(self) -> Iterator[list[tuple[int, str]]]:
        """Give a list in which everything stands that MkDocs says, and have its day be ours."""
        collector = _Collector()
        logger = logging.getLogger("mkdocs")
        level, propagates = logger.level, logger.propagate
        with _quiet_day(self._day):
            logger.addHandler(collector)
            logger.setLevel(logging.WARNING)
            logger.propagate = False
            try:
                yield collector.messages
            finally:
                logger.removeHandler(collector)
                logger.setLevel(level)
                logger.propagate = propagates
