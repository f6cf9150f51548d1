"""Options of the theme: one that does nothing must not look as if it did."""

from __future__ import annotations

from collections.abc import Iterator

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
