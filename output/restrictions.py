"""What a number is restricted to, in words: a place by its name, a group or quality as its sentence puts it."""

from comparison.restrictions import telling
from models.claim import Claim, Restriction
from models.language import Language
from output.terms import value_term
from output.words import quoted


def restricted_to(claim: Claim, language: Language | None = None) -> str | None:
    """All that restricts a claim's number: "place: Pankow; group: „ältere Menschen“"; None where nothing does.

    Args:
        claim: the claim.
        language: of the kinds of restriction; None for their names in the vocabulary.
    """
    said = (
        f"{value_term('scope', each.kind, language) if language else each.kind}: {_words(claim, each)}"
        for each in telling(claim)
    )
    return "; ".join(said) or None


def _words(claim: Claim, restriction: Restriction) -> str:
    """Words that stand in another sentence than the claim are told in their dictionary form."""
    start, end = restriction.start - claim.sentence_start, restriction.end - claim.sentence_start
    stands_here = 0 <= start < end <= len(claim.sentence)
    if restriction.kind in ("group", "quality") and stands_here:
        return quoted(claim.sentence[start:end], "de")
    return restriction.value
