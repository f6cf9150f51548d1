"""Handouts: pages set on paper, and what the paper says taken back out of it."""

from patientpages.handouts.making import as_files, handouts_of

__all__ = ["as_files", "handouts_of"]
