"""What in its sentence sets a number apart from states that are told of something else.

Die durch [45 Spenden] ermöglichte Ausstellung wird eröffnet. || the exhibition is opened
Sie hat [41 Millionen Euro] gekostet, geplant waren 28. || 28 were planned
"""

from dataclasses import dataclass
from typing import Self

from extractors.claims.attribute import Attribute, attribute_around
from extractors.claims.counted.whole import introduces_partition, whole_of
from extractors.claims.found import Found
from extractors.rules.statuses.mention import StatusMention
from models.quantity import Quantity

_LISTED_WITHIN = 6
"""Tokens from one number of a list to the next."""
_NEAR = 4
"""Tokens before an amount in which its noun stands."""
_LEADING = frozenset({"ART", "ADJA", "ADV", "PPOSAT"})
_ASIDE = frozenset({"neben", "außer", "trotz", "statt", "anstelle", "anstatt"})


@dataclass(frozen=True, slots=True)
class NumberPlace:
    """What in its sentence sets a number apart from states that are told of something else.

    Attributes:
        attribute: around it: "Die durch [45 Spenden] ermöglichte Messe wird eröffnet": the messe.
        first: its first token.
        whole_behind: that it is a part of: "[12] der bestellten 20 Busse": all are ordered.
        whole: that it is a part of: "Von 90 beantragten Fähren fahren [12]": all are applied for.
        next_entry: the last token of the next entry: "18 abgeschlossen, [7] in Umsetzung, 2 eingestellt": the two.
        costs: it is what a thing costs: "Der Bau mit Kosten von [2 Millionen] wird gefördert": not with as much.
        aside: it is set aside: "Neben den [1.000 Plätzen] hat der Senat weitere geschaffen": those are others.
    """

    attribute: Attribute | None
    first: int
    whole_behind: Quantity | None
    whole: Quantity | None
    next_entry: int | None
    costs: bool
    aside: bool

    @classmethod
    def of(cls, found: Found, quantity: Quantity) -> Self:
        """The place of a number."""
        attribute = attribute_around(found, quantity.first, quantity.last)
        return cls(
            attribute,
            quantity.first,
            whole_of(found, quantity),
            _whole_of(found, quantity),
            _next_entry(found, quantity),
            _costs(found, quantity),
            _is_aside(found, quantity),
        )

    def is_beside(self, mention: StatusMention) -> bool:
        """Whether a state is not told of the number."""
        if self.attribute is not None and mention.first != self.attribute.participle:
            return True
        if mention.source == "participle":
            if self.whole_behind is not None and self.first < mention.first < self.whole_behind.first:
                return True
            return self.whole is not None and mention.status == "proposed" and mention.noun == self.whole.noun
        return self.costs or self.aside or (self.next_entry is not None and mention.first == self.next_entry + 1)


def _is_aside(found: Found, quantity: Quantity) -> bool:
    """Whether a number stands behind "neben" and the like, with its article and comparator."""
    tokens = found.tokens
    before = tokens.at(quantity.cue[0]) - 1 if quantity.cue is not None else quantity.first - 1
    while tokens.tag(before) in _LEADING:
        before -= 1
    return tokens.word(before) in _ASIDE


def _whole_of(found: Found, quantity: Quantity) -> Quantity | None:
    """The whole that a number without a noun of its own is a part of: "Von [90 beantragten Fähren] fahren 12"."""
    if quantity.noun is not None:
        return None
    beside = found.quantities_by_sentence.get(found.tokens.sentence[quantity.first], ())
    wholes = (other for other in beside if other.first < quantity.first and other.noun is not None)
    return next((other for other in wholes if introduces_partition(found.tokens, other)), None)


def _next_entry(found: Found, quantity: Quantity) -> int | None:
    """The last token of the number behind it in a list in which each has words of its own."""
    following = found.number_behind(quantity.last)
    if following is None:
        return None
    between = found.tokens.words[quantity.last + 1 : following.first]
    listed = 1 < len(between) < _LISTED_WITHIN and between[-1] == "," and between[0] not in (",", "und", "oder")
    return following.last if listed else None


def has_its_number(found: Found, mention: StatusMention, quantity: Quantity) -> bool:
    """ "Sie hat [41 Millionen] gekostet, geplant waren 28": what another main clause says is of its own number."""
    if is_of_clause(found, mention, quantity) or not is_of_main(found, mention):
        return False
    own = found.clause(quantity.first)
    told = own is not None and own.kind == "main" and own.verb is not None and own.verb.finite is not None
    return told and quantity.kind in found.once_in(_kinds_in, mention.clause)


def _kinds_in(found: Found, clause: int) -> frozenset[str]:
    """The kinds of the numbers of a clause."""
    sentence = found.tokens.sentence[found.clauses[clause].start]
    beside = found.quantities_by_sentence.get(sentence, ())
    return frozenset(each.kind for each in beside if found.clause_of[each.first] == clause)


def _costs(found: Found, quantity: Quantity) -> bool:
    """Whether an amount is what something costs that is told of: "der Bau mit Gesamtkosten von 2 Millionen Euro"."""
    if quantity.kind != "money":
        return False
    tokens = found.tokens
    noun = next((i for i in range(quantity.first - 1, quantity.first - _NEAR - 1, -1) if tokens.is_noun(i)), 0)
    phrase = found.phrase_of.get(noun)
    behind_mit = phrase is not None and phrase.preposition is not None and tokens.small[phrase.preposition] == "mit"
    return behind_mit and tokens.lemmas[noun].lower().endswith("kosten")


def is_of_clause(found: Found, mention: StatusMention, quantity: Quantity) -> bool:
    """Whether it is told in the clause of the number."""
    return mention.clause >= 0 and mention.clause == found.clause_of[quantity.first]


def is_of_main(found: Found, mention: StatusMention) -> bool:
    """Whether a main clause tells it, by its verb."""
    return mention.clause >= 0 and mention.source != "participle" and found.clauses[mention.clause].kind == "main"
