"""The judge of a language: its phrases, proven on their own examples, with what was worked out before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from patientpages.model import Topic
from patientpages.progress import doing, over
from patientpages.said.cache import kept, key_of
from patientpages.said.claims import prove_claims
from patientpages.said.judge import Judge
from patientpages.said.load import load_phrases
from patientpages.said.phrasebook import Phrasebook
from patientpages.said.proof import prove_all
from patientpages.yamlfile import Mistakes


def load_judge(
    standard: Path, shown: str, code: str, topics: Sequence[Topic], numbers: Sequence[str], work: Path,
    mistakes: Mistakes,
) -> Judge | None:  # fmt: skip
    """Read and prove the phrases of a language, for a clinic with these emergency numbers; None where it has none.

    `standard` is the folder of that name, called `shown` in messages; what was worked out is kept in `work`.
    """
    folder = standard / code
    if not (folder / "phrases.yml").is_file():
        return None
    before = len(mistakes.findings)

    def proven() -> Phrasebook | None:
        book = load_phrases(folder, f"{shown}/{code}", topics, mistakes)
        if len(mistakes.findings) == before:
            doing("trying the phrases on their examples")
            prove_all(topics, Judge(book), mistakes)
            prove_claims(Judge(book), book.rules, mistakes)
        over()
        return book if len(mistakes.findings) == before else None

    files = [
        standard / "topics.yml",
        standard / "messages.yml",
        *folder.glob("phrases.yml"),
        *folder.glob("claims.yml"),
    ]
    files += (folder / "phrases").glob("*.yml")
    if before:  # the topics themselves are in doubt
        return None
    key = key_of(files)
    book = kept(work, key, proven)
    if book is None:
        return None
    return Judge(book.for_clinic(numbers))
