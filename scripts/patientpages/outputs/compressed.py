"""Compressed copies beside the files that are text, so that a web server need not compress a page at each visit.

Every file of these kinds has one, however short: a copy that is there in one publication and missing in the next would
stay behind on a host where the new files were laid over the old ones, and be sent in the place of the corrected page.
gzip only: each page fits into the first ten packets of a server (tests/test_hosting_pack.py), so brotli would spare no
way to the host and back; nginx as shipped cannot send it, and it would be one more thing to install.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from patientpages.kept import Kept
from patientpages.model import Artefact

MAKER = "compressed"
END = ".gz"
# Pictures other than drawings are compressed already. A draft for a mail program is fetched by staff alone.
TEXT = (".html", ".css", ".js", ".svg", ".json", ".webmanifest", ".xml", ".txt", ".csv", ".ics")
# RFC 1952: deflate, no name, no time, slowest, system unknown: whoever compresses it, and when, leaves no trace.
_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
_RAW = -15  # bits of the window; negative: without a head and an end of zlib's own
_WITH_HEAD = 31
_DEPENDS = f"gzip {zlib.ZLIB_RUNTIME_VERSION}".encode()


def is_copy(path: str) -> bool:
    """Tell whether a file is the compressed copy of another."""
    return path.endswith(END)


def compressed(content: bytes) -> bytes:
    """Return the content as a gzip file."""
    packer = zlib.compressobj(9, zlib.DEFLATED, _RAW, 9)
    body = packer.compress(content) + packer.flush()
    return _HEAD + body + struct.pack("<II", zlib.crc32(content), len(content) % 2**32)


def with_copies(files: Iterable[Artefact], kept: Kept) -> list[Artefact]:
    """Return the files with a compressed copy of each text; copies that were made before are made again."""
    own = [file for file in files if file.maker != MAKER]
    copies = [Artefact(file.path + END, kept.made((_DEPENDS, file.content), partial(compressed, file.content)), MAKER)
              for file in own if file.path.endswith(TEXT)]  # fmt: skip
    made = {copy.path for copy in copies}
    return [file for file in own if file.path not in made] + copies


def declared_copies(files: Sequence[Artefact]) -> list[Artefact]:
    """Give each compressed copy in a folder its maker, if what it holds is exactly the file that it is a copy of."""
    plain = {file.path + END: file.content for file in files if file.maker and file.path.endswith(TEXT)}
    return [replace(f, maker=MAKER) if f.path in plain and _holds(f.content, plain[f.path]) else f for f in files]


def _holds(packed: bytes, content: bytes) -> bool:
    unpacker = zlib.decompressobj(_WITH_HEAD)
    try:
        found = unpacker.decompress(packed, len(content) + 1)  # no more, whatever somebody put there
    except zlib.error:
        return False
    return found == content and unpacker.eof and not unpacker.unused_data
