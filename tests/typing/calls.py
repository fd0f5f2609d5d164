"""Calls as users write them, for mypy --strict and pyright strict to read. Never run."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import assert_type
from uuid import UUID

import httpx

from heymarket import (
    UNSET,
    APIResponse,
    AsyncHeymarket,
    ChannelResult,
    ChannelType,
    Heymarket,
    HeymarketError,
    NotFoundError,
    Quota,
    RateLimitError,
)
from heymarket.models import (
    ChangedRef,
    Contact,
    ContactBulkResult,
    ContactChannel,
    ContactChannelEntryWrite,
    ContactStatus,
    ContactStatusValue,
    ContactTag,
    ContactTagWrite,
    ContactUpsertWrite,
    Conversation,
    ConversationFiltersQuery,
    CreatedRef,
    CustomField,
    GalleryContentWrite,
    Inbox,
    ListDeleted,
    ListType,
    Message,
    MessageOrder,
    Schedule,
    ScheduledContentWrite,
    ScheduleRef,
    SendResult,
    Survey,
    TeamUsers,
    TeamWithMembers,
    Template,
    UserWrite,
)


def synchronous(contact_id: UUID) -> None:
    with Heymarket("id", "key", timeout=10, max_retries=0, quota=Quota(100, per=60)) as hm:
        channel = hm.contact_channels.get(contact_id, "phone")
        assert_type(channel, ContactChannel)
        hm.contact_channels.get(str(contact_id), ChannelType.EMAIL)
        assert_type(hm.contact_channels.find(contact_id, "phone"), ContactChannel | None)
        raw = hm.contact_channels.with_raw_response.get(contact_id, "phone")
        assert_type(raw, APIResponse[ContactChannel])
        assert_type(raw.parsed, ContactChannel)
        assert_type(raw.headers["x-request-id"], str)
        if channel.channel_id:
            assert_type(channel.channel_id, str)
        if isinstance(channel.created, datetime):
            assert_type(channel.created.year, int)
        if channel.updated is not UNSET:
            print(channel.updated)
        light = hm.with_options(timeout=5, extra_headers={"X-Team": "a"}).with_credentials(api_key="key")
        assert_type(light, Heymarket)
        hm.request("POST", "/v1/tag", json={"tag": "vip"})
        many = hm.contact_channels.get_many(
            [(contact_id, "phone"), (str(contact_id), ChannelType.EMAIL)], concurrency=4
        )
        for result in many:
            assert_type(result, ChannelResult)
            assert_type(result.contact_id, UUID | str | None)
            assert_type(result.channel_type, ChannelType | str | None)
            assert_type(result.value, ContactChannel | None)
            assert_type(result.error, HeymarketError | None)
        many.close()
    Heymarket(http_client=httpx.Client(), quota=None)


async def asynchronous(contact_id: UUID) -> None:
    async with AsyncHeymarket() as hm:
        assert_type(await hm.contact_channels.get(contact_id, "phone"), ContactChannel)
        assert_type(await hm.contact_channels.find(contact_id, "phone"), ContactChannel | None)
        raw = await hm.contact_channels.with_raw_response.get(contact_id, "phone")
        assert_type(raw, APIResponse[ContactChannel])
        assert_type(hm.with_options(timeout=5), AsyncHeymarket)
        await hm.request("GET", "/v1/inboxes", params={"page": 1})

        async def pairs() -> AsyncIterator[tuple[UUID, str]]:
            yield contact_id, "phone"

        async for result in hm.contact_channels.get_many(pairs()):
            assert_type(result, ChannelResult)
        async for result in hm.contact_channels.get_many((id_, "phone") for id_ in [contact_id]):
            assert_type(result.value, ContactChannel | None)
        await hm.contact_channels.get_many([]).aclose()


def errors(hm: Heymarket, contact_id: UUID) -> None:
    try:
        hm.contact_channels.get(contact_id, "phone")
    except NotFoundError as error:
        assert_type(error.request_id, str | None)
        assert_type(error.code, str | None)
    except RateLimitError as error:
        assert_type(error.retry_after, float | None)


def contacts(hm: Heymarket, contact_id: UUID) -> None:
    person = hm.contacts.get(contact_id)
    assert_type(person, Contact)
    for tag in person.tags or []:
        print(tag)
    if person.display_name:
        assert_type(person.display_name.title(), str)
    assert_type(hm.contacts.get_v1(7), Contact)
    channels = [ContactChannelEntryWrite(channel_type=ChannelType.PHONE, channel_id="15555550100")]
    created = hm.contacts.create(contact_channels=channels, first="Ada", tags=[ContactTagWrite(tag_id=71)])
    assert_type(created, CreatedRef)
    hm.contacts.create(contact_channels=[{"channel_type": "phone", "channel_id": "15555550100"}], custom={"5": "gold"})
    hm.contacts.update(contact_id, last="Lovelace", tags=[{"tag_id": 71}], is_opted_out=UNSET)
    assert_type(hm.contacts.patch(contact_id, first="Ada", tags=[ContactTagWrite(tag_id=71)]), CreatedRef)
    assert_type(hm.contacts.delete(str(contact_id)), None)
    assert_type(hm.contacts.count(), int)
    assert_type(hm.contacts.with_raw_response.count().parsed, int)
    assert_type(hm.contacts.get_status(phone="15555550100"), ContactStatus)
    assert_type(hm.contacts.set_status(status="unsubscribed", id=7), None)
    hm.contacts.set_status(status=ContactStatusValue("unsubscribed"), phone="15555550100")
    assert_type(hm.contacts.list_fields(), list[CustomField])
    assert_type(hm.contacts.search(contact_channels=[{"channel_type": "phone"}]), list[Contact])
    both = hm.contacts.bulk_upsert(contacts=[ContactUpsertWrite(first="Ada"), {"first": "Grace"}])
    assert_type(both, ContactBulkResult)
    assert_type(hm.contact_channels.list(contact_id), list[ContactChannel])
    hm.contact_channels.create(contact_id, channel_type=ChannelType.EMAIL, channel_id="ada@example.com")
    assert_type(hm.contact_channels.update(contact_id, channel_type="phone", channel_id="15555550100"), None)


def pages(hm: Heymarket) -> list[Contact]:
    for contact in hm.contacts.list(limit=50, ascending=True):
        assert_type(contact, Contact)
    for page in hm.contacts.list().pages():
        assert_type(page.items, list[Contact])
        assert_type(page.cursor, str | None)
        assert_type(page.response.request_id, str | None)
    for tag in hm.tags.list(date=datetime(2024, 1, 2, tzinfo=UTC)).limit(10).resume("2024-01-02T03:04:05Z"):
        assert_type(tag, ContactTag)
    for message in hm.messages.history(phone_number="15555550100", inbox_id=7):
        assert_type(message, Message)
    for survey in hm.surveys.list(page=1, limit=20):
        assert_type(survey, Survey)
    for template in hm.templates.list():
        assert_type(template, Template)
    assert_type(hm.messages.with_raw_response.list(order=MessageOrder("created_at")), APIResponse[list[Message]])
    return list(hm.contacts.list_v1(order="updated").limit(100))


def conversations(hm: Heymarket) -> None:
    sent = hm.messages.send(inbox_id=7, creator_id=3, phone_number="15555550100", text="Hello", local_id="order-1")
    assert_type(sent, SendResult)
    hm.messages.send(inbox_id=7, creator_id=3, targets=["15555550100"], template_id=5, private=True)
    assert_type(hm.messages.count(order="created_at", archived=False), int)
    assert_type(hm.email.send(creator_id=3, inbox=7, text="Hello", targets=["ada@example.com"]), SendResult)
    for conversation in hm.conversations.list(id=3, filters=ConversationFiltersQuery(inboxes=[7])):
        assert_type(conversation, Conversation)
    hm.conversations.list(id=3, filters={"inboxes": [7]}, date=datetime.now(UTC))
    assert_type(hm.conversations.count(), int)
    assert_type(hm.conversations.close(inbox_id=7, user_id=3, target="15555550100"), None)
    assert_type(hm.conversations.with_raw_response.close(inbox_id=7, user_id=3, chat_id=9), APIResponse[None])
    assert_type(hm.conversations.reassign(inbox_id=7, user_id=3, reassign_id=4, targets=["15555550100"]), None)


def the_rest(hm: Heymarket, when: datetime) -> None:
    content = ScheduledContentWrite(text="Hello")
    scheduled = hm.schedules.create(inbox_id=7, execute_at=when, content=content, phone_number="15555550100")
    assert_type(scheduled, ScheduleRef)
    hm.schedules.update(9, inbox_id=7, execute_at=when, content={"text": "Hello"}, list_id=5)
    assert_type(hm.schedules.get(9), Schedule)
    assert_type(hm.schedules.delete(9), None)
    assert_type(hm.lists.create(title="VIP", type_=ListType("contacts"), contacts=[1, 2]), CreatedRef)
    assert_type(hm.lists.update(5, add_phones=["15555550100"]), ChangedRef)
    assert_type(hm.lists.delete(5), ListDeleted)
    assert_type(hm.tags.create(tag="vip", color="#FFD700"), CreatedRef)
    assert_type(hm.tags.delete(71), None)
    hm.templates.create(title="Welcome", content=GalleryContentWrite(text="Hello"))
    assert_type(hm.inboxes.list(), list[Inbox])
    assert_type(hm.team.get(), TeamWithMembers)
    assert_type(hm.users.get(email=["ada@example.com"]), TeamUsers)
    hm.users.update(users=[UserWrite(id=3, role_id=2), {"id": 4, "first_name": "Grace"}])


async def the_same_awaited(hm: AsyncHeymarket, contact_id: UUID) -> None:
    assert_type(await hm.contacts.get(contact_id), Contact)
    assert_type(await hm.contacts.count(), int)
    assert_type(await hm.contacts.patch(str(contact_id), is_opted_out=True), CreatedRef)
    async for contact in hm.contacts.list():
        assert_type(contact, Contact)
    async for page in hm.tags.list().limit(60).pages():
        assert_type(page.items, list[ContactTag])
        assert_type(page.cursor, str | None)
    assert_type([message async for message in hm.messages.list().limit(5)], list[Message])
    assert_type((await hm.contacts.with_raw_response.list()).parsed, list[Contact])
    assert_type(
        await hm.messages.send(inbox_id=7, creator_id=3, list_id=5, media_url="https://example.com/a.png"), SendResult
    )
    assert_type(await hm.conversations.close(inbox_id=7, user_id=3, targets=["15555550100"]), None)
    assert_type(await hm.contact_channels.with_raw_response.list(contact_id), APIResponse[list[ContactChannel]])
    assert_type(await hm.inboxes.list(), list[Inbox])
