"""Stored claims that may speak of the same as a claim of a statement, the most akin first."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from sqlalchemy import Connection

from comparison.agreement import supporting
from comparison.alike import ActorTold, Akin, Kinship
from comparison.dating import passed
from comparison.named_dates import is_at, named_date
from comparison.restrictions import telling
from db.claims.families import families
from db.claims.kindred import kindred, texts_of
from db.claims.queries import claims_about, load, stored_claims
from db.tables import ClaimRow, Reading
from inquiries.actors import Actor, actor_of, actor_told
from inquiries.around import Around, Word, around, bare, of_another_number, of_its_part, stem, thing, told, words_of
from models.claim import Claim, Restriction, RestrictionKind
from models.keys import fold, name_key
from models.nouns import Nouns
from models.projects import ProjectGroup
from models.stored import StoredClaim

_RELEASES, _LOOKED_AT, _NEWEST = 30, 120, 30
_LEAST_SHARED = 0.4
"""Less than this of a statement's words in common is no common subject."""

_LEAST_SAID = 4.0
"""Rarity of a statement's words together: those of 50 claims one has them."""

_ONLY_HALF, _NEAR, _IN_SENTENCE = 0.35, 0.6, 0.8
"""How well a word stands around a number: with half of a compound, near the number, in its sentence."""

_SAME_NUMBER, _SAME_THING, _KIN_THING, _SAME_DATE = 0.15, 0.12, 0.06, 0.08
"""What speaks for a claim beside the words in common."""

_HALF = 0.5
_ROUNDED = Decimal("0.05")

_TELLING = 2.0
"""Rarity from which on a word tells what is meant: it stands in one claim of eight, or fewer."""

_OTHER_NUMBER = re.compile(
    r"(?<![\d.,/])(?:\d{1,3}(?:\.\d{3})+|(?!(?:19|20)\d\d\b)\d+)(?![.:]\s?(?:\d|Uhr|[A-Z][a-zä]+ 20))"
)
_ADDRESS = re.compile(r"\s*\d+\s?[a-z]?(?:[-–/]\d+\s?[a-z]?)?\s*,\s*\d{5}\b")
_AND = re.compile(r"\s*(?:,|und|sowie|oder)\s*")
_VAGUE = frozenset({"zahlreich", "viel", "mehrer", "mehrere", "verschieden", "vielfaeltig", "all", "alle", "ganz"})
_MUCH_SAID = 3
"""Telling words of a statement that leave little open."""

_NARROWING: tuple[RestrictionKind, ...] = ("place", "part", "group")


@dataclass(frozen=True, slots=True)
class Candidates:
    """What may be meant.

    Attributes:
        akin: the claims.
        heard: whether any release speaks of the thing at all.
        vague: whether the statement says too little to tell what it means.
        actor: who did it, if the statement says so.
    """

    akin: tuple[Akin, ...]
    heard: bool
    vague: bool
    actor: Actor | None


def candidates(
    connection: Connection,
    statement: str,
    claims: Sequence[Claim],
    asked: Claim,
    group: ProjectGroup | None,
    nouns: Nouns,
) -> Candidates:
    """The stored claims that are akin to one of a statement's claims; rejected ones are left out."""
    words = words_of(statement, claims, asked)
    kin = kindred(
        connection,
        [word.terms for word in words],
        kind=asked.kind,
        releases=_RELEASES,
        numbers=_numbers(asked),
        date=named_date(asked),
    )
    words = [replace(word, weight=rare) for word, rare in zip(words, kin.rarity, strict=True)]
    found = load(
        connection,
        stored_claims().where(Reading.current, Reading.kind == asked.kind, ClaimRow.release_id.in_(kin.releases)),
    )
    more = _counting_the_same(connection, asked)
    about = claims_about(connection, group.keys) if group is not None else _newest_about(connection, asked)
    about = [each for each in about if each.claim.kind == asked.kind]
    found = list({each.key: each for each in (*found, *more, *about)}.values())
    newest = {each.key for each in sorted(about, key=lambda each: each.date)[-_NEWEST:]}
    found = [each for each in found if each.decision != "rejected"]
    found = _closest(words, found, asked, newest)
    texts = texts_of(connection, (each.key for each in found))
    named = _name_words(group, words)
    beside = [
        around(words, each, texts[each.release_id], named if group and _is_about(each, group) else frozenset())
        for each in found
    ]
    together = _told_together(asked, beside)
    siblings = _of_one_sentence(found)
    # Where the statement says so of its own part, too, its whole is meant as the whole.
    others = [each for each in claims if each.sentence_start == asked.sentence_start]
    parts = {} if of_its_part(words, asked, others) else _parts_beside(found)
    actor = actor_of(asked)
    akin = [
        replace(
            _akin(asked, each, nouns, statement, together, _told_of_other(each, siblings, parts)),
            actor=_actor_told(actor, each),
        )
        for each in beside
    ]
    akin.sort(key=lambda each: (-_rank(asked, each), each.stored.key))
    places = frozenset(part for each in asked.scope if each.kind == "place" for part in each.value.split())
    named_too = group is not None and any(_is_about(each, group) for each in found)
    said = sum(word.weight for word in words if not word.soft)
    return Candidates(
        tuple(akin),
        _heard(words, beside, kin.never, places=places, named=named_too)
        and (named_too or not _untold(words, beside, akin)),
        group is None and said < _LEAST_SAID,
        actor,
    )


