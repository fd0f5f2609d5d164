"""`heymarket token`: a token for curl and other programs."""

from __future__ import annotations

import sys
import time

from heymarket import auth, config
from heymarket.cli import profiles
from heymarket.cli.options import Profile
from heymarket.errors import ConfigurationError

__all__ = ["token"]


def token(*, profile: Profile = None) -> None:
    """Print a signed token, valid for five minutes.

    For example: curl -H "Authorization: Bearer $(heymarket token)" https://api.heymarket.com/v1/inboxes
    """
    settings = config.resolve(profile=profiles.choose(profile))
    credentials = settings.credentials
    if "api_key" in credentials:
        raise ConfigurationError(
            f"The credentials ({settings.origin['credentials']}) are a legacy team key, which can't sign a token. "
            "Configure a Secret ID and a Secret Key instead."
        )
    print(auth.sign(credentials["secret_id"].reveal(), credentials["secret_key"].reveal(), time.time()))
    if sys.stdout.isatty():
        print("Valid for five minutes.", file=sys.stderr)
