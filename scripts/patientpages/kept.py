"""Files that take long to make and depend on little, kept between runs: leaflets, QR codes, compressed copies.

The name of a kept file is a hash of all that it depends on, and it carries a hash of what it holds: one that was cut
short or changed is made again. The folder may be deleted at any time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from patientpages.whole_file import write_whole

_HASH = 32  # bytes of SHA-256, in front of what is kept
_MOST = 2_000  # files: some ten publications of a large site


class Kept:
    """A folder of kept files; without a folder nothing is kept."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def made(self, depends: Iterable[bytes], make: Callable[[], bytes]) -> bytes:
        """Return what was kept for these inputs, else make it and keep it."""
        if self._folder is None:
            return make()
        key = hashlib.sha256()
        for part in depends:
            key.update(len(part).to_bytes(8, "big") + part)
        path = self._folder / key.hexdigest()
        with suppress(OSError):
            kept = path.read_bytes()
            if hashlib.sha256(kept[_HASH:]).digest() == kept[:_HASH]:
                return kept[_HASH:]
        content = make()
        with suppress(OSError):  # without room to keep it, it is made again next time
            write_whole(path, hashlib.sha256(content).digest() + content)
            self._forget()
        return content

    def _forget(self) -> None:
        """Delete the oldest half when there are too many."""
        assert self._folder is not None
        files = list(self._folder.iterdir())
        if len(files) > _MOST:
            for path in sorted(files, key=lambda file: file.stat().st_mtime)[: _MOST // 2]:
                path.unlink(missing_ok=True)