def _actor_told(actor: Actor | None, beside: Around) -> ActorTold:
    return "told" if actor is None else actor_told(actor, beside.stored.claim, beside.stored.release_title)


def _counting_the_same(connection: Connection, asked: Claim) -> list[StoredClaim]:
    """The newest claims that count the same, and those of the date that is named.

    A number of yesterday must not be taken for that of today, nor miss because many others share its words.
    """
    if asked.counted is None:
        return []
    alike = stored_claims().where(Reading.current, Reading.counted_folded == fold(asked.counted))
    order = (Reading.reporting_date.desc(), Reading.claim_key.desc())
    found = load(connection, alike.order_by(*order).limit(_NEWEST))
    if date := named_date(asked):
        dated = alike.where(Reading.reporting_date >= date, Reading.reporting_date <= date + "~")
        found += load(connection, dated.order_by(*order).limit(_NEWEST))
    return found


def _newest_about(connection: Connection, asked: Claim) -> list[StoredClaim]:
    """The newest claims about what the statement is about, where that is called as anybody may call it."""
    if asked.subject is None:
        return []
    about = stored_claims().where(Reading.current, Reading.subject_key == name_key(asked.subject))
    newest = about.where(Reading.kind == asked.kind).order_by(Reading.reporting_date.desc(), Reading.claim_key.desc())
    return load(connection, newest.limit(_NEWEST))


def _closest(
    words: Sequence[Word], found: Sequence[StoredClaim], asked: Claim, newest: Collection[str]
) -> list[StoredClaim]:
    """Those whose sentence and headline share most with the statement, or its number, if there are many.

    The newest of the programme that is meant are among them, for what is told since may be told in other words.
    """
    if len(found) <= _LOOKED_AT:
        return list(found)
    total, date = sum(word.weight for word in words), named_date(asked)

    def closeness(stored: StoredClaim) -> float:
        same = asked.value is not None and stored.claim.value is not None and bool(supporting(asked, [stored]))
        # The very number of the very date is looked at in whatever words it is told.
        weight = _SAME_NUMBER if date is None or not is_at(date, stored) else 1.0
        return told(words, f"{stored.claim.sentence} {stored.release_title}") + weight * total * same

    closest = sorted(found, key=lambda each: (-closeness(each), each.key))
    return closest[:_LOOKED_AT] + [each for each in closest[_LOOKED_AT:] if each.key in newest]


def _numbers(asked: Claim) -> list[tuple[Decimal, Decimal]]:
    """The claim's number, and between which one may be that it is rounded from or that its words leave open."""
    if asked.value is None:
        return []
    width = abs(asked.value) * _ROUNDED
    return [(asked.value, asked.value), (asked.value - width, (asked.value_to or asked.value) + width)]


def _heard(
    words: Sequence[Word], beside: Sequence[Around], never: float, *, places: frozenset[str], named: bool
) -> bool:
    """Whether the releases speak of the thing at all.

    `never` is the rarity of a word that no claim has; where something is does not tell what it is, so that `places` of
    which nobody spoke tell nothing; `named`: a programme is named of which they speak.
    """
    best = max((each.shared for each in beside), default=0.0)
    heard = {word for each in beside for word, level in each.levels.items() if level > _ONLY_HALF}
    unheard = any(word.noun and word.weight >= never and word not in heard for word in words if word.text not in places)
    return not unheard and (best >= _LEAST_SHARED or named)


def _untold(words: Sequence[Word], beside: Sequence[Around], akin: Sequence[Akin]) -> bool:
    """Whether what the statement says of its thing is said of nothing, and of no like thing half of the rest is."""
    likest = max((each.shared for each in akin if each.thing != "other"), default=0.0)
    telling = [word for word in words if not (word.noun or word.soft) and word.weight >= _TELLING]
    return likest < _HALF and any(all(each.levels[word] < _NEAR for each in beside) for word in telling)


def _is_about(stored: StoredClaim, group: ProjectGroup) -> bool:
    return stored.claim.subject is not None and name_key(stored.claim.subject) in group.keys


