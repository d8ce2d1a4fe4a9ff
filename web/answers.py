"""Answers of the API: the same value as JSON or, row by row, in another format."""

from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Annotated, Any

from fastapi import Query, Request
from fastapi.responses import JSONResponse, Response

from output.formats import FORMATS, AnswerFormat
from output.formats.result import Result
from output.records import record

As = Annotated[AnswerFormat, Query(alias="format", description="form of the answer")]


def answer(
    value: Any, rows: Sequence[dict[str, Any]], form: AnswerFormat, headers: Mapping[str, str] | None = None
) -> Response:
    """A value as JSON, or its rows in another format.

    Args:
        value: anything that `output.records.record` takes.
        rows: the same as rows of plain values with the same keys.
        form: which is wanted.
        headers: of the answer.
    """
    if form == "json":  # without the blanks that are for people
        return JSONResponse(record(value), headers=headers)
    out = StringIO(newline="\r\n")  # lines end so on the web (RFC 2046, RFC 4180)
    FORMATS[form].write(Result(rows, value=record(value)), out)
    return Response(out.getvalue(), media_type=FORMATS[form].media_type, headers=headers)


def next_page(request: Request, following: str | None) -> dict[str, str]:
    """The header that names the next page (RFC 8288), for rows that have no place for it."""
    if following is None:
        return {}
    address = request.url.include_query_params(after=following)
    return {"link": f'<{address.path}?{address.query}>; rel="next"'}
