"""Rules that keep two statements apart, each with its reason. What none of them settles is left to a scorer.

"stieg um 58" / "stieg auf 58"            other aspect: change against level
"in Pankow" / "in Buch"                   other place: Pankow against Buch
"40 Plätze sind frei" / "… belegt"        other predicate: frei against belegt
"""

import re
from collections.abc import Callable

from comparison.basis import basis
from comparison.complements import complement, named_apart
from comparison.headlined import (
    headlines_apart,
    interim_apart,
    named_in_headlines,
    opponents_apart,
    purposes_apart,
    works_apart,
)
from comparison.headlines import OF_ONE_FORM, opposed, rounds, seasons
from comparison.likeness import Stated, StatedPair
from comparison.parts_of_year import parts_of_year_apart
from comparison.places import places_apart
from comparison.reasons import UNSAID, ExclusionReason, doubtful
from comparison.surroundings import (
    aside_of_others,
    changed_otherwise,
    deictic,
    expected,
    extent,
    kinds_apart,
    misreading,
    points_back,
    rank_or_age_apart,
    shares_apart,
    sizes_apart,
    told_with,
    years_of_one_sum,
)  # fmt: skip
from comparison.wording import says_noun
from models.claim import Aspect, Claim, RestrictionKind
from models.keys import fold
from models.names import is_distinctive
from models.statuses import TRAITS

_AS_LEVEL: dict[Aspect | None, Aspect | None] = {"total": "level", None: "level"}
# A yearly sum may be told as the sum of a year; "je 50" may be told of one.
_MAY_BE_UNSAID = frozenset({None, "Jahr", "each"})
_CROSSED, _SURELY_CROSSED, _AROUND = 0.6, 0.9, 0.5
"""Likeness of sentences from which on numbers at different places are different numbers."""
_LITTLE_ALIKE, _SOME_ALIKE, _MUCH_ALIKE = 0.15, 0.25, 0.4
"""Likeness of sentences below which the same number, another one, or a share may have any meaning in either."""
_ROUNDS = ("verfahr", "rund", "phas", "tranch", "abschnitt", "stuf", "aufruf", "quartal", "halbjahr", "well")
"""Ends of stems of what has a next one, of which a headline that names none may be either."""
_JUMP, _LEAP, _OF_ONE_TEXT = 3, 5, 0.6
"""So many times the other number; and the likeness of sentences from which on one number may have changed as much."""


def exclusion(pair: StatedPair) -> ExclusionReason | None:
    """The first reason for which two statements cannot be laid side by side; None where no rule says so."""
    return next((reason for rule in _RULES if (reason := rule(pair)) is not None), None)


def unlike(pair: StatedPair) -> ExclusionReason | None:
    """Why two statements of releases are too unlike for what they say; how a question is worded tells nothing."""
    return _leap(pair) or _unrelated(pair)


def _kind(pair: StatedPair) -> ExclusionReason | None:
    x, y = pair.a.claim, pair.b.claim
    return _differ("kind", x.kind, y.kind) or _differ("unit", x.unit, y.unit)


def _thing(pair: StatedPair) -> ExclusionReason | None:
    a, b = pair.a, pair.b
    if a.claim.kind == "count" and a.noun_key != b.noun_key:
        return "thing", a.counted or UNSAID, b.counted or UNSAID
    return None


def _aspect(pair: StatedPair) -> ExclusionReason | None:
    return _differ("aspect", *(_AS_LEVEL.get(each.claim.aspect, each.claim.aspect) for each in (pair.a, pair.b)))


def _per(pair: StatedPair) -> ExclusionReason | None:
    both = (pair.a.claim.per, pair.b.claim.per)
    return None if _MAY_BE_UNSAID.issuperset(both) else _differ("per", *both)


def _predicate(pair: StatedPair) -> ExclusionReason | None:
    return _differ("predicate", pair.a.claim.predicate, pair.b.claim.predicate, stated=True)


def _state(pair: StatedPair) -> ExclusionReason | None:
    x, y = pair.a.claim, pair.b.claim
    if "denied" in (x.modality, y.modality):
        return _differ("modality", x.modality, y.modality)
    if foresees(x, y) or foresees(y, x):
        return None
    return _differ("status", x.status, y.status, stated=True)


def foresees(plan: Claim, result: Claim) -> bool:
    """Whether one plans what the other reports as reached."""
    if result.modality != "actual" or result.status is None or plan.status is None:
        return False
    planned = plan.modality == "planned" or plan.status == "planned"
    reached = plan.status == result.status or plan.status in TRAITS[result.status].brings
    # What goes on ("läuft") or is granted is told alike before and after.
    told_alike = plan.status == result.status and (plan.status == "approved" or not TRAITS[result.status].event)
    return planned and reached and not told_alike


