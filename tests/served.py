"""Real web servers and a real browser, for tests of what a patient gets."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

import test_tools as tools

__all__ = ["apache", "caddy", "chromium", "nginx", "tools"]

# What the environment of a test run needs in Chromium: no sandbox for root, and nothing asked of other hosts.
_FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync", "--hide-scrollbars"]  # fmt: skip
_CONFIG = """daemon off; master_process off; worker_processes 1; pid {work}/nginx.pid; error_log stderr warn;
events {{ worker_connections 64; }}
http {{
  {types}
  access_log off;
  client_body_temp_path {work}/a; proxy_temp_path {work}/b; fastcgi_temp_path {work}/c; uwsgi_temp_path {work}/d;
  scgi_temp_path {work}/e;
  server {{
    listen 127.0.0.1:{port}; root {root}; absolute_redirect off;
    {own}
    {include}
  }}
}}
"""
_TYPES = "types { text/html html; image/svg+xml svg; text/javascript js; application/xml xml; text/plain txt; image/png png; }"
# A module may be part of the program instead. As root, Apache serves as somebody who may do nothing else.
_APACHE = """ServerRoot {work}
DefaultRuntimeDir {work}
PidFile {work}/apache.pid
ErrorLog {work}/error.log
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
{modules}
User #65534
Group #65534
DocumentRoot {root}
DirectoryIndex index.html
{own}
<Directory {root}>
  AllowOverride FileInfo
  Require all granted
</Directory>
"""
_APACHE_MODULES = ("mpm_event", "unixd", "authz_core", "dir")
_CADDY = """{{
	admin off
	auto_https off
}}
:{port} {{
	bind 127.0.0.1
	root * {root}
	{include}
	file_server
	{own}
}}
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: list[str], work: Path, address: str) -> Iterator[str]:
    """Start a server, wait until it answers, and give its address; it keeps what it writes in the folder `work`."""
    environment = {**os.environ, "XDG_CONFIG_HOME": str(work), "XDG_DATA_HOME": str(work)}
    said = work / "said.log"  # a file, because a pipe that nobody reads is full after some hundred wrong addresses
    with said.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        try:
            for _ in range(100):
                assert process.poll() is None, said.read_text(encoding="utf-8")
                try:
                    urlopen(address, timeout=1).close()
                    break
                except URLError:
                    time.sleep(0.05)
            yield address
        finally:
            process.kill()
            process.communicate()


@contextmanager
def nginx(root: Path, work: Path, prefix: str = "/", rules: Path | None = None, *, bare: bool = False) -> Iterator[str]:
    """Serve the folder `root` with nginx, and give the address of `prefix` on it; wrong addresses get its 404 page.

    `rules` is a file that the server block includes; a `bare` server knows nothing else: no types, no 404 page,
    and would have browsers keep everything for a month.
    """
    assert tools.server(), "nginx is missing: .venv/bin/python scripts/test_tools.py says how to install it"
    work.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    config = work / "nginx.conf"
    include = f"include {rules};" if rules else ""
    own = "expires 30d;" if bare else f"charset utf-8; error_page 404 {prefix}404.html;"
    types = "types { }" if bare else _TYPES
    text = _CONFIG.format(work=work, port=port, root=root, own=own, types=types, include=include)
    config.write_text(text, encoding="utf-8")
    command = [tools.server(), "-e", "stderr", "-p", str(work), "-c", str(config)]
    with _running(command, work, f"http://127.0.0.1:{port}{prefix}") as address:
        yield address


@contextmanager
def apache(
    root: Path, prefix: str = "/", modules: tuple[str, ...] = ("alias",), *, bare: bool = False, says: str = ""
) -> Iterator[str]:
    """Serve a copy of the folder `root` with Apache as nginx() does, with what its .htaccess files say.

    `says` are lines of the server's own configuration.

    A copy, because Apache will not read as root, and nobody else may read the folders of the tests.
    """
    assert tools.apache(), "Apache is missing: .venv/bin/python scripts/test_tools.py says how to install it"
    port = _free_port()
    with TemporaryDirectory() as folder:
        work = Path(folder)
        work.chmod(0o755)
        shutil.copytree(root, work / "root")
        (work / "root").chmod(0o755)  # copied with the folder: a temporary folder is for its owner alone
        lines = [
            f"<IfModule !{name}_module>\nLoadModule {name}_module {tools.apache_modules()}/mod_{name}.so\n</IfModule>"
            for name in (*_APACHE_MODULES, *modules)
        ]
        lines.append("<IfModule mime_module>\nTypesConfig /dev/null\n</IfModule>")
        own = says if bare else f"ErrorDocument 404 {prefix}404.html\n{says}"
        config = work / "apache.conf"
        config.write_text(
            _APACHE.format(work=work, port=port, root=work / "root", own=own, modules="\n".join(lines)),
            encoding="utf-8",
        )
        # -X: one process, which ends when it is told to
        command = [tools.apache(), "-X", "-f", str(config)]
        with _running(command, work, f"http://127.0.0.1:{port}{prefix}") as address:
            yield address


@contextmanager
def caddy(root: Path, work: Path, prefix: str = "/", rules: Path | None = None, *, bare: bool = False) -> Iterator[str]:
    """Serve the folder `root` with Caddy as nginx() does; `rules` is a file that the site block imports."""
    assert tools.caddy(), "Caddy is missing: .venv/bin/python scripts/test_tools.py says how to install it"
    work.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    config = work / "Caddyfile"
    include = f"import {rules}" if rules else ""
    own = "" if bare else f"handle_errors {{\n\t\trewrite * {prefix}404.html\n\t\tfile_server\n\t}}"
    config.write_text(_CADDY.format(port=port, root=root, own=own, include=include), encoding="utf-8")
    command = [tools.caddy(), "run", "--config", str(config), "--adapter", "caddyfile"]
    with _running(command, work, f"http://127.0.0.1:{port}{prefix}") as address:
        yield address


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser that scripts/test_tools.py found."""
    assert tools.browser(), "Chromium is missing: .venv/bin/python scripts/test_tools.py says how to install it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=tools.browser(), args=_FLAGS)
        yield browser
        browser.close()
