"""What a number is restricted to: the places, groups and parts that its sentence or the headline name.

    "Im Bezirk [Pankow] sind 40 Plätze für [Grundschulen] frei, 5 mehr als im [Vorjahr]."

The nearest of each kind counts: those of the number's own clause before those of its sentence, and a place of the
headline where the sentence names none.
"""

from collections.abc import Iterator, Sequence

from extractors.claims.found import Found
from extractors.claims.measured.patterns import WORDS
from extractors.tokens import Tokens
from models.claim import Restriction
from models.quantity import Quantity


def scope(found: Found, quantity: Quantity) -> tuple[Restriction, ...]:
    """All restrictions of a number, in the order of the text."""
    tokens = found.tokens
    first, stop = tokens.sentences[tokens.sentence[quantity.first]]
    clause = found.clause(quantity.first)
    own = [token for token in clause.tokens if first <= token < stop] if clause else list(range(first, stop))
    sentence = range(first, stop)
    places = list(_places(tokens, own)) or list(_places(tokens, sentence)) or _of_headline(found)
    areas = list(_areas(tokens, own)) or list(_areas(tokens, sentence))
    parts = list(_parts(tokens, own)) or list(_parts(tokens, sentence))
    result = [
        *places,
        *areas,
        *_groups(found, own, quantity),
        *_qualities(found, quantity),
        *parts,
        *_against(tokens, own, quantity),
    ]
    return tuple(sorted({each.start: each for each in result}.values(), key=lambda each: each.start))


def _of_headline(found: Found) -> list[Restriction]:
    title = [token for token in range(len(found.tokens.words)) if found.tokens.starts[token] < found.title_end]
    return list(_places(found.tokens, title))


def _areas(tokens: Tokens, among: Sequence[int]) -> Iterator[Restriction]:
    for token in among:
        word, low = tokens.words[token], tokens.word(token)
        value = next((area for begin, area in WORDS.area_words.items() if low.startswith(begin)), None)
        if value is None and word in WORDS.areas and "in" in (tokens.before(token), tokens.word(token - 2)):
            value = word
        if value is not None:
            yield Restriction("area", value, tokens.starts[token], tokens.ends[token])


def _places(tokens: Tokens, among: Sequence[int]) -> Iterator[Restriction]:
    for token in among:
        value = _place(tokens, token)
        if value is not None and not _is_dateline(tokens, token):
            yield Restriction("place", value, tokens.starts[token], tokens.ends[token])


def _is_dateline(tokens: Tokens, token: int) -> bool:
    """ "Düsseldorf – Von den 73 …": where the release was written, at the head of a paragraph."""
    heads = tokens.text[max(0, tokens.starts[token] - 1) : tokens.starts[token]] in ("", "\n")
    return heads and tokens.word(token + 1) in ("–", "—", "-", ",", "/", "(", ":")


def _place(tokens: Tokens, token: int) -> str | None:
    word = tokens.words[token]
    if not word[:1].isupper() or not (tokens.is_noun(token) or tokens.tag(token) == "ADJA"):
        return None
    for name in (word, word.removesuffix("s"), word.removesuffix("er"), word.partition("-")[2]):
        if name in WORDS.places:
            return name
    low = word.lower()
    if low.endswith(WORDS.place_ends) and low not in WORDS.place_ends and ("-" in word or low.endswith("straße")):
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


def _groups(found: Found, own: Sequence[int], quantity: Quantity) -> Iterator[Restriction]:
    tokens, inside = found.tokens, set(own)
    for phrase in found.noun_phrases:
        if phrase.head not in inside or phrase.preposition is None or phrase.numbers:
            continue
        if (
            phrase.start <= quantity.first < phrase.end
            or tokens.word(phrase.preposition) not in WORDS.group_prepositions
        ):
            continue
        if tokens.before(phrase.preposition).endswith(WORDS.offices):
            continue
        words = [t for t in range(phrase.start, phrase.end) if tokens.tag(t) in ("ADJA", "NN", "NE")]
        if words and not any(_place(tokens, t) for t in words) and not _is_dated(found, phrase.start, phrase.end):
            value = " ".join(tokens.lemmas[t] for t in words)
            yield Restriction("group", value, tokens.starts[words[0]], tokens.ends[words[-1]])


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


def _is_dated(found: Found, start: int, end: int) -> bool:
    return any(start <= p.first < end for p in found.periods)


def _parts(tokens: Tokens, among: Sequence[int]) -> Iterator[Restriction]:
    for token in among:
        if token and tokens.word(token).endswith(WORDS.part_nouns) and tokens.tag(token) == "NN":
            number = _ordinal(tokens.before(token), tokens.word(token - 2), tokens.word(token - 1))
            if number is not None:
                begin = token - 1
                yield Restriction("part", f"{number}. {tokens.lemmas[token]}", tokens.starts[begin], tokens.ends[token])


def _ordinal(before: str, second: str, first: str) -> int | None:
    if first.endswith(".") and first[:-1].isdigit():
        return int(first[:-1])
    if first == "." and second.isdigit():
        return int(second)
    stem = next((before.removesuffix(end) for end in ("en", "er", "es", "e") if before.endswith(end)), before)
    return WORDS.ordinals.get(stem)


def _against(tokens: Tokens, own: Sequence[int], quantity: Quantity) -> Iterator[Restriction]:
    """What a change is measured against, where it stands behind the number."""
    behind = [token for token in own if token > quantity.last]
    for token in behind:
        word = tokens.word(token)
        if token > quantity.last + 8 or tokens.words[token] in (",", ";"):
            return
        for value, beginnings in WORDS.against.items():
            phrase = " ".join(tokens.word(t) for t in range(token, token + 3))
            if any(word.startswith(each) if " " not in each else phrase.startswith(each) for each in beginnings):
                yield Restriction("against", value, tokens.starts[token], tokens.ends[token])
                return
