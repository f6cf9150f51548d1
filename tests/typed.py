"""What the search page finds for what somebody types, and whether it answers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import yaml
from playwright.sync_api import Page

from tests.conftest import ROOT

_EACH = """phrases => phrases.map(phrase => {
  const field = document.querySelector("input[type=search]");
  field.value = phrase;
  field.dispatchEvent(new Event("input"));
  return [...document.querySelectorAll("#results a")].map(link => link.getAttribute("href"));
})"""


def results_of(page: Page, phrases: list[str]) -> list[list[str]]:
    """Put each phrase into the open search page; return the addresses found, best first, from the site's root."""
    return [[str(link).removeprefix("../") for link in links] for links in page.evaluate(_EACH, phrases)]


def results(page: Page, phrase: str) -> list[str]:
    """Type one phrase as a person does, and return the addresses found."""
    page.get_by_role("searchbox").fill(phrase)
    links = page.locator("#results a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return [str(link).removeprefix("../") for link in links]


@cache
def _topics() -> frozenset[str]:
    topics = yaml.safe_load((ROOT / "standard/topics.yml").read_text(encoding="utf-8"))["topics"]
    return frozenset(topic["id"] for topic in topics)


def answers(found: Iterable[str], right: Iterable[str]) -> bool:
    """Tell whether one of the found addresses is right.

    A topic that several pages tell counts wherever it is told: its statements are the same on each of them, and
    search leads to its home page only.
    """
    wanted = set(right)
    told = {anchor for address in wanted if (anchor := address.partition("#")[2]) in _topics()}
    return any(address in wanted or address.partition("#")[2] in told for address in found)