def _basis(pair: StatedPair) -> ExclusionReason | None:
    x, y = pair.a.claim, pair.b.claim
    if x.span and y.span and "day" not in (x.span, y.span):
        return _differ("span", x.span, y.span) or _part_of_year(x, y)
    return _part_of_year(x, y) or _differ("since", _origin(x), _origin(y), stated=True)


def _part_of_year(x: Claim, y: Claim) -> ExclusionReason | None:
    return ("span", *apart) if (apart := parts_of_year_apart(x, y)) is not None else None


def _origin(claim: Claim) -> str | None:
    return claim.since if basis(claim) == "cumulative" else None


def _place(pair: StatedPair) -> ExclusionReason | None:
    return ("place", *apart) if (apart := places_apart(pair)) is not None else None


def _area(pair: StatedPair) -> ExclusionReason | None:
    return _apart("area", pair)


def _part(pair: StatedPair) -> ExclusionReason | None:
    return _apart("part", pair)


def _against(pair: StatedPair) -> ExclusionReason | None:
    return _apart("against", pair)


def _apart(kind: RestrictionKind, pair: StatedPair) -> ExclusionReason | None:
    one, other = ([each.value for each in side.claim.scope if each.kind == kind] for side in (pair.a, pair.b))
    return (kind, one[0], other[0]) if one and other and not set(one) & set(other) else None


def _crossed(pair: StatedPair) -> ExclusionReason | None:
    x, y = pair.a.claim, pair.b.claim
    if x.modality != y.modality:
        return None  # "27 sind besetzt, 50 sollen es werden" may tell of one thing
    crossed = pair.aligned.get("numbers crossed", 0)
    if crossed >= _SURELY_CROSSED or (crossed >= _CROSSED and pair.words_around <= _AROUND):
        return "place in the sentence", x.quote, y.quote
    return None


def _which(pair: StatedPair) -> ExclusionReason | None:
    """ "Volksbegehren Grundeinkommen", "Volksbegehren Klimaneutral": two of one kind, by headline or sentence.

    A plain word that is followed by nothing may be either of them.
    """
    a, b = pair.a, pair.b
    name, other = a.claim.subject, b.claim.subject
    if name is None or other is None:
        return None
    for one, another in ((a.title, b.title), (a.claim.sentence, b.claim.sentence)):
        if (apart := named_apart(name, one, other, another)) is not None:
            return "which of a kind", *apart
    follows = [complement(each.claim.subject or "", each.title) for each in (a, b)]
    if not is_distinctive(name) and (follows[0] is None) != (follows[1] is None):
        told = next(filter(None, follows))
        if told is not None and not all(_says(each, told) for each in (a, b)):
            return doubtful("which of a kind", *follows)
    return None


def _says(stated: Stated, words: str) -> bool:
    """Whether whole words stand in a headline or sentence: "Berlin" does not in "Berliner"."""
    return bool(re.search(rf"\b{re.escape(words)}\b", fold(f"{stated.title} {stated.claim.sentence}")))


def _round(pair: StatedPair) -> ExclusionReason | None:
    """ "Im ersten Verfahren", "im zweiten"; in summer, in autumn; "in deutscher", "in nichtdeutscher Sprache"."""
    a, b = pair.a, pair.b
    for one, other in ((a.title, b.title), (a.claim.sentence, b.claim.sentence)):
        counted, counted_too = rounds(one), rounds(other)
        for noun in counted.keys() & counted_too.keys():
            if counted[noun] != counted_too[noun]:
                return "round", counted[noun], counted_too[noun]
        if (apart := opposed(one, other)) is not None:
            return "quality", *apart
    one_sided = rounds(a.title).items() ^ rounds(b.title).items()
    for noun, ordinal in one_sided:
        if noun.endswith(_ROUNDS) and not (_says(a, ordinal) and _says(b, ordinal)):
            return doubtful("round", ordinal, None)
    told = [seasons(f"{each.title} {each.claim.sentence}") for each in (a, b)]
    if all(told) and not told[0] & told[1]:
        return "season", min(told[0]), min(told[1])
    of_sentences = [seasons(each.claim.sentence) for each in (a, b)]
    if all(of_sentences) and a.claim.value != b.claim.value and (some := of_sentences[0] ^ of_sentences[1]):
        return doubtful("season", *(next(iter(each & some), None) for each in of_sentences))
    titled = [seasons(each.title) for each in (a, b)]
    if bool(titled[0]) != bool(titled[1]) and not told[0] & told[1]:
        return doubtful("season", *(next(iter(each), None) for each in titled))
    return None


