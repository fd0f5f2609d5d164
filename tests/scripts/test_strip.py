"""What is left of the generator's output: no client, two functions for each endpoint, models that check less."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codegen import build, strip
from codegen.signatures import Module

if TYPE_CHECKING:
    from pathlib import Path

    from tests.scripts.checkout import Checkout

ENDPOINT = """
from ... import errors

def _get_kwargs() -> dict[str, Any]:
    return {"method": "get", "url": "/"}

def _parse_response(*, client: Client, response: httpx.Response) -> str | None:
    if response.status_code == 200:
        response_200 = cast(str, response.json())
        return response_200
    return None
"""
MODEL = """
@_attrs_define
class Note:
    def to_dict(self) -> dict[str, Any]:
        size: int | None | Unset
        if isinstance(self.size, Unset):
            size = UNSET
        else:
            size = self.size

        author: dict[str, Any] | None | Unset
        if isinstance(self.author, Unset):
            author = UNSET
        elif isinstance(self.author, Author):
            author = self.author.to_dict()
        else:
            author = self.author


        field_dict.update({
        })

    def from_dict(cls, src_dict):
        def _parse_size(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        size = _parse_size(d.pop("size", UNSET))


        def _parse_author(data: object) -> Author | None | Unset:
            if data is None:
                return data
            return Author.from_dict(data)

        author = _parse_author(d.pop("author", UNSET))
"""
STRIPPED_MODEL = """
@_attrs_define(kw_only=True)
class Note(Model):
    def to_dict(self) -> dict[str, Any]:
        size = self.size

        author: dict[str, Any] | None | Unset
        if isinstance(self.author, Unset):
            author = UNSET
        elif isinstance(self.author, Author):
            author = self.author.to_dict()
        else:
            author = self.author



    def from_dict(cls, src_dict):
        size = d.pop("size", UNSET)


        def _parse_author(data: object) -> Author | None | Unset:
            if data is None:
                return data
            return Author.from_dict(data)

        author = _parse_author(d.pop("author", UNSET))
"""


def test_the_package_has_no_client_of_the_generator(invented: Checkout) -> None:
    assert {path.name for path in invented.package.glob("*.py")} == {
        "__init__.py",
        "arguments.py",
        "drift.py",
        "files.py",
        "lazy.py",
        "model.py",
        "open_enum.py",
        "operation.py",
        "paging.py",
        "query.py",
        "results.py",
        "types.py",
        "undescribed.py",
        "variants.py",
    }


def test_an_endpoint_builds_and_parses_and_does_nothing_else(invented: Checkout) -> None:
    endpoints = sorted(invented.package.glob("api/*/[!_]*.py"))
    assert endpoints
    for endpoint in endpoints:
        module = Module(endpoint)
        assert module.function_names() == ["_get_kwargs", "_parse_response"]
        assert not module.classes
        text = endpoint.read_text("utf-8")
        assert "httpx" not in text
        assert "client" not in text


def output(folder: Path, endpoint: str) -> Path:
    """A package as the generator writes it, with one endpoint and one model."""
    for file, text in {"client.py": "", "errors.py": "", "api/a/get.py": endpoint, "models/note.py": MODEL}.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, "utf-8")
    return folder


def test_the_parser_takes_the_decoded_body(tmp_path: Path) -> None:
    strip.strip_package(output(tmp_path, ENDPOINT), {})

    assert (
        (tmp_path / "api/a/get.py")
        .read_text("utf-8")
        .endswith(
            "def _parse_response(body: Any) -> str:\n    response_200 = cast(str, body)\n    return response_200\n"
        )
    )


def test_a_plain_value_is_passed_on_unchecked_and_any_other_as_before(tmp_path: Path) -> None:
    strip.strip_package(output(tmp_path, ENDPOINT), {})

    assert (tmp_path / "models/note.py").read_text("utf-8") == STRIPPED_MODEL


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("def _get_kwargs", "def _build"),
        ("    if response.status_code == 200:\n", "    with response:\n"),
        ("response.json()", "response.text"),
    ],
)
def test_output_of_another_form_is_refused(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(strip.UnexpectedOutputError, match=r"^get\.py .*compare the generator's output"):
        strip.strip_package(output(tmp_path, ENDPOINT.replace(old, new)), {})


def test_a_refusal_leaves_the_package_as_it_was(
    checkout: Checkout, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(package: Path, unions: object) -> None:
        raise strip.UnexpectedOutputError("get.py has another form")

    monkeypatch.setattr(build, "strip_package", refuse)
    before = checkout.contents()

    assert checkout.regenerate() == 1

    assert "get.py has another form" in capsys.readouterr().err
    assert checkout.contents() == before
