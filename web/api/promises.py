"""Promises: what people say became of what a claim announces. Rating needs a personal token."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from db.curation.promises import promise_log, rate_promise, retract_promise
from models.promises import PromiseRating, PromiseState
from output.records import record
from web.http.parameters import ClaimKey
from web.http.refusals import PROBLEMS
from web.http.reviewers import Bearer
from web.lookups import claim_of
from web.site import site_of

router = APIRouter(tags=["promises"], responses=PROBLEMS)
_REFUSED: dict[int | str, dict[str, Any]] = dict.fromkeys((401, 403, 429), PROBLEMS[400])


class Rating(BaseModel):
    """What became of a promise, why one thinks so, and where that can be read."""

    model_config = ConfigDict(extra="forbid")

    state: PromiseState
    reason: Annotated[str, Field(min_length=1, max_length=2000)]
    source: Annotated[str, Field(min_length=1, max_length=2000, examples=["https://www.example.org/bericht-2025"])]


@router.get("/claims/{key}/promise", responses={200: {"model": list[PromiseRating]}})
def ratings(request: Request, key: ClaimKey) -> Response:
    """All that was said of a promise, the oldest first; what has no `retracted_at` stands."""
    site = site_of(request)
    claim_of(site, key)
    return JSONResponse(record(promise_log(site.engine, key)))


@router.post("/claims/{key}/promise", status_code=201, responses={201: {"model": list[PromiseRating]}, **_REFUSED})
def rate(request: Request, key: ClaimKey, rating: Rating, reviewer: Bearer) -> Response:
    """Says what became of a promise; the log is the answer."""
    site = site_of(request)
    rate_promise(
        site.engine,
        key,
        rating.state,
        reason=rating.reason,
        source=rating.source,
        user_id=reviewer.user_id,
        now=site.now(),
    )
    return JSONResponse(record(promise_log(site.engine, key)), 201)


@router.delete("/claims/{key}/promise", status_code=204, response_class=Response, responses=_REFUSED)
def take_back(request: Request, key: ClaimKey, reviewer: Bearer) -> Response:
    """Takes back what stands of a promise; it stays in the log."""
    site = site_of(request)
    retract_promise(site.engine, key, user_id=reviewer.user_id, now=site.now())
    return Response(status_code=204)
