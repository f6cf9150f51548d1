"""What docs/ and overrides/assets/ carry into a site besides pages: nothing from elsewhere, and nothing heavy."""

from __future__ import annotations

import os
from pathlib import Path

from patientpages.model import Place
from patientpages.yamlfile import Mistakes

_MOST = 1_000_000  # bytes of one file: on a slow line it takes ten seconds as it is


def hold_carried(folder: Path, shown: str, root: Path, mistakes: Mistakes) -> None:
    """Note each link that leads out of the project `root` or in a circle, and each file that is too heavy.

    What a link leads to is served to everybody, and who put the link there may not have meant that.
    """
    for place, folders, files in os.walk(folder):
        for name in sorted([*folders, *files]):
            path = Path(place, name)
            at = Place(f"{shown}/{path.relative_to(folder).as_posix()}")
            if path.is_symlink():
                leads = os.path.realpath(path)  # Path.resolve() raises where links lead in a circle
                if Path(leads).is_dir() or leads == str(path) or not Path(leads).is_relative_to(os.path.realpath(root)):
                    message = "this is a link to something elsewhere, which would be put into the site"
                    mistakes.add(at, message, "Put a copy of the file here instead of the link.", "D001")
            elif path.is_file() and path.suffix != ".md" and path.stat().st_size > _MOST:
                message = (
                    f"this file has {path.stat().st_size / 1e6:,.1f} million bytes, and may have {_MOST / 1e6:.1f}"
                )
                mistakes.add(at, message, "Make the picture smaller: 1,000 dots across are enough for a page.", "D001")
