"""A programme from report to report: parts and wholes, changes, restated numbers, plans, gaps."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from comparison.announced import each_once, is_promise
from comparison.basis import basis
from comparison.dating import own_dates, times_compare
from comparison.figures import Evidence, Figure, merged_dates, moved
from comparison.intervals import Change
from comparison.likeness import Stated
from comparison.own_level import is_of_the_whole, is_state_of_part, may_be_in_table
from comparison.parts import Row, rows
from comparison.plans import Plan, plans
from comparison.relation import relate, stands, stated
from comparison.restatements import Restatement, restatements
from comparison.series import Series, main_chain, series
from models.claim import plain
from models.keys import name_key
from models.nouns import Nouns
from models.projects import ProjectGroup
from models.statuses import STATUSES, Status
from models.stored import StoredClaim


@dataclass(frozen=True, slots=True)
class ReleaseRef:
    """A release to look at."""

    id: str
    title: str
    url: str
    published: str | None


DatedRelease = tuple[str, ReleaseRef]
"""A release with its reporting date."""


@dataclass(frozen=True, slots=True)
class Difference:
    """From one row to the next: of a status, or of the whole (`status` None)."""

    status: Status | None
    earlier: str
    later: str
    change: Change


@dataclass(frozen=True, slots=True)
class NothingFound:
    """A cell without a figure: nothing was found, which does not say that nothing was stated.

    `status` is None for a whole year that no row is of; `releases` are those to look at.
    """

    date: str
    status: Status | None
    releases: tuple[ReleaseRef, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What releases say of one programme, by reporting date.

    Attributes:
        programme: its name; `aliases` are the other names that were sought.
        counted: what the rows count ("Projekt"), None where no counts were found.
        nouns: the nouns, as stated, that count it.
        statuses: those that any row has, in the order of a project's life.
        rows: by reporting date, the oldest first.
        nothing_found: each row's statuses without a figure.
        differences: between neighbouring rows, where both have a figure.
        restatements: numbers that were stated otherwise later.
        gaps: years between the first and the last row that no row is of.
        plans: what was announced, with what was reported later, for the programme and its parts that have a name;
            `detail_plans` are those for its sites and parts, and such as do not name it.
        series: all other numbers of the programme itself and of its parts that have a name.
        details: what the same releases tell besides: numbers of its sites and parts, and such as do not name it.
        rejected: claims that reviewers have rejected; they are in none of the above.
    """

    programme: str
    aliases: tuple[str, ...]
    counted: str | None
    nouns: tuple[str, ...]
    statuses: tuple[Status, ...]
    rows: tuple[Row, ...]
    nothing_found: tuple[NothingFound, ...]
    differences: tuple[Difference, ...]
    restatements: tuple[Restatement, ...]
    gaps: tuple[NothingFound, ...]
    plans: tuple[Plan, ...]
    detail_plans: tuple[Plan, ...]
    series: tuple[Series, ...]
    details: tuple[Series, ...]
    rejected: int


def side_by_side(
    group: ProjectGroup,
    claims: Sequence[StoredClaim],
    superseded: Sequence[StoredClaim],
    releases: Sequence[DatedRelease],
    nouns: Nouns,
) -> Comparison:
    """What claims say of a programme.

    Args:
        group: the programme.
        claims: those about it and its parts, and the parts of its wholes; all current.
        superseded: claims of earlier revisions of the same releases.
        releases: those that name it.
        nouns: which nouns count the same.
    """
    names = group.names
    told = own_dates([each for each in claims if each.decision != "rejected"])
    standing = [each for each in told if stands(each)]
    counts = _counts(standing, group, nouns)
    counted = _main_series(counts, nouns)
    counts = _alike([each for each in counts if nouns.series(each.claim.counted) == counted], nouns)
    table = tuple(row for row in rows(counts, standing) if row.parts or row.total)
    statuses = tuple(status for status in STATUSES if any(status in row.parts for row in table))
    if not _shows_how_things_stand(table):
        table, statuses = (), ()
    in_table = _told_in(table, counts) | {key for row in table for key in row.proofs}
    rest = [each for each in standing if each.key not in in_table and each.claim.modality == "actual"]
    called = {each.key: _called(each, group) for each in standing}
    own = {each.key for each in standing if is_of_the_whole(each, called[each.key])}
    promised = [each for each in standing if each.claim.modality != "planned" or is_promise(each, called[each.key])]
    announced = each_once(plans(promised, nouns, names))
    return Comparison(
        programme=group.name,
        aliases=group.aliases,
        counted=counted,
        nouns=tuple(sorted({each.claim.counted for each in counts if each.claim.counted})),
        statuses=statuses,
        rows=table,
        nothing_found=_nothing_found(table, statuses, releases),
        differences=tuple(_Changes(standing, nouns).between(table)),
        restatements=restatements(table, standing, superseded, nouns, names),
        gaps=_gaps(table, releases),
        plans=tuple(each for each in announced if _is_of(each, own)),
        detail_plans=tuple(each for each in announced if not _is_of(each, own)),
        series=series([each for each in rest if each.key in own], nouns, names),
        details=series([each for each in rest if each.key not in own], nouns, names),
        rejected=len(claims) - len(told),
    )


