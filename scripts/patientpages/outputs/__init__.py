"""What a build puts into the site: each file with the name of the maker that declares it."""

from patientpages.outputs.beside import beside
from patientpages.outputs.coverage import coverage
from patientpages.outputs.discovery import discovery, says_noindex
from patientpages.outputs.dossier import dossier
from patientpages.outputs.moved import Moved
from patientpages.outputs.pages import collect, collect_folder
from patientpages.outputs.reader_test import reader_test
from patientpages.outputs.redirects import redirects

__all__ = [
    "Moved",
    "beside",
    "collect",
    "collect_folder",
    "coverage",
    "discovery",
    "dossier",
    "reader_test",
    "redirects",
    "says_noindex",
]
