"""How exactly a number is meant: where "über" and "unter" compare, and where they are prepositions."""

from extractors.claims.found import Found
from extractors.rules.quantities.patterns import COMPARATORS
from models.quantity import Comparator, Quantity

_AMOUNT_NOUNS = tuple(noun.lower() for noun in COMPARATORS.über_nouns)
_TO_SONDERN = 6
"""Tokens behind a denied number within which what holds instead follows."""
_LONGER_AFTER = frozenset({"seit", "von", "nach", "vor", "für", "bereits"})


def comparator(found: Found, quantity: Quantity) -> Comparator:
    """The comparator of a number in its sentence."""
    words = found.tokens.text[slice(*quantity.cue)].lower() if quantity.cue is not None else ""
    if words == "gegen" and found.tokens.tag(quantity.first - 2) == "CARD":
        return "="  # "mit 38 gegen 14 Stimmen"
    if words == "keine" and "sondern" in found.tokens.small[quantity.last : quantity.last + _TO_SONDERN]:
        return "="  # "keine 80, sondern 34"
    names = {"über": _names_amount, "unter": _is_among}.get(words)
    if names is not None and (_counts_known(found, quantity) or names(found, quantity)):
        return "="
    return quantity.comparator


def _counts_known(found: Found, quantity: Quantity) -> bool:
    """ "unter den 40 Projekten", "Bericht über die 27 Anträge": an article before things that are counted."""
    return quantity.kind == "count" and found.tokens.tag(quantity.first - 1) == "ART"


def _names_amount(found: Found, quantity: Quantity) -> bool:
    """Whether "über" is a preposition before the amount itself."""
    if quantity.cue is None:
        return False
    over = found.tokens.at(quantity.cue[0])
    if quantity.kind == "duration" and quantity.comparator == ">":
        # "Kurse über fünf Tage" last five days; "seit über 15 Jahren" is longer than that.
        return found.tokens.before(over) not in _LONGER_AFTER
    if quantity.kind == "money" and over and found.tokens.lemmas[over - 1].lower().endswith(_AMOUNT_NOUNS):
        return True  # "Bescheide über 60 Millionen Euro"
    clause = found.clause(quantity.first)
    # "über 83 Anträge beraten": the verb asks for it.
    return clause is not None and clause.verb is not None and clause.verb.lemma in COMPARATORS.über_verbs


def _is_among(found: Found, quantity: Quantity) -> bool:
    """ "Unter zwölf Bewerbern": the dative shows a preposition; fewer than twelve would be "unter zwölf Bewerber"."""
    if quantity.comparator != "<" or quantity.noun is None:
        return False
    word, lemma = found.tokens.words[quantity.noun], found.tokens.lemmas[quantity.noun]
    return lemma.endswith(("er", "el")) and word == lemma + "n"
