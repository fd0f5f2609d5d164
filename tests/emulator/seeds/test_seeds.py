"""Seeds that somebody wrote: what becomes of them, and the one line that says why one doesn't fit."""

from __future__ import annotations

import contextlib
import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from recording import examples

from heymarket import APIStatusError, Heymarket, description
from heymarket.emulator import EmulatorError
from heymarket.emulator.domain.contacts import list_members
from heymarket.emulator.seeds.built_in import BUILT_IN
from heymarket.emulator.seeds.format import parse_seed, read_seed, validate_seed
from heymarket.emulator.seeds.loader import open_state
from heymarket.emulator.state import make_uuid

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from heymarket.emulator import Emulator

YAML = """
team: {name: Acme}
tags:
  - tag: vip
fields:
  - title: Birthday
contacts:
  - phone: "15555550170"
    first: Linus
    last: Example
    tags: [{tag_id: 71}]
    custom: {101: 1 May}
    updated: 2024-05-01T12:00:00+02:00
  - contact_channels:
      - {channel_type: email, channel_id: grace@example.com}
      - {channel_type: phone, channel_id: "15555550171"}
lists:
  - name: Regulars
    targets:
      "15555550170": {f: Not, l: Used}
      "15555550172": {f: New, l: Contact}
"""


def loaded(document: Mapping[str, Any]) -> dict[str, Any]:
    return open_state(seed=document).document()


def test_what_yaml_leaves_out_is_made() -> None:
    seed = loaded(parse_seed(YAML))
    linus, grace, new = seed["contacts"]

    assert seed["team"] == {"id": 7, "name": "Acme", "list_size": 1000}
    assert [one["id"] for one in seed["contacts"]] == [501, 502, 503]
    assert (seed["tags"][0]["id"], seed["fields"][0]["id"], seed["lists"][0]["id"]) == (71, 101, 41)
    assert linus["uuid"] == make_uuid(501)
    assert linus["display_name"] == "Linus Example"
    assert linus["custom"] == {"101": "1 May"}
    assert linus["updated"] == "2024-05-01T10:00:00.000000Z"
    assert [(one["channel_type"], one["channel_id"]) for one in linus["contact_channels"]] == [("phone", "15555550170")]
    assert (grace["phone"], grace["email"]) == ("15555550171", "grace@example.com")
    assert [one["id"] for contact in seed["contacts"] for one in contact["contact_channels"]] == [
        1001,
        1002,
        1003,
        1004,
    ]
    assert (new["phone"], new["first"], new["last"]) == ("15555550172", "New", "Contact")


def test_a_list_of_numbers_becomes_one_of_contacts() -> None:
    state = open_state(seed=parse_seed(YAML))
    (record,) = state.lists.all()

    assert [(one.phone, one.first) for one in list_members(state, record)] == [
        ("15555550170", "Linus"),
        ("15555550172", "New"),
    ]


def test_ids_that_are_missing_are_the_lowest_free_ones() -> None:
    seed = loaded(parse_seed('{"tags": [{"tag": "a"}, {"tag": "b", "id": 71}, {"tag": "c", "id": 500}, {"tag": "d"}]}'))

    assert {one["tag"]: one["id"] for one in seed["tags"]} == {"a": 72, "b": 71, "c": 500, "d": 73}


def test_the_built_in_seed_is_complete() -> None:
    built_in = json.loads(json.dumps(dict(BUILT_IN)))
    before = copy.deepcopy(built_in)

    assert loaded(validate_seed(built_in)) == loaded(built_in)
    assert built_in == before


def test_what_a_state_says_of_itself_makes_the_same_state() -> None:
    document = open_state().document()

    assert loaded(parse_seed(json.dumps(document))) == document


def test_so_does_one_in_which_much_was_done(heymarket_emulator: Emulator) -> None:
    with Heymarket(**heymarket_emulator.settings) as hm:
        for operation in sorted(description.operations(), key=lambda one: one.http_method == "DELETE"):
            for scenario in examples.successes(operation):
                with contextlib.suppress(APIStatusError):  # what it is about may be gone
                    getattr(getattr(hm, operation.resource), operation.method_name)(**scenario.arguments)
    before = heymarket_emulator.state.document()
    after = loaded(parse_seed(json.dumps(before)))
    for message in (*before["messages"], *after["messages"]):
        for name in ("created", "rev", "op"):  # not answered, and made where they are missing
            message.pop(name, None)

    assert len(heymarket_emulator.journal) > 50
    assert after == before


def test_records_without_a_time_get_different_ones() -> None:
    seed = parse_seed(json.dumps({"contacts": [{"phone": str(15555550100 + number)} for number in range(50)]}))
    times = [one["updated"] for one in loaded(seed)["contacts"]]

    assert times == sorted(set(times))


def test_yaml_and_json_are_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "seed.yaml").write_text("tags: [{tag: Zoë}]", "utf-8")
    (tmp_path / "seed.json").write_text('\ufeff{"tags": [{"tag": "Zoë"}]}', "utf-8")

    assert read_seed(tmp_path / "seed.yaml") == read_seed(tmp_path / "seed.json")


def test_yaml_may_look_like_json() -> None:
    assert parse_seed("{tags: [{tag: vip}]}") == parse_seed('{"tags": [{"tag": "vip"}]}')


def contact(**members_: Any) -> str:
    return json.dumps({"contacts": [{"phone": "15555550170"}, members_]})


