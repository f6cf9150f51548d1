"""YAML with positions: read a data file so that every mistake in it is told at once, with its line.

PyYAML gives positions only on its node tree, so values are taken from there. Whoever reads a file notes its
mistakes, and raises `InputError` when everything has been read.
"""

from patientpages.yamlfile.leaves import leaves, lists
from patientpages.yamlfile.map import Map
from patientpages.yamlfile.mistakes import Mistakes, in_order, near, read_text
from patientpages.yamlfile.parse import load, parse, reading_as

__all__ = ["Map", "Mistakes", "in_order", "leaves", "lists", "load", "near", "parse", "read_text", "reading_as"]
