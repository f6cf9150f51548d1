"""The generated configuration of a language, written for a builder; and the hash of all that a page can see of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from shutil import rmtree

from patientpages.config import extra, generated, website_of
from patientpages.folders import shown_below
from patientpages.grounds import hash_of, program
from patientpages.kept import digest
from patientpages.project import Inputs, Language
from patientpages.whole_file import write_whole

Extras = Mapping[str, object]


def extras_of(inputs: Inputs, language: Language, *, preview: bool, serving: bool = False) -> dict[str, object]:
    """Return what templates may read; while it is served live, findings with a style of their own are on the page."""
    extras = extra(inputs.standard, inputs.clinic, language.wording, language.sources, inputs.style, preview=preview)
    if serving:
        del extras["style_hash"]
    return extras


def write_config(inputs: Inputs, language: Language, site_dir: Path, folder: Path, extras: Extras) -> Path:
    """Write the generated configuration of one language into a folder, and return where it stands."""
    project = inputs.project
    file = folder / f"mkdocs.{language.code}.yml"
    text = generated(
        inputs.mkdocs,
        language.docs,
        project.overrides,
        file,
        site_dir,
        inputs.clinic,
        language.wording,
        extras,
        language.options(inputs.standard),
    )
    if not file.is_file() or file.read_bytes() != text.encode():
        if file.is_dir():  # nothing of ours: what is made on the way may be spoilt at any time
            rmtree(file)
        write_whole(file, text.encode())
    return file


def shape_of(inputs: Inputs, language: Language, extras: Extras, today: date) -> bytes:
    """Return the hash of all that a built page depends on beside its own text and the sections that it shows.

    Of the other pages that is their order, their names and their titles: no template is given more (lean.Lean).
    """
    project = inputs.project
    options = {**language.options(inputs.standard), "homes": language.homes}  # no path of this machine is in a page
    docs = shown_below(language.docs)
    others = [Path(path) for path in docs if not path.endswith(".md")]
    docs = [path.removeprefix(str(language.docs)) for path in docs]
    titles = [(source.name, source.path, source.title) for source in language.sources]
    seen = (language.code, inputs.prefix_of(language.code), website_of(inputs.clinic, language.code),
            inputs.clinic.values.get("name"), extras, options, docs, titles, today.isoformat())  # fmt: skip
    stands = b"" if inputs.mkdocs.repeatable else os.urandom(16)
    return digest(program(), repr(seen).encode(), hash_of([project.config, project.overrides, *others]), stands)


def bare_config(inputs: Inputs, language: Language, extras: Extras) -> None:
    """Write the configuration for other builders, which know no options of ours."""
    write_config(inputs, language, inputs.project.work / "bare" / language.code, inputs.project.work, extras)


def ground_of(inputs: Inputs, language: Language, shape: bytes, publishing: bool) -> bytes:
    """Return the hash of all that every check of a page of this language sees beside the pages; `shape` see above."""
    project = inputs.project
    data = [project.standard, project.clinic, project.config, project.overrides, language.docs / "_words.yml"]
    return digest(shape, hash_of(data), repr(publishing).encode())
