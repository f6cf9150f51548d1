"""Phrases that were kept, and how they are found: faster than trying each at each word, and never with another answer."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from patientpages.folders import default_project
from patientpages.latest import Latest
from patientpages.model import Block, Page, Place, Source, Verdict
from patientpages.project import Inputs, load_inputs
from patientpages.read import read_page
from patientpages.said import Judge, Phrasebook, all_claims, cache, load_phrases, phrasebook
from patientpages.said.judge import Read
from patientpages.yamlfile import Mistakes
from tests.conftest import ROOT

TOPICS = ("soreness", "get-help-now", "serious-harms")
TEXTS = (
    "Most people are sore for a day or two. It usually goes within three days.",
    "Some websites say that it heals. That is simply not true.",
    "Call 999 now if your chest hurts, or if you are short of breath. It can start hours or days later!",
    "Acupuncture can ease a headache. It does not help everyone.",
    'You may read that "it never hurts at all, and works for everyone". Nobody can promise that.',
)


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    """The project's own inputs."""
    return load_inputs(default_project(ROOT))


@pytest.fixture(scope="module")
def fresh(inputs: Inputs) -> Phrasebook:
    """The project's own phrases, compiled and never kept."""
    return load_phrases(ROOT / "standard/en", "standard/en", inputs.standard.judged, Mistakes())


@pytest.fixture(autouse=True)
def nothing_in_memory() -> Iterator[None]:
    """Each test reads what was kept from the disk."""
    before = dict(cache._last)
    cache._last.clear()
    yield
    cache._last.clear()
    cache._last.update(before)


def _verdicts(book: Phrasebook, inputs: Inputs) -> list[dict[str, Verdict]]:
    judge = Judge(book)
    topics = [topic for topic in inputs.standard.judged if topic.id in TOPICS]
    return [judge.judge(topic, [Block("paragraph", text, Place("x.md"))]) for topic in topics for text in TEXTS]


def test_what_was_kept_judges_as_what_was_compiled(tmp_path: Path, inputs: Inputs, fresh: Phrasebook) -> None:
    """Verdicts, examples, swaps, rules, and the phrases of a concept are the same when they come from the disk."""
    assert cache.kept(tmp_path, "a" * 32, lambda: fresh) is fresh
    cache._last.clear()
    read = cache.kept(tmp_path, "a" * 32, lambda: pytest.fail("it was kept"))
    assert read is not None
    assert read is not fresh
    assert _verdicts(read, inputs) == _verdicts(fresh, inputs)
    assert (read.statements, read.swaps, read.rules) == (fresh.statements, fresh.swaps, fresh.rules)
    assert list(read.concepts) == list(fresh.concepts)
    name = sorted(read.used_by("soreness"))[-1]
    assert read.concepts[name] == fresh.concepts[name]


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut off": lambda content: content[: len(content) // 2],
    "one bit turned": lambda content: content[:-100_000] + bytes([content[-100_000] ^ 1]) + content[-99_999:],
    "a pickle of something else": lambda _: pickle.dumps(("999", (), {})),
    "a pickle without its hash": lambda content: content[32:],
    "of another hash": lambda _: hashlib.sha256(b"x").digest() + pickle.dumps(("999", (), {})),
}


@pytest.mark.parametrize("how", SPOILT)
def test_what_was_spoilt_is_made_again(how: str, tmp_path: Path, fresh: Phrasebook) -> None:
    """Kept phrases that are not as they were written are not used, though they may well load, and are written anew."""
    cache.kept(tmp_path, "a" * 32, lambda: fresh)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(SPOILT[how](whole))
    cache._last.clear()
    assert cache.kept(tmp_path, "a" * 32, lambda: fresh) is fresh
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
    written = file.read_bytes()
    assert hashlib.sha256(written[32:]).digest() == written[:32]


