"""Media types: those that are sent and returned, and what each of them holds."""

import re

from .forms import Pattern

JSON = "application/json"
MULTIPART = "multipart/form-data"
WEB_FORM = "application/x-www-form-urlencoded"
_CHARSET = r"( *; *charset=[\w-]+)?"
_OTHER = "expected a media type, without parameters other than charset"
_STREAMS = dict.fromkeys(
    ("text/event-stream", "application/x-ndjson", "application/jsonl", "application/json-seq"),
    "streams aren't supported yet",
)
SENT = Pattern(
    rf"(?i:({MULTIPART}|{WEB_FORM}|(?!text/event-stream|multipart/|application/(x-ndjson|jsonl|json-seq))"
    rf"[a-z]+/[\w.+-]+){_CHARSET})",
    f"{JSON}, {MULTIPART}, {WEB_FORM} or application/octet-stream",
    {
        **_STREAMS,
        "multipart/mixed": f"of several parts, only {MULTIPART} is supported",
        "image/*": "say what is sent, such as application/octet-stream",
        "": _OTHER,
    },
)
RETURNED = Pattern(
    rf"(?i:((?!text/event-stream|multipart/|application/(x-www-form|x-ndjson|jsonl|json-seq))[a-z]+/[\w.+-]+"
    rf"|(image|audio|video|font)/\*){_CHARSET})",
    f"{JSON}, text/csv or image/png",
    {
        **_STREAMS,
        MULTIPART: "responses of several parts aren't supported",
        WEB_FORM: "responses that are forms aren't supported",
        "*/*": "say what it is, such as application/octet-stream",
        "": _OTHER,
    },
)


def find_media_kind(media: str) -> str:
    """What a media type holds: `json`, `text` or `bytes`; for what is sent, also `form` or `web form`."""
    media = media.partition(";")[0].strip().lower()
    if media == JSON or media.endswith("+json"):
        return "json"
    if media in {MULTIPART, WEB_FORM}:
        return "form" if media == MULTIPART else "web form"
    return "text" if re.match(r"text/|application/(xml$|.*\+xml$)", media) else "bytes"
