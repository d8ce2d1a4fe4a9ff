"""What is said of the things that a number counts, beyond a status: free or occupied, applied for or paid out."""

from extractors.claims.found import Found
from extractors.claims.measured.patterns import WORDS
from models.quantity import Quantity

_BY_WORD = {form: name for name, forms in WORDS.predicates.items() for form in forms}
_ENDS = ("en", "er", "es", "em", "e")


def predicate(found: Found, quantity: Quantity) -> str | None:
    """The predicate that stands nearest to a number: within its noun phrase, else in its clause."""
    noun = quantity.noun if quantity.noun is not None else quantity.last
    for token in range(quantity.first, noun):
        if (name := _at(found, token)) is not None:
            return name
    clause = found.clause_of[quantity.first]
    said = found.once_in(_of_clause, clause) if clause >= 0 else []
    return min((abs(token - noun), token, name) for token, name in said)[2] if said else None


def _of_clause(found: Found, clause: int) -> list[tuple[int, str]]:
    """The predicates of a clause, with their tokens; what stands as an attribute before a noun is of that noun."""
    tokens = (token for token in found.clauses[clause].tokens if found.tokens.tag(token) != "ADJA")
    return [(token, name) for token in tokens if (name := _at(found, token)) is not None]


def _at(found: Found, token: int) -> str | None:
    word = found.tokens.word(token)
    if found.tokens.before(token) == "nicht" and f"nicht {word}" in _BY_WORD:
        return _BY_WORD[f"nicht {word}"]
    name = _BY_WORD.get(word)
    if name is None and found.tokens.tag(token) in ("ADJA", "ADJD", "VVPP"):
        end = next((end for end in _ENDS if word.endswith(end)), "")
        name = _BY_WORD.get(word.removesuffix(end))
    return name
