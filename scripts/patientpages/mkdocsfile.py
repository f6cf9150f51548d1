"""mkdocs.yml and overrides/honours.yml -> what checks and the generated configuration need of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from patientpages.model import NavEntry, NavGroup, Place, ThemeOption
from patientpages.yamlfile import Map, Mistakes, leaves, load, near

EXTENSION = "patientpages.markdown"
# Extensions that make of a page what they make of its text, whatever else stands on the disk.
_PURE = frozenset({"abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes",
                   "legacy_attrs", "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc",
                   "wikilinks"})  # fmt: skip
_READING = frozenset({"pymdownx.b64", "pymdownx.snippets"})
_SCHEMES = {"default": "light", "slate": "dark"}  # Material's names -> ours


@dataclass(frozen=True, slots=True)
class MkDocsFile:
    """What mkdocs.yml says: where it is, its navigation, its theme options, its Markdown extensions."""

    path: Path
    nav: tuple[NavEntry, ...]
    groups: tuple[NavGroup, ...]
    options: tuple[ThemeOption, ...]
    extensions: tuple[tuple[str, Mapping[str, object]], ...]
    tree: object = None  # `nav` as it is nested
    scheme: str = "both"  # of Material's theme.palette: light, dark, or both and the reader's device decides

    @property
    def repeatable(self) -> bool:
        """Whether a page depends on nothing but what is hashed: an extension that nobody knows may read any file."""
        names = [name.removeprefix("markdown.extensions.") for name, _ in self.extensions]
        return all(name in _PURE or (name.startswith("pymdownx.") and name not in _READING) for name in names)


@dataclass(frozen=True, slots=True)
class Honoured:
    """overrides/honours.yml: the theme options that our templates honour, and settings that must stay empty.

    `instead` says of options that are not honoured where the same is said.
    """

    theme: frozenset[str]
    empty: tuple[str, ...]
    instead: Mapping[str, str]


def load_honoured(overrides: Path, shown: str, mistakes: Mistakes) -> Honoured:
    """Read which options the templates honour."""
    data = load(overrides / "honours.yml", f"{shown}/honours.yml", mistakes, "the list of honoured options")
    if data is None:
        return Honoured(frozenset(), (), {})
    group = data.group("instead", required=False)
    instead = {name: group.text(name) for name in group} if group else {}
    honoured = Honoured(frozenset(data.texts("theme", required=True)), data.texts("settings"), instead)
    data.close()
    return honoured


def _groups(nav: object, places: Mapping[str, Place], top: Place, depth: int = 1) -> Iterator[NavGroup]:
    for entry in nav if isinstance(nav, list) else ():
        for name, inner in entry.items() if isinstance(entry, dict) else ():
            if isinstance(inner, list):
                first = next((item for item in inner if isinstance(item, str)), "")
                yield NavGroup(str(name), depth, places.get(first, top))
                yield from _groups(inner, places, top, depth + 1)


@cache
def theme_folder() -> Path | None:
    """Return the folder of the theme's own files; it has 14,000, so it is asked file by file and never listed."""
    spec = find_spec("material")
    return Path(spec.submodule_search_locations[0]) / "templates" if spec and spec.submodule_search_locations else None


def _holds(folder: Path, name: str) -> bool:
    try:
        return (folder / name).is_file()
    except OSError:  # a name that is too long to be one
        return False


def _refuse_code(data: Map, plain: Mapping[str, object], root: Path) -> None:
    """Note what would run a program, or read files, that nobody has looked at: before anything of it is loaded."""
    for key, instead in (("hooks", "A template in overrides/ can do most of what a hook does."),
                         ("INHERIT", "Write its lines into mkdocs.yml, which is checked.")):  # fmt: skip
        if plain.get(key):
            data.mistakes.add(data.place_of(key), f'"{key}" is not used here: it could run any program', instead)
    listed = plain.get("markdown_extensions")
    for entry in listed if isinstance(listed, list | dict) else ():
        name = str(next(iter(entry), "")) if isinstance(entry, dict) else str(entry)
        top = name.partition(":")[0].partition(".")[0]
        place = data.place_of("markdown_extensions")
        if name == "pymdownx.snippets":
            message = f'"{name}" is not used here: it puts other files, from the web too, into pages unseen'
            data.mistakes.add(place, message, "{{ section: soreness }} shows a section of another page.")
        elif top.isidentifier() and (_holds(root, f"{top}.py") or _holds(root, f"{top}/__init__.py")):
            message = f'"{name}" is a program in this folder: no such extension is used here'
            data.mistakes.add(place, message, "Take it out, or ask a developer to install it as a package.")


def load_mkdocs(path: Path, shown: str, honoured: Honoured, mistakes: Mistakes) -> MkDocsFile:
    """Read mkdocs.yml with the line of each entry."""
    data = load(path, shown, mistakes, "the site's configuration")
    if data is None:
        return MkDocsFile(path, (), (), (), ())
    nav = tuple(NavEntry(text, place) for _, text, place in leaves(data, "nav"))
    places: dict[str, Place] = {}
    for entry in nav:
        if places.setdefault(entry.file, entry.place) is not entry.place:
            message = f'nav names "{entry.file}" twice: it is already on line {places[entry.file].line}'
            mistakes.add(entry.place, message, "A page has one place in the order. Keep one of the two.")
    plain = data.plain()
    _refuse_code(data, plain, path.parent)
    groups = tuple(_groups(plain.get("nav"), places, data.place))
    options, schemes = [], set()
    for names, text, place in leaves(data, "theme"):
        if names == ("palette", "scheme"):
            schemes.add(_SCHEMES.get(text, ""))
            if text not in _SCHEMES:
                mistakes.add(place, f'"{text}" is not a scheme of our templates.{near(text, list(_SCHEMES))}',
                             "palette: {scheme: default}, or slate, or leave it out for both")  # fmt: skip
        listed = names[0] == "features" if names else False
        options.append(ThemeOption(".".join((*names, text) if listed else names), place))
        if names == ("name",) and text != "material":
            mistakes.add(place, f'our templates are for the theme "material", not "{text}"', "name: material")
    for setting in honoured.empty:
        options += [
            ThemeOption(f"{setting}: {names[0] if names else text}", place)
            for names, text, place in leaves(data, setting)
        ]
    analytics = [place for names, _, place in leaves(data, "extra") if names[:1] == ("analytics",)]
    options += [ThemeOption("extra: analytics", place) for place in analytics[:1]]
    extensions: list[tuple[str, Mapping[str, object]]] = []
    listed_extensions = plain.get("markdown_extensions", [])
    for entry in listed_extensions if isinstance(listed_extensions, list) else ():
        name, config = next(iter(entry.items())) if isinstance(entry, dict) and entry else (entry, {})
        if name != EXTENSION:
            extensions.append((str(name), config if isinstance(config, dict) else {}))
    scheme = schemes.pop() if len(schemes) == 1 else "both"
    return MkDocsFile(path, nav, groups, tuple(options), tuple(extensions), plain.get("nav"), scheme)
