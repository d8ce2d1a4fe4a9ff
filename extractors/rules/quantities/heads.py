"""What a number counts or measures: the head noun of its noun phrase, as a lemma."""

import re
from dataclasses import dataclass

from extractors.german.words.compounds import nouns, split
from extractors.rules.quantities.patterns import HEADS, MEASURED
from extractors.rules.quantities.sentence import SentenceText
from extractors.tokens import NOUNS, PREPOSITIONS, Tokens

_BEFORE_NOUN = frozenset(
    {"ADJA", "ADV", "ADJD", "PIAT", "PIDAT", "PIS", "CARD", "PTKA", "PTKNEG", "PDAT", "PPOSAT", "ART"}
)
_INSIDE = _BEFORE_NOUN | {"APPR", "APPRART", "NN", "NE", "TRUNC", "KON", "$,", "$("}
_BEHIND_LABELLED = frozenset({"$.", "$,", "$(", "_SP", "VVPP", "ADJD", "APPR", "KON"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_FARTHEST = 9
"""Tokens between a number and its noun, at the most: "30 vom Amt im Mai geprüften alten Brücken"."""


@dataclass(frozen=True, slots=True)
class Head:
    """The noun that a number counts: token index, last token of the whole expression, lemma."""

    index: int
    last: int
    lemma: str


def head_after(tokens: Tokens, index: int, stop: int) -> Head | None:
    """The head noun to the right of a number whose last token is `index - 1`, not beyond `stop`."""
    begin = _behind_brackets(tokens, index, stop)
    if begin is None:
        return None
    position = _skip_modifiers(tokens, begin, stop)
    if position is None:
        position = _genitive(tokens, begin, stop)
    return None if position is None else expression(tokens, position, stop)


def _behind_brackets(tokens: Tokens, index: int, stop: int) -> int | None:
    """ "12 [(Vorjahr: 10)] Projekte", "Direktion 5 [(City)] und …": nothing within the brackets is what is counted."""
    if index >= stop or tokens.words[index] != "(":
        return index
    end = closing(tokens, index, min(stop, index + _FARTHEST))
    if end is None:
        return None
    plural = end + 1 < stop and tokens.tags[end + 1] == "NN" and tokens.words[end + 1] != tokens.lemmas[end + 1]
    return end + 1 if plural else None


def closing(tokens: Tokens, opening: int, stop: int) -> int | None:
    """Where the bracket that opens at a token is closed, before `stop`."""
    return next((end for end in range(opening, stop) if tokens.words[end] == ")"), None)


def is_singular(tokens: Tokens, index: int) -> bool:
    """Whether a noun stands in a singular that no plural looks like: "Pressestelle", "Einrichtung"."""
    word = tokens.words[index]
    return tokens.tags[index] == "NN" and word == tokens.lemmas[index] and word.lower().endswith(HEADS.feminine)


_IN_LABEL = frozenset({"ADV", "ADJD", "VVPP", "PIS", "CARD"})
"""Tags between a label's noun and its colon: "Anlagen 2024: 88"."""


def labelled(tokens: Tokens, sentence: SentenceText, first: int, last: int) -> Head | None:
    """The noun of a label that a number stands behind: "Abgeschlossene [Projekte]: 42", "[Vorhaben] insgesamt – 52"."""
    colon = first - 1
    if tokens.word(last + 1) in ("von", "der") and tokens.tag(last + 2) == "CARD":
        return None  # "E-Akte: 94 von 120 Gerichten"
    if colon <= sentence.first or tokens.words[colon] not in (":", "–", "-", "="):
        return None
    goes_on = last + 1 < sentence.stop and tokens.tags[last + 1] not in _BEHIND_LABELLED
    if goes_on and tokens.words[colon] != "=" and not next_label(tokens, last + 1, sentence.stop):
        return None
    begin = max(sentence.first, colon - 6)
    place = next(
        (i for i in range(begin + 1, colon) if tokens.tags[i] in PREPOSITIONS and tokens.is_noun(i - 1)), colon
    )
    plural = (
        index
        for index in range(place - 1, begin - 1, -1)
        if tokens.tags[index] == "NN" and not is_singular(tokens, index) and not _counts_nothing(tokens.lemmas[index])
    )
    noun = next(plural, None)
    between = range(noun + 1, place) if noun is not None else range(0)
    if noun is None or any(tokens.tags[index] not in _IN_LABEL for index in between):
        return None
    return Head(noun, noun, tokens.lemmas[noun])


def next_label(tokens: Tokens, start: int, stop: int) -> bool:
    """Whether another label with its number stands at a token: "Plätze: 120 [Anmeldungen: 95]"."""
    end = next((index for index in range(start, min(stop, start + 4)) if tokens.words[index] == ":"), None)
    nouns = end is not None and all(tag in ("NN", "NE", "ADJA") for tag in tokens.tags[start:end])
    return nouns and end is not None and tokens.tag(end + 1) == "CARD"


def _counts_nothing(lemma: str) -> bool:
    """ "Vorjahr: 48", "Summe: 350": labels that name no things."""
    return lemma.lower().endswith(HEADS.no_labels)


def _genitive(tokens: Tokens, index: int, stop: int) -> int | None:
    """ "Vier [der neuen Häuser]": the plural noun of which some are counted."""
    if index >= stop or tokens.word(index) not in ("der", "dieser", "unserer", "ihrer", "seiner"):
        return None
    position = index + 1
    while position < min(stop, index + _FARTHEST) and tokens.tags[position] in ("ADJA", "ADV", "ADJD", "$,", "KON"):
        position += 1
    if tokens.tag(position) in PREPOSITIONS:  # "sieben der im Kanton geplanten Brücken"
        within = _after_participial_phrase(tokens, position, min(stop, index + _FARTHEST))
        position = position if within is None else within
    plural = position < stop and tokens.tags[position] == "NN" and tokens.words[position] != tokens.lemmas[position]
    return position if plural else None


def expression(tokens: Tokens, position: int, stop: int) -> Head:
    """The whole expression at a noun: pairs ("Schülerinnen und Schüler"), "Rettungs- und Löschfahrzeuge", names."""
    if tokens.tags[position] == "TRUNC":
        return _truncated(tokens, position, stop)
    pair = _pair(tokens, position, stop)
    if pair is not None:
        return pair
    following = position + 1
    short = HEADS.abbreviations.get(tokens.words[position])
    if short is not None:
        return Head(position, position, short)
    if _is_foreign(tokens, position) and following < stop and tokens.is_noun(following):
        return Head(following, following, f"{tokens.words[position]} {tokens.lemmas[following]}")
    return Head(position, position, tokens.lemmas[position])


def _skip_modifiers(tokens: Tokens, index: int, stop: int) -> int | None:
    """Index of the first noun (or truncated noun) that the words from `index` on modify."""
    limit = min(stop, index + _FARTHEST)
    position = index
    while position < limit:
        tag = tokens.tags[position]
        if tag == "CARD" and tokens.tag(position + 2) == "ADJA" and tokens.lemmas[position + 1] in MEASURED.unit_nouns:
            position += 2  # "vier [fünfhundert Meter] lange Tunnel"
            continue
        if (tag in NOUNS and not _modifies(tokens, position, limit)) or tag == "TRUNC":
            is_label = tokens.words[position - 1] == "(" and tokens.word(position + 1) == ":"  # "210 (Vorjahr: 180)"
            return None if is_label or tokens.words[position].islower() else position
        if tag in ("APPR", "APPRART", "ART", "PPER", "PRF"):
            return _after_participial_phrase(tokens, position, limit)
        if tag in ("KON", "$,") and not _joins_adjectives(tokens, position, limit):
            return None
        if tag not in _BEFORE_NOUN | NOUNS and tag not in ("KON", "$,") and tokens.words[position] not in "„“\"'‚‘»«(":
            return None
        position += 1
    return None


def _modifies(tokens: Tokens, position: int, limit: int) -> bool:
    """Whether what is tagged as a noun is none: "sechs [stadtweit] agierende Häuser", "31 [Spandauer] Vereine"."""
    word, after = tokens.words[position], position + 1
    if after + 1 < limit and tokens.words[after] in '„»‚"':
        after += 1  # "34 [Berliner] „Seenschulen“"
    if after >= limit:
        return False
    if word.islower():
        return tokens.tags[after] in NOUNS | _BEFORE_NOUN
    plural = tokens.tags[after] == "NN" and tokens.words[after] != tokens.lemmas[after]
    if tokens.lemmas[position] in MEASURED.unit_nouns:
        return False
    return word.endswith("er") and plural and tokens.words[after][0].isupper()


def _joins_adjectives(tokens: Tokens, position: int, limit: int) -> bool:
    """Whether a comma or "und" stands between two modifiers of one noun."""
    after = position + 1
    goes_on = after < limit and tokens.tags[after] in ("ADJA", "ADV", "ADJD", *PREPOSITIONS)
    return tokens.tags[position - 1] == "ADJA" and goes_on


def _after_participial_phrase(tokens: Tokens, position: int, limit: int) -> int | None:
    """The noun behind an adjective with its own complements: "30 [vom Amt geprüften] Brücken".

    Not "15 von 60 [verletzten] Soldaten": that number counts the same noun; nor "4 in [neuen] Häusern".
    """
    if tokens.word(position) == "der" and tokens.tag(position + 1) == "CARD":
        return None  # "41 der 58 eingereichten Anträge"
    for index in range(position, limit):
        tag = tokens.tags[index]
        counts = tag == "CARD" and not _YEAR.fullmatch(tokens.words[index])
        if counts and NOUNS.isdisjoint(_tags_before_participle(tokens, index, limit)):
            return None
        complemented = _is_complemented(tokens, position, index)
        if tag == "ADJA" and index > position + 1 and (complemented or _is_participle(tokens.words[index])):
            if tokens.tag(index + 1) == "CARD" and tokens.word(position) == "der":
                return None  # "12 der eigentlich geplanten [20 Busse]"
            return _skip_modifiers(tokens, index, limit)
        if tag not in _INSIDE or tag in ("$,", "KON"):
            return None
    return None


def _is_complemented(tokens: Tokens, position: int, index: int) -> bool:
    """Whether an adjective ends a phrase that is its complement: "[im Bau] befindliche"; none inside another phrase."""
    inner = any(tokens.tags[i] == "ART" and tokens.tags[i + 1] in PREPOSITIONS for i in range(position, index))
    opens = tokens.tags[position] in PREPOSITIONS and not inner
    return opens and tokens.tags[index - 1] in NOUNS and tokens.words[index].islower()


def _tags_before_participle(tokens: Tokens, index: int, limit: int) -> list[str]:
    end = next((i for i in range(index, limit) if tokens.tags[i] == "ADJA"), limit)
    return tokens.tags[index:end]


def _is_participle(word: str) -> bool:
    stem = word.rstrip("nmrs").removesuffix("e")
    return stem.endswith(("t", "en", "end"))


def _is_foreign(tokens: Tokens, index: int) -> bool:
    """English words in names of things: "vier Research Center"."""
    word = tokens.words[index]
    unknown = tokens.tags[index] == "NE" and word.isascii() and word.lower() not in nouns()
    return tokens.tags[index] == "FM" or (unknown and tokens.word(index + 1) not in nouns())


def _pair(tokens: Tokens, position: int, stop: int) -> Head | None:
    """The masculine lemma of a pair form: "Schülerinnen und Schüler", "Lehrer/-innen und Lehrer"."""
    second = position + 2
    if second >= stop or tokens.lemmas[position + 1] not in ("und", "/", "bzw.", "oder", "beziehungsweise"):
        return None
    first_word, second_word = tokens.words[position].replace("-", ""), tokens.words[second].replace("-", "")
    if not tokens.is_noun(second) or not _same_people(first_word, second_word):
        return None
    feminine_first = first_word.endswith(("in", "innen"))
    masculine = second if feminine_first else position
    return Head(masculine, second, tokens.lemmas[masculine])


def _same_people(first: str, second: str) -> bool:
    """Whether two words name the same people, once in the feminine form."""
    feminine, other = (first, second) if first.endswith(("in", "innen")) else (second, first)
    if not feminine.endswith(("in", "innen")) or other.endswith(("in", "innen")):
        return False
    stem = feminine.removesuffix("nen").removesuffix("in").lower().replace("ä", "a").replace("ü", "u").replace("ö", "o")
    plain = other.lower().replace("ä", "a").replace("ü", "u").replace("ö", "o")
    shared = min(len(stem), len(plain)) - 1
    return shared >= 3 and stem[:shared] == plain[:shared]


def _truncated(tokens: Tokens, position: int, stop: int) -> Head:
    """The first noun of a coordination with a shared head: "9 Rettungs- und Löschfahrzeuge"."""
    stem = tokens.words[position].rstrip("-")
    for index in range(position + 1, min(stop, position + 6)):
        if tokens.is_noun(index):
            parts = split(tokens.lemmas[index])
            head = parts.head if parts else tokens.lemmas[index]
            return Head(index, index, stem + head[:1].lower() + head[1:])
    return Head(position, position, stem)
