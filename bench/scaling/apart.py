"""Do something in a process of its own, which alone loads what that needs and gives the memory back."""

from __future__ import annotations

from importlib import import_module
from multiprocessing import get_context
from typing import Any


def _call(module: str, name: str, arguments: tuple[object, ...]) -> Any:
    return getattr(import_module(module), name)(*arguments)


def apart(module: str, name: str, *arguments: object) -> Any:
    """Call a function of a module, by their names, in a fresh process, and return what it returns."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_call, (module, name, arguments))
