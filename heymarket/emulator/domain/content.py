"""The content of a message: text, template, survey and media, as one request gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.domain.lookups import require_referred
from heymarket.texts import fill_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heymarket.emulator.state import Record, State


__all__ = ["Content", "build_content"]


@frozen
class Content:
    """The content of a message.

    Attributes:
        plain: The text that was given. Its tokens are filled in for lists only, as documented.
        saved: The texts that the team saved: a template's, whose tokens are always filled in, or a survey's question.
        media: URL of what goes with it.
        survey_id: The survey that it asks.
    """

    plain: str
    saved: str
    media: str | None
    survey_id: int | None = None

    def text_for(self, contact: Record, fields: Mapping[str, str], *, of_list: bool = False) -> str:
        """The text for one contact."""
        plain = fill_in(self.plain, contact, fields) if of_list else self.plain
        return "\n".join(text for text in (plain, fill_in(self.saved, contact, fields)) if text)


def build_content(state: State, body: Mapping[str, Any]) -> Content:
    """The content of a message. A text, a template and a survey that are given together follow each other, by lines.

    Args:
        state: Where templates and surveys are.
        body: Has some of `text`, `template_id`, `survey_id` and `media_url`.

    Raises:
        APIErrorResponse: 400, a template or survey isn't there, or all of it is empty.
    """
    saved: list[str] = []
    media = body.get("media_url")
    if "template_id" in body:
        id_ = body["template_id"]
        template = require_referred(state.templates.get(id_), "template_id", "template", id_)
        written = template.get("content", {})
        saved.append(written.get("text", ""))
        pictures = [one["url"] for one in written.get("gallery", ()) if "url" in one]
        media = media or next(iter(pictures), None)
    if "survey_id" in body:
        id_ = body["survey_id"]
        saved.append(require_referred(state.surveys.get(id_), "survey_id", "survey", id_).get("question", ""))
    content = Content(body.get("text", ""), "\n".join(filter(None, saved)), media, body.get("survey_id"))
    if not (content.plain or content.saved or content.media):
        raise APIErrorResponse(400, "bad_data: text is empty, and there is nothing else to send")
    return content
