"""Where every input, and all that was written, is as a run left it, what it found is known: it is not run again."""

from __future__ import annotations

import os
import pickle
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from patientpages.folders import Project, data_of, marks_of_data
from patientpages.grounds import hash_of, modes_of, program
from patientpages.kept import digest, kept_in
from patientpages.model import Outcome
from patientpages.whole_file import usual_mode


class Run:
    """One run of a command: what it depends on, and what it leaves."""

    def __init__(self, project: Project, today: date, how: Sequence[str], folders: Sequence[Path]) -> None:
        """`how` is all that was asked for, `folders` are what the run writes or looks at."""
        # An exchange that was cut short leaves more in the working folder beside its target than a lock.
        beside = (folder.with_name(f".{folder.name}.work") for folder in folders if folder.name)
        self._project, self._folders = project, [*folders, *beside]
        self._marks = marks_of_data(project)  # before anything is read
        paths = (project.root, project.docs, project.standard, project.clinic, project.config)
        asked = (*how, today.isoformat(), str(usual_mode()), *map(str, paths))
        self._name = digest(program(), data_of(project), *map(os.fsencode, asked))
        self._kept = kept_in(project.work / "kept")

    def known(self) -> Outcome | None:
        """Return what the same run found, if all is still as it left it; else None."""
        row = self._kept.get(self._name)
        if row is not None:
            with suppress(OSError):
                state, outcome = pickle.loads(row)
                if state == self._state():
                    found: Outcome = outcome
                    return found
        return None

    def keep(self, outcome: Outcome) -> None:
        """Keep what was found, unless somebody has written an input in the meantime."""
        with suppress(OSError):
            if marks_of_data(self._project) == self._marks:
                self._kept.put({self._name: pickle.dumps((self._state(), outcome), pickle.HIGHEST_PROTOCOL)})

    def _state(self) -> bytes:
        """Return the hash of what the run leaves, the configurations for other builders among it."""
        left = [*self._folders, *sorted(self._project.work.glob("mkdocs.*.yml"))]
        return digest(hash_of(left), modes_of(left))
