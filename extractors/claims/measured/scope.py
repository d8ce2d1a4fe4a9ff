"""What a number is restricted to: the places, groups and parts that its sentence or the headline name.

    "Im Bezirk [Pankow] sind 40 Plätze für [Grundschulen] frei, 5 mehr als im [Vorjahr]."

The nearest of each kind counts: those of the number's own clause before those of its sentence, and a place of the
headline where the sentence names none.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache

from extractors.claims.found import Found
from extractors.claims.measured.patterns import WORDS
from extractors.claims.measured.rate import dated
from extractors.german.syntax.structures import NounPhrase
from extractors.rules.projects.classes import is_class
from extractors.tokens import DETERMINERS, Tokens
from models.claim import Restriction
from models.quantity import Quantity
from models.streets import is_street

_AREA_BEGINNINGS = tuple(WORDS.area_words)
_BEHIND = 8
"""Tokens behind a number in which still stands what it is measured against."""


def scope(found: Found, quantity: Quantity) -> tuple[Restriction, ...]:
    """All restrictions of a number, in the order of the text."""
    result = [
        *(_nearest(found, quantity, _places) or found.once(_of_headline)),
        *_nearest(found, quantity, _areas),
        *_groups(found, quantity),
        *_qualities(found, quantity),
        *_nearest(found, quantity, _parts),
        *_against(found, quantity),
    ]
    return tuple(sorted({each.start: each for each in result}.values(), key=lambda each: each.start))


_Stated = list[tuple[int, Restriction]]
"""Restrictions of a sentence, each with the token that states it."""


def _nearest(found: Found, quantity: Quantity, kind: Callable[[Found, int], _Stated]) -> list[Restriction]:
    """The restrictions of one kind in a number's clause, else in its sentence."""
    stated = found.once_in(kind, found.tokens.sentence[quantity.first])
    clause = found.clause_of[quantity.first]
    own = [restriction for token, restriction in stated if clause in (found.clause_of[token], -1)]
    return own or [restriction for _, restriction in stated]


def _of_headline(found: Found) -> list[Restriction]:
    last = found.tokens.sentence[found.tokens.at(found.title_end)]
    places = (restriction for sentence in range(last + 1) for _, restriction in found.once_in(_places, sentence))
    return [restriction for restriction in places if restriction.start < found.title_end]


def _areas(found: Found, sentence: int) -> _Stated:
    return [*_areas_of(found.tokens, *found.tokens.sentences[sentence])]


def _areas_of(tokens: Tokens, first: int, stop: int) -> Iterator[tuple[int, Restriction]]:
    for token in range(first, stop):
        word, low = tokens.words[token], tokens.small[token]
        value = _area(low) if low.startswith(_AREA_BEGINNINGS) else None
        if value is None and word in WORDS.areas and "in" in (tokens.before(token), tokens.word(token - 2)):
            value = word
        if value is not None:
            yield token, Restriction("area", value, tokens.starts[token], tokens.ends[token])


def _area(low: str) -> str | None:
    return next((area for begin, area in WORDS.area_words.items() if low.startswith(begin)), None)


def _places(found: Found, sentence: int) -> _Stated:
    tokens = found.tokens
    named = ((token, _place(tokens, token)) for token in range(*tokens.sentences[sentence]))
    return [
        (token, Restriction("place", name, tokens.starts[token], tokens.ends[token]))
        for token, name in named
        if name is not None and not _is_dateline(tokens, token) and token not in found.once(dated)
    ]


def _is_dateline(tokens: Tokens, token: int) -> bool:
    """ "Düsseldorf – Von den 73 …": where the release was written, at the head of a paragraph."""
    heads = tokens.text[max(0, tokens.starts[token] - 1) : tokens.starts[token]] in ("", "\n")
    return heads and tokens.word(token + 1) in ("–", "—", "-", ",", "/", "(", ":")


def _place(tokens: Tokens, token: int) -> str | None:
    word = tokens.words[token]
    if not word[:1].isupper() or not (tokens.is_noun(token) or tokens.tag(token) == "ADJA"):
        return None
    if (name := _known_place(word)) is not None:
        return name
    low = word.lower()
    if low.endswith(WORDS.place_ends) and low not in WORDS.place_ends and ("-" in word or is_street(low)):
        return word
    if (
        low in WORDS.place_ends
        and token
        and tokens.words[token - 1].endswith("er")
        and tokens.words[token - 1][:1].isupper()
    ):
        return f"{tokens.words[token - 1]} {word}"
    if token and tokens.before(token).endswith(WORDS.place_classes) and tokens.tag(token) == "NE":
        return word
    if tokens.tag(token) == "NE" and tokens.before(token) in ("in", "aus", "nach") and word not in WORDS.areas:
        return word
    return None


