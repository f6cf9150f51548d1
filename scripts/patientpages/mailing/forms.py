"""A ready-made message in each form that staff can use it in: to paste, to click on, to open, to send as a text.

What a body may hold, and how it reads as plain text, is in body.py.
"""

from __future__ import annotations

import hashlib
import html
import re
from datetime import UTC, date, datetime
from email.charset import QP, Charset
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime
from urllib.parse import quote

from patientpages.mailing.body import parsed
from patientpages.wording import RIGHT_TO_LEFT

# The longest `mailto:` that opens everywhere, in characters. Chrome and Edge on Windows silently open nothing from
# 2,047 on (chrome/browser/platform_util_win.cc: kMaxUrlLength = 2048, with two quotation marks around it; measured
# too: github.com/sdmtr/electromagnet/issues/2), Windows itself from 2,083 on (github.com/electron/electron/issues/9987;
# Microsoft's KB 208427), Firefox on Windows was measured to stop at 2,008. This is below all of them.
LONGEST_MAILTO = 2000
LONGEST_SMS = 160  # septets of one text message (3GPP TS 23.038): a longer one is sent, and paid for, as several
_END = "\r\n"  # of a line, in a message and in a link to one

# 3GPP TS 23.038, section 6.2.1: the default alphabet in the order of its codes, without the escape at 0x1B, and the
# extension table, each of whose characters is sent as that escape and another one.
GSM7 = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM7_EXTENSION = "\f^{}\\[~]|€"


def mail_html(subject: str, body: str, language: str) -> str:
    """Return the body as a whole HTML document without a style, a class or anything to fetch.

    The language stands on an element of the body too, because webmail throws the outer ones away.
    """
    right_to_left = language.partition("-")[0].lower() in RIGHT_TO_LEFT
    lang = f' lang="{html.escape(language)}"' + (' dir="rtl"' if right_to_left else "")
    head = f'<meta charset="utf-8">\n<title>{html.escape(_one_line(subject))}</title>'
    inner = (parsed(body).inner_html or "").strip()
    return (
        f"<!DOCTYPE html>\n<html{lang}>\n<head>\n{head}\n</head>\n"
        f"<body>\n<div{lang}>\n{inner}\n</div>\n</body>\n</html>\n"
    )


def _one_line(subject: str) -> str:
    """Return a subject in which nothing can end its line, and so begin another header."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", subject).split())


def _lines(text: str, end: str) -> str:
    return re.sub(r"\r\n?|\n", end, text)


def mailto(subject: str, text: str) -> str:
    """Return the link that opens a new message to nobody yet (RFC 6068); beyond LONGEST_MAILTO it may open nothing."""
    return f"mailto:?subject={quote(_one_line(subject), safe='')}&body={quote(_lines(text, _END), safe='')}"


def draft(name: str, subject: str, text: str, html: str, day: date) -> bytes:
    """Return a message file (.eml) that opens as a draft, the same bytes whenever it is made.

    It has no sender and no recipient: Outlook on Windows reads `X-Unsent: 1`, opens the file to be written on, and puts
    the account in; so do others that know that line. The rest show it as a message that came in: there "edit as new" or
    "send again" makes a draft of it, and none can send it before somebody has typed a recipient.
    """
    readable = Charset("utf-8")
    readable.body_encoding = QP
    boundary = f"=_{hashlib.sha256(name.encode()).hexdigest()[:24]}"  # "=_" never stands in quoted-printable
    message = MIMEMultipart("alternative", boundary)
    for kind, content in (("plain", text), ("html", html)):
        part = MIMENonMultipart("text", kind)
        part.set_payload(content, readable)
        message.attach(part)
    message["X-Unsent"] = "1"
    # Not EmailMessage, which loses spaces between encoded words (found by tests/test_mail.py).
    words = Header(_one_line(subject), None if subject.isascii() else "utf-8", header_name="Subject")
    message["Subject"] = words.encode()
    message["Date"] = format_datetime(datetime(day.year, day.month, day.day, tzinfo=UTC))
    return message.as_bytes(policy=compat32.clone(linesep="\r\n"))


def gsm7_length(text: str) -> int | None:
    """Return how many septets a text message takes (160 fit one), None if it has a character beyond the alphabet."""
    sizes = [1 if c in GSM7 else 2 if c in GSM7_EXTENSION else None for c in text]
    return sum(size for size in sizes if size) if None not in sizes else None
