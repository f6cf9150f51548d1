"""The files for a clinic's web host: one a server, each with all that this server must know of the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from patientpages.outputs import servers
from patientpages.outputs.redirects import folder_of, redirects

_MADE = "Made by Patient Pages together with the pages: an edit here is lost with the next publication."
_HEADS = {
    "nginx.conf": (
        "For nginx. Include it in the server block, whose `root` is the folder of the website:",
        "    server {{ ... include /the/folder/of/this/file/nginx.conf; ... }}",
        "The pages (public/) lie below that root at {base}",
    ),
    "apache.htaccess": (
        "For Apache and LiteSpeed (cPanel). Put it into the folder of the pages, {base}",
        "under the name .htaccess (patient-pages.zip has it under that name). What the server lacks is left out.",
    ),
    "Caddyfile": (
        "For Caddy. Import it in the site block, whose `root` is the folder of the website:",
        "    www.example.org {{ ... import /the/folder/of/this/file/Caddyfile ... }}",
        "The pages (public/) lie below that root at {base}",
    ),
    "_headers": (
        "For Netlify and Cloudflare Pages. It belongs in the top folder that is published, although the pages are at",
        "{base}",
    ),
    "_redirects": (
        "For Netlify and Cloudflare Pages. It belongs in the top folder that is published, although the pages are at",
        "{base}",
    ),
}
_README = """Which file goes where
=====================

Your pages are meant to stand at {website}
Copy what is in public/ there, always all of it: never change single files.
If they are to stand elsewhere, change `website` in clinic.yml and publish again.

cPanel, Plesk, or any host with a file manager or FTP (Apache, LiteSpeed)
  Upload patient-pages.zip into the folder of the pages, and choose Extract. The
  zip file has the pages and the rules for the server (.htaccess). Extract a new
  one over the old one: every address that was ever published is in it. With FTP:
  upload what is in public/, and apache.htaccess there, under the name .htaccess.
  File managers hide .htaccess until you choose "show hidden files".

In a folder of a WordPress website
  The same. Make the folder beside wp-content, not inside it, and give no page of
  WordPress the same address. The rules are for this folder alone, and WordPress
  and its .htaccess stay as they are. WordPress itself answers an address that is
  not there: have its own 404 page show your telephone number too.

nginx
  Copy public/ into the website's folder, and include nginx.conf in the server
  block. Try it with `nginx -t`, then reload.

Caddy
  Copy public/ into the website's folder, and import Caddyfile in the site block.

Netlify, Cloudflare Pages
  Publish a folder in which {inside}
  Put _headers and _redirects into the top of that folder.

GitHub Pages, and other hosts that let you set nothing
  Copy public/ there. Headers cannot be set. Each page still carries its own policy:
  nothing of another website runs on it or is fetched by it. But other websites can
  show your pages inside theirs, those that a page links to learn that a reader
  comes from yours, a corrected page can take some minutes to be seen (GitHub:
  ten), and addresses typed in capitals or with a full stop at the end are not found.

Embedding
  {embedding}

After you have put the pages up
  Open {website} on a telephone.
  On your computer, patientpages verify {website}
  compares what is there with what was published.
  {website}no-such-page
  must show the page with your telephone number.
  Nothing on the host needs looking after until you publish again. Then replace
  the pages, and the rules too if they have changed (they have after a page was
  added or has moved).
"""


def _not_found(base: str) -> str:
    """Return the line that Netlify needs where the pages are in a folder; Cloudflare Pages finds that page itself."""
    note = "# A wrong address gets the pages' own page for that (Netlify; Cloudflare Pages leaves this line out)."
    return "" if base == "/" else f"\n{note}\n{quote(base)}* {quote(base)}404.html 404\n"


def hosting_files(
    website: str, addresses: Iterable[str], moved: Mapping[str, str], embedded_on: Sequence[str]
) -> dict[str, bytes]:
    """Return the files by name.

    `website` is the full address where the pages stand; `addresses` and `moved` as for `redirects`; `embedded_on` are
    the websites that may show pages inside their own. ValueError for what is no such address.
    """
    base = folder_of(website)
    rules = redirects(website, addresses, moved)
    blocks = {
        "nginx.conf": servers.for_nginx(base, embedded_on),
        "apache.htaccess": servers.for_apache(base, embedded_on),
        "Caddyfile": servers.for_caddy(base, embedded_on),
        "_headers": servers.for_lines(base, embedded_on),
        "_redirects": [],
    }
    rules["_redirects"] += _not_found(base).encode()
    files = {}
    for name, block in blocks.items():
        head = [f"# {_MADE}", *(f"# {line.format(base=base)}" for line in _HEADS[name])]
        parts = ["\n".join(head) + "\n", "\n".join(block) + "\n" if block else "", rules.get(name, b"").decode()]
        files[name] = "\n".join(part for part in parts if part).encode()
    inside = "public/ is everything." if base == "/" else f"what is in public/ lies in the folder {base.strip('/')}/."
    named = f"These websites may show your pages inside their own: {', '.join(embedded_on)}"
    none = "No website may show your pages inside its own. To let one, name it in clinic.yml,\n  and publish again: "
    embedding = named if embedded_on else none + "embedded_on: [https://www.example.org]"
    text = _README.format(website=website.rstrip("/") + "/", inside=inside, embedding=embedding)
    return files | {"README.txt": text.encode()}
