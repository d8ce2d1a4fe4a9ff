"""The state that a noun means by itself: filed applications are proposed, a grant "von 230 Euro" is approved."""

from extractors.claims.found import Found
from extractors.claims.state.patterns import STATUS
from extractors.rules.statuses.patterns import NOUNS, by_end, ends_so
from models.quantity import Quantity
from models.statuses import Status

_REACH = 8
"""Tokens between a noun and its amount: "Zuschuss in Höhe von insgesamt rund 3 Millionen Euro"."""
_IN_BRACKET = 3
"""Tokens between a bracket and its amount: "(insgesamt rund 96.000 Euro)"."""


def by_noun(found: Found, quantity: Quantity) -> Status | None:
    """The state of what is counted, or of the amount by the noun next to it."""
    if quantity.kind != "money":
        return by_end(quantity.counted or "", NOUNS.counted)
    return next((status for place in _PLACES if (status := place(found, quantity)) is not None), None)


def _before(found: Found, quantity: Quantity) -> Status | None:
    """ "Zuschuss in Höhe von 3 Millionen Euro", "Aufstockung der Mittel für die Kasse um 500.000 Euro"."""
    tokens = found.tokens
    first = tokens.sentences[tokens.sentence[quantity.first]][0]
    raised = "um" in tokens.words[max(first, quantity.first - 2) : quantity.first]
    for index in range(quantity.first - 1, max(first, quantity.first - _REACH) - 1, -1):
        if tokens.tags[index][:1] in ("V", "$"):
            return None
        if tokens.tags[index] == "NN" and tokens.lemmas[index] not in STATUS.sizes:
            status = by_end(tokens.lemmas[index], NOUNS.money_before)
            if not raised or status == "extended":
                return status
    return None


def _behind(found: Found, quantity: Quantity) -> Status | None:
    """ "19.500 Euro Fördermittel", "40 Millionen Euro aus dem Bundesprogramm"."""
    tokens, behind = found.tokens, quantity.last + 1
    if tokens.tag(behind) == "NN" and ends_so(tokens.lemmas[behind], NOUNS.money_after):
        return "approved"
    phrase = found.phrase_of.get(behind + 1)
    if tokens.word(behind) != "aus" or phrase is None or phrase.preposition != behind:
        return None
    return "approved" if ends_so(tokens.lemmas[phrase.head], NOUNS.money_from) else None


def _measured(found: Found, quantity: Quantity) -> Status | None:
    """ "Die Fördersumme [beträgt] 195.000 Euro", "die bereitgestellten Mittel liegen bei 18 Millionen Euro"."""
    clause = found.clause(quantity.first)
    if clause is None or clause.verb is None or clause.verb.lemma not in STATUS.amounting:
        return None
    granted = (m for m in found.statuses_by_clause.get(clause.index, []) if m.source == "participle")
    if any(mention.status == "approved" for mention in granted):
        return "approved"
    phrases = (found.phrase_of.get(index) for index in clause.tokens)
    subjects = (p for p in phrases if p is not None and p.preposition is None and p.parent is None)
    states = (by_end(found.tokens.lemmas[phrase.head], NOUNS.money_before) for phrase in subjects)
    return next((status for status in states if status is not None), None)


def _in_brackets(found: Found, quantity: Quantity) -> Status | None:
    """ "Das Land fördert die Musikschule (42.000 Euro)", "Die größten Zuwendungen gehen nach Ried (3 Mio. Euro)"."""
    tokens = found.tokens
    if "(" not in tokens.words[max(0, quantity.first - _IN_BRACKET) : quantity.first]:
        return None
    first, _ = tokens.sentences[tokens.sentence[quantity.first]]
    clauses = {found.clause_of[index] for index in range(first, quantity.first)}
    told = (m for clause in clauses for m in found.statuses_by_clause.get(clause, []) if m.source != "event")
    granted = any(mention.status == "approved" and mention.first < quantity.first for mention in told)
    nouns = (tokens.lemmas[index] for index in range(first, quantity.first) if tokens.tags[index] == "NN")
    return "approved" if granted or any(by_end(noun, NOUNS.money_before) == "approved" for noun in nouns) else None


def _in_headline(found: Found, quantity: Quantity) -> Status | None:
    """ "Rund 6 Millionen Euro [für] 14 Kommunen": a headline without a verb tells of money that is given."""
    tokens, clause = found.tokens, found.clause(quantity.first)
    if quantity.start >= found.title_end or clause is None or clause.verb is not None:
        return None
    governed = tokens.tag(quantity.first - 1) == "APPR" and quantity.cue is None
    behind = tokens.words[quantity.last + 1 : quantity.last + 1 + _REACH]
    given = not STATUS.given.isdisjoint(word.lower() for word in behind)
    return "approved" if given and not governed else None


_PLACES = (_before, _behind, _measured, _in_brackets, _in_headline)
