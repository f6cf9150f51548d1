"""`staff/`: what the clinic's people send, ready to paste, with every short address and its QR code.

It is in no menu, no sitemap and no search. Texts can be copied by hand; its script, the only one beside the search's,
adds buttons that do it.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.resources import files

from patientpages.kept import Kept
from patientpages.ledger import address_of
from patientpages.mailing import LONGEST_MAILTO, LONGEST_SMS, draft, gsm7_length, mail_html, mailto, plain_text
from patientpages.model import HANDOUTS, SHORT, STAFF, Artefact, Page, Printed, Sent, Standard
from patientpages.outputs.codes import CODES, code_png, code_svg
from patientpages.outputs.shell import shell
from patientpages.outputs.to_print import to_print

MAKER = "staff"
SCRIPT = "staff.js"


@dataclass(frozen=True, slots=True)
class StaffLink:
    """Something that staff can send a link to; `address` counts from the root of the language."""

    name: str
    title: str
    address: str
    code: str  # the version of its page
    discloses: bool = False  # whether the link tells of its reader's health


def links_of(pages: Iterable[Page], standard: Standard, codes: Mapping[str, str]) -> Iterator[StaffLink]:
    """Yield every topic by its short address, then the pages that moments lead to; `codes` by the file of a page."""
    by_name = {page.source.name: page for page in pages}
    for topic in standard.topics.values():
        page = by_name.get(topic.home)
        section = page.section(topic.id) if page else None
        if page and section:
            yield StaffLink(topic.id, section.title, f"{SHORT}/{topic.id}/", codes[page.file],
                            topic.id in standard.messages.discloses)  # fmt: skip
    named = dict.fromkeys(name for moment in standard.messages.moments for name in moment.links)
    for name in named:
        page = by_name.get(name)
        if page and name not in standard.topics:
            yield StaffLink(name, page.source.title, address_of(page.file), codes[page.file])


def _button(words: Mapping[str, str], what: str, target: str, plain: str = "") -> str:
    """Return a button that copies the element `target`; the page's script shows it."""
    also = f' data-plain="{plain}"' if plain else ""
    what, label = html.escape(what), words["copy"]
    named = f'data-what="{what}" aria-label="{label}: {what}"'
    return f'<button type="button" hidden data-copy="{target}"{also} {named}>{label}</button>'


def _message(sent: Sent, words: Mapping[str, str], *, ready: bool) -> str:
    """Return the section of one message; only a `ready` one has full links, and so can be sent."""
    name, when = sent.message.id, html.escape(sent.when)
    head = f'<h2 id="{name}">{when}</h2>'
    if sent.wrong or not ready:
        return f"{head}<p>{words['subject']}: {html.escape(sent.subject)}</p><div>{sent.body}</div>"

    def copy(part: str, label: str, plain: str = "") -> str:
        return _button(words, f"{label}, {sent.when}", f"{name}-{part}", plain and f"{name}-{plain}")

    text = plain_text(sent.body)
    link = mailto(sent.subject, text)
    opened = f'<a href="{html.escape(link)}">{words["open"]}</a><br>' if len(link) <= LONGEST_MAILTO else ""
    parts = [
        head,
        f'<p>{words["subject"]}: <strong id="{name}-subject">{html.escape(sent.subject)}</strong> '
        f"{copy('subject', words['subject'])}</p>",
        f"<h3>{words['email']}</h3><p>{copy('email', words['email'], 'plain')}</p>",
        f'<blockquote id="{name}-email">{sent.body}</blockquote>',
        f'<p>{opened}<a href="{name}.eml" download>{words["draft"]}</a></p>',
        f"<details><summary>{words['email_plain']}</summary><p>{copy('plain', words['email_plain'])}</p>"
        f'<pre id="{name}-plain">{html.escape(text)}</pre></details>',
    ]
    length = gsm7_length(sent.sms)
    if sent.sms and length is not None and length <= LONGEST_SMS:
        parts.append(f"<h3>{words['sms']}</h3><p>{length} {words['characters']} {copy('sms', words['sms'])}</p>"
                     f'<pre id="{name}-sms">{html.escape(sent.sms)}</pre>')  # fmt: skip
    return "".join(parts)


