"""Conversations: who sees them, and what the calls do to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from heymarket import BadRequestError, NotFoundError, PermissionDeniedError
from heymarket.emulator.domain import messaging

if TYPE_CHECKING:
    from collections.abc import Callable

    from heymarket.emulator.state import State

    Told = Callable[[], list[tuple[str, dict[str, Any]]]]

ADA, SEVERAL, ZOE = "15555550100", "15555550101", "15555550102"
BY_ADA: dict[str, Any] = {"inbox_id": 31, "user_id": 21}


def listed(hm: Any, user: int = 0, **given: Any) -> list[int]:
    filters = {name: given.pop(name) for name in ("inboxes", "closed", "unread") if name in given}
    return [one.id for one in hm.conversations.list(id=user, filters=filters, **given)]


def test_the_last_changed_comes_first(hm: Any) -> None:
    assert listed(hm) == [604, 603, 602, 601, 605]

    hm.messages.send(inbox_id=31, creator_id=21, chat_id=605, text="Welcome back")

    assert listed(hm) == [605, 604, 603, 602, 601]
    assert listed(hm, ascending=True) == [601, 602, 603, 604, 605]


def test_a_user_sees_the_inboxes_that_it_is_a_member_of(hm: Any) -> None:
    assert listed(hm, 21) == [604, 603, 602, 601, 605]
    assert listed(hm, 22) == [604, 602, 601, 605]
    assert listed(hm, 22, inboxes=[32]) == []
    with pytest.raises(BadRequestError):
        listed(hm, 999)


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({"inboxes": [32]}, [603]),
        ({"inboxes": []}, [604, 603, 602, 601, 605]),
        ({"closed": True}, [605]),
        ({"closed": False}, [604, 603, 602, 601]),
        ({"unread": True}, [603, 601]),
        ({"unread": False}, [604, 603, 602, 601, 605]),
        ({"assigned": 22}, [605]),
        ({"inboxes": [31], "closed": False, "unread": False, "assigned": 21}, [601]),
    ],
)
def test_filters_choose(hm: Any, filters: dict[str, Any], ids: list[int]) -> None:
    assert listed(hm, **filters) == ids


def test_unread_is_meant_for_the_user_who_asks(hm: Any, state: State) -> None:
    messaging.receive(state, ADA, "Hello?")
    hm.conversations.mark_read(inbox_id=31, user_id=22, target=ADA)

    assert listed(hm, 21, unread=True) == [601, 603]
    assert listed(hm, 22, unread=True) == []


def test_pages_go_on_before_a_time_and_counts_agree(hm: Any) -> None:
    found = list(hm.conversations.list(id=0, filters={}, limit=2))

    assert len(found) == 5 == hm.conversations.count()
    assert hm.conversations.count(date=found[1].updated) == 3


def test_a_conversation_follows_its_contact(hm: Any) -> None:
    (ada,) = (contact for contact in hm.contacts.list() if contact.phone == ADA)
    hm.contacts.update_v1(ada.id, phone=ADA, first="Augusta", last="King", display_name="Augusta King")
    hm.contacts.set_status(id=ada.id, status="blocked")

    conversation = hm.conversations.get(601)

    assert (conversation.name, conversation.blocked) == ("Augusta King", True)
    assert [(one.id, one.name) for one in conversation.members] == [(21, "Mary Example"), (22, "Joan Example")]
    assert conversation.additional_properties == {}


@pytest.mark.parametrize("named", [{"chat_id": 601}, {"target": ADA}])
def test_closed_and_opened_again(hm: Any, told: Told, named: dict[str, Any]) -> None:
    for _ in range(2):
        hm.conversations.close(**BY_ADA, **named)
    assert hm.conversations.get(601).status == "closed"

    for _ in range(2):
        hm.conversations.open(**BY_ADA, **named)
    assert hm.conversations.get(601).status == "open"

    assert [(kind, data["id"], data["status"]) for kind, data in told()] == [
        ("chat_closed", 601, "closed"),
        ("chat_opened", 601, "open"),
    ]


def test_a_group_is_named_by_its_numbers_in_any_order(hm: Any) -> None:
    hm.conversations.close(**BY_ADA, targets=[SEVERAL, ADA])

    assert hm.conversations.get(602).status == "closed"
    assert hm.conversations.get(601).status == "open"


def test_read_and_unread_by_each_user(hm: Any) -> None:
    for user in (21, 22):
        hm.conversations.mark_unread(inbox_id=31, user_id=user, target=ADA)
    both = hm.conversations.get(601)
    hm.conversations.mark_read(**BY_ADA, target=ADA)
    one = hm.conversations.get(601)
    hm.conversations.mark_read(inbox_id=31, user_id=22, target=ADA)
    none = hm.conversations.get(601)

    assert [(x.unread, x.unread_users, x.read) for x in (both, one, none)] == [
        (True, [21, 22], 0),
        (True, [22], 0),
        (False, [], 1),
    ]
    assert both.updated < one.updated < none.updated


def test_reassigned_to_another_member(hm: Any, told: Told) -> None:
    hm.conversations.reassign(**BY_ADA, reassign_id=22, target=ADA)

    assert hm.conversations.get(601).assigned == 22
    ((kind, data),) = told()
    assert (kind, data["id"], data["assigned"]) == ("chat_reassigned", 601, 22)


def test_transferred_with_all_that_was_said(hm: Any, told: Told) -> None:
    hm.conversations.reassign(**BY_ADA, reassign_id=22, target=ADA)
    hm.conversations.mark_unread(inbox_id=31, user_id=22, target=ADA)
    told()

    hm.conversations.transfer(conversation_id=601, transfer_inbox_id=32)

    moved = hm.conversations.get(601)
    assert (moved.inbox, moved.assigned, moved.unread_users) == (32, 0, [21])
    assert [member.id for member in moved.members] == [21]
    assert len(list(hm.messages.history(phone_number=ADA, inbox_id=32))) == 5
    assert [kind for kind, _ in told()] == ["chat_transferred"]


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda hm: hm.conversations.get(999), NotFoundError),
        (lambda hm: hm.conversations.open(**BY_ADA, chat_id=999), NotFoundError),
        (lambda hm: hm.conversations.close(**BY_ADA, target=ZOE), NotFoundError),
        (lambda hm: hm.conversations.mark_read(**BY_ADA, targets=[ADA, ZOE]), NotFoundError),
        (lambda hm: hm.conversations.transfer(conversation_id=999, transfer_inbox_id=32), NotFoundError),
        (lambda hm: hm.conversations.transfer(conversation_id=601, transfer_inbox_id=999), BadRequestError),
        (lambda hm: hm.conversations.transfer(conversation_id=601, transfer_inbox_id=31), BadRequestError),
        (lambda hm: hm.conversations.transfer(conversation_id=601), BadRequestError),
        (lambda hm: hm.conversations.close(**BY_ADA, chat_id=603), BadRequestError),
        (lambda hm: hm.conversations.close(inbox_id=999, user_id=21, chat_id=601), BadRequestError),
        (lambda hm: hm.conversations.close(inbox_id=31, user_id=999, chat_id=601), BadRequestError),
        (lambda hm: hm.conversations.close(inbox_id=32, user_id=22, chat_id=603), PermissionDeniedError),
        (
            lambda hm: hm.conversations.reassign(inbox_id=32, user_id=21, reassign_id=22, target=ZOE),
            PermissionDeniedError,
        ),
        (lambda hm: hm.conversations.reassign(**BY_ADA, reassign_id=999, target=ADA), BadRequestError),
    ],
)
def test_what_does_not_fit_is_refused(hm: Any, told: Told, call: Callable[[Any], Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        call(hm)

    assert told() == []


def test_two_conversations_with_one_number_are_never_in_one_inbox(hm: Any) -> None:
    hm.messages.send(inbox_id=32, creator_id=21, phone_number=ADA, text="Hello")

    with pytest.raises(BadRequestError):
        hm.conversations.transfer(conversation_id=601, transfer_inbox_id=32)
