"""Common options of the commands that call the service."""

from __future__ import annotations

from typing import Annotated, Any

from attrs import frozen
from cyclopts import Group, Parameter

from heymarket.client import Heymarket

__all__ = ["ClientOptions", "Json", "Profile", "Verbose"]

_GROUP = Group("Common options", sort_key=9)

Profile = Annotated[
    str | None, Parameter(group=_GROUP, help="A profile of the configuration file. Environment: HEYMARKET_PROFILE.")
]
Json = Annotated[bool, Parameter("--json", group=_GROUP, negative=(), help="Print JSON on a terminal too.")]

Verbose = Annotated[
    bool,
    Parameter("--verbose", group=_GROUP, negative=(), help="Print request id, attempts and headers to stderr."),
]


@Parameter(name="*")
@frozen(kw_only=True)
class ClientOptions:
    """Profile, base URL and timeout. Credentials are no options, because shells keep a history."""

    profile: Profile = None
    base_url: Annotated[
        str | None, Parameter(group=_GROUP, help="Base URL of the service. Environment: HEYMARKET_BASE_URL.")
    ] = None
    timeout: Annotated[
        float, Parameter(group=_GROUP, help="Seconds for the whole call, retries included. Default: 30.")
    ] = 30.0
    verbose: Verbose = False

    def make_client(self, **options: Any) -> Heymarket:
        """Make a client with these options.

        Args:
            options: Further arguments of `Heymarket`.
        """
        return Heymarket(profile=self.profile, base_url=self.base_url, timeout=self.timeout, **options)
