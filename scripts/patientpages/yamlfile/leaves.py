"""Every scalar below a key, whatever it is nested in: for parts of a file whose form is not ours to hold."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from patientpages.model import Place
from patientpages.yamlfile.map import Map


def leaves(data: Map, key: str) -> Iterator[tuple[tuple[str, ...], str, Place]]:
    """Yield (names on the way to it, text, place) for each scalar; lists add no name."""
    found = data.node(key)
    stack: list[tuple[tuple[str, ...], yaml.Node, yaml.Node]] = [((), found[1], found[0])] if found else []
    while stack:
        names, node, named = stack.pop()
        if isinstance(node, yaml.ScalarNode):
            yield names, str(node.value), data.at(named if names else node)
        elif isinstance(node, yaml.SequenceNode):
            stack.extend((names, item, item) for item in reversed(node.value))
        elif isinstance(node, yaml.MappingNode):
            stack.extend(((*names, str(k.value)), value, k) for k, value in reversed(node.value))
