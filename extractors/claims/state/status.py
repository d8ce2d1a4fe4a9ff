"""Which status a number's clause gives to what it counts."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.claims.about.roles import is_agent
from extractors.claims.attribute import Attribute, attribute_around
from extractors.claims.found import Found
from extractors.claims.state.by_noun import by_noun
from extractors.claims.state.patterns import STATUS
from extractors.german.syntax.structures import Clause, NounPhrase
from extractors.german.words.transparent import TRANSPARENT_NOUNS
from extractors.rules.statuses.mention import StatusMention
from extractors.rules.statuses.patterns import NOUNS
from models.quantity import Quantity
from models.statuses import TRAITS, Status

_MONEY_STATUSES = frozenset(status for status, traits in TRAITS.items() if traits.of_money)
_OF_DEEDS: frozenset[Status] = frozenset({"planned", "approved", "started", "in_progress", "completed"})
_NEAR = 4
"""Tokens between a number and a participle that says something of what it counts."""


def of_number(found: Found, quantity: Quantity) -> StatusMention | None:
    """The words that put what a number counts into a state: a participle before the noun, else the predicate."""
    own = _participle(found, quantity) or _of_event(found, quantity)
    if own is not None:
        return own
    clause = found.clause(quantity.first)
    if clause is None:
        return None
    attribute = attribute_around(found, quantity.first, quantity.last)
    if attribute is not None:
        return _of_attribute(found, quantity, attribute)
    clause = _but(found, clause, quantity) or clause
    predicates = [m for m in found.statuses_by_clause.get(clause.index, []) if m.source not in ("participle", "event")]
    best = _best([m for m in predicates if _applies(found, quantity, m)], quantity)
    if best is None:
        return _of_relative(found, quantity) or _inherited(found, quantity)
    if quantity.kind == "money" and best.status in ("completed", "in_progress") and by_noun(found, quantity):
        return None
    return _to_its_extent(found, quantity, best)


def _participle(found: Found, quantity: Quantity) -> StatusMention | None:
    """ "27 bewilligte Projekte", "die beantragten 83 Vorhaben", "das beantragte Volumen von 7 Millionen Euro"."""
    for mention in found.participles_by_sentence.get(found.tokens.sentence[quantity.first], []):
        if mention.noun is None or mention.states == "names":
            continue
        if quantity.kind == "money":
            between = found.tokens.words[mention.noun + 1 : quantity.first]
            if between and len(between) < _NEAR and between[0] in ("von", "in", "über"):
                return mention
            if mention.status == "approved" and _amount_before(found, quantity, mention):
                return mention
        elif _counts(found, quantity, mention):
            return mention
    return None


def _amount_before(found: Found, quantity: Quantity, mention: StatusMention) -> bool:
    """ "der mit 17 Millionen Euro [geförderte] Bau"."""
    before = found.tokens.words[quantity.first - _NEAR : quantity.first]
    return quantity.last + 1 == mention.first and "mit" in [word.lower() for word in before]


def _counts(found: Found, quantity: Quantity, mention: StatusMention) -> bool:
    """Whether a participle stands in a number's phrase: "14 fertige und 6 [laufende] Bauten" has one each."""
    if quantity.kind == "duration":
        return False
    if quantity.noun is None:
        behind = [m for m in found.quantities if quantity.last < m.first < mention.first]
        return 0 < mention.first - quantity.last < _NEAR and not behind
    elided = (q for q in found.quantities if q.noun is None and 0 < mention.first - q.last < _NEAR)
    return mention.noun == quantity.noun and (mention.first > quantity.first or not any(elided))


def _of_event(found: Found, quantity: Quantity) -> StatusMention | None:
    """ "[Fertigstellung] der drei Konzepte", "[Verlängerung] um vier Wochen"."""
    phrase = _phrase(found, quantity)
    if phrase is None:
        return None
    for mention in found.statuses_by_clause.get(found.clause_of[quantity.first], []):
        if mention.source != "event" or mention.states == "names" or mention.first >= quantity.first:
            continue
        behind = mention.last + 1
        of_it = (
            quantity.kind != "duration"
            and behind in (phrase.start, phrase.preposition)
            and (found.tokens.words[behind].lower() in ("der", "von", "dieser", "seiner", "ihrer"))
        )
        by_it = mention.status == "extended" and "um" in found.tokens.words[mention.first : quantity.first]
        if (of_it or by_it) and (quantity.kind != "money" or mention.status in _MONEY_STATUSES):
            return mention
    return None


