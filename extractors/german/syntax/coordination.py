"""Parts the words between two punctuation marks where a conjunction joins clauses, not words."""

from collections.abc import Sequence
from itertools import pairwise

from extractors.german.syntax.structures import FINITE, NONFINITE, PARTICIPLES

NOMINAL_STARTS = frozenset({"CARD", "ART", "NN", "NE", "PIS", "PIAT", "PPOSAT", "PDAT", "PPER", "ADJA"})
"""What a clause with a subject or object of its own begins with."""


def parted(tags: Sequence[str], segment: list[int], after_clause: bool) -> list[list[int]]:
    """The parts of a segment, each with at most one finite verb; a part begins with its conjunction.

    Args:
        tags: STTS tags of the document.
        segment: token indices.
        after_clause: whether the clause before the segment has its finite verb, so that the
            segment's parts can share it.
    """
    conjunctions = [place for place, token in enumerate(segment) if tags[token] == "KON" and place]
    if not conjunctions:
        return [segment]
    cuts: set[int] = set()
    finites = [place for place, token in enumerate(segment) if tags[token] in FINITE]
    for left, right in pairwise(finites):
        between = [place for place in conjunctions if left < place < right]
        if between:
            cuts.add(_cut_between(tags, segment, between))
    cuts.update(place for place in conjunctions if _parts_participles(tags, segment, place, after_clause))
    bounds = [0, *sorted(cuts), len(segment)]
    return [segment[begin:end] for begin, end in pairwise(bounds)]


def _cut_between(tags: Sequence[str], segment: list[int], conjunctions: list[int]) -> int:
    """The conjunction between two finite verbs that joins their clauses, not nouns within one."""
    for place in conjunctions:
        if tags[segment[place - 1]][0] == "V" or tags[segment[place - 1]] == "PTKVZ":
            return place
    return conjunctions[-1]


def _parts_participles(tags: Sequence[str], segment: list[int], place: int, after_clause: bool) -> bool:
    """Whether a conjunction parts two participles with a subject or object each."""
    previous = segment[:place]
    ahead = [token for token in segment[place + 1 :] if tags[token] != "ADV"]
    if not ahead or tags[ahead[0]] not in NOMINAL_STARTS:
        return False
    if tags[segment[-1]] == "PTKNEG" and tags[ahead[0]] == "CARD" and tags[previous[-1]][0] == "V":
        return True  # "30 sind umgebaut und 18 noch nicht"
    right = next((token for token in ahead if tags[token] in NONFINITE or tags[token] in FINITE), None)
    if right is None or (tags[right] not in PARTICIPLES and tags[right] != "VVINF"):
        return False
    if tags[previous[-1]] == tags[right]:
        return True
    # "16 in Umsetzung und 15 eingestellt": the first part has a number, but no verb.
    gapped = after_clause and not any(tags[token][0] == "V" for token in previous)
    return gapped and tags[previous[0]] == "CARD" and tags[ahead[0]] == "CARD"
