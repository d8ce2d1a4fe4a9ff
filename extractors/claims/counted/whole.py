"""Parts and wholes: "Von den 73 Vorschlägen sind 42 abgeschlossen", "davon 12", "zwei der drei"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.claims.counted.patterns import WORDS
from extractors.claims.found import Found
from extractors.tokens import NOUNS, PREPOSITIONS, Tokens
from models.quantity import Quantity

_REACH = 3
"""Sentences after the one that states a whole in which its parts may still follow."""

_LONGEST_VON_PHRASE, _LONGEST_SIZED = 8, 20
"""Tokens before the number of a whole, at most; and before its size: "Von den Mitteln des Fonds … in Höhe von"."""
_LONGEST_BARE = 4
"""Those between a part and its whole, where none of them is of an attribute's own."""
_AFTER_VON = frozenset({"den", "diesen", "insgesamt", "ursprünglich", "unseren", "rund"})
_DAVON = frozenset({"davon", "hiervon", "wovon"})
_MARKS = frozenset({",", ";", ":", "(", "–", "-", "—"})
_PRONOUNS = _DAVON | {"denen"} | frozenset(WORDS.pronouns_of_whole)
_BESIDE = re.compile(r"\((?:[^():]{0,20}\b)?(?:Vorjahr|(?:19|20)\d\d(?:/\d\d)?)\s*:\s*(?:\w+\s)?$")
"""What begins a bracket with the number of another year."""
_LONGEST_BESIDE = 40
"""Characters of it, at most."""
_OF_WHOLE = frozenset({"ART", "PDAT", "ADV", "PPOSAT", "ADJA", "ADJD"})
_IN_ATTRIBUTE = _OF_WHOLE | {"APPR", "APPRART", "NN", "NE"}


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity with its elided noun filled in and the whole that it is a part of (index in the same list)."""

    quantity: Quantity
    whole: int | None = None
    heads_parts: bool = False
    """Whether it stands where a whole stands whose parts follow."""


def is_whole_right_after(tokens: Tokens, quantity: Quantity, following: Quantity) -> bool:
    """ "42 der 73 Projekte", "acht von 19 Kliniken", "die ersten 20 von 80", "35 Prozent der 80 Millionen Euro",
    "35 Prozent der für Schulen vorgesehenen 80 Millionen Euro".
    """
    amount = quantity.kind in ("measure", "money") and _is_amount_alike(quantity, following)
    counts = quantity.kind == "count" and following.kind == "count"
    if not counts and not amount and quantity.kind != "share":
        return False
    if quantity.kind != "share" and not quantity.value < following.value:
        return False
    between = range(quantity.last + 1, following.first)
    if between and tokens.words[between[0]] == ")":
        between = between[1:]
    words = [tokens.words[i].lower() for i in between]
    if not words or words[0] not in ("von", "der", "dieser", "unserer", "aller"):
        return False
    if quantity.kind == "share" and tokens.tags[between[-1]] == "ADJA" and len(words) <= _LONGEST_VON_PHRASE:
        return all(tokens.tags[i] in _IN_ATTRIBUTE for i in between)
    if counts and words[0] == "der" and words[-1] == "insgesamt" and len(words) <= _LONGEST_VON_PHRASE:
        return all(tokens.tags[i] in _IN_ATTRIBUTE for i in between)  # "sieben der im Kreis insgesamt 19 Brücken"
    return len(words) <= _LONGEST_BARE and all(
        tokens.tags[i] in _OF_WHOLE or tokens.words[i].lower() in ("von", "rund", "etwa", "insgesamt") for i in between
    )


def whole_of(found: Found, quantity: Quantity) -> Quantity | None:
    """The whole right behind a part: "42 der [73 Projekte]"."""
    following = found.number_behind(quantity.last)
    is_whole = following is not None and is_whole_right_after(found.tokens, quantity, following)
    return following if is_whole else None


def is_whole_of_number_before(found: Found, quantity: Quantity) -> bool:
    """Whether a part stands right before a number: "42 der [73 Projekte]"."""
    part = found.number_before(quantity.first)
    return part is not None and is_whole_right_after(found.tokens, part, quantity)


def whole_before(
    tokens: Tokens, quantity: Quantity, resolved: Sequence[Counted], heads: Sequence[int], clause_of: Sequence[int]
) -> int | None:
    """Index of the whole that an earlier phrase states for this part.

    Args:
        tokens: those of the document.
        quantity: the part.
        resolved: the numbers before it.
        heads: which of these head parts.
        clause_of: the clause of each token.
    """
    if _is_laid_beside(tokens, quantity):
        return None
    by_pronoun = _whole_of_pronoun(tokens, quantity, resolved, clause_of)
    if by_pronoun is None:
        by_pronoun = _whole_of_neighbour(tokens, quantity, resolved)
    if by_pronoun is not None or not (quantity.kind in ("count", "share") or _is_bare_amount(quantity)):
        return by_pronoun
    sentence = tokens.sentence[quantity.first]
    farthest, _ = tokens.sentences[max(0, sentence - _REACH)]
    for index in reversed(heads):
        whole = resolved[index].quantity
        if whole.first < farthest:
            return None
        if not _may_hold(quantity, whole) or _is_laid_beside(tokens, whole):
            continue
        if _is_only_place(tokens, resolved, index):
            continue  # "37 Vorhaben in elf Ländern. Neun davon …"
        distance = sentence - tokens.sentence[whole.first]
        if "\n" in tokens.text[whole.end : quantity.start]:
            return None
        if _is_part(tokens, quantity, resolved, index, distance):
            return index
    return None


def _is_laid_beside(tokens: Tokens, quantity: Quantity) -> bool:
    """ "30 Millionen (2017: [28 Millionen])", "49 (Vorjahr: [48])": neither a part of other numbers nor their whole."""
    return _BESIDE.search(tokens.text, max(0, quantity.start - _LONGEST_BESIDE), quantity.start) is not None


def _is_only_place(tokens: Tokens, resolved: Sequence[Counted], index: int) -> bool:
    """Whether a number says in how many places something is that its sentence has counted before."""
    whole = resolved[index].quantity
    if not _is_place(tokens, whole):
        return False
    for before in range(index - 1, -1, -1):
        other = resolved[before].quantity
        if tokens.sentence[other.first] != tokens.sentence[whole.first]:
            return False
        if other.kind == "count" and other.counted is not None and not _is_place(tokens, other):
            return True
    return False


def _is_place(tokens: Tokens, quantity: Quantity) -> bool:
    return tokens.before(quantity.first) in ("in", "an", "aus", "bei")


def _may_hold(quantity: Quantity, whole: Quantity) -> bool:
    """Whether a number may be a part of another that a von-phrase states."""
    if quantity.kind == "share":
        return whole.kind in ("count", "money", "measure")
    alike = whole.kind == "count" if quantity.kind == "count" else _is_amount_alike(quantity, whole)
    return alike and whole.value > quantity.value


def _is_bare_amount(quantity: Quantity) -> bool:
    """Whether an amount has left its unit to another: "42 von 60 Kilometern"."""
    return quantity.kind in ("measure", "money") and quantity.first == quantity.last and quantity.unit is not None


def _is_amount_alike(quantity: Quantity, whole: Quantity) -> bool:
    return (whole.kind, whole.unit) == (quantity.kind, quantity.unit)


def _is_part(tokens: Tokens, quantity: Quantity, resolved: Sequence[Counted], whole: int, distance: int) -> bool:
    """Whether a number is a part of the whole that stands `distance` sentences before it."""
    if quantity.kind == "share":
        return distance == 0 and quantity.counted is None
    bare = is_bare(tokens, quantity)
    if distance == 0 and (bare or quantity.counted is None or quantity.counted == "Fall"):
        return True
    going_on = distance == 1 and quantity.counted is None and _goes_on(tokens, quantity)
    same = bare and same_noun(quantity.counted, resolved[whole].quantity.counted)
    return (going_on or same) and fits(resolved, whole, quantity.value)


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
    sized = tokens.before(whole.first) == "von" and tokens.before(whole.first - 1) == "höhe"
    last = whole.first - 3 if sized else whole.first - 1
    for index in range(last, max(-1, last - (_LONGEST_SIZED if sized else _LONGEST_VON_PHRASE)), -1):
        word = tokens.word(index)
        if word == "von":
            modified = all(tokens.tags[i] in ("ADV", "ADJD") for i in range(index + 1, whole.first))
            selects = _opens_clause(tokens, index) or _part_follows(tokens, whole)
            return (modified or tokens.word(index + 1) in _AFTER_VON) and selects
        if word == "aus" and index + 1 == whole.first and _opens_clause(tokens, index):
            return _selects(tokens, whole)
        if word in ("unter", "aus") or tokens.tags[index][:1] in ("V", "$"):
            return False
    return False


def _part_follows(tokens: Tokens, whole: Quantity) -> bool:
    """ "Bisher sind von [40 Radwegen] 25 fertig": a number that counts nothing of its own stands right behind."""
    part = whole.last + 1
    part += tokens.tag(part) == "ADV"  # "erst 25"
    return tokens.tag(part) == "CARD" and tokens.tag(part + 1) not in (*NOUNS, "ADJA", "CARD")


def _opens_clause(tokens: Tokens, index: int) -> bool:
    first = tokens.sentences[tokens.sentence[index]][0]
    opens = index == first or tokens.before(index) in (":", ",", "und", "–", "-", "„", ";")
    # "Das Amt hat von 90 Beschwerden 71 erledigt"; "wurde von 90 Betrieben genutzt" has an agent.
    return opens or (index > 0 and tokens.lemmas[index - 1] == "haben")


def _selects(tokens: Tokens, whole: Quantity) -> bool:
    """ "Aus 70 Ideen hat der Rat acht ausgewählt"."""
    first, stop = tokens.sentences[tokens.sentence[whole.first]]
    return any(tokens.lemmas[index] in WORDS.selecting for index in range(first, stop))


def _whole_of_pronoun(
    tokens: Tokens, quantity: Quantity, resolved: Sequence[Counted], clause_of: Sequence[int]
) -> int | None:
    """ "davon 500", "120 davon", "die Hälfte von ihnen": the pronoun stands for the last number of the same kind."""
    pronoun = _pronoun_of_whole(tokens, quantity, clause_of)
    if pronoun is None:
        return None
    clause = clause_of[quantity.first]
    parts_seen = False
    for index in range(len(resolved) - 1, -1, -1):
        candidate = resolved[index]
        whole = candidate.quantity
        if tokens.sentence[quantity.first] - tokens.sentence[whole.first] > 1:
            return None
        if not _is_of_same_kind(quantity, whole) or (pronoun < quantity.first and whole.first > pronoun):
            continue
        if _is_laid_beside(tokens, whole):
            continue
        if candidate.whole is not None and clause_of[whole.first] == clause:
            parts_seen = True
            continue
        if not is_bare(tokens, quantity) and not same_noun(quantity.counted, whole.counted):
            continue  # "davon 500 an vier Standorten"
        if _is_only_place(tokens, resolved, index):
            continue  # "37 Vorhaben in elf Ländern. Neun davon …"
        if quantity.kind == "share" or whole.value > quantity.value:
            return candidate.whole if parts_seen and candidate.whole is not None else index
    return None


def _pronoun_of_whole(tokens: Tokens, quantity: Quantity, clause_of: Sequence[int]) -> int | None:
    """The "davon" that stands beside a number, "von ihnen" behind it, or "von denen" before it."""
    first, stop = tokens.sentences[tokens.sentence[quantity.first]]
    if _PRONOUNS.isdisjoint(tokens.small[first:stop]):
        return None
    clause = clause_of[quantity.first]
    reach = 6 if tokens.before(quantity.first) == "(" else 3
    near = [i for i in range(first, stop) if clause_of[i] == clause or abs(i - quantity.first) <= reach]
    for i in near:
        behind = tokens.word(i) in WORDS.pronouns_of_whole and i > quantity.last
        if (behind or tokens.word(i) == "denen") and tokens.before(i) == "von":
            return i
    if any(tokens.lemmas[i] in WORDS.govern_von or tokens.word(i) in WORDS.govern_von for i in near):
        return None
    # "5.969 Wohnungen – hiervon 2.831": behind a mark it is of the next number.
    davon = [i for i in near if tokens.word(i) in _DAVON and _MARKS.isdisjoint(tokens.words[quantity.last + 1 : i])]
    return min(davon, key=lambda i: abs(i - quantity.first), default=None)


def _is_of_same_kind(part: Quantity, whole: Quantity) -> bool:
    """Whether one may be a part of the other: shares are parts of counts, too."""
    if part.kind == "share":
        return whole.kind in ("share", "count")
    return part.kind == whole.kind and part.unit == whole.unit


def is_bare(tokens: Tokens, quantity: Quantity) -> bool:
    """Whether a number stands without a preposition: as subject or object."""
    index = quantity.first - 1
    while index >= 0 and (
        tokens.tags[index] in ("ADV", "ADJD", "PIAT", "PTKA", "KOKOM", "ART", "ADJA")
        or tokens.words[index].lower() in ("bis", "zu", "als", "mehr")
    ):
        index -= 1
    return tokens.tag(index) not in PREPOSITIONS


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
