"""Calls as users write them, for mypy --strict and pyright strict to read. Never run."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
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
from heymarket.models import ContactChannel


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
