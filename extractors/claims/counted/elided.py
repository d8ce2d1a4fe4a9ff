"""Nouns that a number leaves out ("16 weitere", "auf 71"), and numbers that are pronouns ("eines", "keine")."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal
from functools import cache, partial
from itertools import pairwise, takewhile

from extractors.claims.counted.patterns import WORDS
from extractors.claims.counted.whole import Counted, introduces_partition, is_whole_right_after, same_noun
from extractors.german.syntax.structures import FINITE
from extractors.german.words.compounds import nouns
from extractors.german.words.lemmas import lemma
from extractors.tokens import DETERMINERS, PREPOSITIONS, Tokens
from models.quantity import Quantity

_FUNCTION_TAGS = frozenset({"APPR", "APPRART", "KON", "ADV", "KOKOM", "PTKA", "ART", "CARD", "$,", "ADJD", "NE"})
_NAMES_BETWEEN = _FUNCTION_TAGS | {"NN", "ADJA"}
_NEAR = 8
"""Tokens between a compound such as "Platzzahl" and the number of its things."""
_ALL = 100
"""Percent that parts of one whole may have together."""
_AHEAD = 4
"""Tokens between a number and the next that carries their noun."""


def elided(
    tokens: Tokens,
    quantity: Quantity,
    following: Quantity | None,
    resolved: Sequence[Counted],
) -> str | None:
    """The noun that a number leaves out, from its neighbours in the same sentence."""
    if quantity.value % 1:
        return None  # an index or a rate: "liegt bei 0,98"
    return (
        _of_following(tokens, quantity, following)
        or number_of(tokens, quantity, resolved)
        or _of_earlier(tokens, quantity, resolved)
        or _of_changing(tokens, quantity)
        or _of_number_behind(tokens, quantity)
    )


def _of_following(tokens: Tokens, quantity: Quantity, following: Quantity | None) -> str | None:
    """ "von 40 auf [55 Plätze]", "14 neue und [6 alte Höfe]", "Ried mit 52 und die Stadt mit [37 Stellen]".

    "Am Nordhafen entstehen 200, am Südhafen [340 Wohnungen]".
    """
    if following is None or following.kind != "count" or not following.counted:
        return None
    if tokens.sentence[following.first] != tokens.sentence[quantity.first]:
        return None
    between = range(quantity.last + 1, following.first)
    near = len(between) <= _AHEAD and all(tokens.tags[i] in _FUNCTION_TAGS | {"ADJA"} for i in between)
    alike = tokens.before(quantity.first) == tokens.before(following.first) and tokens.tag(quantity.first - 1) == "APPR"
    paired = tokens.word(quantity.last + 1) in (",", "und") and tokens.tag(quantity.last + 2) in PREPOSITIONS
    names = all(tokens.tags[i] in _NAMES_BETWEEN or tokens.words[i] in "„“»«" for i in between)
    named = (alike or paired) and len(between) <= 2 * _AHEAD and names
    instead = "statt" in (tokens.before(quantity.first), tokens.before(quantity.first - 1))
    return following.counted if near or named or instead else None


def _of_earlier(tokens: Tokens, quantity: Quantity, resolved: Sequence[Counted]) -> str | None:
    sentence = tokens.sentence[quantity.first]
    for counted in reversed(resolved):
        other = counted.quantity
        if tokens.sentence[other.first] < sentence - 1 or other.kind != "count":
            return None
        if tokens.sentence[other.first] == sentence or _further(tokens, quantity):
            return other.counted
    return None


def _of_changing(tokens: Tokens, quantity: Quantity) -> str | None:
    """ "Die Übernachtungen stiegen um [3.000] auf [40.000]": the subject that opens the sentence."""
    if tokens.before(quantity.first) not in ("um", "auf"):
        return None
    opening, stop = tokens.sentences[tokens.sentence[quantity.first]]
    subject = opening + (tokens.word(opening) == "die")
    while tokens.tag(subject) == "ADJA":
        subject += 1
    finite = next((index for index in range(subject, stop) if tokens.tags[index] in FINITE), None)
    if tokens.tag(subject) != "NN" or finite is None or finite > quantity.first:
        return None
    lemma = tokens.lemmas[subject]
    several = tokens.words[finite].endswith("n") and not lemma.lower().endswith(WORDS.no_things)
    return lemma if several and tokens.lemmas[finite] in WORDS.changing else None


def _of_number_behind(tokens: Tokens, quantity: Quantity) -> str | None:
    """ "Auf [412.000] gestiegen ist die Zahl der Ausleihen"."""
    _, stop = tokens.sentences[tokens.sentence[quantity.first]]
    if tokens.before(quantity.first) != "auf":
        return None
    behind = (i for i in range(quantity.last + 1, stop - 2) if tokens.lemmas[i].lower().endswith(WORDS.number_nouns))
    of = next((i + 2 for i in behind if tokens.word(i + 1) in ("der", "von")), None)
    return tokens.lemmas[of] if of is not None and tokens.tag(of) == "NN" else None


def noun_of_share(tokens: Tokens, quantity: Quantity, resolved: Sequence[Counted]) -> str | None:
    """ "(12 Kliniken, 63 %)": a share right behind a count is one of the same things; so is their number's change."""
    if resolved and resolved[-1].quantity.kind == "count":
        last = resolved[-1].quantity
        between = tokens.text[last.end : quantity.start].strip(" ")
        if between in (",", "(", "oder", "bzw.", "das heißt", ", das heißt"):
            return last.counted
    return _of_share_before(tokens, quantity, resolved) or number_of(tokens, quantity, resolved)


