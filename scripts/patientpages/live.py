"""The live preview: MkDocs serves, and every page with findings says so at its top and in the terminal."""

from __future__ import annotations

import errno
import html
import os
import re
import socket
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from patientpages.checks.topics import asked_of
from patientpages.config import extra
from patientpages.foreign import check_folder
from patientpages.making import made_beside, write_config
from patientpages.mkdocsfile import EXTENSION
from patientpages.model import Finding, InputError, Page, Site
from patientpages.project import Inputs, Project, load_inputs
from patientpages.promises import promises
from patientpages.read import read_pages
from patientpages.reporters import terminal
from patientpages.stamping import stamp
from patientpages.yamlfile import Mistakes

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_STYLE = (
    "border:3px solid;padding:.5rem 1rem;margin:1rem auto;white-space:pre-wrap;font:1rem/1.4 ui-monospace,monospace"
)
_BOX = f'<aside data-part="findings" role="alert" style="{_STYLE}">{{}}</aside>'
_SAID = (
    f'<details data-part="said" style="{_STYLE}"><summary>'
    "What this page tells: {} of {} required statements</summary>{}</details>"
)


def said_box(page: Page, site: Site) -> str:
    """Return a box, closed until it is opened, of what the page must tell; a said sentence is shown when it is chosen.

    The link is a text fragment: the browser itself goes to the sentence and marks it.
    """
    lines, said = [], 0
    required = [(topic, s) for topic, short in asked_of(page, site)[1] for s in topic.required(short=short)]
    for topic, statement in required:
        verdict = site.verdicts.get((page.source.name, topic.id), {}).get(statement.id)
        name = html.escape(f"{topic.id}.{statement.id}: {statement.tells}")
        if verdict and verdict.said:
            said += 1
            fragment = quote((verdict.sentence or "")[:200], safe="")
            lines.append(f'<br>said      <a href="#:~:text={fragment}">{name}</a>')
        else:
            lines.append(f"<br>NOT SAID  {name}")
    return _SAID.format(said, len(required), "".join(lines)) if required else ""


class Live:
    """What the hooks of `serve` do at each rebuild. A mistake in a data file is shown, and the last good data kept."""

    def __init__(self, project: Project, today: date) -> None:
        self.project, self.today = project, today
        self._inputs: Inputs | None = None
        self._mistakes: tuple[Finding, ...] = ()

    def configure(self, config: MkDocsConfig) -> None:
        """Read the data files again and give them to this rebuild."""
        try:
            self._inputs, self._mistakes = load_inputs(self.project), ()
        except InputError as error:
            self._mistakes = error.findings
        if self._inputs is not None:
            inputs, language = self._inputs, self._inputs.languages[0]
            extras = extra(inputs.standard, inputs.clinic, language.wording, language.sources, inputs.style)
            config.extra.update({name: value for name, value in extras.items() if name != "style_hash"})
            config.mdx_configs[EXTENSION] = language.options(inputs.standard)
            config.site_name = inputs.clinic.values["name"]

    def annotate(self, folder: Path, url: str) -> str:
        """Check what was built, write the findings onto the pages, and return what the terminal should say.

        `url` is where the pages are served.
        """
        boxes: dict[str, str] = {}
        found, last = self._mistakes, "the pages were not checked: mend the files above first"
        if self._inputs is not None and not found:
            try:
                self._complete(self._inputs, folder)
                outcome, sites = check_folder(self._inputs, folder, self.today)
                boxes = {page.source.name: said_box(page, site) for site in sites for page in site.pages}
                # The theme's files are dropped by `build`: nobody can mend them, so they are not counted either.
                found = tuple(f for f in outcome.findings if f.code not in ("O102", "O104"))
                last = terminal.last_line(replace(outcome, findings=found))
            except InputError as error:
                found = error.findings
        by_path: dict[str, list[Finding]] = defaultdict(list)
        for finding in found:
            by_path[finding.place.path].append(finding)
        language = self._inputs.languages[0] if self._inputs else None
        for source in language.sources if language else ():
            own = [*by_path[source.path], *self._mistakes]
            name = "index.html" if source.name == "index" else f"{source.name}/index.html"
            if (folder / name).is_file():
                self._write(folder / name, own, boxes.get(source.name, ""))
        return "\n".join([*(terminal.one(finding) for finding in found), last, f"The pages: {url}"])

    def _complete(self, inputs: Inputs, folder: Path) -> None:
        """Make of the built pages what a build makes of them, so that the checks find what they find there.

        On the pages stands what only the records can say; beside them the search, and every address on record.
        """
        language, mistakes = inputs.languages[0], Mistakes()
        pages = read_pages(language.sources, folder, language.homes, mistakes)
        standing = promises(inputs, language, pages)
        stamp(inputs, language, folder, pages, standing, self.today)
        built = {page.file: (folder / page.file).read_bytes() for page in pages}
        for file in made_beside(inputs, language, pages, built, standing, self.today):
            (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
            (folder / file.path).write_bytes(file.content)

    @staticmethod
    def _write(file: Path, findings: list[Finding], said: str) -> None:
        text = file.read_text(encoding="utf-8")
        told = "\n\n".join(html.escape(terminal.one(finding)) for finding in findings)
        box = (_BOX.format(told) if told else "") + said
        body = text.find(">", text.find("<body")) + 1
        file.write_text(text[:body] + box + text[body:], encoding="utf-8")


def in_the_way(address: str) -> str:
    """Return why nothing can be served at HOST:PORT, with what to type instead ("" if it can)."""
    host, _, port = address.rpartition(":")
    if not host or not re.fullmatch(r"[0-9]{1,5}", port) or not 0 < int(port) < 2**16:
        return f'"{address}" is no address to serve at: patientpages serve --address 127.0.0.1:8001'
    try:
        _try(host, int(port))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            return f"nothing can be served at {address}: {os.strerror(error.errno or 0)}"
        after = next((other for other in range(int(port) + 1, min(int(port) + 50, 2**16)) if _is_free(host, other)), 0)
        return f"something already runs on {address}: patientpages serve --address {host}:{after or 'PORT'}"
    return ""


def _try(host: str, port: int) -> None:
    """Listen at an address for a moment; OSError where that cannot be done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host.strip("[]"), port), family=family):
        pass


def _is_free(host: str, port: int) -> bool:
    with suppress(OSError):
        _try(host, port)
        return True
    return False


def serve(project: Project, today: date, address: str) -> None:
    """Serve the preview of the first language until it is interrupted."""
    inputs = load_inputs(project)
    language = inputs.languages[0]
    config = write_config(inputs, language, project.work / "bare" / language.code, project.work / "serve", serving=True)
    from mkdocs.commands.serve import serve as mkdocs_serve  # noqa: PLC0415 (slow to import, and only needed here)

    watched = [project.clinic, project.standard, project.overrides, project.config]
    mkdocs_serve(
        str(config),
        livereload=True,
        watch=[str(path) for path in watched],
        dev_addr=address,
        hooks=[str(project.root / "scripts" / "hooks.py")],
        site_url=None,
    )
