"""What the clinic's web host reads, so that an address typed by hand arrives and a page that moved is found.

An address on paper is typed as people type: GO/Soreness, without the slash at its end, with the full stop of the
sentence. Each file answers that with one permanent redirect to the right address, for one server: nginx, Apache, Caddy,
and hosts that read `_redirects`. The right address itself, every other file and every wrong address are left alone.

One rule an address, because none of the servers can make small letters of capitals here. A rule knows only
addresses that were checked: what is not a letter, a digit or one of `_-.` never comes near a configuration.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from urllib.parse import quote, unquote

# What people and mail programs leave at the end of an address, as a server sees it decoded, and as it is sent.
_ENDS = r"[\s/.,;:!)>\]\x22\x27]*"
_ENDS_SENT = r"(?:[/.,;:!)>\]\x22\x27]|%(?:2[01279cef]|3[abe]|5d))*"
_COMMON_ENDS = (".", ",", ")", ").")  # where each must be a line of its own

# nginx stops at a pattern of 4,096 bytes and Apache at a line of 8,192, and then nothing at all is served.
_LONGEST, _TOGETHER = 400, 8


class _Rule(NamedTuple):
    """What is typed, in any way, and where it leads: the same for an address that is served."""

    typed: str
    right: str


def _checked(address: str) -> str:
    """Return an address from the site's root, decoded ("./" is ""); ValueError for what cannot be one."""
    plain = unquote(address).removeprefix("./")
    # A full stop may only stand between others: at the end it is what people add, and alone it means a folder.
    words = re.split("[/.]", plain.removesuffix("/")) if plain else []
    fine = all(word and all(map(_fits, word)) for word in words) and len(quote(plain)) <= _LONGEST
    if (plain and not plain.endswith("/")) or not fine:
        raise ValueError(f"{address!r} is not the address of a page, such as 'go/soreness/'")
    return plain


def _fits(character: str) -> bool:
    """Say whether a character may be in an address: beyond ASCII letters, digits and accents may."""
    if character.isascii():
        return character.isalnum() or character in "_-~"
    return unicodedata.category(character)[0] in "LNM"


def folder_of(website: str) -> str:
    """Return the folder of the host in which the pages stand, with both slashes; ValueError if it cannot be one."""
    host, _, path = website.partition("://")[2].partition("/")
    if not host:
        raise ValueError(f"{website!r} is not a full web address, such as 'https://www.example.org/patients/'")
    return "/" + _checked(path if path.endswith("/") or not path else path + "/")


def _rules(base: str, addresses: Iterable[str], moved: Mapping[str, str]) -> list[_Rule]:
    """Return the rules, first those of pages that moved; ValueError where two say different things."""
    served = sorted({_checked(address) for address in addresses})
    ways = {_checked(old): _checked(new) for old, new in moved.items()}
    seen: dict[str, str] = {}
    for address in [*served, *sorted(ways)]:
        other = seen.setdefault(address.casefold(), address)
        if other != address:
            raise ValueError(f"'{other}' and '{address}' differ only by capitals: nobody could type one of them")
    rules = []
    for old in sorted(ways):
        new, passed = ways[old], {old}
        while new in ways and new not in passed:
            passed.add(new)
            new = ways[new]
        if old in served or new not in served:
            wrong = "is still served" if old in served else f"leads to '{new}', which is not served"
            raise ValueError(f"'{old}' cannot have moved: it {wrong}")
        rules.append(_Rule(base + old, base + new))
    return rules + [_Rule(base + address, base + address) for address in served]


def _literal(text: str) -> str:
    """Return checked text for a regular expression: only the full stop means something there."""
    return text.replace(".", r"\.")


def _any_case(path: str, spell: Callable[[str], str] = str) -> str:
    """Return the pattern of a path without its final slash; (?i:) knows the capitals of ASCII only."""

    def either(character: str) -> str:
        forms = sorted({spell(character), spell(character.lower()), spell(character.upper())})
        return _literal(character) if character.isascii() else f"(?:{'|'.join(forms)})"

    return "".join("/+" + "".join(map(either, segment)) for segment in path.strip("/").split("/") if segment) or "/"


