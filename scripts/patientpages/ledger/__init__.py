"""Keeping addresses alive: what each address that was ever published would answer now. Pure functions."""

from patientpages.ledger.addresses import (
    HOME,
    address_of,
    anchors_of,
    file_of,
    old_address,
    opening_of,
    page_part,
    served_by,
    words_before,
)
from patientpages.ledger.answers import answers
from patientpages.ledger.growth import growth
from patientpages.ledger.likeness import alike
from patientpages.ledger.withdrawals import corrected_away, returning, taken_down

__all__ = [
    "HOME",
    "address_of",
    "alike",
    "anchors_of",
    "answers",
    "corrected_away",
    "file_of",
    "growth",
    "old_address",
    "opening_of",
    "page_part",
    "returning",
    "served_by",
    "taken_down",
    "words_before",
]
