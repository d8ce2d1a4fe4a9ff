"""Parts and wholes: "Von den 73 Vorschlägen sind 42 abgeschlossen", "davon 12", "zwei der drei"."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.claims.counted.patterns import WORDS
from extractors.tokens import Tokens
from models.quantity import Quantity

_REACH = 3
"""Sentences after the one that states a whole in which its parts may still follow."""

_OF_WHOLE = frozenset({"ART", "PDAT", "ADV", "PPOSAT", "ADJA", "ADJD"})


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity with its elided noun filled in and the whole that it is a part of (index in the same list)."""

    quantity: Quantity
    whole: int | None = None


def is_whole_right_after(tokens: Tokens, quantity: Quantity, following: Quantity) -> bool:
    """ "42 der 73 Projekte", "acht von 19 Kliniken", "die ersten 20 von 80"."""
    if following.kind != "count" or quantity.kind not in ("count", "share"):
        return False
    if quantity.kind == "count" and not quantity.value < following.value:
        return False
    between = range(quantity.last + 1, following.first)
    words = [tokens.words[i].lower() for i in between]
    if not words or words[0] not in ("von", "der", "dieser", "unserer", "aller") or len(words) > 4:
        return False
    return all(
        tokens.tags[i] in _OF_WHOLE or tokens.words[i].lower() in ("von", "rund", "etwa", "insgesamt") for i in between
    )


def whole_before(
    tokens: Tokens, quantity: Quantity, resolved: Sequence[Counted], clause_of: Sequence[int]
) -> int | None:
    """Index of the whole that an earlier phrase states for this part."""
    sentence = tokens.sentence[quantity.first]
    by_pronoun = _whole_of_pronoun(tokens, quantity, resolved, clause_of)
    if by_pronoun is None:
        by_pronoun = _whole_of_neighbour(tokens, quantity, resolved)
    if by_pronoun is not None:
        return by_pronoun
    if quantity.kind != "count":
        return None
    for index in range(len(resolved) - 1, -1, -1):
        whole = resolved[index].quantity
        distance = sentence - tokens.sentence[whole.first]
        if distance > _REACH or "\n" in tokens.text[whole.end : quantity.start].strip(" "):
            return None
        if whole.kind != "count" or not whole.value > quantity.value or not introduces_partition(tokens, whole):
            continue
        if (
            distance == 1
            and quantity.counted is None
            and _goes_on(tokens, quantity)
            and fits(resolved, index, quantity.value)
        ):
            return index
        if distance == 0 and (is_bare(tokens, quantity) or quantity.counted is None):
            return index
        if (
            same_noun(quantity.counted, whole.counted)
            and is_bare(tokens, quantity)
            and fits(resolved, index, quantity.value)
        ):
            return index
    return None


def _whole_of_neighbour(tokens: Tokens, quantity: Quantity, resolved: Sequence[Counted]) -> int | None:
    """ "Davon sind 29 abgeschlossen, 74 laufen, drei ruhen": the parts of one sentence share their whole."""
    if not resolved or quantity.kind != "count":
        return None
    # "Acht von 19 Kliniken …, vier weitere …": the whole itself may be the last number.
    part = resolved[-2] if len(resolved) > 1 and resolved[-2].whole == len(resolved) - 1 else resolved[-1]
    if part.whole is None or (quantity.counted is not None and not _goes_on(tokens, quantity)):
        return None
    last, whole = part.quantity, part.whole
    same_sentence = tokens.sentence[last.first] == tokens.sentence[quantity.first]
    if not same_sentence or whole >= len(resolved) or not is_bare(tokens, quantity) or last.kind != "count":
        return None
    return whole if fits(resolved, whole, quantity.value) else None


def _goes_on(tokens: Tokens, quantity: Quantity) -> bool:
    """ "Bei 17 weiteren": the sentence before counted their like."""
    return any(word.lower().startswith("weiter") for word in tokens.words[quantity.last + 1 : quantity.last + 2])