CHANNEL = {"channel_type": "phone", "channel_id": "15555550171"}
EMAIL = {"channel_type": "email", "channel_id": "a@b"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it has to be a mapping, with fields such as contacts and inboxes"),
        ("[]", "it has to be a mapping"),
        ("tags: [\n", r"it is no YAML \(line 2\)"),
        ('{"tags": [\n}', r"it is neither JSON \(line 2\) nor YAML"),
        (b"\xff\xfe", "it is not UTF-8"),
        ('{"tags": [{"tag": "\\ud800"}]}', "a lone surrogate"),
        ('{"people": []}', "it has a field that no seed has; the fields are team, settings, users"),
        ('{"contacts": {}}', "contacts has to be a list"),
        ('{"team": []}', "team has to be a mapping"),
        ('{"tags": [{}]}', "tags, number 1: tag is missing"),
        (
            '{"tags": [{"tag": "a"}, {"id": 9, "tag": 5}]}',
            r"tags, number 2 \(id 9\): tag has to be a string",
        ),
        ('{"tags": [{"tag": "a", "id": 0}]}', r"tags, number 1 \(id 0\): id has to be 1 or more"),
        ('{"tags": [{"tag": "a", "id": 1e300}]}', "tags, number 1"),
        (
            '{"tags": [{"tag": "a", "id": 71}, {"tag": "b", "id": 71}]}',
            r"tags, number 2 \(id 71\): id is that of",
        ),
        (
            '{"tags": [{"tag": "a", "updated": "yesterday"}]}',
            "number 1: updated has to be of the format date-time",
        ),
        ("contacts: [{phone: 15555550170}]", "contacts, number 1: phone has to be a string, in quotes in YAML"),
        (contact(phone="555"), r"contacts, number 2 \(id 502\): channel_id is no phone number"),
        (contact(phone="15555550170"), r"contacts, number 2 \(id 502\): one of its channels, or its phone, is there"),
        (contact(contact_channels=[CHANNEL, CHANNEL]), "one of its channels, or its phone, is there already"),
        (contact(contact_channels=[{**CHANNEL, "id": 1001}, {**CHANNEL, "id": 0}]), "id has to be 1 or more"),
        (
            contact(contact_channels=[{**CHANNEL, "id": 1002}, {**EMAIL, "id": 1002}]),
            "the id of one of its channels is there already",
        ),
        (contact(contact_channels=[{}]), "contacts, number 2: contact_channels.0: channel_type is missing"),
        (contact(uuid=make_uuid(501)), "uuid is that of another one"),
        (contact(uuid="ada"), "contacts, number 2: uuid has to be of the format uuid"),
        (contact(tags=[{"tag_id": 9}]), "tags names a record that is not among tags"),
        (contact(assigned_user_id=9), "assigned_user_id names a record that is not among users"),
        (contact(custom={"title": "x"}), "custom names a record that is not among fields"),
        (contact(custom={"15555550170": 1}), r"contacts, number 2: custom\.\.\.\. has to be a string"),
        (
            '{"inboxes": [{"name": "a", "members": [21]}]}',
            "inboxes, number 1 .*members names a record that is not",
        ),
        ('{"lists": [{"name": "a", "_contact_ids": [501]}]}', "_contact_ids names a record that is not among contacts"),
        ('{"lists": [{"name": "a", "targets": {"+1": {}}}]}', "targets has to have phone numbers for keys"),
        (
            '{"conversations": [{"inbox": 31, "target": "15555550170"}]}',
            "inbox names a record that is not among inboxes",
        ),
        (
            '{"conversations": [{"inbox": 0, "target": "15555550170"}]}',
            "inbox names a record that is not among inboxes",
        ),
        ('{"conversations": [{"inbox": 31}]}', "target, or targets, has to be phone numbers"),
        ('{"conversations": [{"inbox": 31, "target": "+1 555"}]}', "target, or targets, has to be phone numbers"),
        ('{"conversations": [{"inbox": 31, "channel": "email"}]}', "targets is missing"),
        (
            '{"conversations": [{"inbox": 31, "target": "15555550170"}, {"inbox": 31, "targets": ["15555550170"]}]}',
            r"conversations, number 2 \(id 602\): its inbox has a conversation with the same target",
        ),
        (contact(tags=[{"tag_id": 71}] * 6), "tags has more than 5"),
        (contact(tags=[{"tag_id": 0}]), "tags names a record that is not among tags"),
        ('{"lists": [{"name": "a", "_contact_ids": [0]}]}', "_contact_ids names a record that is not among contacts"),
        ('{"schedules": [{"execute": "2030-01-01T00:00:00Z", "_targets": 5}]}', "_targets has to be a list"),
        ('{"schedules": [{"execute": "2030-01-01T00:00:00Z", "_targets": ["abc"]}]}', "_targets, and to of meta"),
        (
            '{"schedules": [{"execute": "2030-01-01T00:00:00Z", "meta": {"content": {"to": "nobody"}}}]}',
            r"schedules, number 1 \(id 61\): _targets, and to of meta",
        ),
        (
            '{"schedules": [{"execute": "2030-01-01T00:00:00Z", "user_id": 0}]}',
            "user_id names a record that is not among users",
        ),
        ('{"messages": [{"_conversation_id": 601}]}', "messages, number 1: date is missing"),
    ],
)
def test_what_does_not_fit_is_said_in_one_line_without_its_value(text: str | bytes, why: str) -> None:
    with pytest.raises(EmulatorError, match=rf"^The seed doesn't fit: .*{why}") as caught:
        loaded(parse_seed(text))

    assert "\n" not in str(caught.value)
    assert "1555555" not in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmulatorError, match=r"nothing\.yaml can't be read: No such file or directory\.$"):
        read_seed(tmp_path / "nothing.yaml")
    with pytest.raises(EmulatorError, match="can't be read: Is a directory"):
        read_seed(tmp_path)
