"""The team's settings: each does what it says, wherever it is changed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from heymarket import PermissionDeniedError
from heymarket.emulator import CarrierRule, Emulator, EmulatorError, TeamSettings, create_app
from heymarket.emulator.domain.team_settings import list_settings
from heymarket.texts import count_segments

if TYPE_CHECKING:
    from collections.abc import Callable

    Told = Callable[[], list[tuple[str, dict[str, Any]]]]

ADA, SEVERAL, ZOE, NEW = "15555550100", "15555550101", "15555550102", "15555551900"
FROM_ADA: dict[str, Any] = {"inbox_id": 31, "creator_id": 21}
HOUR = 3600


@pytest.fixture
def emulator(heymarket_emulator: Emulator) -> Emulator:
    heymarket_emulator.clock.freeze()
    return heymarket_emulator


def history(hm: Any, phone: str) -> list[Any]:
    return list(hm.messages.history(phone_number=phone, inbox_id=31))


def kinds(told: Told) -> list[str]:
    return [kind for kind, _ in told()]


def test_an_opt_out_leaves_chats_and_lists_alone_by_default(emulator: Emulator, hm: Any) -> None:
    emulator.reply(ADA, "STOP")
    hm.contacts.set_status(phone=SEVERAL, status="unsubscribed")

    assert hm.conversations.get(601).status == "open"
    assert ADA in hm.lists.get_v1(41).targets.to_dict()


@pytest.mark.parametrize("by", ["contact", "team", "write"])
def test_an_opt_out_closes_the_contacts_chats(emulator: Emulator, hm: Any, told: Told, by: str) -> None:
    emulator.change_team_settings(opt_out_closes_chats=True)
    if by == "contact":
        emulator.reply(ADA, "STOP")
    elif by == "team":
        hm.contacts.set_status(phone=ADA, status="unsubscribed")
    else:
        hm.contacts.create_v1(phone=ADA, is_opted_out=True)

    assert hm.conversations.get(601).status == "closed"
    assert hm.conversations.get(602).status == "open"  # a group goes on without it
    events = kinds(told)
    assert (events[0], events[-1]) == ("target_opt_out", "chat_closed")


def test_an_opt_out_of_someone_new_leaves_no_open_chat(emulator: Emulator, hm: Any) -> None:
    emulator.change_team_settings(opt_out_closes_chats=True)
    message = emulator.reply(NEW, "stop")

    assert hm.conversations.get(message["conversation"]["id"]).status == "closed"
    assert emulator.reply(NEW, "Start")["conversation"]["status"] == "open"


def test_a_blocked_contacts_opt_out_raises_no_event(emulator: Emulator, hm: Any, told: Told) -> None:
    emulator.change_team_settings(opt_out_closes_chats=True)
    hm.contacts.set_status(phone=ADA, status="blocked")
    emulator.reply(ADA, "STOP")

    assert hm.conversations.get(601).status == "closed"
    assert kinds(told) == []


def test_an_opt_out_takes_the_contact_off_all_lists(emulator: Emulator, hm: Any) -> None:
    emulator.change_team_settings(opt_out_leaves_lists=True)
    emulator.reply(ADA, "STOP")

    assert hm.lists.get_v1(41).targets.to_dict() == {}


def test_nobody_is_texted_before_the_contact_has_confirmed(emulator: Emulator, hm: Any, told: Told) -> None:
    emulator.change_team_settings(double_opt_in=True)
    for phone in (ADA, NEW):
        with pytest.raises(PermissionDeniedError, match="confirmed"):
            hm.messages.send(**FROM_ADA, phone_number=phone, text="Hello")
    emulator.reply(NEW, "Are you open?")
    with pytest.raises(PermissionDeniedError):
        hm.messages.send(**FROM_ADA, phone_number=NEW, text="Yes!")
    emulator.reply(NEW, " yes ")
    hm.messages.send(**FROM_ADA, phone_number=NEW, text="Yes, until nine.")

    asked = "Reply YES to receive texts from us."
    texts = [message.text for message in reversed(history(hm, NEW))]
    assert texts == ["Are you open?", asked, " yes ", "Yes, until nine."]
    assert kinds(told) == [
        *("chat_opened", "message_recieved", "target_double_opt_restricted", "message_sent"),
        *("message_recieved", "target_double_opt_in", "message_sent"),
    ]


def test_three_reminders_come_twelve_hours_apart_and_only_when_the_contact_writes(emulator: Emulator, hm: Any) -> None:
    emulator.change_team_settings(double_opt_in=True, double_opt_in_text="Please confirm with GO.")

    def asked() -> int:
        return sum(message.text == "Please confirm with GO." for message in history(hm, NEW))

    counts = []
    emulator.reply(NEW, "Hello")
    for hours in (1, 11, 100, 12, 12):
        emulator.advance(hours * HOUR)
        before = asked()
        emulator.reply(NEW, "Hello?")
        counts.append((before, asked()))
    assert counts == [(1, 1), (1, 2), (2, 3), (3, 4), (4, 4)]


def test_the_keyword_is_the_teams_and_means_nothing_unasked(emulator: Emulator, hm: Any) -> None:
    emulator.change_team_settings(double_opt_in=True, double_opt_in_keyword="Go")
    emulator.reply(ADA, "GO")
    with pytest.raises(PermissionDeniedError):
        hm.messages.send(**FROM_ADA, phone_number=ADA, text="Hello")
    emulator.reply(ADA, "go")

    assert hm.messages.send(**FROM_ADA, phone_number=ADA, text="Hello").id


def test_a_list_and_a_schedule_leave_out_who_has_not_confirmed(emulator: Emulator, hm: Any) -> None:
    made = hm.lists.create_v1(title="Two", members={ADA: {}, ZOE: {}})
    hm.schedules.create(
        inbox_id=31,
        user_id=21,
        phone_number=ZOE,
        execute_at=datetime(2031, 2, 3, 12, tzinfo=UTC),
        content={"text": "Later"},
    )
    emulator.change_team_settings(double_opt_in=True)
    emulator.reply(ADA, "Hello")
    emulator.reply(ADA, "YES")
    hm.messages.send(**FROM_ADA, list_id=made.id, text="To all", local_id="to-all")
    emulator.advance(10 * 366 * 24 * HOUR)

    assert "To all" in [message.text for message in history(hm, ADA)]
    assert not {"To all", "Later"} & {message.text for message in history(hm, ZOE)}
    assert "confirmed" in emulator.state.schedules.all()[-1]["_error"]


def test_who_opts_out_is_not_asked_to_confirm(emulator: Emulator, hm: Any) -> None:
    emulator.change_team_settings(double_opt_in=True)
    emulator.reply(NEW, "STOP")

    assert len(history(hm, NEW)) == 1


def test_a_sentence_is_appended_once_for_each_number(emulator: Emulator, hm: Any) -> None:
    emulator.change_team_settings(opt_out_sentence="Reply STOP to opt out.")
    for text in ("Hello", "Hello again"):
        hm.messages.send(**FROM_ADA, phone_number=NEW, text=text)
    hm.messages.send(**FROM_ADA, targets=[NEW, ZOE], text="Both")
    hm.messages.send(**FROM_ADA, phone_number=ZOE, text="Only you")

    sent = [message["text"] for message in emulator.state.messages.query("ORDER BY id DESC LIMIT 4")]
    assert sent == ["Only you", "Both Reply STOP to opt out.", "Hello again", "Hello Reply STOP to opt out."]
    emulator.verify("messages.send", text="Hello")
    assert hm.contacts.lookup(phone=NEW).rev == 1


@pytest.mark.parametrize("deleted", [True, False])
def test_a_contact_is_deleted_with_its_messages_or_without(emulator: Emulator, hm: Any, *, deleted: bool) -> None:
    emulator.change_team_settings(delete_messages=deleted)
    groups = hm.conversations.get(602)
    hm.contacts.delete_v1(501)

    assert (history(hm, ADA) == []) is deleted
    assert hm.conversations.get(602).id == groups.id


def test_a_text_stays_sent_without_a_rule(emulator: Emulator, hm: Any) -> None:
    hm.messages.send(**FROM_ADA, phone_number=ADA, text="Hello")
    emulator.advance(HOUR)

    assert (history(hm, ADA)[0].status, history(hm, ADA)[0].raw_error) == ("sent", "")


@pytest.mark.parametrize("status", ["failed", "undelivered"])
def test_a_text_fails_after_a_time(emulator: Emulator, hm: Any, told: Told, status: str) -> None:
    emulator.change_team_settings(carriers=[CarrierRule(status, after=30, error="30003")])
    sent = hm.messages.send(**FROM_ADA, phone_number=ADA, text="Hello")
    emulator.advance(29)
    assert history(hm, ADA)[0].status == "sent"
    emulator.advance(1)

    latest = next(iter(hm.messages.list(order="updated_at")))
    assert (latest.id, latest.status, latest.raw_error) == (sent.id, status, "30003")
    assert latest.target_errors.to_dict() == {ADA: "30003"}
    assert latest.updated > latest.date
    assert kinds(told) == ["message_sent"]


def test_the_first_rule_that_fits_the_number_counts(emulator: Emulator, hm: Any) -> None:
    emulator.change_team_settings(carriers=[CarrierRule("failed", phone=ZOE), CarrierRule("delivered", after=5)])
    hm.messages.send(**FROM_ADA, targets=[ADA, ZOE], text="Both")
    hm.messages.send(**FROM_ADA, phone_number=ADA, text="Hello")
    emulator.settle()

    group = next(message for message in hm.messages.list() if message.text == "Both")
    assert (group.status, group.target_errors.to_dict()) == ("failed", {ZOE: "unreachable"})
    emulator.advance(5)
    group, single = (next(one for one in hm.messages.list() if one.text == text) for text in ("Both", "Hello"))
    assert (group.status, single.status, single.raw_error) == ("failed", "delivered", "")


def test_a_share_of_the_texts_fails_and_always_the_same_ones(emulator: Emulator, hm: Any) -> None:
    def failed() -> set[str]:
        emulator.change_team_settings(carriers=[CarrierRule("undelivered", share=0.3), CarrierRule("delivered")])
        people: dict[str, Any] = {f"1555555{number}": {} for number in range(2000, 2200)}
        made = hm.lists.create_v1(title="Many", members=people)
        hm.messages.send(**FROM_ADA, list_id=made.id, text="Hello", local_id="many")
        emulator.settle()
        sent = [one for one in emulator.state.messages.all() if one.get("text") == "Hello"]
        assert {one["status"] for one in sent} == {"delivered", "undelivered"}
        return {one["target"] for one in sent if one["status"] == "undelivered"}

    first = failed()
    assert 40 < len(first) < 80
    emulator.reset()
    assert failed() == first


def test_notes_and_emails_and_messages_that_are_gone_have_no_carrier(emulator: Emulator, hm: Any) -> None:
    emulator.change_team_settings(carriers=[CarrierRule("failed", after=10)], delete_messages=True)
    hm.messages.send(**FROM_ADA, phone_number=ADA, text="A note", private=True)
    hm.email.send(inbox=31, creator_id=21, targets=["to:grace@example.com"], text="Dear Grace")
    hm.messages.send(**FROM_ADA, phone_number=ADA, text="Hello")
    hm.contacts.delete_v1(501)
    emulator.advance(10)

    assert {message.status for message in hm.messages.list()} <= {"sent", "received"}
    assert emulator.state.carrier_reports.count() == 0


def test_reports_outlive_a_snapshot_and_end_with_a_reset(emulator: Emulator, hm: Any) -> None:
    emulator.change_team_settings(carriers=[CarrierRule("failed", after=10)])
    hm.messages.send(**FROM_ADA, phone_number=ADA, text="Hello")
    kept = emulator.snapshot()
    emulator.reset()
    emulator.clock.freeze()
    assert emulator.state.carrier_reports.count() == 0
    assert emulator.team_settings == TeamSettings()
    emulator.restore(kept)
    emulator.advance(HOUR)

    assert history(hm, ADA)[0].status == "failed"


def test_messages_sent_over_the_api_can_go_without_an_event(emulator: Emulator, hm: Any, told: Told) -> None:
    emulator.change_team_settings(message_sent_by_api=False)
    hm.messages.send(**FROM_ADA, phone_number=ADA, text="Hello")
    hm.email.send(inbox=31, creator_id=21, targets=["to:grace@example.com"], text="Dear Grace")
    emulator.automate(601, text="We are closed now.")

    sent = [data["text"] for kind, data in told() if kind == "message_sent"]
    assert sent == ["We are closed now."]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("5", ("answered", 5)),
        ("5!", ("answered", 5)),
        ("1 is enough", ("answered", 1)),
        ("55", ("sent", None)),
        ("5a", ("sent", None)),
        ("6", ("sent", None)),
        ("Five", ("sent", None)),
    ],
)
def test_an_answer_begins_with_one_to_five(
    emulator: Emulator, hm: Any, text: str, outcome: tuple[str, int | None]
) -> None:
    sent = hm.messages.send(**FROM_ADA, phone_number=ADA, survey_id=81)
    emulator.reply(ADA, text)

    (answer,) = emulator.survey_answers
    assert (answer.survey_id, answer.message_id, answer.phone) == (81, sent.id, ADA)
    assert (answer.status, answer.answer) == outcome


def test_a_later_answer_counts_as_long_as_the_survey_is_open(emulator: Emulator, hm: Any) -> None:
    hm.messages.send(**FROM_ADA, phone_number=ADA, survey_id=81)
    for text in ("Hm", "4", "5"):
        emulator.reply(ADA, text)

    assert [one.answer for one in emulator.survey_answers] == [4]


def test_a_survey_expires_after_a_day(emulator: Emulator, hm: Any) -> None:
    hm.messages.send(**FROM_ADA, phone_number=ADA, survey_id=81)
    hm.messages.send(**FROM_ADA, phone_number=ZOE, survey_id=82)
    emulator.advance(24 * HOUR + 1)
    emulator.reply(ADA, "5")

    assert [one.status for one in emulator.survey_answers] == ["expired", "expired"]


def test_another_message_to_the_number_interrupts_a_survey_and_a_note_does_not(emulator: Emulator, hm: Any) -> None:
    hm.messages.send(**FROM_ADA, phone_number=ADA, survey_id=81)
    hm.messages.send(**FROM_ADA, phone_number=ADA, text="Asked for her opinion", private=True)
    assert [one.status for one in emulator.survey_answers] == ["sent"]
    hm.messages.send(inbox_id=32, creator_id=21, phone_number=ADA, text="Hello")
    emulator.reply(ADA, "5")

    assert [one.status for one in emulator.survey_answers] == ["interrupted"]


def test_an_automation_answers_assigns_and_closes(emulator: Emulator, hm: Any, told: Told) -> None:
    shown = emulator.automate(601, text="We are closed now.", assign=22, close=True, author="Night agent")

    assert (shown["assigned"], shown["status"]) == (22, "closed")
    message = history(hm, ADA)[0]
    assert (message.text, message.author, message.user) == ("We are closed now.", "Night agent", 0)
    assert kinds(told) == ["message_sent", "chat_reassigned", "chat_closed"]
    assert not emulator.journal.find(operation="messages.send")


def test_an_agent_need_not_be_a_user(emulator: Emulator, hm: Any) -> None:
    emulator.automate(601, assign=9001)

    assert hm.conversations.get(601).assigned == 9001


@pytest.mark.parametrize(
    ("conversation", "what", "why"),
    [
        (601, {}, "does something"),
        (999, {"close": True}, "no such conversation"),
        (2**70, {"close": True}, "no such conversation"),
        (601, {"text": "Hello", "close": True}, "has opted out"),
    ],
)
def test_an_automation_that_cant_act_changes_nothing(
    emulator: Emulator, hm: Any, conversation: int, what: dict[str, Any], why: str
) -> None:
    emulator.reply(ADA, "STOP")
    with pytest.raises(EmulatorError, match=why):
        emulator.automate(conversation, **what)

    assert hm.conversations.get(601).status == "open"


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("a" * 1530, 10),
        ("a" * 158 + "€", 1),
        ("a" * 159 + "€", 2),
        ("ż" * 70, 1),
        ("ż" * 71, 2),
        ("🎉" * 35, 1),
        ("🎉" * 36, 2),
        ("\ud83d", 1),
    ],
)
def test_segments_are_counted_as_carriers_do(text: str, segments: int) -> None:
    assert count_segments(text) == segments


def test_the_admin_api_shows_and_changes_them(emulator: Emulator, hm: Any) -> None:
    with httpx.Client(base_url=f"{emulator.base_url}/_emulator", trust_env=False) as http:
        assert http.get("/team-settings").json() == TeamSettings().document()
        rule = {"status": "undelivered", "phone": ADA}
        changed = http.patch("/team-settings", json={"carriers": [rule], "double_opt_in": False}).json()
        assert changed["carriers"] == [{**rule, "after": 0.0, "share": 1.0, "error": "unreachable"}]
        hm.messages.send(**FROM_ADA, phone_number=ADA, survey_id=81)
        http.post("/settle")
        assert history(hm, ADA)[0].status == "undelivered"
        assert http.get("/survey-answers").json()["survey_answers"][0]["status"] == "sent"
        shown = http.post("/automate", json={"conversation_id": 601, "assign": 22, "close": True}).json()
        assert (shown["assigned"], shown["status"]) == (22, "closed")


@pytest.mark.parametrize(
    ("path", "body", "why"),
    [
        ("team-settings", {"double": True}, "no such setting"),
        ("team-settings", {"double_opt_in": 1}, "double_opt_in has to be true or false"),
        ("team-settings", {"opt_out_sentence": None}, "opt_out_sentence has to be a string"),
        ("team-settings", {"carriers": {}}, "carriers has to be a list"),
        ("team-settings", {"carriers": 5}, "carriers has to be a list"),
        ("team-settings", {"carriers": [5]}, "An object is needed"),
        ("team-settings", {"carriers": [{"status": "lost"}]}, "status has to be one of"),
        ("team-settings", {"carriers": [{"share": 1.1}]}, "share has to be a number from 0 to 1"),
        ("team-settings", {"carriers": [{"after": -1}]}, "after has to be a number from 0"),
        ("team-settings", {"carriers": [{"after": True}]}, "after has to be a number"),
        ("team-settings", {"carriers": [{"phone": "555-0100"}]}, "phone has to be a number"),
        ("team-settings", {"carriers": [{}] * 1001}, "1,000 rules at most"),
        ("automate", {"close": True}, "conversation_id is an id"),
        ("automate", {"conversation_id": 601, "assign": "Ada"}, "assign is an id"),
        ("automate", {"conversation_id": 601, "text": 5}, "text and author are strings"),
        ("automate", {"conversation_id": 601, "close": "yes"}, "close is true or false"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(
    emulator: Emulator, path: str, body: dict[str, Any], why: str
) -> None:
    method = "PATCH" if path == "team-settings" else "POST"
    response = httpx.request(method, f"{emulator.base_url}/_emulator/{path}", json=body, trust_env=False)

    assert (response.status_code, why in response.json()["message"]) == (400, True)
    assert emulator.team_settings == TeamSettings()


def test_a_seed_has_them_and_a_saved_state_is_such_a_seed() -> None:
    app = create_app(seed={"settings": {"opt_out_sentence": "STOP ends it.", "carriers": [{"status": "failed"}]}})
    expected = TeamSettings(opt_out_sentence="STOP ends it.", carriers=[CarrierRule("failed")])
    assert app.team_settings == expected
    app.change_team_settings(opt_out_sentence="")
    app.reset()
    assert app.team_settings == expected
    saved = json.loads(json.dumps(app.state.document()))
    assert saved["settings"] == {"opt_out_sentence": "STOP ends it.", "carriers": [CarrierRule("failed").document()]}
    assert "_settings" not in saved["team"]
    app.replace_state({})
    assert app.team_settings == TeamSettings()
    app.replace_state(saved)
    assert app.team_settings == expected
    app.close()


@pytest.mark.parametrize("settings", [{"double_opt_in": "yes"}, {"nonsense": 1}, {"carriers": [{"status": "late"}]}])
def test_a_seed_with_a_setting_that_cant_be_is_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(EmulatorError, match="The seed doesn't fit: settings: "):
        create_app(seed={"settings": settings})


def test_the_team_as_the_api_returns_it_has_no_settings(emulator: Emulator, hm: Any) -> None:
    emulator.change_team_settings(double_opt_in=True)

    assert "settings" not in str(hm.team.get().to_dict())


def test_every_setting_has_a_source() -> None:
    assert all(one.about and one.source for one in list_settings(TeamSettings))
