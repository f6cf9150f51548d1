"""Phrases in parts, each read from what was kept when it is first asked for: most runs need few of them."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from typing import Any


class Parts:
    """Named values. `packed` are those that were kept; one is unpacked when somebody asks for it."""

    def __init__(self, packed: Mapping[str, bytes] | None = None) -> None:
        self._packed = dict(packed or {})
        self._known: dict[str, Any] = {}

    def get(self, name: str) -> Any:
        """Return a part, or None if there is none of this name."""
        if name not in self._known and name in self._packed:
            self._known[name] = pickle.loads(self._packed.pop(name))
        return self._known.get(name)

    def put(self, name: str, value: Any) -> None:
        """Add a part, in the place of one of this name."""
        self._packed.pop(name, None)
        self._known[name] = value

    def packed(self) -> dict[str, bytes]:
        """Return all parts as they are kept."""
        known = {name: pickle.dumps(value, pickle.HIGHEST_PROTOCOL) for name, value in self._known.items()}
        return self._packed | known