def test_each_language_of_a_site_keeps_its_own_phrases(tmp_path: Path) -> None:
    """Two languages in turn are both still there, on the disk too; those of long ago are not kept for ever."""
    small = load_phrases(tmp_path / "none", "none", (), Mistakes())
    for key in "abcdefab":
        cache.kept(tmp_path, key * 32, lambda: small)
    assert len(list(tmp_path.iterdir())) <= 4
    cache._last.clear()
    for key in "ab":
        assert cache.kept(tmp_path, key * 32, lambda: pytest.fail("it was kept")) is not None


def test_phrases_are_found_where_they_stand_and_nowhere_else(inputs: Inputs, fresh: Phrasebook) -> None:
    """The index finds in the examples what is found by trying every phrase at every word."""
    found = 0
    for topic in (topic for topic in inputs.standard.judged if topic.id in TOPICS):
        says = [text for statement in topic.statements for text, _ in fresh.statements[topic.id, statement.id].says[:2]]
        for text in (*says[:6], *TEXTS):
            tokens, hits = fresh.find(topic.id, text)
            for name in fresh.used_by(topic.id):
                spans = {(start, end) for phrase in fresh.concepts[name] for start in range(len(tokens))
                         if (end := phrase.match(tokens, start))}  # fmt: skip
                assert hits.get(name, []) == sorted(spans), (text, name)
                found += len(spans)
    assert found > 200


def test_a_number_is_read_for_the_clinic_that_asks(fresh: Phrasebook) -> None:
    """111 is an emergency number in New Zealand and not in England, also for a sentence that was read before."""

    def found(numbers: tuple[str, ...]) -> object:
        return fresh.for_clinic(numbers).find("get-help-now", "Call 111 now.")[1]

    england = found(("999", "112"))
    assert found(("111",)) == fresh.find("get-help-now", "Call 999 now.")[1] != england
    assert found(("999", "112")) == england


def test_no_more_than_some_sentences_are_remembered(
    inputs: Inputs, fresh: Phrasebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long run forgets sentences, and judges them as before."""
    before = _verdicts(fresh.for_clinic(("1", "2")), inputs)
    monkeypatch.setattr(phrasebook, "_MOST", 3)
    book = fresh.for_clinic(("3", "4"))
    assert _verdicts(book, inputs) == before
    assert len(book._sentences) <= 3


def _page(name: str, text: str) -> Page:
    source = Source(name, f"docs/en/{name}.md", "", 1, name, "", "reaction", (), (), (), {})
    html = f'<main><article><h2 id="soreness">Sore?</h2><p>{text}</p></article></main>'
    return read_page(source, html, f"{name}/index.html", frozenset({"soreness"}))


def test_a_page_is_read_once_for_all_its_claims(inputs: Inputs, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two checks of a page read it once; another page, with the same words or not, has findings of its own."""
    judge = inputs.languages[0].judge
    assert judge is not None
    reads: list[str] = []
    plain = judge.read

    def counted(topic: str, blocks: Iterable[Block]) -> list[Read]:
        reads.append(topic)
        return plain(topic, blocks)

    monkeypatch.setattr(judge, "read", counted)
    good, bad = _page("a", "It may help a little."), _page("b", "It is a safe and proven cure for everyone.")

    def claims(page: Page) -> list[str]:
        return [c.place.path for c in all_claims(judge, page, lambda: [s.blocks for s in page.sections])]

    assert not claims(good)
    assert not claims(good)
    assert len(reads) == 1
    assert set(claims(bad)) == {"docs/en/b.md"}
    assert set(claims(replace(bad, sections=_page("c", "It is a safe and proven cure for everyone.").sections))) == {
        "docs/en/c.md"
    }


def test_only_the_very_same_thing_is_not_made_again() -> None:
    """Equal is not the same: a page that was read again is looked at again."""
    once: Latest[int] = Latest()
    one, equal = ["a"], ["a"]
    assert [once.of((one,), lambda: 1), once.of((one,), lambda: 2), once.of((equal,), lambda: 3)] == [1, 1, 3]
    assert once.of((equal, one), lambda: 4) == 4
