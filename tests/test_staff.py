"""What staff send: ready on one page, held to the checks of pages, and every link of it opens."""

from __future__ import annotations

import csv
import email
import email.policy
import html
import io
import json
import re
import shutil
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import nh3
import pytest
import yaml
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser

from patientpages.mailing import gsm7_length
from tests.conftest import ROOT, TODAY, Run, Workspace, copy_project, fingerprint
from tests.served import nginx

MOMENTS = [m["id"] for m in yaml.safe_load((ROOT / "standard/messages.yml").read_text(encoding="utf-8"))["moments"]]
TOPICS = [t["id"] for t in yaml.safe_load((ROOT / "standard/topics.yml").read_text(encoding="utf-8"))["topics"]]
EMAILS = "staff/emails.yml"
URL = re.compile(r"https://www\.example\.org[^\s\"<,]*")
URGENT = "go/get-help-now/"


@dataclass(frozen=True)
class Staff:
    """A site as it would be published, at an address of its own."""

    folder: Path
    website: str
    project: Workspace
    run: Run

    @property
    def page(self) -> LexborHTMLParser:
        """The page for staff."""
        return LexborHTMLParser((self.folder / "staff/index.html").read_text(encoding="utf-8"))

    def shown(self, moment: str, part: str) -> str:
        """The text of a part of a message as it is shown."""
        node = self.page.css_first(f"[id='{moment}-{part}']")
        assert node is not None, (moment, part)
        return node.text()

    def draft(self, moment: str) -> EmailMessage:
        """A draft, parsed strictly."""
        made = email.message_from_bytes((self.folder / f"staff/{moment}.eml").read_bytes(), policy=email.policy.strict)
        assert isinstance(made, EmailMessage)
        return made


def _built(home: Path, prefix: str) -> Staff:
    project = copy_project(home / "clone")
    shutil.copy2(ROOT / "tests/clinics/example.yml", project / "clinic.yml")
    project.edit("clinic.yml", "https://www.example.org/patients/info/", f"https://www.example.org{prefix}")
    folder = home / "host" / prefix.strip("/")
    done = project.json("build", "--as-if-published", "--out", str(folder))
    assert done.code == 0, done.out
    return Staff(folder, f"https://www.example.org{prefix}", project, done)


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Staff:
    """The site in a folder of a host."""
    return _built(tmp_path_factory.mktemp("staff"), "/patients/info/")


@pytest.fixture(scope="module", params=["/", "/patients/info/"])
def anywhere(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, staff: Staff) -> Staff:
    """The site at the root of a host, and in a folder of one."""
    return _built(tmp_path_factory.mktemp("root"), "/") if request.param == "/" else staff


def test_every_link_of_every_form_opens(anywhere: Staff, tmp_path: Path) -> None:
    """E-mail, plain text, SMS, draft, mail link, lists for practice software: each address answers from a real server."""
    prefix = urlsplit(anywhere.website).path
    texts = [(anywhere.folder / "staff/index.html").read_text(encoding="utf-8")]
    texts += [(anywhere.folder / f"staff/links.{kind}").read_text(encoding="utf-8") for kind in ("csv", "json")]
    for moment in MOMENTS:
        texts += [part.get_content() for part in anywhere.draft(moment).iter_parts()]
    for link in anywhere.page.css('a[href^="mailto:"]'):
        texts.append(parse_qs(urlsplit(link.attributes["href"] or "").query)["body"][0])
    found = {html.unescape(url) for text in texts for url in URL.findall(text)}
    assert len(found) >= len(TOPICS) + 1
    assert all(url.startswith(anywhere.website) for url in found)
    with nginx(anywhere.folder if prefix == "/" else anywhere.folder.parents[1], tmp_path / "nginx", prefix) as address:
        for url in sorted(found):
            with urlopen(url.replace(anywhere.website, address), timeout=5) as answer:
                assert answer.status == 200, url


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_message_has_what_every_message_must(moment: str, staff: Staff) -> None:
    """In each form: emergency number in digits, urgent help by link, nobody reads it at night, name, phone, version."""
    draft = staff.draft(moment)
    plain, rich = (part.get_content() for part in draft.iter_parts())
    words = LexborHTMLParser(rich).css_first("body")
    assert words is not None
    for text in (staff.shown(moment, "plain"), plain, words.text(separator=" ")):
        for said in ("Call 999 now", "We do not read e-mail at night", "01632 960 123", "Example Clinic",
                     "If you call us about this message, give us its code: "):  # fmt: skip
            assert said in " ".join(text.split()), said
    assert f"\n{staff.website}{URGENT}\n" in plain.replace("\r\n", "\n")
    assert f'href="{staff.website}{URGENT}"' in rich
    assert draft["X-Unsent"] == "1"
    assert draft["Subject"] == staff.shown(moment, "subject")


