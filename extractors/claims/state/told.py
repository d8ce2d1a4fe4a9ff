"""Which status a number's sentence gives to what it counts: what speaks for each status told there, weighed.

    Von 40 Anträgen sind 12 [bewilligt] und 20 [abgelehnt]. || 12 approved, 20 rejected
    Der Platz wurde mit 3 Linden [eröffnet]. || the lindens are not opened

Rules say which one they would take (`status.of_number`, `by_noun`). Weights: extractors/decisions/weights/told.json.
"""

import math
from dataclasses import dataclass

from extractors.claims.about.roles import is_agent
from extractors.claims.counted.whole import introduces_partition, is_whole_of_number_before
from extractors.claims.found import Found
from extractors.claims.state import status
from extractors.claims.state.by_noun import by_noun
from extractors.claims.state.number_place import NumberPlace, has_its_number, is_of_clause, is_of_main
from extractors.claims.state.patterns import STATUS
from extractors.decisions import Linear, learned
from extractors.german.syntax.structures import Clause, NounPhrase
from extractors.german.words.persons import is_role
from extractors.rules.projects.classes import is_institutional
from extractors.rules.statuses.mention import StatusMention
from models.quantity import Quantity
from models.statuses import TRAITS, Status

_NEAR = 4
"""Tokens before an amount in which its noun stands."""


_BEFORE_ITEM = frozenset({",", ";", ":", "und", "sowie"})
_BEHIND_ITEM = frozenset({",", ";", ".", "und", "sowie"})
_BEHIND_LABEL = frozenset({":", "–"})
_OF_LABEL = frozenset({"verb", "phrase", "participle"})
"""What in a label tells a status: an event there ("Eröffnungen: 3") is what is counted."""


@dataclass(frozen=True, slots=True)
class ToldStatus:
    """A status, by the words that tell it (`mention`), or by the noun of what is counted."""

    mention: StatusMention | None
    by_noun: Status | None

    def is_told_as(self, wanted: Status | None) -> bool:
        """Whether it may be told as a status, whatever its modality is."""
        if self.mention is None:
            return self.by_noun == wanted
        return wanted in self.mention.may_tell


NOTHING = ToldStatus(None, None)
_GRANTED = ToldStatus(None, "approved")
"""Money of which no single word says that it is granted: "800.000 Euro gehen an die Bühnen"."""
_GRANT_AHEAD = 0.3
"""How far a grant that no single word tells must be ahead: a wrong one misleads."""

_OVER: frozenset[Status] = frozenset({"completed", "continued"})
"""What goes on in another form was completed: "abgeschlossen oder verstetigt" leaves nothing open."""


def of_number(found: Found, quantity: Quantity, weights: Linear | None = None) -> ToldStatus:
    """The status of what a number counts."""
    own = _of_label(found, quantity) or _of_item(found, quantity)
    if own is not None:
        return ToldStatus(own, None)
    told = alternatives(found, quantity)
    if len(told) == 1:
        return told[0][0]
    linear = weights or learned("told")
    likely = max(told, key=lambda one: linear.score(one[1]) - _GRANT_AHEAD * (one[0] is _GRANTED))[0]
    if likely.mention is None:
        return likely
    undecided = found.once_in(_either_or, found.tokens.sentence[likely.mention.first])
    return NOTHING if likely.mention in undecided else likely


def _either_or(found: Found, sentence: int) -> frozenset[StatusMention]:
    """ "[abgeschlossen] oder [in Umsetzung]": which of the two is not told; "saniert oder gebaut" is one state."""
    here = found.statuses_by_sentence.get(sentence, ())
    undecided: set[StatusMention] = set()
    for either in here:
        if found.tokens.word(either.last + 1) in STATUS.either:
            other = min((m for m in here if m.first > either.last), key=lambda m: m.first, default=None)
            if other is None:
                undecided.add(either)
            elif other.status != either.status and not {either.status, other.status} <= _OVER:
                undecided |= {either, other}
    return frozenset(undecided)


