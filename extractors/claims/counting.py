"""Elided nouns and partitions: "Von den 73 Vorschlägen sind 42 abgeschlossen, 16 weitere in Umsetzung"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from extractors.tokens import Tokens
from models.quantity import Quantity

_REACH = 3
"""Sentences after the one that states a whole in which its parts may still follow."""
_FUNCTION_TAGS = frozenset({"APPR", "APPRART", "KON", "ADV", "KOKOM", "PTKA", "ART", "CARD", "$,", "ADJD"})
_OF_WHOLE = frozenset({"ART", "PDAT", "ADV", "PPOSAT", "ADJA", "ADJD"})
_PRONOUNS_OF_WHOLE = frozenset({"ihnen", "denen", "diesen"})


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity with its elided noun filled in and the whole that it is a part of (index in the same list)."""

    quantity: Quantity
    whole: int | None = None


def resolve(tokens: Tokens, quantities: Sequence[Quantity], clause_of: Sequence[int]) -> list[Counted]:
    """Fills in elided nouns and finds wholes; numbers that count nothing we can name are left out."""
    stated = _with_number_pronouns(tokens, quantities, clause_of)
    resolved: list[Counted] = []
    places: list[int] = []
    for position, quantity in enumerate(stated):
        counted = _resolve(tokens, stated, position, resolved, places, clause_of)
        if counted is not None:
            resolved.append(counted)
            places.append(position)
    return resolved


def _resolve(
    tokens: Tokens,
    stated: Sequence[Quantity],
    position: int,
    resolved: Sequence[Counted],
    places: Sequence[int],
    clause_of: Sequence[int],
) -> Counted | None:
    quantity = stated[position]
    following = stated[position + 1] if position + 1 < len(stated) else None
    whole_after = following is not None and _is_whole_right_after(tokens, quantity, following)
    whole = None if whole_after else _whole_before(tokens, quantity, resolved, clause_of)
    if quantity.kind == "count" and quantity.counted is None:
        noun = following.counted if whole_after and following else None
        if noun is None and whole is not None:
            noun = resolved[whole].quantity.counted
        noun = noun or _elided(tokens, quantity, following, resolved, clause_of)
        if noun is None:
            return None
        quantity = replace(quantity, counted=noun)
    if quantity.kind == "share" and quantity.counted is None:
        noun = resolved[whole].quantity.counted if whole is not None else _noun_of_share(tokens, quantity, resolved)
        quantity = replace(quantity, counted=noun)
    if whole_after:
        # The whole comes later in the text: its index is the next one, if it is resolved itself.
        return Counted(quantity, len(resolved) + 1)
    return Counted(quantity, whole)


def _is_whole_right_after(tokens: Tokens, quantity: Quantity, following: Quantity) -> bool:
    """ "42 der 73 Projekte", "acht von 19 Kliniken", "die ersten 15 von insgesamt 60"."""
    if following.kind != "count" or quantity.kind not in ("count", "share"):
        return False
    if quantity.kind == "count" and not quantity.value < following.value:
        return False
    start = quantity.last + 1 if quantity.counted is None else quantity.last + 1
    between = range(start, following.first)
    words = [tokens.words[i].lower() for i in between]
    if not words or words[0] not in ("von", "der", "dieser", "unserer", "aller") or len(words) > 4:
        return False
    return all(tokens.tags[i] in _OF_WHOLE or tokens.words[i].lower() in ("von", "rund", "etwa", "insgesamt") for i in between)


