"""Releases that speak of the same as a text does: by rare words in common, of a claim and of the whole release.

Unlike in a search no word is required: the more words two have in common, and the rarer these are, the more akin they
are.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from db.bulk import in_batches
from db.claims.search_terms import WORD
from db.number_text import order_key
from db.tables import ClaimRow, PageReading, Reading, SearchTerm, Text

FREQUENT = 2_000
"""Claims of one word that are looked at; a word that more claims have says little."""

_PART, _HALF = 0.7, 0.8
"""What a word counts that is only part of a compound."""

_LOOKED_AT, _OF_NUMBER, _OF_DATE, _FEW = 400, 1_000, 5_000, 30


@dataclass(frozen=True, slots=True)
class Kindred:
    """The releases most akin to a text.

    Attributes:
        releases: their ids, by all of the text's words that stand in any of their claims.
        rarity: of each word of the text: the logarithm of how many claims stand against one that has it.
        never: the rarity of a word that none has.
    """

    releases: tuple[str, ...]
    rarity: tuple[float, ...]
    never: float


def kindred(
    connection: Connection,
    words: Sequence[Mapping[str, float]],
    *,
    kind: str,
    releases: int,
    numbers: Sequence[tuple[Decimal, Decimal]] = (),
    date: str | None = None,
) -> Kindred:
    """What is most akin to a text.

    Args:
        connection: of the database.
        words: each word of the text as search terms that may stand for it, and how well (0 to 1).
        kind: of the claims whose date is asked for.
        releases: how many of them at most; a third more by each range and by the date.
        numbers: between which one is that the text states, the narrowest range first.
        date: ISO date or prefix that it names.
    """
    size = (connection.scalar(select(func.max(Reading.id))) or 0) + 1
    found = [_holding(connection, word) for word in words]
    rarity = tuple(math.log((size + 1) / (_meant(holding) + 1)) for holding in found)
    scores: dict[str, float] = defaultdict(float)
    for holding, rare in zip(found, rarity, strict=True):
        for key, closeness in holding.items():
            scores[key] += rare * closeness
    found_by = [_best(scores)]
    found_by += [_best(_with(connection, scores, _of_number(*between))) for between in numbers]
    found_by.append(_best(_with(connection, scores, _of_date(kind, date)) if date else {}))
    ranked = _releases(connection, list(dict.fromkeys(key for keys in found_by for key in keys)), found, rarity)
    chosen: dict[str, None] = {}
    for place, keys in enumerate(found_by):
        more = [each for each in ranked.first(keys, len(keys)) if each not in chosen]
        chosen |= dict.fromkeys(more[: releases // 3 if place else releases])
    return Kindred(tuple(chosen), rarity, math.log(size + 1))


def _best(scores: Mapping[str, float]) -> list[str]:
    return sorted(scores, key=lambda key: (-scores[key], key))[:_LOOKED_AT]


def _with(connection: Connection, scores: Mapping[str, float], statement: Select[Any]) -> dict[str, float]:
    """The claims that a statement selects and that share a word; where it selects few, all of them."""
    keys = list(connection.scalars(statement))
    return {key: scores.get(key, 0.0) for key in keys if key in scores or len(keys) <= _FEW}


def _of_number(low: Decimal, high: Decimal) -> Select[Any]:
    # Of any kind: what one index does not tell would be looked up row by row.
    between = Reading.value_order >= order_key(low), Reading.value_order <= order_key(high)
    return select(Reading.claim_key).where(Reading.current, *between).limit(_OF_NUMBER)


def _of_date(kind: str, date: str) -> Select[Any]:
    stated = select(Reading.claim_key).where(Reading.current, Reading.kind == kind)
    return stated.where(Reading.reporting_date >= date, Reading.reporting_date <= date + "~").limit(_OF_DATE)


def _meant(holding: Mapping[str, float]) -> int:
    """How many claims have the word, not only half of it."""
    return sum(closeness > _PART * _HALF for closeness in holding.values())


def _holding(connection: Connection, word: Mapping[str, float]) -> dict[str, float]:
    """The claims that have a word, and how well."""
    holding: dict[str, float] = {}
    for term, closeness in word.items():
        for row in connection.execute(_postings(), {"term": term}):
            value = closeness * (1.0 if row.weight == WORD else _PART)
            holding[row.claim_key] = max(holding.get(row.claim_key, 0.0), value)
    return holding


@lru_cache(maxsize=1)
def _postings() -> Select[Any]:
    columns: list[Any] = [SearchTerm.claim_key, SearchTerm.weight]
    rows = select(*columns).where(SearchTerm.term == bindparam("term"))
    return rows.order_by(SearchTerm.weight.desc(), SearchTerm.reporting_date.desc()).limit(FREQUENT)


@dataclass(frozen=True, slots=True)
class _Ranked:
    """The releases of claims, and how many of the text's words stand in any of their claims."""

    of_claim: Mapping[str, str]
    scores: Mapping[str, float]

    def first(self, keys: Sequence[str], count: int) -> list[str]:
        """The best releases of some claims."""
        some = dict.fromkeys(self.of_claim[key] for key in keys if key in self.of_claim)
        return sorted(some, key=lambda release: (-self.scores[release], release))[:count]


def _releases(
    connection: Connection, keys: Sequence[str], found: Sequence[Mapping[str, float]], rarity: Sequence[float]
) -> _Ranked:
    of_claim: dict[str, str] = {}
    for batch in in_batches(keys):
        rows = select(ClaimRow.key, ClaimRow.release_id).where(ClaimRow.key.in_(batch))
        of_claim |= {row.key: row.release_id for row in connection.execute(rows)}
    scores: dict[str, float] = defaultdict(float)
    for holding, rare in zip(found, rarity, strict=True):
        best: dict[str, float] = {}
        for key, release in of_claim.items():
            best[release] = max(best.get(release, 0.0), holding.get(key, 0.0))
        for release, closeness in best.items():
            scores[release] += rare * closeness
    return _Ranked(of_claim, scores)


def texts_of(connection: Connection, claim_keys: Iterable[str]) -> dict[str, str]:
    """The canonical text of each release that states one of some claims, by the release's id."""
    statement = (
        select(ClaimRow.release_id, Text.text)
        .join(Reading, Reading.claim_key == ClaimRow.key)
        .join(PageReading, PageReading.id == Reading.page_reading_id)
        .join(Text, Text.hash == PageReading.text_hash)
        .where(Reading.current, Reading.claim_key.in_(sorted(claim_keys)))
    )
    return {row.release_id: row.text for row in connection.execute(statement)}
