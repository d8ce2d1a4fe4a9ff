"""A claim as it is stored: its current reading, where it stands, and what people said of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from models.calendar import berlin_day
from models.claim import CORRECTABLE_FIELDS, Claim


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim as queries show it: its current reading, where it stands, and what reviewers said.

    Attributes:
        key: lasting address of the claim.
        claim: the current reading, with the fields that a reviewer corrected; `whole` is always None, see `whole_key`.
        whole_key: the claim that `claim.of` comes from.
        release_id: of the release.
        release_title: its headline.
        url: newest canonical address of the release.
        source_id: the press office, or the collection that was imported.
        published: when the release was published.
        snapshot_hash: SHA-256 of the bytes that prove the claim.
        first_seen: when the claim was first fetched.
        extractor_version: of the rules.
        decision: of the standing review, None where nobody has looked.
        current: False for a reading that was superseded.
        as_read: what the rules read where a reviewer corrected it, else None.
        collection: what the release was imported with; nobody knows which press office wrote it. None where an office
            was read.
        gone_at: when the office no longer had the release, None while it has.
    """

    key: str
    claim: Claim
    whole_key: str | None
    release_id: str
    release_title: str
    url: str
    source_id: str
    published: datetime | None
    snapshot_hash: str
    first_seen: datetime
    extractor_version: str
    decision: Literal["confirmed", "rejected", "corrected", "added"] | None
    current: bool
    as_read: Claim | None = None
    collection: str | None = None
    gone_at: datetime | None = None

    @property
    def date(self) -> str:
        """The reporting date, else the day of publication, else an empty string."""
        return self.claim.reporting_date or berlin_day(self.published) or ""

    @property
    def uncorrected(self) -> "StoredClaim":
        """The same as the rules read the publisher's words, whatever a reviewer corrected."""
        return self if self.as_read is None else replace(self, claim=self.as_read, as_read=None)

    @property
    def corrected_fields(self) -> tuple[str, ...]:
        """The fields that a reviewer reads otherwise than the rules."""
        read = self.as_read
        if read is None:
            return ()
        return tuple(name for name in CORRECTABLE_FIELDS if getattr(read, name) != getattr(self.claim, name))


@dataclass(frozen=True, slots=True)
class SeriesClaim:
    """A claim of a series: of which time it is (ISO date or prefix), and to which point it belongs (0 is the first)."""

    stored: StoredClaim
    time: str
    point: int