def _of_relative(found: Found, quantity: Quantity) -> StatusMention | None:
    """ "Mittel in Höhe von 67.000 Euro, [die der Bezirk beisteuerte]": the relative clause behind the number."""
    end = max(quantity.last, quantity.noun or 0)
    clause = found.relative_clauses.get(end + 1) or found.relative_clauses.get(end + 2)
    if clause is None or found.tokens.tags[clause.tokens[0]] != "PRELS" or quantity.kind == "duration":
        return None
    told = (m for m in found.statuses_by_clause.get(clause.index, []) if m.source in ("verb", "phrase"))
    fitting = (m for m in told if m.states != "names" and (quantity.kind != "money" or m.status in _MONEY_STATUSES))
    return next((m for m in fitting if m.clause not in found.clauses_with_numbers), None)


def _inherited(found: Found, quantity: Quantity) -> StatusMention | None:
    """ "27 Projekte wurden bewilligt, [darunter] fünf in Hagen": what is said of all is said of some."""
    clause = found.clause(quantity.first)
    if clause is None or clause.verb is not None:
        return None
    among = found.once_in(_among, clause.index)
    if among is None or among >= quantity.first:
        return None
    beside = found.quantities_by_sentence.get(found.tokens.sentence[quantity.first], [])
    earlier = [other for other in beside if other.last < quantity.first and other.kind == quantity.kind]
    return of_number(found, earlier[-1]) if earlier else None


def _among(found: Found, clause: int) -> int | None:
    """The first "darunter" of a clause."""
    return min((i for i in found.clauses[clause].tokens if found.tokens.small[i] in STATUS.among), default=None)


def _to_its_extent(found: Found, quantity: Quantity, mention: StatusMention) -> StatusMention:
    """ "10 ganz erreicht, 8 [überwiegend] und 6 nur [teilweise]": up to the next number or the end of the clause."""
    if mention.status not in ("completed", "in_progress") or mention.source != "verb":
        return mention
    clause = found.clause(quantity.first)
    end = clause.end if clause is not None else len(found.tokens.words)
    behind = range(quantity.last + 1, end)
    following = next((token for token in behind if token in found.number_starts), end)
    words = found.tokens.words[quantity.last + 1 : following]
    lower = [word.lower() for word in words]
    unfinished = not (NOUNS.partly | NOUNS.nearly).isdisjoint(lower)
    if unfinished or any(part in " ".join(words) for part in NOUNS.partly_phrases):
        return replace(mention, status="in_progress", underway=None)
    return mention if NOUNS.wholly.isdisjoint(lower) else replace(mention, status="completed", underway=None)


def _phrase(found: Found, quantity: Quantity) -> NounPhrase | None:
    """The noun phrase of a number; in "20 Schülerinnen und Schüler" the first of the pair."""
    own = found.phrase_of.get(quantity.first)
    counted = own if quantity.noun is None else found.phrase_of.get(quantity.noun)
    return own if own is not None and quantity.kind == "count" else counted


def _but(found: Found, clause: Clause, quantity: Quantity) -> Clause | None:
    """ "wurden nicht abgelehnt, [sondern bewilligt]": what holds instead of what is denied."""
    if clause.verb is None or not clause.verb.negation or clause.index + 1 == len(found.clauses):
        return None
    following = found.clauses[clause.index + 1]
    opens = found.tokens.word(following.tokens[0]) == "sondern" and quantity.last < following.start
    return following if opens and found.statuses_by_clause.get(following.index) else None


def _of_attribute(found: Found, quantity: Quantity, attribute: Attribute) -> StatusMention | None:
    """ "der mit 3 Millionen Euro geförderte Anbau": in an attribute its participle alone tells of money."""
    sentence = found.tokens.sentence[quantity.first]
    mentions = (m for m in found.participles_by_sentence.get(sentence, []) if m.first == attribute.participle)
    return next((m for m in mentions if quantity.kind == "money" and m.status in _MONEY_STATUSES), None)


def _applies(found: Found, quantity: Quantity, mention: StatusMention) -> bool:
    if mention.states == "names" or not _governs(found, quantity, mention):
        return False
    if quantity.kind == "money":
        return mention.status in _MONEY_STATUSES
    if quantity.kind == "duration":
        framed = _preposition(found, quantity, _phrase(found, quantity)) == "in"
        lasts = mention.status in ("extended", "paused", "planned") or mention.lemma in STATUS.lasting
        return lasts and not framed
    if mention.lemma in STATUS.money_only:
        return False
    phrase = _phrase(found, quantity)
    preposition = _preposition(found, quantity, phrase)
    if preposition is not None:
        return _applies_behind(found, quantity, mention, preposition)
    if _is_genitive_attribute(found, quantity):
        return False
    clause = found.clauses[mention.clause]
    return not (mention.theme != "subject" and phrase is not None and is_agent(found, clause, phrase, mention.theme))


def _applies_behind(found: Found, quantity: Quantity, mention: StatusMention, preposition: str) -> bool:
    """What a predicate says of a number behind a preposition."""
    return (
        (preposition == "um" and mention.status in ("extended", "paused"))
        or (preposition == "bei" and mention.status == "under_review")
        or (preposition == "für" and mention.lemma in STATUS.for_recipients)
        or (preposition == "mit" and (_with_subject(found, quantity, mention) or _takes_along(quantity, mention)))
        or (preposition in STATUS.places_of_deeds and mention.status in _OF_DEEDS and _tells_of_deed(found, mention))
    )


