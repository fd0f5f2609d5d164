"""The error of a calibration that can't go on."""

from heymarket.errors import HeymarketError

__all__ = ["CalibrationError"]


class CalibrationError(HeymarketError):
    """The service can't be calibrated. The message says what to do."""
