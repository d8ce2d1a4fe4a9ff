"""Whether another release tells otherwise what a verdict would rest on: another number for the very date."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from comparison.agreement import supporting
from comparison.alike import Akin
from comparison.figures import Evidence
from comparison.findings import Finding
from comparison.named_dates import is_at, named_date
from comparison.restatements import Restatement
from db.releases.titles import calls_itself_correction
from inquiries.restatements import told_otherwise

_MOST = 2
"""Sentences of either side that are shown."""


def with_dispute(connection: Connection, finding: Finding, about: Sequence[Akin], day: str | None) -> Finding:
    """The finding; *disputed* where a release says what is asked, and another one another number for the very date.

    What a release corrects that calls itself a correction is outdated.

    Args:
        connection: of the database.
        finding: by what may be laid beside the claim.
        about: stored claims that may speak of the same.
        day: what was published later is not known.
    """
    keys = _saying(finding, about)
    known = [each for each in told_otherwise(connection, keys) if day is None or (each.after.published or "") <= day]
    correcting = {each.after.key for each in known if calls_itself_correction(each.after.release_title)}
    corrected = [each for each in known if each.before.key in keys and each.after.key in correcting]
    if corrected:
        overtaken = replace(finding, verdict="outdated", reason="earlier")
        return _resting_on(
            overtaken, stated=[each.before for each in corrected], later=[each.after for each in corrected]
        )
    sides = [_sides(each, keys) for each in known if each.after.key not in correcting]
    if not sides:
        return finding
    disputed = replace(finding, verdict="disputed", reason="otherwise_too")
    return _resting_on(disputed, stated=[one for one, _ in sides], otherwise=[other for _, other in sides])


def _saying(finding: Finding, about: Sequence[Akin]) -> frozenset[str]:
    """The claims, by key, that say what is asked; also those that more than one number of the date keeps from proof."""
    if finding.verdict == "supported":
        return frozenset(each.key for each in finding.stated) if finding.reason != "computed" else frozenset()
    if finding.reason not in ("told_elsewhere", "several_numbers", "other_at_date"):
        return frozenset()
    named = named_date(finding.asked)
    return frozenset(
        each.stored.key
        for each in about
        if each.thing != "other" and each.missing is None and each.narrower is None and each.claim.value is not None
        if supporting(finding.asked, [each.stored]) and (named is None or is_at(named, each.stored))
    )


def _sides(pair: Restatement, keys: frozenset[str]) -> tuple[Evidence, Evidence]:
    return (pair.before, pair.after) if pair.before.key in keys else (pair.after, pair.before)


def _resting_on(
    finding: Finding,
    stated: Sequence[Evidence],
    otherwise: Sequence[Evidence] = (),
    later: Sequence[Evidence] = (),
) -> Finding:
    """The finding with other evidence, which is not told again as similar."""
    told, other, newer = (tuple(dict.fromkeys(some))[:_MOST] for some in (stated, otherwise, later))
    shown = {each.release_id for each in (*told, *other, *newer)}
    similar = tuple(each for each in finding.similar if each.proof.release_id not in shown)
    return replace(finding, stated=told, otherwise=other, later=newer, similar=similar)
