"""CPU seconds of each stage of a build: timers around functions, each stage without the stages inside it."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from inspect import isgeneratorfunction
from typing import Any

_clock = time.process_time


class Stages:
    """Counts CPU seconds and calls by stage."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()
        self._open: list[str] = []
        self._since = _clock()

    def _switch(self) -> None:
        now = _clock()
        if self._open:
            self.seconds[self._open[-1]] += now - self._since
        self._since = now

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what happens inside under a name."""
        self._switch()
        self._open.append(name)
        try:
            yield
        finally:
            self._switch()
            self._open.pop()

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the same function, with its time counted under a name; of a generator, the time in each step."""

        @wraps(function)
        def whole(*args: Any, **options: Any) -> Any:
            self.calls[name] += 1
            with self.stage(name):
                return function(*args, **options)

        @wraps(function)
        def steps(*args: Any, **options: Any) -> Iterator[Any]:
            self.calls[name] += 1
            made = function(*args, **options)
            while True:
                with self.stage(name):
                    try:
                        value = next(made)
                    except StopIteration:
                        return
                yield value

        return steps if isgeneratorfunction(function) else whole

    def watch(self, name: str, function: Callable[..., Any], package: str = "patientpages") -> None:
        """Count a function's time under a name, wherever the package's modules have it."""
        timed = self.timed(name, function)
        found = 0
        for module in [m for at, m in sys.modules.items() if at == package or at.startswith(f"{package}.")]:
            for attribute, value in list(vars(module).items()):
                if value is function:
                    setattr(module, attribute, timed)
                    found += 1
        if not found:
            raise LookupError(f"nothing of {package} has {function.__module__}.{function.__name__}")