def introduces_partition(tokens: Tokens, whole: Quantity) -> bool:
    """ "Von den … 73 Projektvorschlägen": the whole stands in a von-phrase at the head of a clause."""
    index = whole.first - 1
    steps = 0
    while index >= 0 and steps < 8:
        word = tokens.words[index].lower()
        if word in ("von", "unter", "aus"):
            begins = index == tokens.sentences[tokens.sentence[index]][0] or tokens.words[index - 1] in (
                ":",
                ",",
                "und",
                "–",
                "-",
                "„",
                ";",
            )
            after_article = (
                tokens.words[index + 1].lower() in ("den", "diesen", "insgesamt", "ursprünglich", "unseren", "rund")
                or index + 1 == whole.first
            )
            return begins and after_article and word == "von"
        if tokens.tags[index][:1] in ("V", "$"):
            return False
        index -= 1
        steps += 1
    return False


def _whole_of_pronoun(
    tokens: Tokens, quantity: Quantity, resolved: Sequence[Counted], clause_of: Sequence[int]
) -> int | None:
    """ "davon 500", "120 davon", "die Hälfte von ihnen": the pronoun stands for the last number of the same kind."""
    first, stop = tokens.sentences[tokens.sentence[quantity.first]]
    clause = clause_of[quantity.first]
    bracketed = tokens.before(quantity.first) == "("
    reach = 6 if bracketed else 3
    near = [i for i in range(first, stop) if clause_of[i] == clause or abs(i - quantity.first) <= reach]
    has_davon = any(tokens.words[i].lower() in ("davon", "hiervon", "wovon") for i in near) and not any(
        tokens.lemmas[i] in WORDS.govern_von for i in near
    )
    has_pronoun = any(
        tokens.word(i) in WORDS.pronouns_of_whole and tokens.before(i) == "von" and i > quantity.last for i in near
    )
    if not (has_davon or has_pronoun):
        return None
    parts_seen = False
    for index in range(len(resolved) - 1, -1, -1):
        whole = resolved[index]
        if tokens.sentence[quantity.first] - tokens.sentence[whole.quantity.first] > 1:
            return None
        same_kind = whole.quantity.kind == quantity.kind or (
            quantity.kind == "share" and whole.quantity.kind == "count"
        )
        if not same_kind or (whole.quantity.unit != quantity.unit and quantity.kind != "share"):
            continue
        if whole.whole is not None and clause_of[whole.quantity.first] == clause:
            parts_seen = True
            continue
        if not is_bare(tokens, quantity) and not same_noun(quantity.counted, whole.quantity.counted):
            continue  # "davon 500 an vier Standorten"
        if quantity.kind == "share" or whole.quantity.value > quantity.value:
            return whole.whole if parts_seen and whole.whole is not None else index
    return None


def is_bare(tokens: Tokens, quantity: Quantity) -> bool:
    """Whether a number stands without a preposition: as subject or object."""
    index = quantity.first - 1
    while index >= 0 and (
        tokens.tags[index] in ("ADV", "ADJD", "PIAT", "PTKA", "KOKOM", "ART", "ADJA")
        or tokens.words[index].lower() in ("bis", "zu", "als", "mehr")
    ):
        index -= 1
    return index < 0 or tokens.tags[index] not in ("APPR", "APPRART")


def same_noun(part: str | None, whole: str | None) -> bool:
    """Whether part and whole count the same: equal nouns, or one a part of the other's compound."""
    if part is None or whole is None:
        return part is None
    short, long = sorted((part.lower(), whole.lower()), key=len)
    return long == short or (len(short) >= 5 and (long.endswith(short) or long.startswith(short)))


def fits(resolved: Sequence[Counted], whole: int, value: Decimal) -> bool:
    """Whether the parts found so far and this one do not exceed their whole."""
    parts = sum((c.quantity.value for c in resolved if c.whole == whole), Decimal(0))
    return parts + value <= resolved[whole].quantity.value
