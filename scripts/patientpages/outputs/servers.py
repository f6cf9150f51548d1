"""The headers, types and compression of the pages in the words of each web server.

Each block is held to the folder of the pages, `base` (with both slashes), and says nothing of the rest of the website.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from patientpages.outputs.headers import headers, kinds

_HSTS = "max-age=31536000"
_UTF_8 = "; charset=utf-8"
_WHEN = (
    "Strict-Transport-Security forbids browsers for a year to open anything on this host name without https, and that",
    "cannot be taken back. Take the # away only when the whole website, not just these pages, has been on https for",
    "some months without trouble and its certificate renews by itself. Begin with max-age=300, for five minutes.",
)


def _notes(indent: str) -> list[str]:
    return [f"{indent}# {line}" for line in _WHEN]


def for_nginx(base: str, embedded_on: Sequence[str]) -> list[str]:
    """Return a location, because there these lines say nothing about the rest of the website."""
    types = kinds()
    charset = " ".join(kind.name for kind in types if kind.says_charset and kind.name != "text/html")
    packed = " ".join(kind.name for kind in types if kind.packs and kind.name != "text/html")
    return [
        "# The pages. If the server block has a location for this folder already, this one takes its place.",
        f"location {'/' if base == '/' else f'^~ {base}'} {{",
        "    # Who may embed the pages, what browsers may not guess, send or open, and that they ask again each time.",
        "    # nginx leaves out here what add_header says outside: copy a line of yours in if the pages need it too.",
        *(f'    add_header {name} "{value}" always;' for name, value in headers(embedded_on).items()),
        "    expires off;",
        "",
        *_notes("    "),
        f'    # add_header Strict-Transport-Security "{_HSTS}" always;',
        "",
        "    # What kind of file each one is, and that letters are UTF-8.",
        "    types {",
        *(f"        {kind.name} {' '.join(kind.ends)};" for kind in types),
        "    }",
        "    charset utf-8;",
        f"    charset_types {charset};",
        "",
        "    # Compressed: the copy beside a file is sent if there is one, else nginx compresses.",
        "    # So replace the whole folder, never single files: an old copy would be sent in the place of a new page.",
        "    gzip_static on;",
        "    gzip on;",
        "    gzip_vary on;",
        "    gzip_proxied any;",
        f"    gzip_types {packed};",
        "",
        "    # A wrong address gets the pages' own page for that, which has the phone and urgent help.",
        f"    error_page 404 {base}404.html;",
        "}",
    ]


def for_caddy(base: str, embedded_on: Sequence[str]) -> list[str]:
    """Return lines for a site block, each held to the folder of the pages."""
    types = [
        line
        for kind in kinds()
        for line in (
            f"@patient_{kind.ends[0]} path_regexp ^{re.escape(base)}.*\\.({'|'.join(kind.ends)})$",
            f'header @patient_{kind.ends[0]} Content-Type "{kind.name}{_UTF_8 if kind.says_charset else ""}"',
        )
        if kind.name != "text/html"
    ]
    return [
        "# Who may embed the pages, what browsers may not guess, send or open, and that they ask again each time.",
        f"header {base}* {{",
        *(f'\t{name} "{value}"' for name, value in headers(embedded_on).items()),
        *_notes("\t"),
        f'\t# Strict-Transport-Security "{_HSTS}"',
        "}",
        "# What kind of file each one is, and that letters are UTF-8 (Caddy knows it of pages).",
        *types,
        "# Compressed: the copy beside a file is sent if there is one, else Caddy compresses.",
        f"encode {base}* gzip",
        f"file_server {base}* {{",
        "\tprecompressed gzip",
        "}",
        "# A wrong address gets the pages' own page for that, which has the phone and urgent help.",
        "handle_errors {",
        "\t@patient_wrong {",
        f"\t\tpath {base}*",
        "\t\texpression {err.status_code} == 404",
        "\t}",
        f"\trewrite @patient_wrong {base}404.html",
        f'\theader @patient_wrong Content-Type "text/html{_UTF_8}"',
        f"\tencode {base}* gzip",
        f"\tfile_server {base}* {{",
        "\t\tprecompressed gzip",
        "\t}",
        "}",
    ]


def for_lines(base: str, embedded_on: Sequence[str]) -> list[str]:
    """Return lines for hosts that read `_headers`; these know types and compress by themselves."""
    return [
        "# Who may embed the pages, what browsers may not guess, send or open, and that they ask again each time.",
        f"{quote(base)}*",
        *(f"  {name}: {value}" for name, value in headers(embedded_on).items()),
        *_notes(""),
        f"#  Strict-Transport-Security: {_HSTS}",
    ]


def for_apache(base: str, embedded_on: Sequence[str]) -> list[str]:
    """Return lines for .htaccess, each allowed where the host lets a folder say anything (AllowOverride FileInfo).

    No rewriting: switched on in a folder, it switches off that of the folders above, which often sends people to https.
    """
    types = kinds()
    ends = "|".join(end for kind in types if kind.packs for end in kind.ends)
    return [
        "# The mark by which a browser asks whether a page has changed: many hosts switch it off. By the time alone,",
        "# of which Apache asks only whether it is later, browsers would keep a page that was corrected the same day.",
        "FileETag MTime Size",
        "",
        "# Who may embed the pages, what browsers may not guess, send or open, and that they ask again each time.",
        "# Each header takes the place of one that a folder above sets.",
        "<IfModule mod_headers.c>",
        *(line for name, value in headers(embedded_on).items()
          for line in (f"  Header unset {name}", f'  Header always set {name} "{value}"')),
        "  Header unset Expires",
        "",
        *_notes("  "),
        f'  # Header always set Strict-Transport-Security "{_HSTS}"',
        "",
        "  # A browser that asks again sends the mark of what it has. mod_deflate adds to that mark: taken off here.",
        r'''  RequestHeader edit If-None-Match "^((?:W/)?\"(.*)-gzip\")$" "$1, \"$2\""''',
        "  # Who has no mark yet, and asks by the time alone, is sent the page.",
        "  RequestHeader unset If-Modified-Since",
        "</IfModule>",
        "",
        "# What kind of file each one is, and that letters are UTF-8.",
        "<IfModule mod_mime.c>",
        *(f"  AddType {kind.name} {' '.join('.' + end for end in kind.ends)}" for kind in types),
        "  AddCharset utf-8 " + " ".join(f".{end}" for kind in types if kind.says_charset for end in kind.ends),
        "</IfModule>",
        "",
        "# Compressed by Apache as it is sent.",
        "<IfModule mod_deflate.c>",
        "  <IfModule mod_filter.c>",
        "    AddOutputFilterByType DEFLATE " + " ".join(kind.name for kind in types if kind.packs),
        "  </IfModule>",
        "</IfModule>",
        "",
        "# Instead of that, the compressed copies of public/ (they are not in the zip file). Take the # away only",
        "# where no .htaccess of a folder above has rules of its own (RewriteRule): here, these lines switch them off.",
        *(f"# {line}" for line in (
            "<IfModule mod_rewrite.c>",
            "  RemoveType .gz",
            "  AddEncoding gzip .gz",
            "  RewriteEngine On",
            "  RewriteCond %{HTTP:Accept-Encoding} gzip",
            "  RewriteCond %{REQUEST_FILENAME} -f",
            "  RewriteCond %{REQUEST_FILENAME}.gz -f",
            rf'  RewriteRule "\.(?:{ends})$" "%{{REQUEST_URI}}.gz" [L,E=no-gzip:1]',
            rf'  <FilesMatch "\.(?:{ends})\.gz$">',
            "    Header append Vary Accept-Encoding",
            "  </FilesMatch>",
            "</IfModule>")),
        "",
        "# A wrong address gets the pages' own page for that, which has the phone and urgent help.",
        f"ErrorDocument 404 {base}404.html",
    ]  # fmt: skip