@lru_cache(maxsize=50_000)
def _known_place(word: str) -> str | None:
    names = (word, word.removesuffix("s"), word.removesuffix("er"), word.partition("-")[2])
    return next((name for name in names if name in WORDS.places), None)


def _groups(found: Found, quantity: Quantity) -> list[Restriction]:
    """The groups named in a number's clause, or in its sentence where it has none, but for what the number counts."""
    stated = found.once(_groups_stated).get(found.tokens.sentence[quantity.first], [])
    clause = found.clause_of[quantity.first]
    return [
        restriction
        for phrase, restriction in stated
        if clause in (found.clause_of[phrase.head], -1) and not phrase.start <= quantity.first < phrase.end
    ]


def _groups_stated(found: Found) -> dict[int, list[tuple[NounPhrase, Restriction]]]:
    result: dict[int, list[tuple[NounPhrase, Restriction]]] = {}
    for phrase in found.noun_phrases:
        if (restriction := _group(found, phrase)) is not None:
            result.setdefault(found.tokens.sentence[phrase.head], []).append((phrase, restriction))
    return result


def _group(found: Found, phrase: NounPhrase) -> Restriction | None:
    tokens = found.tokens
    if phrase.preposition is None or phrase.numbers:
        return None
    if tokens.word(phrase.preposition) not in WORDS.group_prepositions:
        return None
    if tokens.before(phrase.preposition).endswith(WORDS.offices):
        return None
    words = [t for t in range(phrase.start, phrase.end) if tokens.tag(t) in ("ADJA", "NN", "NE")]
    if not words or any(_place(tokens, t) for t in words):
        return None
    if any(token in found.period_starts for token in range(phrase.start, phrase.end)):
        return None
    if len(words) == 1 and is_class(tokens.lemmas[words[0]], "named") and tokens.tags[phrase.start] in DETERMINERS:
        return None  # "gehen an das Programm „Neue Höfe“": what is meant is the subject
    value = " ".join(tokens.lemmas[t] for t in words)
    return Restriction("group", value, tokens.starts[words[0]], tokens.ends[words[-1]])


def _qualities(found: Found, quantity: Quantity) -> Iterator[Restriction]:
    """The adjectives of the noun that is counted: "800 [geförderte] Wohnungen"."""
    if quantity.noun is None:
        return
    tokens, phrase = found.tokens, found.phrase_of.get(quantity.noun)
    start = min(quantity.first, phrase.start if phrase is not None else quantity.noun)
    for token in range(max(start, quantity.noun - 6), quantity.noun):
        word = tokens.word(token)
        if tokens.tag(token) == "ADJA" and not word.startswith(WORDS.further) and tokens.words[token] == word:
            yield Restriction("quality", tokens.lemmas[token], tokens.starts[token], tokens.ends[token])


def _parts(found: Found, sentence: int) -> _Stated:
    return [*_parts_of(found.tokens, *found.tokens.sentences[sentence])]


def _parts_of(tokens: Tokens, first: int, stop: int) -> Iterator[tuple[int, Restriction]]:
    for token in range(max(1, first), stop):
        if tokens.word(token).endswith(WORDS.part_nouns) and tokens.tag(token) == "NN":
            number = _ordinal(tokens.before(token), tokens.word(token - 2), tokens.word(token - 1))
            if number is not None:
                value, begin = f"{number}. {tokens.lemmas[token]}", tokens.starts[token - 1]
                yield token, Restriction("part", value, begin, tokens.ends[token])


def _ordinal(before: str, second: str, first: str) -> int | None:
    if first.endswith(".") and first[:-1].isdigit():
        return int(first[:-1])
    if first == "." and second.isdigit():
        return int(second)
    stem = next((before.removesuffix(end) for end in ("en", "er", "es", "e") if before.endswith(end)), before)
    return WORDS.ordinals.get(stem)


def _against(found: Found, quantity: Quantity) -> Iterator[Restriction]:
    """What a change is measured against, where it stands behind the number."""
    tokens = found.tokens
    _, stop = tokens.sentences[tokens.sentence[quantity.first]]
    clause = found.clause_of[quantity.first]
    for token in range(quantity.last + 1, min(stop, quantity.last + 1 + _BEHIND)):
        if clause not in (found.clause_of[token], -1):
            continue
        if tokens.words[token] in (",", ";"):
            return
        value = _measure(" ".join(tokens.small[token : token + 3]))
        if value is not None:
            yield Restriction("against", value, tokens.starts[token], tokens.ends[token])
            return


@lru_cache(maxsize=50_000)
def _measure(phrase: str) -> str | None:
    """What a phrase measures a change against by its beginning: "gegenüber dem Vorjahr"."""
    return next((value for value, beginnings in WORDS.against.items() if phrase.startswith(tuple(beginnings))), None)
