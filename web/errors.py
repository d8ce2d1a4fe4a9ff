"""Errors as answers: problem+json (RFC 9457) for programs, a page for people."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from models.errors import BilanzError, DatabaseUnusable, InputError
from models.filters import FACETS
from output.terms import values_like
from web.http.headers import SAFE
from web.http.limits import is_change_of_schema, is_time_out
from web.http.refusals import Problem, Refused
from web.render import page

log = logging.getLogger(__name__)

_VALUES = {facet.name: facet.values for facet in FACETS}


@dataclass(frozen=True, slots=True)
class Unfit:
    """A parameter that has not the expected form.

    Attributes:
        name: of the parameter.
        typed: what was given.
        near: whether what may have been meant is spelt like it; else these are all values that there are.
        meant: the query for each value that it may have been.
    """

    name: str
    typed: str
    near: bool
    meant: Mapping[str, str]


def install(app: FastAPI) -> None:
    """Answers all errors of an app."""
    app.add_exception_handler(BilanzError, _bilanz_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(DBAPIError, _database_error)
    app.add_exception_handler(Exception, _unexpected)


def _bilanz_error(request: Request, error: Exception) -> Response:
    if isinstance(error, DatabaseUnusable):
        # Where the file lies and what ails it is for its operator alone.
        log.error("%s", error)
        return _come_again(request)
    status = error.status if isinstance(error, Refused) else 400 if isinstance(error, InputError) else 500
    return _answer(request, status, str(error))


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [f"{'.'.join(map(str, each['loc'][1:])) or 'request'}: {each['msg']}" for each in error.errors()]
    asked = {str(each["loc"][1]) for each in error.errors() if each["loc"][0] == "query" and len(each["loc"]) > 1}
    return _answer(request, 422, "; ".join(faults), unfit=[_unfit(request, name) for name in sorted(asked)])


def _unfit(request: Request, name: str) -> Unfit:
    typed = request.query_params.get(name, "")
    known = _VALUES.get(name, ())
    near = values_like(name, typed, known)
    links = {each: str(request.url.include_query_params(**{name: each}).query) for each in near or known}
    return Unfit(name, typed, bool(near), links)


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _answer(request, error.status_code, str(error.detail), dict(error.headers or {}))


def _database_error(request: Request, error: Exception) -> Response:
    if is_time_out(error):
        return _answer(request, 503, "This query took too long and was broken off; narrow it down.")
    if is_change_of_schema(error):
        return _come_again(request)
    raise error


def _come_again(request: Request) -> Response:
    told = "The database is being changed or opened just now; try again in a minute."
    return _answer(request, 503, told, {"retry-after": "60"})


def _unexpected(request: Request, _error: Exception) -> Response:
    # Sent from outside of all other layers, so the headers that they add are added here; the error itself is logged.
    return _answer(request, 500, "Something went wrong here; the log has it.", dict(SAFE))


def _answer(
    request: Request,
    status: int,
    detail: str,
    headers: dict[str, str] | None = None,
    unfit: Sequence[Unfit] = (),
) -> Response:
    title = HTTPStatus(status).phrase
    headers = {**(headers or {}), **({"www-authenticate": "Bearer"} if status == 401 else {})}
    if request.scope["path"].startswith("/api/"):
        problem = Problem(type="about:blank", title=title, status=status, detail=detail)
        return JSONResponse(problem.model_dump(), status, headers, media_type="application/problem+json")
    response = page(
        request, "error.html", status=status, code=status, detail=detail, unfit=unfit, again="retry-after" in headers
    )
    response.headers.update(headers)
    return response
