"""A curl command, with the response that it was given.

Headers and credentials are read past: nothing of them is kept, so nothing of them can be written or shown.
"""

import argparse
import codecs
import json
import re
import shlex
from typing import Any, NoReturn
from urllib.parse import parse_qsl, unquote, urlsplit

from .endpoint import Endpoint, InputError, Parameter
from .infer import infer
from .naming import propose_parameter_name

_COMMAND = re.compile(r"^[ \t]*(?:[$>#%][ \t]+)?curl(?:\.exe)?[ \t]", re.MULTILINE)
_CONTINUATION = re.compile(r"[\\^`][ \t]*\r?\n")
_STATUS = re.compile(r"(?:HTTP/[\d.]+ )?([1-5]\d\d)(?: [A-Za-z' -]+)?")
_HEADER = re.compile(r"[A-Za-z0-9-]+: ?.*")
_VARIABLE = re.compile(r"\$\{?(\w+)\}?|\{\{\s*(\w+)\s*\}\}|<(\w+)>|(?<=/):([A-Za-z]\w*)")
_LITERAL_ID = re.compile(r"\d+|(?=[^/]*\d)(?=[^/]*[A-Za-z])[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*|\+\d+|[^/@]+@[^/@]+")
_VERSION = re.compile(r"v\d+(?:\.\d+)?|api|rest", re.IGNORECASE)


_READ_PAST = (
    "-H --header", "-u --user", "-b --cookie", "-A --user-agent", "-e --referer", "-o --output", "-m --max-time",
    "-x --proxy", "-w --write-out", "-E --cert", "-c --cookie-jar", "--connect-timeout", "--retry", "--oauth2-bearer",
    "--cacert", "--key", "--resolve",
)  # fmt: skip
"""Options with a value that says nothing about the endpoint."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        option = re.search(r"argument ([\w/-]+)", message)
        raise InputError(f"The curl command can't be read{f': look at {option[1]}' if option else ''}.")


def _make_parser() -> _Parser:
    parser = _Parser(add_help=False, allow_abbrev=False)
    parser.add_argument("-X", "--request")
    parser.add_argument("--url", action="append", default=[])
    for flags, name in (
        (("-d", "--data", "--data-ascii", "--data-raw", "--data-binary"), "data"),
        (("--data-urlencode",), "data"),
        (("--json",), "json"),
        (("-F", "--form", "--form-string"), "form"),
    ):
        parser.add_argument(*flags, action="append", default=[], dest=name)
    parser.add_argument("-G", "--get", action="store_true")
    parser.add_argument("-I", "--head", action="store_true")
    for options in _READ_PAST:
        parser.add_argument(*options.split(), action="append", dest="_")
    for letter in "sSLkivfNg#0":
        parser.add_argument(f"-{letter}", action="store_true", dest="_flag")
    parser.add_argument("words", nargs="*")
    return parser


def find_command(text: str) -> tuple[int, int] | None:
    """The first and the last position of a curl command in a text; `None` if there is none."""
    match = _COMMAND.search(text)
    if match is None:
        return None
    end = match.start()
    for line in text[end:].splitlines(keepends=True):
        end += len(line)
        command = text[match.start() : end]
        if not _CONTINUATION.search(line) and _split(command) is not None:
            return match.start(), end
    raise InputError("A quote of the curl command isn't closed: paste the whole command.")


def _split(command: str) -> list[str] | None:
    """The words of a command; `None` if a quote isn't closed."""

    def read_escapes(quoted: re.Match[str]) -> str:  # $'...'
        return shlex.quote(codecs.decode(quoted[1], "unicode_escape"))

    joined = _CONTINUATION.sub(" ", command)
    try:
        return shlex.split(re.sub(r"\$'((?:\\.|[^'\\])*)'", read_escapes, joined))
    except ValueError:
        return None


def read(text: str, paths: list[str]) -> Endpoint:
    """Reads a curl command, and what follows it.

    Args:
        text: The command, then the response: JSON, with or without status line and headers.
        paths: Paths that are described already, whose names for parameters are taken.

    Raises:
        InputError: When it can't be read.
    """
    found = find_command(text)
    if found is None:
        raise InputError("There is no curl command: a line that begins with curl is expected.")
    endpoint = read_command(text[slice(*found)], paths)
    read_response(endpoint, text[found[1] :])
    return endpoint


def read_command(command: str, paths: list[str]) -> Endpoint:
    """Reads the command alone."""
    words = _split(command[command.index("curl") :]) or []
    options, rest = _make_parser().parse_known_intermixed_args(words[1:])
    urls = [*options.url, *(word for word in [*options.words, *rest] if re.match(r"\w+://|/|\$|\{\{|[\w-]+\.\w", word))]
    if not urls:
        raise InputError("The curl command has no URL.")
    data = "&".join(options.data or options.json)
    sent = bool(data or options.form)
    method = options.request or ("HEAD" if options.head else "POST" if sent and not options.get else "GET")
    path, query = _read_url(urls[0])
    endpoint = Endpoint(method=method.lower(), path="", kind="curl command")
    _read_path(endpoint, path, paths)
    if options.get:
        query, data = f"{query}&{data}", ""
    for name, values in _group(query).items():
        endpoint.parameters.append(Parameter(name, "query", _infer_written(name, values)))
    if options.form:
        endpoint.body_type = "multipart/form-data"
        endpoint.body = _infer_form(_group_form(options.form))
    elif data:
        _read_body(endpoint, data)
    return endpoint