@pytest.mark.parametrize("moment", MOMENTS)
def test_an_sms_is_one_sms(moment: str, staff: Staff) -> None:
    """At most 160 characters that every phone has, one link, the emergency number, the clinic, its version."""
    text = staff.shown(moment, "sms")
    length = gsm7_length(text)
    assert length is not None
    assert length <= 160
    assert len(URL.findall(text)) == 1
    assert re.fullmatch(r"Example Clinic: .* Call 999 now\. Texts not read at night\. [2-9A-Z]{4}-[2-9A-Z]{4}", text)


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_html_survives_webmail(moment: str, staff: Staff) -> None:
    """A sanitiser that keeps only plain elements and links leaves every word and every address."""
    rich = list(staff.draft(moment).iter_parts())[1].get_content()
    tags = {"p", "ul", "ol", "li", "a", "strong", "em", "br"}
    kept = nh3.clean(rich, tags=tags, attributes={"a": {"href"}}, url_schemes={"https", "tel"}, link_rel=None)
    before, after = LexborHTMLParser(rich).css_first("body"), LexborHTMLParser(kept).css_first("body")
    assert before is not None
    assert after is not None
    assert [n.attributes["href"] for n in after.css("a")] == [n.attributes["href"] for n in before.css("a")]
    assert (
        before.text(separator=" ").split()
        == after.text(separator=" ").split()[-len(before.text(separator=" ").split()) :]
    )


def test_the_table_leads_from_the_moment_to_the_text(staff: Staff) -> None:
    """One row a moment: when, the subject, and the way to what is to be pasted."""
    table = staff.page.css_first("table")
    assert table is not None
    rows = [[cell.text(strip=True) for cell in row.css("th, td")] for row in table.css("tbody tr")]
    assert len(rows) == len(MOMENTS)
    for row, link in zip(rows, table.css("a"), strict=True):
        target = staff.page.css_first((link.attributes["href"] or "").replace("#", "#"))
        assert target is not None
        assert target.text() == row[0]
        assert row[2] == "Paste this"


def test_every_topic_has_its_address_and_code(staff: Staff) -> None:
    """Each topic, and the page that a moment leads to: full address, a code as SVG and PNG, and a line in both lists."""
    names = [*TOPICS, "your-choices"]
    rows = list(csv.DictReader(io.StringIO((staff.folder / "staff/links.csv").read_text(encoding="utf-8"))))
    listed = json.loads((staff.folder / "staff/links.json").read_text(encoding="utf-8"))
    assert rows == listed
    assert [row["name"] for row in rows] == names
    for row in rows:
        end = "your-choices/" if row["name"] == "your-choices" else f"go/{row['name']}/"
        assert row["address"] == staff.website + end
        for kind in ("svg", "png"):
            assert (staff.folder / f"staff/codes/{row['name']}.{kind}").stat().st_size > 100
        shown = staff.page.css_first(f"[id='address-{row['name']}']")
        assert shown is not None
        assert shown.text() == row["address"]


def test_patients_do_not_come_upon_it(staff: Staff) -> None:
    """It asks search engines to leave it out, and no page, menu, sitemap or search leads to it."""
    robots = staff.page.css_first("meta[name=robots]")
    assert robots is not None
    assert robots.attributes["content"] == "noindex"
    others = [p for p in staff.folder.rglob("*") if p.suffix in (".html", ".js", ".xml", ".txt")
              and p.parent != staff.folder / "staff"]  # fmt: skip
    assert len(others) > 50
    assert not [p for p in others if "staff/" in p.read_text(encoding="utf-8")]


def test_a_symptom_goes_to_a_clinician(staff: Staff) -> None:
    """The page tells staff so before anything else, and has urgent help on it as every page has."""
    article = staff.page.css_first("article")
    assert article is not None
    assert article.text().index("Tell a clinician now") < article.text().index("Visit booked")
    assert staff.page.css_first('a[href="tel:999"]') is not None


