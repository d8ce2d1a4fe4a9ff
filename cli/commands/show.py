"""`bilanz show`: one claim with all that speaks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli.language import _, language
from cli.opening import open_database
from cli.printing import DataOption, OutputFile, write_result
from models.calendar import berlin_day
from output.formats.result import Result
from output.records import flat, record, stored_record
from output.sentences import as_of, quantity
from output.states import state_said
from output.terms import field_term, value_term
from output.words import day, quoted

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
        out.print(f"  {name:<16}{words}", soft_wrap=True)
    for name in stored.corrected_fields:
        before, after = (record(getattr(each, name)) or _("nothing") for each in (stored.as_read, stored.claim))
        out.print(
            _(
                "  {name} was corrected by a reviewer: {after}; the rules read {before}.",
                name=field_term(name, language()),
                after=after,
                before=before,
            ),
            soft_wrap=True,
        )
    for review in said:
        end = _(", taken back {retracted_at:%Y-%m-%d}", retracted_at=review.retracted_at) if review.retracted_at else ""
        note = f": {review.note}" if review.note else ""
        out.print(
            _(
                "  {decision} by {author}, {decided_at:%Y-%m-%d}{end}{note}",
                decision=value_term("decision", review.decision, language()),
                author=review.author,
                decided_at=review.decided_at,
                end=end,
                note=note,
            ),
            soft_wrap=True,
        )
    for each in readings[:-1]:
        out.print(
            _(
                "  read before as {each} (rules {extractor_version})",
                each=_stated(each),
                extractor_version=each.extractor_version,
            ),
            soft_wrap=True,
        )


def _stated(stored: StoredClaim) -> str:
    spoken = language()
    return " · ".join(
        filter(None, (quantity(stored.claim, spoken), state_said(stored.claim, spoken), stored.claim.subject))
    )


def _facts(stored: StoredClaim) -> Iterator[tuple[str, str]]:
    claim = stored.claim
    yield _("as of"), as_of(stored.date, claim.reporting_basis, language())
    if claim.speaker:
        yield _("said by"), claim.speaker
    yield (
        _("words"),
        _("{quote}, characters {start} to {end}", quote=quoted(claim.quote, "de"), start=claim.start, end=claim.end),
    )
    published = berlin_day(stored.published)
    dated = day(published, language()) if published else _("undated")
    yield _("release"), f"{stored.release_title} ({stored.source_id}, {dated})"
    yield _("at"), stored.url
    yield "SHA-256", stored.snapshot_hash
    yield (
        _("read by"),
        _("{rule}, rules {extractor_version}", rule=claim.rule, extractor_version=stored.extractor_version),
    )
    if not stored.current:
        yield _("note"), _("The newest text of the release does not have it any more.")
