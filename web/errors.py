"""Errors as answers: problem+json (RFC 9457) for programs, a page for people."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, get_args

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from db.operation.health import SourceState
from inquiries.stated import nearest_stated
from models.errors import BilanzError, DatabaseUnusable, InputError, UnknownName
from models.filters import FACETS
from models.source import State
from models.spelling import meant
from output.terms import values_like
from web.http.headers import SAFE
from web.http.language import href, language_of
from web.http.limits import is_change_of_schema, is_time_out
from web.http.refusals import Problem, Refused
from web.render import page
from web.site import site_of

log = logging.getLogger(__name__)

_VALUES: Mapping[str, Sequence[str]] = {
    **{facet.name: facet.values for facet in FACETS},
    "state": get_args(State),
    "health": get_args(SourceState),
}


@dataclass(frozen=True, slots=True)
class Unfit:
    """A parameter that has not the expected form, or names what nobody knows.

    Attributes:
        name: of the parameter.
        typed: what was given.
        near: values spelt like it.
        meant: the address for each value that it may have been: where none is spelt like it, for all that there are.
    """

    name: str
    typed: str
    near: Sequence[str]
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
        return _come_again(request, "The database is being changed or opened just now; try again in a minute.")
    status = error.status if isinstance(error, Refused) else 400 if isinstance(error, InputError) else 500
    unknown = error.unknown if isinstance(error, Refused) else error
    return _answer(request, status, str(error), unfit=_misnamed(request, unknown))


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    asked = {str(each["loc"][1]) for each in error.errors() if each["loc"][0] == "query" and len(each["loc"]) > 1}
    faults = [each for each in error.errors() if each["type"] == "extra_forbidden" and each["loc"][0] == "query"]
    if unknown := ", ".join(str(each["loc"][1]) for each in faults):
        detail = f"There is no parameter {unknown} here; /api lists those that there are."
        return _answer(request, 400, detail, unknown=unknown)
    unfit = {name: _unfit(request, name) for name in sorted(asked)}
    told = dict.fromkeys(_told(each, unfit) for each in error.errors())
    return _answer(request, 422, "; ".join(told), unfit=list(unfit.values()))


def _told(fault: Mapping[str, Any], unfit: Mapping[str, Unfit]) -> str:
    """What is wrong, for programs; of a misspelt value what may be meant."""
    _where, *names = fault["loc"]
    found = unfit.get(str(names[0])) if names else None
    if found and found.near:
        return f"{found.name}: there is no {found.typed!r}; {meant(found.near, '')}"
    return f"{'.'.join(map(str, names)) or 'request'}: {fault['msg']}"


def _unfit(request: Request, name: str) -> Unfit:
    typed = request.query_params.get(name, "")
    known = _VALUES.get(name, ())
    near = _years_like(request, typed) if name == "year" else values_like(name, typed, known)
    return Unfit(name, typed, near, {each: _asking(request, name, each) for each in near or known})


def _years_like(request: Request, typed: str) -> Sequence[str]:
    return nearest_stated(site_of(request).engine, "year", typed) or ()


def _misnamed(request: Request, error: Exception | None) -> list[Unfit]:
    """The parameter, or the end of the path, that is a name nobody knows."""
    if not isinstance(error, UnknownName):
        return []
    path = request.scope["path"]
    for name, value in request.query_params.multi_items():
        if " ".join(value.split()) == error.name:
            return [Unfit(name, value, error.near, {each: _asking(request, name, each) for each in error.near})]
    if not path.endswith(error.name):
        return []
    before, language = path.removesuffix(error.name), language_of(request)
    return [Unfit("project", error.name, error.near, {each: href(before + each, language) for each in error.near})]


def _asking(request: Request, name: str, value: str) -> str:
    """The same address with another value of a parameter."""
    path, query = request.scope["path"], request.url.include_query_params(**{name: value}).query
    return f"{href(path, language_of(request))}?{query}"


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _answer(request, error.status_code, str(error.detail), dict(error.headers or {}))


def _database_error(request: Request, error: Exception) -> Response:
    if is_time_out(error):
        if request.query_params:
            return _answer(
                request, 503, "This took too long and was broken off; try again in a minute, or narrow it down."
            )
        # There is nothing to narrow down: much is written or asked just now.
        return _come_again(request, "This took too long and was broken off; try again in a minute.")
    if is_change_of_schema(error):
        return _come_again(request, "The database is being changed or opened just now; try again in a minute.")
    raise error


def _come_again(request: Request, told: str) -> Response:
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
    unknown: str = "",
) -> Response:
    title = HTTPStatus(status).phrase
    headers = {**(headers or {}), **({"www-authenticate": "Bearer"} if status == 401 else {})}
    if request.scope["path"].startswith("/api/"):
        problem = Problem(type="about:blank", title=title, status=status, detail=detail)
        return JSONResponse(problem.model_dump(), status, headers, media_type="application/problem+json")
    response = page(
        request,
        "error.html",
        status=status,
        code=status,
        detail=detail,
        unfit=unfit,
        unknown=unknown,
        again="retry-after" in headers,
    )
    response.headers.update(headers)
    return response
