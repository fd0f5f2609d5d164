"""The normal form of a description, in which there is one way to say a thing.

- A path has its operations, and these all their parameters and their server: no `$ref` to a path, no parameters and
  servers of the whole path. An operation says its security only if it isn't that of the others.
- A media type has no charset, and what it holds has a schema.
- Each of several objects in a union is a schema with a name. With a discriminator, and where nothing tells
  them apart, it is `anyOf`: for JSON Schema, an object may fit several of them.
- A schema is that of bodies, or that of responses and deliveries.
- `allOf` is gone: what it joins is one object, one of a single schema is that schema, and where values are listed
  beside it, these are what is allowed.

The steps after this one, the packaged description and what reads it know this form only.
"""

from copy import deepcopy
from typing import Any

from .bundle import METHODS, Document
from .media_types import find_media_kind
from .problems import DescriptionError, Path, Place
from .schemas import find_types, lists_values, walk
from .shared import separate_bodies
from .unions import list_objects, name_variants, tell_apart


def normalize(document: Document) -> Document:
    """Returns the description in its normal form; the given one stays as it is.

    Raises:
        DescriptionError: When `allOf` leads back to itself.
    """
    normal = _Normalizer(Document(deepcopy(document.data), dict(document.places)))
    for name in normal.document.data["paths"]:
        normal.expand_path(name)
    normal.document.data.get("components", {}).pop("pathItems", None)
    for path, part in list(walk(normal.document.data, ())):
        if "content" in part:
            sent = path[-1:] == ("requestBody",) or path[:2] == ("components", "requestBodies")
            part["content"] = {
                _strip_charset(media): _add_schema(media, one, sent=sent) for media, one in part["content"].items()
            }
        if isinstance(part.get("allOf"), list):
            normal.join(part, path, ())
    name_variants(normal.document)
    separate_bodies(normal.document)
    for _, part in walk(normal.document.data, ()):
        if isinstance(part.get("oneOf"), list) and ("discriminator" in part or _overlap(normal.document, part)):
            part["anyOf"] = part.pop("oneOf")
    return normal.document


class _Normalizer:
    def __init__(self, document: Document) -> None:
        self.document = document

    def expand_path(self, name: str) -> None:
        at: Path = ("paths", name)
        item = self.document.data["paths"][name]
        if "$ref" in item:
            self._copy_places(_split(item["$ref"]), at)
            item = self.document.data["paths"][name] = deepcopy(self.document.resolve(item))
        servers = item.pop("servers", [])
        for operation in (item[method] for method in METHODS if method in item):
            if servers:
                operation.setdefault("servers", servers)
            if operation.get("security") == self.document.data.get("security", 0):
                del operation["security"]
            elif operation.get("security") == [{}]:
                operation["security"] = []
        shared = item.pop("parameters", [])
        for method in METHODS:
            if method not in item or not shared:
                continue
            own = item[method].setdefault("parameters", [])
            known = {(p["name"], p["in"]) for p in map(self.document.resolve, own)}
            for index, parameter in enumerate(shared):
                found = self.document.resolve(parameter)
                if (found["name"], found["in"]) not in known:
                    self._copy_places((*at, "parameters", index), (*at, method, "parameters", len(own)))
                    own.append(parameter)

    def join(self, schema: dict[str, Any], path: Path, around: tuple[int, ...]) -> None:
        """Replaces `allOf` by what it joins, in place."""
        members = schema.get("allOf")
        if members is None:
            return
        around = (*around, id(schema))
        del schema["allOf"]
        if lists_values(schema):
            return
        kinds = {*find_types(schema)}
        if len(members) == 1 and kinds <= {"object", "null"} and not schema.keys() & {"properties", "required"}:
            schema.pop("type", None)
            schema.update({"anyOf": [members[0], {"type": "null"}]} if "null" in kinds else {**members[0], **schema})
            return
        properties: dict[str, Any] = {}
        required: list[str] = []
        for index, member in enumerate([*members, {**schema}]):
            part, at = member, (*path, "allOf", index)
            while "$ref" in part:
                part, at = self.document.target(part["$ref"]), _split(part["$ref"])
            if id(part) in around:
                raise DescriptionError([self.document.problem((*path, "allOf"), "allOf leads back to itself")])
            self.join(part, at, around)
            for name, field in part.get("properties", {}).items():
                if index < len(members):
                    self._copy_places((*at, "properties", name), (*path, "properties", name))
                properties[name] = field
            required += [name for name in part.get("required", []) if name not in required]
        schema.update({"type": schema.get("type", "object"), "properties": properties})
        if required:
            schema["required"] = required

    def _copy_places(self, source: Path, target: Path) -> None:
        places: dict[Path, Place] = self.document.places
        found = {path: place for path, place in places.items() if path[: len(source)] == source}
        places.update({(*target, *path[len(source) :]): place for path, place in found.items()})


def _overlap(document: Document, schema: dict[str, Any]) -> bool:
    """Whether a value may fit several objects of a union, because nothing tells them apart."""
    objects = list_objects(document, schema["oneOf"])
    return len(objects) > 1 and tell_apart(document, schema, objects) is None


def _strip_charset(media: str) -> str:
    return media.partition(";")[0].strip().lower()


def _add_schema(media: str, part: Any, *, sent: bool) -> Any:
    """Adds the schema of what isn't JSON; whatever is sent is a file."""
    kind = find_media_kind(media)
    if kind not in {"text", "bytes"}:
        return part
    form = {"format": "binary"} if sent or (kind == "bytes" and "schema" not in part) else {}
    return {**part, "schema": {"type": "string", **part.get("schema", {}), **form}}


def _split(ref: str) -> Path:
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in ref.removeprefix("#/").split("/"))
