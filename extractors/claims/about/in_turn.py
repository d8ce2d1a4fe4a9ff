"""Names and numbers that take turns in a sentence, so that each number is of its own name.

Am Campus Nord entstehen [200], am Campus Süd [340] Wohnungen. || 200 of Campus Nord, 340 of Campus Süd
"""

from collections.abc import Sequence

from extractors.claims.about.reference import stands_for
from extractors.claims.found import Found, Named
from models.quantity import Kind


def in_turn(found: Found, token: int, kind: Kind) -> Named | None:
    """The name that goes with a number where each number of its kind has one of its own, all before or all behind.

    Args:
        found: the document.
        token: the number's first.
        kind: the number's.
    """
    sentence = found.tokens.sentence[token]
    own = [q.first for q in found.quantities_by_sentence.get(sentence, ()) if q.kind == kind]
    if len(own) < 2 or token not in own:
        return None
    named = found.once_in(_named_in, sentence)
    place = own.index(token)
    if len({each.project for _, each in named}) != len(own):
        return None
    before = _between(named, [-1, *own[:-1]], own)
    behind = _between(named, own, [*own[1:], len(found.tokens.words)])
    return next((turns[place] for turns in (before, behind) if turns), None)


def _between(named: Sequence[tuple[int, Named]], starts: Sequence[int], stops: Sequence[int]) -> list[Named]:
    """The names that lie each alone between a start and a stop; nothing where one has none or several."""
    turns = []
    for start, stop in zip(starts, stops, strict=True):
        inside = [each for first, each in named if start < first < stop]
        if len(inside) != 1:
            return []
        turns += inside
    return turns


def _named_in(found: Found, sentence: int) -> list[tuple[int, Named]]:
    """What a sentence names, or stands for something named, each with its first token."""
    mentions = found.mentions_by_sentence.get(sentence, [])
    named = {m.first: Named(m.project, (m.start, m.end)) for m in mentions}
    covered = {index for m in mentions for index in range(m.first, m.last + 1)}
    for index in range(*found.tokens.sentences[sentence]):
        phrase = found.phrase_of.get(index)
        # "das Programm „Neue Höfe“" is one name.
        if phrase is not None and phrase.start == index and covered.isdisjoint(range(phrase.start, phrase.end + 2)):
            meant = stands_for(found, phrase)
            if meant is not None:
                named[index] = meant
    return sorted(named.items())
