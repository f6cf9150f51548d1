"""Reading: a Markdown file -> Source; (source, built HTML) -> Page; docs/ and a built folder -> pages."""

from patientpages.read.carried import hold_carried
from patientpages.read.folder import hold_sources, html_of, read_pages, read_sources
from patientpages.read.lines import place_of_text
from patientpages.read.page import ids_of, read_html, read_page
from patientpages.read.source import read_source
from patientpages.read.visible import classes_of, fold, hidden_because, text_of

__all__ = [
    "classes_of",
    "fold",
    "hidden_because",
    "hold_carried",
    "hold_sources",
    "html_of",
    "ids_of",
    "place_of_text",
    "read_html",
    "read_page",
    "read_pages",
    "read_source",
    "read_sources",
    "text_of",
]
