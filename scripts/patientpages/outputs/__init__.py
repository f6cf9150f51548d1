"""What a build puts into the site: each file with the name of the maker that declares it."""

from patientpages.outputs.archive import NAME as ARCHIVE
from patientpages.outputs.archive import archive
from patientpages.outputs.beside import beside
from patientpages.outputs.codes import code_png, code_svg
from patientpages.outputs.compressed import declared_copies, is_copy, with_copies
from patientpages.outputs.coverage import coverage_report
from patientpages.outputs.coverage_rows import PageCoverage, page_coverage
from patientpages.outputs.discovery import discovery, says_noindex
from patientpages.outputs.dossier import dossier_report
from patientpages.outputs.dossier_sheet import PageSheet, page_sheet
from patientpages.outputs.finish import finish_page, finished, shorts_of
from patientpages.outputs.headers import headers
from patientpages.outputs.hosting import hosting_files
from patientpages.outputs.moved import Moved
from patientpages.outputs.offline import for_disk
from patientpages.outputs.pages import collect, collect_folder, page_file
from patientpages.outputs.paper import typed
from patientpages.outputs.reader_test import reader_test
from patientpages.outputs.search import PageSearch, page_search
from patientpages.outputs.staff import StaffLink, links_of, staff_pages

__all__ = [
    "ARCHIVE",
    "Moved",
    "PageCoverage",
    "PageSearch",
    "PageSheet",
    "StaffLink",
    "archive",
    "beside",
    "code_png",
    "code_svg",
    "collect",
    "collect_folder",
    "coverage_report",
    "declared_copies",
    "discovery",
    "dossier_report",
    "finish_page",
    "finished",
    "for_disk",
    "headers",
    "hosting_files",
    "is_copy",
    "links_of",
    "page_coverage",
    "page_file",
    "page_search",
    "page_sheet",
    "reader_test",
    "says_noindex",
    "shorts_of",
    "staff_pages",
    "typed",
    "with_copies",
]
