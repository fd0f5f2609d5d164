"""A typed client for the Heymarket API.

    from heymarket import Heymarket

    with Heymarket() as hm:  # HEYMARKET_SECRET_ID and HEYMARKET_SECRET_KEY
        channel = hm.contact_channels.get(contact_id, "phone")

Everything public is in this namespace and loaded on first use, so `import heymarket` takes almost no time.
"""

from typing import TYPE_CHECKING, Any

from heymarket._version import __version__

if TYPE_CHECKING:
    from heymarket_openapi.drift import HeymarketDriftWarning
    from heymarket_openapi.models import ChannelType
    from heymarket_openapi.operation import APIResponse, AsyncPager, Page, Pager
    from heymarket_openapi.types import UNSET, Unset

    from heymarket import errors, models, webhooks
    from heymarket.client import AsyncHeymarket, Heymarket
    from heymarket.contact_channels import ChannelResult
    from heymarket.errors import (
        APIConnectionError,
        APIError,
        APIResponseValidationError,
        APIStatusError,
        APITimeoutError,
        AuthenticationError,
        BadRequestError,
        ConfigurationError,
        ConflictError,
        HeymarketError,
        InternalServerError,
        InvalidRequestError,
        NotFoundError,
        PaginationError,
        PermissionDeniedError,
        QuotaStoreError,
        RateLimitError,
        UnprocessableEntityError,
    )
    from heymarket.quota import Quota

__all__ = [
    "UNSET",
    "APIConnectionError",
    "APIError",
    "APIResponse",
    "APIResponseValidationError",
    "APIStatusError",
    "APITimeoutError",
    "AsyncHeymarket",
    "AsyncPager",
    "AuthenticationError",
    "BadRequestError",
    "ChannelResult",
    "ChannelType",
    "ConfigurationError",
    "ConflictError",
    "Heymarket",
    "HeymarketDriftWarning",
    "HeymarketError",
    "InternalServerError",
    "InvalidRequestError",
    "NotFoundError",
    "Page",
    "Pager",
    "PaginationError",
    "PermissionDeniedError",
    "Quota",
    "QuotaStoreError",
    "RateLimitError",
    "UnprocessableEntityError",
    "Unset",
    "__version__",
    "errors",
    "models",
    "webhooks",
]

_MODULES = {
    "APIResponse": "heymarket_openapi.operation",
    "AsyncHeymarket": "heymarket.client",
    "AsyncPager": "heymarket_openapi.operation",
    "ChannelResult": "heymarket.contact_channels",
    "ChannelType": "heymarket_openapi.models",
    "Heymarket": "heymarket.client",
    "HeymarketDriftWarning": "heymarket_openapi.drift",
    "Page": "heymarket_openapi.operation",
    "Pager": "heymarket_openapi.operation",
    "Quota": "heymarket.quota",
    "UNSET": "heymarket_openapi.types",
    "Unset": "heymarket_openapi.types",
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name in {"errors", "models", "webhooks"}:
        return import_module(f"heymarket.{name}")
    if name not in __all__:
        raise AttributeError(f"module 'heymarket' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_MODULES.get(name, "heymarket.errors")), name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
