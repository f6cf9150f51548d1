"""Markdown is read the quick way and gives what the slow way gives, to the byte."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markdown import Extension, Markdown
from markdown.inlinepatterns import SimpleTagInlineProcessor
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from patientpages.lean import _config
from patientpages.markdown import PatientPages
from patientpages.mkdocsfile import EXTENSION
from patientpages.read import FixedIds, read_source
from patientpages.rendering import Renderer
from patientpages.yamlfile import Mistakes
from tests.conftest import ROOT

DOCS = ROOT / "docs/en"
OPTIONS = {
    "values": {"fact": {"soreness-lasts": "1 to 3 *days*"}, "clinic": {"phone": "01632 960 123"}},
    "phones": {"clinic.phone": ["01632 960 123", "+441632960123"]},
    "homes": {"soreness": (DOCS / "soreness.md").as_posix()},
    "contents": "On this page",
}
# Every sign of Markdown, whole, broken and inside another; what one page leaves behind must not reach the next.
HOSTILE = (
    "**a *b* c** _d_ __e__ `c` ``x ` y`` \\* \\\\`z` &amp; &copy; &#38; <http://example.org> <a@example.org>  \nnew line",
    "[ref][r] [short] ![im][r] [a `b](c.md) d`] *[x*](y)\n\n[r]: soreness.md\n[short]: risks.md \"t\"",
    "[ref][r] and [short], which this page does not define",
    "{{ fact: nope }} {{fact:soreness-lasts}} {{ clinic: phone }} {{ broken [x]({{ clinic: phone }}) `{{ fact: x }}`",
    "{{ section: soreness }}\n\n## Again { #soreness formerly=\"old\" }\n\n## Again\n\n## Again\n\n[TOC]",
    "# First\n\n!!! in-short \"In *short*\"\n    `x`\n\n## One\n\n## Two <b>\n\n## Three\n\nTerm\n:   Words *x*",
    "no title\n\n<div id='raw'><a name=\"n\">x</a></div>\n\n| a | b |\n|---|---|\n| `|` | *c* |\n\n1. a\n    - **c\n    - d** `e",
    "*what* {{ clinic: phone }} <b>stands</b> &amp; [comes](risks.md) before `code`",
    "*" * 30 + "[[[ ](( <b>x <i ![ ![]( a_b_c \\[x\\](y) <!-- - --> <? x ?> <![CDATA[ x ]]> &; & &x  \n",
    "```\n{{ section: soreness }}\n*x*\n```\n\n[no](nothing.md) [abs](/x/) [self](#nowhere) [there](risks.md#part \"t\") [dir](risks/)",
    "## H \"q\" <i>&</i> { #h .class class=class hidden data-x title=\"a < b & 'c' > d\" }\n\nx { #p hidden=hidden }\n\nA: b\n: c",
    "  lead\n\nWord\n---\nWord\n> q\nWord\n# h\n\n1.  Item\n\n    More\n\n    Words [r]: x\n\n\nEnd\n***\n\n\x0bOdd\u2028signs\n\n\u00c4rzte",
    "<b>" * 90 + "*x*" + "</b>" * 90 + "\n\n> " * 9 + "deep <script>a < b && c</script>\n\n<!-- c -->\n\n[TOC]{ .x }\n\nT [TOC]\n\n- [TOC]",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[MkDocsConfig, Files, list[Page]]:
    """MkDocs's own view of this project's pages, with our extension's options, and every warning about links on."""
    config = _config(ROOT / "mkdocs.yml", tmp_path_factory.mktemp("site"))
    config.mdx_configs[EXTENSION] = OPTIONS
    links = config.validation.links
    links.not_found = links.anchors = links.unrecognized_links = logging.WARNING
    files = get_files(config)
    set_exclusions(files, config)
    get_navigation(files, config)
    pages = [file.page for file in files.documentation_pages() if file.page is not None]
    for page in pages:
        page.read_source(config)
    return config, files, pages


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """What MkDocs says while pages are rendered."""
    handler, logger = _Heard(), logging.getLogger("mkdocs.structure.pages")
    logger.addHandler(handler)
    yield handler.messages
    logger.removeHandler(handler)


def _listed(items: list[AnchorLink]) -> list[object]:
    return [(item.title, item.id, item.level, _listed(item.children)) for item in items]


def _rendered(pages: list[Page], render: Callable[[Page], None], heard: list[str]) -> list[object]:
    """Return all that rendering sets, for the pages one after the other and hostile texts between them."""
    found: list[object] = []
    heard.clear()
    for number, page in enumerate([*pages, *reversed(pages)]):
        own = page.markdown
        for text in (own, HOSTILE[number % len(HOSTILE)], f"{own}\n\n{HOSTILE[(number + 4) % len(HOSTILE)]}"):
            page.markdown = text
            render(page)
            linked = {file.src_uri: dict(links) for file, links in (page.links_to_anchors or {}).items()}
            assert page.toc is not None
            found.append(
                (page.content, _listed(page.toc.items), page._title_from_render, page.present_anchor_ids, linked)
            )
        page.markdown = own
    return [*found, *heard]


