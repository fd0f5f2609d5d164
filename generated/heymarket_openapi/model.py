"""What all models have: fields that aren't described, and the ways into other programs, such as JSON and pydantic."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Self

from .lazy import Listed

_HIDDEN = "x-heymarket-"


class Model(Listed):
    """Base of the models. Fields that aren't described are items: `model["name"]`.

    `dict(model)` is what `to_dict` returns. pydantic, and with it FastAPI, accepts a model or a mapping in its place,
    and writes it as `to_dict` does.
    """

    __slots__ = ()

    additional_properties: dict[str, Any]

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Makes a model of a JSON object. What isn't described is kept."""
        raise NotImplementedError

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON object: plain dicts, lists, strings and numbers. Fields that are `UNSET` are left out."""
        raise NotImplementedError

    def to_json(self) -> str:
        """Returns the JSON object as a string."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    @property
    def additional_keys(self) -> list[str]:
        """The names of the fields that aren't described."""
        return list(self.additional_properties)

    def __getitem__(self, key: str) -> Any:
        if key not in self.additional_properties and key in type(self).__annotations__:
            raise KeyError(f"{key}: a described field is an attribute, .{key}")
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self.to_dict().items())

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(
            cls._validate,
            serialization=core_schema.plain_serializer_function_ser_schema(cls.to_dict),
        )

    @property
    def __pydantic_serializer__(
        self,
    ) -> Any:  # asked for where a value of any type is written
        model: Any = type(self)
        try:
            return _make_serializer(model)
        except ModuleNotFoundError:
            raise AttributeError("__pydantic_serializer__") from None

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> Any:
        return _write_schema({"$ref": cls.__name__}, ()) | {"title": cls.__name__}

    @classmethod
    def _validate(cls, value: Any) -> Self:
        if isinstance(value, cls):
            return value
        try:
            return cls.from_dict(value)
        except KeyError as error:
            raise ValueError(f"it lacks {error}") from None
        except (
            AttributeError,
            TypeError,
            ValueError,
        ):  # pydantic makes its own error of a ValueError alone
            raise ValueError(
                f"it is no {cls.__name__}, and no mapping of its fields"
            ) from None


@cache
def _make_serializer(model: type[Model]) -> Any:
    from pydantic_core import SchemaSerializer

    return SchemaSerializer(model.__get_pydantic_core_schema__(model, None))


@cache
def _load_schemas() -> dict[str, Any]:
    text = files(__package__).joinpath("openapi.json").read_bytes()
    schemas: dict[str, Any] = json.loads(text)["components"]["schemas"]
    return schemas


def _write_schema(part: Any, around: tuple[str, ...]) -> Any:
    """A part of the description with schemas in the place of references, except those that it is in already."""
    if isinstance(part, list):
        return [_write_schema(item, around) for item in part]
    if not isinstance(part, dict):
        return part
    name = part.get("$ref", "").rpartition("/")[2]
    schema = _load_schemas().get(name)
    if name in around or (name and schema is None):
        return {"type": "object"}
    rest = {
        key: _write_schema(value, around)
        for key, value in part.items()
        if key != "$ref" and not key.startswith(_HIDDEN)
    }
    return _write_schema(schema, (*around, name)) | rest if name else rest
