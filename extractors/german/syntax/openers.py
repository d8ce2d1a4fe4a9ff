"""What opens a dependent clause: conjunctions, relative pronouns, question words; each case by name."""

from collections.abc import Callable
from dataclasses import dataclass

from extractors.german.syntax.structures import RELATIVES, ClauseKind

QUESTION_WORDS = frozenset({"PWS", "PWAT", "PWAV"})
CONNECTORS = RELATIVES | QUESTION_WORDS | {"KOUS", "KOUI", "KOKOM", "PDS"}
"""Tags of what may open a dependent clause."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a segment opens; the token at `begin`, behind adverbs and the like, may be its connector."""

    part: list[int]
    tags: list[str]
    begin: int
    form: str
    after_comma: bool
    after_clause: bool
    """Whether the clause before the segment has its finite verb."""
    finite: int | None
    verb_last: bool

    @property
    def tag(self) -> str:
        """The tag of what may be the connector."""
        return self.tags[self.begin]

    @property
    def following(self) -> str:
        """The tag behind it."""
        return "".join(self.tags[self.begin + 1 : self.begin + 2])

    def as_kind(self, kind: ClauseKind, ahead: int = 0) -> tuple[ClauseKind, int]:
        """A clause of that kind, whose connector stands `ahead` tokens behind."""
        return kind, self.part[self.begin + ahead]


_Opened = tuple[ClauseKind, int] | None
"""Kind and connector of a clause."""


def _compared_conjunction(opening: Opening) -> _Opened:
    """ "als ob", "wie wenn"."""
    return ("subordinate", opening.part[1]) if opening.tags[:2] == ["KOKOM", "KOUS"] else None


def _conjunction(opening: Opening) -> _Opened:
    """ "weil", "dass", "so dass"; not "bis" before another preposition."""
    if opening.tag != "KOUS" or (opening.form == "bis" and opening.following in ("APPR", "APPRART")):
        return None
    return opening.as_kind("subordinate", ahead=opening.following == "KOUS")


def _infinitive_conjunction(opening: Opening) -> _Opened:
    """ "um", "ohne", "statt"."""
    return opening.as_kind("infinitive") if opening.tag == "KOUI" and opening.finite is None else None


def _relative_pronoun(opening: Opening) -> _Opened:
    return opening.as_kind("relative") if opening.tag in RELATIVES else None


def _question_word(opening: Opening) -> _Opened:
    """ "…, welche Schulen gefördert werden"."""
    placed = opening.after_comma or opening.after_clause or opening.verb_last
    whole = opening.finite is not None and len(opening.part) > 2
    return opening.as_kind("subordinate") if opening.tag in QUESTION_WORDS and placed and whole else None


def _comparison(opening: Opening) -> _Opened:
    """ "mehr, als geplant war"."""
    compares = opening.tag == "KOKOM" and opening.form in ("wie", "als") and opening.begin == 0
    return opening.as_kind("subordinate") if compares and opening.verb_last else None


def _demonstrative(opening: Opening) -> _Opened:
    """ "…, die schon begonnen haben", where the tagger sees no relative pronoun."""
    placed = opening.after_comma and opening.begin < 2 and len(opening.part) > 2 + opening.begin
    return opening.as_kind("relative") if opening.tag == "PDS" and placed and opening.verb_last else None


_OPENERS: tuple[Callable[[Opening], _Opened], ...] = (
    _compared_conjunction,
    _conjunction,
    _infinitive_conjunction,
    _relative_pronoun,
    _question_word,
    _comparison,
    _demonstrative,
)


def opened(opening: Opening) -> tuple[ClauseKind, int] | None:
    """Kind and connector of the dependent clause that begins so; the first case that fits decides."""
    return next((found for opens in _OPENERS if (found := opens(opening)) is not None), None)
