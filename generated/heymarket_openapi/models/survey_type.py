from ..open_enum import OpenStrEnum


class SurveyType(OpenStrEnum):
    """Type of a survey. The known values are from examples; others may be returned."""

    NPS = "nps"
    CSAT = "csat"
