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
        f"{value_term('scope', each.kind, language) if language else each.kind}: "
        + restriction_words(each, claim.sentence, claim.sentence_start)
        for each in telling(claim)
    )
    return "; ".join(said) or None


def restriction_words(restriction: Restriction, text: str, begins: int = 0) -> str:
    """A restriction by its name, as a place has one; a group or quality in the words of a text, where they stand there.

    Args:
        restriction: the restriction.
        text: the release or a part of it, as its sentence.
        begins: where that begins in the release.
    """
    start, end = restriction.start - begins, restriction.end - begins
    if restriction.kind in ("group", "quality") and 0 <= start < end <= len(text):
        return quoted(text[start:end], "de")
    return restriction.value
