"""`bilanz show`: one claim with all that speaks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli.opening import open_database
from cli.printing import DataOption, OutputFile, write_result
from models.calendar import berlin_day
from output.formats.result import Result
from output.records import flat, record, stored_record
from output.sentences import quantity, state
from output.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from db.curation.reviews import ReviewRecord
    from models.stored import StoredClaim


def show(
    key: Annotated[str, typer.Argument(help="Key of a claim, as `bilanz claims` and the addresses of pages have it.")],
    *,
    form: DataOption = "table",
    file: OutputFile = None,
) -> None:
    """Show one claim: its sentence, where that stands, how it was read, and what reviewers said.

    Example: `bilanz show KEY`
    """
    from db.claims.queries import claim, history
    from db.curation.reviews import reviews
    from output.formats.frames import frame_of

    engine = open_database()
    stored, readings, said = claim(engine, key), history(engine, key), reviews(engine, key)
    whole = {
        "claim": stored_record(stored),
        "readings": [stored_record(each) for each in readings],
        "reviews": record(said),
    }
    result = Result(
        rows=[flat(whole["claim"])],
        value=whole,
        show=lambda out: _print(out, stored, readings, said),
        frame=lambda: frame_of([stored]),
    )
    write_result(result, form, file)


def _print(out: Console, stored: StoredClaim, readings: Sequence[StoredClaim], said: Sequence[ReviewRecord]) -> None:
    out.print(_stated(stored), style="bold", soft_wrap=True)
    out.print(quoted(" ".join(stored.claim.sentence.split()), "de"), soft_wrap=True)
    for name, words in _facts(stored):
        out.print(f"  {name:<12}{words}", soft_wrap=True)
    for name in stored.corrected_fields:
        before, after = (record(getattr(each, name)) or "nothing" for each in (stored.as_read, stored.claim))
        out.print(f"  {name} was corrected by a reviewer: {after}; the rules read {before}.", soft_wrap=True)
    for review in said:
        end = f", taken back {review.retracted_at:%Y-%m-%d}" if review.retracted_at else ""
        note = f": {review.note}" if review.note else ""
        out.print(f"  {review.decision} by {review.author}, {review.decided_at:%Y-%m-%d}{end}{note}", soft_wrap=True)
    for each in readings[:-1]:
        out.print(f"  read before as {_stated(each)} (rules {each.extractor_version})", soft_wrap=True)


def _stated(stored: StoredClaim) -> str:
    return " · ".join(filter(None, (quantity(stored.claim), state(stored.claim), stored.claim.subject)))


def _facts(stored: StoredClaim) -> Iterator[tuple[str, str]]:
    claim = stored.claim
    yield "as of", f"{stored.date or 'unknown'} ({claim.reporting_basis})"
    if claim.speaker:
        yield "said by", claim.speaker
    yield "words", f"{quoted(claim.quote, 'de')}, characters {claim.start} to {claim.end}"
    yield "release", f"{stored.release_title} ({stored.source_id}, {berlin_day(stored.published) or 'undated'})"
    yield "at", stored.url
    yield "SHA-256", stored.snapshot_hash
    yield "read by", f"{claim.rule}, rules {stored.extractor_version}"
    if not stored.current:
        yield "note", "The newest text of the release does not have it any more."
