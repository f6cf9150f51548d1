"""What is kept of sentences between runs changes how long a run takes, and nothing else."""

from __future__ import annotations

import pytest

from tests.conftest import TODAY, Workspace


def _kept(project: Workspace) -> list[str]:
    return sorted(path.name for path in (project / ".build").glob("sentences-*.pickle"))


def test_a_run_says_the_same_with_and_without_what_was_kept(project: Workspace) -> None:
    """Three processes: nothing kept, kept, and a page changed meanwhile: findings are those of a fresh run."""
    for path in (project / ".build").glob("sentences-*.pickle"):
        path.unlink()
    project.edit(
        "docs/en/soreness.md",
        "It usually goes within {{ fact: soreness-lasts }}, but",
        "It never goes within {{ fact: soreness-lasts }}, but",
    )
    first = project.process("check", "--json", "--today", TODAY)
    assert len(_kept(project)) == 1
    second = project.process("check", "--json", "--today", TODAY)
    assert first.out == second.out
    assert first.code == second.code == 1
    project.edit(
        "docs/en/soreness.md",
        "It never goes within {{ fact: soreness-lasts }}, but",
        "It usually goes within {{ fact: soreness-lasts }}, but",
    )
    assert project.process("check", "--today", TODAY).code == 0


@pytest.mark.parametrize("content", [b"", b"\x80\x05}q\x00."], ids=["empty", "something else"])
def test_a_file_that_cannot_be_read_is_made_again(content: bytes, project: Workspace) -> None:
    """Cut off, overwritten, or with something else in it: the run works, and writes it again."""
    for path in (project / ".build").glob("sentences-*.pickle"):  # those of other clinics, from other runs
        path.unlink()
    assert project.process("check", "--today", TODAY).code == 0
    (name,) = _kept(project)
    path = project / ".build" / name
    whole = path.stat().st_size
    path.write_bytes(content)
    assert project.process("check", "--today", TODAY).code == 0
    assert path.stat().st_size > whole // 2


def test_other_phrases_and_another_country_use_nothing_that_was_kept(project: Workspace) -> None:
    """A changed phrase and a changed emergency number each have a file of their own: no verdict is stale."""
    project.edit("clinic.yml", "country:  ", "country: NZ #")
    assert project.process("check", "--today", TODAY).code == 0
    before = _kept(project)
    project.edit("clinic.yml", "country: NZ #", "country: AU #")
    assert project.process("check", "--today", TODAY).code == 0
    assert len(_kept(project)) == len(before) + 1
    project.edit("standard/en/phrases/soreness.yml", "  feel-sore:\n", "  feel-sore:\n    - grumbly elbow\n")
    assert project.process("check", "--today", TODAY).code == 0
    assert not set(_kept(project)) & set(before)
