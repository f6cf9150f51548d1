"""nginx as a host would run it: https, HTTP/2, brotli, gzip for who cannot; and a log of what it sent."""

from __future__ import annotations

import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

_CONFIG = """load_module {module};
daemon off; master_process off; worker_processes 1; pid {work}/nginx.pid; error_log stderr warn;
events {{ worker_connections 256; }}
http {{
  types {{
    text/html html; text/css css; text/javascript js mjs; application/json json map; image/svg+xml svg; image/png png;
    image/x-icon ico; image/webp webp; font/woff2 woff2; application/xml xml; text/plain txt;
  }}
  client_body_temp_path {work}/a; proxy_temp_path {work}/b; fastcgi_temp_path {work}/c; uwsgi_temp_path {work}/d;
  scgi_temp_path {work}/e;
  log_format sent '$request_uri|$status|$body_bytes_sent|$sent_http_content_type|$sent_http_content_encoding|$server_protocol';
  access_log {work}/sent.log sent;
  brotli on; brotli_comp_level 6; brotli_min_length 20;
  brotli_types text/css text/javascript application/json image/svg+xml image/x-icon application/xml text/plain;
  gzip on; gzip_comp_level 6; gzip_min_length 20; gzip_vary on;
  gzip_types text/css text/javascript application/json image/svg+xml image/x-icon application/xml text/plain;
  server {{
    listen 127.0.0.1:{port} ssl http2; root {root}; charset utf-8; absolute_redirect off;
    ssl_certificate {work}/cert.pem; ssl_certificate_key {work}/key.pem; ssl_protocols TLSv1.3;
  }}
}}
"""


@dataclass(frozen=True)
class Sent:
    """One answer as it went over the wire."""

    path: str
    status: int
    size: int
    kind: str
    encoding: str
    protocol: str


@dataclass(frozen=True)
class Server:
    """A running nginx: its address, the folder that it serves, its log."""

    address: str
    root: Path
    log: Path

    def sent(self, before: int) -> list[Sent]:
        """Return what was sent since the log had so many bytes."""
        with self.log.open(encoding="utf-8") as log:
            log.seek(before)
            rows = [line.rstrip("\n").split("|") for line in log]
        return [
            Sent(path, int(code), int(size), kind.split(";")[0], how, what)
            for path, code, size, kind, how, what in rows
        ]

    def file(self, path: str) -> Path:
        """Return the file behind an address."""
        name, _, _ = path.partition("?")
        file = self.root / name.lstrip("/")
        return file / "index.html" if name.endswith("/") else file


def program() -> str:
    """Return the path of nginx, or "" where there is none."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin") or ""


def brotli_module() -> str:
    """Return the file of nginx's brotli filter, or "" where there is none."""
    told = subprocess.run([program(), "-V"], capture_output=True, text=True, check=False).stderr
    named = re.search(r"--modules-path=(\S+)", told)
    file = Path(named[1] if named else "/usr/lib/nginx/modules") / "ngx_http_brotli_filter_module.so"
    return str(file) if file.exists() else ""


def has_openssl() -> bool:
    """Tell whether a certificate can be made."""
    return shutil.which("openssl") is not None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(root: Path, work: Path) -> Iterator[Server]:
    """Serve a folder until the block ends."""
    work.mkdir()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", str(work / "key.pem"),
         "-out", str(work / "cert.pem")],
        capture_output=True, check=True,
    )  # fmt: skip
    port, config = _free_port(), work / "nginx.conf"
    config.write_text(_CONFIG.format(module=brotli_module(), work=work, port=port, root=root), encoding="utf-8")
    process = subprocess.Popen([program(), "-e", "stderr", "-p", str(work), "-c", str(config)],
                               stderr=(work / "errors").open("w"))  # fmt: skip
    address = f"https://localhost:{port}"
    trust = ssl.create_default_context(cafile=str(work / "cert.pem"))
    try:
        for _ in range(100):
            if process.poll() is not None:
                sys.exit(f"nginx did not start: {(work / 'errors').read_text()}")
            try:
                urlopen(f"{address}/blank/", timeout=1, context=trust).close()
                break
            except URLError:
                time.sleep(0.05)
        yield Server(address, root, work / "sent.log")
    finally:
        process.kill()
        process.wait()
