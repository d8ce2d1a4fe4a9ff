"""`bilanz claims`: what is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.database import open_database
from cli.output import Format, console, nothing_found, table, write_csv, write_json
from cli.wording import quantity, state
from models.claim import Modality, Status, plain
from models.quantity import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.table import Table

    from db.queries import StoredClaim
    from db.twins import TwinRelease

    Twins = Mapping[str, Sequence[TwinRelease]]


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
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Rows at most.")] = 50,
    output: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
) -> None:
    """List stored claims: those that fit the words best, of these the newest reporting date first.

    Example: `bilanz claims --project "Ruhr-Konferenz" --status completed`
    """
    from db.queries import ClaimFilter
    from db.queries import claims as find
    from db.twins import twins

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
    engine = open_database()
    found = find(engine, wanted, limit=limit)
    if not found.claims:
        nothing_found("No claim fits; `bilanz claims` without options lists all.")
    elsewhere = twins(engine, (stored.release_id for stored in found.claims))
    if output is Format.JSON:
        write_json([claim_row(stored, elsewhere) for stored in found.claims])
    elif output is Format.CSV:
        write_csv([claim_row(stored, elsewhere) for stored in found.claims])
    else:
        console().print(claims_table(found.claims, elsewhere))
        if found.next:
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