def _name_words(group: ProjectGroup | None, words: Sequence[Word]) -> frozenset[str]:
    if group is None:
        return frozenset()
    names = [bare(name) for name in (group.name, *group.aliases)]
    return frozenset(word.text for word in words if any(stem(word.text) in name for name in names))


def _told_together(asked: Claim, beside: Sequence[Around]) -> dict[str, Around]:
    """Claims that tell the number asked for, by key, with all words that stand around any of them.

    Who sums up what several releases tell of one number need not find all words beside it in one of them. They must
    all speak of the rarest noun of the statement.
    """
    nouns = [word for each in beside[:1] for word in each.levels if word.noun and not word.soft]
    rarest = max(nouns, key=lambda word: word.weight, default=None)
    if asked.value is None or rarest is None:
        return {}
    same = [each for each in beside if each.levels[rarest] >= _NEAR and supporting(asked, [each.stored])]
    levels = {word: max(each.levels[word] for each in same) for each in same for word in each.levels}
    return {each.stored.key: replace(each, levels=levels) for each in same}


def _of_one_sentence(found: Sequence[StoredClaim]) -> dict[str, list[Claim]]:
    """For each claim, by key, the others of its sentence that count or measure the same, but its whole and parts."""
    by_place: dict[tuple[str, int], list[StoredClaim]] = defaultdict(list)
    for each in found:
        by_place[each.release_id, each.claim.sentence_start].append(each)
    return {
        each.key: [
            other.claim
            for other in by_place[each.release_id, each.claim.sentence_start]
            if other.claim.start != each.claim.start
            and each.key != other.whole_key
            and other.key != each.whole_key
            and _measures_the_same(other.claim, each.claim)
        ]
        for each in found
    }


def _parts_beside(found: Sequence[StoredClaim]) -> dict[str, list[Claim]]:
    """For each claim, by key, those of its parts that its sentence tells."""
    places = {each.key: (each.release_id, each.claim.sentence_start) for each in found}
    parts: dict[str, list[Claim]] = {each.key: [] for each in found}
    for each in found:
        if each.whole_key and places.get(each.whole_key) == places[each.key]:
            parts[each.whole_key].append(each.claim)
    return parts


def _measures_the_same(one: Claim, other: Claim) -> bool:
    return one.unit == other.unit if one.unit is not None else one.counted == other.counted


def _told_of_other(
    beside: Around, siblings: Mapping[str, Sequence[Claim]], parts: Mapping[str, Sequence[Claim]]
) -> Word | None:
    """A word of the statement that the sentence of a claim says of another of its numbers alone."""
    words, key, claim = tuple(beside.levels), beside.stored.key, beside.stored.claim
    return of_another_number(words, claim, siblings[key]) or of_its_part(words, claim, parts.get(key, ()))


def _akin(
    asked: Claim,
    beside: Around,
    nouns: Nouns,
    statement: str,
    together: Mapping[str, Around],
    told_of_other: Word | None,
) -> Akin:
    claim, bared, words = beside.stored.claim, bare(statement), tuple(beside.levels)
    same_number = asked.value is not None and claim.value is not None and bool(supporting(asked, [beside.stored]))
    missing = together.get(beside.stored.key, beside).lacking(_NEAR, _IN_SENTENCE)
    distant = beside.lacking(_IN_SENTENCE, _IN_SENTENCE)
    same = thing(asked, claim, nouns, beside.near, all_said=distant is None)
    own_scope = [each for each in telling(claim) if not (_of_another(each, claim) or _is_aside(each, claim))]
    # Of the same number need not be told again which of a kind it counts.
    scope = [
        each
        for each in own_scope
        if not all(_said(part, bared, words) for part in each.value.split()[-1 if same_number else 0 :])
        and not (same_number and distant is None and _tells_little(each, words))
    ]
    restricted = " ".join([beside.told, *(bare(each.value) for each in claim.scope)])
    own = [each for each in asked.scope if not all(stem(part) in restricted for part in each.value.split())]
    elsewhere = next((each.value for each in own if _is_elsewhere(each, beside.release)), None)
    elsewhere = elsewhere or next((each.text for each in words if _is_land_of_others(each, beside)), None)
    return Akin(
        beside.stored,
        same,
        beside.shared,
        missing=_telling(missing) or elsewhere or _telling(told_of_other),
        distant=_telling(distant),
        narrower=_narrower(scope, asked, claim, "same" if same_number and distant is None else same, bared, words),
        scope=tuple(scope),
        asked_scope=tuple(own),
        passed=passed(claim),
        rated=asked.per is not None and stem(asked.per) in beside.told,
        lacking=frozenset(word.text for word in beside.all_lacking(_NEAR, _IN_SENTENCE) if word.weight >= _TELLING),
        said=any(not (word.noun or word.soft) and level >= _IN_SENTENCE for word, level in beside.levels.items()),
        nouns=frozenset(
            word.text
            for word, level in beside.levels.items()
            if word.noun and level >= _NEAR and (asked.per is None or stem(asked.per) not in word.stems)
        ),
    )


