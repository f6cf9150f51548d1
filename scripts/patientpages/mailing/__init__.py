"""A message as mail programs and phones take it: plain text, HTML, a link, a draft, and how long an SMS is."""

from patientpages.mailing.body import parsed, plain_text
from patientpages.mailing.forms import LONGEST_MAILTO, LONGEST_SMS, draft, gsm7_length, mail_html, mailto

__all__ = ["LONGEST_MAILTO", "LONGEST_SMS", "draft", "gsm7_length", "mail_html", "mailto", "parsed", "plain_text"]
