"""Whatever is done to a file that a person edits, it loads or the mistake is told with its place; bench/fuzz.py tries more."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patientpages.model import Place
from patientpages.yamlfile import Mistakes
from tests.fuzzing import Fuzzed, Target


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Fuzzed:
    """A project to spoil, with something on record."""
    return Fuzzed(tmp_path_factory.mktemp("fuzz") / "clone")


@contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    """Fail where something hangs."""

    def late(*_: object) -> None:
        raise TimeoutError(f"still at it after {seconds} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@settings(max_examples=300, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(100_000, 2**63))
def test_a_spoilt_file_loads_or_is_told(seed: int, fuzzed: Fuzzed) -> None:
    """Entries taken out, repeated, moved or of another type, odd signs and bytes, torn ends: no crash, no hang."""
    with _at_most(20):
        fuzzed.try_one(seed)


def test_spoiling_spoils_each_file(fuzzed: Fuzzed) -> None:
    """Inputs differ, come again under the same number, reach every kind of file, and most are told a mistake."""
    told, names = 0, Counter[str]()
    for seed in range(400):
        name, mistakes = fuzzed.try_one(seed)
        told += mistakes > 0
        names[name] += 1
    assert 200 < told < 400
    kinds = {name.split("/")[0] for name in names}
    assert kinds == {"clinic.yml", "mkdocs.yml", "docs", "overrides", "standard", "staff", "records"}
    assert [fuzzed.try_one(seed) for seed in range(20)] == [fuzzed.try_one(seed) for seed in range(20)]


def test_a_reader_that_crashes_is_noticed(fuzzed: Fuzzed) -> None:
    """An exception, and a place beyond the end of the file, are not taken for a mistake that was told."""
    whole = fuzzed.targets
    try:
        for wrong in (ZeroDivisionError("x"), None):

            def read(mistakes: Mistakes, wrong: Exception | None = wrong) -> None:
                if wrong:
                    raise wrong
                mistakes.add(Place("clinic.yml", 10**6), "far away")

            fuzzed.targets = (Target("clinic.yml", "name: x\n", read, 1),)
            with pytest.raises((ZeroDivisionError, AssertionError)):
                fuzzed.try_one(1)
    finally:
        fuzzed.targets = whole
