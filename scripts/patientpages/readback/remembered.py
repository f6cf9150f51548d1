"""What a PDF says, kept between runs: it depends on its bytes and on this program alone."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

from patientpages.kept import Kept
from patientpages.readback.found import ReadBack

_LIBRARIES = ("pypdf", "pypdfium2", "zxing-cpp")


@cache
def _program() -> bytes:
    """Return all that reading depends on, beside the PDF."""
    own = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    return " ".join(f"{name} {version(name)}" for name in _LIBRARIES).encode() + own


def read_or_remembered(pdf: bytes, shown: str, kept: Kept) -> ReadBack:
    """Do as `read_back` does, or return what it found before in the same bytes; a refusal is never remembered."""

    def read() -> bytes:
        from patientpages.readback.reading import read_back  # noqa: PLC0415 (0.2 s that only new leaflets need)

        return json.dumps(asdict(read_back(pdf, shown))).encode()

    made = kept.made((b"read back", _program(), pdf), read)
    found = json.loads(made)
    return ReadBack(found["title"], found["language"], tuple(found["sheets"]), found["html"], tuple(found["codes"]))
