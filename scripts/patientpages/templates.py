"""Compiled templates, kept between runs: to compile them takes longer than to fill them in for twenty pages."""

from __future__ import annotations

from functools import cache
from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from patientpages.grounds import program
from patientpages.kept import Kept, digest


class Compiled(BytecodeCache):
    """What templates were compiled to, by name and content: in this process, and from run to run."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._here: dict[bytes, CodeType] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the name: where the template's file stands says nothing."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled, if it is there."""
        name = self._name(bucket)
        bucket.code = self._here.get(name)
        if bucket.code is None and (row := self._kept.get(name)) is not None:
            bucket.bytecode_from_string(row)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.code is not None:
            self._here[self._name(bucket)] = bucket.code
            self._kept.put({self._name(bucket): bucket.bytecode_to_string()})

    @staticmethod
    def _name(bucket: Bucket) -> bytes:
        return digest(program(), b"template", bucket.key.encode(), bucket.checksum.encode())


@cache
def compiled_in(kept: Kept) -> Compiled:
    """Return the compiled templates of this process."""
    return Compiled(kept)
