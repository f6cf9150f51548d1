"""Make a new page: the file, and its line in the navigation. What is there already is never changed."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from patientpages.model import Finding, InputError, Kind, Place, page_address, unfit
from patientpages.project import Inputs, Language
from patientpages.scaffold import kinds_told, page_text
from patientpages.whole_file import write_whole
from patientpages.yamlfile import near

# Narrower than what pages that are there may be called: what is new is typed alike on every keyboard.
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*")


def _refuse(place: str, message: str, hint: str) -> InputError:
    return InputError([Finding("D002", "error", Place(place), message, hint)])


def _kind(wanted: str, inputs: Inputs) -> Kind:
    kinds = inputs.standard.kinds
    if wanted not in kinds:
        known = "\n".join(["The kinds of page are:", *kinds_told(inputs.standard)])
        raise _refuse("standard/topics.yml", f'"{wanted}" is not a kind of page.{near(wanted, kinds)}', known)
    if kinds[wanted].pages == ("404",):
        raise _refuse("overrides/404.html", f'the page of kind "{wanted}" is made by a template', "Edit the template.")
    return kinds[wanted]


def _name(wanted: str | None, kind: Kind, language: Language, inputs: Inputs) -> str:
    """Return the name of the new page: the one that is wanted, or the first of its kind that is not written yet."""
    there = {page_address(source.name).casefold(): source.path for source in language.sources}
    free = [page for page in kind.pages if page_address(page).casefold() not in there]
    if wanted is None and not free:
        message = f'every page of kind "{kind.id}" is written: {", ".join(kind.pages)}'
        raise _refuse("standard/topics.yml", message, f"Give the new one a name: patientpages new {kind.id} NAME")
    name = free[0] if wanted is None else wanted.removesuffix(".md")
    place = inputs.project.shown(language.docs)
    if not _NAME.fullmatch(name):
        hint = "Small letters, digits and hyphens: sore-spots"
        raise _refuse(place, f'"{name[:100]}" cannot be the name of a page', hint)
    if why := unfit(name):
        raise _refuse(place, *why)
    place = f"{place}/{name}.md"
    if page_address(name).casefold() in there or (language.docs / f"{name}.md").exists():
        hint = f"Edit it, or name another: patientpages new {kind.id} NAME"
        raise _refuse(place, "this page is there already; nothing was changed", hint)
    other = next((k for k in inputs.standard.kinds.values() if name in k.pages and k.id != kind.id), None)
    if other is not None:
        raise _refuse(place, f'the address "{name}" is for a page of kind "{other.id}"', f"patientpages new {other.id}")
    return name


def _leaves(node: yaml.Node) -> list[yaml.ScalarNode]:
    """Return the pages of a nav that stand as entries of a list in block style."""
    if isinstance(node, yaml.MappingNode):
        return [leaf for _, value in node.value for leaf in _leaves(value)]
    if isinstance(node, yaml.SequenceNode) and not node.flow_style:
        return [
            leaf for item in node.value for leaf in ([item] if isinstance(item, yaml.ScalarNode) else _leaves(item))
        ]
    return []


def with_page(text: str, name: str, beside: tuple[str, ...]) -> str | None:
    """Return mkdocs.yml with a page in its nav, behind the last of those `beside`, or the last of all.

    None where its nav is written in a way that a line cannot simply be added to.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    leaves = [leaf for key, value in pairs if key.value == "nav" for leaf in _leaves(value)]
    if any(leaf.value == f"{name}.md" for leaf in leaves):
        return text
    behind = [leaf for leaf in leaves if leaf.value.removesuffix(".md") in beside] or leaves
    if not behind:
        return None
    lines = text.split("\n")
    line = behind[-1].end_mark.line
    lead = lines[line][: behind[-1].start_mark.column]
    if lead.strip() != "-":
        return None
    lines.insert(line + 1, f"{lead}{name}.md")
    return "\n".join(lines)


def _write(path: Path, text: str, shown: str) -> None:
    try:
        write_whole(path, text.encode())
    except OSError as error:
        raise InputError([Finding("D004", "error", Place(shown), f"this file cannot be written: {error.strerror}",
                                  "Nothing of it was changed.")]) from error  # fmt: skip


def new_page(wanted: str, name: str | None, code: str | None, inputs: Inputs) -> str:
    """Make a page of a kind; return what was made and what is next. Raises InputError, and changes nothing."""
    languages = {language.code: language for language in inputs.languages}
    if code is not None and code not in languages:
        raise _refuse("clinic.yml", f'"{code}" is not a language of clinic.yml.{near(code, languages)}',
                      f"Known: {', '.join(languages)}")  # fmt: skip
    language = languages[code] if code else inputs.languages[0]
    kind = _kind(wanted, inputs)
    name = _name(name, kind, language, inputs)
    path, config = language.docs / f"{name}.md", inputs.project.config
    text, nav = page_text(kind, name, inputs.standard, language), config.read_text(encoding="utf-8")
    listed = with_page(nav, name, kind.pages)
    shown = inputs.project.shown(path)
    _write(path, text, shown)
    if listed is not None and listed != nav:
        try:
            _write(config, listed, inputs.project.shown(config))
        except InputError:
            path.unlink()  # a page that no menu shows would be half a page
            raise
    where = (
        f"Add it to nav in {inputs.project.shown(config)}: - {name}.md"
        if listed is None
        else f"It stands in nav in {inputs.project.shown(config)}: move the line to where readers should meet it."
    )
    blanks = len(re.findall(r"\[[^\[\]\n]+\](?!\()", text))
    return (
        f"{shown} is made, with {blanks} blanks in [square brackets].\n{where}\n"
        "Fill each blank in, or take its line out. `patientpages serve` shows the page while you write, and\n"
        "`patientpages check` names what is left."
    )
