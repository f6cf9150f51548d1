"""Read a PDF back: what its structure tree tells a screen reader, what is painted, what its QR codes say."""

from patientpages.readback.found import ReadBack
from patientpages.readback.proof import folded, heard, lost, said_in
from patientpages.readback.remembered import read_or_remembered

__all__ = ["ReadBack", "folded", "heard", "lost", "read_or_remembered", "said_in"]
