"""A builder that keeps its answers and is wrong on purpose: its keys leave something out. The harness must notice.

It stands around the real command (`python tests/edits/broken.py LEFT_OUT build ...`), or around one that is as quick as
a hash (`Toy`), so that a test can try every way of being wrong.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.edits.doors import Done, Ended, Running, run_here
from tests.edits.state import Tree, digest, read_inputs, read_tree, wipe, write_tree

Run = Callable[[Path, Sequence[str]], Done]
# What a key may leave out, and the beginnings of the files that it then does not hold.
LEFT_OUT = {
    "nothing": (),  # this one is right
    "day": (),
    "content": (),  # a file's size and time stand for what it holds
    "site": (),  # "nothing has changed": nobody looks at what stands in site/
    "checksum": (),  # what was kept is believed as it is
    "pages": ("docs/en/",),
    "clinic": ("clinic.yml",),
    "logo": ("logo.svg",),
    "standard": ("standard/",),
    "facts": ("standard/facts.yml",),
    "templates": ("overrides/",),
    "records": ("records/",),
    "staff": ("staff/",),
    "menu": ("mkdocs.yml",),
}


def _key(folder: Path, arguments: Sequence[str], left_out: str) -> str:
    inputs = read_inputs(folder)
    held = {name: content for name, content in inputs.items() if not (LEFT_OUT[left_out] and name.startswith(LEFT_OUT[left_out]))}  # fmt: skip
    if left_out == "content":
        stats = {name: (folder / name).stat() for name in held}
        held = {name: f"{stat.st_size} {stat.st_mtime_ns}".encode() for name, stat in stats.items()}
    return digest(held, " ".join(arguments[:-1] if left_out == "day" else arguments))


def _texts(tree: Tree) -> dict[str, str]:
    return {name: content.decode("latin-1") for name, content in tree.items()}


def _restore(folder: Path, texts: dict[str, str]) -> None:
    wipe(folder)
    folder.mkdir()
    write_tree(folder, {name: text.encode("latin-1") for name, text in texts.items()}, {})


def _note(last: Path, key: str, left_out: str) -> None:
    if left_out == "site":
        last.write_text(key, encoding="utf-8")


def replayed(folder: Path, arguments: Sequence[str], run: Run, left_out: str) -> Done:
    """Run a command, or give back what it said and made when the key was the same."""
    if arguments[0] != "build":
        return run(folder, arguments)
    key = _key(folder, arguments, left_out)
    kept, last = folder / ".build/replay" / key, folder / ".build/replay/last"
    with suppress(OSError, ValueError, KeyError, TypeError):
        content = kept.read_bytes()
        if left_out == "checksum" or content[:64] == hashlib.sha256(content[64:]).hexdigest().encode():
            held = json.loads(content[64:])
            if left_out != "site" or last.read_text(encoding="utf-8") != key:
                _restore(folder / "site", held["site"])
                _restore(folder / "report", held["report"])
            _note(last, key, left_out)
            return Done(held["code"], held["out"], "")
    done = run(folder, arguments)
    if done.code == 0:
        with suppress(OSError):
            kept.parent.mkdir(parents=True, exist_ok=True)
            wipe(kept)
            said = {"code": done.code, "out": done.out}
            made = {part: _texts(read_tree(folder / part)) for part in ("site", "report")}
            text = json.dumps(said | made).encode()
            kept.write_bytes(hashlib.sha256(text).hexdigest().encode() + text)
            _note(last, key, left_out)
    return done


def toy(folder: Path, arguments: Sequence[str]) -> Done:
    """Do as a build does, in no time: every file that is made is a hash of every input."""
    inputs = read_inputs(folder)
    if arguments[0] not in ("build", "check"):
        record = folder / "records/signed.yml"
        record.write_bytes(record.read_bytes() + f"# {arguments}\n".encode())
        return Done(0, "recorded\n", "")
    name = digest(inputs, arguments[-1])
    if arguments[0] == "check":
        site = digest(read_tree(folder / "site")) if "--site" in arguments else ""
        return Done(0, f"{name} {site}\n", "")
    pages = {f"{page[:-3].rsplit('/', 1)[1]}.html": name.encode() for page in inputs if page.endswith(".md")}
    for part in ("site", "report"):
        _restore(folder / part, _texts(pages) | {"index.html": name})
    return Done(0, f"{len(pages)} pages {name}\n", "")


@dataclass(frozen=True)
class Toy:
    """The quick command, with a key that leaves something out; None: nothing is kept."""

    left_out: str | None = None

    def start(self, folder: Path, arguments: Sequence[str]) -> Running:
        """Run it to its end."""
        return Ended(toy(folder, arguments) if self.left_out is None else replayed(folder, arguments, toy, self.left_out))  # fmt: skip


if __name__ == "__main__":
    _said = replayed(Path.cwd(), sys.argv[2:], run_here, sys.argv[1])
    sys.stdout.write(_said.out)
    sys.stderr.write(_said.err)
    sys.exit(_said.code)
