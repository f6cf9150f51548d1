"""What the search page finds for what somebody types."""

from __future__ import annotations

from playwright.sync_api import Page


def results(page: Page, phrase: str) -> list[str]:
    """Type a phrase into the open search page; return the addresses found, best first, from the site's root."""
    page.get_by_role("searchbox").fill(phrase)
    links = page.locator("#results a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return [str(link).removeprefix("../") for link in links]
