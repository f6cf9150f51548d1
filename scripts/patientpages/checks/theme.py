"""Options of the theme: one that does nothing must not look as if it did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from patientpages.checks.registry import Note
from patientpages.model import Site
from patientpages.yamlfile import near


def option_not_honoured(site: Site) -> Iterator[Note]:
    """Every theme option in mkdocs.yml is one that our templates honour.

    Why: whoever sets it believes that it works: a search, a language or a banner would be missing in silence.

    Bad: `features: [navigation.tabs]`
    Good: an option that overrides/honours.yml lists
    """
    for option in site.theme_options:
        if option.name not in site.honoured:
            yield Note(
                option.place,
                f'our templates do not honour "{option.name}"' + near(option.name, sorted(site.honoured)),
                site.instead.get(".".join(option.name.split(".")[:2]), "")
                or site.instead.get(option.name.split(".", maxsplit=1)[0], "")
                or "Remove it; overrides/honours.yml lists what works.",
            )


def group_not_shown(site: Site) -> Iterator[Note]:
    """Every group of pages in mkdocs.yml has its words, and stands in no other group.

    Why: the list of all pages shows groups by their words, one level deep; a page deeper down could not be found.

    Bad: `- visit:` in nav without `visit:` under groups in _words.yml, or a group within a group
    Good: `- visit: [before-your-visit.md]` and `groups: {visit: Your visit}`
    """
    words = site.words.get("groups")
    named = words if isinstance(words, Mapping) else {}
    for group in site.groups:
        if group.depth > 1:
            yield Note(group.place, f'the group "{group.name}" stands in another group, so its pages are not listed',
                       "Put it beside the other groups.")  # fmt: skip
        elif group.name not in named:
            yield Note(group.place, f'the group "{group.name}" has no words.' + near(group.name, sorted(named)),
                       f"docs/{site.language}/_words.yml: groups: {{{group.name}: Words for patients}}")  # fmt: skip
