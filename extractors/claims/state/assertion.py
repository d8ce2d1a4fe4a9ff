"""What modality is judged of, and the verdict."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractors.claims.found import Found
from extractors.german.syntax.structures import Clause
from extractors.rules.statuses.mention import StatusMention
from extractors.tokens import Tokens
from models.claim import Modality
from models.quantity import Period, Quantity


@dataclass(frozen=True, slots=True)
class Judged:
    """A modality and the tokens that made it so."""

    modality: Modality
    cues: tuple[int, ...] = ()


ACTUAL = Judged("actual")


@dataclass(frozen=True, slots=True)
class Assertion:
    """A clause, the words that give a status, the number, and the periods stated for them.

    `own` is the clause in which the assertion stands, `clause` the one whose verb counts for it.
    """

    found: Found
    own: Clause
    clause: Clause
    mention: StatusMention | None
    quantity: Quantity | None
    periods: Sequence[Period]

    @classmethod
    def of(
        cls,
        found: Found,
        clause: Clause,
        mention: StatusMention | None,
        periods: Sequence[Period],
        quantity: Quantity | None = None,
    ) -> "Assertion":
        """What is stated in `clause`: a number, or without one the status of a named project.

        Raises:
            ValueError: neither is given.
        """
        if mention is None and quantity is None:
            raise ValueError("An assertion states a number or a status.")
        return cls(found, clause, with_verb(found, clause), mention, quantity, periods)

    @property
    def first(self) -> int:
        """The first token of the number, or of the words that give the status."""
        stated = self.quantity or self.mention
        assert stated is not None
        return stated.first

    @property
    def start(self) -> int:
        """Character offset of `first`."""
        return self.tokens.starts[self.first]

    @property
    def tokens(self) -> Tokens:
        """The document's tokens."""
        return self.found.tokens

    @property
    def is_told(self) -> bool:
        """Whether it is dated in a year before the publication: what was meant to be then is told as done."""
        published = self.found.published
        return published is not None and any(
            p.role == "as_of" and p.date[:4] < str(published.year) for p in self.periods
        )

    @property
    def is_grant(self) -> bool:
        """Whether money or a permission is given."""
        return self.mention is not None and self.mention.status == "approved"

    @property
    def is_money(self) -> bool:
        """Whether it states an amount of money."""
        return self.quantity is not None and self.quantity.kind == "money"


Ground = Callable[[Assertion], Judged | None]
"""What may decide on a modality; None: it does not say."""


def with_verb(found: Found, clause: Clause) -> Clause:
    """Words without a verb, in brackets or behind a dash, stand in the clause around or before them."""
    if clause.verb is not None:
        return clause
    if clause.parent is not None:
        return found.clauses[clause.parent]
    before = found.clauses[clause.index - 1] if clause.index else clause
    sentence = found.tokens.sentence
    return before if before.verb is not None and sentence[before.start] == sentence[clause.start] else clause
