"""A client in `unittest.mock`, `copy` and `pickle`."""

from __future__ import annotations

import asyncio
import copy
import inspect
import pickle
from typing import Any
from unittest.mock import create_autospec, patch

import pytest

import heymarket
from heymarket import AsyncHeymarket, Heymarket
from tests.fakes import PHONE, SECRET_ID, SECRET_KEY

CLIENTS = pytest.mark.parametrize("client", [Heymarket, AsyncHeymarket])
MESSAGE = {"inbox_id": 31, "creator_id": 21, "phone_number": PHONE, "text": "Hello"}


def made(client: Any) -> list[Any]:
    """The ways in which people mock a client."""
    with patch.object(heymarket, client.__name__, autospec=True) as patched:
        return [create_autospec(client), create_autospec(client)(), create_autospec(client, instance=True), patched()]


@CLIENTS
def test_an_autospec_has_the_resources_and_their_methods_and_checks_arguments(client: Any) -> None:
    for mock in made(client):
        result = mock.messages.send(**MESSAGE)
        if client is AsyncHeymarket:
            asyncio.run(result)
        mock.messages.send.assert_called_once_with(**MESSAGE)
        for method in (mock.messages.send, mock.messages.with_raw_response.send, mock.contacts.patch):
            with pytest.raises(TypeError):
                method(inbox=31)
        for owner, name in ((mock, "message"), (mock.messages, "sent"), (mock.contact_channels, "gett")):
            with pytest.raises(AttributeError):
                getattr(owner, name)


@CLIENTS
def test_all_that_a_class_has_can_be_listed(client: Any) -> None:
    listed = dict(inspect.getmembers(client))
    assert {"messages", "contacts", "request", "with_raw_response"} <= listed.keys()


@CLIENTS
def test_a_resource_is_made_once(client: Any) -> None:
    hm = client(SECRET_ID, SECRET_KEY)
    assert hm.messages is hm.messages
    assert hm.messages is not hm.with_options(timeout=1).messages


@CLIENTS
def test_a_copy_of_a_client_is_the_client(client: Any) -> None:
    hm = client(SECRET_ID, SECRET_KEY)
    assert copy.copy(hm) is hm
    assert copy.deepcopy({"client": hm})["client"] is hm


@CLIENTS
@pytest.mark.parametrize("quota", [None, heymarket.Quota()], ids=["without-quota", "with-quota"])
def test_a_client_says_why_it_is_not_pickled(client: Any, quota: Any) -> None:
    hm = client(SECRET_ID, SECRET_KEY, quota=quota)
    for part in (hm, hm.messages, hm.messages.send, hm.with_options(timeout=1)):
        with pytest.raises(TypeError, match=r"A client can't be pickled: .* Make one in each process"):
            pickle.dumps(part)
