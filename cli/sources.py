"""`bilanz sources`: the press offices that are known."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.output import Format, console, table, write_csv, write_json


def sources(output: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE) -> None:
    """List the press offices that can be read.

    Example: `bilanz sources`
    """
    from scrapers.registry import all_sources

    rows = [
        {
            "id": office.id,
            "publisher": office.publisher,
            "level": office.level,
            "state": office.state,
            "homepage": office.homepage,
            "verified": str(office.verified),
        }
        for office in all_sources()
    ]
    if output is Format.JSON:
        write_json(rows)
    elif output is Format.CSV:
        write_csv(rows)
    else:
        console().print(table(tuple(rows[0]), [tuple(row.values()) for row in rows]))
