"""The state that a noun means by itself: filed applications are proposed, a grant "von 230 Euro" is approved."""

from extractors.claims.found import Found
from extractors.claims.state.patterns import STATUS
from extractors.rules.statuses.patterns import NOUNS, by_end, ends_so
from models.quantity import Quantity
from models.statuses import Status

_REACH = 8
"""Tokens between a noun and its amount: "Zuschuss in Höhe von insgesamt rund 3 Millionen Euro"."""


def by_noun(found: Found, quantity: Quantity) -> Status | None:
    """The state of what is counted, or of the amount by the noun next to it."""
    if quantity.kind != "money":
        return by_end(quantity.counted or "", NOUNS.counted)
    return _before(found, quantity) or _behind(found, quantity)


def _before(found: Found, quantity: Quantity) -> Status | None:
    """ "Zuschuss in Höhe von 3 Millionen Euro", "Aufstockung der Mittel für die Kasse um 500.000 Euro"."""
    tokens = found.tokens
    first = tokens.sentences[tokens.sentence[quantity.first]][0]
    raised = "um" in tokens.words[max(first, quantity.first - 2) : quantity.first]
    for index in range(quantity.first - 1, max(first, quantity.first - _REACH) - 1, -1):
        if tokens.tags[index][:1] in ("V", "$"):
            return None
        if tokens.tags[index] == "NN" and tokens.lemmas[index] not in STATUS.sizes:
            status = by_end(tokens.lemmas[index], NOUNS.money_before)
            if not raised or status == "extended":
                return status
    return None


def _behind(found: Found, quantity: Quantity) -> Status | None:
    """ "19.500 Euro Fördermittel", "40 Millionen Euro aus dem Bundesprogramm"."""
    tokens, behind = found.tokens, quantity.last + 1
    if tokens.tag(behind) == "NN" and ends_so(tokens.lemmas[behind], NOUNS.money_after):
        return "approved"
    phrase = found.phrase_of.get(behind + 1)
    if tokens.word(behind) != "aus" or phrase is None or phrase.preposition != behind:
        return None
    return "approved" if ends_so(tokens.lemmas[phrase.head], NOUNS.money_from) else None