@pytest.fixture
def opened(staff: Staff, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The page in a browser that may use the clipboard."""
    with nginx(staff.folder.parents[1], tmp_path / "nginx", "/patients/info/") as address:
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(f"{address}staff/")
        yield page
        context.close()


_PASTED = """async () => { const [item] = await navigator.clipboard.read(); const got = {};
    for (const kind of item.types) got[kind] = await (await item.getType(kind)).text(); return got; }"""


def test_a_button_copies_the_message_with_its_links(opened: Page, staff: Staff) -> None:
    """Pasted into a mail program it is rich text with links, into a plain field the plain text; and it is said."""
    opened.get_by_role("button", name="Copy: E-mail, Same evening").click()
    opened.get_by_role("status").filter(has_text="Copied: E-mail, Same evening").wait_for()
    pasted = opened.evaluate(_PASTED)
    assert f'href="{staff.website}go/soreness/"' in pasted["text/html"]
    assert pasted["text/plain"].replace("\r\n", "\n") == staff.shown("same-evening", "plain")
    opened.get_by_role("button", name=re.compile("Copy: Text message .*Same evening")).click()
    opened.get_by_role("status").filter(has_text="Text message").wait_for()
    assert opened.evaluate("navigator.clipboard.readText()") == staff.shown("same-evening", "sms")


def test_copying_works_without_a_clipboard(opened: Page, staff: Staff) -> None:
    """On a host without https a page may not use the clipboard: the browser copies what the button marks."""
    opened.evaluate("delete Navigator.prototype.clipboard")
    opened.get_by_role("button", name="Copy: Subject, Visit booked").click()
    opened.get_by_role("status").filter(has_text="Copied: Subject, Visit booked").wait_for()
    assert opened.evaluate("getSelection().toString()") == staff.shown("booked", "subject")


def test_without_the_script_the_texts_are_there(staff: Staff, browser: Browser) -> None:
    """No button is shown that would do nothing; every text can be marked by hand."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((staff.folder / "staff/index.html").as_uri())
    assert page.locator("button:visible").count() == 0
    assert page.locator("#same-evening-email").is_visible()
    assert page.locator("#same-evening-sms").is_visible()
    context.close()


def test_without_a_website_nothing_can_be_sent(built: Workspace) -> None:
    """A preview of a clinic that has no website yet shows the messages, says what is missing, and offers no half link."""
    text = (built / "site/staff/index.html").read_text(encoding="utf-8")
    assert "Fill in the website in clinic.yml" in text
    assert "mailto:" not in text
    assert {p.name for p in (built / "site/staff").iterdir()} == {"index.html", "staff.js"}


_ENDING = "We do not read e-mail at night or when we are closed. "
_BAD: dict[str, tuple[str, str, str, str]] = {
    "nobody says when it is read": (_ENDING, "", "E101", "we do not read e-mail at night"),
    "it is read at night, too": (_ENDING, "We read e-mail at night, too. ", "E101", "we do not read e-mail at night"),
    "no way to urgent help": ("[When do I need help now?](get-help-now)", "Ask us.", "E103", "get-help-now"),
    "a link that the moment needs": ("- [What should I tell you first?](tell-us-first)\n", "", "E103", "tell-us-first"),
    "a link to nothing": ("(needle-fear)", "(needle-feer)", "E104", 'Did you mean "needle-fear"?'),
    "a condition given away": ("If you take blood thinners: ", "About your tablets: ", "E105", "blood-thinners"),
    "no name": ("\n  {{ clinic: name }}\n", "\n  Your clinic\n", "E106", "the clinic's name"),
    "no phone": ("Call us on {{ clinic: phone }}", "Call us", "E106", "the clinic's phone"),
    "a number that is not from the data": ("Call {{ emergency: number }} now.\n", "Call 911 now.\n", "E102", "emergency number"),
    "words instead of the number": ("Call {{ emergency: number }} now.\n", "Call the emergency number now.\n", "E102", "emergency"),
    "an SMS that is too long": ("your visit {{ link: prepare }}", "your visit to us next week {{ link: prepare }}", "E107", "too many"),
    "an SMS with an odd sign": ("your visit {{ link: prepare }}", "your visit … {{ link: prepare }}", "E107", "not every phone has …"),
    "an SMS with two links": ("your visit {{ link: prepare }}", "{{ link: consent }} {{ link: prepare }}", "E103", "should have one"),
    "a moment that is none": ("moment: booked", "moment: bokked", "E109", 'Did you mean "booked"?'),
    "advice against safety": (
        "Chest pain is not soreness, even if it is mild.", "Chest pain is normal and passes on its own.", "E110", "contradicts"),
    "a heading": ("      Many people worry", "      ## Fear\n\n      Many people worry", "E111", "paragraphs, lists, links"),
    "an over-statement": ("The soreness usually goes within", "Dry needling cures muscle pain. The soreness usually goes within", "C101", "cure"),
    "a typed number": ("within {{ fact: soreness-lasts }}", "within 2 days", "N201", "2 days"),
    "an unknown fact": ("{{ fact: soreness-lasts }}", "{{ fact: sorness-lasts }}", "N101", 'Did you mean "soreness-lasts"?'),
    "hard to read": (
        "These short pages help you get ready for your visit.",
        "Prior to commencement of the intervention, individuals anticipating complications must familiarise themselves with "
        "the preparatory documentation enumerated hereafter.", "R105", '"prior to" is a hard word'),
    "a condition in plain HTML": (
        "If you take blood thinners: [tell us, and do not stop them yourself](blood-thinners).",
        'See <a href="blood-thinners">your tablets</a>.', "E105", "blood-thinners"),
    "a condition behind a reference": (
        "If you take blood thinners: [tell us, and do not stop them yourself](blood-thinners).",
        "[Your blood thinners][1]\n\n      [1]: blood-thinners", "E105", "blood-thinners"),
    "an address that nobody keeps": ("      Many people worry", "      See www.example.com/needles. Many people worry", "E104", "www.example.com"),
    "an address in an SMS": ("needles {{ link: needle-fear }}", "https://example.com/x {{ link: needle-fear }}", "E104", "https://example.com/x"),
    "a vague link": ("[What can help if needles worry me?](needle-fear)", "[Click here](needle-fear)", "R108", "click here"),
}  # fmt: skip


def test_the_messages_as_they_come_have_no_finding(staff: Staff) -> None:
    """What the next test spoils is fine before: not even a warning."""
    assert staff.run.values["findings"] == []


def _rounds(text: str) -> Iterator[dict[str, int]]:
    """Yield what goes wrong in one check, each with where it stands: nothing twice with one code or in one message."""
    parts = [at.start() for at in re.finditer(r"^(?:  - moment|messages|\w+):", text, re.MULTILINE)]
    left = dict(_BAD)
    while left:
        together: dict[str, int] = {}
        codes: set[str] = set()
        taken: set[int] = set()
        for what, (old, _, code, _) in list(left.items()):
            start = text.index(old)
            part = bisect(parts, start)
            if code not in codes and part not in taken:
                together[what] = start
                codes.add(code)
                taken.add(part)
                del left[what]
        yield together


@dataclass(frozen=True)
class Bad:
    """What was found of one way to write a bad message."""

    found: list[dict[str, Any]]  # all findings of its check
    line: int  # where it was written
    messages: int  # where the messages begin


@pytest.fixture(scope="module")
def bad(staff: Staff, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Bad]:
    """What is found of each bad message, in as few checks as keep them apart."""
    project = copy_project(tmp_path_factory.mktemp("bad") / "clone")
    shutil.copy2(ROOT / "tests/clinics/example.yml", project / "clinic.yml")
    right = (project / EMAILS).read_text(encoding="utf-8")
    made = {}
    for together in _rounds(right):
        text = right
        for what, start in sorted(together.items(), key=lambda item: -item[1]):
            old, new, _, _ = _BAD[what]
            text = text[:start] + new + text[start + len(old) :]
        (project / EMAILS).write_text(text, encoding="utf-8")
        found = project.json("check").values["findings"]
        grown = 0  # lines that stand above by now and did not before
        for what, start in sorted(together.items(), key=lambda item: item[1]):
            old, new, _, _ = _BAD[what]
            made[what] = Bad(found, right[:start].count("\n") + 1 + grown, text.splitlines().index("messages:") + 1)
            grown += new.count("\n") - old.count("\n")
    return made


@pytest.mark.parametrize("what", _BAD)
def test_a_bad_message_is_found(what: str, bad: dict[str, Bad]) -> None:
    """Each way to write a message that harms, misleads or cannot be sent: found, in the file, at its line or its text's."""
    _, _, code, words = _BAD[what]
    found = [f for f in bad[what].found if f["code"].startswith(code)]
    told = [f for f in found if words.lower() in f"{f['message']} {f['hint']}".lower()]
    assert told, bad[what].found
    assert told[0]["path"] == EMAILS
    # What is wrong with the ending is wrong with each message.
    if bad[what].line < bad[what].messages:
        assert len({f["line"] for f in told if f["line"] > bad[what].messages}) == len(MOMENTS), told
    else:
        assert abs(told[0]["line"] - bad[what].line) < 8


def test_a_moment_without_a_message_is_found(project: Workspace) -> None:
    """A message that is taken out leaves its moment without a text; the same moment twice is one too many."""
    text = (project / EMAILS).read_text(encoding="utf-8")
    cut = text[: text.index("  - moment: next-day")]
    (project / EMAILS).write_text(cut, encoding="utf-8")
    (error,) = project.json("check").errors()
    assert (error["code"], error["message"]) == ("E109", 'there is no message for the moment "next-day"')
    (project / EMAILS).write_text(text + text[text.index("  - moment: next-day") :], encoding="utf-8")
    (error,) = project.json("check").errors()
    assert (error["code"], error["message"]) == ("E109", 'the moment "next-day" has two messages')


def test_messages_that_are_gone_are_told(project: Workspace) -> None:
    """An empty list has no message for any moment; a file that is gone was published once."""
    shutil.copy2(ROOT / "tests/clinics/example.yml", project / "clinic.yml")
    assert project.run("links", "record", "--today", TODAY).code == 0
    text = (project / EMAILS).read_text(encoding="utf-8")
    (project / EMAILS).write_text(text[: text.index("messages:")] + "messages: []\n", encoding="utf-8")
    assert [e["code"] for e in project.json("check").errors()] == ["E109"] * len(MOMENTS)
    (project / EMAILS).unlink()
    (error,) = project.json("check").errors()
    assert (error["code"], error["path"]) == ("E109", "records/published.yml")


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for staff of a clinic with an odd name, and of a page with an odd title."""
    project = copy_project(tmp_path_factory.mktemp("odd") / "clone")
    shutil.copy2(ROOT / "tests/clinics/example.yml", project / "clinic.yml")
    project.edit("clinic.yml", 'name: "Example Clinic"', "name: 'Dr *O\"Neil* & Sons _Physio_'")
    project.edit("docs/en/soreness.md", "## Will I be sore", "## =Will I be sore")
    done = project.run("build", "--as-if-published", "--out", "tried", "--today", TODAY)
    assert done.code == 0, done.out
    return project / "tried/staff"


def test_a_name_with_signs_stays_a_name(odd: Path) -> None:
    """What Markdown and HTML would take for their own is shown as it stands in clinic.yml."""
    node = LexborHTMLParser((odd / "index.html").read_text(encoding="utf-8")).css_first("#booked-plain")
    assert node is not None
    assert 'Dr *O"Neil* & Sons _Physio_' in node.text()


def test_a_title_is_no_formula(odd: Path) -> None:
    """A heading that begins as a formula does is text in a spreadsheet."""
    assert "'=Will I be sore" in (odd / "links.csv").read_text(encoding="utf-8")


def test_the_same_pages_give_the_same_files(staff: Staff, tmp_path: Path) -> None:
    """Drafts, codes and lists have no clock, no chance and no machine in them."""
    done = staff.project.run("build", "--as-if-published", "--out", str(tmp_path / "again"), "--today", TODAY)
    assert done.code == 0
    assert fingerprint(tmp_path / "again/staff") == fingerprint(staff.folder / "staff")


def test_a_folder_with_an_altered_message_is_found(built: Workspace, tmp_path: Path) -> None:
    """Somebody edits the page for staff on the server's folder: the check of that folder names it."""
    folder = Path(shutil.copytree(built / "site", tmp_path / "site"))
    file = folder / "staff/index.html"
    file.write_text(
        file.read_text(encoding="utf-8").replace("even if it is mild", "unless it is mild"), encoding="utf-8"
    )
    errors = built.json("check", "--site", str(folder)).errors()
    assert ("O102", "staff/index.html") in {(e["code"], e["path"]) for e in errors}
