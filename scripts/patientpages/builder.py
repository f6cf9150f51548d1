"""Run MkDocs in this process, and turn everything that it says into findings."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from traceback import walk_tb

from patientpages.model import Finding, InputError, Place


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


def _page_of(error: BaseException) -> str:
    """Return the page that MkDocs was at when it failed ("" if at none): the exception itself does not say."""
    pages = (frame.f_locals.get("page") for frame, _ in walk_tb(error.__traceback__))
    files = [getattr(page, "file", None) for page in pages]
    return next((str(file.src_uri) for file in files if file is not None and hasattr(file, "src_uri")), "")


def _failure(error: BaseException, shown_config: str, shown_docs: str) -> Finding:
    """Explain an exception of a build with the file and line that it names."""
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
    page = _page_of(error)
    if isinstance(error, RecursionError):
        first = "something is nested too deeply, such as a list in a list in a list"
    return Finding(
        "B103",
        "error",
        Place(f"{shown_docs}/{page}" if page else shown_config),
        f"the site could not be built: {first}",
        "Undo the last change to mkdocs.yml or to the page that is named.",
    )


def run_mkdocs(
    config_file: Path, site_dir: Path, day: date, shown_config: str, shown_docs: str = "docs"
) -> list[Finding]:
    """Build with a configuration into an empty folder; return MkDocs's warnings, one a message.

    Raises InputError where the build fails, and OSError where the disk does.
    """
    with _quiet_day(day):
        from patientpages import lean  # noqa: PLC0415 (the theme reads the environment while it is imported)

        collector = _Collector()
        logger = logging.getLogger("mkdocs")
        logger.addHandler(collector)
        level, propagates = logger.level, logger.propagate
        logger.setLevel(logging.WARNING)
        logger.propagate = False
        try:
            lean.build(config_file, site_dir)
        except lean.FAILURES as error:
            raise InputError(
                [_failure(error, shown_config, shown_docs), *_warnings(collector, shown_config)]
            ) from error
        finally:
            logger.removeHandler(collector)
            logger.setLevel(level)
            logger.propagate = propagates
    return _warnings(collector, shown_config)


def _warnings(collector: _Collector, shown_config: str) -> list[Finding]:
    found = []
    for level, message in collector.messages:
        severe = level >= logging.ERROR
        found.append(
            Finding(
                "B101",
                "error" if severe else "warning",
                Place(shown_config, 1, exact=False),
                f"MkDocs says: {' '.join(message.split())}",
            )
        )
    return found
