"""What a company may have running today, written from Heymarket's pages with the standard library alone.

It knows nothing of this package. Base URL and key come from the environment: HEYMARKET_BASE_URL with
HEYMARKET_SECRET_ID and HEYMARKET_SECRET_KEY, or with the legacy team key in HEYMARKET_API_KEY. It checks what such
programs rely on, and is as tolerant as they are about the rest. The last line of its output is "done".
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from typing import Any

CUSTOMER = "15555550177"
COLLEAGUE = "15555550178"


def base64url(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def signed_token(secret_id: str, secret_key: str) -> str:
    header = base64url(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    payload = base64url(json.dumps({"iss": secret_id, "iat": int(time.time())}).encode())
    key = f"{secret_id}||{secret_key}".encode()
    signature = base64url(hmac.new(key, header + b"." + payload, hashlib.sha256).digest())
    return b".".join([header, payload, signature]).decode()


def bearer() -> str:
    return os.environ.get("HEYMARKET_API_KEY") or signed_token(
        os.environ["HEYMARKET_SECRET_ID"], os.environ["HEYMARKET_SECRET_KEY"]
    )


class HeymarketError(Exception):
    def __init__(self, status: int, text: str, request_id: str | None) -> None:
        super().__init__(f"Heymarket answered {status} (request {request_id}): {text}")
        self.status = status


def call(method: str, path: str, body: Any = None) -> Any:
    request = urllib.request.Request(  # noqa: S310 - the base URL is the caller's own
        os.environ["HEYMARKET_BASE_URL"].rstrip("/") + path,
        data=None if body is None else json.dumps(body).encode(),
        method=method,
        headers={"Authorization": f"Bearer {bearer()}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310 - as above
            raw = response.read()
    except urllib.error.HTTPError as error:
        with error:
            text = error.read().decode(errors="replace")
        raise HeymarketError(error.code, text, error.headers.get("X-Request-Id")) from None
    return json.loads(raw) if raw else {}


def status_of(method: str, path: str, body: Any = None) -> int:
    try:
        call(method, path, body)
    except HeymarketError as error:
        return error.status
    return 200


def sync_contact() -> int:
    """A customer goes into Heymarket, from the CRM."""
    created = call("POST", "/v1/contact", {"phone": CUSTOMER, "first": "Barbara", "last": "Example"})
    contact_id = created["id"]
    assert isinstance(contact_id, int), created

    contact = call("GET", f"/v1/contact/{contact_id}")
    assert contact["phone"] == CUSTOMER, contact
    assert contact["first"] == "Barbara", contact
    assert contact.get("display_name", "Barbara Example") == "Barbara Example", contact

    again = call("POST", "/v1/contact", {"phone": CUSTOMER, "first": "Barbara", "last": "Example"})
    assert again["id"] == contact_id, "a second sync made a second contact"

    update = {"phone": CUSTOMER, "first": "Barb", "last": "Example", "email": "barb@example.com"}
    updated = call("PUT", f"/v1/contact/{contact_id}", update)
    assert updated["id"] == contact_id, updated
    assert updated.get("rev", 1) >= created.get("rev", 0), updated

    for question in ({"phone": CUSTOMER}, {"id": str(contact_id)}):
        found = call("POST", "/v1/contact/get", question)
        assert (found["id"], found["first"], found["email"]) == (contact_id, "Barb", "barb@example.com"), found

    ids = [one["id"] for one in every("/v1/contacts")]
    assert contact_id in ids, "the list lacks what was created"
    assert len(ids) == int(call("POST", "/v1/contacts/count", {})), "the count differs from the list"
    assert status_of("GET", "/v1/contact/999999999") in {400, 404}
    return contact_id


def every(path: str) -> list[dict[str, Any]]:
    """All items, page by page: `date` is the `updated` of the last one."""
    items: dict[int, dict[str, Any]] = {}
    body: dict[str, Any] = {}
    while page := call("POST", path, body):
        assert isinstance(page, list), page
        before = len(items)
        items.update((item["id"], item) for item in page)
        if len(items) == before:
            break
        body = {"date": page[-1]["updated"]}
    return list(items.values())


def find_sender() -> tuple[int, int]:
    """An inbox, and somebody who may send from it."""
    team = call("GET", "/v1/team")
    assert isinstance(team["id"], int), team
    members = {member["id"] for member in team["members"]}
    for inbox in call("GET", "/v1/inboxes"):
        assert isinstance(inbox["id"], int), inbox
        senders = members.intersection(inbox["members"])
        if senders:
            return inbox["id"], min(senders)
    raise AssertionError("nobody can send")


def find_colleague() -> None:
    """The filter of this one travels in the body of a GET."""
    emails = [member["email"] for member in call("GET", "/v1/team")["members"] if member.get("email")]
    found = call("GET", "/v1/users/get", {"email": emails[:1]})["memberships"]
    assert [one["email"] for one in found] == emails[:1], found
    assert isinstance(found[0]["role_id"], int), found
    nobody = call("GET", "/v1/users/get", {"phone": ["15555559999"]})
    assert not nobody["memberships"], nobody


def send_once(inbox_id: int, creator_id: int) -> None:
    """A text, whose first answer gets lost on the way, so that it is sent again."""
    message = {
        "inbox_id": inbox_id,
        "creator_id": creator_id,
        "phone_number": CUSTOMER,
        "text": "Your order is ready.",
        "local_id": str(uuid.uuid4()),
    }
    sent = call("POST", "/v1/message/send", message)
    again = call("POST", "/v1/message/send", message)
    assert isinstance(sent["id"], int), sent
    assert sent["id"] == again["id"], "a retry sent a second text"
    assert "date" in sent, sent

    where = urllib.parse.urlencode({"phoneNumber": CUSTOMER, "inboxID": inbox_id})
    # One integrator sends a JSON body with every GET.
    nothing: dict[str, Any] = {}
    for body in (None, nothing):
        history = call("GET", f"/v1/messages?{where}", body)
        assert [one["text"] for one in history] == ["Your order is ready."], history
        assert history[0]["id"] == sent["id"], history
        assert history[0].get("user", creator_id) == creator_id, history
    older = call("GET", f"/v1/messages?{where}&timestamp={int(time.time()) - 3600}")
    assert older == [], older

    newest = call("POST", "/v1/messages/all", {})
    assert newest[0]["id"] == sent["id"], newest[0]
    conversation_id = sent.get("convo_id") or history[0]["conversation"]["id"]
    assert call("GET", f"/v1/conversations/{conversation_id}")["target"] == CUSTOMER
    closing = {"inbox_id": inbox_id, "user_id": creator_id, "target": CUSTOMER}
    assert call("POST", "/v1/conversations/close", closing) == "ok"


def keep_list(inbox_id: int, creator_id: int) -> None:
    """The calls for lists that are deprecated, and in use."""
    created = call("POST", "/v1/list", {"title": "VIPs", "members": {CUSTOMER: {"f": "Barb", "l": "Example"}}})
    list_id = created["id"]
    assert isinstance(list_id, int), created
    call("PUT", f"/v1/list/{list_id}", {"title": "VIPs of 2025", "add_phone": COLLEAGUE})

    kept = call("GET", f"/v1/list/{list_id}")
    assert kept["name"] == "VIPs of 2025", kept
    assert set(kept["targets"]) == {CUSTOMER, COLLEAGUE}, kept
    assert kept["targets"][CUSTOMER]["f"] == "Barb", kept
    assert list_id in [one["id"] for one in every("/v1/lists")]

    broadcast = {
        "inbox_id": inbox_id,
        "creator_id": creator_id,
        "list_id": list_id,
        "text": "Hello {{first_name}}",
        "local_id": str(uuid.uuid4()),
    }
    call("POST", "/v1/message/send", broadcast)
    where = urllib.parse.urlencode({"phoneNumber": CUSTOMER, "inboxID": inbox_id})
    assert "Hello Barb" in [one["text"] for one in call("GET", f"/v1/messages?{where}")]

    call("PUT", f"/v1/list/{list_id}", {"title": "VIPs of 2025", "remove_phone": COLLEAGUE})
    assert set(call("GET", f"/v1/list/{list_id}")["targets"]) == {CUSTOMER}
    call("DELETE", f"/v1/list/{list_id}")
    assert status_of("GET", f"/v1/list/{list_id}") in {400, 404}


def respect_opt_out(contact_id: int, inbox_id: int, creator_id: int) -> None:
    """Who unsubscribed gets nothing, until subscribed again."""
    message = {"inbox_id": inbox_id, "creator_id": creator_id, "phone_number": CUSTOMER, "text": "Hello again"}
    assert call("POST", "/v1/contact/set_status", {"id": contact_id, "status": "unsubscribed"}) == "success"
    assert call("POST", "/v1/contact/status", {"phone": CUSTOMER})["unsubscribed"] is True
    assert status_of("POST", "/v1/message/send", message) in {400, 403}
    assert call("POST", "/v1/contact/set_status", {"phone": CUSTOMER, "status": "subscribed"}) == "success"
    assert call("POST", "/v1/contact/status", {"id": contact_id})["unsubscribed"] is False
    assert status_of("POST", "/v1/message/send", message) == 200


def main() -> None:
    """A day's work."""
    contact_id = sync_contact()
    inbox_id, creator_id = find_sender()
    find_colleague()
    send_once(inbox_id, creator_id)
    keep_list(inbox_id, creator_id)
    respect_opt_out(contact_id, inbox_id, creator_id)
    assert call("DELETE", f"/v1/contact/{contact_id}") == "ok"
    assert status_of("GET", f"/v1/contact/{contact_id}") in {400, 404}
    sys.stdout.write("done\n")


if __name__ == "__main__":
    main()
