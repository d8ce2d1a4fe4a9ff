"""A possible name of a project."""

from dataclasses import dataclass

from extractors.rules.projects.nominative import nominative
from extractors.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible name; `start` is its place in the text (characters)."""

    name: str
    aliases: tuple[str, ...]
    start: int


def candidate(tokens: Tokens, begin: int, last: int) -> Candidate:
    """The tokens from `begin` to `last`, both included, as a name in the nominative, without aliases.

    "Ausbildungs- und Fachkräfteoffensive" is one name, found by its last word.
    """
    if begin > 1 and tokens.tags[begin - 2 : begin] == ["TRUNC", "KON"]:
        begin -= 2
    return Candidate(nominative(tokens, begin, last), (), tokens.starts[begin])
