"""The same pages for programs that do not know our inserts: Markdown with their text in the place of each."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import yaml

from patientpages.folders import default_project
from patientpages.markdown import INSERT, section_body
from patientpages.project import load_inputs

_LINE = re.compile(rf"^{INSERT.pattern}[ \t]*$", re.MULTILINE)


def _with_text(text: str, options: dict[str, Any], homes: dict[str, str]) -> str:
    """Return a page with what each insert stands for: a shared section, what is made from data, or a value."""

    def whole(match: re.Match[str]) -> str:
        kind, name = match["kind"], match["name"]
        if kind == "section":
            return section_body(homes[name], name) or ""
        made: str = options["made"].get(kind, {}).get(name, match.group())
        return made

    def value(match: re.Match[str]) -> str:
        key = f"{match['name']}, {match['form']}" if match["form"] else match["name"]
        found: str = options["values"].get(match["kind"], {}).get(key, "")
        return found

    for _ in range(2):  # a shared section may show another
        text = _LINE.sub(whole, text)
    return INSERT.sub(value, text)


def write_plain(project: Path, target: Path) -> list[Any]:
    """Write the pages of a project into target/docs without inserts, and return its nav with the groups' names."""
    inputs = load_inputs(default_project(project))
    language = inputs.languages[0]
    options = dict(language.options(inputs.standard))
    sources = {source.name: source.text for source in language.sources}
    homes = {topic: sources[page] for topic, page in language.homes.items()}
    docs = target / "docs"
    docs.mkdir(parents=True)
    for path in sorted(language.docs.rglob("*")):
        place = docs / path.relative_to(language.docs)
        if path.suffix == ".md":
            text = _with_text(sources[path.relative_to(language.docs).with_suffix("").as_posix()], options, homes)
            place.write_text(text, encoding="utf-8")
        elif path.is_file() and not path.name.startswith("_"):
            shutil.copy2(path, place)
    groups = yaml.safe_load((language.docs / "_words.yml").read_text(encoding="utf-8"))["groups"]
    nav = yaml.safe_load((project / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    return [
        {groups.get(key, key): pages for key, pages in item.items()} if isinstance(item, dict) else item for item in nav
    ]


def write_material(target: Path, nav: list[Any]) -> None:
    """Write the configuration of stock Material, as it comes: search, and the whole menu on every page."""
    config = {
        "site_name": "Example Clinic", "site_url": "https://www.example.org/", "docs_dir": "docs", "nav": nav,
        "theme": {"name": "material", "font": False}, "plugins": ["search"],
        "markdown_extensions": ["admonition", "attr_list", "def_list", "sane_lists", "tables", "toc"],
    }  # fmt: skip
    (target / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False, allow_unicode=True), encoding="utf-8")


_HUGO = {
    "config.yaml": """baseURL: https://www.example.org/
title: Example Clinic
disableKinds: [taxonomy, term, RSS]
outputs: {home: [html, json], section: [html], page: [html]}
markup: {goldmark: {renderer: {unsafe: true}, parser: {attribute: {title: true}}}}
""",
    "layouts/_default/baseof.html": """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title><meta name="description" content="{{ .Description }}">
<link rel="canonical" href="{{ .Permalink }}"></head>
<body><header><a href="/">Example Clinic</a></header><main><article><h1>{{ .Title }}</h1>
<nav>{{ .TableOfContents }}</nav>{{ .Content }}</article></main>
<footer>{{ with .Prev }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .Next }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</footer></body></html>
""",
    "layouts/_default/single.html": "",
    "layouts/_default/list.html": "",
    "layouts/index.json": """[{{ range $i, $page := site.RegularPages }}{{ if $i }},{{ end }}
{{ dict "title" .Title "url" .RelPermalink "text" .Plain | jsonify }}{{ end }}]
""",
    "layouts/_default/_markup/render-link.html": """{{- $url := urls.Parse .Destination -}}
{{- $to := .Destination -}}
{{- if and (not $url.Scheme) $url.Path -}}{{- with .Page.GetPage $url.Path -}}{{- $to = .RelPermalink -}}
{{- with $url.Fragment -}}{{- $to = printf "%s#%s" $to . -}}{{- end -}}{{- end -}}{{- end -}}
<a href="{{ $to | safeURL }}">{{ .Text | safeHTML }}</a>""",
}


def write_hugo(target: Path) -> None:
    """Write a Hugo site of the same pages with a minimal layout: contents, links, neighbours, data for a search."""
    for name, text in _HUGO.items():
        path = target / "hugo" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text or '{{ define "main" }}{{ end }}\n', encoding="utf-8")
    for path in sorted((target / "docs").iterdir()):
        kind, name = ("content", path.name) if path.suffix == ".md" else ("static", path.name)
        place = target / "hugo" / kind / ("_index.md" if name == "index.md" else name)
        place.parent.mkdir(exist_ok=True)
        text = path.read_bytes()
        # "kind" is a word of Hugo's own.
        place.write_bytes(
            re.sub(rb"^kind:", b"sort:", text, count=1, flags=re.MULTILINE) if kind == "content" else text
        )
