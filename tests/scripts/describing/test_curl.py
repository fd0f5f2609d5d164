"""A curl command and its response, in the ways that people write and copy them."""

from __future__ import annotations

import pytest
from describing import curl
from describing.endpoint import InputError

URL = "https://api.heymarket.com/v2/notes"


@pytest.mark.parametrize(
    ("command", "method", "body"),
    [
        (f"curl {URL}", "get", None),
        (f"$ curl -sS -XDELETE {URL}", "delete", None),
        (f"curl -I {URL}", "head", None),
        (f"curl --request PATCH --url {URL} --data-raw '{{\"a\": 1}}'", "patch", {"a": "integer"}),
        (f'curl {URL} -d \'{{"a": "b c"}}\' --compressed -L', "post", {"a": "string"}),
        (f'curl {URL} --json "{{\\"a\\": true}}"', "post", {"a": "boolean"}),
        (f'curl {URL} --data-binary $\'{{"a": "it\\\'s"}}\'', "post", {"a": "string"}),
        (f'curl {URL} \\\n  -H "Accept: */*" \\\n  -d \'{{\n  "a": 1.5\n}}\'', "post", {"a": "number"}),
        (f'curl ^\n  {URL} ^\n  -d "{{\\"a\\": 1}}"', "post", {"a": "integer"}),
        (f"curl {URL} -d a=1 -d b=x", "post", {"a": "integer", "b": "string"}),
        (f"curl {URL} -F a=1 -F file=@x.png", "post", {"a": "integer", "file": "string"}),
    ],
)
def test_reads_method_and_body(command: str, method: str, body: dict[str, str] | None) -> None:
    endpoint = curl.read(command, [])
    assert (endpoint.method, endpoint.path) == (method, "/v2/notes")
    fields = endpoint.body and {name: part["type"] for name, part in endpoint.body["properties"].items()}
    assert fields == body


def test_forms_keep_their_media_type() -> None:
    assert curl.read(f"curl {URL} -d a=1", []).body_type == "application/x-www-form-urlencoded"
    form = curl.read(f"curl {URL} -F file=@x.png", [])
    assert form.body_type == "multipart/form-data"
    assert form.body is not None
    assert form.body["properties"]["file"]["format"] == "binary"


@pytest.mark.parametrize(
    ("url", "path", "types"),
    [
        ("https://h.example/v2/contact/{contactID}/x", "/v2/contact/{contactID}/x", {"contactID": "string"}),
        ("https://h.example/v2/contacts/:id", "/v2/contacts/{id}", {"id": "string"}),
        ("'$BASE/v2/contacts/$ID'", "/v2/contacts/{ID}", {"ID": "string"}),
        ("'{{base}}/v2/contacts/<id>'", "/v2/contacts/{id}", {"id": "string"}),
        ("h.example/v1/list/41/members/7", "/v1/list/{listID}/members/{memberID}", {"listID": "integer"}),
        ("https://h.example/v1/orders/AC12ef90/x", "/v1/orders/{orderID}/x", {"orderID": "string"}),
        ("https://h.example/v1/phones/%2B14155552671", "/v1/phones/{phoneID}", {"phoneID": "string"}),
    ],
)
def test_values_in_the_path_become_parameters(url: str, path: str, types: dict[str, str]) -> None:
    endpoint = curl.read(f"curl {url}", [])
    assert endpoint.path == path
    found = {parameter.name: parameter.schema["type"] for parameter in endpoint.parameters}
    assert types.items() <= found.items()


def test_a_uuid_in_the_path_has_its_format_and_the_name_that_is_known() -> None:
    url = "https://h.example/v2/contact/3c90c3cc-0d44-4b50-8888-8dd25736052a/notes"
    endpoint = curl.read(f"curl {url}", ["/v2/contact/{contactUUID}/channels"])
    assert endpoint.path == "/v2/contact/{contactUUID}/notes"
    assert endpoint.parameters[0].schema["format"] == "uuid"
    assert not [note for note in endpoint.notes if "contactUUID" in note]
    assert "is this its name?" in " ".join(curl.read(f"curl {url}", []).notes)


def test_the_query_has_types() -> None:
    endpoint = curl.read(f"curl -G '{URL}?limit=50&all=true' -d since=2024-05-06 -d tag=1 -d tag=2", [])
    found = {p.name: p.schema for p in endpoint.parameters}
    assert endpoint.method == "get"
    assert (found["limit"]["type"], found["all"]["type"]) == ("integer", "boolean")
    assert found["since"]["format"] == "date"
    assert found["tag"]["items"]["type"] == "integer"


@pytest.mark.parametrize(
    ("response", "status"),
    [
        ('{"id": 1}', "200"),
        ('HTTP/1.1 201 Created\ncontent-type: application/json\n\n{"id": 1}', "201"),
        ('> GET / HTTP/2\n> accept: */*\n>\n< HTTP/2 202\n< date: now\n<\n{\n  "id": 1\n}\n', "202"),
        ("HTTP/2 204\n\n", "204"),
    ],
)
def test_reads_the_response(response: str, status: str) -> None:
    endpoint = curl.read(f"curl {URL}\n{response}", [])
    assert endpoint.status == status
    assert (endpoint.response is None) is (status == "204")


def test_keeps_nothing_of_credentials() -> None:
    command = f"curl {URL} -H 'Authorization: Bearer planted' -u me:planted --cookie planted=1 -H 'X-Key: planted'"
    assert "planted" not in repr(curl.read(command, []))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f'curl {URL} -d \'{{"planted": 1', "isn't closed"),
        (f"curl {URL} -d '{{\"planted\": }}'", r"body .* isn't JSON: its line 1, column 13"),
        (f'curl {URL}\n{{"planted": ...}}', r"response isn't JSON: its line 1, column 13"),
        (f"curl {URL}\nplanted", "isn't JSON: paste"),
        (f"curl {URL}\nHTTP/1.1 404 Not Found\n\n{{}}", "status 404: paste one of a success"),
        ("curl -s -H 'Authorization: planted'", "no URL"),
        (f"curl {URL} -X", "look at -X"),
        ("wget planted", "begins with curl"),
    ],
)
def test_says_what_to_do_and_repeats_no_value(text: str, expected: str) -> None:
    with pytest.raises(InputError, match=expected) as caught:
        curl.read(text, [])
    assert "planted" not in str(caught.value)
