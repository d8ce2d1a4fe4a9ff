"""Errors as answers: problem+json (RFC 9457) for programs, a page for people."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from models.errors import BilanzError, InputError
from web.http.headers import SAFE
from web.http.limits import is_time_out


class Refused(BilanzError):
    """A request that is not answered, with the HTTP status that says why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Problem(BaseModel):
    """What went wrong, as in RFC 9457."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["There is no claim 'f4vy4pbn3agu5gw3'."])


PROBLEMS: dict[int | str, dict[str, Any]] = {
    code: {"description": HTTPStatus(code).phrase, "content": {"application/problem+json": {"schema": {
        "$ref": "#/components/schemas/Problem"}}}}
    for code in (400, 404, 413, 414, 422, 503)
}  # fmt: skip


def install(app: FastAPI) -> None:
    """Answers all errors of an app."""
    app.add_exception_handler(BilanzError, _bilanz_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(DBAPIError, _database_error)
    app.add_exception_handler(Exception, _unexpected)


def not_found(error: InputError) -> Refused:
    """For an address that names something unknown."""
    return Refused(404, str(error))


def _bilanz_error(request: Request, error: Exception) -> Response:
    status = error.status if isinstance(error, Refused) else 400 if isinstance(error, InputError) else 500
    return _answer(request, status, str(error))


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [f"{'.'.join(map(str, each['loc'][1:])) or 'request'}: {each['msg']}" for each in error.errors()]
    return _answer(request, 422, "; ".join(faults))


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _answer(request, error.status_code, str(error.detail), dict(error.headers or {}))


def _database_error(request: Request, error: Exception) -> Response:
    if is_time_out(error):
        return _answer(request, 503, "This query took too long and was broken off; narrow it down.")
    raise error


def _unexpected(request: Request, _error: Exception) -> Response:
    # Sent from outside of all other layers, so the headers that they add are added here; the error itself is logged.
    return _answer(request, 500, "Something went wrong here; the log has it.", dict(SAFE))


def _answer(request: Request, status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    title = HTTPStatus(status).phrase
    headers = {**(headers or {}), **({"www-authenticate": "Bearer"} if status == 401 else {})}
    if request.scope["path"].startswith("/api/"):
        problem = Problem(type="about:blank", title=title, status=status, detail=detail)
        return JSONResponse(problem.model_dump(), status, headers, media_type="application/problem+json")
    from web.render import page

    response = page(request, "error.html", status=status, code=status, detail=detail)
    response.headers.update(headers)
    return response
