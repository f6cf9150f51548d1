"""What is made from the built pages of a language, beside them: the search's script, and addresses old and short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from patientpages.config import SEARCH
from patientpages.model import Artefact, Page, PlainWords, Standard
from patientpages.outputs.go import short_addresses
from patientpages.outputs.moved import Moved
from patientpages.outputs.search import PageSearch, joined_script


def beside(
    built: Mapping[str, bytes],
    pages: tuple[Page, ...],
    standard: Standard,
    plain: PlainWords | None,
    words: Mapping[str, str],
    root: str,
    past: Moved,
    searched: Sequence[PageSearch],
) -> list[Artefact]:
    """Return the files.

    `built` are the pages by file, `words` the group `go`, `root` the website ("" if unset), `searched` what of each
    page can be found.
    """
    searches = [page.file.removesuffix("index.html") for page in pages if page.source.kind == SEARCH]
    scripts = [joined_script(searched, standard, plain, folder) for folder in searches]
    short = short_addresses(built, pages, standard, words, root, past.taken_over)
    return [*scripts, *short, *past.stubs(built, root)]
