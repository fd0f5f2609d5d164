"""The docstrings of the resources' methods, in Google style, from the description."""

import json
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from .bundle import Operation, body_schema
from .destinations import name_variable

_WIDTH = 110 - 8  # lines of 110 characters, in a method
_ERRORS = {
    "400": "BadRequestError",
    "401": "AuthenticationError",
    "403": "PermissionDeniedError",
    "404": "NotFoundError",
    "409": "ConflictError",
    "422": "UnprocessableEntityError",
    "429": "RateLimitError",
}


def write_docstring(operation: Operation, arguments: Mapping[str, str]) -> str:
    """Writes the docstring of a method.

    Args:
        operation: The operation.
        arguments: The description of each argument, by name.
    """
    item = operation.item
    raises: dict[str, str] = {}
    for status, response in item["responses"].items():
        if status[0] != "2":
            raises.setdefault(find_error_name(status), response["description"].partition("\n\n")[0])
    parts = [
        _fill_paragraphs(item.get("summary") or item["operationId"]),
        _fill_paragraphs(item.get("description", "")),
        _fill_paragraphs("\n\n".join(describe_behavior(item))),
        _format_section("Args", (f"{name}: {text}" for name, text in arguments.items())),
        _format_section("Returns", [describe_successes(operation, nothing="None. ")]),
        _format_section("Raises", (f"{error}: {text}" for error, text in raises.items())),
        _format_section("Confidence", [item["x-heymarket-confidence"]]),
        _format_section("Sources", item["x-heymarket-sources"]),
        _format_section(
            "Contradictions", (f"{e['id']}: {e['says']}" for e in item.get("x-heymarket-discrepancies", []))
        ),
    ]
    return "\n\n".join(filter(None, parts))


def describe_successes(operation: Operation, nothing: str = "") -> str:
    """Describes what is returned; of more than one success, each with its status."""
    found = {
        status: f"{'' if 'content' in success else nothing}{success['description']}"
        for status, success in operation.successes.items()
    }
    if len(found) == 1:
        return found[operation.success[0]]
    return " ".join(f"{status}: {text}" for status, text in found.items())


def describe_argument(part: dict[str, Any], code: Callable[[str], str] = str) -> str:
    """Describes an argument: its meaning, then format, values, limits and example.

    Args:
        part: The parameter, or the schema of a body's property.
        code: How literal values are written.
    """
    schema = part.get("schema", part)
    known = {**schema, **part}
    facts = ["Deprecated." if known.get("deprecated") else "", known.get("description", "").strip()]
    if schema.get("format") == "phone":
        facts.append("A number with a plus may be in any common notation.")
    elif schema.get("format") == "binary":
        facts.append("A path, bytes, a file that is open for reading bytes, or a `File`.")
    elif "format" in schema and schema["format"] != "channel-value":
        facts.append(f"Format: {schema['format']}.")
    match schema:
        case {"enum": values}:
            facts.append(f"One of {_join_values(values, code)}.")
        case {"anyOf": [{"enum": values}, {"type": "string"}]}:
            facts.append(f"Known values: {_join_values(values, code)}; any string is accepted.")
    limits = {"minimum": "At least", "maximum": "At most", "maxItems": "At most", "default": "Default:"}
    if "maxLength" in schema:
        facts.append(f"At most {schema['maxLength']} characters.")
    if "pattern" in schema:
        facts.append(f"Pattern: {code(schema['pattern'])}.")
    facts += [f"{label} {code(json.dumps(schema[key]))}." for key, label in limits.items() if key in schema]
    if "example" in known:
        facts.append(f"Example: {code(json.dumps(known['example'], ensure_ascii=False))}.")
    return " ".join(filter(None, facts)) or "Not described."


def describe_behavior(item: dict[str, Any]) -> Iterator[str]:
    """Describes what the client does in addition to the request."""
    rules = body_schema(item)
    choices = [" with ".join(f"`{name}`" for name in group) for group in rules.get("x-heymarket-exactly-one", [])]
    if choices:
        yield f"Exactly one of {_join_words(choices)} is required."
    if some := rules.get("x-heymarket-at-least-one"):
        yield f"At least one of {_join_words([f'`{name}`' for name in some])} is required."
    names = [name for requirement in item.get("security", ()) for name in requirement]
    where = "".join(f"Sent to {server['url']}" for server in item.get("servers", ()))
    if names:
        key = f"the key of {names[0]} (`keys`, or `{name_variable(names[0])}`)"
        yield f"{where or 'Sent'}, with {key}, and not with the client's credentials.".replace("Sent,", "Sent")
    elif where or "security" in item:
        yield f"{where or 'Sent'}{', without credentials' * ('security' in item)}.".replace("Sent,", "Sent")
    if item.get("deprecated"):
        yield "Heymarket has deprecated it, without a date."
    if "x-heymarket-pagination" in item:
        yield (
            "Returns the items one by one and fetches each page when it is needed; `.limit(n)` ends early, `.pages()` "
            "returns whole pages, `.resume(cursor)` begins at one."
        )


def _join_words(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


def find_error_name(status: str) -> str:
    """Returns the name of the error that the client raises for a status."""
    return _ERRORS.get(status) or ("InternalServerError" if status[0] == "5" else "APIStatusError")


def _join_values(values: list[Any], code: Callable[[str], str]) -> str:
    return ", ".join(code(json.dumps(value, ensure_ascii=False)) for value in values)


def _fill_paragraphs(text: str) -> str:
    return "\n\n".join(textwrap.fill(paragraph, _WIDTH) for paragraph in text.strip().split("\n\n"))


def _format_section(title: str, entries: Iterable[str]) -> str:
    lines = [_format_entry(entry) for entry in entries]
    return "\n".join([f"{title}:", *lines]) if lines else ""


def _format_entry(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), _WIDTH, initial_indent=" " * 4, subsequent_indent=" " * 8)
