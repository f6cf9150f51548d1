"""Codes that are given outside the checks: where files are read, a site is built, records are kept.

Each is told in the form of a check's docstring, so that `patientpages explain` has one answer for every code.
"""

from __future__ import annotations

from patientpages.checks.live_codes import LIVE
from patientpages.checks.registry import Told

ELSEWHERE: tuple[Told, ...] = (
    Told("B101", "warning", """MkDocs builds the pages without a warning.

Why: what the builder warns of is often a page that reads otherwise than it was written.

Bad: an extension in mkdocs.yml that MkDocs does not know how to set up
Good: no line "MkDocs says: ..."; what it calls an error is an error here too"""),
    Told("B102", "error", """The templates in overrides/ can be read.

Why: a template that fails leaves the pages without their frame, urgent help among it.

Bad: `{% if page %}` without `{% endif %}`
Good: both of them"""),
    Told("B103", "error", """MkDocs can build the site.

Why: nothing can be checked that was not built.

Bad: an unknown plugin in mkdocs.yml
Good: `plugins: []`, as it came"""),
    Told("D001", "error", """A file can be read: it is there, it is text in UTF-8, its YAML is valid.

Why: a list that was passed over in silence would leave pages unchecked.

Bad: a tab in front of a key, a file saved as "Windows-1252", a file that was cut short
Good: the file as it came, changed in an editor that saves UTF-8"""),
    Told("D002", "error", """A value in a data file has its form, and every key is known.

Why: a misspelt key would be as good as no key, and nobody would notice.

Bad: `counrty: GB` in clinic.yml
Good: `country: GB`"""),
    Told("D003", "error", """Everything that should be checked was checked.

Why: "no errors" must not be said of a page that nobody looked at.

Bad: a folder without pages, a source without a built page
Good: every page of docs/ is in the folder that was built"""),
    Told("D004", "error", """The site can be written where it is asked for.

Why: what stands there stays as it was until the new site is whole.

Bad: `--out docs`, a full disk, a folder without the right to write
Good: `--out site`"""),
    Told("D005", "error", """What is put on record in signed.yml and tested.yml can be true.

Why: a sign-off tells patients that somebody has checked these words.

Bad: `patientpages sign sorenes`, a day that is still to come
Good: `patientpages sign soreness`, with who, in which role, and where the signature is"""),
    Told("D006", "error", """What is asked of published addresses can be done.

Why: the list of what was promised only ever grows; nothing is put on it that is not so.

Bad: a version code that was never published, a withdrawal of an address that is not on record
Good: the address as it stands in records/published.yml"""),
    Told("F101", "error", """The front matter of a page has title, description, kind and sources, and no unknown key.

Why: the kind says what the page must tell; a misspelt key would ask for nothing.

Bad: `knd: reaction`
Good: `kind: reaction`"""),
    Told("F103", "error", """No page claims by itself that somebody has checked it.

Why: a reader takes such a line for a recorded check.

Bad: `reviewed_by: Dr Example` in the front matter
Good: `patientpages sign`, which records who checked which words, and when"""),
    Told("G101", "error", """The checker finds every fault that is planted on each run.

Why: a checker that sleeps would call every page good.

Bad: words in standard/<language>/phrases/ that are so loose that another topic's section says the statement too
Good: words that only this statement has"""),
    Told("H101", "error", """All of a page can be put on paper.

Why: what is left out on the leaflet may be what its reader needed.

Bad: `<video>` in a page, a picture of 10 MB, a letter that no font in print/fonts/ has
Good: words, lists, tables, and pictures of at most 500 KB"""),
    Told("H102", "error", """A leaflet tells on paper what its pages tell.

Why: the PDF is read back, and the matcher must find each statement in it that it finds on the page.

Bad: a heading that the PDF does not have, so that a section cannot be found in it
Good: the statement in the same words as on the page"""),
    Told("H103", "error", """A leaflet says word for word what its pages say, and nothing else.

Why: a warning that is missing on paper looks like no warning, and nobody has signed a word more.

Bad: a text that runs off the page
Good: every word of the page read back out of the PDF"""),
    Told("H104", "error", """Every page of a leaflet has the clinic, whom to call, who checked it, its version and code.

Why: pages get apart, and each must do alone.

Bad: a QR code too small for a telephone to read
Good: name, telephone, urgent help, "Page 1 of 2", version, address and code on each page"""),
    Told("H105", "warning", """A leaflet in normal print fits on one sheet, both sides.

Why: a second sheet gets lost.

Bad: six topics under `also:` in staff/handouts.yml
Good: those that matter on that day"""),
    Told("H106", "warning", """Each language has its leaflets.

Why: whoever reads another language is handed nothing, and nobody notices.

Bad: `languages: [en, pl]`, and staff/handouts.yml alone
Good: staff/pl/handouts.yml beside it"""),
    Told("P101", "error", """Nothing is published while a detail of the clinic is still to be filled in.

Why: a patient would find a blank where the telephone should be.

Bad: `phone: "[Your phone number]"`
Good: `phone: "01632 960 123"`"""),
    Told("P102", "error", """A page is published when a clinician has signed its words and no check of it is overdue.

Why: patients act on these words.

Bad: a sentence that was changed after the page was signed
Good: `patientpages sign soreness --name ...`, once a clinician has signed the sheet in report/pages.html"""),
    Told("P103", "error", """What is not being corrected stands as it was published, word for word.

Why: a number or a shared section reaches other pages too, and nobody has signed what they would say.

Bad: `publish --correct soreness`, and a new number in standard/facts.yml that risks shows as well
Good: `publish --correct soreness risks`, both signed"""),
    Told("P104", "warning", """No page shows a section of a page that is withdrawn, and no message leads to it.

Why: what must not be read any more would still be read there, or somebody is sent to a notice.

Bad: `{{ section: soreness }}` on aftercare, while soreness is withdrawn
Good: aftercare withdrawn or corrected as well"""),
    Told("P105", "error", """What is made again from the records is what is on record, and nothing else.

Why: an address that is not on record is kept alive by nobody; words or templates that differ were never published.

Bad: `publish --recorded`, before records/ was committed and pushed, or with other templates
Good: `make publish` on the machine that keeps records/, then a push"""),
    Told("P108", "warning", """What the pages of each language tell can be checked.

Why: in a language without phrases nothing tells whether a page says what it must.

Bad: `languages: [en, de]`, and no standard/de/
Good: phrases for it, or somebody who reads every page against the English before it is signed"""),
    Told("P107", "warning", """Templates and the words around pages are those that were published.

Why: they stand on every page, and no sign-off is over them.

Bad: `publish --contact` after a pull that brought a new overrides/, unseen
Good: a look at a page or two first"""),
    Told("P106", "error", """A publication replaces only what a publication made.

Why: what somebody has changed in public/ by hand would be lost, and nobody would know that it was ever live.

Bad: a telephone number that is corrected in public/soreness/index.html
Good: the number in clinic.yml, then `patientpages publish --contact`"""),
    Told("W101", "error", """A waiver is needed: what it waives would be found without it.

Why: one that is left behind would hide the next fault.

Bad: `waive: [{code: A101, ...}]` on a page whose pictures all have words
Good: no waiver"""),
    Told("W102", "error", """A waiver has not ended.

Why: an exception that nobody looks at again becomes the rule.

Bad: `until: 2025-01-01`, in 2026
Good: the page mended, or a new reason with a new day"""),
    Told("W103", "error", """What keeps patients from harm is not waived.

Why: urgent help, recorded checks and promised addresses hold on every page.

Bad: `waive: [{code: U101, ...}]`
Good: the page mended"""),
    *LIVE,
)  # fmt: skip
