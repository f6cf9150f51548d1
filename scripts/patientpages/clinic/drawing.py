"""What an SVG may have in it: shapes, colours and words, by a list of what is known to show itself and do nothing else.

A file that a browser opens by itself can run scripts, load from other hosts and send forms; a list of all that would
never be whole. So what is not on the lists below is refused, whatever it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

_SVG, _XLINK, _XML = (
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/XML/1998/namespace",
)
# SVG 1.1 and 2. Left out: what links, moves, runs, plays, or shows another file.
_ELEMENTS = frozenset({
    "svg", "g", "defs", "symbol", "use", "switch", "title", "desc", "metadata", "style", "image", "path", "rect",
    "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "textPath", "linearGradient",
    "radialGradient", "stop", "pattern", "clipPath", "mask", "marker", "filter", "feBlend", "feColorMatrix",
    "feComponentTransfer", "feComposite", "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR",
    "feGaussianBlur", "feMerge", "feMergeNode", "feMorphology", "feOffset", "feTile",
})  # fmt: skip
# Notes that drawing programs keep for themselves: no browser knows these names, so it neither shows nor loads anything.
_NOTES = (
    "http://www.inkscape.org/namespaces/", "http://inkscape.sourceforge.net/", "http://sodipodi.sourceforge.net/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://creativecommons.org/ns#", "http://web.resource.org/cc/",
    "http://purl.org/dc/", "http://www.serif.com/", "http://www.bohemiancoding.com/sketch/ns",
    "http://www.figma.com/figma/ns", "http://ns.adobe.com/", "http://www.corel.com/", "http://xml.openoffice.org/",
    "http://www.openswatchbook.org/",
)  # fmt: skip
# What CSS and the attributes of SVG call by a name and a bracket; url() is held to what is inside.
_FUNCTIONS = frozenset({
    "url", "rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color", "color-mix", "var", "calc",
    "min", "max", "clamp", "matrix", "translate", "translatex", "translatey", "scale", "scalex", "scaley", "rotate",
    "skewx", "skewy", "path", "polygon", "circle", "ellipse", "inset", "blur", "brightness", "contrast",
    "drop-shadow", "grayscale", "hue-rotate", "invert", "opacity", "saturate", "sepia", "not", "is", "where",
    "nth-child", "nth-last-child", "nth-of-type", "first-child",
})  # fmt: skip
_FUNCTION = re.compile(r"(?<![\w-])([\w-]+)\(")  # from its first letter only: a long word is looked through once
# At every place where it stands, also behind a comment that a browser would not read.
_URL = re.compile(r"url\((?!\s*(?:[\"']\s*)?#)[^)]{0,60}", re.IGNORECASE)
_AT = re.compile(r"@[\w-]*")
_PICTURE = re.compile(r"\s*data:image/(?:png|jpeg|webp|gif)[;,]", re.IGNORECASE)
_WORDS = re.compile(r"(?:aria|data)-[\w-]+|id|class|role|lang")  # attributes that are only names and words
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)", re.IGNORECASE)
_BEFORE = re.compile(r"<!(?:ENTITY|ATTLIST|ELEMENT|NOTATION)|<!DOCTYPE[^>]*\[|<\?xml-", re.IGNORECASE)
_LIKE_ASCII = re.compile(rb"(?:utf-8|us-ascii|ascii|iso-8859-\d+|windows-125\d)", re.IGNORECASE)


def _split(name: str) -> tuple[str, str]:
    """Return (namespace, name) of an element or attribute as ElementTree writes it: {namespace}name."""
    space, _, bare = name.rpartition("}")
    return space.removeprefix("{"), bare


def _reaches(value: str) -> str:
    """Return what in a value of style could lead out of the drawing ("" if nothing)."""
    if "\\" in value:
        return "\\"
    if found := next((at for at in _AT.findall(value) if at.lower() != "@media"), ""):
        return found
    if found := next((name for name in _FUNCTION.findall(value) if name.lower() not in _FUNCTIONS), ""):
        return f"{found}()"
    if elsewhere := _URL.search(value):
        return f"{elsewhere[0]})"
    return "://" if "://" in value else ""


def _attribute(tag: str, name: str, value: str) -> str:
    """Say why an attribute is refused ("" if it is not)."""
    space, bare = _split(name)
    if space.startswith(_NOTES):
        return ""
    if space not in ("", _XLINK, _XML) or (space == _XML and bare == "base"):
        return f"it has {bare}= of {space} in it"
    low = bare.lower()
    if low.startswith("on"):
        return f"it has {bare}= in it, which runs a script"
    if low in ("src", "srcset", "action", "formaction", "ping", "data", "poster"):
        return f"it has {bare}= in it, which refers to something else"
    if low == "href":
        own = value.strip().startswith("#") or (tag == "image" and _PICTURE.match(value))
        return "" if own else f"it refers to something else: {value[:60]}"
    found = "" if not space and _WORDS.fullmatch(bare) else _reaches(value)
    return f"its {bare}= has {found} in it, which can refer to something else" if found else ""


def _does(root: ElementTree.Element) -> Iterator[str]:
    """Yield what a drawing has beside what is known to show itself and do nothing else."""
    for element in root.iter():
        space, tag = _split(element.tag)
        if space.startswith(_NOTES):
            pass
        elif space != _SVG:
            yield f"it has <{tag}> of {space or 'no namespace'} in it, which is no part of SVG"
        elif tag not in _ELEMENTS:
            yield f"it has <{tag}> in it"
        elif tag == "style" and (found := _reaches("".join(element.itertext()))):
            yield f"its <style> has {found} in it, which can refer to something else"
        yield from filter(None, (_attribute(tag, name, value) for name, value in element.attrib.items()))


def _text(content: bytes) -> str | None:
    """Return what every browser reads, whatever a server says of its encoding; None where they could differ."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    told = _ENCODING.match(text.encode())
    like = not told or told[1].lower() == b"utf-8" or (content.isascii() and _LIKE_ASCII.fullmatch(told[1]))
    return text if like and "\0" not in text else None


def why_refused(content: bytes) -> str:
    """Say why an SVG is not only a picture that shows itself ("" if it is)."""
    text = _text(content)
    if text is None:
        return "it is not saved as UTF-8"
    if _BEFORE.search(text):
        return "it refers to something else before its picture begins"
    try:
        root = ElementTree.fromstring(text.encode())
    except (ElementTree.ParseError, ValueError, LookupError):
        return "it is no SVG that a browser can read"
    if root.tag == "svg":
        return f'its <svg> lacks xmlns="{_SVG}", so no browser shows it'
    return next(_does(root), "") if root.tag == f"{{{_SVG}}}svg" else "it is no SVG that a browser can read"