def _of_label(found: Found, quantity: Quantity) -> StatusMention | None:
    """ "Abgeschlossene Projekte 2024: 42", "davon umgesetzt: 37": a label speaks of its number alone."""
    tokens, mark = found.tokens, quantity.first - 1
    if mark < 1 or tokens.words[mark] not in _BEHIND_LABEL:
        return None
    last = mark - 2 if tokens.tags[mark - 1] == "CARD" else mark - 1
    here = found.statuses_by_sentence.get(tokens.sentence[quantity.first], ())
    # "Sanierte Spielplätze im Stadtgebiet: 27"
    told = (m for m in here if last == m.last or (m.noun is not None and m.noun in (last, quantity.noun)))
    fitting = (mention for mention in told if mention.states != "names" and mention.source in _OF_LABEL)
    return next((mention for mention in fitting if not _is_sentence(found, mention)), None)


def _of_item(found: Found, quantity: Quantity) -> StatusMention | None:
    """ "18 abgeschlossen, 7 in Umsetzung, [2] eingestellt": in a list each number has its state behind it."""
    tokens, last = found.tokens, quantity.last
    if tokens.before(quantity.first) not in _BEFORE_ITEM or (quantity.noun is not None and quantity.noun != last):
        return None
    here = found.statuses_by_sentence.get(tokens.sentence[quantity.first], ())
    behind = (m for m in here if m.first == last + 1 and m.states != "names" and m.source in _OF_LABEL)
    return next((m for m in behind if tokens.word(m.last + 1) in _BEHIND_ITEM), None)


def _is_sentence(found: Found, mention: StatusMention) -> bool:
    """Whether status words have a finite verb: what comes before a colon is no label then."""
    verb = found.clauses[mention.clause].verb if mention.clause >= 0 else None
    return verb is not None and verb.finite is not None


def alternatives(found: Found, quantity: Quantity) -> list[tuple[ToldStatus, dict[str, float]]]:
    """What may be told of a number, with all that speaks for or against it; nothing at all comes last."""
    ruled, place = status.of_number(found, quantity), NumberPlace.of(found, quantity)
    # An application that was made is one; what a part of them is told to be, is not said by their noun.
    noun = by_noun(found, quantity) if ruled is None and place.whole is None else None
    shared, tokens = _Shared(found, quantity), found.tokens
    sentence = tokens.sentence[quantity.first]
    mentions = [
        mention
        for mention in found.statuses_by_sentence.get(sentence, ())
        if not place.is_beside(mention) and (mention is ruled or not has_its_number(found, mention, quantity))
    ]
    if ruled is not None and place.is_beside(ruled):
        ruled = None
    # "42 der [73 Projekte] laufen", "Von den [73 Projekten] laufen 42": only "der 73 bewilligten" is of the 73.
    if is_whole_of_number_before(found, quantity) or introduces_partition(tokens, quantity):
        mentions = [mention for mention in mentions if mention.source == "participle"]
        ruled = ruled if ruled in mentions else None
    mentions = [mention for mention in mentions if not _votes(found, quantity, mention)]
    if ruled is not None and _votes(found, quantity, ruled):
        ruled = None
    # "ein Antragsvolumen von 8 Millionen Euro": whatever else the sentence tells, this was asked for.
    if quantity.kind == "money" and by_noun(found, quantity) == "proposed":
        mentions = [mention for mention in mentions if mention.status == "proposed"]
        ruled = ruled if ruled in mentions else None
        noun = noun if ruled else "proposed"
    if any(mention is ruled and is_of_clause(found, mention, quantity) for mention in mentions):
        # "… sind 42 fertig, [acht] sind im Bau": what another main clause says is of its own number
        mentions = [m for m in mentions if is_of_clause(found, m, quantity) or not is_of_main(found, m)]
    if ruled is not None and ruled not in mentions:
        of_sentence = [m for m in mentions if (m.first, m.last) == (ruled.first, ruled.last)]
        mentions = [m for m in mentions if m not in of_sentence] + [ruled]
    made = [(ToldStatus(m, None), shared.of_mention(m, ruled)) for m in mentions if m.states != "names"]
    if noun is not None:
        made.append((ToldStatus(None, noun), shared.of_noun(noun)))
    elif quantity.kind == "money" and ruled is None and tokens.before(quantity.first) not in STATUS.of_a_noun:
        made.append((_GRANTED, shared.of_grant()))
    made.append((NOTHING, shared.of_none(ruled, noun, made)))
    return made


