"""The exchange: a kill at any moment leaves the old folder or the new one, and the next build works."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue as Queue
from pathlib import Path

import pytest

from patientpages import exchange
from patientpages.exchange import recover
from tests.conftest import TODAY, Workspace, fingerprint

_STEPS = ((os, "rename"), (os, "replace"), (os, "fsync"), (os, "unlink"), (os, "rmdir"), (os, "mkdir"),
          (exchange, "exchange_in_one_call"), (shutil, "rmtree"))  # fmt: skip


def _run_exchange(target: Path, step: int, moment: str, mode: str, result: Queue[int]) -> None:
    """Exchange in this process, which kills itself before or after its Nth step on the file system."""
    count = 0

    def counted(owner: object, name: str) -> None:
        real = getattr(owner, name)

        def run(*args: object, **kwargs: object) -> object:
            nonlocal count
            count += 1
            own = count
            if own == step and moment == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            try:
                return real(*args, **kwargs)
            finally:
                if own == step and moment == "after":
                    os.kill(os.getpid(), signal.SIGKILL)

        setattr(owner, name, run)

    if mode == "journal":
        exchange._system_exchange = lambda: None
    for owner, name in _STEPS:
        counted(owner, name)
    with exchange.staging(target) as stage:
        new = stage / "site"
        new.mkdir()
        (new / "index.html").write_text("new", encoding="utf-8")
        exchange.replace_folder(new, target)
    result.put(count)


def _exchange(target: Path, step: int, moment: str, mode: str) -> tuple[int, int]:
    """Return how the exchange's own process ended, and how many steps it took (0 if it was killed)."""
    fork = get_context("fork")
    result: Queue[int] = fork.SimpleQueue()
    process = fork.Process(target=_run_exchange, args=(target, step, moment, mode, result))
    process.start()
    process.join(60)
    assert process.exitcode is not None, "the exchange waits for something"
    return process.exitcode, 0 if result.empty() else result.get()


def _old_site(folder: Path) -> Path:
    target = folder / "site"
    target.mkdir(parents=True)
    (target / "index.html").write_text("old", encoding="utf-8")
    (target / "page").mkdir()
    (target / "page/index.html").write_text("old", encoding="utf-8")
    return target


def _prints(folder: Path) -> tuple[str, str]:
    """The hashes of the old folder and of the new one."""
    old = fingerprint(_old_site(folder / "reference"))
    new = folder / "new"
    new.mkdir()
    (new / "index.html").write_text("new", encoding="utf-8")
    return old, fingerprint(new)


@pytest.mark.parametrize("mode", ["one-call", "journal"])
@pytest.mark.parametrize("first", [False, True], ids=["replacing", "first-build"])
def test_a_kill_at_each_step_leaves_the_old_folder_or_the_new_one(mode: str, first: bool, tmp_path: Path) -> None:
    """SIGKILL before and after each file-system step; then the next command completes or starts afresh."""
    old, new = _prints(tmp_path)
    target = tmp_path / "whole" / "site" if first else _old_site(tmp_path / "whole")
    target.parent.mkdir(exist_ok=True)
    code, steps = _exchange(target, 0, "never", mode)
    assert code == 0
    assert fingerprint(target) == new
    assert steps >= 6
    for step in range(1, steps + 1):
        for moment in ("before", "after"):
            folder = tmp_path / f"{step}-{moment}"
            folder.mkdir()
            target = folder / "site" if first else _old_site(folder)
            assert _exchange(target, step, moment, mode) == (-signal.SIGKILL, 0), (step, moment)
            if mode == "one-call" and not first:
                # In one call there is no moment without the folder; the journal needs the next command.
                assert fingerprint(target) in (old, new), (step, moment)
            recover(target)
            if not first or target.exists():
                assert fingerprint(target) in (old, new), (step, moment)
            assert _exchange(target, 0, "never", mode)[0] == 0
            assert fingerprint(target) == new
            left = {p.name for p in (folder / ".site.work").iterdir()}
            assert left <= {"lock"}, left


