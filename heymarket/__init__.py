"""A typed client for the Heymarket API.

    from heymarket import Heymarket

    with Heymarket() as hm:  # HEYMARKET_SECRET_ID and HEYMARKET_SECRET_KEY
        channel = hm.contact_channels.get(contact_id, "phone")

Everything public is in this namespace. All but the errors is loaded on first use, so `import heymarket` takes almost no
time.
"""

from typing import TYPE_CHECKING, Any

from heymarket import errors
from heymarket._version import __version__
from heymarket.errors import *  # noqa: F403 - the module lists its errors

if TYPE_CHECKING:
    from heymarket_openapi.drift import HeymarketDriftWarning
    from heymarket_openapi.files import File, FileContent
    from heymarket_openapi.models import ChannelType
    from heymarket_openapi.operation import APIResponse, AsyncPager, Page, Pager
    from heymarket_openapi.types import UNSET, Unset

    from heymarket import models, webhooks
    from heymarket._validation import normalize_phone
    from heymarket.client import AsyncHeymarket, Heymarket
    from heymarket.contact_channels import ChannelResult
    from heymarket.quota import Quota, QuotaStatus

__all__ = [
    "UNSET", "APIResponse", "AsyncHeymarket", "AsyncPager", "ChannelResult", "ChannelType", "File", "FileContent",
    "Heymarket", "HeymarketDriftWarning", "Page", "Pager", "Quota", "QuotaStatus", "Unset", "__version__", "errors",
    "models", "normalize_phone", "webhooks",
]  # fmt: skip

__all__ += errors.__all__

_MODULES = {
    "heymarket._validation": {"normalize_phone"},
    "heymarket.client": {"AsyncHeymarket", "Heymarket"},
    "heymarket.contact_channels": {"ChannelResult"},
    "heymarket.quota": {"Quota", "QuotaStatus"},
    "heymarket_openapi.drift": {"HeymarketDriftWarning"},
    "heymarket_openapi.files": {"File", "FileContent"},
    "heymarket_openapi.models": {"ChannelType"},
    "heymarket_openapi.operation": {"APIResponse", "AsyncPager", "Page", "Pager"},
    "heymarket_openapi.types": {"UNSET", "Unset"},
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name in {"models", "webhooks"}:
        return import_module(f"heymarket.{name}")
    for module, names in _MODULES.items():
        if name in names:
            value = globals()[name] = getattr(import_module(module), name)
            return value
    # `from heymarket import Client` shows the message of an ImportError only.
    error = ImportError if "client" in name.lower() else AttributeError
    raise error(f"module 'heymarket' has no attribute {name!r}. The clients are Heymarket and AsyncHeymarket.")


def __dir__() -> list[str]:
    return sorted(__all__)
