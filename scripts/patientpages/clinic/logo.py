"""The clinic's logo: a small picture of the project that shows itself and does nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from patientpages.model import Artefact
from patientpages.yamlfile import Map

HEAVIEST = 100 * 1024  # bytes: it comes with the first page, also where there is one bar of signal
_EXAMPLE = 'logo: "logo.svg"'
_BEGINS = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".webp": b"RIFF"}
_KINDS = ".svg, .png, .jpg or .webp"
_RUNS = frozenset({"script", "foreignobject", "handler", "listener", "iframe", "object", "embed", "audio", "video"})
_ANIMATES = frozenset({"set", "animate"})  # which can give a link another target
_INSIDE = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|webp|gif)[;,])", re.IGNORECASE)
_URL = re.compile(r"url\(\s*[\"']?([^\"')]*)", re.IGNORECASE)


def _bare(name: str) -> str:
    """Return the name of an element or attribute without its namespace, in small letters."""
    return name.rpartition("}")[2].lower()


def _calls(text: str) -> bool:
    """Tell whether a text of style refers to what is not in the picture itself."""
    return "@import" in text.lower() or "\\" in text or any(not _INSIDE.match(url) for url in _URL.findall(text))


def _does(root: ElementTree.Element) -> Iterator[str]:
    """Yield what a drawing does beside showing itself."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        tag = _bare(element.tag)
        if tag in _RUNS:
            yield f"it has <{tag}> in it"
        if tag == "style" and _calls("".join(element.itertext())):
            yield "its style refers to another file"
        for attribute, value in element.attrib.items():
            name = _bare(attribute)
            if name.startswith("on"):
                yield f"it has {name}= in it, which runs a script"
            elif name in ("href", "src") and not _INSIDE.match(value):
                yield f"it refers to something else: {value[:60]}"
            elif tag in _ANIMATES and name == "attributename" and _bare(value.rpartition(":")[2]) == "href":
                yield "it changes a link"
            elif name not in ("href", "src") and _calls(value) and ("url(" in value.lower() or name == "style"):
                yield "its style refers to another file"


def _of_svg(content: bytes) -> str:
    """Say why a drawing is refused ("" if it is not)."""
    text = content.decode("utf-8", errors="replace")
    if b"\0" in content:
        return "it is not saved as UTF-8"
    if "<!ENTITY" in text.upper() or "<?xml-stylesheet" in text.lower():
        return "it refers to something else before its picture begins"
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError):
        return "it is no SVG that a browser can read"
    if _bare(root.tag) != "svg":
        return "it is no SVG that a browser can read"
    return next(_does(root), "")


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
    why = _of_svg(content) if ending == ".svg" else ""
    return (f"is refused: {why}", 'Save it as "plain SVG", or as PNG.') if why else ("", "")


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