def test_a_build_that_is_killed_at_any_moment_changes_nothing_or_everything(
    built: Workspace, copy_of: Callable[[Workspace, Path], Workspace], tmp_path: Path
) -> None:
    """20 random moments of a real build: the site is the old one or the new one, and the next command tidies up.

    At each moment the build is stopped, and the disk is copied as a kill would leave it. Then one is killed in truth.
    """
    project = copy_of(built, tmp_path / "clone")
    old = fingerprint(project / "site")
    project.edit("docs/en/index.md", "You decide if you want it.", "It is for you to decide.")
    started = time.monotonic()
    assert project.run("build", "--today", TODAY, "--out", "other").code == 0
    length = time.monotonic() - started
    new = fingerprint(project / "other")
    assert new != old
    chance = random.Random(20261122)
    moments = sorted(chance.uniform(0, length * 1.05) for _ in range(20))
    # Forked, so that no moment is spent on starting Python: each falls into the build itself.
    process = get_context("fork").Process(target=project.run, args=("build", "--today", TODAY))
    process.start()
    assert process.pid is not None
    before, caught, outcomes = 0.0, 0, set()
    for number, moment in enumerate(moments):
        time.sleep(moment - before)
        before = moment
        alive = process.is_alive()
        if alive:
            os.kill(process.pid, signal.SIGSTOP)
            os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        folder = tmp_path / str(number)
        for name in ("site", ".site.work"):
            shutil.copytree(project / name, folder / name)
        if alive:
            os.kill(process.pid, signal.SIGCONT)
        caught += any(path.name != "lock" for path in (folder / ".site.work").iterdir())
        outcomes.add(fingerprint(folder / "site"))
        recover(folder / "site")
        outcomes.add(fingerprint(folder / "site"))
        assert {p.name for p in (folder / ".site.work").iterdir()} <= {"lock"}
    process.join()
    assert outcomes <= {old, new}
    assert caught, "no moment fell into a build"
    assert fingerprint(project / "site") == new
    project.edit("docs/en/index.md", "It is for you to decide.", "You decide if you want it.")
    process = get_context("fork").Process(target=project.run, args=("build", "--today", TODAY))
    process.start()
    while not (project / ".site.work/stage").exists() and process.is_alive():
        time.sleep(0.001)
    process.kill()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert (project / ".site.work/stage").exists(), "the kill fell into no build"
    assert fingerprint(project / "site") == new
    assert project.run("build", "--today", TODAY).code == 0
    assert fingerprint(project / "site") == old
    assert {p.name for p in (project / ".site.work").iterdir()} <= {"lock"}


def test_two_builds_at_once_do_not_mix(project: Workspace) -> None:
    """The second says that another build is at work, or waits its turn; the site is whole."""
    both = [project.start("build", "--today", TODAY) for _ in range(2)]
    runs = [end() for end in both]
    codes = sorted(run.code for run in runs)
    assert codes in ([0, 0], [0, 2]), runs
    if codes == [0, 2]:
        assert any("another build" in run.out for run in runs)
    first = fingerprint(project / "site")
    assert project.run("build", "--today", TODAY).code == 0
    assert fingerprint(project / "site") == first


def test_two_builds_for_two_clinics_at_once_do_not_mix(project: Workspace) -> None:
    """Each build has its own generated configuration: no page of one shows the telephone of the other."""
    phones = {"one": "01632 960 111", "two": "01632 960 222"}
    text = (project / "clinic.yml").read_text(encoding="utf-8")
    running = []
    for name, phone in phones.items():
        (project / f"{name}.yml").write_text(text.replace("[Your phone number]", phone), encoding="utf-8")
        running.append(project.start("build", "--clinic", f"{name}.yml", "--out", name))
    for end in running:
        run = end()
        assert run.code == 0, run.out
    for name, phone in phones.items():
        pages = [file.read_text(encoding="utf-8") for file in (project / name).rglob("*.html")]
        assert all(phone in page for page in pages)
        assert not any(other in page for page in pages for other in phones.values() if other != phone)
    assert not (project / ".build/mkdocs.en.yml").exists(), "another clinic's details must not reach other builders"


