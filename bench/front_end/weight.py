"""What one view of a page costs, with nothing in the cache: counted by the server's log and in the browser."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession

from front_end.server import Server
from front_end.variants import Variant

KINDS = ("html", "css", "js", "fonts", "images", "other")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
_KIND_OF = {"text/html": "html", "text/css": "css", "text/javascript": "js"}
_INLINE = """() => [...document.scripts].filter(s => !s.src && ['', 'module', 'text/javascript'].includes(s.type))
    .reduce((sum, s) => sum + new Blob([s.textContent]).size, 0)"""
_STORED = "() => localStorage.length + sessionStorage.length"


@dataclass(frozen=True)
class Weight:
    """What was counted on one page."""

    requests: int
    wire: dict[str, int]
    document: int
    scripts: int
    stored: int
    hosts: tuple[str, ...]
    elements: int
    styles: int
    unused: float


def _kind(content_type: str) -> str:
    if content_type.startswith("font/"):
        return "fonts"
    return "images" if content_type.startswith("image/") else _KIND_OF.get(content_type, "other")


def _used(cdp: CDPSession) -> dict[str, int]:
    """Return, for each style sheet, how many of its characters belong to rules that were used."""
    covered: dict[str, set[int]] = {}
    for rule in cdp.send("CSS.stopRuleUsageTracking")["ruleUsage"]:
        if rule["used"]:
            span = range(int(rule["startOffset"]), int(rule["endOffset"]))
            covered.setdefault(rule["styleSheetId"], set()).update(span)
    return {sheet: len(characters) for sheet, characters in covered.items()}


def weigh(browser: Browser, server: Server, variant: Variant, picture: Path | None = None) -> Weight:
    """Open a page on a phone's screen, wait until it asks for nothing more, and count."""
    before = server.log.stat().st_size
    context = browser.new_context(
        ignore_https_errors=True, viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True
    )
    page = context.new_page()
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    cdp = context.new_cdp_session(page)
    sheets: dict[str, int] = {}
    cdp.on(
        "CSS.styleSheetAdded",
        lambda event: sheets.update({event["header"]["styleSheetId"]: int(event["header"]["length"])}),
    )
    for command in ("DOM.enable", "CSS.enable", "CSS.startRuleUsageTracking"):
        cdp.send(command)
    page.goto(server.address + variant.path, wait_until="networkidle")
    page.wait_for_timeout(1000)
    used = _used(cdp)
    inline, stored = int(page.evaluate(_INLINE)), int(page.evaluate(_STORED)) + len(context.cookies())
    elements = int(page.evaluate("() => document.querySelectorAll('*').length"))
    if picture:
        page.screenshot(path=picture, full_page=True)
    context.close()
    sent = server.sent(before)
    document = next(row for row in sent if row.path == variant.path)
    assert (document.status, document.encoding, document.protocol) == (200, "br", "HTTP/2.0"), document
    assert all(row.status == 200 for row in sent), [row for row in sent if row.status != 200]
    wire = Counter(dict.fromkeys(KINDS, 0))
    for row in sent:
        wire[_kind(row.kind)] += row.size
    files = sum(server.file(row.path).stat().st_size for row in sent if _kind(row.kind) == "js")
    home, total = urlsplit(server.address).hostname, sum(sheets.values())
    hosts = {urlsplit(url).hostname or "" for url in asked if url.startswith("http")} - {home}
    return Weight(
        len(sent), dict(wire), document.size, files + inline, stored, tuple(sorted(hosts)), elements, total,
        1 - sum(used.values()) / total if total else 0.0,
    )  # fmt: skip
