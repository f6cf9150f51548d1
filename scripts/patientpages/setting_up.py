"""Ask for what clinic.yml says, one question after the other, by the same rules as the file; write it at the end."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from patientpages.clinic import read_clinic
from patientpages.clinic.edit import line_of, lines_again, present, with_value, without
from patientpages.clinic.texts import is_placeholder
from patientpages.folders import Project
from patientpages.model import Clinic, Finding, InputError, Place, Standard
from patientpages.standard import load_standard
from patientpages.style import page_style
from patientpages.whole_file import write_whole
from patientpages.yamlfile import Mistakes, read_text

Ask = Callable[[str], str]  # shows its argument, returns a line; raises EOFError where there is none
Say = Callable[[str], None]

# What is asked, in the order of the file, each with an example; what may stay empty ends with a star.
_QUESTIONS = {
    "name": ("What is your clinic called?", "as on your door"),
    "profession": ("Who treats people there?", "physiotherapist"),
    "phone": ("Which number should patients call?", "01632 960 123"),
    "address": ("Where is it?", "street, town, postcode"),
    "hours": ("When are you open?", "Monday to Friday, 9 am to 5 pm"),
    "out_of_hours": ("What should patients do when you are closed?", "call ... on ..."),
    "feedback": ("To which e-mail address may readers write about these pages?", "pages@example.org"),
    "funding": ("Who paid for these pages?", "the clinic"),
    "minimum_age*": ("From which age do you treat people, in years?", "16"),
    "country": ("In which country is it, in two letters?", ""),
    "region": ("In which region?", ""),
    "website": ("At which full web address will these pages stand?", "https://www.example.org/patients/"),
    "logo*": ("Which file beside clinic.yml is your logo?", "logo.svg"),
    "colour*": ("Which colour is yours?", "#1f4e5f"),
}
_KEYS = (*(key.rstrip("*") for key in _QUESTIONS), "languages")
_HOW = """This fills in clinic.yml. Nothing is written before the end, and Ctrl+C leaves at any time.
Return alone keeps what stands in [brackets]; a single - empties what may be empty."""
_NO_INPUT = """nobody answers here: `patientpages init` asks questions.
Type it in a terminal, or give it a file of answers, one a line: patientpages init < answers.txt
Or edit clinic.yml by hand. Nothing was changed."""
_NEXT = """Next: patientpages build shows a preview in site/, and patientpages doctor lists what is left to do.
Branches, languages and paper stand in clinic.yml, each with a note."""


@dataclass(frozen=True, slots=True)
class _File:
    """clinic.yml as it was read, and the rules that it is held to."""

    project: Project
    standard: Standard
    content: bytes
    text: str

    def judged(self, text: str) -> tuple[Clinic, list[Finding]]:
        """Return what a text says, and what is wrong with it."""
        mistakes, path = Mistakes(), self.project.clinic
        clinic = read_clinic(text, self.project.shown(path), path.parent, self.standard, mistakes)
        page_style(self.project.overrides, clinic, "both", mistakes)
        return clinic, mistakes.findings

    def wrong(self, text: str, key: str) -> list[Finding]:
        """Return what is wrong with the value of a key in a text."""
        if key == "country":  # its region is asked for next
            text = with_value(text, "region", next(iter(self.regions(text)), ""))
        for absent in without(text, _KEYS):  # what is missing is told on the first line, which is another key's
            text = with_value(text, absent, "")
        return [f for f in self.judged(text)[1] if f.code == "D001" or f.place.line == line_of(text, key)]

    def regions(self, text: str) -> list[str]:
        """Return the regions of the country that a text names."""
        return [name for name in self.standard.countries.get(present(text, "country"), {}) if name]


def _open(project: Project) -> _File:
    """Read clinic.yml and what it is held to; raise InputError where one of them is no data."""
    mistakes, path = Mistakes(), project.clinic
    standard = load_standard(project.standard, project.shown(project.standard), mistakes)
    text = read_text(path, project.shown(path), mistakes, "the clinic's details")
    mistakes.stop_if_any()
    file = _File(project, standard, path.read_bytes(), text or "")
    found = file.judged(file.text)[1]
    broken = [finding for finding in found if finding.code == "D001"]
    if not broken:  # a key that stands twice: an answer would go to one of them, and the other would count
        again = lines_again(file.text)
        broken = [finding for finding in found if finding.place.line in again]
    if broken:
        raise InputError(broken)
    return file


def _calls(file: _File, text: str) -> str:
    """Return whom pages will say to call, so that a mistake is seen."""
    clinic, _ = file.judged(text)
    row = clinic.emergency
    if row is None:
        return "   Pages will say: call your local emergency number. They are not published until the country is known."
    same_day = f", and for help on the same day {row.same_day.name}, {row.same_day.number}" if row.same_day else ""
    why = f" (your emergency_override; listed is {clinic.override.instead_of})" if clinic.override else ""
    return f"   Pages will say: call {row.numbers[0]}{why}{same_day}."


def _tried(file: _File, text: str, key: str, answer: str, optional: bool) -> tuple[str, list[Finding]]:
    """Return the text with an answer in it, and what is wrong with it."""

    def wrong(message: str, hint: str) -> list[Finding]:
        return [Finding("D002", "error", Place(file.project.shown(file.project.clinic)), message, hint)]

    if answer == "-" and not optional:
        return text, wrong(f'"{key}" may not be empty', "Return alone leaves it for later.")
    if not answer and is_placeholder(present(text, key)):
        return text, []
    if any(unicodedata.category(sign) in ("Cc", "Cn", "Cs") for sign in answer):  # YAML could not be read with them
        return text, wrong("this has a sign in it that cannot be seen", "Type it again, as UTF-8 if it is a file.")
    tried = with_value(text, key, "" if answer == "-" else answer) if answer else text
    if key == "country" and present(tried, "region") not in file.regions(tried):
        tried = with_value(tried, "region", "")
    return tried, file.wrong(tried, key)


def _asked(file: _File, text: str, key: str, question: tuple[str, str], ask: Ask, say: Say, again: bool) -> str | None:
    """Return the text with the answer to one question; a wrong one is asked for `again`, or ends it all (None)."""
    words, example = question
    optional, key = key.endswith("*"), key.rstrip("*")
    say(f"\n{words}{' (may stay empty)' if optional else ''}" + (f" For example: {example}" if example else ""))
    while True:
        stands = present(text, key)
        answer = ask(f"   [{stands}] " if stands and not is_placeholder(stands) else "   ").strip()
        tried, found = _tried(file, text, key, answer, optional)
        if not found:
            return tried
        for finding in found:
            say(f"   {finding.message}\n   {finding.hint}".rstrip())
        if not again:
            say(f'\nNothing was changed. Correct the answer for "{key}", and run it again.')
            return None


def _write(file: _File, text: str) -> None:
    """Put the text in the place of clinic.yml in one step; raise InputError where that cannot be done."""
    path = file.project.clinic.resolve()

    def refused(why: str, hint: str) -> InputError:
        return InputError([Finding("D004", "error", Place(file.project.shown(path)), why, hint)])

    if path.read_bytes() != file.content:
        raise refused("this file was changed while you answered: nothing was written", "Run patientpages init again.")
    newline = "\r\n" if b"\r\n" in file.content else "\n"
    try:
        write_whole(path, text.replace("\n", newline).encode())
    except OSError as error:
        raise refused(f"this file cannot be written: {error.strerror}", "Nothing was changed.") from error


def changes(before: str, after: str) -> list[str]:
    """Return the lines that differ, the old ones with - and the new ones with +."""
    return [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "-+"]


def set_up(project: Project, ask: Ask, say: Say, *, again: bool) -> int:
    """Ask, show what will change, and write it; return the exit code. `again`: a wrong answer may be given anew.

    Raises InputError, and changes nothing, where a file cannot be read or written.
    """
    file = _open(project)
    text, answered = file.text, False
    say(_HOW)
    try:
        for key, (words, example) in _QUESTIONS.items():
            regions = file.regions(text)
            if key == "region" and not regions:
                continue
            known = {"country": ", ".join(sorted(file.standard.countries)), "region": ", ".join(regions)}
            following = _asked(file, text, key, (words, known.get(key, example)), ask, say, again)
            if following is None:
                return 2
            text, answered = following, True
            if key == "region" or (key == "country" and not file.regions(text)):
                say(_calls(file, text))
        changed = changes(file.text, text)
        if changed:
            say("\nThis will change in clinic.yml (- as it is, + as it will be):\n" + "\n".join(changed))
            if ask("\nWrite it? [yes] ").strip().lower() not in ("", "y", "yes"):
                say("Nothing was changed.")
                return 1
    except KeyboardInterrupt:
        say("\nNothing was changed.")
        raise
    except UnicodeDecodeError:
        say("\nThese answers are not UTF-8 text. Save them again with that encoding. Nothing was changed.")
        return 2
    except EOFError:
        say("\nThe answers ended before the last question. Nothing was changed." if answered else f"\n{_NO_INPUT}")
        return 2
    if changed:
        _write(file, text)
    say(f"\nclinic.yml {'is written' if changed else 'says this already'}.\n{_NEXT}")
    return 0
