"""`python -m patientpages` is the same command as `patientpages`."""

import sys

from patientpages.cli import main

sys.exit(main())
