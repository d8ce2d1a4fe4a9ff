"""Answers of the API: the same value as JSON or, row by row, as CSV."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Annotated, Any, Literal

from fastapi import Query, Request
from fastapi.responses import JSONResponse, Response

from output.formats.cells import cell
from output.records import record

Format = Literal["json", "csv"]
As = Annotated[Format, Query(alias="format", description="form of the answer")]


def answer(
    value: Any, rows: Sequence[dict[str, Any]], form: Format, headers: Mapping[str, str] | None = None
) -> Response:
    """A value as JSON, or its rows as CSV.

    Args:
        value: anything that `output.records.record` takes.
        rows: the same as rows of plain values with the same keys.
        form: which of both is wanted.
        headers: of the answer.
    """
    if form == "json":
        return JSONResponse(record(value), headers=headers)
    return Response(_csv(rows), media_type="text/csv; charset=utf-8", headers=headers)


def next_page(request: Request, following: str | None) -> dict[str, str]:
    """The header that names the next page (RFC 8288), for rows that have no place for it."""
    if following is None:
        return {}
    address = request.url.include_query_params(after=following)
    return {"link": f'<{address.path}?{address.query}>; rel="next"'}


def _csv(rows: Iterable[dict[str, Any]]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for index, row in enumerate(rows):
        if index == 0:
            writer.writerow(row)
        writer.writerow([cell(value) for value in row.values()])
    return out.getvalue()
