"""What ends a test whose cassette is missing, holds what it may not, or doesn't match."""

from heymarket.errors import HeymarketError

__all__ = ["CassetteError"]


class CassetteError(HeymarketError):
    """A cassette is missing, holds what it may not, or doesn't match the requests of the test."""
