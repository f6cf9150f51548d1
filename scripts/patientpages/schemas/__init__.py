"""JSON Schemas for the files that people edit, so that an editor completes and underlines while they type.

They are not written by hand: the loaders read the project's own files with a Map that looks on, and what a loader asks
for is what a file may hold. So a schema cannot know another key, form or choice than the loader does.
"""

from patientpages.schemas.families import FAMILIES, family_of
from patientpages.schemas.generate import generated_schemas

__all__ = ["FAMILIES", "family_of", "generated_schemas"]
