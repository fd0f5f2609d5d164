"""The team's settings: what its administrators switch in the app, and what carriers do with its texts.

A setting is a field, with what it does and its source. Seed, admin API, page and the table in docs/emulator.md read
them from here. They belong to the state: a reset brings back those of the seed, a snapshot keeps them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Self, cast

import attrs
from attrs import field, frozen

from heymarket.emulator.api.validation import to_phone
from heymarket.emulator.errors import EmulatorError

if TYPE_CHECKING:
    from heymarket.emulator.state import State

__all__ = ["CarrierRule", "SettingInfo", "TeamSettings", "change_settings", "get_settings", "list_settings"]

_STORED_AS = "_settings"
_MOST_RULES = 1000
_KINDS = {bool: "true or false", float: "a number", str: "a string", tuple: "a list"}


def _says(
    about: str, source: str = "", *, choices: tuple[str, ...] = (), most: float = 0.0, unit: str = ""
) -> dict[str, Any]:
    """What a setting says of itself: the metadata of its field."""
    return {"about": about, "source": source, "choices": choices, "most": most, "unit": unit}


@frozen
class SettingInfo:
    """What is known of a setting.

    Attributes:
        name: Its name.
        about: What it does.
        source: Where that is known from: a fact (H) or a contradiction (D), or the words "nobody knows".
        default: Its default.
        kind: The name of its type: `bool`, `float`, `str` or `tuple`.
        choices: The values that it may have; any of its type if there are none.
        most: The largest number that it may have.
        unit: The number's unit; empty without one.
    """

    name: str
    about: str
    source: str
    default: Any
    kind: str
    choices: tuple[str, ...]
    most: float
    unit: str


class _Settings:
    """Checks of the fields, and their form as JSON."""

    def __attrs_post_init__(self) -> None:
        for one in list_settings(type(self)):
            value = getattr(self, one.name)
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if not (number if one.kind == "float" else type(value).__name__ == one.kind):
                raise EmulatorError(f"{one.name} has to be {_KINDS[type(one.default)]}.")
            if one.choices and value not in one.choices:
                raise EmulatorError(f"{one.name} has to be one of {', '.join(one.choices)}.")
            if number and not 0 <= value <= one.most:
                raise EmulatorError(f"{one.name} has to be a number from 0 to {one.most:g}.")

    @classmethod
    def from_json(cls, fields: object) -> Self:
        """The settings that a JSON object has; others keep their defaults.

        Raises:
            EmulatorError: There is no such setting, or it can't have that value.
        """
        names = [one.name for one in list_settings(cls)]
        if not isinstance(fields, Mapping):
            raise EmulatorError(f"An object is needed, with some of {', '.join(names)}.")
        given = cast("Mapping[str, Any]", fields)
        if not given.keys() <= set(names):
            raise EmulatorError(f"There is no such setting. There are {', '.join(names)}.")
        return cls(**given)

    def document(self) -> dict[str, Any]:
        """All of them as JSON."""
        values: dict[str, Any] = {one.name: getattr(self, one.name) for one in list_settings(type(self))}
        return {
            name: [rule.document() for rule in cast("tuple[CarrierRule, ...]", value)]
            if isinstance(value, tuple)
            else value
            for name, value in values.items()
        }


def list_settings(of: type[_Settings]) -> list[SettingInfo]:
    """What is known of each setting.

    Args:
        of: `TeamSettings` or `CarrierRule`.
    """
    return [
        SettingInfo(one.name, default=one.default, kind=type(one.default).__name__, **one.metadata)
        for one in attrs.fields(cast("Any", of))
    ]


def _normalize(phone: Any) -> Any:
    return to_phone(phone) if phone and isinstance(phone, str) else phone


@frozen
class CarrierRule(_Settings):
    """What carriers do with some of the texts, some time after they were sent.

    Raises:
        EmulatorError: The rule makes no sense.
    """

    status: str = field(
        default="delivered",
        metadata=_says("what becomes of the text", "H7, H8", choices=("delivered", "failed", "undelivered")),
    )
    phone: str = field(
        default="",
        converter=_normalize,
        metadata=_says("only texts to this number; to any, if it is empty"),
    )
    after: float = field(
        default=0.0, metadata=_says("seconds by the service's clock until then", most=10.0**9, unit="s")
    )
    share: float = field(default=1.0, metadata=_says("the share of these texts that it happens to", most=1.0))
    error: str = field(default="unreachable", metadata=_says("the carrier's error, unless it is delivered"))

    @property
    def is_failure(self) -> bool:
        """Whether the text doesn't arrive."""
        return self.status != "delivered"


def _to_rules(rules: Iterable[CarrierRule | Mapping[str, Any]]) -> tuple[CarrierRule, ...]:
    if isinstance(rules, str | Mapping) or not isinstance(rules, Iterable):
        raise EmulatorError("carriers has to be a list of rules.")
    read = tuple(rule if isinstance(rule, CarrierRule) else CarrierRule.from_json(rule) for rule in rules)
    if len(read) > _MOST_RULES:
        raise EmulatorError(f"carriers may have {_MOST_RULES:,} rules at most.")
    return read


@frozen(kw_only=True)
class TeamSettings(_Settings):
    """The settings of the team.

    Raises:
        EmulatorError: One of them can't have that value.
    """

    opt_out_closes_chats: bool = field(
        default=False, metadata=_says("an opt-out closes the contact's conversations, groups apart", "H3")
    )
    opt_out_leaves_lists: bool = field(
        default=False, metadata=_says("an opt-out takes the contact off all lists", "H3")
    )
    opt_out_sentence: str = field(
        default="", metadata=_says("a sentence that is appended to the first text to each number", "H5")
    )
    double_opt_in: bool = field(
        default=False,
        metadata=_says("a contact is texted only once it has written in, was asked to confirm, and did", "H4"),
    )
    double_opt_in_keyword: str = field(default="YES", metadata=_says("the text by which a contact confirms", "H4"))
    double_opt_in_text: str = field(
        default="Reply YES to receive texts from us.",
        metadata=_says("the text that asks a contact to confirm, and reminds it; the wording is ours", "H4"),
    )
    delete_messages: bool = field(
        default=False,
        metadata=_says("deleting a contact deletes its conversations with their messages, too", "H6, D43"),
    )
    message_sent_by_api: bool = field(
        default=True,
        metadata=_says("messages that are sent over the API raise `message_sent`", "H20"),
    )
    carriers: tuple[CarrierRule, ...] = field(
        default=(),
        converter=_to_rules,
        metadata=_says(
            "what carriers do with texts; the first rule that fits applies; without one they stay `sent`", "H7, H8"
        ),
    )


_DEFAULTS = TeamSettings()


def get_settings(state: State) -> TeamSettings:
    """The settings of the team.

    Args:
        state: Where they are stored.
    """
    stored = (state.team.first() or {}).get(_STORED_AS)
    return TeamSettings.from_json(stored) if stored else _DEFAULTS


def change_settings(state: State, changes: Mapping[str, Any]) -> TeamSettings:
    """Change some settings.

    Args:
        state: Where they are stored.
        changes: Their values by name.

    Returns:
        All of them.

    Raises:
        EmulatorError: There is no such setting, or it can't have that value; all stays as it is.
    """
    with state.transaction():
        settings = TeamSettings.from_json({**get_settings(state).document(), **changes})
        # Only what differs, so that the state of one emulator, as a seed of another, leaves it its defaults.
        defaults = _DEFAULTS.document()
        stored = {name: value for name, value in settings.document().items() if value != defaults[name]}
        state.team.put({**(state.team.first() or {}), _STORED_AS: stored})
    return settings
