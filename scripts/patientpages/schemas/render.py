"""What readers ask for, as JSON Schema (draft 2020-12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from patientpages.schemas.watch import Group, Key

Schema = dict[str, object]
_TEXT: Schema = {"type": "string", "pattern": r"\S"}
_DAY = r"^\d{4}-\d{2}-\d{2}$"


def _together(keys: Iterable[Key]) -> Key:
    """Return what is asked of any of the keys, as if all had one name."""
    one = Key()
    names: dict[str, list[Key]] = {}
    for key in keys:
        one.forms |= key.forms
        one.options |= key.options
        one.required = one.required and key.required
        one.inner.walked |= key.inner.walked
        one.inner.closed |= key.inner.closed
        for name, inner in key.inner.named.items():
            names.setdefault(name, []).append(inner)
    one.inner.named = {name: _together(same) for name, same in names.items()}
    return one


def _form(form: str, key: Key, told: Mapping[str, str]) -> Schema:
    number: Schema = {"type": "number"}
    forms: dict[str, Schema] = {
        "text": dict(_TEXT) if key.required else {"type": "string"},
        "choice": {"enum": list(key.options)},
        "whole": {"type": "integer", "minimum": 0},
        "numbers": {"anyOf": [number, {"type": "array", "items": number, "minItems": 1, "maxItems": 2}]},
        "flag": {"type": "boolean"},
        "day": {"type": "string", "format": "date", "pattern": _DAY},
        "texts": {"type": "array", "items": dict(_TEXT)},
        "maps": {"type": "array", "items": group_schema(key.inner, told)},
        "group": group_schema(key.inner, told),
    }
    if form == "node" and key.inner.named:  # a list whose entries are lists of texts, or groups
        either: list[Schema] = [{"type": "array", "items": dict(_TEXT)}, group_schema(key.inner, told)]
        return {"type": "array", "items": {"anyOf": either}}
    if form == "node":
        return {"type": ["array", "object", "string"]}
    return forms[form]


def _key_schema(name: str, key: Key, told: Mapping[str, str]) -> Schema:
    names = [form for form in key.forms if form != "node" or len(key.forms) == 1]
    forms = [_form(form, key, told) for form in names]
    schema: Schema = forms[0] if len(forms) == 1 else {"anyOf": forms}
    if not key.required and isinstance(kind := schema.get("type"), str):  # a key that nothing stands behind
        schema = {**schema, "type": [kind, "null"]}
    elif not key.required:
        schema = {"anyOf": [*forms, {"type": "null"}]}
    return {"description": told[name], **schema} if name in told else schema


def group_schema(group: Group, told: Mapping[str, str]) -> Schema:
    """Return the schema of a mapping; `told` says of keys, by name, what they are."""
    if group.any_key:
        each = _together(group.named.values())
        return {"type": "object", "additionalProperties": _key_schema("", each, told) if each.forms else True}
    named = {name: _key_schema(name, key, told) for name, key in sorted(group.named.items())}
    required = sorted(name for name, key in group.named.items() if key.required)
    schema: Schema = {"type": "object", "properties": named}
    if required:
        schema["required"] = required
    return {**schema, "additionalProperties": not group.closed}
