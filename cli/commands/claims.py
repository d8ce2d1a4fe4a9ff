"""`bilanz claims`: what is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.opening import open_database
from cli.printing import (
    DataFormat,
    OutputFile,
    console,
    destination,
    nothing_found,
    table,
    write_csv,
    write_json,
    write_parquet,
)
from models.claim import Modality, plain
from models.quantity import Kind
from models.statuses import Status
from output.sentences import quantity, state

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.table import Table

    from db.releases.twins import TwinRelease
    from models.stored import StoredClaim

    Twins = Mapping[str, Sequence[TwinRelease]]

_IN_A_TABLE = 50


def claims(
    words: Annotated[str | None, typer.Argument(help="Words that the claim must have.")] = None,
    project: Annotated[str | None, typer.Option(help="Project or programme, by any of its names.")] = None,
    status: Annotated[
        Status | None, typer.Option(help="What the counted things or the project are said to be.")
    ] = None,
    kind: Annotated[Kind | None, typer.Option(help="What is stated.")] = None,
    modality: Annotated[Modality | None, typer.Option(help="Fact, plan, possibility or denial.")] = None,
    speaker: Annotated[str | None, typer.Option(help="Who said it.")] = None,
    source: Annotated[str | None, typer.Option(help="Id of a press office.")] = None,
    year: Annotated[str | None, typer.Option(metavar="YYYY", help="Year of the reporting date.")] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Rows at most.", show_default=f"{_IN_A_TABLE} in a table, else all")
    ] = None,
    form: Annotated[DataFormat, typer.Option("--format", help="How to print.")] = DataFormat.TABLE,
    file: OutputFile = None,
) -> None:
    """List stored claims: those that fit the words best, of these the newest reporting date first.

    Example: `bilanz claims --project "Ruhr-Konferenz" --format parquet -o claims.parquet`
    """
    from db.claims.queries import ClaimFilter, every_claim
    from db.releases.twins import twins
    from output.formats.frames import frame_of

    wanted = ClaimFilter(
        text=words,
        project=project,
        status=status,
        kind=kind,
        modality=modality,
        speaker=speaker,
        source=source,
        since=year,
        until=year,
    )
    if form is DataFormat.TABLE:
        limit = limit or _IN_A_TABLE
    engine = open_database()
    found = every_claim(engine, wanted, limit=None if limit is None else limit + 1)
    more = limit is not None and len(found) > limit
    found = found[:limit]
    if not found:
        nothing_found("No claim fits; `bilanz claims` without options lists all.")
    elsewhere = twins(engine, (stored.release_id for stored in found))
    with destination(file) as out:
        if form is DataFormat.JSON:
            write_json([claim_row(stored, elsewhere) for stored in found], out)
        elif form is DataFormat.CSV:
            write_csv([claim_row(stored, elsewhere) for stored in found], out)
        elif form is DataFormat.PARQUET:
            write_parquet(frame_of(found), out)
        else:
            console(out).print(claims_table(found, elsewhere))
            if more:
                console(stderr=True).print(f"There are more than {limit}; --limit shows more.")


def claims_table(claims: Iterable[StoredClaim], elsewhere: Twins) -> Table:
    """Claims for people: what is stated, its proof and where that stands, at other offices too."""
    rows = [
        (
            stored.claim.reporting_date or "",
            quantity(stored.claim),
            state(stored.claim),
            stored.claim.subject or "",
            "\n".join([f"„{stored.claim.quote}“", stored.url, *_also_at(stored, elsewhere)]),
        )
        for stored in claims
    ]
    return table(("as of", "stated", "status", "about", "quote"), rows)


def _also_at(stored: StoredClaim, elsewhere: Twins) -> list[str]:
    return [f"same release at {twin.source_id}: {twin.url}" for twin in elsewhere.get(stored.release_id, ())]


def claim_row(stored: StoredClaim, elsewhere: Twins) -> dict[str, Any]:
    """A claim as one flat row, its key first; `twins` are addresses of the same release at other offices."""
    claim = stored.claim
    return {
        "key": stored.key,
        "reporting_date": claim.reporting_date,
        "reporting_basis": claim.reporting_basis,
        "kind": claim.kind,
        "value": plain(claim.value),
        "value_to": plain(claim.value_to),
        "comparator": claim.comparator,
        "unit": claim.unit,
        "counted": claim.counted,
        "of": plain(claim.of),
        "status": claim.status,
        "subject": claim.subject,
        "modality": claim.modality,
        "speaker": claim.speaker,
        "since": claim.since,
        "until": claim.until,
        "as_of": claim.as_of,
        "quote": claim.quote,
        "sentence": claim.sentence,
        "release": stored.release_title,
        "url": stored.url,
        "twins": " ".join(twin.url for twin in elsewhere.get(stored.release_id, ())) or None,
        "published": stored.published.isoformat() if stored.published else None,
        "source": stored.source_id,
        "snapshot": stored.snapshot_hash,
    }
