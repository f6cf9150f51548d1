"""The published pages as one file, to put up by hand (cPanel): the same pages, the same bytes."""

from __future__ import annotations

import hashlib
import io
import stat
from collections.abc import Iterable
from datetime import date, timedelta
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from patientpages.model import Artefact
from patientpages.outputs.compressed import MAKER as COMPRESSED

NAME = "patient-pages.zip"
_UNIX = 3  # the system that permissions are meant for
_FIRST = date(1980, 1, 2)  # a zip file knows no day before 1980
_STEPS = 24 * 60 * 60 // 2  # and no second between two


def _time_of(content: bytes) -> tuple[int, int, int]:
    """Return a time of day that belongs to this content.

    Web servers mark a file by its time and length (ETag), and tell a browser that its copy is still right if the mark
    is the same. A page corrected on the day of its publication, in one digit, must not have the mark of the one before.
    Which of two is later says nothing: the rules for Apache have it go by the mark alone.
    """
    seconds = int.from_bytes(hashlib.sha256(content).digest()[:8]) % _STEPS * 2
    return seconds // 3600, seconds // 60 % 60, seconds % 60


def archive(files: Iterable[Artefact], rules: bytes, today: date) -> bytes:
    """Return a zip file of the pages, with Apache's rules as .htaccess.

    Without the compressed copies: those rules have Apache compress for itself, so that no copy of an old page can stay
    behind where somebody unpacks only some of the files.
    """
    day = max(today, _FIRST) - timedelta(days=1)  # the last hours of today may be still to come where it is unpacked
    kept = {file.path: file.content for file in files if file.maker != COMPRESSED} | {".htaccess": rules}
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=9) as packed:
        for path, content in sorted(kept.items()):
            entry = ZipInfo(path, (day.year, day.month, day.day, *_time_of(content)))
            entry.create_system, entry.compress_type = _UNIX, ZIP_DEFLATED
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            packed.writestr(entry, content)
    return buffer.getvalue()
