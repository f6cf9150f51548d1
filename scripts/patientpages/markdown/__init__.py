"""The Python-Markdown extension of this project: facts, clinic values and shared sections.

    Soreness usually goes within {{ fact: soreness-lasts }}.
    Call us on {{ clinic: phone }}. In an emergency call {{ emergency: number }}.

    {{ section: soreness }}

It is configured by the generated MkDocs configuration and reads nothing but the sources of shared
sections, so that every builder that honours Python-Markdown extensions gives the same text.
"""

from patientpages.markdown.extension import PatientPages, makeExtension
from patientpages.markdown.inserts import CODE_SPAN, INSERT, find_inserts
from patientpages.markdown.sections import EXPLICIT_ID, SECTION_MARK, explicit_ids, formerly, id_pairs, section_body

__all__ = [
    "CODE_SPAN",
    "EXPLICIT_ID",
    "INSERT",
    "SECTION_MARK",
    "PatientPages",
    "explicit_ids",
    "find_inserts",
    "formerly",
    "id_pairs",
    "makeExtension",
    "section_body",
]
