"""A real web server and a real browser, for tests of what a patient gets."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

import test_tools as tools

__all__ = ["chromium", "nginx", "tools"]

# What the environment of a test run needs in Chromium: no sandbox for root, and nothing asked of other hosts.
_FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync", "--hide-scrollbars"]  # fmt: skip
_CONFIG = """daemon off; master_process off; worker_processes 1; pid {work}/nginx.pid; error_log stderr warn;
events {{ worker_connections 64; }}
http {{
  types {{ text/html html; image/svg+xml svg; text/javascript js; application/xml xml; text/plain txt; image/png png; }}
  access_log off;
  client_body_temp_path {work}/a; proxy_temp_path {work}/b; fastcgi_temp_path {work}/c; uwsgi_temp_path {work}/d;
  scgi_temp_path {work}/e;
  server {{
    listen 127.0.0.1:{port}; root {root}; charset utf-8; absolute_redirect off;
    error_page 404 {prefix}404.html;
  }}
}}
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def nginx(root: Path, work: Path, prefix: str = "/") -> Iterator[str]:
    """Serve the folder `root` with nginx, and give the address of `prefix` on it; wrong addresses get its 404 page."""
    assert tools.server(), "nginx is missing: .venv/bin/python scripts/test_tools.py says how to install it"
    work.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    config = work / "nginx.conf"
    config.write_text(_CONFIG.format(work=work, port=port, root=root, prefix=prefix), encoding="utf-8")
    process = subprocess.Popen([tools.server(), "-e", "stderr", "-p", str(work), "-c", str(config)],
                               stderr=subprocess.PIPE, text=True)  # fmt: skip
    address = f"http://127.0.0.1:{port}{prefix}"
    try:
        for _ in range(100):
            assert process.poll() is None, process.stderr.read() if process.stderr else ""
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
def chromium() -> Iterator[Browser]:
    """Start the browser that scripts/test_tools.py found."""
    assert tools.browser(), "Chromium is missing: .venv/bin/python scripts/test_tools.py says how to install it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=tools.browser(), args=_FLAGS)
        yield browser
        browser.close()
