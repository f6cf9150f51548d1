"""What a build puts into the site: each file with the name of the maker that declares it."""

from patientpages.outputs.archive import NAME as ARCHIVE
from patientpages.outputs.archive import archive
from patientpages.outputs.beside import beside
from patientpages.outputs.codes import code_png, code_svg
from patientpages.outputs.compressed import declared_copies, is_copy, with_copies
from patientpages.outputs.coverage import coverage
from patientpages.outputs.discovery import discovery, says_noindex
from patientpages.outputs.dossier import dossier
from patientpages.outputs.finish import finish_page, finished, shorts_of
from patientpages.outputs.headers import headers
from patientpages.outputs.hosting import hosting_files
from patientpages.outputs.moved import Moved
from patientpages.outputs.offline import for_disk
from patientpages.outputs.pages import collect, collect_folder, page_file
from patientpages.outputs.paper import typed
from patientpages.outputs.reader_test import reader_test
from patientpages.outputs.staff import StaffLink, links_of, staff_pages

__all__ = [
    "ARCHIVE",
    "Moved",
    "StaffLink",
    "archive",
    "beside",
    "code_png",
    "code_svg",
    "collect",
    "collect_folder",
    "coverage",
    "declared_copies",
    "discovery",
    "dossier",
    "finish_page",
    "finished",
    "for_disk",
    "headers",
    "hosting_files",
    "is_copy",
    "links_of",
    "page_file",
    "reader_test",
    "says_noindex",
    "shorts_of",
    "staff_pages",
    "typed",
    "with_copies",
]
