"""How reliable the readings are: what was measured, for all pages that tell it."""

from dataclasses import dataclass
from importlib.resources import files

from models.checked_yaml import content_of
from models.language import Language


@dataclass(frozen=True, slots=True)
class MeasuredShare:
    """What is right, in percent, of what words in each language say."""

    share: int
    de: str
    en: str

    def words(self, language: Language) -> str:
        """What the share is of."""
        return self.de if language == "de" else self.en


@dataclass(frozen=True, slots=True)
class Reliability:
    """How often readings are right, on releases of Berlin offices annotated by hand.

    Attributes:
        measured: the month (YYYY-MM).
        releases: how many these were.
        shares: of each part of a reading.
        plans: of a hundred lines in the list of plans, those that are a plan of that time.
    """

    measured: str
    releases: int
    shares: tuple[MeasuredShare, ...]
    plans: int


def _measured() -> Reliability:
    told = content_of(files("output").joinpath("reliability.yaml").read_text("utf-8"))
    return Reliability(
        told["measured"], told["releases"], tuple(MeasuredShare(**each) for each in told["shares"]), told["plans"]
    )


MEASURED = _measured()
"""On releases of Berlin offices."""