def _telling(word: Word | None) -> str | None:
    return word.text if word is not None and word.weight >= _TELLING else None


def _narrower(
    scope: Sequence[Restriction], asked: Claim, claim: Claim, same: Kinship, statement: str, words: Sequence[Word]
) -> str | None:
    """What restricts a stored claim though the statement says nothing of it."""
    if unsaid := next((each.value for each in scope if each.kind in _NARROWING), None):
        return unsaid
    if same == "kin" and asked.counted and claim.counted:
        mine, theirs = bare(asked.counted), bare(claim.counted)
        if theirs.endswith(mine) and theirs != mine and not _said(theirs.removesuffix(mine), statement, words):
            return claim.counted
    return None


def _tells_little(restriction: Restriction, words: Sequence[Word]) -> bool:
    """Whether whom or what a number is for restricts it no more than the statement does, which says all else of it.

    "An zahlreichen Orten" restricts nothing; nor need who sums up repeat what is meant once three things are said.
    """
    telling = [word for word in words if not word.soft and word.weight >= _TELLING]
    vague = fold(restriction.value.partition(" ")[0]) in _VAGUE
    return restriction.kind == "group" and (vague or len(telling) >= _MUCH_SAID)


def _is_elsewhere(restriction: Restriction, release: str) -> bool:
    """Whether what a statement restricts its number to, and a stored sentence does not name, is not meant there either.

    A place never is. An area may be that of the office, which need not name it: the one that it names most.
    """
    if restriction.kind != "area":
        return restriction.kind in ("place", "part")
    return _is_named_less(stem(restriction.value), release)


def _is_land_of_others(word: Word, beside: Around) -> bool:
    """Whether a word names a Land that a claim does not tell of: neither near it, nor is it that of the office."""
    is_land = fold(word.text) in families().lands
    return is_land and beside.levels[word] < _NEAR and _is_named_less(stem(word.text), beside.release)


def _is_named_less(area: str, release: str) -> bool:
    return release.count(area) < max(release.count(bare(land)) for land in families().land_names)


def _of_another(restriction: Restriction, claim: Claim) -> bool:
    """Whether a restriction is that of another number.

    It stands behind that: "157 Lotsinnen sind aktiv, davon 148 [in Mitte]"; or ends what is told of it: "925 Punkte
    [für Räder] und 138 Busse".
    """
    start, end = restriction.start - claim.sentence_start, restriction.end - claim.sentence_start
    if restriction.start > claim.end:
        return _OTHER_NUMBER.search(claim.sentence[claim.end - claim.sentence_start : start]) is not None
    joined = _AND.fullmatch(claim.sentence[end : claim.start - claim.sentence_start]) is not None
    return joined and _OTHER_NUMBER.search(claim.sentence[:start]) is not None


def _is_aside(restriction: Restriction, claim: Claim) -> bool:
    """Whether a place is only where the press meets, or that of a headline above a sentence on the whole Land.

    "Bernhard-Weiß-Straße 6, 10178 Berlin", "Berlin erhält davon 257 Mio. Euro."
    """
    if restriction.kind != "place":
        return False
    start = restriction.start - claim.sentence_start
    if start < 0:
        return _of_land().search(claim.sentence) is not None
    return _ADDRESS.match(claim.sentence, restriction.end - claim.sentence_start) is not None


@lru_cache(maxsize=1)
def _of_land() -> re.Pattern[str]:
    """A Land that something is of, and not only in: "dem Land Berlin", "Berlin erhält"."""
    return re.compile(rf"(?<!\b[Ii]n )(?<!\d{{5}} )\b(?:{'|'.join(families().land_names)})\b(?![-\w])")


def _said(part: str, statement: str, words: Sequence[Word]) -> bool:
    """Whether a word of a restriction is said by the statement, too, or says nothing."""
    wanted = stem(part)
    if fold(part) in families().light | families().lands or wanted in statement:
        return True
    return any(wanted.startswith(each) or each.startswith(wanted) for word in words for each in word.stems)


def _rank(asked: Claim, each: Akin) -> float:
    things = {"same": _SAME_THING, "kin": _KIN_THING, "other": 0.0}
    named = named_date(asked)
    number = asked.value is not None and each.claim.value is not None and supporting(asked, [each.stored])
    date = named is not None and is_at(named, each.stored)
    return each.shared + things[each.thing] + _SAME_NUMBER * bool(number) + _SAME_DATE * date
