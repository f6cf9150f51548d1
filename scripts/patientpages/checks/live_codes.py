"""Codes of `patientpages verify`: what is live, beside what was published."""

from __future__ import annotations

from patientpages.checks.registry import Told

LIVE: tuple[Told, ...] = (
    Told("D007", "error", """What is live can be asked.

Why: a file that did not answer was not compared, and is not reported as the same.

Bad: an address that does not exist, a host that does not answer
Good: `patientpages verify https://www.example.org/patients/`, with the site online"""),
    Told("V100", "error", """What is live is the publication that stands in public/.

Why: patients read another state of the pages than the one that is on record here.

Bad: an upload that was forgotten, or another machine that has published since
Good: everything in public/ uploaded, from records/ that are up to date"""),
    Told("V101", "error", """Every published file is live.

Why: a reader of that page finds nothing.

Bad: soreness/index.html, left out of an upload
Good: everything in public/ uploaded"""),
    Told("V102", "error", """A live file is, byte for byte, what was published.

Why: words that nobody signed are read as if somebody had.

Bad: a page that was edited at the host, or an upload that was cut short
Good: the file as it is in public/"""),
    Told("V103", "error", """A page answers at its own address.

Why: a redirect may end on a page that says something else.

Bad: a host that leads soreness/ to its own home page
Good: no redirect but those in hosting/"""),
    Told("V104", "error", """A file is sent as what it is, its text as UTF-8.

Why: letters come out wrong, or a browser does not show the page.

Bad: a page that is sent as text/plain
Good: the types in hosting/"""),
    Told("V105", "error", """Every address that was promised still answers on the live site.

Why: e-mails and leaflets lead there.

Bad: a page on record that answers 404
Good: the publication that has it, or its successor, uploaded"""),
    Told("V106", "error", """A wrong address is answered with our own page for it, as not found.

Why: a reader who mistypes must meet urgent help, and search engines must not keep the address.

Bad: a host that leads every wrong address to its home page
Good: 404.html, with status 404"""),
    Told("V107", "error", """The site is served over a safe connection, and only so.

Why: others could see and change what a patient reads.

Bad: http:// that answers with the page
Good: http:// that leads to https://"""),
    Told("V108", "error", """The headers that keep readers safe are sent.

Why: without them another site could show the page in a frame of its own.

Bad: a host without the rules of hosting/
Good: the rules of hosting/, taken over"""),
    Told("V109", "warning", """Texts are sent compressed.

Why: an old telephone on a slow line waits for each kilobyte.

Bad: a page that is sent as it is
Good: the compression in hosting/ switched on"""),
    Told("V110", "warning", """Browsers do not keep a page for long.

Why: a correction must reach readers.

Bad: a page that may be kept for a month
Good: the times in hosting/"""),
    Told("V111", "error", """The host sets no cookie.

Why: the pages promise that there is none.

Bad: `Set-Cookie` from a host that counts visitors
Good: the host's own statistics switched off, or another host"""),
    Told("V112", "error", """The host puts no script into a page.

Why: it can follow readers, and the pages promise that nothing does.

Bad: a counter that the host adds to each page
Good: the host's own additions switched off, or another host"""),
    Told("V113", "warning", """A short address arrives however it is typed.

Why: leaflets are typed from, with capitals and a full stop.

Bad: GO/Soreness. that is not found
Good: the rules of hosting/, taken over"""),
)  # fmt: skip
