"""Which stored claims can be laid beside one that is checked: of the same thing, and in the same state."""

from collections.abc import Iterable, Sequence

from comparison.basis import basis
from models.claim import Claim
from models.nouns import Nouns
from models.stored import StoredClaim


def same_thing(asked: Claim, claims: Iterable[StoredClaim], nouns: Nouns) -> list[StoredClaim]:
    """Claims that count or measure the same in the same unit, whatever is said of it."""
    thing = (asked.kind, asked.unit, nouns.series(asked.counted))
    return [each for each in claims if (each.claim.kind, each.claim.unit, nouns.series(each.claim.counted)) == thing]


def same_state(
    asked: Claim, claims: Iterable[StoredClaim], whole_keys: set[str | None], *, is_whole: bool
) -> list[StoredClaim]:
    """Claims of the same status, modality and basis; a whole is one whatever its own status."""
    wanted = _state(asked, is_whole=is_whole)
    same = [each for each in claims if _state(each.claim, is_whole=each.key in whole_keys) == wanted]
    return [each for each in same if None in (asked.since, each.claim.since) or asked.since == each.claim.since]


def _state(claim: Claim, *, is_whole: bool) -> tuple[object, ...]:
    # Money that flows is granted money, whether the clause says so or not.
    unsaid = is_whole or (claim.kind == "money" and claim.status == "approved")
    # What has come about since a date is, at its reporting date, what there is.
    accrued = basis(claim) in ("stock", "cumulative")
    return None if unsaid else claim.status, claim.modality, "stock" if accrued else basis(claim)


def newest_report(asked: Claim, alike: Sequence[StoredClaim]) -> list[StoredClaim]:
    """The parts of a whole that the newest report names, where the claim is about such a part."""
    parts = [each for each in alike if each.claim.of is not None and each.claim.modality == asked.modality]
    newest = max((each.date for each in parts), default="")
    return [each for each in parts if asked.status is not None and each.date == newest]
