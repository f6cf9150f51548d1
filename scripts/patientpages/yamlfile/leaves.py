"""Parts of a file whose entries have more than one form."""

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


def lists(data: Map, key: str) -> Iterator[tuple[Map | tuple[str, ...], Place]]:
    """Yield the entries of a list, each a list of texts or a group, with its place."""
    found = data.node(key)
    if found is None:
        return
    if not isinstance(found[1], yaml.SequenceNode):
        data.mistakes.add(data.at(found[0]), f'"{key}" should be a list of lists', f"{key}:\n  - [one, two]")
        return
    for item in found[1].value:
        if isinstance(item, yaml.MappingNode):
            yield data.child(item), data.at(item)
        elif isinstance(item, yaml.SequenceNode) and all(isinstance(n, yaml.ScalarNode) for n in item.value):
            yield tuple(str(n.value) for n in item.value), data.at(item)
        else:
            data.mistakes.add(data.at(item), f'each entry of "{key}" should be a list', "- [one, two]")
