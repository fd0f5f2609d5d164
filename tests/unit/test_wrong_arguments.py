"""What people type first, and is wrong: the error names what is right, and shows nothing that was given."""

from __future__ import annotations

import inspect
from operator import attrgetter
from typing import Any

import pytest

import heymarket
from heymarket import AsyncHeymarket, Heymarket
from tests.fakes import CONTACT, PHONE, SECRET_ID, SECRET_KEY, Door, Script, answer
from tests.unit.test_secrecy import shown_in


@pytest.mark.parametrize(
    ("method", "args", "kwargs", "problem"),
    [
        (
            "messages.send",
            (),
            {"to": PHONE, "text": "Hi"},
            "essages.send() got an unexpected keyword argument 'to'. Did you mean phone_number? It takes ",
        ),
        ("messages.send", (), {"body": "Hi"}, "Did you mean text?"),
        ("contacts.list", (), {"per_page": 5}, "Did you mean limit? It takes limit=, page=, date=, ascending=."),
        ("contacts.search", (), {"phone": PHONE}, "Did you mean contact_channels?"),
        (
            "contact_channels.get",
            (CONTACT,),
            {"chanel_type": "phone"},
            "Did you mean channel_type? It takes",
        ),
        ("messages.send", (PHONE, "Hi"), {}, "takes 1 positional argument but 3 were given. It takes inbox_id=, "),
        (
            "messages.send",
            (),
            {"phone_number": PHONE},
            "missing 2 required keyword-only arguments: 'inbox_id' and",
        ),
        ("inboxes.list", (), {"xyz": 1}, "got an unexpected keyword argument 'xyz'. It takes none."),
    ],
)
def test_an_argument_that_a_method_does_not_have(
    door: Door, method: str, args: tuple[Any, ...], kwargs: dict[str, Any], problem: str
) -> None:
    with pytest.raises(TypeError) as caught:
        door(lambda hm: attrgetter(method)(hm)(*args, **kwargs), script=Script())

    assert problem in str(caught.value)
    assert PHONE not in shown_in(caught.value)


def test_an_error_from_inside_of_a_method_stays_as_it_is(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise TypeError("a mistake of ours")

    monkeypatch.setattr("heymarket._sender.build_call", fail)
    with pytest.raises(TypeError, match=r"^a mistake of ours$") as caught:
        door(lambda hm: hm.team.get(), script=Script(answer()))
    assert caught.traceback[-1].name == "fail"


@pytest.mark.parametrize("client", [Heymarket, AsyncHeymarket])
def test_a_wrong_setting_shows_no_secret(client: Any) -> None:
    with pytest.raises(TypeError) as caught:
        client(SECRET_ID, secret_key=SECRET_KEY, auth_token=SECRET_KEY)

    assert str(caught.value).startswith(
        "A client got an unexpected keyword argument 'auth_token'. Did you mean secret_key? It takes secret_id, secret_"
    )
    assert SECRET_KEY not in shown_in(caught.value)


def test_keys_that_are_no_mapping_show_no_secret(door: Door) -> None:
    assert door(lambda hm: hm.team.get(), script=Script(answer(body={"id": 7})), keys=5).id == 7


def test_methods_look_as_they_are_written() -> None:
    assert inspect.iscoroutinefunction(AsyncHeymarket(SECRET_ID, SECRET_KEY).messages.send)
    with Heymarket(SECRET_ID, SECRET_KEY) as hm:
        assert not inspect.iscoroutinefunction(hm.messages.send)
        assert [*inspect.signature(hm.contacts.get).parameters] == ["contact_id"]
        assert hm.contacts.patch.__qualname__ == "Contacts.patch"


@pytest.mark.parametrize("client", [Heymarket, AsyncHeymarket])
def test_a_pager_is_no_list_and_says_so(client: Any) -> None:
    pager: Any = client(SECRET_ID, SECRET_KEY).messages.list()

    assert pager
    for attempt, problem in (
        (lambda: pager[0], "has no items by number. Iterate over it (for, or async for)"),
        (lambda: len(pager), "has no length. Iterate over it (for, or async for)"),
        (lambda: pager.data, "has no 'data'. It has limit, pages, resume. Iterate over it"),
    ):
        with pytest.raises((TypeError, AttributeError)) as caught:
            attempt()
        assert problem in str(caught.value)


@pytest.mark.parametrize("name", ["Client", "AsyncClient", "HeymarketClient"])
def test_an_import_of_another_name_says_what_a_client_is_called(name: str) -> None:
    with pytest.raises(ImportError, match=r"The clients are Heymarket and AsyncHeymarket\.$"):
        exec(f"from heymarket import {name}")  # noqa: S102 - what is imported is the parameter
    assert not hasattr(heymarket, "nothing")


def test_a_described_field_is_no_item() -> None:
    with pytest.raises(KeyError, match=r"a described field is an attribute, \.first"):
        heymarket.models.Contact.from_dict({"first": "Ada"})["first"]
