"""Answers of the API: the same value as JSON or, row by row, as CSV."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Annotated, Any, Literal

from fastapi import Query
from fastapi.responses import JSONResponse, Response

from db.records import record
from models.cells import cell

Format = Literal["json", "csv"]
As = Annotated[Format, Query(alias="format", description="form of the answer")]


def answer(value: Any, rows: Sequence[dict[str, Any]], form: Format) -> Response:
    """A value as JSON, or its rows as CSV.

    Args:
        value: anything that `db.records.record` takes.
        rows: the same as rows of plain values with the same keys.
        form: which of both is wanted.
    """
    if form == "json":
        return JSONResponse(record(value))
    return Response(_csv(rows), media_type="text/csv; charset=utf-8")


def flat(value: dict[str, Any]) -> dict[str, Any]:
    """A record without what does not fit into a cell."""
    return {name: each for name, each in value.items() if not isinstance(each, list | dict)}


def _csv(rows: Iterable[dict[str, Any]]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for index, row in enumerate(rows):
        if index == 0:
            writer.writerow(row)
        writer.writerow([cell(value) for value in row.values()])
    return out.getvalue()
