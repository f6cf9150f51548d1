"""Set up .venv/ from the locked files in requirements/: python3 scripts/bootstrap.py [--dev]

Runs with any Python 3, so that a Python that is too old is told what to do instead of failing on syntax.
Does nothing, in a few milliseconds, when everything is in place.
"""

import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
WINDOWS = os.name == "nt"
BIN = os.path.join(VENV, "Scripts" if WINDOWS else "bin")
PYTHON = os.path.join(BIN, "python.exe" if WINDOWS else "python")
NEEDED = (3, 11)


def stop(message):
    """Say what is wrong and what to type, and stop."""
    sys.exit("Set-up stopped. " + message)


def newer_python():
    """Return another Python on this machine that is new enough, or None."""
    for minor in range(20, NEEDED[1] - 1, -1):
        found = shutil.which("python3." + str(minor))
        if found:
            return found
    return None


def fingerprint(requirements):
    """Return what the environment depends on: the locked files, the project's settings, this Python, this place."""
    digest = hashlib.sha256((sys.version + ROOT).encode())
    for name in (requirements, os.path.join(ROOT, "pyproject.toml")):
        with open(name, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def is_ready(marker, wanted):
    """Tell whether the environment is the wanted one."""
    if not os.path.exists(marker) or not os.path.exists(PYTHON):
        return False
    with open(marker) as file:
        return file.read().strip() == wanted


def pip(arguments, doing):
    """Run pip in the environment; stop with its own words where it fails."""
    command = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode == 0:
        return
    said = done.stdout.strip()
    lowered = said.lower()
    if "hash" in lowered and "match" in lowered:
        why = "A package is not the one that was locked. Do not go on; try another network."
    elif any(
        word in lowered for word in ("connection", "resolve", "timed out", "network", "ssl", "no matching distribution")
    ):
        why = "The packages could not be fetched. Check the network (or HTTPS_PROXY), then type the command again."
    elif "no space" in lowered:
        why = "The disk is full. Make room, then type the command again."
    else:
        why = "Type the command again; if it fails again, remove the folder .venv first."
    stop(why + "\nWhile " + doing + ", pip said:\n" + said[-2000:])


def set_up():
    """Set up the environment for use, or for development too."""
    dev = "--dev" in sys.argv[1:]
    if sys.version_info < NEEDED:
        found = newer_python()
        if found:
            sys.exit(subprocess.call([found, os.path.abspath(__file__), *sys.argv[1:]]))
        stop(
            "This is Python %d.%d, and Patient Pages needs 3.11 or newer. Install it from your system's packages "
            "or from python.org, then type the command again." % sys.version_info[:2]
        )
    requirements = os.path.join(ROOT, "requirements", "dev.txt" if dev else "use.txt")
    wanted = fingerprint(requirements)
    marker = os.path.join(VENV, "ready-dev" if dev else "ready-use")
    if is_ready(marker, wanted) or (
        not dev
        and is_ready(os.path.join(VENV, "ready-dev"), fingerprint(os.path.join(ROOT, "requirements", "dev.txt")))
    ):
        return
    print("Setting up .venv (once, about half a minute) ...", flush=True)
    try:
        import ensurepip  # noqa: F401 (Debian takes it out of Python; without it there is no pip)
        import venv
    except ImportError:
        stop(
            "This Python has no venv. On Debian or Ubuntu type: sudo apt install python%d.%d-venv"
            % sys.version_info[:2]
        )
    try:
        # A .venv that was copied from elsewhere points to the old place: `clear` makes it anew.
        venv.create(VENV, with_pip=True, clear=os.path.exists(VENV))
        pip(["--require-hashes", "-r", requirements], "fetching the packages")
        # The build tool is among the locked packages, so nothing unlocked is fetched here.
        pip(["--no-deps", "--no-build-isolation", "--editable", ROOT], "installing Patient Pages itself")
        with open(marker, "w") as file:
            file.write(wanted)
    except (OSError, subprocess.CalledProcessError) as error:
        stop("%s could not be made: %s" % (VENV, error))


def main():
    """Set up; whoever interrupts that is told how it goes on."""
    try:
        set_up()
    except KeyboardInterrupt:
        stop("It was interrupted, and nothing is lost: the next run completes it.")


main()
