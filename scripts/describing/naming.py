"""Names that are proposed for what the input names otherwise or not at all."""

import keyword
import re

_VERBS = {
    "retrieve": "get", "get": "get", "fetch": "get", "read": "get", "show": "get", "view": "get",
    "list": "list", "create": "create", "add": "create", "new": "create", "insert": "create",
    "update": "update", "edit": "update", "change": "update", "modify": "update", "replace": "update", "set": "update",
    "delete": "delete", "remove": "delete", "count": "count", "search": "search", "find": "search",
}  # fmt: skip
"""First words of a title, and what the method is called."""

_BY_METHOD = {"get": "get", "post": "create", "put": "update", "patch": "update", "delete": "delete"}
_NOT_A_NOUN = re.compile(r"v\d+(\.\d+)?|api|rest|\{.*\}|\d+|", re.IGNORECASE)
READING = {"get", "list", "search", "count"}
"""Methods that only read."""


def to_snake(name: str) -> str:
    """A name in snake_case."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+", "_", name)
    return re.sub(r"_+", "_", words).strip("_").lower()


def to_pascal(name: str) -> str:
    """A name in PascalCase."""
    return "".join(word[0].upper() + word[1:] for word in to_snake(name).split("_") if word)


def singular(noun: str) -> str:
    """The singular of an English noun, near enough to propose a name."""
    for ending, instead in (
        ("ies", "y"),
        ("sses", "ss"),
        ("xes", "x"),
        ("ches", "ch"),
        ("ss", "ss"),
        ("uses", "us"),
        ("us", "us"),
        ("s", ""),
    ):
        if noun.endswith(ending) and len(noun) > len(ending) + 1:
            return noun.removesuffix(ending) + instead
    return noun


def plural(noun: str) -> str:
    """The plural of an English noun."""
    one = singular(noun)
    if re.search(r"[^aeiou]y$", one):
        return f"{one[:-1]}ies"
    return f"{one}es" if one.endswith(("s", "x", "ch", "sh")) else f"{one}s"


def propose_parameter_name(before: str) -> str:
    """The name of a parameter after a part of a path: `contactID` after `contacts`."""
    words = to_snake(singular(before)).split("_") if re.fullmatch(r"[A-Za-z][\w-]*", before) else []
    return words[0] + "".join(word.capitalize() for word in words[1:]) + "ID" if words else "id"


def propose_operation(method: str, path: str, title: str, *, many: bool) -> tuple[str, str]:
    """The tag and the method of the client that are proposed for an operation.

    Args:
        method: The HTTP method, in small letters.
        path: The path's template.
        title: What the operation does.
        many: Whether the response is a list.
    """
    steps = path.strip("/").split("/")
    nouns = [to_snake(step.partition(":")[0].partition(".")[0]) for step in steps if not _NOT_A_NOUN.fullmatch(step)]
    nouns = [noun for noun in nouns if noun[:1].isalpha()]
    verb = to_snake(title).partition("_")[0]
    name = _VERBS.get(verb, "")
    last = nouns[-1] if nouns else ""
    if len(nouns) > 1 and (last == verb or last in _VERBS) and not steps[-1].startswith("{"):
        nouns, name = nouns[:-1], last if last == verb and not name else name or _VERBS.get(last, last)
    # A method of its own, such as /messages/{id}/archive: the verb is in the title, or is no plural after a POST.
    elif not name and verb and verb == last:
        name = verb
    if not nouns:
        nouns = ["things"]
    if method == "get" and many:
        name = "list"
    elif method == "get" and name not in READING:
        name = "get"
    name = name or _BY_METHOD.get(method, method)
    tag = "_".join([*(singular(noun) for noun in nouns[:-1]), plural(nouns[-1])])
    return tag, f"{name}_it" if keyword.iskeyword(name) or not name.isidentifier() else name
