"""What every page is held to: standard/*.yml -> values, every mistake in it at once, with file and line."""

from __future__ import annotations

from pathlib import Path

from patientpages.model import Standard
from patientpages.standard.emergency import read_emergency
from patientpages.standard.evidence import read_citations, read_facts
from patientpages.standard.messages import read_messages
from patientpages.standard.topics import read_topics
from patientpages.yamlfile import Map, Mistakes, load

_FILES = {
    "topics.yml": "the list of required topics",
    "facts.yml": "the list of facts",
    "sources.yml": "the list of sources",
    "emergency.yml": "the table of emergency numbers",
    "messages.yml": "the rules for messages",
}


def _open(folder: Path, shown: str, name: str, mistakes: Mistakes) -> Map | None:
    data = load(folder / name, f"{shown}/{name}", mistakes, _FILES[name])
    if data is not None:
        version = data.whole("version")
        if version not in (None, 1):
            mistakes.add(
                data.place_of("version"),
                f"version {version} of this file is newer than this program understands",
                "Update Patient Pages, or use the file that came with it (version: 1).",
            )
    return data


def load_standard(folder: Path, shown: str, mistakes: Mistakes) -> Standard:
    """Read the standard in `folder`, called `shown` in messages; what is wrong goes to `mistakes`."""
    if not folder.is_dir():
        for name in _FILES:
            _open(folder, shown, name, mistakes)
        return Standard({}, {}, {}, {}, {})
    topics, kinds = read_topics(_open(folder, shown, "topics.yml", mistakes), mistakes)
    citations = read_citations(_open(folder, shown, "sources.yml", mistakes))
    facts = read_facts(_open(folder, shown, "facts.yml", mistakes), citations, mistakes)
    countries = read_emergency(_open(folder, shown, "emergency.yml", mistakes))
    rules = read_messages(_open(folder, shown, "messages.yml", mistakes), topics, mistakes)
    return Standard(topics, kinds, facts, citations, countries, rules)
