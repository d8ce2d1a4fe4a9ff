"""What people need to decide which names mean one thing: what is suggested, beside what the releases say of each."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from db.claims.facets import facets
from db.claims.queries import claims
from db.curation.judgements import judgements
from db.curation.listings import listing_log
from db.curation.suggestions import Suggestion, SuggestionReason, suggest_nouns, suggest_projects
from db.releases.queries import ReleaseSummary, releases
from models.filters import ClaimFilter
from models.stored import StoredClaim


@dataclass(frozen=True, slots=True)
class NameEvidence:
    """What is said under a name: how many claims, by which offices, the newest; without any a release that has it."""

    name: str
    claims: int
    offices: tuple[str, ...]
    newest: StoredClaim | None
    release: ReleaseSummary | None


@dataclass(frozen=True, slots=True)
class SuggestedPair:
    """Two names or nouns that may mean one thing, why, and the evidence of each."""

    reason: SuggestionReason
    left: NameEvidence
    right: NameEvidence


@dataclass(frozen=True, slots=True)
class NameDecision:
    """What someone decided: the `verdict` on two names, or that one is "listed" as `other`, or "hidden".

    Attributes:
        retracted_at: when it was taken back, None while it stands.
    """

    name: str
    other: str | None
    verdict: str
    author: str
    note: str | None
    made_at: datetime
    retracted_at: datetime | None
    retracted_by: str | None


def name_pairs(engine: Engine, *, limit: int) -> list[SuggestedPair]:
    """Pairs of names that concern the list of programmes and that nobody has judged, with their evidence."""
    return [_pair(engine, each) for each in suggest_projects(engine, limit=limit, listed=True)]


def noun_pairs(engine: Engine, programme: str, *, limit: int) -> list[SuggestedPair]:
    """Pairs of nouns of a programme that may count one thing, with their evidence.

    Raises:
        InputError: no such programme is known.
    """
    return [_pair(engine, each, programme) for each in suggest_nouns(engine, programme)[:limit]]


def name_decisions(engine: Engine, *, limit: int) -> list[NameDecision]:
    """What was decided of names, the latest first, with what was taken back."""
    found = [
        NameDecision(
            each.left, each.right, each.verdict, each.author, each.note, each.made_at, each.retracted_at,
            each.retracted_by,
        )
        for each in judgements(engine, all_of_them=True)
    ]  # fmt: skip
    found += [
        NameDecision(
            each.name, each.shown_as, "hidden" if each.shown_as is None else "listed", each.author, each.note,
            each.made_at, each.retracted_at, each.retracted_by,
        )
        for each in listing_log(engine)
    ]  # fmt: skip
    return sorted(found, key=lambda each: each.made_at, reverse=True)[:limit]


def _pair(engine: Engine, suggestion: Suggestion, programme: str | None = None) -> SuggestedPair:
    left, right = (_evidence(engine, name, programme) for name in (suggestion.left, suggestion.right))
    return SuggestedPair(suggestion.reason, left, right)


def _evidence(engine: Engine, name: str, programme: str | None) -> NameEvidence:
    wanted = ClaimFilter(project=name) if programme is None else ClaimFilter(project=programme, counted=name)
    counted = facets(engine, wanted, names=("source",))
    newest = next(iter(claims(engine, wanted, limit=1, order="date").claims), None)
    named = None if newest or programme else next(iter(releases(engine, project=name, limit=1)), None)
    offices = tuple(office for office, _ in counted.facets[0].counts)
    return NameEvidence(name, counted.total, offices, newest, named)