def _as_root(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a script in mount and user namespaces of its own, where it may mount (Linux's unshare)."""
    environment = {**os.environ, "PYTHON": sys.executable, "DIR": str(folder)}
    return subprocess.run(["unshare", "--map-root-user", "--mount", "bash", "-euc", script], env=environment,
                          capture_output=True, text=True, timeout=120, check=False)  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="mounts of one's own are a feature of Linux")
def test_a_full_disk_changes_nothing(built: Workspace, tmp_path: Path) -> None:
    """On a small disk that is nearly full the build says that the disk is full, and the old site is there."""
    done = _as_root(f"""
        mkdir "$DIR/clone" && cd "$DIR/clone" && cp -r "{built.path}/." .
        mkdir disk && mount -t tmpfs -o size=8m tmpfs disk && cp -r site disk/site
        find disk/site -type f -exec sha256sum {{}} + | sort > before
        head -c 7000000 /dev/zero > disk/filler
        sed -i 's/\\[Name of your clinic\\]/Example Clinic/' clinic.yml  # what is as it was needs no room
        code=0; "$PYTHON" -m patientpages build --out disk/site > said 2>&1 || code=$?
        find disk/site -type f -exec sha256sum {{}} + | sort > after
        cmp before after && echo "same $code" && cat said
        rm disk/filler && "$PYTHON" -m patientpages build --out disk/site > /dev/null && echo "builds again"
    """, tmp_path)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("same 2\n"), done.stdout
    assert "the disk is full" in done.stdout
    assert "Traceback" not in done.stdout
    assert done.stdout.endswith("builds again\n")


@pytest.mark.skipif(sys.platform != "linux", reason="mounts of one's own are a feature of Linux")
@pytest.mark.parametrize("what", ["the folder of the project", "the site alone"])
def test_a_read_only_disk_is_told(what: str, built: Workspace, tmp_path: Path) -> None:
    """A read-only mount (which root cannot pass either) gives a clear error, and the site stays."""
    part = "" if what == "the folder of the project" else "/site"
    done = _as_root(f"""
        cp -r "{built.path}" "$DIR/clone" && cd "$DIR/clone"
        mount --bind "$DIR/clone{part}" "$DIR/clone{part}" && mount -o remount,bind,ro "$DIR/clone{part}"
        cd "$DIR/clone"
        code=0; "$PYTHON" -m patientpages build || code=$?
        echo "code $code"; diff -r "{built.path}/site" site && echo same
    """, tmp_path)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "code 2" in done.stdout
    assert done.stdout.endswith("same\n")
    assert "read-only" in done.stdout.lower() or "mount" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="mounts of one's own are a feature of Linux")
def test_a_site_of_somebody_else_is_told(built: Workspace, tmp_path: Path) -> None:
    """A site folder that this user may not write gives a clear error, and stays."""
    script = """
        cp -r "$SOURCE" "$DIR/clone" && cd "$DIR/clone" && chmod 555 site && chmod 777 . .build .site.work
        chmod 666 .site.work/lock
        code=0
        setpriv --bounding-set=-all --inh-caps=-all --ambient-caps=-all "$PYTHON" -m patientpages build || code=$?
        echo "code $code"; diff -r "$SOURCE/site" site && echo same; chmod 755 site
    """.replace("$SOURCE", str(built.path))
    done = _as_root(script, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "code 2" in done.stdout, done.stdout
    assert "may not be changed" in done.stdout
    assert done.stdout.endswith("same\n")


def test_a_file_where_the_site_should_be_is_told(project: Workspace) -> None:
    """A file called `site` is named, and kept."""
    (project / "site").write_text("a note", encoding="utf-8")
    run = project.run("build")
    assert run.code == 2
    assert "should be a folder, and is a file" in run.out
    assert (project / "site").read_text(encoding="utf-8") == "a note"


def test_a_folder_that_is_no_site_is_not_replaced(project: Workspace) -> None:
    """--out of a folder with other files in it is refused: replacing it would lose them."""
    (project / "photos").mkdir()
    (project / "photos/holiday.jpg").write_bytes(b"x")
    run = project.run("build", "--out", "photos")
    assert run.code == 2
    assert "not a site" in run.out
    assert (project / "photos/holiday.jpg").exists()


@pytest.mark.parametrize("out", [".", "docs", "docs/en", "standard/new", "overrides", ".."])
def test_a_target_that_holds_the_sources_is_refused(out: str, project: Workspace) -> None:
    """--out of the project itself, of its pages or of its templates: refused, also where an index.html stands."""
    (project / "index.html").write_text("x", encoding="utf-8")
    (project / "docs/en/index.html").write_text("x", encoding="utf-8")
    before = fingerprint(project / "docs")
    run = project.run("build", "--out", out)
    assert run.code == 2
    assert "would be replaced as a whole" in run.out
    assert fingerprint(project / "docs") == before
