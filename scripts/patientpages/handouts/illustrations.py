"""The pictures in the folder of the pages, as a leaflet shows them."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from patientpages.checks.targets import target_of
from patientpages.model import Page

_KINDS = (".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp")  # what the typesetter reads
BEFORE_NAME = "-"  # what stands between the number of a picture and the name of its file
MOST = 500_000  # bytes of a picture: a leaflet is sent by e-mail, and printed from an old machine


class Illustrations:
    """Collects the pictures of one leaflet; `files` are their bytes by the name that a piece shows."""

    def __init__(self, docs: Path) -> None:
        self._docs = docs
        self.files: dict[str, bytes] = {}

    def named(self, page: Page, src: str) -> tuple[str, str]:
        """Return (the name of a picture, "") or ("", why it cannot be printed)."""
        target = target_of(page, src)
        path = self._docs / target[0] if target else None
        kind = PurePosixPath(target[0]).suffix.lower() if target else ""
        if path is None:
            return "", "it is not in the folder of the pages"
        if kind not in _KINDS:
            return "", f"no leaflet can show a {kind or 'file without an ending'}"
        if not path.is_file():
            return "", "it is not there"
        if path.stat().st_size > MOST:
            return "", f"it has {path.stat().st_size / 1e6:.1f} MB"
        name = f"{len(self.files)}{BEFORE_NAME}{path.name[-60:]}"
        self.files[name] = path.read_bytes()
        return name, ""
