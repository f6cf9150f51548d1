"""The clinic's logo: a small picture of the project that shows itself and does nothing else."""

from __future__ import annotations

from pathlib import Path

from patientpages.clinic.drawing import why_refused
from patientpages.model import Artefact
from patientpages.yamlfile import Map

HEAVIEST = 100 * 1024  # bytes: it comes with the first page, also where there is one bar of signal
_EXAMPLE = 'logo: "logo.svg"'
_PLAIN = 'Export it as "plain SVG" (as Inkscape calls it: shapes, colours and words only), or save it as PNG.'
_BEGINS = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".webp": b"RIFF"}
_KINDS = ".svg, .png, .jpg or .webp"


def _trouble(root: Path, path: Path) -> tuple[str, str]:
    """Return why a file is no logo, and what to do ("" if it is one)."""
    if not path.resolve().is_relative_to(root.resolve()):
        return "is outside this project", f"Put it beside clinic.yml, and name it: {_EXAMPLE}"
    if not path.is_file():
        return "is a folder" if path.is_dir() else "is not there", f"Put it beside clinic.yml, and name it: {_EXAMPLE}"
    ending = path.suffix.lower()
    if ending != ".svg" and ending not in _BEGINS:
        return f"is no picture: its name should end with {_KINDS}", _EXAMPLE
    size = path.stat().st_size
    if size > HEAVIEST:
        hint = "Save it smaller: 400 pixels wide is enough, or an SVG."
        return f"has {size / 1024:,.0f} KB, and every reader must load it: at most {HEAVIEST // 1024} KB", hint
    content = path.read_bytes()
    if ending != ".svg" and not content.startswith(_BEGINS[ending]):
        return f"is no {ending[1:]} file, whatever its name says", "Save it again from the program that drew it."
    why = why_refused(content) if ending == ".svg" else ""
    return (f"is refused: {why}", _PLAIN) if why else ("", "")


def logo_of(data: Map, root: Path) -> Artefact | None:
    """Return the logo as it will be served (None if there is none); `root` is the folder of clinic.yml."""
    name = data.text("logo", required=False, example=_EXAMPLE)
    if not name:
        return None
    try:
        what, hint = _trouble(root, root / name)
    except (OSError, ValueError) as error:  # not readable, a name with a zero byte, a loop of links
        what, hint = f"cannot be read: {error}", _EXAMPLE
    if what:
        data.mistakes.add(data.place_of("logo"), f'the logo "{name}" {what}', hint)
        return None
    path = root / name
    return Artefact(f"assets/clinic-logo{path.suffix.lower()}", path.read_bytes(), "logo")
