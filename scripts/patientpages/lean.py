"""MkDocs, without what a build of ours throws away: copies of its theme's assets, and compiling templates twice.

Import this only when a build begins, with its environment set: the theme reads it while it is imported.
"""

from __future__ import annotations

import logging
from pathlib import Path
from types import CodeType

import yaml
from jinja2 import BaseLoader, BytecodeCache, ChoiceLoader, Environment, FileSystemLoader, TemplateError
from jinja2.bccache import Bucket
from mkdocs.commands import build as mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.theme import Theme
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

_LOG = logging.getLogger("mkdocs.config")
# What a build can fail with beside the disk. A template that is not found is an OSError as well.
FAILURES = (TemplateError, MkDocsException, SystemExit, ImportError, ValueError, TypeError, KeyError, AttributeError,
            RecursionError)  # fmt: skip


class _Listed(ChoiceLoader):
    """Finds every template, but lists (and so has MkDocs copy) only the files of one loader.

    Material's 14,000 icons are looked through and its 2.5 MB of scripts copied otherwise, and none of it is kept.
    """

    def __init__(self, listed: BaseLoader, others: BaseLoader) -> None:
        super().__init__([listed, others])
        self._own = listed

    def list_templates(self) -> list[str]:
        return self._own.list_templates()


class _Compiled(BytecodeCache):
    """Keeps what templates were compiled to, by name and content, for the other builds of this process."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


class _LeanTheme(Theme):
    """A theme that was loaded, with fewer files."""

    def __init__(self, theme: Theme) -> None:
        vars(self).update(vars(theme))

    def get_env(self) -> Environment:
        """Return the environment of the theme's templates."""
        environment = super().get_env()
        if self.custom_dir and environment.loader:
            environment.loader = _Listed(FileSystemLoader(self.custom_dir), environment.loader)
        environment.bytecode_cache = _COMPILED
        return environment


def _config(config_file: Path, site_dir: Path) -> MkDocsConfig:
    """Do as MkDocs's load_config does, with the parser in C where PyYAML has it: a sixteenth of a build's time."""
    config = MkDocsConfig(config_file_path=str(config_file))
    with config_file.open("rb") as file:
        config.load_dict(yaml_load(file, get_yaml_loader(getattr(yaml, "CLoader", yaml.Loader), config)))
    config.load_dict({"site_dir": str(site_dir)})
    errors, warnings = config.validate()
    for name, warning in warnings:
        _LOG.warning("Config value '%s': %s", name, warning)
    for name, error in errors:
        _LOG.error("Config value '%s': %s", name, error)
    if errors:
        raise Abort("Aborted with a configuration error!")
    return config


def build(config_file: Path, site_dir: Path) -> None:
    """Build with a configuration into an empty folder. Raises one of FAILURES, or OSError where the disk fails."""
    config = _config(config_file, site_dir)
    config.theme = _LeanTheme(config.theme)
    mkdocs.build(config)