def _whole_before(
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
        if whole.kind != "count" or not whole.value > quantity.value or not _introduces_partition(tokens, whole):
            continue
        if distance == 0 and (_is_bare(tokens, quantity) or quantity.counted is None):
            return index
        if _same_noun(quantity.counted, whole.counted) and _is_bare(tokens, quantity) and _fits(resolved, index, quantity.value):
            return index
    return None


def _whole_of_neighbour(tokens: Tokens, quantity: Quantity, resolved: Sequence[Counted]) -> int | None:
    """ "Davon sind 29 abgeschlossen, 74 laufen, drei ruhen": the parts of one sentence share their whole."""
    if not resolved or quantity.kind != "count" or quantity.counted is not None or resolved[-1].whole is None:
        return None
    last, whole = resolved[-1].quantity, resolved[-1].whole
    same_sentence = tokens.sentence[last.first] == tokens.sentence[quantity.first]
    if not same_sentence or whole >= len(resolved) or not _is_bare(tokens, quantity) or last.kind != "count":
        return None
    return whole if _fits(resolved, whole, quantity.value) else None


def _introduces_partition(tokens: Tokens, whole: Quantity) -> bool:
    """ "Von den … 73 Projektvorschlägen": the whole stands in a von-phrase at the head of a clause, or in front of its part."""
    index = whole.first - 1
    steps = 0
    while index >= 0 and steps < 8:
        word = tokens.words[index].lower()
        if word in ("von", "unter", "aus"):
            begins = index == tokens.sentences[tokens.sentence[index]][0] or tokens.words[index - 1] in (":", ",", "und", "–", "-", "„", ";")
            after_article = tokens.words[index + 1].lower() in ("den", "diesen", "insgesamt", "ursprünglich", "unseren", "rund") or index + 1 == whole.first
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
    near = [i for i in range(first, stop) if clause_of[i] == clause or abs(i - quantity.first) <= 3]
    has_davon = any(tokens.words[i].lower() in ("davon", "hiervon", "wovon") for i in near)
    has_pronoun = any(
        tokens.words[i].lower() in _PRONOUNS_OF_WHOLE and tokens.words[i - 1].lower() == "von" and i > quantity.last for i in near if i
    )
    if not (has_davon or has_pronoun):
        return None
    parts_seen = False
    for index in range(len(resolved) - 1, -1, -1):
        whole = resolved[index]
        if tokens.sentence[quantity.first] - tokens.sentence[whole.quantity.first] > 1:
            return None
        same_kind = whole.quantity.kind == quantity.kind or (quantity.kind == "share" and whole.quantity.kind == "count")
        if not same_kind or whole.quantity.unit != quantity.unit and quantity.kind != "share":
            continue
        if whole.whole is not None and clause_of[whole.quantity.first] == clause:
            parts_seen = True
            continue
        if quantity.kind == "share" or whole.quantity.value > quantity.value:
            return whole.whole if parts_seen and whole.whole is not None else index
    return None


def _elided(
    tokens: Tokens,
    quantity: Quantity,
    following: Quantity | None,
    resolved: Sequence[Counted],
    clause_of: Sequence[int],
) -> str | None:
    """The noun that a number leaves out, from its neighbours in the same sentence."""
    sentence = tokens.sentence[quantity.first]
    if following is not None and following.kind == "count" and following.counted and tokens.sentence[following.first] == sentence:
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


def _noun_of_share(tokens: Tokens, quantity: Quantity, resolved: Sequence[Counted]) -> str | None:
    """ "(12 Kliniken, 63 %)": a share right behind a count is a share of the same things."""
    if not resolved or resolved[-1].quantity.kind != "count":
        return None
    last = resolved[-1].quantity
    return last.counted if tokens.text[last.end : quantity.start].strip(" ") in (",", "(", "oder", "bzw.", "das heißt", ", das heißt") else None


_FURTHER = re.compile(r"weitere|übrige|restliche|alle|allein|erst|hinzu|mehr|andere|davon|lediglich|ihnen|waren|zunächst")


def _further(tokens: Tokens, quantity: Quantity) -> bool:
    """Whether the words around a number say that it goes on counting what the sentence before counted."""
    around = tokens.words[max(0, quantity.first - 2) : quantity.last + 3]
    return any(_FURTHER.match(word.lower()) for word in around)


_NUMBER_NOUNS = re.compile(r"(?:an)?zahl$|quote$|bestand$", re.IGNORECASE)


def _number_of(tokens: Tokens, quantity: Quantity, after: int) -> str | None:
    """ "Die Zahl der Geburten sinkt von 146 auf 136": the genitive of a noun that means a number, behind `after`."""
    first, stop = tokens.sentences[tokens.sentence[quantity.first]]
    first = max(first, after + 1)
    for index in range(first, min(stop, quantity.first) - 2):
        if tokens.tags[index] == "NN" and _NUMBER_NOUNS.search(tokens.lemmas[index]) and tokens.words[index + 1].lower() in ("der", "von", "an"):
            noun = next((i for i in range(index + 2, min(index + 6, stop)) if tokens.tags[i] == "NN"), None)
            if noun is not None:
                return tokens.lemmas[noun]
    return None


def _is_bare(tokens: Tokens, quantity: Quantity) -> bool:
    """Whether a number stands without a preposition: as subject or object."""
    index = quantity.first - 1
    while index >= 0 and (tokens.tags[index] in ("ADV", "ADJD", "PIAT", "PTKA", "KOKOM", "ART", "ADJA") or tokens.words[index].lower() in ("bis", "zu", "als", "mehr")):
        index -= 1
    return index < 0 or tokens.tags[index] not in ("APPR", "APPRART")


def _same_noun(part: str | None, whole: str | None) -> bool:
    if part is None or whole is None:
        return part is None
    short, long = sorted((part.lower(), whole.lower()), key=len)
    return long == short or (len(short) >= 5 and (long.endswith(short) or long.startswith(short)))


def _fits(resolved: Sequence[Counted], whole: int, value: Decimal) -> bool:
    """Whether the parts found so far and this one do not exceed their whole."""
    parts = sum((c.quantity.value for c in resolved if c.whole == whole), Decimal(0))
    return parts + value <= resolved[whole].quantity.value


_NUMBER_PRONOUNS = {"eines": 1, "eine": 1, "einer": 1, "ein": 1, "keines": 0, "keine": 0, "kein": 0, "keiner": 0}


def _with_number_pronouns(
    tokens: Tokens, quantities: Sequence[Quantity], clause_of: Sequence[int]
) -> list[Quantity]:
    """ "eines ist abgeschlossen": one and none count where they stand in a partition next to other numbers."""
    found = list(quantities)
    wholes = [
        q
        for q in quantities
        if q.kind == "count" and q.counted and (_introduces_partition(tokens, q) or _is_taken_up(tokens, q))
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
            if quantity is not None and not any(q.first <= index <= q.last for q in found):
                found.append(quantity)
    return sorted(found, key=lambda q: (q.first, q.last))


def _is_taken_up(tokens: Tokens, whole: Quantity) -> bool:
    """Whether the next sentence goes on with "davon" or "von ihnen"."""
    following = tokens.sentence[whole.first] + 1
    if following >= len(tokens.sentences):
        return False
    first, stop = tokens.sentences[following]
    words = [word.lower() for word in tokens.words[first:stop]]
    return "davon" in words or any(a == "von" and b in _PRONOUNS_OF_WHOLE for a, b in pairwise(words))


def _number_pronoun(tokens: Tokens, index: int, whole: Quantity) -> Quantity | None:
    value = _NUMBER_PRONOUNS.get(tokens.words[index].lower())
    if value is None or tokens.tags[index - 1] in ("APPR", "APPRART"):
        return None
    last, noun = index, None
    modifies = index + 1 < len(tokens.tags) and tokens.tags[index + 1] in ("NN", "NE", "ADJA")
    if tokens.tags[index] in ("ART", "PIAT") and modifies:
        noun = next((i for i in range(index + 1, min(index + 4, len(tokens.words))) if tokens.tags[i] == "NN"), None)
        if noun is None or not _same_noun(tokens.lemmas[noun], whole.counted):
            return None
        last = noun
    elif tokens.tags[index] not in ("PIS", "ART", "PIAT"):
        return None
    start, end = tokens.starts[index], tokens.ends[last]
    return Quantity("count", Decimal(value), None, "=", None, tokens.lemmas[noun] if noun else None, start, end, index, last, noun)
