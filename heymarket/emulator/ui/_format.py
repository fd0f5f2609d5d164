"""Formatting of times, phone numbers, names and JSON on the page."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from heymarket.emulator.clock import to_datetime

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["FILTERS", "contact_name", "moment", "phone", "words_of"]


def moment(value: object) -> datetime | None:
    """A time as records or clocks have it; `None` for what isn't one."""
    if isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str):
            found = datetime.fromisoformat(value)
            return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        return to_datetime(value) if isinstance(value, int | float) else None
    except (ValueError, OverflowError):
        return None


def when(value: object, now: datetime) -> str:
    """A time, as short as it can be said: `14:03` today, `15 Jan` this year, `15 Jan 2025` in another one."""
    found = moment(value)
    if found is None:
        return ""
    if found.date() == now.date():
        return f"{found:%H:%M}"
    return f"{found.day} {found:%b}" if found.year == now.year else f"{found.day} {found:%b %Y}"


def day(value: object, now: datetime) -> str:
    """The day of a time: `Today`, `Yesterday`, `Wed 15 Jan`, `15 Jan 2025`."""
    found = moment(value)
    if found is None:
        return "Some day"
    for ago, name in enumerate(("Today", "Yesterday")):
        if found.date() == (now - timedelta(days=ago)).date():
            return name
    return f"{found:%a} {found.day} {found:%b}" if found.year == now.year else f"{found.day} {found:%b %Y}"


def day_time(value: object, now: datetime) -> str:
    """A day and a time: `15 Jan 14:03`, with the year where it is another one."""
    found = moment(value)
    if found is None:
        return ""
    return f"{found.day} {found:%b %H:%M}" if found.year == now.year else f"{found.day} {found:%b %Y %H:%M}"


def full(value: object) -> str:
    """A time in full: `2025-01-15 09:30:00 UTC`."""
    found = moment(value)
    return f"{found:%Y-%m-%d %H:%M:%S} UTC" if found else ""


def to_minute(value: object) -> str:
    """A time without its seconds: `2025-01-15 09:30 UTC`."""
    found = moment(value)
    return f"{found:%Y-%m-%d %H:%M} UTC" if found else ""


def clock_time(value: object) -> str:
    """Hours, minutes and seconds."""
    found = moment(value)
    return f"{found:%H:%M:%S}" if found else ""


def hours(value: object) -> str:
    """Hours and minutes."""
    found = moment(value)
    return f"{found:%H:%M}" if found else ""


def phone(value: object) -> str:
    """A phone number in readable groups; other strings unchanged."""
    text = "" if value is None else str(value)
    if match := re.fullmatch(r"1(\d{3})(\d{3})(\d{4})", text, re.ASCII):
        return "+1 {} {} {}".format(*match.groups())
    return f"+{text}" if re.fullmatch(r"\d{7,15}", text, re.ASCII) else text


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._unseen = False

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - named by the base
        if tag in {"br", "div", "h1", "h2", "h3", "li", "p", "tr"}:
            self.found.append("\n")
        self._unseen = tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - named by the base
        self._unseen = False

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found.append(data)


def words_of(text: str) -> str:
    """What an email says, without the tags of HTML; one that says nothing without them is returned unchanged."""
    if "<" not in text:
        return text
    words = _Words()
    words.feed(text)
    words.close()
    lines = (line.strip() for line in "".join(words.found).splitlines())
    return "\n".join(line for line in lines if line) or text


def channel(record: Mapping[str, Any]) -> str:
    """What a channel reaches: a phone number in groups, anything else as it is."""
    value = record.get("channel_id")
    return phone(value) if record.get("channel_type") in {"phone", "whatsapp"} else str(value or "")


def contact_name(contact: Mapping[str, Any]) -> str:
    """What a contact is called: its name, else what it can be reached by."""
    names = " ".join(str(contact[part]) for part in ("first", "last") if contact.get(part))
    name = contact.get("display_name") or names or contact.get("email") or phone(contact.get("phone"))
    if name:
        return str(name)
    channels = contact.get("contact_channels") or ()
    handle = next((one.get("channel_handle") or channel(one) for one in channels), "")
    return str(handle or f"Contact {contact.get('id', '')}".strip())


def initials(name: str) -> str:
    """One or two initial letters of a name."""
    letters = [word[0] for word in name.split() if word[0].isalpha()]
    return "".join(letters[:1] + letters[1:][-1:]).upper() or "#"


def hue(value: object) -> int:
    """One of eight colors, the same one for the same thing each time."""
    return sum(str(value).encode()) % 8


def pretty(value: object) -> str:
    """JSON with a line for each field; a string that isn't JSON is returned unchanged."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return str(value)
    try:
        return json.dumps(value, indent=2, ensure_ascii=False, default=str)
    except RecursionError:
        return "(nested too deeply to be shown)"


def grouped(value: float) -> str:
    """A number with its thousands apart."""
    return f"{value:,}".replace(",", "\u202f")


def span(seconds: float) -> str:
    """A length of time in the unit that fits."""
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if abs(seconds) >= size:
            return f"{seconds / size:.1f}".removesuffix(".0") + f" {unit}"
    return f"{seconds:.0f} s"


def sentence(text: str) -> str:
    """A description as a label begins: with a capital letter, and without the marks of code."""
    return (text[:1].upper() + text[1:]).replace("`", "")


FILTERS: Mapping[str, Callable[..., object]] = {
    "channel": channel,
    "clock_time": clock_time,
    "contact_name": contact_name,
    "day": day,
    "day_time": day_time,
    "full": full,
    "grouped": grouped,
    "hours": hours,
    "hue": hue,
    "initials": initials,
    "phone": phone,
    "pretty": pretty,
    "sentence": sentence,
    "span": span,
    "to_minute": to_minute,
    "when": when,
}
