"""MkDocs hooks of `patientpages serve`: the live findings, and nothing else. A build never loads this file."""

import os
from datetime import date
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from patientpages.live import Live
from patientpages.project import Project

_root, _docs, _standard, _clinic, _config = (Path(p) for p in os.environ["PATIENTPAGES_SERVE"].split(os.pathsep))
_live = Live(Project(_root, _docs, _standard, _clinic, _config), date.fromisoformat(os.environ["PATIENTPAGES_TODAY"]))


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read clinic.yml and standard/ again, so that a save there shows as well."""
    _live.configure(config)
    return config


def on_post_build(config: MkDocsConfig) -> None:
    """Check the pages that were built, and say what was found on them and in the terminal."""
    print(_live.annotate(Path(config.site_dir), config.site_url or ""), flush=True)
