"""Errors for arguments that a method doesn't have: they name those that it has."""

import re
from collections.abc import Callable
from functools import wraps
from types import FunctionType
from typing import Any

from .lazy import Listed

_OTHER_NAMES = {  # what people type, and the arguments that may be meant
    "phone_number": "to phone number recipient mobile phone_numbers to_number",
    "phone": "to phone_number number mobile",
    "contact_channels": "phone email number query",
    "targets": "phone_numbers recipients",
    "text": "body message content msg",
    "inbox_id": "from_ from_number sender inbox from_inbox",
    "user_id": "creator_id user sender",
    "content": "text body message",
    "tag": "name title",
    "creator_id": "user_id user sender_id sender from_user",
    "template_id": "template",
    "list_id": "list",
    "media_url": "media_urls media attachment attachments image",
    "limit": "page_size per_page size max_results count",
    "first": "first_name name given_name",
    "last": "last_name surname family_name",
    "title": "name",
    "execute_at": "send_at at when scheduled_at schedule_time",
    "secret_id": "client_id account_sid id username",
    "secret_key": "secret client_secret auth_token key password",
    "api_key": "token access_token team_key",
    "quota": "rate_limit",
}


class Resource(Listed):
    """Base of the resources: an error for wrong arguments names the right ones."""

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        from inspect import isasyncgenfunction, iscoroutinefunction, isgeneratorfunction

        for name, method in list(vars(cls).items()):
            is_plain = isinstance(method, FunctionType) and not name.startswith("_")
            if is_plain and not isgeneratorfunction(method) and not isasyncgenfunction(method):
                explained = _explain_errors_async if iscoroutinefunction(method) else _explain_errors
                setattr(cls, name, explained(method))


def _explain_errors(method: FunctionType) -> Callable[..., Any]:
    @wraps(method)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except TypeError as error:
            problem = explain(method, error)
        except BaseException:  # a traceback shows them once, where they have names; raised again
            del args, kwargs
            raise
        del args, kwargs
        raise problem

    return call


def _explain_errors_async(method: FunctionType) -> Callable[..., Any]:
    @wraps(method)
    async def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return await method(*args, **kwargs)
        except TypeError as error:
            problem = explain(method, error)
        except BaseException:  # a traceback shows them once here, too; raised again
            del args, kwargs
            raise
        del args, kwargs
        raise problem

    return call


def explain(function: Callable[..., Any], error: TypeError) -> TypeError:
    """Returns an error that names the arguments that a function takes, if the function was given wrong ones.

    Args:
        function: The function that was called.
        error: What the call raised, caught by the caller; returned as it is if it comes from inside the function.
    """
    from inspect import signature

    if error.__traceback__ is None or error.__traceback__.tb_next:
        return error
    message = str(error).replace("_Client.__init__()", "A client").partition(". Did you mean")[0]
    parameters = [one for name, one in signature(function).parameters.items() if name != "self" and name[0] != "_"]
    names = [one.name for one in parameters]
    meant = ""
    if found := re.search(r"keyword argument '(\w+)'", message):
        close = [name for name in names if found[1] in _OTHER_NAMES.get(name, "").split()] or _find_close(
            found[1], names
        )
        meant = f" Did you mean {close[0]}?" if close else ""
    takes = ", ".join(f"{one.name}=" if one.kind is one.KEYWORD_ONLY else one.name for one in parameters)
    return TypeError(f"{message}.{meant} It takes {takes or 'none'}.")


def _find_close(name: str, names: list[str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(name, names, n=1)
