"""The verbs of the command line: each group adds its own to the parser, and is loaded only when it is asked for.

A verb's parser carries what it does (`set_defaults(run=...)`): a function from the arguments to an exit code.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

# In the order in which --help lists them. What one verb needs is half a second of loading for another.
GROUPS: dict[str, tuple[str, ...]] = {
    "setting_up": ("init", "doctor"),
    "building": ("build", "check", "serve", "publish"),
    "drafting": ("new", "topics", "explain-said", "teach"),
    "signing": ("sign", "tested", "review"),
    "printing": ("handout",),
    "addresses": ("links", "version", "recall"),
    "live_site": ("verify",),
    "checking": ("explain", "renew"),
    "upgrading": ("upgrade",),
}


def groups_for(verb: str) -> list[ModuleType]:
    """Return the group of a verb, or all of them where it is none."""
    named = [group for group, verbs in GROUPS.items() if verb in verbs]
    return [import_module(f"patientpages.verbs.{group}") for group in named or GROUPS]