def _of_share_before(tokens: Tokens, quantity: Quantity, resolved: Sequence[Counted]) -> str | None:
    """ "Zwei Drittel der Stellen sind besetzt, ein Drittel nicht": of the same, since both are no more than all."""
    before = resolved[-1].quantity if resolved else None
    if before is None or before.kind != "share" or tokens.sentence[before.first] != tokens.sentence[quantity.first]:
        return None
    joined = tokens.before(quantity.first) in (",", "und", ";") and before.value + quantity.value <= _ALL
    return before.counted if joined else None


def _further(tokens: Tokens, quantity: Quantity) -> bool:
    """Whether the words around a number say that it goes on counting what the sentence before counted."""
    beside = (tokens.before(quantity.first), tokens.word(quantity.last + 1))
    around = tokens.words[max(0, quantity.first - 2) : quantity.last + 3]
    goes_on = any(word.lower().startswith(WORDS.further) for word in around)
    opens = quantity.first == tokens.sentences[tokens.sentence[quantity.first]][0]
    alone = opens and tokens.tag(quantity.last + 1) in FINITE  # "16 laufen."
    return goes_on or alone or any(word in WORDS.auxiliaries for word in beside)


def number_of(tokens: Tokens, quantity: Quantity, resolved: Sequence[Counted]) -> str | None:
    """ "Die Zahl der Anträge fiel um 3 Prozent auf 71": the genitive of a noun that means a number.

    It stands behind the last number that counts; else "Bei den Azubis …" says what a new level is one of.
    """
    opening, stop = tokens.sentences[tokens.sentence[quantity.first]]
    beside = takewhile(lambda counted: counted.quantity.first >= opening, reversed(resolved))
    counts = (counted.quantity.last + 1 for counted in beside if counted.quantity.kind == "count")
    first = max(opening, next(counts, 0))
    for index in tokens.nouns_between(first, quantity.first - 2):
        if (
            tokens.tags[index] == "NN"
            and tokens.lemmas[index].lower().endswith(WORDS.number_nouns)
            and tokens.words[index + 1].lower() in ("der", "von", "an")
        ):
            behind = range(index + 2, min(index + 6, stop))
            noun = next((i for i in behind if tokens.tags[i] == "NN" and tokens.words[i][0].isalpha()), None)
            if noun is not None:
                return tokens.lemmas[noun]
    for index in tokens.nouns_between(max(first, quantity.first - _NEAR), quantity.first):
        told = tokens.tag(index - 1) in DETERMINERS or tokens.tag(index + 1)[:1] == "V"  # else it heads a column
        if tokens.tags[index] == "NN" and told and (counted := _in_compound(tokens.lemmas[index])) is not None:
            return counted
    topic = [tokens.word(opening), tokens.word(opening + 1), tokens.tag(opening + 2), tokens.before(quantity.first)]
    return tokens.lemmas[opening + 2] if topic == ["bei", "den", "NN", "auf"] and first == opening else None


def _in_compound(noun: str) -> str | None:
    """What a compound has the number of: "Mitgliederzahl", "Besuchszahlen"; none of "Kennzahl"."""
    counted = noun.lower().removesuffix("zahl")
    if len(counted) in (len(noun), 0) or counted in WORDS.no_number_of:
        return None
    forms = (counted, counted.removesuffix("s"))
    lemmas = (lemma(form.capitalize(), "NN") for form in forms)
    return next((each for each in lemmas if each.lower() in nouns() or each.endswith(("loser", "ender"))), None)


def with_number_pronouns(tokens: Tokens, quantities: Sequence[Quantity]) -> list[Quantity]:
    """ "eines ist abgeschlossen": one and none count where they stand in a partition next to other numbers."""
    result = list(quantities)
    is_taken_up = cache(partial(_is_taken_up, tokens))
    wholes = [
        q
        for q in quantities
        if q.kind == "count"
        and q.counted
        and (introduces_partition(tokens, q) or is_taken_up(tokens.sentence[q.first]))
    ]
    wholes += [b for a, b in pairwise(quantities) if b.counted and is_whole_right_after(tokens, a, b)]
    taken = {index for quantity in quantities for index in range(quantity.first, quantity.last + 1)}
    counts = [quantity for quantity in quantities if quantity.kind == "count"]
    pronouns = [index for index, word in enumerate(tokens.small) if word in WORDS.number_pronouns] if wholes else []
    for whole in wholes:
        sentence = tokens.sentence[whole.first]
        first, _ = tokens.sentences[sentence]
        stop = tokens.sentences[min(sentence + 1, len(tokens.sentences) - 1)][1]
        begin, end = (bisect_left(counts, place, key=lambda q: q.first) for place in (first, stop))
        if all(q is whole for q in counts[begin:end]):
            continue
        for index in pronouns[bisect_right(pronouns, whole.last) : bisect_left(pronouns, stop)]:
            quantity = _number_pronoun(tokens, index, whole)
            if quantity is not None and index not in taken:
                result.append(quantity)
                taken.update(range(quantity.first, quantity.last + 1))
    return sorted(result, key=lambda q: (q.first, q.last))


def _is_taken_up(tokens: Tokens, sentence: int) -> bool:
    """Whether the sentence behind another goes on with "davon" or "von ihnen"."""
    following = sentence + 1
    if following >= len(tokens.sentences):
        return False
    first, stop = tokens.sentences[following]
    words = tokens.small[first:stop]
    return "davon" in words or any(a == "von" and b in WORDS.pronouns_of_whole for a, b in pairwise(words))


def _number_pronoun(tokens: Tokens, index: int, whole: Quantity) -> Quantity | None:
    value = WORDS.number_pronouns[tokens.small[index]]
    if tokens.tag(index - 1) in PREPOSITIONS:
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
