"""What sentences hold, kept between runs: most sentences of a page are those of the last run.

The file's name has the hash of the phrases and of this program (cache.key_of), and of the clinic's emergency numbers:
nothing else decides what a sentence holds. It may be deleted at any time; one that cannot be read is made again.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from patientpages.said.judge import Judge, Sense

_MOST = 60_000  # sentences times topics: some 3,000 pages; more would take longer to read than to work out
_GROWTH = 1.1  # written again when so much has come: a few new sentences are worked out faster than all are written
_UNREADABLE = (
    OSError,
    pickle.UnpicklingError,
    EOFError,
    AttributeError,
    ImportError,
    IndexError,
    ValueError,
    TypeError,
)


class Memory:
    """The kept sentences of one judge."""

    def __init__(self, folder: Path, key: str, numbers: Iterable[str], judge: Judge) -> None:
        clinic = hashlib.sha256("\0".join(numbers).encode()).hexdigest()[:8]
        self._path = folder / f"sentences-{key[:24]}-{clinic}.pickle"
        self._key, self._judge = key[:24], judge
        self._kept = 0
        senses = judge.book.remembered["senses"]
        if senses:  # asked again in the same process: all of it is in memory still
            self._kept = len(senses) if self._path.exists() else 0
            return
        with suppress(*_UNREADABLE):
            kept, polarity = pickle.loads(self._path.read_bytes())
            known = {name: Sense(hits, polar) for name, (hits, polar) in kept.items()}
            judge.book.remembered["polarity"].update(polarity)
            senses.update(known)
            self._kept = len(known)

    def keep(self) -> None:
        """Write what was worked out since, if there is any; without room for it, it is worked out again next time."""
        senses = self._judge.book.remembered["senses"]
        if not self._kept * _GROWTH < len(senses) <= _MOST:
            return
        content = {name: (sense.hits, sense.polar) for name, sense in senses.items()}
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            for old in self._path.parent.glob("sentences-*.pickle"):
                if not old.name.startswith(f"sentences-{self._key}-"):
                    old.unlink()
            draft = self._path.with_suffix(f".{os.getpid()}.new")
            draft.write_bytes(pickle.dumps((content, self._judge.book.remembered["polarity"]), pickle.HIGHEST_PROTOCOL))
            draft.replace(self._path)
            self._kept = len(senses)
