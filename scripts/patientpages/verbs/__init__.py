"""The verbs of the command line, in the order in which --help lists them: each group adds its own to the parser.

A verb's parser carries what it does (`set_defaults(run=...)`): a function from the arguments to an exit code.
"""

from patientpages.verbs import (
    addresses,
    building,
    checking,
    drafting,
    live_site,
    printing,
    setting_up,
    signing,
    upgrading,
)
from patientpages.verbs.common import EXITS, Verbs

__all__ = ["EXITS", "GROUPS", "Verbs"]

GROUPS = (setting_up, building, drafting, signing, printing, addresses, live_site, checking, upgrading)
