"""`verify`: passes when it was so, and otherwise says what came instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from heymarket import Heymarket
from heymarket.emulator import CarrierRule, Emulator, EmulatorError
from heymarket.emulator.seeds.built_in import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def client(heymarket_emulator: Emulator) -> Iterator[Heymarket]:
    with Heymarket(**heymarket_emulator.settings) as client:
        yield client


def send(client: Heymarket, **members: Any) -> None:
    client.messages.send(
        **{"phone_number": "15555550100", "inbox_id": 31, "creator_id": 21, "text": "Hello", **members}
    )


def failure(emulator: Emulator, *args: Any, **members: Any) -> str:
    with pytest.raises(AssertionError) as caught:
        emulator.verify(*args, **members)
    return str(caught.value)


def test_what_was_done_once_is_verified_once(heymarket_emulator: Emulator, client: Heymarket) -> None:
    send(client)

    heymarket_emulator.verify("messages.send")
    heymarket_emulator.verify("messages.send", times=1, phone_number="15555550100", text="Hello")
    heymarket_emulator.verify("messages.send", at_least=1)
    heymarket_emulator.verify("messages.send", times=0, text="Bye")
    heymarket_emulator.verify("contacts.create", times=0)


def test_parameters_of_paths_and_queries_count_too(heymarket_emulator: Emulator, client: Heymarket) -> None:
    contact_id = EXAMPLES["phone"].contact_id
    client.contact_channels.get(contact_id, "phone")

    heymarket_emulator.verify("contact_channels.get", contact_id=contact_id, channel_type="phone")
    heymarket_emulator.verify("contact_channels.get", contactID=contact_id)
    assert "channel_type is " in failure(heymarket_emulator, "contact_channels.get", channel_type="email")


def test_of_an_object_only_what_is_named_is_compared(heymarket_emulator: Emulator, client: Heymarket) -> None:
    client.contacts.create_v1(phone="15555550177", first="Ada", custom={"101": "Gold"})
    operation = heymarket_emulator.journal[-1].operation
    assert operation is not None

    heymarket_emulator.verify(operation, custom={})
    heymarket_emulator.verify(operation, custom={"101": "Gold"}, first="Ada")
    told = failure(heymarket_emulator, operation, custom={"101": "Silver", "102": "x"})
    assert 'custom.101 is "Gold", not "Silver"; custom.102 is missing' in told


def test_a_failure_says_what_came_instead_without_numbers(heymarket_emulator: Emulator, client: Heymarket) -> None:
    send(client, text="Bye")
    send(client, phone_number="15555550101", text="Hello again")
    told = failure(heymarket_emulator, "messages.send", phone_number="15555550100", text="Hello")

    assert told == (
        'Expected 1 of messages.send with phone_number="...0100", text="Hello"; found 0.\n'
        '  Another one: text is "Bye", not "Hello".\n'
        '  Another one: phone_number is "...0101", not "...0100"; text is "Hello again", not "Hello".'
    )


def test_numbers_may_be_in_any_notation(heymarket_emulator: Emulator, client: Heymarket) -> None:
    send(client)
    client.lists.create(title="Guests", phones=["15555550100", "15555550101"])

    heymarket_emulator.verify("messages.send", phone_number="+1 (555) 555-0100")
    heymarket_emulator.verify("lists.create", phones=["+15555550100", "+15555550101"])
    assert 'phone_number is "...0100", not "...0102"' in failure(
        heymarket_emulator, "messages.send", phone_number="+15555550102"
    )
    assert heymarket_emulator.reply("+1 (555) 555-0100", "Hi")["target"] == "15555550100"
    assert CarrierRule(phone="+1 (555) 555-0100").phone == "15555550100"


def test_a_field_of_another_name_is_suggested(heymarket_emulator: Emulator, client: Heymarket) -> None:
    send(client)

    assert "phone is missing (did you mean phone_number?)" in failure(
        heymarket_emulator, "messages.send", phone="15555550100"
    )


def test_a_failure_says_what_was_refused(heymarket_emulator: Emulator, client: Heymarket) -> None:
    httpx.post(heymarket_emulator.base_url + "/v1/message/send", json={}, trust_env=False)
    client.team.get()
    refused = failure(heymarket_emulator, "messages.send", at_least=2)
    never = failure(heymarket_emulator, "contacts.create")

    assert refused == (
        "Expected at least 2 of messages.send; found 0.\n"
        "  Not accepted, once: missing: there is no Authorization header."
    )
    assert never == (
        "Expected 1 of contacts.create; found 0.\n"
        "  It was not called at all. What was called: messages.send (once), team.get (once)."
    )


def test_a_repeat_of_a_local_id_does_not_count(heymarket_emulator: Emulator, client: Heymarket) -> None:
    for _ in range(3):
        send(client, local_id="one")

    heymarket_emulator.verify("messages.send", times=1)
    assert "Repeats of an earlier local_id, which don't count: 2." in failure(
        heymarket_emulator, "messages.send", times=3
    )


def test_numbers_and_strings_are_not_the_same(heymarket_emulator: Emulator, client: Heymarket) -> None:
    send(client)

    heymarket_emulator.verify("messages.send", inbox_id=31)
    assert 'inbox_id is 31, not "31"' in failure(heymarket_emulator, "messages.send", inbox_id="31")


def test_long_lists_of_near_misses_are_cut(heymarket_emulator: Emulator, client: Heymarket) -> None:
    for number in range(8):
        send(client, text=f"Number {number}")
    told = failure(heymarket_emulator, "messages.send", text="x" * 200)

    assert told.count("Another one") == 5
    assert "... and 3 others." in told
    assert max(map(len, told.splitlines())) < 250


def test_an_unknown_operation_is_an_error_with_a_hint(heymarket_emulator: Emulator) -> None:
    with pytest.raises(EmulatorError, match=r"Did you mean .*messages\.send"):
        heymarket_emulator.verify("message.send")
