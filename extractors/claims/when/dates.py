"""The dates of a statement by role, and the periods that a sentence has."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.claims.found import Found
from models.quantity import Period


@dataclass(frozen=True, slots=True)
class Dates:
    """The periods of one statement by role."""

    since: Period | None = None
    until: Period | None = None
    as_of: Period | None = None

    def all(self) -> tuple[Period, ...]:
        """Those that there are."""
        return tuple(p for p in (self.since, self.until, self.as_of) if p is not None)


def by_role(periods: Sequence[Period], token: int) -> Dates:
    """Of each role the period that is nearest to a token; those before it come first."""

    def nearest(role: str) -> Period | None:
        fitting = [p for p in periods if p.role == role]
        return min(fitting, key=lambda p: (p.first > token, abs(p.first - token))) if fitting else None

    return Dates(nearest("since"), nearest("until"), nearest("as_of"))


def periods_of(found: Found, token: int) -> list[Period]:
    """The periods of the sentence of a token, years inside names left out."""
    sentence = found.tokens.sentence[token]
    mentions = found.mentions_by_sentence.get(sentence, [])
    periods = found.periods_by_sentence.get(sentence, [])
    return [p for p in periods if not any(m.start < p.start < m.end for m in mentions)]


def bracket_of(found: Found, token: int) -> int:
    """Offset of the bracket that a token stands in, or -1."""
    text, start = found.tokens.text, found.tokens.starts[token]
    sentence = found.tokens.starts[found.tokens.sentences[found.tokens.sentence[token]][0]]
    opening = text.rfind("(", sentence, start)
    return opening if opening >= 0 and text.find(")", opening, start) < 0 else -1
