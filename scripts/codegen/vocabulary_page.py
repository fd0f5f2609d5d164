"""The vocabulary as Markdown, for the guide."""

from collections.abc import Iterator
from typing import Any

from .forms import Choice, Kept, Key, Named, Pattern, Read, Refused
from .vocabulary import BESIDE_A_REFERENCE, CLASSES, FORMATS, OBJECTS, REFERENCES, TYPES


def render_page() -> str:
    """The lists as Markdown, for the guide."""
    lines = ["| In | Read | Kept, without effect on the client | Refused |", "|---|---|---|---|"]
    for name, keys in OBJECTS.items():
        read = ", ".join(_describe(key, rule) for key, rule in keys.items() if isinstance(rule, Read))
        kept = ", ".join(f"`{key}`" for key, rule in keys.items() if isinstance(rule, Kept))
        by_reason: dict[str, list[str]] = {}
        for key, reason in _refusals(keys):
            by_reason.setdefault(reason, []).append(f"`{key}`")
        refused = "; ".join(f"{', '.join(found)}: {reason}" for reason, found in by_reason.items())
        lines.append("| " + " | ".join(text.replace("|", "\\|") for text in (name, read, kept, refused)) + " |")
    lines += ["", "| Place of a schema | Types |", "|---|---|"]
    lines += [f"| {place} | {', '.join(f'`{kind}`' for kind in kinds)} |" for place, kinds in TYPES.items()]
    by_types: dict[tuple[str, ...], list[str]] = {}
    for form, kinds in FORMATS.items():
        by_types.setdefault(kinds, []).append(f"`{form}`")
    lines += ["", "| Type | Formats |", "|---|---|"]
    lines += [f"| {', '.join(kinds)} | {', '.join(forms)} |" for kinds, forms in by_types.items()]
    lines += [
        "",
        "A `$ref` may be in the place of: " + _spell(REFERENCES) + "; beside it: " + _spell(BESIDE_A_REFERENCE) + ".",
    ]
    lines += ["", "Names that a schema can't have: " + _spell(CLASSES) + ", and those of the resources."]
    return "\n".join(lines) + "\n"


def _spell(names: Any) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _describe(key: str, rule: Read) -> str:
    """A key with the values it may have."""
    form = rule.form.names if isinstance(rule.form, Named) else rule.form
    match form:
        case Choice(values):
            return f"`{key}` ({', '.join(str(value).lower() if value is True else str(value) for value in values)})"
        case Pattern(_, example):
            return f"`{key}` (such as {example})"
    return f"`{key}`" + (f" (in a {' or '.join(p for p in rule.places if p != 'unused')})" if rule.places else "")


def _refusals(keys: dict[str, Key]) -> Iterator[tuple[str, str]]:
    for key, rule in keys.items():
        if isinstance(rule, Refused):
            yield key, rule.reason
        elif isinstance(rule, Read):
            form = rule.form.names if isinstance(rule.form, Named) else rule.form
            if isinstance(form, Choice | Pattern):
                for value, reason in form.refused.items():
                    yield f"{key}: {value or 'others'}", reason
