"""The options that every command takes which talks to the service."""

from __future__ import annotations

from typing import Annotated, Any

from attrs import frozen
from cyclopts import Group, Parameter

from heymarket.client import Heymarket

__all__ = ["Connection", "Json", "Profile"]

_GROUP = Group("Common options", sort_key=9)

Profile = Annotated[
    str | None, Parameter(group=_GROUP, help="A profile of the configuration file. Environment: HEYMARKET_PROFILE.")
]
Json = Annotated[
    bool, Parameter("--json", group=_GROUP, negative=(), help="Print JSON, as is done without a terminal anyway.")
]


@Parameter(name="*")
@frozen(kw_only=True)
class Connection:
    """Whose account, where, and for how long to wait. Credentials are no options: those stand in shell histories."""

    profile: Profile = None
    base_url: Annotated[
        str | None, Parameter(group=_GROUP, help="Where the service is. Environment: HEYMARKET_BASE_URL.")
    ] = None
    timeout: Annotated[
        float, Parameter(group=_GROUP, help="Seconds that a call may take, retries included. Default: 30.")
    ] = 30.0

    def client(self, **options: Any) -> Heymarket:
        """A client as these options say.

        Args:
            options: Further arguments of `Heymarket`.
        """
        return Heymarket(profile=self.profile, base_url=self.base_url, timeout=self.timeout, **options)
