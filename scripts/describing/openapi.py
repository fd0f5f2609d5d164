"""An operation of an OpenAPI file, 3.0 or 3.1, in JSON or YAML.

What 3.0 writes otherwise becomes 3.1. References are followed: to parameters, bodies and responses they are replaced by
what they lead to, to schemas they stay, and the schemas come along.
"""

import json
import re
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from codegen.vocabulary import FORMATS
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from .endpoint import Endpoint, InputError, Parameter, Schema, decide
from .infer import complete, infer

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_LIMITS = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}
_DROPPED = {"xml", "externalDocs", "discriminator", "examples", "nullable", "readOnly", "writeOnly", "title"}
_PARTS = ("anyOf", "oneOf", "allOf")


def parse(text: str) -> dict[str, Any] | None:
    """The document, with all keys as strings; `None` if the text is something else.

    Raises:
        InputError: When it is an OpenAPI file that can't be read.
    """
    if not re.search(r"""^\s*[{"']*(openapi|swagger)["']?\s*:""", text, re.MULTILINE):
        return None
    try:
        data = json.loads(text) if text.lstrip().startswith("{") else YAML(typ="safe", pure=True).load(text)
    except json.JSONDecodeError as error:
        raise InputError(f"The OpenAPI file isn't JSON: line {error.lineno}, {error.msg.lower()}.") from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise InputError(
            f"The OpenAPI file isn't YAML: line {mark.line + 1 if mark else 1}, {error.problem}."
        ) from None
    except YAMLError:
        raise InputError("The OpenAPI file isn't YAML.") from None
    if not isinstance(data, dict):
        return None
    version = str(data.get("openapi", data.get("swagger")))
    if not re.match(r"3\.[01](\.|$)", version):
        raise InputError(
            "The file isn't OpenAPI 3.0 or 3.1: convert it first, such as with https://converter.swagger.io."
        )
    document: dict[str, Any] = _normalize(data)
    return document


