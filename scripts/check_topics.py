"""The required-topics check alone: python scripts/check_topics.py FILE..."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

try:
    from patientpages.cli import main
except ModuleNotFoundError as error:
    sys.exit(
        f"{error.name} is not installed. Type `make site` once, then: .venv/bin/python scripts/check_topics.py FILE..."
    )

if __name__ == "__main__":
    sys.exit(main(["topics", *sys.argv[1:]]))
