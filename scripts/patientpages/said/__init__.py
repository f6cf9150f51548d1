"""Does this section say that? Sentences of a built page against phrases that a clinician can read and edit.

A *concept* is a list of phrases that mean one thing. A *way* of saying a part of a statement is a set of concepts
that stand together in a sentence or two. A denial, a question, a claim quoted to be rejected or another subject
does not count. Everything is a pure function of the section, the statement and the phrases.
"""

from patientpages.said.cache import kept, key_of
from patientpages.said.claims import Claim, all_claims, claims_in, prove_claims
from patientpages.said.faults import Survivor, faults_of, plant
from patientpages.said.judge import Judge
from patientpages.said.load import load_phrases
from patientpages.said.phrasebook import Phrasebook
from patientpages.said.proof import prove_all
from patientpages.said.proven import load_judge

__all__ = [
    "Claim",
    "Judge",
    "Phrasebook",
    "Survivor",
    "all_claims",
    "claims_in",
    "faults_of",
    "kept",
    "key_of",
    "load_judge",
    "load_phrases",
    "plant",
    "prove_all",
    "prove_claims",
]