def cells(comparison: Comparison) -> Iterator[dict[str, Any]]:
    """The table cell by cell, each a flat row with its first proof: of every report the whole, then each status."""
    for row in comparison.rows:
        figures: list[tuple[str, Figure | None]] = [("total", row.total)]
        figures += [(status, row.parts.get(status)) for status in comparison.statuses]
        for status, figure in figures:
            proof = figure.evidence[0] if figure else None
            yield {
                "programme": comparison.programme,
                "counted": comparison.counted,
                "reporting_date": row.date,
                "reporting_basis": row.basis,
                "status": status,
                "value": plain(figure.value) if figure else None,
                "value_to": plain(figure.value_to) if figure else None,
                "comparator": figure.comparator if figure else None,
                "comparator_word": figure.comparator_word if figure else None,
                "corrected": proof.corrected if proof else None,
                "adds_up": row.adds_up,
                "unaccounted": plain(row.unaccounted),
                "sentence": proof.sentence if proof else None,
                "release_title": proof.release_title if proof else None,
                "published": proof.published if proof else None,
                "url": proof.url if proof else None,
                "claim": proof.key if proof else None,
            }


def _counts(claims: Sequence[StoredClaim], group: ProjectGroup, nouns: Nouns) -> list[StoredClaim]:
    """Actual counts of the programme itself, and parts of its wholes whatever they are about."""
    by_key = {each.key: each for each in claims}
    wholes = {each.whole_key for each in claims}
    own = {each.key for each in claims if each.claim.subject and name_key(each.claim.subject) in group.keys}
    called = (group.name, *group.aliases)
    return [
        _of_its_kind(each, by_key.get(each.whole_key or ""), nouns)
        for each in claims
        if (each.key in own or each.whole_key in own)
        and may_be_in_table(each, called)
        and (each.claim.of is None or _is_part_by_state(each, by_key))
        and each.claim.kind == "count"
        and each.claim.modality == "actual"
        and nouns.series(each.claim.counted) is not None
        # The date of "die 2018 erarbeiteten 73 Vorschläge" is no period in which 73 were counted.
        and (basis(each.claim) != "flow" or each.key in wholes)
    ]


def _is_part_by_state(part: StoredClaim, by_key: Mapping[str, StoredClaim]) -> bool:
    whole = by_key.get(part.whole_key or "")
    return is_state_of_part(part.claim, whole.claim if whole else None)


def _called(stored: StoredClaim, group: ProjectGroup) -> tuple[str, ...]:
    """All names of that of the programme or its parts which a claim is about; none where it is about another."""
    key = name_key(stored.claim.subject or "")
    return next(((each.name, *each.aliases) for each in (group, *group.parts) if key in each.keys), ())


def _is_of(plan: Plan, own: set[str]) -> bool:
    return any(proof.key in own for proof in plan.evidence)


def _of_its_kind(part: StoredClaim, whole: StoredClaim | None, nouns: Nouns) -> StoredClaim:
    """A count without its whole where that counts something else: "1.650 Ladepunkte, davon 271 für Taxis"."""
    if whole is None or nouns.series(whole.claim.counted) == nouns.series(part.claim.counted):
        return part
    return replace(part, claim=replace(part.claim, of=None), whole_key=None)


def _shows_how_things_stand(table: Sequence[Row]) -> bool:
    """Whether any whole stands beside its parts, or a state of one date beside that of another."""
    dates = Counter(status for row in table for status in row.parts)
    return any(row.total and row.parts for row in table) or any(number > 1 for number in dates.values())


