"""MkDocs page by page, without what a build of ours throws away: its theme's assets, and templates compiled twice.

What a page may see of the others is their order, their names and their titles: so a page that has not changed need not
be made again while these stay as they are.

Import this only when a build begins, with its environment set: the theme reads it while it is imported.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import BaseLoader, BytecodeCache, ChoiceLoader, Environment, FileSystemLoader, TemplateError
from jinja2.filters import do_striptags
from mkdocs.commands import build as mkdocs
from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.structure.files import InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents
from mkdocs.theme import Theme
from mkdocs.utils import meta
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from patientpages.mkdocsfile import EXTENSION
from patientpages.rendering import Renderer

_LOG = logging.getLogger("mkdocs.config")
_OF_DATA = frozenset(dir(dict))  # what a template means by a name that every dict has
_OF_CONFIG = frozenset(dir(LegacyConfig))
_MADE_BY_US = {"sitemap.xml"}  # a published site's has other pages, a preview has none
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


class _QuickEnvironment(Environment):
    """Finds a name in data without an error that is caught first; data is most of what our templates show."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return the attribute of an object, else its item, as its base does."""
        kind = type(obj)
        if kind is LegacyConfig:  # such as what stands under `extra`
            data = obj.data
            if attribute in data and attribute not in _OF_CONFIG and attribute not in vars(obj):
                return data[attribute]
        elif kind is dict and attribute in obj and attribute not in _OF_DATA:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)


@lru_cache(maxsize=2048)
def _without_tags(text: str) -> str:
    """Do as the filter striptags: the same titles stand on every page."""
    return do_striptags(text)


def _striptags(value: Any) -> str:
    return _without_tags(value) if type(value) is str else do_striptags(value)


class _LeanTheme(Theme):
    """A theme that was loaded, with fewer files."""

    def __init__(self, theme: Theme, compiled: BytecodeCache) -> None:
        vars(self).update(vars(theme))
        self._compiled = compiled

    def get_env(self) -> Environment:
        """Return the environment of the theme's templates."""
        environment = super().get_env()
        if self.custom_dir and environment.loader:
            environment.loader = _Listed(FileSystemLoader(self.custom_dir), environment.loader)
        environment.bytecode_cache = self._compiled
        if type(environment) is Environment and environment.filters["striptags"] is do_striptags:
            environment.__class__ = _QuickEnvironment
            environment.filters["striptags"] = _striptags
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


class Lean:
    """A site that is made page by page. What is done here raises one of FAILURES, or OSError where the disk fails."""

    def __init__(
        self, config_file: Path, site_dir: Path, titles: Mapping[str, str], texts: Mapping[str, str],
        compiled: BytecodeCache,
    ) -> None:  # fmt: skip
        """Read a configuration.

        `titles` are those of the pages by their files in docs/, `texts` their texts by their full paths, `compiled`
        keeps what templates were compiled to.
        """
        config = _config(config_file, site_dir)
        config.theme = _LeanTheme(config.theme, compiled)
        if EXTENSION in config.mdx_configs:
            config.mdx_configs[EXTENSION]["texts"] = dict(texts)
        files = get_files(config)
        self._env = config.theme.get_env()
        files.add_files_from_theme(self._env, config)
        set_exclusions(files, config)
        self._nav = get_navigation(files, config)
        self._config, self._files, self._renderer = config, files, Renderer(config, files)
        self._shown = files.documentation_pages()
        self._pages: dict[str, Page] = {}
        for file in self._shown:
            page = file.page or Page(None, file, config)
            self._pages[file.src_uri] = page
            if "title" not in vars(page):  # none is given in nav
                page.title = titles.get(file.src_uri) or file.name

    def where(self, page: str) -> str:
        """Return the file in the site that a page in docs/ becomes ("" if it becomes none)."""
        found = self._pages.get(page)
        return found.file.dest_uri if found else ""

    def write_others(self) -> list[str]:
        """Write what is no page into the site's folder: pictures, assets of the theme, 404.html; return their names."""
        self._files.copy_static_files(inclusion=InclusionLevel.is_included)
        for name in sorted(self._config.theme.static_templates - _MADE_BY_US):
            mkdocs._build_theme_template(name, self._env, self._files, self._config, self._nav)
        included: Callable[[InclusionLevel], bool] = InclusionLevel.is_included
        copied = (file for file in self._files if not file.is_documentation_page() and included(file.inclusion))
        made = [name for name in self._config.theme.static_templates if Path(self._config.site_dir, name).is_file()]
        return [*(file.dest_uri for file in copied), *made]

    def page(self, name: str, text: str) -> str:
        """Return the HTML of a page in docs/, whose file has this text."""
        page = self._pages[name]
        try:
            page.markdown, page.meta = meta.get_data(text)
            self._renderer.render(page)
            page.active = True
            context = mkdocs.get_context(self._nav, self._shown, self._config, page)
            return self._env.get_template(page.meta.get("template", "main.html")).render(context)
        finally:
            page.active = False
            page.markdown = page.content = None
            page.meta, page.toc = {}, TableOfContents([])
