"""The live preview: findings on the page and in the terminal, for every kind of save."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.conftest import Workspace, copy_project


@dataclass
class Served:
    """A project that is being served."""

    project: Workspace
    address: str

    def page(self, path: str = "soreness/") -> str:
        """Fetch a page."""
        with urllib.request.urlopen(f"http://{self.address}/{path}", timeout=5) as answer:
            return str(answer.read().decode("utf-8"))

    def until(self, wanted: str, path: str = "soreness/", absent: bool = False) -> str:
        """Fetch a page until it shows (or no longer shows) some words; fail after 30 seconds."""
        end, text = time.monotonic() + 30, ""
        while time.monotonic() < end:
            try:
                text = self.page(path)
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                text = ""
            if text and (wanted in text) != absent:
                return text
            time.sleep(0.2)
        raise AssertionError(f"{wanted!r} {'still' if absent else 'never'} on the page: {text[:2000]}")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`patientpages serve` on a free port."""
    project = copy_project(tmp_path_factory.mktemp("serve") / "clone")
    project.edit("clinic.yml", '"[The full web address where these pages will stand]"', '"https://www.example.org/"')
    assert project.run("links", "record").code == 0
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    log = (project / "log.txt").open("w", encoding="utf-8")
    command = [sys.executable, "-m", "patientpages", "serve", "--address", address]
    # Where the tests run in the background of a script, Ctrl+C is ignored, and so it would be by what they start.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(command, cwd=project.path, stdout=log, stderr=subprocess.STDOUT)
    signal.signal(signal.SIGINT, before)
    served = Served(project, address)
    served.until("<h1")  # only now is it watched for changes
    yield served
    process.send_signal(signal.SIGINT)  # as Ctrl+C does
    assert process.wait(timeout=10) == 130
    log.close()
    assert (project / "log.txt").read_text(encoding="utf-8").endswith("\nstopped\n")


def test_what_is_served_is_what_a_build_makes(served: Served) -> None:
    """With every address on record the checks find nothing, as in a build; where the pages are is told."""
    served.until("<h1")
    log = (served.project / "log.txt").read_text(encoding="utf-8")
    assert re.search(
        rf"promised links, \d+ checks: 0 errors, 0 warnings\nThe pages: http://{served.address}/\n", log
    ), log


def test_an_address_that_is_taken_is_told_with_the_next(served: Served) -> None:
    """Served twice: which address is taken, and what to type; what is no address is told as well; exit code 2."""
    host, port = served.address.split(":")
    second = served.project.run("serve", "--address", served.address)
    assert second.code == 2
    told = f"something already runs on {served.address}: patientpages serve --address {host}:"
    assert second.err.startswith(told)
    assert int(second.err.removeprefix(told)) > int(port)
    wrong = served.project.run("serve", "--address", "8001")
    assert (wrong.code, '"8001" is no address' in wrong.err) == (2, True)


def test_findings_come_and_go_with_each_save(served: Served) -> None:
    """A save with a fault shows it at the page's top and in the terminal; the next save takes it away."""
    assert 'data-part="findings"' not in served.until("Will I be sore")
    page = served.project / "docs/en/soreness.md"
    whole = page.read_text(encoding="utf-8")
    page.write_text(whole.replace("{ #common-effects }", "{ #others }"), encoding="utf-8")
    text = served.until('data-part="findings"')
    assert re.search(r'<body[^>]*><aside data-part="findings"', text)
    assert "docs/en/soreness.md:4  T101" in text
    assert 'data-part="findings"' not in served.page("dry-needling/")
    page.write_text(whole, encoding="utf-8")
    served.until('data-part="findings"', absent=True)
    assert "docs/en/soreness.md:4  T101" in (served.project / "log.txt").read_text(encoding="utf-8")


def test_a_save_of_the_clinic_shows_on_the_pages(served: Served) -> None:
    """A new name in clinic.yml is on the next page that is fetched."""
    served.until("[Name of your clinic]")
    served.project.edit("clinic.yml", '"[Name of your clinic]"', '"Example Clinic"')
    served.until("Example Clinic", "index.html")
    served.project.edit("clinic.yml", '"Example Clinic"', '"[Name of your clinic]"')


def test_a_mistake_in_a_data_file_is_shown_and_the_preview_goes_on(served: Served) -> None:
    """Broken YAML: every page says so, with file and line; mended, the pages are back."""
    facts = served.project / "standard/facts.yml"
    whole = facts.read_text(encoding="utf-8")
    facts.write_text(whole.replace("    value: [55, 91]", "    value: many"), encoding="utf-8")
    assert "standard/facts.yml:" in served.until('data-part="findings"')
    facts.write_text(whole, encoding="utf-8")
    served.until('data-part="findings"', absent=True)
