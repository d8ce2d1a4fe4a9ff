"""What numbers count and what they are parts of: fills in elided nouns and finds wholes."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.claims.counted.elided import elided, noun_of_share, with_number_pronouns
from extractors.claims.counted.whole import Counted, introduces_partition, is_whole_right_after, whole_before
from extractors.tokens import Tokens
from models.quantity import Quantity

_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_BEFORE_AMOUNTS = frozenset({"APPR", "ADV", "ADJD", "VAFIN", "VVFIN", "VAINF", "PIAT"})


def resolve(tokens: Tokens, quantities: Sequence[Quantity], clause_of: Sequence[int]) -> list[Counted]:
    """Fills in elided nouns and finds wholes; numbers that count nothing we can name are left out."""
    stated = with_number_pronouns(tokens, quantities)
    resolved: list[Counted] = []
    heads: list[int] = []
    for position in range(len(stated)):
        counted = _resolve(tokens, stated, position, resolved, heads, clause_of)
        if counted is not None:
            if counted.heads_parts:
                heads.append(len(resolved))
            resolved.append(counted)
    return resolved


def _resolve(
    tokens: Tokens,
    stated: Sequence[Quantity],
    position: int,
    resolved: Sequence[Counted],
    heads: Sequence[int],
    clause_of: Sequence[int],
) -> Counted | None:
    quantity = stated[position]
    following = stated[position + 1] if position + 1 < len(stated) else None
    whole_after = following is not None and is_whole_right_after(tokens, quantity, following)
    whole = None if whole_after else whole_before(tokens, quantity, resolved, heads, clause_of)
    if quantity.kind == "count" and quantity.counted is None:
        noun = following.counted if whole_after and following else None
        if noun is None and whole is not None:
            noun = resolved[whole].quantity.counted
        noun = noun or elided(tokens, quantity, following, resolved)
        if noun is None and not _is_grouped(tokens, quantity, following):
            return None
        quantity = replace(quantity, counted=noun)
    if quantity.kind == "share" and quantity.counted is None:
        noun = resolved[whole].quantity.counted if whole is not None else noun_of_share(tokens, quantity, resolved)
        quantity = replace(quantity, counted=noun)
    if whole_after:
        # The whole comes later in the text: its index is the next one, if it is resolved itself.
        whole = len(resolved) + 1
    return Counted(quantity, whole, introduces_partition(tokens, quantity))


def _is_grouped(tokens: Tokens, quantity: Quantity, following: Quantity | None) -> bool:
    """Whether it is written as amounts are, and stands where one does: "Die Zahl liegt bei [10.000]".

    Before a sum it may be one itself: "1.484 (Vorjahr: 1.241) Mio. Euro".
    """
    literal = tokens.text[quantity.start : quantity.end]
    if _GROUPED.fullmatch(literal) is None or tokens.tag(quantity.first - 1) not in _BEFORE_AMOUNTS:
        return False
    sentence = tokens.sentence[quantity.first]
    return following is None or following.kind != "money" or tokens.sentence[following.first] != sentence
