"""The JSON API, version 1: everything that the pages show, for programs."""

from fastapi import APIRouter, Depends, Request

from web.api import (
    check,
    claims,
    comparison,
    news,
    objections,
    plans,
    projects,
    promises,
    releases,
    restatements,
    reviews,
    series,
    watches,
)
from web.http.refusals import Refused

_PREFIX = "/api/v1"


def known_parameters(request: Request) -> None:
    """Lets only requests through whose parameters are described: a misspelt filter would answer for all claims.

    Raises:
        Refused: 400, there is no such parameter.
    """
    path, method = request.scope["route"].path.removeprefix(_PREFIX), request.method.lower()
    operation = request.app.openapi()["paths"][_PREFIX + path]["get" if method == "head" else method]
    known = {each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"}
    if unknown := ", ".join(name for name in request.query_params if name not in known):
        raise Refused(400, f"There is no parameter {unknown} here; /api lists those that there are.")


router = APIRouter(prefix=_PREFIX, dependencies=[Depends(known_parameters)])
for part in (
    claims, comparison, restatements, series, projects, releases, news, watches, check, reviews, objections, promises,
    plans,
):  # fmt: skip
    router.include_router(part.router)
