"""The nouns of the project: frozen values, no input or output, nothing of ours imported.

A *topic* is a question that a patient has; a *statement* is one thing that its section must tell.
A *source* is a Markdown file; a *page* is what a reader gets from it. A *finding* is what a check says.
"""

from patientpages.model.address import SHORT, is_malformed
from patientpages.model.findings import (
    Artefact,
    Finding,
    InputError,
    Place,
    Severity,
)
from patientpages.model.pages import (
    CLINIC_MARK,
    FACT_MARK,
    NOT_PROSE,
    Block,
    BlockKind,
    Image,
    Insert,
    Link,
    Page,
    Section,
    Source,
    Waiver,
)
from patientpages.model.plain import IndexEntry, PlainWords
from patientpages.model.records import ReaderTest, Records, Signature, SignOff, SignState
from patientpages.model.site import NavEntry, NavGroup, Site, StatementJudge, ThemeOption
from patientpages.model.standard import (
    Citation,
    Clinic,
    Emergency,
    Fact,
    FactKind,
    Figures,
    Kind,
    Part,
    SameDay,
    Standard,
    Statement,
    Topic,
    urgent_page,
)
from patientpages.model.verdicts import PartVerdict, Verdict

__all__ = [
    "CLINIC_MARK",
    "FACT_MARK",
    "NOT_PROSE",
    "SHORT",
    "Artefact",
    "Block",
    "BlockKind",
    "Citation",
    "Clinic",
    "Emergency",
    "Fact",
    "FactKind",
    "Figures",
    "Finding",
    "Image",
    "IndexEntry",
    "InputError",
    "Insert",
    "Kind",
    "Link",
    "NavEntry",
    "NavGroup",
    "Page",
    "Part",
    "PartVerdict",
    "Place",
    "PlainWords",
    "ReaderTest",
    "Records",
    "SameDay",
    "Section",
    "Severity",
    "SignOff",
    "SignState",
    "Signature",
    "Site",
    "Source",
    "Standard",
    "Statement",
    "StatementJudge",
    "ThemeOption",
    "Topic",
    "Verdict",
    "Waiver",
    "is_malformed",
    "urgent_page",
]
