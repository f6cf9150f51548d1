"""staff/emails.yml -> messages, and messages -> what goes out, with links, numbers and version codes put in."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import markdown
import yaml
from selectolax.lexbor import LexborHTMLParser

from patientpages.ledger import address_of
from patientpages.mailing import parsed
from patientpages.markdown import PatientPages, find_inserts
from patientpages.model import SHORT, Message, Messages, Page, Place, Sent, Source, Standard
from patientpages.read import read_page
from patientpages.records import code_of, known_version
from patientpages.signing import words_signed
from patientpages.wording import Wording
from patientpages.yamlfile import Map, Mistakes, load

_LINK = re.compile(r"\{\{\s*link\s*:\s*([\w-]+)\s*\}\}")


def load_messages(path: Path, shown: str, mistakes: Mistakes) -> Messages | None:
    """Read the messages of a language; None where there is no such file: nothing is sent in it."""
    if not path.is_file():
        return None
    data = load(path, shown, mistakes, "the messages that staff send")
    if data is None:
        return None
    if not known_version(data):
        return None
    items = []
    for entry in data.maps("messages"):
        items.append(
            Message(
                entry.text("moment", example="moment: booked"),
                entry.text("subject"),
                entry.text("text"),
                entry.text("sms", required=False),
                entry.place_of("subject"),
                entry.place_of("text"),
                _first_line(entry, "text"),
                entry.place_of("sms"),
            )
        )
        entry.close()
    found = Messages(tuple(items), data.text("ending"), _first_line(data, "ending"), shown)
    data.close()
    return found


def _first_line(data: Map, key: str) -> int:
    """Return the line on which a text starts: below its key if it keeps its lines (`|`), else its key's, negative."""
    node = data.node(key)
    kept = node is not None and isinstance(node[1], yaml.ScalarNode) and node[1].style == "|"
    return data.place_of(key).line + 1 if kept else -data.place_of(key).line


class _Writer:
    """Turns the messages of a language into what goes out."""

    def __init__(
        self, wording: Wording, standard: Standard, pages: Iterable[Page], root: str, prefix: str,
        codes: Mapping[str, str],
    ) -> None:  # fmt: skip
        # Without a website there is no full address yet: links are then written as from the staff page.
        self.root, self.prefix, self.ready = root or "../", prefix, bool(root)
        self.words = wording.group("messages")
        values = {kind: dict(named) for kind, named in wording.values.items()}
        extension = PatientPages(values=values, phones={name: list(pair) for name, pair in wording.phones.items()})
        self._markdown = markdown.Markdown(extensions=["sane_lists", extension])  # slow to make
        self.codes: dict[str, str] = {}
        homes: dict[str, str] = {}
        for page in pages:
            homes[page.source.name] = address_of(page.file)
            self.codes[address_of(page.file)] = codes[page.file]
        self.addresses = dict(homes)
        for topic in standard.topics.values():
            if topic.home in homes:
                self.addresses[topic.id] = f"{SHORT}/{topic.id}/"
                self.codes[self.addresses[topic.id]] = self.codes[homes[topic.home]]

    def body(self, text: str) -> str:
        """Return Markdown as HTML, with what {{ kind: name }} stands for."""
        return self._markdown.reset().convert(text)

    def linked(self, body: str, place: Place) -> tuple[str, list[str], list[tuple[str, Place]]]:
        """Return HTML with full addresses, the addresses, and the names that lead nowhere."""
        tree = LexborHTMLParser(f"<main>{body}</main>")
        links: list[str] = []
        lost: list[tuple[str, Place]] = []
        for node in tree.css("span"):  # our marks of what was put in
            node.unwrap()
        for node in tree.css("a[href]"):
            name = node.attributes.get("href") or ""
            if name.startswith("tel:"):
                continue
            if name in self.addresses:
                links.append(self.addresses[name])
                node.attrs["href"] = self.full(name)
            else:
                lost.append((name, place))
        main = tree.css_first("main")
        return (main.inner_html or "") if main else "", links, lost

    def full(self, name: str) -> str:
        """Return the full address of a topic or page."""
        return self.root + self.addresses[name].removeprefix("./")

    def page(self, messages: Messages, message: Message, body: str, lines: Mapping[int, str]) -> Page:
        """Read a message as a page is read; `lines` are its lines in the file."""
        text = "\n".join(lines.get(number, "") for number in range(1, max(lines, default=1) + 1))
        source = Source(f"message {message.id}", messages.path, text, 1, message.subject, "", "message", (), (),
                        tuple(find_inserts(text, messages.path, 1)), {})  # fmt: skip
        return read_page(source, f"<main><article>{body}</article></main>", "", frozenset())

    def sent(self, messages: Messages, message: Message, when: str) -> Sent:
        """Return a message as it goes out."""
        text, links, lost = self.linked(self.body(f"{message.text}\n\n{messages.ending}"), message.place)
        subject = LexborHTMLParser(self.body(message.subject)).css_first("body")
        title = subject.text(strip=True) if subject else message.subject
        names = _LINK.findall(message.sms)
        lost += [(name, message.sms_place) for name in names if name not in self.addresses]
        typed = _LINK.sub(lambda m: self.full(m[1]) if m[1] in self.addresses else m[1], message.sms)
        short = LexborHTMLParser(self.body(typed)).css_first("body")
        sms = " ".join(short.text().split()) if short else ""
        wrong = ""
        try:
            parsed(text if self.ready else text.replace('href="../', 'href="https://'))
        except ValueError as error:
            wrong = str(error)
        lines = {message.place.line: message.subject, **_numbered(message.text, message.text_line),
                 **_numbered(messages.ending, messages.ending_line)}  # fmt: skip
        page = self.page(messages, message, f"{self.body(message.subject)}{self.body(message.text)}"
                         f"{self.body(messages.ending)}", lines)  # fmt: skip
        sms_page = self.page(messages, message, self.body(_LINK.sub("", message.sms)),
                             _numbered(_LINK.sub("", message.sms), message.sms_place.line))  # fmt: skip
        carries = {self.prefix + address: self.codes[address] for address in links}
        code = code_of(words_signed(page), carries)
        short_links = [self.addresses[name] for name in names if name in self.addresses]
        sms_carries = {self.prefix + address: self.codes[address] for address in short_links}
        sms_code = code_of(words_signed(sms_page), sms_carries)
        pages = ", ".join(dict.fromkeys(carries.values()))
        told = f"<p>{self.words['version']} {code}. {self.words['pages']} {html.escape(pages)}.</p>"
        return Sent(message, when, title, f"{text}{told}", f"{sms} {sms_code}" if sms else "", carries,
                    sms_carries, tuple(lost), wrong, code, sms_code, page, sms_page)  # fmt: skip


def _numbered(text: str, first: int) -> dict[int, str]:
    return dict(enumerate(text.split("\n"), first)) if first > 0 else {-first: " ".join(text.split())}


def sent_from(
    messages: Messages | None, wording: Wording, standard: Standard, pages: Iterable[Page], root: str, prefix: str,
    codes: Mapping[str, str],
) -> tuple[Sent, ...]:  # fmt: skip
    """Return every message of a language as it goes out.

    `root` is the full address of the language's pages ("" if unset), `prefix` their folder on the site, `codes` the
    versions of the pages by their files.
    """
    if messages is None:
        return ()
    writer = _Writer(wording, standard, pages, root, prefix, codes)
    whens = {moment.id: moment.when for moment in standard.messages.moments}
    return tuple(writer.sent(messages, message, whens.get(message.id, message.id)) for message in messages.items)
