"""How plain a page is: its sentences, and what the formulas make of them."""

from patientpages.plain.measures import FORMULAS, Measure, count_words, hardest, lengths_of, measure
from patientpages.plain.spoken import syllables, words_in
from patientpages.plain.texts import Sentence, blocks_of_page, main_sections, sentences_of, texts, texts_of
from patientpages.plain.visible import Item, visible_items

__all__ = [
    "FORMULAS",
    "Item",
    "Measure",
    "Sentence",
    "blocks_of_page",
    "count_words",
    "hardest",
    "lengths_of",
    "main_sections",
    "measure",
    "sentences_of",
    "syllables",
    "texts",
    "texts_of",
    "visible_items",
    "words_in",
]