def _normalize(value: Any) -> Any:
    """The same as JSON has it: YAML has keys that are numbers, and dates."""
    if isinstance(value, dict):
        return {str(key): _normalize(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_normalize(part) for part in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def read(document: dict[str, Any], wanted: str) -> Endpoint:
    """Reads one operation.

    Args:
        document: What `parse` returned.
        wanted: `GET /path` or an operationId; empty if the file has one operation only.

    Raises:
        InputError: When there is no such operation, or a reference leads nowhere.
    """
    try:
        return _Reader(document).read(*_choose(document, wanted))
    except (AttributeError, LookupError, TypeError, ValueError):
        raise InputError("The file isn't as OpenAPI wants it: check the file with openapi-spec-validator.") from None


def _choose(document: dict[str, Any], wanted: str) -> tuple[str, str, list[Any], dict[str, Any]]:
    found: dict[str, tuple[str, str, list[Any], dict[str, Any]]] = {}
    by_id: dict[str, str] = {}
    for path, around in (document.get("paths") or {}).items():
        whole = _follow(document, around)
        for method in _METHODS:
            if isinstance(whole.get(method), dict):
                name = f"{method.upper()} {path}"
                prefix = _find_prefix(whole[method], whole, document)
                found[name] = (method, prefix + path, whole.get("parameters", []), whole[method])
                by_id.setdefault(str(whole[method].get("operationId", "")), name)
    if not found:
        raise InputError("The OpenAPI file has no operation under `paths`.")
    if not wanted and len(found) == 1:
        return next(iter(found.values()))
    name = re.sub(r"^[a-z]+(?= )", lambda word: word[0].upper(), wanted)
    name = name if name in found else by_id.get(wanted, "") if wanted else ""
    if name:
        return found[name]
    words = {**{one.lower(): one for one in found}, **{one.lower(): one for one in by_id if one}}
    near = [words[one] for one in get_close_matches(wanted.lower(), words, n=8, cutoff=0.3)] or list(found)[:8]
    shown = "\n".join(f'    --operation "{one}"' for one in near)
    what = (
        "It has no such operation. The nearest are"
        if wanted
        else f"It has {len(found)} operations. Choose one, such as"
    )
    raise InputError(f"Which operation of the OpenAPI file? {what}:\n{shown}")


def _find_prefix(*parts: dict[str, Any]) -> str:
    """The path of the nearest server, which every path of the file begins with."""
    server: dict[str, Any] = next((part["servers"][0] for part in parts if part.get("servers")), {})
    url = str(server.get("url", ""))
    for name, variable in (server.get("variables") or {}).items():
        url = url.replace(f"{{{name}}}", str(variable.get("default", "")))
    return re.sub(r"^[a-z]+://[^/]*", "", url).rstrip("/")


def _follow(document: dict[str, Any], part: Any) -> dict[str, Any]:
    """A part, or what its reference leads to."""
    for _ in range(20):
        if not (isinstance(part, dict) and isinstance(part.get("$ref"), str)):
            break
        ref: str = part["$ref"]
        if not ref.startswith("#/"):
            raise InputError("The file refers to other files: bundle it first, such as with `npx @redocly/cli bundle`.")
        target: Any = document
        for step in ref.removeprefix("#/").split("/"):
            target = target.get(step.replace("~1", "/").replace("~0", "~")) if isinstance(target, dict) else None
        if not isinstance(target, dict):
            raise InputError(f"The OpenAPI file refers to {ref}, which isn't in it: use the whole file.")
        part = target
    return part if isinstance(part, dict) else {}


class _Reader:
    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self._components: dict[str, Schema] = {}

    def read(self, method: str, path: str, shared: list[Any], item: dict[str, Any]) -> Endpoint:
        endpoint = Endpoint(method, path, "OpenAPI file", components=self._components)
        endpoint.title = str(item.get("summary", ""))
        endpoint.description = str(item.get("description", ""))
        endpoint.operation_id = str(item.get("operationId", ""))
        parameters = {
            (p.get("name"), p.get("in")): p for p in map(self._target, [*shared, *item.get("parameters", [])])
        }
        for parameter in parameters.values():
            self._add_parameter(endpoint, parameter)
        if body := self._target(item.get("requestBody")):
            endpoint.body_type, endpoint.body = self._read_content(endpoint, body.get("content"), sent=True)
            endpoint.body_required = bool(body.get("required", endpoint.body_type != ""))
        self._read_responses(endpoint, item.get("responses") or {})
        if item.get("deprecated"):
            endpoint.notes.append("the vendor calls it deprecated: is it needed?")
        if self._document.get("openapi", "") and item.get("security") == []:
            endpoint.notes.append("it needs no credentials there; ours are sent in any case")
        return endpoint

    def _target(self, part: Any) -> dict[str, Any]:
        return _follow(self._document, part)

    def _add_parameter(self, endpoint: Endpoint, parameter: dict[str, Any]) -> None:
        name, place = str(parameter.get("name")), str(parameter.get("in"))
        if place == "header" and name.lower() in {"authorization", "accept", "content-type"}:
            return
        if place not in {"path", "query", "header"}:
            endpoint.notes.append(f"the {place} {name} is left out: none can be described")
            return
        content: dict[str, Any] = next(iter((parameter.get("content") or {}).values()), {})
        schema = self._convert(parameter.get("schema") or content.get("schema") or {"type": "string"}, sent=True)
        if (example := _first_example(parameter)) is not None and "$ref" not in schema:
            schema["example"] = example
        if parameter.get("style", "form") not in {"form", "simple"} or parameter.get("explode") is False:
            endpoint.notes.append(f"{name} is written in a style of its own there: style and explode aren't copied")
        endpoint.parameters.append(
            Parameter(name, place, schema, place == "path" or bool(parameter.get("required")), _words(parameter))
        )

    def _read_responses(self, endpoint: Endpoint, responses: dict[str, Any]) -> None:
        successes = [status for status in responses if status.startswith("2")] or [
            s for s in responses if s == "default"
        ]
        if successes:
            chosen = self._target(responses[successes[0]])
            endpoint.status = successes[0] if successes[0].isdecimal() else "200"
            endpoint.response_description = _words(chosen)
            endpoint.response_type, endpoint.response = self._read_content(endpoint, chosen.get("content"), sent=False)
            if len(successes) > 1:
                endpoint.notes.append(f"the file has {', '.join(successes)}: is {endpoint.status} the one to describe?")
        endpoint.errors = {
            status: _words(self._target(part))
            for status, part in responses.items()
            if re.fullmatch(r"[45]\d\d", status)
        }

    def _read_content(self, endpoint: Endpoint, content: Any, *, sent: bool) -> tuple[str, Schema | None]:
        """The media type and the schema of a body; JSON where there is a choice."""
        if not content:
            return "application/json", None
        kind = next((k for k in content if k.partition(";")[0] == "application/json"), None)
        kind = kind or next((k for k in content if "json" in k), None) or next(iter(content))
        if len(content) > 1:
            endpoint.notes.append(f"of {', '.join(content)} it is {kind} that is described")
        media = content[kind]
        schema = self._convert(media.get("schema") or {}, sent=sent)
        example = _first_example(media)
        if example is not None:
            sample = infer([example])
            schema = complete(schema, sample, self._components) if schema else sample
        return kind.partition(";")[0], schema or {"type": "string"}

    def _find_schema(self, ref: str) -> Schema:
        """The schema that a reference leads to; a free one, to be decided on, if the file forgot it."""
        try:
            return _follow(self._document, {"$ref": ref})
        except InputError as error:
            schema: Schema = {"type": "object", "additionalProperties": True}
            decide(schema, "type", f"what is it? {error}")
            return schema

    def _convert(self, part: Any, *, sent: bool) -> Schema:
        """A schema as 3.1 has it, with its references copied to the components."""
        if not isinstance(part, dict):
            return {}
        schema = dict(part)
        if isinstance(ref := schema.get("$ref"), str):
            name = re.sub(r"\W", "", ref.rpartition("/")[2]) + ("Write" if sent else "")
            if name not in self._components:
                self._components[name] = {}
                self._components[name] = self._convert(self._find_schema(ref), sent=sent)
            beside = {"description": schema["description"]} if "description" in schema else {}
            return {**beside, "$ref": f"#/components/schemas/{name}"}
        for key, limit in _LIMITS.items():
            if isinstance(schema.get(key), bool) and schema.pop(key) and limit in schema:
                schema[key] = schema.pop(limit)
        if schema.get("nullable") and isinstance(schema.get("type"), str):
            schema["type"] = [schema["type"], "null"]
            schema |= {"enum": [*schema["enum"], None]} if None not in schema.get("enum", [None]) else {}
        if "example" not in schema and isinstance(schema.get("examples"), list) and schema["examples"]:
            schema["example"] = schema["examples"][0]
        if "default" in schema:  # described in words: a client sends what it is told, and nothing else
            default = json.dumps(schema.pop("default"), ensure_ascii=False).strip('"')
            schema["description"] = f"{schema.get('description', '').rstrip()} By default {default}.".strip()
        if (
            isinstance(schema.get("enum"), list)
            and len(schema["enum"]) == 1
            and isinstance(schema["enum"][0], str | int)
        ):
            schema = {
                "const": schema.pop("enum")[0],
                **{k: v for k, v in schema.items() if k not in {"allOf", "format"}},
            }
        if "type" in schema and schema.get("format", "uuid") not in FORMATS:  # it is a name of the vendor's own
            schema["description"] = (
                f"{schema.get('description', '').rstrip()} Its format is {schema.pop('format')}.".strip()
            )
        schema = {key: value for key, value in schema.items() if key not in _DROPPED and not key.startswith("x-")}
        if "properties" in schema:
            hidden = "readOnly" if sent else "writeOnly"
            kept = {n: p for n, p in schema["properties"].items() if not (isinstance(p, dict) and p.get(hidden))}
            schema["properties"] = {name: self._convert(value, sent=sent) for name, value in kept.items()}
            schema.setdefault("type", "object")
            if "required" in schema:
                schema["required"] = [name for name in schema["required"] if name in kept]
        for key in _PARTS:
            if key in schema:
                schema[key] = [self._convert(one, sent=sent) for one in schema[key]]
        if isinstance(part.get("discriminator"), dict):
            schema |= self._tell_apart(part, schema)
        for key in ("items", "additionalProperties", "not"):
            if isinstance(schema.get(key), dict):
                schema[key] = self._convert(schema[key], sent=sent)
        container = dict if "properties" in schema else list if schema.get("type") == "array" else None
        if container and isinstance(schema.get("example"), container):
            schema = complete(schema, infer([schema.pop("example")]), self._components)
        return schema

    def _tell_apart(self, part: dict[str, Any], schema: Schema) -> Schema:
        """The discriminator of a union, with the names that its objects have now; in words where there is no union."""
        name = str(part["discriminator"].get("propertyName"))
        key = next((key for key in ("oneOf", "anyOf") if key in part), None)
        if key is None:
            return {"description": f"{schema.get('description', '').rstrip()} `{name}` says what kind it is.".strip()}
        given = part["discriminator"].get("mapping") or {}
        mapping: dict[str, str] = {}
        for old, new in zip(part[key], schema[key], strict=True):
            if "$ref" not in old:
                continue
            short = old["$ref"].rpartition("/")[2]
            values = [str(value) for value, target in given.items() if target in {old["$ref"], short}]
            target = self._components[new["$ref"].rpartition("/")[2]]
            field = target.get("properties", {}).get(name, {})
            values = values or ([] if "const" in field else [short])
            if field and values:
                target["properties"][name] = {
                    "type": "string",
                    **({"const": values[0]} if len(values) == 1 else {"enum": values}),
                }
            mapping.update(dict.fromkeys(values, new["$ref"]))
        return {"discriminator": {"propertyName": name, **({"mapping": mapping} if mapping else {})}}


def _first_example(part: dict[str, Any]) -> Any:
    if "example" in part:
        return part["example"]
    named = part.get("examples")
    first: Any = next(iter(named.values()), {}) if isinstance(named, dict) else {}
    return first.get("value") if isinstance(first, dict) else None


def _words(part: dict[str, Any]) -> str:
    return str(part.get("description") or "").strip()
