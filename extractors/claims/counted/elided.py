"""Nouns that a number leaves out ("16 weitere", "auf 71"), and numbers that are pronouns ("eines", "keine")."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from extractors.claims.counted.patterns import WORDS
from extractors.claims.counted.whole import Counted, introduces_partition, same_noun
from extractors.tokens import PREPOSITIONS, Tokens
from models.quantity import Quantity

_FUNCTION_TAGS = frozenset({"APPR", "APPRART", "KON", "ADV", "KOKOM", "PTKA", "ART", "CARD", "$,", "ADJD"})


def elided(
    tokens: Tokens,
    quantity: Quantity,
    following: Quantity | None,
    resolved: Sequence[Counted],
) -> str | None:
    """The noun that a number leaves out, from its neighbours in the same sentence."""
    if quantity.value % 1:
        return None  # an index or a rate: "liegt bei 0,98"
    sentence = tokens.sentence[quantity.first]
    if (
        following is not None
        and following.kind == "count"
        and following.counted
        and tokens.sentence[following.first] == sentence
    ):
        between = range(quantity.last + 1, following.first)
        if len(between) <= 4 and all(tokens.tags[i] in _FUNCTION_TAGS for i in between):
            return following.counted
    newer = _number_of(tokens, quantity, resolved[-1].quantity.last if resolved else -1)
    if newer is not None:
        return newer
    for counted in reversed(resolved):
        other = counted.quantity
        if tokens.sentence[other.first] < sentence - 1 or other.kind != "count":
            break
        same_sentence = tokens.sentence[other.first] == sentence
        if same_sentence or _further(tokens, quantity):
            return other.counted
    return None


def noun_of_share(tokens: Tokens, quantity: Quantity, resolved: Sequence[Counted]) -> str | None:
    """ "(12 Kliniken, 63 %)": a share right behind a count is a share of the same things."""
    if not resolved or resolved[-1].quantity.kind != "count":
        return None
    last = resolved[-1].quantity
    return (
        last.counted
        if tokens.text[last.end : quantity.start].strip(" ") in (",", "(", "oder", "bzw.", "das heißt", ", das heißt")
        else None
    )


def _further(tokens: Tokens, quantity: Quantity) -> bool:
    """Whether the words around a number say that it goes on counting what the sentence before counted."""
    around = tokens.words[max(0, quantity.first - 2) : quantity.last + 3]
    return any(word.lower().startswith(WORDS.further) for word in around)


def _number_of(tokens: Tokens, quantity: Quantity, after: int) -> str | None:
    """ "Die Zahl der Anträge fiel von 90 auf 71": the genitive of a noun that means a number, behind `after`."""
    first, stop = tokens.sentences[tokens.sentence[quantity.first]]
    first = max(first, after + 1)
    for index in range(first, min(stop, quantity.first) - 2):
        if (
            tokens.tags[index] == "NN"
            and tokens.lemmas[index].lower().endswith(WORDS.number_nouns)
            and tokens.words[index + 1].lower() in ("der", "von", "an")
        ):
            noun = next((i for i in range(index + 2, min(index + 6, stop)) if tokens.tags[i] == "NN"), None)
            if noun is not None:
                return tokens.lemmas[noun]
    return None


def with_number_pronouns(tokens: Tokens, quantities: Sequence[Quantity]) -> list[Quantity]:
    """ "eines ist abgeschlossen": one and none count where they stand in a partition next to other numbers."""
    result = list(quantities)
    wholes = [
        q
        for q in quantities
        if q.kind == "count" and q.counted and (introduces_partition(tokens, q) or _is_taken_up(tokens, q))
    ]
    for whole in wholes:
        sentence = tokens.sentence[whole.first]
        first, _ = tokens.sentences[sentence]
        stop = tokens.sentences[min(sentence + 1, len(tokens.sentences) - 1)][1]
        numbers = [q for q in quantities if first <= q.first < stop and q is not whole and q.kind == "count"]
        if not numbers:
            continue
        for index in range(whole.last + 1, stop):
            quantity = _number_pronoun(tokens, index, whole)
            if quantity is not None and not any(q.first <= index <= q.last for q in result):
                result.append(quantity)
    return sorted(result, key=lambda q: (q.first, q.last))


def _is_taken_up(tokens: Tokens, whole: Quantity) -> bool:
    """Whether the next sentence goes on with "davon" or "von ihnen"."""
    following = tokens.sentence[whole.first] + 1
    if following >= len(tokens.sentences):
        return False
    first, stop = tokens.sentences[following]
    words = [word.lower() for word in tokens.words[first:stop]]
    return "davon" in words or any(a == "von" and b in WORDS.pronouns_of_whole for a, b in pairwise(words))


def _number_pronoun(tokens: Tokens, index: int, whole: Quantity) -> Quantity | None:
    value = WORDS.number_pronouns.get(tokens.words[index].lower())
    if value is None or tokens.tag(index - 1) in PREPOSITIONS:
        return None
    last, noun = index, None
    modifies = index + 1 < len(tokens.tags) and tokens.tags[index + 1] in ("NN", "NE", "ADJA")
    if tokens.tags[index] in ("ART", "PIAT") and modifies:
        noun = next((i for i in range(index + 1, min(index + 4, len(tokens.words))) if tokens.tags[i] == "NN"), None)
        if noun is None or not same_noun(tokens.lemmas[noun], whole.counted):
            return None
        last = noun
    elif tokens.tags[index] not in ("PIS", "ART", "PIAT"):
        return None
    start, end = tokens.starts[index], tokens.ends[last]
    return Quantity(
        "count", Decimal(value), None, "=", None, tokens.lemmas[noun] if noun else None, start, end, index, last, noun
    )
