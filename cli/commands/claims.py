"""`bilanz claims`: what is stored."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.language import _, language
from cli.misspelt import say_if_unstated
from cli.opening import open_database
from cli.options import with_facets
from cli.printing import DataOption, OutputFile, console, nothing_found, table, write_result
from models.errors import InputError
from models.filters import NOT_STATED, Order
from models.spelling import meant
from output.formats.result import Result
from output.records import flat, stored_record
from output.sentences import archived_lines, quantity
from output.states import state_said
from output.words import column_day, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.table import Table

    from db.releases.proofs import Proof
    from db.releases.twins import TwinRelease
    from models.stored import StoredClaim

    Twins = Mapping[str, Sequence[TwinRelease]]

_IN_A_TABLE = 50


@with_facets
def claims(
    words: Annotated[str | None, typer.Argument(help="Words that the claim must have.")] = None,
    *,
    facets: dict[str, Any],
    limit: Annotated[
        int | None, typer.Option(min=1, help="Rows at most.", show_default=f"{_IN_A_TABLE} in a table, else all")
    ] = None,
    sort: Annotated[Order, typer.Option(help="What comes first; by number, states are left out.")] = "relevance",
    form: DataOption = "table",
    file: OutputFile = None,
) -> None:
    """List stored claims: those that fit the words best, of these the newest reporting date first.

    Example: `bilanz claims --project "Ruhr-Konferenz" --format parquet -o claims.parquet`
    """
    from db.claims.queries import ClaimFilter, every_claim
    from db.claims.wording import spelt_otherwise
    from db.releases.proofs import proofs
    from db.releases.twins import twins
    from inquiries.stated import nearest_stated
    from output.formats.frames import frame_of

    engine, year = open_database(), facets.pop("year")
    if year and not re.fullmatch(r"[0-9]{4}", year):
        near = nearest_stated(engine, "year", year) or []
        raise InputError(f"{year!r} is no year; {meant(near, 'a year has four digits, like 2024.')}")
    wanted = ClaimFilter(text=words, since=year, until=year, **facets)
    if form == "table":
        limit = limit or _IN_A_TABLE
    found = every_claim(engine, wanted, limit=None if limit is None else limit + 1, order=sort)
    more = limit is not None and len(found) > limit
    found = found[:limit]
    if not found:
        asked = (("source", "the source", facets["source"]), ("year", "the year", year))
        for field, called, value in (*asked, ("speaker", "the speaker", facets["speaker"])):
            if value and value != NOT_STATED:
                say_if_unstated(engine, field, called, value)
        told = _("No claim fits; `bilanz claims` without options lists all.")
        with engine.connect() as connection:
            spelt = spelt_otherwise(connection, words) if words else None
        nothing_found(f"{told} {_('Did you mean: {spelt}', spelt=spelt)}" if spelt else told)
    elsewhere = twins(engine, (stored.release_id for stored in found))
    records = [stored_record(stored) | {"twins": _twins(stored, elsewhere)} for stored in found]
    result = Result(
        rows=[flat(each) for each in records],
        value=records,
        show=lambda out: out.print(claims_table(found, elsewhere, proofs(engine, found))),
        frame=lambda: frame_of(found),
    )
    write_result(result, form, file)
    if more and form == "table":
        console(stderr=True).print(_("There are more than {limit}; --limit shows more.", limit=limit))


def claims_table(claims: Iterable[StoredClaim], elsewhere: Twins, proven: Mapping[str, Proof]) -> Table:
    """Claims for people: what is stated, its proof, where that stands, in archives too, and the key for `show`."""
    made = table((_("as of"), _("claim")), [])
    made.columns[1].overflow = "fold"
    for stored in claims:
        claim = stored.claim
        said = (quantity(claim, language()), state_said(claim, language()), claim.subject)
        lines = [
            " · ".join(filter(None, said)),
            quoted(claim.quote, "de"),
            stored.url,
            stored.key,
            *archived_lines(proven.get(stored.key), language()),
            *_also_at(stored, elsewhere),
        ]
        made.add_row(column_day(claim.reporting_date or "", language()), "\n".join(lines))
    return made


def _also_at(stored: StoredClaim, elsewhere: Twins) -> list[str]:
    return [
        _("same release at {source_id}: {url}", source_id=twin.source_id, url=twin.url)
        for twin in elsewhere.get(stored.release_id, ())
    ]


def _twins(stored: StoredClaim, elsewhere: Twins) -> str | None:
    """Addresses of the same release at other offices."""
    return " ".join(twin.url for twin in elsewhere.get(stored.release_id, ())) or None