def _votes(found: Found, quantity: Quantity, mention: StatusMention) -> bool:
    """ "120 Abgeordnete haben den Antrag angenommen", "mit 120 Stimmen beschlossen": who decides is not decided on."""
    if mention.lemma not in STATUS.decisions or mention.clause < 0:
        return False
    verb = found.clauses[mention.clause].verb
    noun = found.tokens.lemmas[quantity.noun] if quantity.noun is not None else quantity.counted or ""
    votes = quantity.kind == "share" or is_role(noun)
    return noun.lower().endswith("stimme") or (votes and verb is not None and verb.voice == "active")


class _Shared:
    """A number, and what all alternatives of it have in common."""

    def __init__(self, found: Found, quantity: Quantity) -> None:
        self._found, self._quantity = found, quantity
        self._clause = found.clause_of[quantity.first]
        own = found.phrase_of.get(quantity.first)
        counted = own if quantity.noun is None else found.phrase_of.get(quantity.noun)
        self._phrase: NounPhrase | None = own if own is not None and quantity.kind == "count" else counted
        tokens = found.tokens
        phrase = self._phrase
        self._preposition = (
            tokens.word(phrase.preposition) if phrase is not None and phrase.preposition is not None else ""
        )
        self._kind = {"money": "money", "count": "count"}.get(quantity.kind, "other")
        lemma = tokens.lemmas[quantity.noun] if quantity.noun is not None else ""
        self._people = is_role(lemma)
        self._office = is_institutional(lemma) if lemma else False
        self._bare = status.is_bare(found, quantity)
        clause = found.clause(quantity.first)
        self._attributive = clause is None

    def of_mention(self, mention: StatusMention, ruled: StatusMention | None) -> dict[str, float]:
        found, quantity = self._found, self._quantity
        before = mention.last < quantity.first
        distance = quantity.first - mention.last if before else mention.first - quantity.last
        low, high = sorted((mention.first, quantity.first))
        between = sum(token in found.number_starts for token in range(low + 1, high))
        clause = found.clauses[mention.clause] if mention.clause >= 0 else None
        same = mention.clause == self._clause
        is_ruled = ruled is not None and (mention.first, mention.last) == (ruled.first, ruled.last)
        source = mention.source
        row: dict[str, float] = {
            "told": 1,
            "rule": is_ruled,
            "rule, other": ruled is not None and not is_ruled,
            f"by {source}": 1,
            f"status {mention.status}": 1,
            f"lemma {mention.lemma}": 1,
            "same clause": same,
            f"{source}, same clause": same,
            "before": before,
            f"{source}, before": before,
            "near": -math.log1p(max(0, distance)),
            f"{source}, near": -math.log1p(max(0, distance)),
            "numbers between": min(3, between) / 3,
            "not of money": self._kind == "money" and not TRAITS[mention.status].of_money,
            "bare": self._bare,
            f"theme {mention.theme}": 1,
            f"after {self._preposition or '-'}": 1,
            f"{source}, after {self._preposition or '-'}": 1,
            f"{mention.status}, after {self._preposition or '-'}": 1,
            "people": self._people,
            "office": self._office,
            "numbers only": mention.states == "numbers",
            "in heading": quantity.start < found.title_end,
            "by context": self._by_context(*mention.may_tell),
        }
        if source == "participle":
            row["its noun"] = mention.noun == quantity.noun
            row["its phrase"] = self._within(mention)
            row["other noun"] = mention.noun != quantity.noun
        if clause is not None:
            row |= self._of_clause(clause, mention, same)
        return self._crossed(row)

    def _within(self, mention: StatusMention) -> bool:
        phrase = self._phrase
        return phrase is not None and phrase.start <= mention.first < phrase.end

    def _of_clause(self, clause: Clause, mention: StatusMention, same: bool) -> dict[str, float]:
        found, phrase = self._found, self._phrase
        row: dict[str, float] = {f"clause {clause.kind}": 1, "no verb": clause.verb is None}
        if clause.verb is not None:
            row[f"voice {clause.verb.voice}"] = 1
            row[f"tense {clause.verb.tense}"] = 1
        if same and phrase is not None and phrase.preposition is None:
            row["agent"] = is_agent(found, clause, phrase, mention.theme)
            row["genitive"] = phrase.parent is not None
            row["vorfeld"] = self._quantity.first in clause.vorfeld
        relative = clause.kind == "relative" and found.clause_of[self._quantity.first] != clause.index
        row["relative behind"] = relative and clause.start <= max(self._quantity.last, self._quantity.noun or 0) + 2
        return row

    def of_noun(self, noun: Status) -> dict[str, float]:
        row = {"by noun": 1.0, f"noun {noun}": 1.0, f"counted {self._quantity.counted}": 1.0}
        return self._crossed(row | {"by context": self._by_context(noun)})

    def _by_context(self, *statuses: Status | None) -> float:
        return self._found.contexts.number(self._quantity.first, self._quantity.last, statuses)

    def of_grant(self) -> dict[str, float]:
        """What speaks for money that is granted by all that its clause says."""
        tokens, first = self._found.tokens, self._quantity.first
        clause = self._found.clause(first)
        row = {"grant": 1.0, "by context": self._by_context("approved")}
        if clause is not None:
            row["grant, no verb"] = float(clause.verb is None)
            if clause.verb is not None:
                row[f"grant, verb {clause.verb.lemma}"] = 1.0
                row[f"grant, tense {clause.verb.tense}"] = 1.0
            words = {tokens.lemmas[i] for i in clause.tokens if tokens.tags[i] in ("NN", "ADJA")}
            row |= {f"grant, word {word}": 1.0 for word in words}
        for index in range(max(0, first - _NEAR), first):
            row[f"grant, behind {tokens.lemmas[index]}"] = 1.0
        row[f"grant, before {tokens.word(self._quantity.last + 1)}"] = 1.0
        row["grant, in heading"] = float(self._quantity.start < self._found.title_end)
        row["grant, granted before"] = float(self._granted_before())
        return row

    def _granted_before(self) -> bool:
        """Whether the sentence, or the one before, tells of a grant."""
        sentence = self._found.tokens.sentence[self._quantity.first]
        told = (m for place in (sentence - 1, sentence) for m in self._found.statuses_by_sentence.get(place, ()))
        return any(mention.status == "approved" for mention in told)

    def of_none(
        self,
        ruled: StatusMention | None,
        noun: Status | None,
        made: list[tuple[ToldStatus, dict[str, float]]],
    ) -> dict[str, float]:
        row = {
            "none": 1,
            "none, rule too": ruled is None and noun is None,
            f"none, {self._quantity.kind}": 1,
            f"none, unit {self._quantity.unit}": 1,
            f"none, counted {self._quantity.counted}": 1,
            "none in clause": not any("same clause" in features for _, features in made),
            "none, people": self._people,
            "none, heading": self._quantity.start < self._found.title_end,
            f"none, after {self._preposition or '-'}": 1,
            "by context": self._by_context(None),
        }
        return {name: float(value) for name, value in row.items() if value}

    def _crossed(self, row: dict[str, float]) -> dict[str, float]:
        kept = {name: float(value) for name, value in row.items() if value}
        return kept | {f"{self._kind}: {name}": value for name, value in kept.items()}
