"""Reading: a Markdown file -> Source; (source, built HTML) -> Page; docs/ and a built folder -> pages."""

from patientpages.read.folder import html_of, read_pages, read_sources
from patientpages.read.page import read_page
from patientpages.read.source import read_source
from patientpages.read.visible import fold

__all__ = ["fold", "html_of", "read_page", "read_pages", "read_source", "read_sources"]