def _tells_of_deed(found: Found, mention: StatusMention) -> bool:
    """ "Für 33 Brücken ist die [Instandsetzung] abgeschlossen": what is done to what the number counts."""
    phrases = (found.phrase_of.get(index) for index in found.clauses[mention.clause].tokens)
    heads = {p.head for p in phrases if p is not None and p.preposition is None and p.parent is None}
    lemmas = (found.tokens.lemmas[head] for head in heads)
    return any(lemma in TRANSPARENT_NOUNS or lemma.endswith("ung") for lemma in lemmas)


def _governs(found: Found, quantity: Quantity, mention: StatusMention) -> bool:
    """Of coordinated verbs each has its own arguments: the next one behind the number is the number's."""
    verb = found.clauses[mention.clause].verb
    if mention.source != "verb" or verb is None or len(verb.lemmas) < 2:
        return True
    carriers = [index for index in verb.nonfinite if found.tokens.tags[index] in ("VVPP", "VVINF", "VVIZU")]
    # "wurden nicht abgelehnt, sondern bewilligt": the one behind "sondern" is what holds.
    but = [index for index in found.clauses[mention.clause].tokens if found.tokens.word(index) == "sondern"]
    following = [index for index in carriers if index > max([quantity.last, *but])]
    return not following or mention.first == following[0]


def _preposition(found: Found, quantity: Quantity, phrase: NounPhrase | None) -> str | None:
    if phrase is not None and phrase.preposition is not None and not _dates(found, phrase, quantity):
        word = found.tokens.words[phrase.preposition].lower()
        if word in ("zwischen", "bis") and quantity.value_to is not None:
            return None  # "zwischen 200 und 240 Anträge": part of the range
        compared = (
            quantity.cue is not None and quantity.cue[0] <= found.tokens.starts[phrase.preposition] < quantity.cue[1]
        )
        return None if compared else word
    return None


def _dates(found: Found, phrase: NounPhrase, quantity: Quantity) -> bool:
    """ "seit 2020 118 Projekte": the preposition belongs to the year before the number."""
    periods = found.periods_by_sentence.get(found.tokens.sentence[quantity.first], [])
    return any(phrase.preposition is not None and phrase.preposition < p.last < quantity.first for p in periods)


def _with_subject(found: Found, quantity: Quantity, mention: StatusMention) -> bool:
    """ "25 Standorte mit 7.000 Plätzen sind in Vorbereitung": the places share their sites' state."""
    earlier = [q for q in found.quantities if q.kind == "count" and 0 < quantity.first - q.last <= 8]
    return bool(earlier) and mention.source == "phrase" and found.clause_of[earlier[-1].first] == mention.clause


def _takes_along(quantity: Quantity, mention: StatusMention) -> bool:
    """ "Im Mai startet das Programm mit 60 Schulen": they begin with it."""
    return quantity.kind == "count" and mention.theme != "object" and mention.status in STATUS.taking_along


def is_bare(found: Found, quantity: Quantity) -> bool:
    """Whether the counted things are subject or object: no preposition, no genitive."""
    phrase = _phrase(found, quantity)
    return _preposition(found, quantity, phrase) is None and not _is_genitive_attribute(found, quantity)


def _is_genitive_attribute(found: Found, quantity: Quantity) -> bool:
    """ "der Bau der 12 Schulen", "31 der insgesamt 58 Vorhaben"."""
    words, tags = found.tokens.words, found.tokens.tags
    before = quantity.first - 1
    while before > 0 and tags[before] in ("ADV", "ADJD", "ADJA"):
        before -= 1
    return (
        before > 0
        and words[before].lower() in ("der", "dieser", "aller")
        and tags[before - 1] in ("NN", "NE", "PIS", "CARD")
    )


def _best(mentions: Sequence[StatusMention], quantity: Quantity) -> StatusMention | None:
    """The predicate of a number: a phrase around it, else the next one behind it, else the last one before.

    "sind 42 abgeschlossen und 16 in Umsetzung": behind each number comes its own predicate.
    """
    # "planen, 500 Wohnungen zu bauen" speaks of building; that it is planned is its modality.
    done = [m for m in mentions if m.lemma not in STATUS.planning] or mentions

    def place(mention: StatusMention) -> tuple[int, int, bool]:
        if mention.first < quantity.first and quantity.last < mention.last:
            return 0, 0, False
        if mention.first > quantity.last:
            return 1, mention.first - quantity.last, mention.source != "phrase"
        return 2, quantity.first - mention.last, mention.source != "phrase"

    return min(done, key=place, default=None)
