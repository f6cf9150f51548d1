"""What a build puts into the site: each file with the name of the maker that declares it."""

from patientpages.outputs.beside import beside
from patientpages.outputs.codes import code_png, code_svg
from patientpages.outputs.coverage import coverage
from patientpages.outputs.discovery import discovery, says_noindex
from patientpages.outputs.dossier import dossier
from patientpages.outputs.moved import Moved
from patientpages.outputs.pages import collect, collect_folder
from patientpages.outputs.reader_test import reader_test
from patientpages.outputs.redirects import redirects
from patientpages.outputs.staff import StaffLink, links_of, staff_pages

__all__ = [
    "Moved",
    "StaffLink",
    "beside",
    "code_png",
    "code_svg",
    "collect",
    "collect_folder",
    "coverage",
    "discovery",
    "dossier",
    "links_of",
    "reader_test",
    "redirects",
    "says_noindex",
    "staff_pages",
]