def _read_url(url: str) -> tuple[str, str]:
    url = re.sub(r"^(?:\$\{?\w+\}?|\{\{\s*\w+\s*\}\})(?=/)", "", url)  # a base URL in a variable
    if not url.startswith("/") and "://" not in url:
        url = f"https://{url}"
    try:
        parts = urlsplit(_VARIABLE.sub(lambda match: f"{{{next(filter(None, match.groups()))}}}", url))
    except ValueError:
        raise InputError("The URL of the curl command can't be read.") from None
    return parts.path.rstrip("/") or "/", parts.query


def _read_path(endpoint: Endpoint, path: str, paths: list[str]) -> None:
    """Makes the template of a path, with a parameter for each part that looks like an id."""
    steps = path.split("/")
    model = next((known.split("/") for known in paths if _fits(known.split("/"), steps)), [])
    for index, step in enumerate(steps):
        plain = unquote(step)
        if match := re.fullmatch(r"\{(\w+)\}", plain):
            name, values = match[1], []
        elif _LITERAL_ID.fullmatch(plain) and not _VERSION.fullmatch(plain):
            before = steps[index - 1] if index else ""
            known = model[index].strip("{}") if index < len(model) and model[index].startswith("{") else ""
            name, values = known or propose_parameter_name(before), [plain]
        else:
            continue
        taken = {parameter.name for parameter in endpoint.parameters}
        name = next(one for one in [name, *(f"{name}{n}" for n in range(2, 99))] if one not in taken)
        schema = _infer_written(name, values) if values else {"type": "string"}
        if schema.get("format") not in {"uuid", "email"}:
            schema.pop("format", None)
        endpoint.parameters.append(Parameter(name, "path", schema, required=True))
        if values and not (index < len(model) and model[index].startswith("{")):
            endpoint.notes.append(f"the path's {{{name}}} was a value: is this its name?")
        steps[index] = f"{{{name}}}"
    endpoint.path = "/".join(steps)


def _fits(known: list[str], steps: list[str]) -> bool:
    """Whether a path begins like a known one, up to its last parameter and at least to its first."""
    last = max((index for index, step in enumerate(known) if step.startswith("{")), default=-1)
    if last < 0 or last >= len(steps):
        return False
    return all(
        one == other or (one.startswith("{") and bool(_LITERAL_ID.fullmatch(unquote(other))))
        for one, other in zip(known[: last + 1], steps, strict=False)
    )


def _group(query: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        found.setdefault(name, []).append(value)
    return found


def _group_form(fields: list[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for field in fields:
        name, _, value = field.partition("=")
        found.setdefault(name, []).append(None if value[:1] in {"@", "<"} else value)
    return found


def _infer_written(name: str, values: list[str]) -> dict[str, Any]:
    """The schema of values that are written in a URL or a form, where everything is a string."""
    read = [_read_value(value) for value in values]
    return infer(read, name) if len(read) == 1 else {"type": "array", "items": infer(read, name)}


def _read_value(value: str) -> Any:
    if value in {"true", "false"}:
        return value == "true"
    # Longer ones are phone numbers; a leading zero belongs to a string.
    return int(value) if re.fullmatch(r"0|-?[1-9]\d{0,9}", value) else value


def _infer_form(fields: dict[str, list[Any]]) -> dict[str, Any]:
    parts = {
        name: {"type": "string", "format": "binary"} if None in values else _infer_written(name, values)
        for name, values in fields.items()
    }
    return {"type": "object", "properties": parts, "required": list(parts)}


def _read_body(endpoint: Endpoint, data: str) -> None:
    if data.startswith("@"):
        endpoint.notes.append("the body was in a file: paste it into the curl command (-d '...')")
        return
    try:
        body = json.loads(data)
    except ValueError as error:
        if data.lstrip()[:1] in {"{", "["}:
            raise InputError(
                f"The body of the curl command isn't JSON: {_place(error)}. It has to be complete, without comments."
            ) from None
        endpoint.body_type = "application/x-www-form-urlencoded"
        endpoint.body = _infer_form(dict(_group(data)))
    else:
        endpoint.body = infer([body])


def read_response(endpoint: Endpoint, text: str) -> str:
    """Reads the response at the beginning of a text: status line, headers and JSON, each where there is one.

    Returns:
        What follows it.
    """
    lines = text.splitlines(keepends=True)
    at = 0
    statuses: list[str] = []
    while at < len(lines):
        line = re.sub(r"^[<>*] ?", "", lines[at]).strip()  # of curl -v
        sent = lines[at][:2] in {"> ", "* "}
        if match := _STATUS.fullmatch(line):
            statuses.append(match[1])
        elif line and not sent and not _HEADER.fullmatch(line):
            break
        at += 1
    # A page lists its statuses, and shows the response of the first; curl shows redirects before the response.
    for status in statuses[:1] if endpoint.kind == "page" else statuses[-1:]:
        if not status.startswith("2"):
            raise InputError(f"The response has status {status}: paste one of a success.")
        endpoint.status = status
    rest = "".join(lines[at:]).lstrip()
    if rest[:1] not in {"{", "[", '"'}:
        if rest.strip() and endpoint.kind == "curl command":
            raise InputError(
                "What follows the curl command isn't JSON: paste the response's status line, headers and body, or none."
            )
        if endpoint.status != "204":
            endpoint.notes.append("no response was pasted: what is returned?")
        return rest
    try:
        value, end = json.JSONDecoder().raw_decode(rest)
    except ValueError as error:
        raise InputError(
            f"The response isn't JSON: {_place(error)}. It has to be complete, without comments."
        ) from None
    endpoint.response = infer([value])
    return rest[end:]


def _place(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"its line {error.lineno}, column {error.colno} ({error.msg.lower()})"
    return "it can't be read"