def test_one_reader_for_all_pages_gives_what_mkdocs_gives_for_each(
    site: tuple[MkDocsConfig, Files, list[Page]], heard: list[str]
) -> None:
    """Content, contents, titles, ids, links to anchors and warnings are equal, whatever page came before."""
    config, files, pages = site
    expected = _rendered(pages, lambda page: page.render(config, files), heard)
    assert any("nothing.md" in message for message in heard)
    assert _rendered(pages, Renderer(config, files).render, heard) == expected


def test_a_page_that_fails_leaves_nothing_to_the_next(site: tuple[MkDocsConfig, Files, list[Page]]) -> None:
    """After a page that cannot be rendered, the next is what it always is."""
    config, files, (first, second, *_) = site
    second.render(config, files)
    expected, renderer, own = second.content, Renderer(config, files), first.markdown
    renderer.render(first)
    first.markdown = "- " * 600 + "a"
    with pytest.raises(RecursionError):
        renderer.render(first)
    first.markdown = own
    renderer.render(second)
    assert second.content == expected


class _Counter(Treeprocessor):
    pages = 0

    def run(self, root: ElementTree.Element) -> None:
        self.pages += 1
        ElementTree.SubElement(root, "p").text = f"page {self.pages}"


class Counting(Extension):
    """Counts the pages that its reader has read, and is not cleared by a reset."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Python-Markdown's)
        """Register the counter."""
        md.treeprocessors.register(_Counter(md), "counter", 1)


def test_an_extension_that_may_remember_gets_a_reader_for_each_page(
    site: tuple[MkDocsConfig, Files, list[Page]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an extension that nobody has tried here, every page is rendered as MkDocs does it."""
    config, files, pages = site
    monkeypatch.setitem(config, "markdown_extensions", [*config.markdown_extensions, "tests.test_rendering:Counting"])
    renderer = Renderer(config, files)
    for page in pages[:2]:
        renderer.render(page)
        assert "<p>page 1</p>" in (page.content or "")


def _reader(**options: object) -> Markdown:
    names = ["admonition", "attr_list", "def_list", "fenced_code", "sane_lists", "tables", "toc"]
    return Markdown(extensions=[*names, PatientPages(**{**OPTIONS, **options})])


def test_patterns_are_left_out_only_where_they_cannot_match() -> None:
    """Every page and every hostile text is what Python-Markdown's own step makes of it."""
    quick, plain = _reader(), _reader()
    plain.treeprocessors.register(InlineProcessor(plain), "inline", 20)
    for text in (*HOSTILE, *(path.read_text(encoding="utf-8") for path in sorted(DOCS.glob("*.md")))):
        assert quick.reset().convert(text) == plain.reset().convert(text)


def test_a_pattern_of_another_extension_is_always_tried() -> None:
    """A pattern that is not Python-Markdown's or ours matches a text that has none of the known signs."""
    reader = _reader()
    reader.inlinePatterns.register(SimpleTagInlineProcessor(r"()~~(.*?)~~", "del"), "del", 65)
    assert reader.convert("so ~~not~~ this") == "<p>so <del>not</del> this</p>"


def test_a_shared_section_is_taken_from_the_text_that_was_given(tmp_path: Path) -> None:
    """What was read once is what is shown, whatever happens to the file; a home without a text is read."""
    home = tmp_path / "home.md"
    text = "# Home\n\n## Sore? { #soreness }\n\n{}\n\n## Next { #next }\n\nNot this.\n"
    home.write_text(text.replace("{}", "From the file."), encoding="utf-8")
    homes, given = {"soreness": home.as_posix()}, {home.as_posix(): text.replace("{}", "From memory.")}
    shown = "<!-- section: soreness -->\n\n<p>{}</p>\n<!-- end of section -->"
    insert = "{{ section: soreness }}"
    other = {"elsewhere.md": "## Sore? { #soreness }\n\nElse."}
    assert _reader(homes=homes, texts=given).convert(insert) == shown.replace("{}", "From memory.")
    assert _reader(homes=homes, texts=other).convert(insert) == shown.replace("{}", "From the file.")
    home.unlink()
    assert _reader(homes=homes, texts=given).convert(f"{insert}\n\n{insert}").count("From memory.") == 2
    assert "data-unknown" in _reader(homes=homes, texts=other).convert(insert)


def test_the_ids_of_a_page_are_its_own_and_those_of_the_sections_on_it(tmp_path: Path) -> None:
    """An id in a comment, in quotes or in another section of the home page is not among them."""
    front = "---\ntitle: T\ndescription: D\nkind: about\nsources: []\n---\n"
    texts = {
        "home": "## A { #a }\n\n### In a { #in-a formerly=\"home#old\" }\n\n## B { #b }\n",
        "shows": "# S { #s }\n\n{{ section: a }}\n\n{{ section: gone }}\n\n<!-- { #hid\nden } -->\n<p id='typed'></p>\n",
    }  # fmt: skip
    sources = []
    for name, text in texts.items():
        (tmp_path / f"{name}.md").write_text(front + text, encoding="utf-8")
        source = read_source(tmp_path / f"{name}.md", f"{name}.md", name, Mistakes())
        assert source is not None
        sources.append(source)
    fixed = FixedIds(sources, {"a": "home", "gone": "no-such-page"})
    assert fixed.of(sources[1]) == {"s", "in-a", "typed"}
    assert fixed.of(sources[0]) == {"a", "in-a", "b"}
