"""The templates of the sheets that the clinic reads beside a build: compiled once, however often it is built."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True)


def sheet_template(name: str) -> Template:
    """Return the template of a sheet by its file's name here."""
    return _environment().get_template(name)


@lru_cache(maxsize=8192)  # the same sentence, and what it must tell, stands in each report
def escaped(text: str) -> str:
    """Return a text as HTML, as the templates do; a large site has hundreds of thousands of them."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("'", "&#39;").replace('"', "&#34;")


@cache
def sheet_macro(name: str, macro: str) -> Callable[..., str]:
    """Return a macro of a template here: it makes the HTML of one part of a sheet."""
    made: Callable[..., str] = getattr(sheet_template(name).module, macro)
    return lambda *given: str(made(*given))