def _told_in(table: Sequence[Row], counts: Sequence[StoredClaim]) -> set[str]:
    """Counts of the dates that the table has; of others neither status nor whole is stated, these are other figures."""
    merged = merged_dates(each.date for each in counts if each.date)
    dates = {row.date for row in table}
    wholes = {each.whole_key for each in counts}
    return {each.key for each in counts if each.key in wholes or merged.get(each.date) in dates}


def _main_series(counts: Sequence[StoredClaim], nouns: Nouns) -> str | None:
    """What is counted in parts of a whole most often, else in states, else at all."""
    weights: Counter[str] = Counter()
    for each in counts:
        noun = nouns.series(each.claim.counted)
        if noun is not None:
            weights[noun] += 10_000 * (each.claim.of is not None) + 100 * (each.claim.status is not None) + 1
    return min(weights, key=lambda noun: (-weights[noun], noun), default=None)


def _alike(counts: Sequence[StoredClaim], nouns: Nouns) -> list[StoredClaim]:
    """The partitions, those of equal wholes as one, that may be compared with each other; so other counts by state.

    Without any partition a count is only laid beside itself: of one date alone it shows nothing of how things stand.
    """
    wholes = {each.whole_key for each in counts}
    partitions: dict[Decimal | None, list[StoredClaim]] = {}
    by_status: dict[Status | None, list[list[StoredClaim]]] = {}
    for each in counts:
        if each.claim.of is not None or each.key in wholes:
            partitions.setdefault(each.claim.of or each.claim.value, []).append(each)
        else:
            by_status.setdefault(each.claim.status, []).append([each])
    if partitions:
        groups = [list(partitions.values()), *by_status.values()]
        return [each for group in groups for each in main_chain(group, nouns)]
    chains = [main_chain(group, nouns) for status, group in by_status.items() if status is not None]
    return [each for chain in chains if len({each.date for each in chain}) > 1 for each in chain]


class _Changes:
    """What became of numbers from one row to the next, as far as they may be compared."""

    def __init__(self, claims: Sequence[StoredClaim], nouns: Nouns) -> None:
        self._told = {each.key: (each, stated(each, nouns.series(each.claim.counted))) for each in claims}

    def between(self, table: Sequence[Row]) -> Iterator[Difference]:
        """Of the whole and of each status, where both rows have a figure."""
        for earlier, later in pairwise(table):
            figures: list[tuple[Status | None, Figure | None, Figure | None]] = [(None, earlier.total, later.total)]
            figures += [(status, part, later.parts.get(status)) for status, part in earlier.parts.items()]
            for status, before, after in figures:
                if before and after and not _of_one_release(before, after) and self._may_be_compared(before, after):
                    yield Difference(status, earlier.date, later.date, moved(before, after))

    def _may_be_compared(self, before: Figure, after: Figure) -> bool:
        """Whether any proof of one figure may be laid beside one of the other: the rows bring together what is of one
        status, which may be of two things.
        """
        return any(
            times_compare(one, other) and relate(said, said_too).tells_change
            for one, said in map(self._of, before.evidence)
            for other, said_too in map(self._of, after.evidence)
        )

    def _of(self, proof: Evidence) -> tuple[StoredClaim, Stated]:
        """The claim of a proof; of a whole that only its part tells of, that part as if it were the whole."""
        told, said = self._told[proof.key]
        if proof.value is None or proof.value == said.claim.value:
            return told, said
        return told, replace(said, claim=replace(said.claim, value=proof.value, of=None))


def _of_one_release(earlier: Figure, later: Figure) -> bool:
    """Whether one release tells a number twice, with its date and without: then the two dates tell of no change."""
    told = [{proof.release_id for proof in each.evidence} for each in (earlier, later)]
    return earlier.stated == later.stated and told[0] == told[1]


def _nothing_found(
    table: Sequence[Row], statuses: Sequence[Status], releases: Sequence[DatedRelease]
) -> tuple[NothingFound, ...]:
    return tuple(
        NothingFound(
            row.date, status, tuple(ref for date, ref in releases if date == row.date or ref.id in row.release_ids)
        )
        for row in table
        for status in statuses
        if status not in row.parts
    )


def _gaps(table: Sequence[Row], releases: Sequence[DatedRelease]) -> tuple[NothingFound, ...]:
    covered = {int(row.date[:4]) for row in table}
    missing = set(range(min(covered), max(covered))) - covered if covered else set()
    return tuple(
        NothingFound(
            str(year),
            None,
            tuple(ref for date, ref in releases if str(year) in (date[:4], (ref.published or "")[:4])),
        )
        for year in sorted(missing)
    )
