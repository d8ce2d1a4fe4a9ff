"""Which status a number's clause gives to what it counts."""

from collections.abc import Sequence

from extractors.claims.about.roles import is_agent
from extractors.claims.found import Found
from extractors.claims.state.patterns import STATUS
from extractors.german.syntax.structures import NounPhrase
from extractors.rules.statuses.component import StatusMention
from extractors.rules.statuses.patterns import LEXICON
from models.quantity import Quantity
from models.statuses import TRAITS, Status

_MONEY_STATUSES = frozenset(status for status, traits in TRAITS.items() if traits.of_money)
_REACH = 8
"""Tokens between a noun and its amount: "Zuschuss in Höhe von insgesamt rund 3 Millionen Euro"."""


def of_number(found: Found, quantity: Quantity) -> StatusMention | None:
    """The words that put what a number counts into a state: a participle before the noun, else the predicate."""
    own = _participle(found, quantity)
    if own is not None:
        return own
    clause = found.clause(quantity.first)
    if clause is None:
        return None
    predicates = [m for m in found.statuses_by_clause.get(clause.index, []) if m.source != "participle"]
    fitting = [m for m in predicates if _applies(found, quantity, m)]
    return _best(fitting, quantity)


def _participle(found: Found, quantity: Quantity) -> StatusMention | None:
    """ "27 bewilligte Projekte", "die beantragten 83 Vorhaben", "das beantragte Volumen von 7 Millionen Euro"."""
    for mention in found.participles_by_sentence.get(found.tokens.sentence[quantity.first], []):
        if quantity.noun is not None and mention.noun == quantity.noun and quantity.kind != "money":
            return mention
        if quantity.kind == "money" and mention.noun is not None and 0 < quantity.first - mention.noun <= 4:
            between = found.tokens.words[mention.noun + 1 : quantity.first]
            if between and between[0] in ("von", "in", "über"):
                return mention
    return None


def _applies(found: Found, quantity: Quantity, mention: StatusMention) -> bool:
    if not _governs(found, quantity, mention):
        return False
    if quantity.kind == "money":
        return mention.status in _MONEY_STATUSES
    if quantity.kind == "duration":
        return mention.status in ("extended", "paused", "planned") or mention.lemma in STATUS.lasting
    if mention.lemma in STATUS.money_only:
        return False
    phrase = found.phrase_of.get(quantity.noun if quantity.noun is not None else quantity.first)
    preposition = _preposition(found, quantity, phrase)
    if preposition is not None:
        return (
            (preposition == "um" and mention.status in ("extended", "paused"))
            or (preposition == "auf" and mention.status == "extended")
            or (preposition == "bei" and mention.status == "under_review")
            or (preposition == "für" and mention.lemma in STATUS.for_recipients)
            or (preposition == "mit" and _with_subject(found, quantity, mention))
        )
    if _is_genitive_attribute(found, quantity):
        return False
    clause = found.clauses[mention.clause]
    return not (mention.theme != "subject" and phrase is not None and is_agent(found, clause, phrase, mention.theme))


def _governs(found: Found, quantity: Quantity, mention: StatusMention) -> bool:
    """Of coordinated verbs each has its own arguments: the next one behind the number is the number's."""
    verb = found.clauses[mention.clause].verb
    if mention.source != "verb" or verb is None or len(verb.lemmas) < 2:
        return True
    carriers = [index for index in verb.nonfinite if found.tokens.tags[index] in ("VVPP", "VVINF", "VVIZU")]
    following = [index for index in carriers if index > quantity.last]
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


def is_bare(found: Found, quantity: Quantity) -> bool:
    """Whether the counted things are subject or object: no preposition, no genitive."""
    phrase = found.phrase_of.get(quantity.noun if quantity.noun is not None else quantity.first)
    return _preposition(found, quantity, phrase) is None and not _is_genitive_attribute(found, quantity)


def _is_genitive_attribute(found: Found, quantity: Quantity) -> bool:
    before = quantity.first - 1
    words, tags = found.tokens.words, found.tokens.tags
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


def by_noun(found: Found, quantity: Quantity) -> Status | None:
    """The state that a noun means by itself: filed applications are proposed, a grant "von 230 Euro" is approved."""
    if quantity.kind != "money":
        return LEXICON.nouns.get(quantity.counted or "")
    tokens = found.tokens
    first = tokens.sentences[tokens.sentence[quantity.first]][0]
    for index in range(quantity.first - 1, max(first, quantity.first - _REACH) - 1, -1):
        if tokens.tags[index][:1] in ("V", "$"):
            return None
        status = _money_noun(tokens.lemmas[index], tokens.words[index + 1 : quantity.first])
        if tokens.tags[index] == "NN" and status is not None:
            return status
    return None


def _money_noun(lemma: str, between: list[str]) -> Status | None:
    for link, statuses in LEXICON.money_nouns.items():
        if link in between:
            return next((status for noun, status in statuses.items() if lemma.endswith((noun, noun.lower()))), None)
    return None
