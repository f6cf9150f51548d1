"""Handouts: pages set on paper, and what the paper says taken back out of it."""

from patientpages.handouts.making import handouts_of

__all__ = ["handouts_of"]