def _whole(pair: StatedPair) -> ExclusionReason | None:
    """ "291 of 2.389" beside "2.453": a number that is nearer to the other's whole than to the other.

    Not where both are told to be in one state: "22 of 73 finished" beside "42 finished".
    """
    state = pair.a.claim.status
    if state is not None and state == pair.b.claim.status and not TRAITS[state].origin:
        return None
    for part, other in ((pair.a.claim, pair.b.claim), (pair.b.claim, pair.a.claim)):
        if part.of and part.value and other.value and other.of is None and min(part.value, other.value) > 0:
            near, far = (max(each, other.value) / min(each, other.value) for each in (part.of, part.value))
            if near < far:
                return "whole", pair.a.claim.quote, pair.b.claim.quote
    return None


def _leap(pair: StatedPair) -> ExclusionReason | None:
    """Many times the other number: believed only where sentences or headlines are alike in nearly all else."""
    x, y = pair.a.claim, pair.b.claim
    if not x.value or not y.value or x.value * y.value < 0 or (x.of and y.of):
        return None
    low, high = sorted((abs(x.value), abs(y.value)))
    one_text = min(pair.aligned.get("numbers aligned", 0), pair.headlines_alike) >= _OF_ONE_TEXT
    if (high >= _LEAP * low and not one_text) or (high >= _JUMP * low and pair.headlines_alike < OF_ONE_FORM):
        return doubtful("many times the number", x.quote, y.quote)
    return None


def _unrelated(pair: StatedPair) -> ExclusionReason | None:
    """A like sum, or a number whose noun stands elsewhere, in sentences that have hardly a word in common."""
    x, y = pair.a.claim, pair.b.claim
    # Of shares there are few, so that two are soon the same or near each other.
    other = x.value != y.value or x.kind == "money"
    least = _MUCH_ALIKE if x.kind == "share" else _SOME_ALIKE if other else _LITTLE_ALIKE
    if (x.of and y.of) or pair.sentences_alike >= least:
        return None
    names_thing = x.kind in ("measure", "duration") or (x.kind == "count" and all(map(says_noun, (x, y))))
    if names_thing and (x.value == y.value or x.kind == "count"):
        return None
    return doubtful("words", x.quote, y.quote)


def _doubt(pair: StatedPair) -> ExclusionReason | None:
    """Other numbers of which one is restricted, or said otherwise, where the other says nothing."""
    a, b = pair.a, pair.b
    x, y = a.claim, b.claim
    if x.value == y.value:
        return None
    # What is planned is called "new" and to be built, what is there is not.
    planned = x.modality != y.modality
    kinds: tuple[RestrictionKind, ...] = ("place", "part") if planned else ("place", "part", "quality")
    predicates = (None, None) if planned else (x.predicate, y.predicate)
    for kind in kinds:
        one, other = ([each.value for each in side.scope if each.kind == kind] for side in (x, y))
        if bool(one) != bool(other) and (kind == "quality" or not _told(one or other, a, b)):
            return doubtful(kind, next(iter(one), None), next(iter(other), None))
    for name, one_side, other_side in (("predicate", *predicates), ("subject", x.subject, y.subject)):
        if (one_side is None) != (other_side is None) and not _told([one_side or other_side or ""], a, b):
            return doubtful(name, one_side, other_side)
    return None


def _told(values: list[str], a: Stated, b: Stated) -> bool:
    """Whether the words stand in the other statement, too, even if nothing was read from them there."""
    return all(any(fold(value) in fold(f"{side.title} {side.claim.sentence}") for value in values) for side in (a, b))


def _differ(what: str, a: str | None, b: str | None, *, stated: bool = False) -> ExclusionReason | None:
    if a == b or (stated and (a is None or b is None)):
        return None
    return what, a or UNSAID, b or UNSAID


_RULES: tuple[Callable[[StatedPair], ExclusionReason | None], ...] = (
    _kind, _thing, _aspect, _per, _predicate, _state, _basis, misreading, _place, _area, _part, _against, _which,
    _round, purposes_apart, headlines_apart, named_in_headlines, interim_apart, opponents_apart, sizes_apart,
    works_apart, years_of_one_sum, aside_of_others, shares_apart, kinds_apart, told_with, changed_otherwise, deictic,
    points_back, rank_or_age_apart, _crossed, _whole, _doubt, expected, extent,
)  # fmt: skip
