"""A figure: one number at one reporting date, with every claim that supports or disputes it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from comparison.intervals import Change, Interval, change, interval
from models.calendar import berlin_day
from models.claim import Modality, ReportingBasis
from models.quantity import Comparator
from models.statuses import Status
from models.stored import StoredClaim

_BASES: tuple[ReportingBasis, ...] = ("stated", "release", "published")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim as proof: the words, where they stand, and when they were published.

    Attributes:
        key: of the claim.
        value: as stated, None for the status of a named project.
        quote: the words that show it, `sentence` those around them, in which it begins at `place`.
        url: of the release.
        published: ISO date of the release, None where unknown.
        reporting_date: what the number is as of; `reporting_basis` says how that is known.
        predicate: what is said of the things beyond a status: "frei", "belegt".
        status_word: the word by which the sentence tells the status: "fertiggestellt".
        corrected: a reviewer reads it otherwise than the rules.
        modality: whether it is so, or only announced, possible or denied.
        comparator_word: the word that makes a number "about" or "more than", as the sentence has it: "knapp".
        as_of: the date of the thing itself that the sentence names, None where it names none.
    """

    key: str
    value: Decimal | None
    value_to: Decimal | None
    comparator: Comparator | None
    unit: str | None
    status: Status | None
    counted: str | None
    subject: str | None
    quote: str
    sentence: str
    place: int
    speaker: str | None
    release_id: str
    release_title: str
    url: str
    source_id: str
    published: str | None
    reporting_date: str
    reporting_basis: ReportingBasis
    predicate: str | None = None
    status_word: str | None = None
    corrected: bool = False
    modality: Modality = "actual"
    comparator_word: str | None = None
    as_of: str | None = None

    @property
    def before(self) -> str:
        """What its sentence says before the quote."""
        return self.sentence[: self.place]

    @property
    def behind(self) -> str:
        """What its sentence says behind the quote."""
        return self.sentence[self.place + len(self.quote) :]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its proof.

    Attributes:
        value: of the newest and most exact claim; `value_to` and `comparator` as there.
        evidence: claims that say the same, or leave room for it ("mehr als 40" for 42).
        disputed: claims as of the same date that say something else.
        comparator_word: its word in the sentence of that claim: "knapp".
    """

    value: Decimal
    value_to: Decimal | None
    comparator: Comparator
    evidence: tuple[Evidence, ...]
    disputed: tuple[Evidence, ...] = ()
    comparator_word: str | None = None

    @property
    def stated(self) -> tuple[Decimal, Decimal | None, Comparator]:
        """The number as `comparison.intervals` takes it."""
        return self.value, self.value_to, self.comparator

    @property
    def exact(self) -> bool:
        """Whether it is one number without "about" or "more than"."""
        return self.comparator == "=" and self.value_to is None


def evidence(stored: StoredClaim) -> Evidence:
    """A stored claim as proof."""
    claim = stored.claim
    return Evidence(
        key=stored.key,
        value=claim.value,
        value_to=claim.value_to,
        comparator=claim.comparator,
        unit=claim.unit,
        status=claim.status,
        counted=claim.counted,
        subject=claim.subject,
        quote=claim.quote,
        sentence=claim.sentence,
        place=claim.start - claim.sentence_start,
        speaker=claim.speaker,
        release_id=stored.release_id,
        release_title=stored.release_title,
        url=stored.url,
        source_id=stored.source_id,
        published=berlin_day(stored.published),
        reporting_date=stored.date,
        reporting_basis=claim.reporting_basis,
        predicate=claim.predicate,
        status_word=claim.status_word,
        corrected=stored.as_read is not None,
        modality=claim.modality,
        comparator_word=claim.comparator_word,
        as_of=claim.as_of,
    )


def figure(claims: Sequence[StoredClaim]) -> Figure:
    """The number that claims about one thing at one date state; at least one of them has a value."""
    best = min((each for each in claims if each.claim.value is not None), key=_rank)
    value = best.claim.value
    assert value is not None
    allowed = _interval(best)
    agreeing = [each for each in claims if each.claim.value is None or _interval(each).overlaps(allowed)]
    agreeing.sort(key=_rank)
    return Figure(
        value=value,
        value_to=best.claim.value_to,
        comparator=best.claim.comparator or "=",
        evidence=tuple(map(evidence, agreeing)),
        disputed=tuple(evidence(each) for each in sorted(claims, key=_rank) if each not in agreeing),
        comparator_word=best.claim.comparator_word,
    )


def moved(before: Figure, after: Figure) -> Change:
    """From one figure to a later one of the same thing."""
    return change(before.stated, after.stated, unit=next((each.unit for each in before.evidence), None))


def merged_dates(dates: Iterable[str]) -> dict[str, str]:
    """Each date with the one it stands for: "2024" is "2024-12-31" where no other date of 2024 is given."""
    known = sorted(set(dates), key=lambda date: (-len(date), date))
    merged: dict[str, str] = {}
    for date in known:
        finer = {merged[other] for other in merged if other.startswith(date)}
        merged[date] = finer.pop() if len(finer) == 1 else date
    return merged


def weakest_basis(claims: Iterable[StoredClaim]) -> ReportingBasis:
    """How the date of several claims is known: as the least certain of them."""
    return max((each.claim.reporting_basis for each in claims), key=_BASES.index)


def _interval(stored: StoredClaim) -> Interval:
    claim = stored.claim
    assert claim.value is not None
    return interval(claim.value, claim.value_to, claim.comparator)


def _rank(stored: StoredClaim) -> tuple[object, ...]:
    """Newest release first; in it, parts of a stated whole and exact numbers before others."""
    claim = stored.claim
    published = -stored.published.timestamp() if stored.published else 0.0
    vague = claim.comparator not in (None, "=") or claim.value_to is not None
    return published, claim.of is None, vague, claim.start, stored.key