def _nginx(rules: list[_Rule]) -> str:
    """Match the address as it was sent: nginx itself reads `soreness//` and `soreness/.` as the right one."""
    lines = [
        "# Addresses typed by hand, and pages that moved: one redirect each to the right address.",
        "# Where another server stands in front of nginx, also write into the server block: absolute_redirect off;",
    ]
    for typed, right in rules:
        sent = quote(right)
        but = rf"(?!{_literal(sent)}(?:\?|$))" if typed == right else ""
        pattern = rf"^{but}(?i:{_any_case(typed, quote)}{_ENDS_SENT})(?:\?|$)"
        lines.append(f'if ($request_uri ~ "{pattern}") {{ return 301 {sent}$is_args$args; }}')
    return "\n".join(lines) + "\n"


def _apache(rules: list[_Rule]) -> str:
    """Match the decoded path, in which Apache has already merged slashes: what it hides is seen in the request line."""
    lines = [
        "# Addresses typed by hand, and pages that moved: one redirect each to the right address. In the folder of the",
        "# pages, that folder's own name must be typed as it is. Copied into the .htaccess of the top folder of the",
        "# website as well, this part finds that name in capitals too.",
        "<IfModule mod_alias.c>",
    ]
    for typed, right in rules:
        but = f"(?!{_literal(right)}$)" if typed == right else ""
        lines.append(f'  RedirectMatch 301 "^{but}(?i:{_any_case(typed)}){_ENDS}$" "{right}"')
    served = [_literal(rule.right) for rule in rules if rule.typed == rule.right]
    some = ["|".join(served[start : start + _TOGETHER]) for start in range(0, len(served), _TOGETHER)]
    lines += [
        '  <If "%{THE_REQUEST} =~ m#^[A-Z]+ (?:/[^? ]*)?/[./]#">',
        *(f'    RedirectMatch 301 "^({either})$" "$1"' for either in some),
        "  </If>",
        "</IfModule>",
    ]
    return "\n".join(lines) + "\n"


def _caddy(rules: list[_Rule]) -> str:
    """Look each path up in a map, and redirect where it says another address: Caddy's own `path` ignores capitals.

    A map may not write its own name into its values, so its names have two full stops, which no address has.
    """
    lines = [
        "# Addresses typed by hand, and pages that moved: one redirect each to the right address.",
        "map {http.request.orig_uri.path} {patient..right} {patient..to} {",
        *(f"\t`~^(?i:{_any_case(typed)}){_ENDS}$` `{right}` `{quote(right)}`" for typed, right in rules),
        "\tdefault `` ``",
        "}",
        "map {http.request.orig_uri.query} {patient..query} {",
        "\t`~^(.+)$` `?${1}`",
        "\tdefault ``",
        "}",
        "@patient_pages not vars {patient..right} `` {http.request.orig_uri.path}",
        "redir @patient_pages {patient..to}{patient..query} permanent",
    ]
    return "\n".join(lines) + "\n"


def _lines(rules: list[_Rule]) -> str:
    """Say line by line what can be said so: pages that moved come first, because hosts read a limited number."""
    lines = [
        "# Pages that moved, and addresses with a full stop, a comma or a bracket at the end.",
        "# These hosts know no patterns. Left out: capitals, other marks or several slashes at the end, and the slash",
        "# that is missing at the end, which the hosts themselves add.",
    ]
    for typed, right in rules:
        bare = quote(typed.rstrip("/"))
        if typed != right:
            lines += [f"{bare}/ {quote(right)} 301", f"{bare} {quote(right)} 301"]
    for typed, right in rules:
        bare = quote(typed.rstrip("/"))
        lines += [f"{bare}{end} {quote(right)} 301" for end in _COMMON_ENDS if bare]
    return "\n".join(lines) + "\n"


def redirects(website: str, addresses: Iterable[str], moved: Mapping[str, str]) -> dict[str, bytes]:
    """Return the rules for each kind of web host, by the name of its file.

    `website` is the full address where the pages stand; `addresses` are all that are served, from its root, "./" being
    the home page; `moved` says for each page that moved where it is now. ValueError for what is not such an address.
    """
    base = folder_of(website)
    rules = _rules(base, addresses, moved)
    files = {
        "nginx.conf": _nginx(rules),
        "apache.htaccess": _apache(rules),
        "Caddyfile": _caddy(rules),
        "_redirects": _lines(rules),
    }
    return {name: text.encode("utf-8") for name, text in files.items()}
