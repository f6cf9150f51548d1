"""The live preview: every page with findings says so at its top and in the terminal, and is made anew at each save."""

from __future__ import annotations

import errno
import html
import os
import re
import socket
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from urllib.parse import quote, urlsplit

from mkdocs.livereload import LiveReloadServer

from patientpages.build import made
from patientpages.checks.topics import asked_of
from patientpages.folders import Project, data_beside_pages, marks_of_data
from patientpages.grounds import files_below
from patientpages.model import Finding, InputError, Page, Site
from patientpages.project import Inputs, load_inputs, with_pages
from patientpages.reporters import terminal

# Seconds between two looks at the files, and how much longer for each file; and after a change, until no more come.
_SOONEST, _A_FILE, _SETTLED = 0.05, 0.0002, 0.02
_POLICY = re.compile(r'\s*<meta http-equiv="Content-Security-Policy"[^>]*>')
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
    """What is served: made anew at each save, as far as the save changes it.

    Pages with mistakes are shown with them; a mistake in a data file is shown on every page,
    and the last good pages stay.
    """

    def __init__(self, project: Project, today: date, folder: Path, address: str, mount: str) -> None:
        """`folder` is where the pages are served from: at `address` (HOST:PORT), below the path `mount`."""
        self.project, self.today, self.folder, self.mount = project, today, folder, mount
        self.url = f"http://{address}{mount}"
        self._read: tuple[Inputs, bytes] | None = None
        self._written: dict[str, bytes] = {}
        self._last: dict[str, tuple[bytes, str, str]] = {}  # by file: the page, the path of its source, what it tells

    def _inputs(self) -> Inputs:
        """Read everything again, or only the pages, if nothing else has changed."""
        marks = marks_of_data(self.project)  # first: what changes from here on makes sure that nothing is kept
        beside = data_beside_pages(self.project)
        last, before = self._read or (None, b"")
        inputs = with_pages(last, marks) if last and before == beside else None
        if inputs is None:
            self._read, inputs = None, load_inputs(self.project)
            if data_beside_pages(self.project) != beside:  # it changed while it was read
                return inputs
        self._read = inputs, beside
        return inputs

    def made(self) -> None:
        """Make what has changed, and say in the terminal what was found."""
        try:
            inputs = self._inputs()
            outcome, files, sites, *_ = made(inputs, self.today)
        except InputError as error:
            found, last = error.findings, "the pages were not checked: mend the files above first"
            everywhere: tuple[Finding, ...] = error.findings
            others = None
        else:
            found, last, everywhere = outcome.findings, terminal.last_line(outcome), ()
            if mount_of(inputs) != self.mount:
                last += "\nThe website's address has changed: stop the preview and start it again."
            pages = {site.prefix + page.file: (page, site) for site in sites for page in site.pages}
            self._last = {file.path: (file.content, pages[file.path][0].source.path, said_box(*pages[file.path]))
                          for file in files if file.path in pages}  # fmt: skip
            others = {file.path: file.content for file in files if file.path not in pages}
        by_path: dict[str, list[Finding]] = defaultdict(list)
        for finding in found:
            by_path[finding.place.path].append(finding)
        shown = {
            file: _annotated(content, [*everywhere, *(f for f in by_path[path] if f not in everywhere)], said)
            for file, (content, path, said) in self._last.items()
        }
        kept = {file: content for file, content in self._written.items() if file not in self._last}
        self._write(shown | (kept if others is None else others))
        print("\n".join([*(terminal.one(finding) for finding in found), last, f"The pages: {self.url}"]), flush=True)

    def _write(self, files: Mapping[str, bytes]) -> None:
        """Write what is new, and take away what is gone."""
        if not self.folder.is_dir():  # .build/ was deleted
            self._written = {}
        for name in self._written.keys() - files.keys():
            del self._written[name]
            (self.folder / name).unlink(missing_ok=True)
        for name, content in files.items():
            if self._written.get(name) != content:
                self._written.pop(name, None)
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                (self.folder / name).write_bytes(content)
                self._written[name] = content


def _annotated(page: bytes, findings: list[Finding], said: str) -> bytes:
    """Return a page with what was found on it at its top; its policy would let neither that nor the reloading in."""
    text = _POLICY.sub("", page.decode(), count=1)
    told = "\n\n".join(html.escape(terminal.one(finding)) for finding in findings)
    body = text.find(">", text.find("<body")) + 1
    return (text[:body] + (_BOX.format(told) if told else "") + said + text[body:]).encode()


def mount_of(inputs: Inputs) -> str:
    """Return the path below which the pages are served: that of the website, since links of 404.html count from it."""
    return urlsplit(inputs.clinic.website).path.rstrip("/") + "/"


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
    """Serve the preview until it is interrupted."""
    host, _, port = address.rpartition(":")
    inputs = load_inputs(project)  # what cannot be read now is told at once, and nothing is served
    mount = mount_of(inputs)
    with tempfile.TemporaryDirectory(prefix="preview-", dir=_work(project), ignore_cleanup_errors=True) as folder:
        live = Live(project, today, Path(folder), address, mount)
        watched = [project.docs, project.standard, project.overrides, project.root / "staff", project.root / "records",
                   project.clinic, project.config]  # fmt: skip
        number = sum(len(files_below(path)) for path in watched)
        server = LiveReloadServer(live.made, host.strip("[]"), int(port), folder, mount,
                                  polling_interval=max(_SOONEST, number * _A_FILE))  # fmt: skip
        server.build_delay = _SETTLED
        server.error_handler = lambda code: _not_found(Path(folder), code)
        live.made()
        server.watch(str(project.root), recursive=False)  # the logo
        for path in watched:
            if path.exists():
                server.watch(str(path))
        serving: Callable[[], None] = server.serve  # MkDocs gives it no type
        try:
            serving()
        finally:
            server.shutdown()


def _work(project: Project) -> Path:
    project.work.mkdir(parents=True, exist_ok=True)
    return project.work


def _not_found(folder: Path, code: int) -> bytes | None:
    page = folder / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
