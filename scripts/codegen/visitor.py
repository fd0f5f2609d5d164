"""A visit to every part of a description, which finds what isn't in the vocabulary."""

import difflib
import re
from typing import Any

from .bundle import Document
from .forms import Choice, Named, Pattern, Read, Refused
from .media_types import find_media_kind
from .problems import Path, Problem
from .schema_checks import check_schema
from .vocabulary import BESIDE_A_REFERENCE, OBJECTS, REFERENCES, TYPES
from .wording import join_words, spell_object, write_plain, write_value

_SAYS = {str: "a string", bool: "true or false", int: "an integer", dict: "keys and values", list: "a list"}
_PAGE = "docs/growing-the-api.md has the list of what may be here"
_OURS = sorted({key for keys in OBJECTS.values() for key in keys if key.startswith("x-")})


class Visitor:
    """Visits every part of a description, with the place of the request or response that it describes."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._seen: set[tuple[Path, str]] = set()
        self.problems: list[Problem] = []

    def visit(self, form: Any, part: Any, path: Path, place: str) -> None:
        match form:
            case None:
                pass  # of any form
            case "schema or boolean" if isinstance(part, bool):
                pass  # nothing is in it
            case str():
                self._visit_object(form.partition(" ")[0], part, path, place)
            case [item]:
                if self._has_type(part, list, path):
                    for index, value in enumerate(part):
                        self.visit(item, value, (*path, index), place)
            case Named(item, keys):
                if self._has_type(part, dict, path):
                    for key, value in part.items():
                        if keys is None or place == "failure" or self._check_value(keys, key, (*path, key)):
                            self.visit(item, value, (*path, key), _enter(place, path, key))
            case Choice() | Pattern():
                self._check_value(form, part, path)
            case _:
                self._has_type(part, form, path)

    def _visit_object(self, name: str, part: Any, path: Path, place: str) -> None:
        if name == "schema" and isinstance(part, bool):
            self._report(path, "a schema that is a boolean says nothing: describe what it is")
            return
        if not self._has_type(part, dict, path):
            return
        if name == "parameter":
            place = f"{'JSON' if 'content' in part else part.get('in')} parameter"
        if name in REFERENCES and "$ref" in part:
            self._follow(name, part, path, place)
            part = {key: value for key, value in part.items() if key != "$ref"}
            for key in part.keys() - BESIDE_A_REFERENCE:
                self._report((*path, key), f"{key} beside a $ref has no effect: write it in what the $ref leads to")
            return
        keys, meant, before = OBJECTS[name], {*part}, len(self.problems)
        for key, value in part.items():
            rule = keys.get(key)
            match rule:
                case Refused(reason):
                    self._report((*path, key), f"{key} isn't supported in {spell_object(name)}: {reason}")
                case Read(form, places=places, advice=advice):
                    if places and place not in places:
                        self._report((*path, key), f"{key} has no effect in a {place}: {advice}")
                    if not (place == "failure" and key == "content"):  # the client passes it on as a string
                        self.visit(form, value, (*path, key), _enter(place, path, key))
                case None:
                    meant.add(self._report_unknown(name, key, path))
        if name == "media" and find_media_kind(str(path[-1])) in {"text", "bytes"}:
            meant.add("schema")  # there is but one
        for key, rule in keys.items():
            if isinstance(rule, Read) and rule.required and key not in meant:
                self._report(path, f"{key} is missing in {spell_object(name)}")
        if name == "parameter" and not part.keys() & {"schema", "content", "$ref"}:
            self._report(path, "schema is missing in a parameter")
        content = part.get("content")
        if name in {"body", "response"} and place != "failure" and isinstance(content, dict) and len(content) != 1:
            self._report(path, "content has to have one media type, such as application/json")
        if name == "body" and place == "delivery" and isinstance(content, dict):
            for media in content:
                if find_media_kind(str(media)) != "json":
                    self._report((*path, "content", media), "a delivery is JSON: only application/json is read")
        if name == "schema" and place in TYPES and len(self.problems) == before:
            self.problems += check_schema(self._document, part, path, place)

    def _follow(self, name: str, part: dict[str, Any], path: Path, place: str) -> None:
        target = tuple(str(part["$ref"]).removeprefix("#/").replace("~1", "/").split("/"))
        if target[:2] != ("components", REFERENCES[name]) or len(target) != 3:  # section and name
            expected = f"#/components/{REFERENCES[name]}/Name"
            self._report((*path, "$ref"), f"a $ref to {spell_object(name)} is written as {expected}: describe it there")
        elif (target, place) not in self._seen:
            self._seen.add((target, place))
            self.visit(name, self._document.target(part["$ref"]), target, place)

    def _has_type(self, part: Any, kind: type, path: Path) -> bool:
        fits = isinstance(part, kind) and (kind is bool or not isinstance(part, bool))
        if not fits:
            self._report(path, f"expected {_SAYS[kind]}, not {write_value(part)}")
        return fits

    def _check_value(self, form: Choice | Pattern, value: Any, path: Path) -> bool:
        text = value if isinstance(value, str) else write_value(value)
        if isinstance(form, Choice):
            fits, expected = value in form.values, join_words(tuple(map(write_plain, form.values)))
        else:
            fits, expected = isinstance(value, str) and bool(re.fullmatch(form.regex, text)), f"such as {form.form}"
        if not fits:
            reason = next((why for start, why in form.refused.items() if text.startswith(start)), "")
            self._report(path, f"{text} isn't supported: {reason}" if reason else f"expected {expected}, not {text}")
        return fits

    def _report_unknown(self, name: str, key: str, path: Path) -> str:
        """Reports a key, unless it is an extension of someone else, and returns the one that was probably meant."""
        known = _OURS if key.startswith("x-") else [k for k, r in OBJECTS[name].items() if not isinstance(r, Refused)]
        similar = difflib.get_close_matches(key, known, 1, 0.8 if key.startswith("x-") else 0.7)
        if key.startswith("x-") and not (similar or key.startswith("x-heymarket")):
            return ""
        if key in similar:
            homes = " or ".join(spell_object(home) for home, keys in OBJECTS.items() if key in keys)
            advice = f"it belongs into {homes}"
        else:
            advice = f"did you mean {similar[0]}?" if similar else _PAGE
        self._report((*path, key), f"{key} isn't known in {spell_object(name)}: {advice}")
        return similar[0] if similar else ""

    def _report(self, path: Path, text: str) -> None:
        self.problems.append(self._document.problem(path, text))


def _enter(place: str, path: Path, key: str) -> str:
    """The place of what a key holds."""
    if (
        key in {"properties", "items", "additionalProperties", "allOf"}
        and place in TYPES
        and path[-1:] != ("properties",)
    ):
        return f"part of a {place}" if f"part of a {place}" in TYPES else place
    if path[-1:] == ("content",) and place in {"body", "response"} and (kind := find_media_kind(key)) != "json":
        return kind if kind in TYPES else "file"
    if key == "requestBody":
        return "delivery" if path[:1] == ("webhooks",) else "body"
    if path[-1:] == ("responses",):
        return "response" if key[:1] == "2" and path[:1] != ("components",) else "failure"
    if path[:1] == ("components",) and len(path) == 1:
        return "failure" if key == "responses" else "unused"
    return place
