from ..open_enum import OpenStrEnum


class SurveyType(OpenStrEnum):
    """Type of a survey. The known values are from examples; others may be answered."""

    NPS = "nps"
    CSAT = "csat"
