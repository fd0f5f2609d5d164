"""The credentials of a team, made from its name: public and the same each time, so that tests can know them."""

from __future__ import annotations

import re

from attrs import frozen

from heymarket.emulator.api.auth import EmulatorSecret, EmulatorTeamKey
from heymarket.emulator.errors import EmulatorError
from heymarket.emulator.seeds.built_in import DEFAULT, DENIED, LEGACY

__all__ = ["OF_DEFAULT_TEAM", "TeamCredentials"]

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)


@frozen
class TeamCredentials:
    """What a team's callers sign in with. Journal, faults and limit call them the same in every team.

    Attributes:
        default: The API Secret that may do everything.
        denied: An API Secret that signs in, and whose calls are refused with 403.
        legacy: The team key.
    """

    default: EmulatorSecret
    denied: EmulatorSecret
    legacy: EmulatorTeamKey

    @classmethod
    def of(cls, team: str) -> TeamCredentials:
        """Those of a team, such as `EmulatorSecretIdOfNorth` for `north`.

        Args:
            team: Its name.

        Raises:
            EmulatorError: It can't be a name.
        """
        if not _NAME.fullmatch(team):
            raise EmulatorError(
                "A team's name has 1 to 40 characters: small letters, digits and dashes, and no dash at the beginning."
            )
        # The only capital letter is the first one, so that no two names, nor the denied secret, have the same ones.
        name = team[0].upper() + team[1:]
        return cls(
            EmulatorSecret(DEFAULT.name, f"EmulatorSecretIdOf{name}", f"EmulatorSecretKeyOf{name}"),
            EmulatorSecret(
                DENIED.name, f"EmulatorSecretIdOf{name}Denied", f"EmulatorSecretKeyOf{name}Denied", denied=True
            ),
            EmulatorTeamKey(LEGACY.name, f"EmulatorTeamKeyOf{name}"),
        )

    @property
    def issuers(self) -> tuple[str, ...]:
        """What tells in a request whose it is: the claim `iss` of its token, or the team key."""
        return self.default.secret_id, self.denied.secret_id, self.legacy.key


OF_DEFAULT_TEAM = TeamCredentials(DEFAULT, DENIED, LEGACY)
"""The credentials of the team that an emulator always has."""
