"""The nouns of the project: frozen values, no input or output, nothing of ours imported.

A *topic* is a question that a patient has; a *statement* is one thing that its section must tell.
A *source* is a Markdown file; a *page* is what a reader gets from it. A *finding* is what a check says.
"""

from patientpages.model.findings import (
    Artefact,
    Finding,
    InputError,
    Place,
    Severity,
)
from patientpages.model.pages import (
    Block,
    BlockKind,
    Image,
    Insert,
    Link,
    NavEntry,
    Page,
    Section,
    Site,
    Source,
    ThemeOption,
    Waiver,
)
from patientpages.model.standard import (
    Citation,
    Clinic,
    Emergency,
    Fact,
    FactKind,
    Kind,
    Part,
    SameDay,
    Standard,
    Statement,
    Topic,
    urgent_page,
)

__all__ = [
    "Artefact",
    "Block",
    "BlockKind",
    "Citation",
    "Clinic",
    "Emergency",
    "Fact",
    "FactKind",
    "Finding",
    "Image",
    "InputError",
    "Insert",
    "Kind",
    "Link",
    "NavEntry",
    "Page",
    "Part",
    "Place",
    "SameDay",
    "Section",
    "Severity",
    "Site",
    "Source",
    "Standard",
    "Statement",
    "ThemeOption",
    "Topic",
    "Waiver",
    "urgent_page",
]