def _link_row(link: StaffLink, words: Mapping[str, str], root: str) -> str:
    """Return a row of the table of addresses: what it answers, the address, and its QR code if there is a website."""
    title, name = html.escape(link.title), link.name
    if not root:
        return f'<tr><th scope="row">{title}</th><td><a href="../{link.address}">{link.address}</a></td></tr>'
    full = root + link.address.removeprefix("./")
    alt = html.escape(f"{words['code']}: {link.title}")
    shown = re.sub(r"([/.])", r"\1<wbr>", html.escape(full))  # where a small phone may break it
    note = f"<br>{words['discloses']}" if link.discloses else ""
    files = "<br>".join(
        f'<a href="codes/{name}.{kind}" download aria-label="{alt}, {kind.upper()}">{kind.upper()}</a>'
        for kind in ("svg", "png")
    )
    return (
        f'<tr><th scope="row">{title}{note}<br><a href="{html.escape(full)}" id="address-{name}">{shown}</a> '
        f"{_button(words, link.title, f'address-{name}')}</th>"
        f'<td><img src="codes/{name}.svg" alt="{alt}" width="80" height="80"><br>{files}</td></tr>'
    )


def _page(
    messages: tuple[Sent, ...], links: list[StaffLink], handouts: Sequence[Printed], words: Mapping[str, str], root: str
) -> str:
    def head(*names: str) -> str:
        cells = "".join(f'<th scope="col">{words[name]}</th>' for name in names)
        return f"<thead><tr>{cells}</tr></thead>"

    rows = "".join(
        f'<tr><th scope="row">{html.escape(s.when)}</th><td>{html.escape(s.subject)}</td><td><a href="#{s.message.id}"'
        f' aria-label="{words["paste"]}: {html.escape(s.when)}">{words["paste"]}</a></td></tr>'
        for s in messages
    )
    parts = [
        f"<p>{words['lead']}</p><p><strong>{words['alarm']}</strong></p>",
        f'<p><a href="#{HANDOUTS}">{words["print"]}</a><br><a href="#short-addresses">{words["topics"]}</a></p>',
        "" if root else f"<p>{words['unset']}</p>",
        f"<table>{head('moment', 'subject', 'paste')}<tbody>{rows}</tbody></table>",
        f'<p id="copied" role="status" data-words="{words["copied"]}" data-failed="{words["failed"]}"></p>',
        *(_message(sent, words, ready=bool(root)) for sent in messages),
        *to_print(handouts, words),
        f'<h2 id="short-addresses">{words["topics"]}</h2>',
        f"<table>{head('topic', 'code' if root else 'address')}<tbody>",
        *(_link_row(link, words, root) for link in links),
        "</tbody></table>",
    ]
    if root:
        parts.append(f'<p>{words["lists"]} <a href="links.csv" download>links.csv</a>, '
                     '<a href="links.json" download>links.json</a></p>')  # fmt: skip
    return "".join(parts)


def _no_formula(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text


def _lists(links: list[StaffLink], root: str, language: str) -> Iterator[tuple[str, bytes]]:
    """Yield the links as files for practice software."""
    rows = [{"name": link.name, "title": _no_formula(link.title), "language": language,
             "address": root + link.address.removeprefix("./"), "version": link.code} for link in links]  # fmt: skip
    table = io.StringIO()
    writer = csv.DictWriter(
        table, ["name", "title", "language", "address", "version"], lineterminator="\r\n"
    )  # RFC 4180
    writer.writeheader()
    writer.writerows(rows)
    yield "links.csv", table.getvalue().encode()
    yield "links.json", (json.dumps(rows, indent=1, ensure_ascii=False) + "\n").encode()


def staff_pages(
    built: Mapping[str, bytes],
    messages: tuple[Sent, ...],
    links: list[StaffLink],
    handouts: Sequence[Printed],
    words: Mapping[str, str],
    root: str,
    language: str,
    day: date,
    kept: Kept,
) -> list[Artefact]:
    """Return the page and its files; `words` is the group `staff` of _words.yml, `root` the website ("" if unset)."""
    home = built.get("index.html")
    if home is None or not messages:
        return []
    inner = _page(messages, links, handouts, words, root)
    text = shell(home.decode(), "", f"{STAFF}/", html.unescape(words["title"]), inner, "", script=SCRIPT)
    made = {"index.html": text.encode(), SCRIPT: files("patientpages.outputs").joinpath(SCRIPT).read_bytes()}
    if root:
        made |= dict(_lists(links, root, language))
        for link in links:
            address = root + link.address.removeprefix("./")
            for kind, draw in (("svg", code_svg), ("png", code_png)):
                depends = (CODES, kind.encode(), address.encode())
                made[f"codes/{link.name}.{kind}"] = kept.made(depends, partial(draw, address))
        for sent in (message for message in messages if not message.wrong):
            body = mail_html(sent.subject, sent.body, language)
            made[f"{sent.message.id}.eml"] = draft(sent.message.id, sent.subject, plain_text(sent.body), body, day)
    return [Artefact(f"{STAFF}/{name}", content, MAKER) for name, content in made.items()]
