"""The generated models, loaded on first use: `from heymarket.models import ContactChannel`."""

from typing import TYPE_CHECKING, Any

from heymarket_openapi import models as _generated

if TYPE_CHECKING:
    from heymarket_openapi.models import *  # noqa: F403 - the description decides the names

__all__: list[str] = []
__all__ += _generated.__all__


def __getattr__(name: str) -> Any:
    return getattr(_generated, name)


def __dir__() -> list[str]:
    return list(__all__)
