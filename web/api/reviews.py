"""Reviewing: deciding on claims, adding missed ones, taking decisions back. Needs a personal token."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from db.curation.reviews import decide, retract_review, reviews
from web.api.records import ReviewOut, review_record
from web.forms import Correction, Missed, add_missed
from web.http.parameters import ClaimKey, ReleaseId
from web.http.refusals import PROBLEMS
from web.http.reviewers import Bearer, bearer
from web.site import site_of

router = APIRouter(tags=["review"], responses={**PROBLEMS, **dict.fromkeys((401, 403, 429), PROBLEMS[400])})

_Note = Annotated[str | None, Field(max_length=2000)]


class Decision(BaseModel):
    """What a reviewer found; `corrected` has the fields that should read otherwise, numbers as plain digits."""

    model_config = ConfigDict(extra="forbid")

    decision: Literal["confirmed", "rejected", "corrected"]
    corrected: Correction = Field(default=Correction(), examples=[{"status": "completed"}])
    note: _Note = None
    answers: list[Annotated[int, Field(ge=1, le=2**31 - 1)]] = Field(
        default=[],
        max_length=100,
        description="objections to the claim that are accepted by correcting or rejecting it",
    )


class Added(BaseModel):
    """The key of the claim that was added."""

    key: str


@router.post("/claims/{key}/reviews", status_code=201, responses={201: {"model": list[ReviewOut]}})
def post_review(request: Request, key: ClaimKey, decision: Decision, reviewer: Bearer) -> Response:
    """Confirms, rejects or corrects a claim; all decisions on it are the answer."""
    site = site_of(request)
    decide(
        site.engine,
        key,
        decision.decision,
        user_id=reviewer.user_id,
        now=site.now(),
        corrected=decision.corrected.changes(),
        note=decision.note,
        answers=decision.answers,
    )
    return JSONResponse([review_record(each).model_dump(mode="json") for each in reviews(site.engine, key)], 201)


@router.delete("/claims/{key}/reviews", status_code=204, response_class=Response, dependencies=[Depends(bearer)])
def delete_review(request: Request, key: ClaimKey) -> Response:
    """Takes the standing decision back; it stays in the log."""
    site = site_of(request)
    retract_review(site.engine, key, now=site.now())
    return Response(status_code=204)


@router.post("/releases/{release_id}/claims", status_code=201, responses={201: {"model": Added}})
def post_missed(request: Request, release_id: ReleaseId, missed: Missed, reviewer: Bearer) -> Response:
    """Adds a claim that the rules missed, by the words that show it."""
    key = add_missed(site_of(request), release_id, missed, user_id=reviewer.user_id)
    return JSONResponse({"key": key}, 201)
