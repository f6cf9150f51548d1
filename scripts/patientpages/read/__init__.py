"""Reading: a Markdown file -> Source; (source, built HTML) -> Page; docs/ and a built folder -> pages."""

from patientpages.read.carried import hold_carried
from patientpages.read.folder import FixedIds, hold_sources, html_of, missing, read_pages
from patientpages.read.lines import place_of_text
from patientpages.read.page import ids_of, read_html, read_page
from patientpages.read.parted import joined, parted, with_parts
from patientpages.read.restamped import restamped
from patientpages.read.source import read_source
from patientpages.read.sources import read_sources
from patientpages.read.visible import classes_of, fold, hidden_because, text_of

__all__ = [
    "FixedIds",
    "classes_of",
    "fold",
    "hidden_because",
    "hold_carried",
    "hold_sources",
    "html_of",
    "ids_of",
    "joined",
    "missing",
    "parted",
    "place_of_text",
    "read_html",
    "read_page",
    "read_pages",
    "read_source",
    "read_sources",
    "restamped",
    "text_of",
    "with_parts",
]
